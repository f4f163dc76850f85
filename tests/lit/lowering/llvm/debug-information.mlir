// RUN: coco-translate --emit-llvm %s | FileCheck %s
// RUN: coco-compile %s -o %t.o --name=network
// RUN: llvm-dwarfdump-19 --debug-info %t.o | FileCheck %s --check-prefix=DWARF
// A function bears its layer's name, and its lines are those of the model file.

// CHECK: [[LAYER:![0-9]+]] = distinct !DISubprogram(name: "conv1", {{.*}}file: [[FILE:![0-9]+]], line: 7,
// CHECK: [[FILE]] = !DIFile(filename: "net.onnx"
// CHECK: !DILocation(line: 9, column: 1, scope: [[LAYER]])
// CHECK: [[MAIN:![0-9]+]] = distinct !DISubprogram(name: "main"
// CHECK: !DILocation(line: 7, column: 1, scope: [[CALL:![0-9]+]])
// CHECK: [[CALL]] = !DILexicalBlockFile(scope: [[MAIN]], file: [[FILE]],
// DWARF: DW_TAG_subprogram
// DWARF: DW_AT_name ("conv1")
func.func private @layer(%x: memref<4xf32>) {
  %c0 = arith.constant 0 : index loc("conv1"("net.onnx":7:1))
  %a = memref.load %x[%c0] : memref<4xf32> loc("conv1"("net.onnx":7:1))
  %b = arith.addf %a, %a : f32 loc("relu1"("net.onnx":9:1))
  memref.store %b, %x[%c0] : memref<4xf32> loc("conv1"("net.onnx":7:1))
  return loc("conv1"("net.onnx":7:1))
} loc("conv1"("net.onnx":7:1))

func.func @main(%x: memref<4xf32>) attributes {coco.inputs = ["x"], coco.outputs = []} {
  call @layer(%x) : (memref<4xf32>) -> () loc("conv1"("net.onnx":7:1))
  return
}
