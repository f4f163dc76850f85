// Inputs that are outputs, constants, a value returned twice, scalars, nothing at all, every width of number.
// RUN: split-file %s %t
// RUN: coco-run %t/same.mlir --compare=interpreter --atol=0 --rtol=0
// RUN: coco-run %t/empty.mlir --compare=interpreter --atol=0 --rtol=0 | FileCheck %s
// RUN: coco-run %t/none.mlir --compare=interpreter --atol=0 --rtol=0
// RUN: coco-run %t/widths.mlir --compare=interpreter
// RUN: not coco-run %t/names.mlir 2>&1 | FileCheck %s --check-prefix=NAMES
// RUN: coco-compile %t/comment.mlir -o %t/comment.o
// RUN: cc -fsyntax-only -x c -I%root/include %t/comment.h
// CHECK: output_1: tensor<0x3xf32>
// NAMES: has an attribute coco.inputs that is not a list of 1 names

//--- same.mlir
func.func @main(%x: tensor<2x3xf32>) -> (tensor<2x3xf32>, tensor<3xf32>, tensor<2x3xf32>, tensor<2x3xf32>) {
  %c = graph.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %0 = graph.relu %x : tensor<2x3xf32>
  return %x, %c, %0, %0 : tensor<2x3xf32>, tensor<3xf32>, tensor<2x3xf32>, tensor<2x3xf32>
}
//--- empty.mlir
func.func @main(%x: tensor<f32>, %y: tensor<0x3xf32>, %z: tensor<2xi64>) -> (tensor<f32>, tensor<0x3xf32>, tensor<2xi64>) {
  %0 = graph.add %x, %x : (tensor<f32>, tensor<f32>) -> tensor<f32>
  %1 = graph.relu %y : tensor<0x3xf32>
  %2 = graph.add %z, %z : (tensor<2xi64>, tensor<2xi64>) -> tensor<2xi64>
  return %0, %1, %2 : tensor<f32>, tensor<0x3xf32>, tensor<2xi64>
}
//--- none.mlir
func.func @main() -> tensor<2xf32> {
  %c = graph.constant dense<[1.0, 2.0]> : tensor<2xf32>
  return %c : tensor<2xf32>
}
//--- widths.mlir
func.func @main(%x: tensor<4xf16>, %y: tensor<4xf64>) -> (tensor<4xf16>, tensor<4xf64>, tensor<4xf32>) {
  %0 = graph.add %x, %x : (tensor<4xf16>, tensor<4xf16>) -> tensor<4xf16>
  %1 = graph.exp %y : tensor<4xf64>
  %2 = graph.cast %x {to = f32} : (tensor<4xf16>) -> tensor<4xf32>
  return %0, %1, %2 : tensor<4xf16>, tensor<4xf64>, tensor<4xf32>
}
//--- names.mlir
func.func @main(%x: tensor<f32>) -> tensor<f32> attributes {coco.inputs = [3], coco.outputs = ["y"]} {
  %0 = graph.add %x, %x : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return %0 : tensor<f32>
}
//--- comment.mlir
func.func @main(%x: tensor<f32>) -> tensor<f32> attributes {coco.inputs = ["*/ int main"], coco.outputs = ["/* \\"]} {
  %0 = graph.add %x, %x : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return %0 : tensor<f32>
}
