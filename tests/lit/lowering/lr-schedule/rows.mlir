// RUN: coco-opt %s --graph-to-lr --canonicalize --lr-schedule --split-input-file | FileCheck %s

// Few filters: over planes, which the change of layout makes with the border that the windows read. The weight stays as it is.
// CHECK-LABEL: func.func @last_layer
// CHECK: storage = "{{direct|gemm}}"
// CHECK: %[[P:.*]] = lr.relayout %{{.*}} cpu : tensor<1x32x40x40xf32, #lr.layout<block = 16>> to tensor<1x32x40x40xf32, #lr.layout<halo = [1, 1, 1, 1]>>
// CHECK: "lr.conv"(%[[P]], %{{.*}}) <{device = "cpu", storage = "rows"
// CHECK-SAME: tuning = #lr.tuning<columns = {{[0-9]+}}, filters = 1, rows = {{[0-9]+}}>
// CHECK-NOT: filters = 1 : i64
// CHECK: tensor<1x32x3x3xf32>) -> tensor<1x1x40x40xf32>
// CHECK-NOT: lr.relayout
func.func @last_layer(%x: tensor<1x16x40x40xf32>) -> tensor<1x1x40x40xf32> {
  %w = graph.constant dense<0.5> : tensor<32x16x1x1xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x40x40xf32>, tensor<32x16x1x1xf32>) -> tensor<1x32x40x40xf32>
  %v = graph.constant dense<0.25> : tensor<1x32x3x3xf32>
  %1 = graph.conv %0, %v {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x32x40x40xf32>, tensor<1x32x3x3xf32>) -> tensor<1x1x40x40xf32>
  return %1 : tensor<1x1x40x40xf32>
}

// -----

// More filters, though of a single position each, are not worth planes of all channels.
// CHECK-LABEL: func.func @head
// CHECK: storage = "{{direct|gemm}}"
// CHECK: storage = "gemm"
func.func @head(%x: tensor<1x16x40x40xf32>) -> tensor<1x12x40x40xf32> {
  %w = graph.constant dense<0.5> : tensor<32x16x1x1xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x40x40xf32>, tensor<32x16x1x1xf32>) -> tensor<1x32x40x40xf32>
  %v = graph.constant dense<0.25> : tensor<12x32x1x1xf32>
  %1 = graph.conv %0, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x32x40x40xf32>, tensor<12x32x1x1xf32>) -> tensor<1x12x40x40xf32>
  return %1 : tensor<1x12x40x40xf32>
}

// -----

// A border that is far too wide for planes.
// CHECK-LABEL: func.func @wide_border
// CHECK: storage = "plain"
// CHECK-NOT: layout
func.func @wide_border(%x: tensor<1x2x8x8xf32>, %w: tensor<1x2x1x1xf32>) -> tensor<1x1x138x138xf32> {
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 65, 65, 65, 65>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x8x8xf32>, tensor<1x2x1x1xf32>) -> tensor<1x1x138x138xf32>
  return %0 : tensor<1x1x138x138xf32>
}
