// RUN: coco-opt %s --graph-to-lr --split-input-file | FileCheck %s

// The bias becomes an operand that the epilogue adds; the group's other operations follow it.
// CHECK-LABEL: func.func @conv_takes_bias_residual_and_relu
// CHECK-SAME: (%[[X:.*]]: tensor<1x4x5x5xf32>, %[[W:.*]]: tensor<6x4x3x3xf32>, %[[B:.*]]: tensor<6xf32>, %[[R:.*]]: tensor<1x6x3x3xf32>)
// CHECK-NEXT: %[[Y:.*]] = "lr.conv"(%[[X]], %[[W]], %[[B]], %[[R]]) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = [affine_map<(d0, d1, d2, d3) -> (d1)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>]}> ({
// CHECK-NEXT: ^bb0(%[[ACC:.*]]: f32, %[[BIAS:.*]]: f32, %[[RESIDUAL:.*]]: f32):
// CHECK-NEXT: %[[SUM:.*]] = arith.addf %[[ACC]], %[[BIAS]]
// CHECK-NEXT: %[[TOTAL:.*]] = arith.addf %[[SUM]], %[[RESIDUAL]]
// CHECK: %[[RELU:.*]] = arith.maximumf %[[TOTAL]]
// CHECK-NEXT: lr.yield %[[RELU]] : f32
// CHECK-NEXT: }) :
// CHECK-NEXT: return %[[Y]]
func.func @conv_takes_bias_residual_and_relu(%x: tensor<1x4x5x5xf32>, %w: tensor<6x4x3x3xf32>, %b: tensor<6xf32>, %r: tensor<1x6x3x3xf32>) -> tensor<1x6x3x3xf32> {
  %0 = "graph.fused"(%x, %w, %b, %r) ({
  ^bb0(%fx: tensor<1x4x5x5xf32>, %fw: tensor<6x4x3x3xf32>, %fb: tensor<6xf32>, %fr: tensor<1x6x3x3xf32>):
    %1 = graph.conv %fx, %fw, %fb {strides = array<i64: 2, 2>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x4x5x5xf32>, tensor<6x4x3x3xf32>, tensor<6xf32>) -> tensor<1x6x3x3xf32>
    %2 = graph.add %1, %fr : (tensor<1x6x3x3xf32>, tensor<1x6x3x3xf32>) -> tensor<1x6x3x3xf32>
    %3 = graph.relu %2 : tensor<1x6x3x3xf32>
    graph.yield %3 : tensor<1x6x3x3xf32>
  }) : (tensor<1x4x5x5xf32>, tensor<6x4x3x3xf32>, tensor<6xf32>, tensor<1x6x3x3xf32>) -> tensor<1x6x3x3xf32>
  return %0 : tensor<1x6x3x3xf32>
}

// -----

// CHECK-LABEL: func.func @depthwise_conv_keeps_its_groups
// CHECK: "lr.conv"
// CHECK-SAME: group = 4>
func.func @depthwise_conv_keeps_its_groups(%x: tensor<1x4x5x5xf32>, %w: tensor<4x1x3x3xf32>) -> tensor<1x4x3x3xf32> {
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 4 : i64} : (tensor<1x4x5x5xf32>, tensor<4x1x3x3xf32>) -> tensor<1x4x3x3xf32>
  return %0 : tensor<1x4x3x3xf32>
}

// -----

// CHECK-LABEL: func.func @gemm_scales_and_adds_in_the_epilogue
// CHECK-SAME: (%[[A:.*]]: tensor<3x5xf32>, %[[C:.*]]: tensor<7xf32>)
// CHECK: %[[B:.*]] = arith.constant dense_resource<packed_{{.*}}> : tensor<1x5x16xf32>
// CHECK-NEXT: "lr.matmul"(%[[A]], %[[B]], %[[C]]) <{device = "cpu", storage = "packed", columns = 7 : i64, maps = [affine_map<(d0, d1) -> (d1)>]}>
// CHECK-NEXT: ^bb0(%[[ACC:.*]]: f32, %[[E:.*]]: f32):
// CHECK-NEXT: %[[ALPHA:.*]] = arith.constant 5.000000e-01 : f32
// CHECK-NEXT: %[[SCALED:.*]] = arith.mulf %[[ACC]], %[[ALPHA]]
// CHECK-NEXT: %[[BETA:.*]] = arith.constant 2.000000e+00 : f32
// CHECK-NEXT: %[[ADDEND:.*]] = arith.mulf %[[E]], %[[BETA]]
// CHECK-NEXT: %[[SUM:.*]] = arith.addf %[[SCALED]], %[[ADDEND]]
// CHECK-NEXT: lr.yield %[[SUM]]
func.func @gemm_scales_and_adds_in_the_epilogue(%a: tensor<3x5xf32>, %c: tensor<7xf32>) -> tensor<3x7xf32> {
  %b = graph.constant dense<0.5> : tensor<7x5xf32>
  %0 = graph.gemm %a, %b, %c {alpha = 0.5 : f32, beta = 2.0 : f32, trans_a = false, trans_b = true} : (tensor<3x5xf32>, tensor<7x5xf32>, tensor<7xf32>) -> tensor<3x7xf32>
  return %0 : tensor<3x7xf32>
}

// -----

