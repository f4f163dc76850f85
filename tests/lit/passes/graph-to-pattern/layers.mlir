// RUN: coco-opt %s -graph-to-pattern | FileCheck %s

// The third layer of the first function fits into the set of the first two; the set has what all of them use.
// CHECK-DAG: pattern.set @patterns_3x3_4 {kernel = array<i64: 3, 3>, masks = array<i64: 58, 184>, sym_visibility = "private"}
// CHECK-DAG: pattern.set @patterns_3x3_9 {kernel = array<i64: 3, 3>, masks = array<i64: 511>, sym_visibility = "private"}
// CHECK-DAG: pattern.set @patterns_1x1_1 {kernel = array<i64: 1, 1>, masks = array<i64: 1>, sym_visibility = "private"}
// CHECK-DAG: pattern.set @patterns_2x3_2 {kernel = array<i64: 2, 3>, masks = array<i64: 9>, sym_visibility = "private"}
// CHECK-DAG: pattern.set @given {{.*}}masks = array<i64: 7, 11>}
pattern.set @given {kernel = array<i64: 1, 4>, masks = array<i64: 7, 11>}

// CHECK-LABEL: func.func @layers_share_a_set
// CHECK: pattern.conv @patterns_3x3_4
// CHECK: pattern.conv @patterns_3x3_4
// CHECK: graph.constant dense<[0.000000e+00, 1.000000e+00, 2.000000e+00, 0.000000e+00, 5.000000e+00, 6.000000e+00, 7.000000e+00, 8.000000e+00]>
// CHECK: pattern.conv @patterns_3x3_4
func.func @layers_share_a_set(%x: tensor<1x2x4x4xf32>) -> tensor<1x2x4x4xf32> {
  %w0 = graph.constant dense<[[[[0.0, 1.0, 0.0], [2.0, 3.0, 4.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]], [[[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 1.0, 0.0], [2.0, 3.0, 4.0], [0.0, 0.0, 0.0]]]]> : tensor<2x2x3x3xf32>
  %w1 = graph.constant dense<[[[[0.0, 0.0, 0.0], [1.0, 2.0, 3.0], [0.0, 4.0, 0.0]], [[0.0, 1.0, 0.0], [2.0, 3.0, 4.0], [0.0, 0.0, 0.0]]], [[[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]]]> : tensor<2x2x3x3xf32>
  %w2 = graph.constant dense<[[[[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [1.0, 2.0, 0.0], [0.0, 0.0, 0.0]]], [[[-0.0, 5.0, -0.0], [6.0, 7.0, 8.0], [-0.0, -0.0, -0.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]]]> : tensor<2x2x3x3xf32>
  %0 = graph.conv %x, %w0 {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<2x2x3x3xf32>) -> tensor<1x2x4x4xf32>
  %1 = graph.conv %0, %w1 {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<2x2x3x3xf32>) -> tensor<1x2x4x4xf32>
  %2 = graph.conv %1, %w2 {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<2x2x3x3xf32>) -> tensor<1x2x4x4xf32>
  return %2 : tensor<1x2x4x4xf32>
}

// CHECK-LABEL: func.func @whole_kernels_only
// CHECK: graph.constant dense<{{\[\[}}[0, 1], [0, 0]]]> : tensor<1x2x2xui8>
// CHECK: pattern.conv @patterns_3x3_9
func.func @whole_kernels_only(%x: tensor<1x2x4x4xf32>) -> tensor<1x2x4x4xf32> {
  %w = graph.constant dense<[[[[1.0, 2.0, 3.0], [1.0, 2.0, 3.0], [1.0, 2.0, 3.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]], [[[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]]]> : tensor<2x2x3x3xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<2x2x3x3xf32>) -> tensor<1x2x4x4xf32>
  return %0 : tensor<1x2x4x4xf32>
}

// CHECK-LABEL: func.func @no_kernel_at_all
// CHECK: graph.constant dense<> : tensor<0xui8>
// CHECK: pattern.conv @patterns_3x3_9
func.func @no_kernel_at_all(%x: tensor<1x2x4x4xf32>) -> tensor<1x2x4x4xf32> {
  %w = graph.constant dense<0.0> : tensor<2x2x3x3xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<2x2x3x3xf32>) -> tensor<1x2x4x4xf32>
  return %0 : tensor<1x2x4x4xf32>
}

// CHECK-LABEL: func.func @one_by_one
// CHECK: pattern.conv @patterns_1x1_1
func.func @one_by_one(%x: tensor<1x2x4x4xf32>) -> tensor<1x2x4x4xf32> {
  %w = graph.constant dense<[[[[1.0]], [[0.0]]], [[[0.0]], [[0.0]]]]> : tensor<2x2x1x1xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<2x2x1x1xf32>) -> tensor<1x2x4x4xf32>
  return %0 : tensor<1x2x4x4xf32>
}

// CHECK-LABEL: func.func @groups_stride_and_dilation
// CHECK: pattern.conv @patterns_2x3_2 {{.*}}strides = array<i64: 2, 2>, pads = array<i64: 0, 2, 1, 1>, dilations = array<i64: 3, 1>, group = 2 : i64, filters = 2 : i64, span = 1 : i64}
func.func @groups_stride_and_dilation(%x: tensor<1x2x9x9xf32>) -> tensor<1x2x4x5xf32> {
  %w = graph.constant dense<[[[[1.0, 0.0, 0.0], [2.0, 0.0, 0.0]]], [[[3.0, 0.0, 0.0], [4.0, 0.0, 0.0]]]]> : tensor<2x1x2x3xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 2, 2>, pads = array<i64: 0, 2, 1, 1>, dilations = array<i64: 3, 1>, group = 2 : i64} : (tensor<1x2x9x9xf32>, tensor<2x1x2x3xf32>) -> tensor<1x2x4x5xf32>
  return %0 : tensor<1x2x4x5xf32>
}

// CHECK-LABEL: func.func @a_given_set_is_taken
// CHECK: pattern.conv @given
func.func @a_given_set_is_taken(%x: tensor<1x2x4x4xf32>) -> tensor<1x2x4x1xf32> {
  %w = graph.constant dense<[[[[0.0, 1.0, 0.0, 0.0]], [[0.0, 0.0, 0.0, 0.0]]], [[[1.0, 2.0, 0.0, 5.0]], [[0.0, 0.0, 0.0, 0.0]]]]> : tensor<2x2x1x4xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<2x2x1x4xf32>) -> tensor<1x2x4x1xf32>
  return %0 : tensor<1x2x4x1xf32>
}

// CHECK-LABEL: func.func @dense_layers_stay
// CHECK-NOT: pattern.conv
func.func @dense_layers_stay(%x: tensor<1x2x4x4xf32>) -> tensor<1x2x4x4xf32> {
  %w = graph.constant dense<[[[[1.0, 2.0, 3.0], [1.0, 2.0, 3.0], [1.0, 2.0, 3.0]], [[1.0, 2.0, 3.0], [1.0, 2.0, 3.0], [1.0, 2.0, 3.0]]], [[[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[1.0, 2.0, 3.0], [1.0, 2.0, 3.0], [1.0, 2.0, 3.0]]]]> : tensor<2x2x3x3xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<2x2x3x3xf32>) -> tensor<1x2x4x4xf32>
  return %0 : tensor<1x2x4x4xf32>
}

// CHECK-LABEL: func.func @weights_that_are_no_constant_stay
// CHECK-NOT: pattern.conv
func.func @weights_that_are_no_constant_stay(%x: tensor<1x2x4x4xf32>, %w: tensor<2x2x3x3xf32>) -> tensor<1x2x4x4xf32> {
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<2x2x3x3xf32>) -> tensor<1x2x4x4xf32>
  return %0 : tensor<1x2x4x4xf32>
}

// CHECK-LABEL: func.func @other_floats_stay
// CHECK-NOT: pattern.conv
func.func @other_floats_stay(%x: tensor<1x2x4x4xf16>) -> tensor<1x2x4x4xf16> {
  %w = graph.constant dense<0.0> : tensor<2x2x3x3xf16>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf16>, tensor<2x2x3x3xf16>) -> tensor<1x2x4x4xf16>
  return %0 : tensor<1x2x4x4xf16>
}
