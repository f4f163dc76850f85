# Checks every level that --dump-ir wrote to the folder $1: mlir-opt parses the generic form, and what it prints parses
# here to the same text; the registered mlir-opt takes the loops' own forms. Prints one line for each level.
set -eu
cd "$1"
count=0
for text in *.mlir; do
  coco-opt "$text" --mlir-print-op-generic --mlir-print-debuginfo -o "$text.generic"
  mlir-opt-19 --allow-unregistered-dialect --mlir-print-op-generic --mlir-print-debuginfo "$text.generic" -o "$text.theirs"
  coco-opt "$text" --mlir-print-debuginfo -o "$text.ours"
  coco-opt "$text.theirs" --mlir-print-debuginfo -o "$text.back"
  cmp "$text.ours" "$text.back"
  echo "$text agrees"
  case $text in *-loops-*)
    coco-opt "$text" -o "$text.ours"
    mlir-opt-19 "$text.ours" -o "$text.theirs"
    coco-opt "$text.theirs" -o "$text.back"
    cmp "$text.ours" "$text.back"
    echo "$text is registered MLIR" ;;
  esac
done