// Batches stretch and become one dimension; the result gets its dimensions back.
// CHECK-LABEL: func.func @matmul_with_batches
// CHECK: "lr.move"{{.*}} -> tensor<2x3x5x4xf32>
// CHECK: "lr.move"{{.*}} -> tensor<6x5x4xf32>
// CHECK: "lr.matmul"
// CHECK-SAME: storage = "plain"
// CHECK: (tensor<6x5x4xf32>, tensor<6x4x7xf32>) -> tensor<6x5x7xf32>
// CHECK: "lr.move"{{.*}} -> tensor<2x3x5x7xf32>
func.func @matmul_with_batches(%a: tensor<2x1x5x4xf32>, %b: tensor<3x4x7xf32>) -> tensor<2x3x5x7xf32> {
  %0 = graph.matmul %a, %b : (tensor<2x1x5x4xf32>, tensor<3x4x7xf32>) -> tensor<2x3x5x7xf32>
  return %0 : tensor<2x3x5x7xf32>
}

// -----

// CHECK-LABEL: func.func @softmax_is_two_reductions_and_two_maps
// CHECK-SAME: (%[[X:.*]]: tensor<2x9xf32>)
// CHECK: %[[MAX:.*]] = "lr.reduce"(%[[X]]) <{device = "cpu", kind = "max", axes = array<i64: 1>, keep_dimensions = true, maps = []}>
// CHECK: %[[EXP:.*]] = "lr.map"(%[[X]], %[[MAX]]) <{device = "cpu", shape = array<i64: 2, 9>, maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, 0)>]}>
// CHECK: arith.subf
// CHECK: math.exp
// CHECK: %[[SUM:.*]] = "lr.reduce"(%[[EXP]]) <{device = "cpu", kind = "sum"
// CHECK: "lr.map"(%[[EXP]], %[[SUM]])
// CHECK: arith.divf
func.func @softmax_is_two_reductions_and_two_maps(%x: tensor<2x9xf32>) -> tensor<2x9xf32> {
  %0 = graph.softmax %x {axis = 1 : i64} : tensor<2x9xf32>
  return %0 : tensor<2x9xf32>
}

// -----

// CHECK-LABEL: func.func @pool_and_global_pool
// CHECK: "lr.window"(%{{.*}}) <{device = "cpu", kind = "average", info = #lr.window<kernel = [2, 2], strides = [2, 2], pads = [0, 1, 0, 1], dilations = [1, 1]>, count_include_pad = true, ceil_mode = false, maps = []}>
// CHECK: "lr.reduce"(%{{.*}}) <{device = "cpu", kind = "mean", axes = array<i64: 2, 3>, keep_dimensions = true, maps = []}>
func.func @pool_and_global_pool(%x: tensor<1x3x4x4xf32>) -> tensor<1x3x1x1xf32> {
  %0 = graph.average_pool %x {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 1, 0, 1>, dilations = array<i64: 1, 1>, ceil_mode = false, count_include_pad = true} : (tensor<1x3x4x4xf32>) -> tensor<1x3x2x3xf32>
  %1 = graph.reduce mean %0 {axes = array<i64: 2, 3>, keep_dimensions = true} : (tensor<1x3x2x3xf32>) -> tensor<1x3x1x1xf32>
  return %1 : tensor<1x3x1x1xf32>
}

// -----

// A number that fills its constant stands in the body; only tensors are operands.
// CHECK-LABEL: func.func @elementwise_of_a_constant_and_a_channel
// CHECK-SAME: (%[[X:.*]]: tensor<1x3x4x4xf32>, %[[C:.*]]: tensor<3x1x1xf32>)
// CHECK-NEXT: "lr.map"(%[[X]]) <{device = "cpu", shape = array<i64: 1, 3, 4, 4>, maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>]}>
// CHECK-NEXT: ^bb0(%[[E:.*]]: f32):
// CHECK-NEXT: %[[TWO:.*]] = arith.constant 2.000000e+00 : f32
// CHECK-NEXT: arith.mulf %[[E]], %[[TWO]]
// CHECK: "lr.map"(%{{.*}}, %[[C]]) <{device = "cpu", shape = array<i64: 1, 3, 4, 4>, maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d1, 0, 0)>]}>
// CHECK-NOT: arith.constant
func.func @elementwise_of_a_constant_and_a_channel(%x: tensor<1x3x4x4xf32>, %c: tensor<3x1x1xf32>) -> tensor<1x3x4x4xf32> {
  %two = graph.constant dense<2.0> : tensor<1x1x1xf32>
  %0 = graph.mul %x, %two : (tensor<1x3x4x4xf32>, tensor<1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %1 = graph.add %0, %c : (tensor<1x3x4x4xf32>, tensor<3x1x1xf32>) -> tensor<1x3x4x4xf32>
  return %1 : tensor<1x3x4x4xf32>
}

// -----

// A group that hands an operand on is that operand.
// CHECK-LABEL: func.func @group_of_nothing
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[Y:.*]]: tensor<4xf32>)
// CHECK-NEXT: return %[[Y]] : tensor<4xf32>
func.func @group_of_nothing(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %0 = "graph.fused"(%x, %y) ({
  ^bb0(%a: tensor<4xf32>, %b: tensor<4xf32>):
    %1 = graph.relu %a : tensor<4xf32>
    graph.yield %b : tensor<4xf32>
  }) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
