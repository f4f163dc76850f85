// RUN: coco-opt %s -graph-fuse -graph-to-lr | FileCheck %s

// Sets are gone when no layer names them any more, public ones too.
// CHECK-NOT: pattern.set
pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}

// Bias and activation are the epilogue; the arrays stay what they are.
// CHECK-LABEL: func.func @with_bias_and_activation
// CHECK: "lr.pattern_conv"(%arg0, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}) <{device = "cpu", info = #lr.window<kernel = [2, 2], strides = [1, 1], pads = [0, 0, 1, 1], dilations = [1, 1]>, masks = array<i64: 3, 5>, filters = 2 : i64, span = 2 : i64, maps = [affine_map<(d0, d1, d2, d3) -> (d1)>]}>
// CHECK: ^bb0(%[[SUM:.*]]: f32, %[[BIAS:.*]]: f32):
// CHECK: arith.addf %[[SUM]], %[[BIAS]]
// CHECK: arith.maximumf
// CHECK: (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x3x3xf32>
func.func @with_bias_and_activation(%x: tensor<1x2x3x3xf32>) -> tensor<1x2x3x3xf32> {
  %o = graph.constant dense<[0, 1, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[1, 0, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 0, 1], [0, 2, 2]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  %b = graph.constant dense<[0.5, 1.5]> : tensor<2xf32>
  %0 = pattern.conv @s %x, %o, %r, %i, %s, %w, %b {kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64} : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x3x3xf32>
  %1 = graph.relu %0 : tensor<1x2x3x3xf32>
  return %1 : tensor<1x2x3x3xf32>
}

// The index counts from the first channel of the filter's group.
// CHECK-LABEL: func.func @groups_stay_patterns
// CHECK: "lr.pattern_conv"(%arg0, {{.*}}) <{device = "cpu", info = #lr.window<kernel = [2, 2], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1], group = 2>, masks = array<i64: 3, 5>, filters = 2 : i64, span = 1 : i64
// CHECK-NOT: lr.conv
func.func @groups_stay_patterns(%x: tensor<1x2x3x3xf32>) -> tensor<1x2x2x2xf32> {
  %o = graph.constant dense<[0, 1, 2]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 0]> : tensor<2xui8>
  %s = graph.constant dense<[[[0, 0, 1], [0, 1, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  %0 = pattern.conv @s %x, %o, %r, %i, %s, %w {kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 2 : i64, filters = 2 : i64, span = 1 : i64} : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<2xui8>, tensor<1x2x3xui8>, tensor<4xf32>) -> tensor<1x2x2x2xf32>
  return %0 : tensor<1x2x2x2xf32>
}

// One spatial axis has no code of its own: dense.
// CHECK-LABEL: func.func @one_axis_becomes_dense
// CHECK: %[[W:.*]] = arith.constant dense<{{\[\[\[}}3.000000e+00, 4.000000e+00, 0.000000e+00]], {{\[\[}}1.000000e+00, 0.000000e+00, 2.000000e+00]]]> : tensor<2x1x3xf32>
// CHECK: "lr.conv"(%arg0, %[[W]]) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3], strides = [1], pads = [0, 0], dilations = [1], group = 2>
pattern.set @line {kernel = array<i64: 3>, masks = array<i64: 3, 5>}
func.func @one_axis_becomes_dense(%x: tensor<1x2x4xf32>) -> tensor<1x2x2xf32> {
  %o = graph.constant dense<[0, 1, 2]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 0]> : tensor<2xui8>
  %s = graph.constant dense<[[[0, 0, 1], [0, 1, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  %0 = pattern.conv @line %x, %o, %r, %i, %s, %w {kernel = array<i64: 3>, strides = array<i64: 1>, pads = array<i64: 0, 0>, dilations = array<i64: 1>, group = 2 : i64, filters = 2 : i64, span = 1 : i64} : (tensor<1x2x4xf32>, tensor<3xui8>, tensor<2xui8>, tensor<2xui8>, tensor<1x2x3xui8>, tensor<4xf32>) -> tensor<1x2x2xf32>
  return %0 : tensor<1x2x2xf32>
}

// Kernels of one position: filters with the same channels share a list, wherever they stand. A stride leaves out rows and columns before.
// CHECK-LABEL: func.func @one_position
// CHECK: %[[PICKED:.*]] = "lr.window"(%arg0) <{device = "cpu", kind = "max", info = #lr.window<kernel = [1, 1], strides = [2, 2],
// CHECK-DAG: %[[ORDER:.*]] = arith.constant dense<{{\[\[}}0, 2, 1, 3]]> : tensor<1x4xui8>
// CHECK-DAG: %[[OFFSET:.*]] = arith.constant dense<[0, 2]> : tensor<2xui8>
// CHECK-DAG: %[[INDEX:.*]] = arith.constant dense<{{\[\[}}0, 2], [1, 3]]> : tensor<2x2xui8>
// CHECK-DAG: %[[W:.*]] = arith.constant dense<{{\[\[}}1.000000e+00, 5.000000e+00, 3.000000e+00, 7.000000e+00], [2.000000e+00, 6.000000e+00, 4.000000e+00, 8.000000e+00]]> : tensor<2x4xf32>
// CHECK: "lr.pointwise_conv"(%[[PICKED]], %[[ORDER]], %[[OFFSET]], %[[INDEX]], %[[W]]) <{device = "cpu", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, filters = 4 : i64, share = 2 : i64, maps = []}>
pattern.set @one {kernel = array<i64: 1, 1>, masks = array<i64: 1>}
func.func @one_position(%x: tensor<1x4x32x32xf32>) -> tensor<1x4x16x16xf32> {
  %o = graph.constant dense<[0, 2, 4, 6, 8]> : tensor<5xui8>
  %r = graph.constant dense<[0, 1, 2, 3]> : tensor<4xui8>
  %i = graph.constant dense<[0, 1, 2, 3, 0, 1, 2, 3]> : tensor<8xui8>
  %s = graph.constant dense<[[[0, 2], [0, 2], [0, 2], [0, 2]]]> : tensor<1x4x2xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]> : tensor<8xf32>
  %0 = pattern.conv @one %x, %o, %r, %i, %s, %w {kernel = array<i64: 1, 1>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 4 : i64, span = 4 : i64} : (tensor<1x4x32x32xf32>, tensor<5xui8>, tensor<4xui8>, tensor<8xui8>, tensor<1x4x2xui8>, tensor<8xf32>) -> tensor<1x4x16x16xf32>
  return %0 : tensor<1x4x16x16xf32>
}

// Groups are zeros of the matrix.
// CHECK-LABEL: func.func @one_position_in_groups
// CHECK-DAG: %[[ORDER:.*]] = arith.constant dense<{{\[\[}}0, 1]]> : tensor<1x2xui8>
// CHECK-DAG: %[[INDEX:.*]] = arith.constant dense<{{\[\[}}0, 1, 0, 0]]> : tensor<1x4xui8>
// CHECK: "lr.pointwise_conv"(%arg0, %[[ORDER]], %{{.*}}, %[[INDEX]], %{{.*}}) <{{.*}} dilations = [1, 1]>, filters = 2 : i64, share = 1 : i64, maps = []}>
func.func @one_position_in_groups(%x: tensor<1x2x16x16xf32>) -> tensor<1x2x16x16xf32> {
  %o = graph.constant dense<[0, 1, 2]> : tensor<3xui8>
  %r = graph.constant dense<[0, 1]> : tensor<2xui8>
  %i = graph.constant dense<[0, 0]> : tensor<2xui8>
  %s = graph.constant dense<[[[0, 1], [0, 1]]]> : tensor<1x2x2xui8>
  %w = graph.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %0 = pattern.conv @one %x, %o, %r, %i, %s, %w {kernel = array<i64: 1, 1>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 2 : i64, filters = 2 : i64, span = 1 : i64} : (tensor<1x2x16x16xf32>, tensor<3xui8>, tensor<2xui8>, tensor<2xui8>, tensor<1x2x2xui8>, tensor<2xf32>) -> tensor<1x2x16x16xf32>
  return %0 : tensor<1x2x16x16xf32>
}
