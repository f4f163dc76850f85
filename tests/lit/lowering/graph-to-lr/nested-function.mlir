// Functions in functions are not lowered: what they name stays.
// RUN: coco-opt %s --graph-to-lr | FileCheck %s

// CHECK: pattern.set @s
// CHECK: func @inner(
// CHECK: pattern.conv @s
pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @outer() {
  func.func @inner(%x: tensor<1x2x3x3xf32>, %kernels: tensor<3xui8>, %order: tensor<2xui8>) -> tensor<1x2x2x2xf32> {
    %patterns = graph.constant dense<[0, 1, 3]> : tensor<3xui8>
    %channels = graph.constant dense<[1, 0, 1]> : tensor<3xui8>
    %starts = graph.constant dense<[[[0, 0, 1], [0, 2, 2]]]> : tensor<1x2x3xui8>
    %weights = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
    %0 = pattern.conv @s %x, %patterns, %order, %channels, %starts, %weights {kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64} : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>) -> tensor<1x2x2x2xf32>
    return %0 : tensor<1x2x2x2xf32>
  }
  return
}
