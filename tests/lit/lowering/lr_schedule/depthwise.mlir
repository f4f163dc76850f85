// RUN: coco-opt %s --graph-to-lr --canonicalize --lr-schedule --split-input-file | FileCheck %s

// Between pointwise layers no layout changes, and the depthwise layer wants no border from its producer.
// CHECK-LABEL: func.func @inverted_residual
// CHECK-NOT: lr.relayout
// CHECK: "lr.conv"(%arg0, {{.*}}storage = "direct"
// CHECK: -> tensor<1x32x8x8xf32, #lr.layout<block = 16>>
// CHECK-NOT: lr.relayout
// CHECK: %[[W:.*]] = arith.constant dense_resource<packed_{{.*}}> : tensor<2x1x3x3x16xf32>
// CHECK: "lr.conv"(%{{.*}}, %[[W]]) <{device = "cpu", storage = "depthwise"
// CHECK-SAME: group = 32
// CHECK-SAME: tuning = #lr.tuning<columns = {{[0-9]+}}>
// CHECK-SAME: filters = 32 : i64
// CHECK: -> tensor<1x32x4x4xf32, #lr.layout<block = 16>>
// CHECK-NOT: lr.relayout
// CHECK: "lr.conv"{{.*}}storage = "gemm"
// CHECK: lr.relayout
func.func @inverted_residual(%x: tensor<1x16x8x8xf32>) -> tensor<1x16x4x4xf32> {
  %w = graph.constant dense<0.5> : tensor<32x16x1x1xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x8x8xf32>, tensor<32x16x1x1xf32>) -> tensor<1x32x8x8xf32>
  %v = graph.constant dense<0.25> : tensor<32x1x3x3xf32>
  %1 = graph.conv %0, %v {strides = array<i64: 2, 2>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 32 : i64} : (tensor<1x32x8x8xf32>, tensor<32x1x3x3xf32>) -> tensor<1x32x4x4xf32>
  %u = graph.constant dense<0.5> : tensor<16x32x1x1xf32>
  %2 = graph.conv %1, %u {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x32x4x4xf32>, tensor<16x32x1x1xf32>) -> tensor<1x16x4x4xf32>
  return %2 : tensor<1x16x4x4xf32>
}

// -----

// Weights that are no constant, and borders that are wider than code should be long, go over planes.
// CHECK-LABEL: func.func @not_at_hand
// CHECK: storage = "rows"
func.func @not_at_hand(%x: tensor<1x16x8x8xf32>, %w: tensor<16x1x3x3xf32>) -> tensor<1x16x8x8xf32> {
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 16 : i64} : (tensor<1x16x8x8xf32>, tensor<16x1x3x3xf32>) -> tensor<1x16x8x8xf32>
  return %0 : tensor<1x16x8x8xf32>
}

// -----

// CHECK-LABEL: func.func @wide_border
// CHECK: storage = "rows"
func.func @wide_border(%x: tensor<1x16x8x8xf32>) -> tensor<1x16x42x42xf32> {
  %w = graph.constant dense<0.5> : tensor<16x1x1x1xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 17, 17, 17, 17>, dilations = array<i64: 1, 1>, group = 16 : i64} : (tensor<1x16x8x8xf32>, tensor<16x1x1x1xf32>) -> tensor<1x16x42x42xf32>
  return %0 : tensor<1x16x42x42xf32>
}
