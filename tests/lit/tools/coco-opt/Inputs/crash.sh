# Kills coco-opt before its pass runs: it waits for a reader of its log, which never comes.
# crash.sh FILE REPRODUCER PIPE FOLDER
rm -rf "$2" "$3" "$4"
mkfifo "$3"
coco-opt "$1" --cse --mlir-print-ir-before-all --mlir-print-ir-tree-dir="$4" --log-actions-to="$3" \
  --mlir-pass-pipeline-crash-reproducer="$2" -o /dev/null &
until [ -e "$4"/*/0_cse.mlir ]; do sleep 0.01; done
kill -SEGV $!
wait $!
echo "exit status $?"
