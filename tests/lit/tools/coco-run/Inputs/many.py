"""Models with COUNT values in a row, outputs, or arguments at the level of loops: many.py values|outputs|arguments COUNT."""
import sys

count = int(sys.argv[2])
tensor, memref = "tensor<2xf32>", "memref<2xf32>"
if sys.argv[1] == "values":
    print(f"func.func @main(%x: {tensor}) -> {tensor} {{")
    for i in range(count):
        print(f"  %{i} = graph.softmax %{i - 1 if i else 'x'} {{axis = 0 : i64}} : {tensor}")
    print(f"  return %{count - 1} : {tensor}\n}}")
elif sys.argv[1] == "outputs":
    print(f"func.func @main(%x: {tensor}) -> ({', '.join([tensor] * count)}) {{")
    for i in range(count):
        print(f"  %{i} = graph.relu %x : {tensor}")
    print(f"  return {', '.join(f'%{i}' for i in range(count))} : {', '.join([tensor] * count)}\n}}")
else:
    print(f"func.func @main({', '.join(f'%x{i}: {memref}' for i in range(count))}) attributes {{coco.inputs = [\"x\"], coco.outputs = []}} {{")
    print("  return\n}")
