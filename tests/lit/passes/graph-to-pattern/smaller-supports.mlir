// RUN: coco-opt %s -graph-to-pattern | FileCheck %s
// RUN: coco-opt %s -graph-to-pattern=max-patterns=1 | FileCheck %s --check-prefix=FEW

// Positions 2 and 3 alone lie in no largest support: one mask is made for both. Position 0 lies in the first.
// CHECK: pattern.set @patterns_2x2_2 {kernel = array<i64: 2, 2>, masks = array<i64: 3, 12>, sym_visibility = "private"}
// CHECK-LABEL: func.func @a_mask_for_what_is_left
// CHECK: graph.constant dense<[1.000000e+00, 2.000000e+00, 3.000000e+00, 0.000000e+00, 0.000000e+00, 4.000000e+00, 5.000000e+00, 0.000000e+00]>
// CHECK: pattern.conv @patterns_2x2_2
// FEW-NOT: pattern.
func.func @a_mask_for_what_is_left(%x: tensor<1x4x4x4xf32>) -> tensor<1x4x3x3xf32> {
  %w = graph.constant dense<[[[[1.0, 2.0], [0.0, 0.0]]], [[[0.0, 0.0], [3.0, 0.0]]], [[[0.0, 0.0], [0.0, 4.0]]], [[[5.0, 0.0], [0.0, 0.0]]]]> : tensor<4x1x2x2xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 4 : i64} : (tensor<1x4x4x4xf32>, tensor<4x1x2x2xf32>) -> tensor<1x4x3x3xf32>
  return %0 : tensor<1x4x3x3xf32>
}
