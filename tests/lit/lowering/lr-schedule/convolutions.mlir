// RUN: coco-opt %s --graph-to-lr --canonicalize --lr-schedule --split-input-file | FileCheck %s

// Few channels: planes with the border that the windows read. The bias is padded to whole blocks.
// CHECK-LABEL: func.func @first_layer
// CHECK-SAME: (%[[X:.*]]: tensor<1x3x8x8xf32>)
// CHECK: %[[P:.*]] = lr.relayout %[[X]] cpu : tensor<1x3x8x8xf32> to tensor<1x3x8x8xf32, #lr.layout<halo = [1, 1, 1, 1]>>
// CHECK: %[[B:.*]] = arith.constant {{.*}} : tensor<32xf32>
// CHECK: %[[W:.*]] = arith.constant dense_resource<packed_{{.*}}> : tensor<2x3x3x3x16xf32>
// CHECK: %[[Y:.*]] = "lr.conv"(%[[P]], %[[W]], %[[B]]) <{device = "cpu", storage = "direct"
// CHECK-SAME: filters = 20 : i64
// CHECK: -> tensor<1x20x8x8xf32, #lr.layout<block = 16>>
// CHECK: lr.relayout %[[Y]] cpu : tensor<1x20x8x8xf32, #lr.layout<block = 16>> to tensor<1x20x8x8xf32>
func.func @first_layer(%x: tensor<1x3x8x8xf32>) -> tensor<1x20x8x8xf32> {
  %w = graph.constant dense<0.5> : tensor<20x3x3x3xf32>
  %b = graph.constant dense<[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 17.0, 18.0, 19.0]> : tensor<20xf32>
  %0 = graph.conv %x, %w, %b {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x8x8xf32>, tensor<20x3x3x3xf32>, tensor<20xf32>) -> tensor<1x20x8x8xf32>
  return %0 : tensor<1x20x8x8xf32>
}

// -----

// The producer writes the border that its readers need, the largest of them; the reader without a window takes it as it is.
// CHECK-LABEL: func.func @halo_is_what_the_readers_need
// CHECK: "lr.conv"
// CHECK: -> tensor<1x16x8x8xf32, #lr.layout<block = 16, halo = [2, 1, 2, 1]>>
// CHECK: "lr.conv"
// CHECK: (tensor<1x16x8x8xf32, #lr.layout<block = 16, halo = [2, 1, 2, 1]>>
// CHECK: "lr.conv"
// CHECK: (tensor<1x16x8x8xf32, #lr.layout<block = 16, halo = [2, 1, 2, 1]>>
// CHECK-NOT: lr.relayout
// CHECK: "lr.map"
// CHECK: lr.relayout
// CHECK-NOT: lr.relayout
func.func @halo_is_what_the_readers_need(%x: tensor<1x2x8x8xf32>) -> tensor<1x16x8x8xf32> {
  %w = graph.constant dense<0.5> : tensor<16x2x1x1xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x8x8xf32>, tensor<16x2x1x1xf32>) -> tensor<1x16x8x8xf32>
  %v = graph.constant dense<0.5> : tensor<16x16x3x3xf32>
  %1 = graph.conv %0, %v {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x8x8xf32>, tensor<16x16x3x3xf32>) -> tensor<1x16x8x8xf32>
  %u = graph.constant dense<0.5> : tensor<16x16x5x1xf32>
  %2 = graph.conv %0, %u {strides = array<i64: 1, 1>, pads = array<i64: 2, 0, 2, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x8x8xf32>, tensor<16x16x5x1xf32>) -> tensor<1x16x8x8xf32>
  %3 = graph.add %1, %2 : (tensor<1x16x8x8xf32>, tensor<1x16x8x8xf32>) -> tensor<1x16x8x8xf32>
  return %3 : tensor<1x16x8x8xf32>
}

// -----

