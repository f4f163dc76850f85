// Pooling between layers of patterns goes from patches to patches, and writes the halo that the next layer reads.
// RUN: coco-opt %s --lr-schedule=sparse=all | FileCheck %s

// CHECK-LABEL: func.func @inside
// CHECK: lr.relayout
// CHECK-NEXT: {{.*}}arith.constant
// CHECK-NOT: lr.relayout
// CHECK: "lr.window"
// CHECK: -> tensor<1x4x16x16xf32, #lr.layout<halo = [1, 1, 1, 1], patches = [{{[0-9]+, [0-9]+}}]>>
// CHECK-NOT: lr.relayout
// CHECK: "lr.pattern_conv"
// CHECK: lr.relayout
// CHECK-NEXT: return
func.func @inside(%x: tensor<1x4x32x32xf32>) -> tensor<1x4x16x16xf32> {
  %offset = "graph.constant"() <{value = dense<[0, 4, 8, 12, 16]> : tensor<5xui8>}> : () -> tensor<5xui8>
  %reorder = "graph.constant"() <{value = dense<[0, 1, 2, 3]> : tensor<4xui8>}> : () -> tensor<4xui8>
  %index = "graph.constant"() <{value = dense<[1, 0, 3, 2, 1, 0, 3, 2, 1, 0, 3, 2, 1, 0, 3, 2]> : tensor<16xui8>}> : () -> tensor<16xui8>
  %runs = "graph.constant"() <{value = dense<[[[0, 1, 3, 4], [0, 1, 3, 4], [0, 1, 3, 4], [0, 1, 3, 4]]]> : tensor<1x4x4xui8>}> : () -> tensor<1x4x4xui8>
  %w = arith.constant dense<0.5> : tensor<64xf32>
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %w) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 54, 27, 58>, filters = 4 : i64, span = 4 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x4x32x32xf32>, tensor<5xui8>, tensor<4xui8>, tensor<16xui8>, tensor<1x4x4xui8>, tensor<64xf32>) -> tensor<1x4x32x32xf32>
  %1 = "lr.window"(%0) <{device = "cpu", kind = "max", info = #lr.window<kernel = [2, 2], strides = [2, 2], pads = [0, 0, 0, 0], dilations = [1, 1]>, count_include_pad = false, ceil_mode = false, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x4x32x32xf32>) -> tensor<1x4x16x16xf32>
  %2 = "lr.pattern_conv"(%1, %offset, %reorder, %index, %runs, %w) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 54, 27, 58>, filters = 4 : i64, span = 4 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x4x16x16xf32>, tensor<5xui8>, tensor<4xui8>, tensor<16xui8>, tensor<1x4x4xui8>, tensor<64xf32>) -> tensor<1x4x16x16xf32>
  return %2 : tensor<1x4x16x16xf32>
}

// What lies outside must not count, and would: in patches it is zero.
// CHECK-LABEL: func.func @padded
// CHECK: "lr.pattern_conv"
// CHECK: lr.relayout
// CHECK: "lr.window"
// CHECK-NOT: patches
// CHECK: lr.relayout
// CHECK: "lr.pattern_conv"
func.func @padded(%x: tensor<1x4x32x32xf32>) -> tensor<1x4x16x16xf32> {
  %offset = "graph.constant"() <{value = dense<[0, 4, 8, 12, 16]> : tensor<5xui8>}> : () -> tensor<5xui8>
  %reorder = "graph.constant"() <{value = dense<[0, 1, 2, 3]> : tensor<4xui8>}> : () -> tensor<4xui8>
  %index = "graph.constant"() <{value = dense<[1, 0, 3, 2, 1, 0, 3, 2, 1, 0, 3, 2, 1, 0, 3, 2]> : tensor<16xui8>}> : () -> tensor<16xui8>
  %runs = "graph.constant"() <{value = dense<[[[0, 1, 3, 4], [0, 1, 3, 4], [0, 1, 3, 4], [0, 1, 3, 4]]]> : tensor<1x4x4xui8>}> : () -> tensor<1x4x4xui8>
  %w = arith.constant dense<0.5> : tensor<64xf32>
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %w) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 54, 27, 58>, filters = 4 : i64, span = 4 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x4x32x32xf32>, tensor<5xui8>, tensor<4xui8>, tensor<16xui8>, tensor<1x4x4xui8>, tensor<64xf32>) -> tensor<1x4x32x32xf32>
  %1 = "lr.window"(%0) <{device = "cpu", kind = "max", info = #lr.window<kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1], dilations = [1, 1]>, count_include_pad = false, ceil_mode = false, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x4x32x32xf32>) -> tensor<1x4x16x16xf32>
  %2 = "lr.pattern_conv"(%1, %offset, %reorder, %index, %runs, %w) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 54, 27, 58>, filters = 4 : i64, span = 4 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x4x16x16xf32>, tensor<5xui8>, tensor<4xui8>, tensor<16xui8>, tensor<1x4x4xui8>, tensor<64xf32>) -> tensor<1x4x16x16xf32>
  return %2 : tensor<1x4x16x16xf32>
}
