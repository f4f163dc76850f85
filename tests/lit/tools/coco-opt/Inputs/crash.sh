# Kills coco-opt while a pass runs: it waits for a reader of its log, which comes only once.
# crash.sh FILE REPRODUCER PIPE
rm -f "$2" "$3"
mkfifo "$3"
coco-opt "$1" --cse --log-actions-to="$3" --mlir-pass-pipeline-crash-reproducer="$2" -o /dev/null &
cat "$3"
kill -SEGV $!
wait $!
echo "exit status $?"