// A stride that never reaches the last column needs no border there. A lone layer reads planes.
// CHECK-LABEL: func.func @strided_window_needs_no_border_at_the_end
// CHECK: to tensor<1x16x8x8xf32, #lr.layout<halo = [1, 1, 0, 0]>>
func.func @strided_window_needs_no_border_at_the_end(%x: tensor<1x16x8x8xf32>) -> tensor<1x16x4x4xf32> {
  %w = graph.constant dense<0.5> : tensor<16x16x3x3xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 2, 2>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x8x8xf32>, tensor<16x16x3x3xf32>) -> tensor<1x16x4x4xf32>
  return %0 : tensor<1x16x4x4xf32>
}

// -----

// CHECK-LABEL: func.func @pointwise_without_borders_is_a_product
// CHECK-NOT: lr.relayout
// CHECK: "lr.conv"(%arg0, {{.*}}storage = "direct"
// CHECK: "lr.conv"{{.*}}storage = "gemm"
// CHECK-SAME: filters = 40 : i64
func.func @pointwise_without_borders_is_a_product(%x: tensor<1x16x8x8xf32>) -> tensor<1x40x8x8xf32> {
  %v = graph.constant dense<0.25> : tensor<40x40x1x1xf32>
  %w = graph.constant dense<0.5> : tensor<40x16x1x1xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x8x8xf32>, tensor<40x16x1x1xf32>) -> tensor<1x40x8x8xf32>
  %1 = graph.conv %0, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x40x8x8xf32>, tensor<40x40x1x1xf32>) -> tensor<1x40x8x8xf32>
  return %1 : tensor<1x40x8x8xf32>
}

// -----

// CHECK-LABEL: func.func @what_packed_kernels_cannot_do_stays_plain
// CHECK: "lr.conv"{{.*}}storage = "plain"{{.*}}group = 2
// CHECK-NOT: layout
// CHECK: "lr.conv"{{.*}}storage = "plain"{{.*}}kernel = [3]
// Planes do not ask for weights at hand.
// CHECK: "lr.conv"{{.*}}storage = "rows"
// CHECK-NOT: layout
func.func @what_packed_kernels_cannot_do_stays_plain(%x: tensor<1x4x8x8xf32>, %y: tensor<1x16x8xf32>, %v: tensor<16x4x1x1xf32>) -> (tensor<1x4x4x4xf32>, tensor<1x16x6xf32>, tensor<1x16x8x8xf32>) {
  %w = graph.constant dense<0.5> : tensor<4x2x1x1xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 2 : i64} : (tensor<1x4x8x8xf32>, tensor<4x2x1x1xf32>) -> tensor<1x4x4x4xf32>
  %u = graph.constant dense<0.5> : tensor<16x16x3xf32>
  %1 = graph.conv %y, %u {strides = array<i64: 1>, pads = array<i64: 0, 0>, dilations = array<i64: 1>, group = 1 : i64} : (tensor<1x16x8xf32>, tensor<16x16x3xf32>) -> tensor<1x16x6xf32>
  %2 = graph.conv %x, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x4x8x8xf32>, tensor<16x4x1x1xf32>) -> tensor<1x16x8x8xf32>
  return %0, %1, %2 : tensor<1x4x4x4xf32>, tensor<1x16x6xf32>, tensor<1x16x8x8xf32>
}

// -----

// Tuning that is there already is kept.
// CHECK-LABEL: func.func @tuning_of_the_user_is_kept
// CHECK: "lr.conv"{{.*}}storage = "direct"
// CHECK-SAME: tuning = #lr.tuning<columns = 3, filters = 1, pieces = 8>
func.func @tuning_of_the_user_is_kept(%x: tensor<1x16x8x8xf32>) -> tensor<1x16x8x8xf32> {
  %w = arith.constant dense<0.5> : tensor<16x16x3x3xf32>
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, tuning = #lr.tuning<columns = 3, filters = 1, pieces = 8>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x8x8xf32>, tensor<16x16x3x3xf32>) -> tensor<1x16x8x8xf32>
  return %0 : tensor<1x16x8x8xf32>
}
