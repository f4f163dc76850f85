// Layers between convolutions follow their layout where that is worth it; the others get dense operands.
// RUN: coco-opt %s --graph-to-lr --canonicalize --lr-schedule --split-input-file | FileCheck %s

// A reduction reads blocks; what its few elements become after that is converted.
// CHECK-LABEL: func.func @pool_and_concat_of_whole_blocks_follow
// CHECK: "lr.conv"
// CHECK: %[[P:.*]] = "lr.window"
// CHECK: -> tensor<1x64x10x10xf32, #lr.layout<block = 16>>
// CHECK: %[[C:.*]] = "lr.move"(%[[P]], %[[P]])
// CHECK-SAME: -> tensor<1x128x10x10xf32, #lr.layout<block = 16>>
// CHECK: %[[R:.*]] = "lr.reduce"(%[[C]])
// CHECK: (tensor<1x128x10x10xf32, #lr.layout<block = 16>>) -> tensor<1x128x1x1xf32, #lr.layout<block = 16>>
// CHECK: lr.relayout %[[R]]
func.func @pool_and_concat_of_whole_blocks_follow(%x: tensor<1x16x20x20xf32>) -> tensor<1x128x1x1xf32> {
  %w = graph.constant dense<0.5> : tensor<64x16x1x1xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x20x20xf32>, tensor<64x16x1x1xf32>) -> tensor<1x64x20x20xf32>
  %1 = graph.max_pool %0 {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, ceil_mode = false} : (tensor<1x64x20x20xf32>) -> tensor<1x64x10x10xf32>
  %2 = graph.concat %1, %1 {axis = 1 : i64} : (tensor<1x64x10x10xf32>, tensor<1x64x10x10xf32>) -> tensor<1x128x10x10xf32>
  %3 = graph.reduce mean %2 {axes = array<i64: 2, 3>, keep_dimensions = true} : (tensor<1x128x10x10xf32>) -> tensor<1x128x1x1xf32>
  return %3 : tensor<1x128x1x1xf32>
}

// -----

// Axes that do not stay: the result is a dense matrix. Channels that are reduced are read from planes.
// CHECK-LABEL: func.func @reductions
// CHECK: %[[Y:.*]] = "lr.conv"
// CHECK: "lr.reduce"(%[[Y]])
// CHECK: (tensor<1x64x20x20xf32, #lr.layout<block = 16>>) -> tensor<1x64xf32>
// CHECK: %[[D:.*]] = lr.relayout %[[Y]]
// CHECK: "lr.reduce"(%[[D]])
// CHECK: (tensor<1x64x20x20xf32>) -> tensor<1x1x20x20xf32>
func.func @reductions(%x: tensor<1x16x20x20xf32>) -> (tensor<1x64xf32>, tensor<1x1x20x20xf32>) {
  %w = graph.constant dense<0.5> : tensor<64x16x1x1xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x20x20xf32>, tensor<64x16x1x1xf32>) -> tensor<1x64x20x20xf32>
  %1 = graph.reduce sum %0 {axes = array<i64: 2, 3>, keep_dimensions = false} : (tensor<1x64x20x20xf32>) -> tensor<1x64xf32>
  %2 = graph.reduce max %0 {axes = array<i64: 1>, keep_dimensions = true} : (tensor<1x64x20x20xf32>) -> tensor<1x1x20x20xf32>
  return %1, %2 : tensor<1x64xf32>, tensor<1x1x20x20xf32>
}

// -----

// CHECK-LABEL: func.func @concat_that_splits_a_block_is_dense
// CHECK: %[[A:.*]] = "lr.conv"
// CHECK: %[[D:.*]] = lr.relayout %[[A]]
// CHECK: "lr.move"(%[[D]], %[[D]])
// CHECK-SAME: (tensor<1x72x20x20xf32>, tensor<1x72x20x20xf32>) -> tensor<1x144x20x20xf32>
// CHECK-NOT: lr.relayout
func.func @concat_that_splits_a_block_is_dense(%x: tensor<1x16x20x20xf32>) -> tensor<1x144x20x20xf32> {
  %w = graph.constant dense<0.5> : tensor<72x16x1x1xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x20x20xf32>, tensor<72x16x1x1xf32>) -> tensor<1x72x20x20xf32>
  %1 = graph.concat %0, %0 {axis = 1 : i64} : (tensor<1x72x20x20xf32>, tensor<1x72x20x20xf32>) -> tensor<1x144x20x20xf32>
  return %1 : tensor<1x144x20x20xf32>
}

// -----

// A gate per channel is read dense, the gated tensor in blocks; an input of two layers is converted once.
// CHECK-LABEL: func.func @broadcast_operands_are_dense
// CHECK-COUNT-1: lr.relayout %arg0
// CHECK: %[[Y:.*]] = "lr.conv"
// CHECK: "lr.map"(%[[Y]], %arg1)
// CHECK: (tensor<1x64x20x20xf32, #lr.layout<block = 16>>, tensor<1x64x1x1xf32>) -> tensor<1x64x20x20xf32, #lr.layout<block = 16>>
// CHECK: "lr.conv"
// CHECK-NOT: lr.relayout %arg0
func.func @broadcast_operands_are_dense(%x: tensor<1x64x20x20xf32>, %g: tensor<1x64x1x1xf32>) -> (tensor<1x64x20x20xf32>, tensor<1x64x20x20xf32>) {
  %w = graph.constant dense<0.5> : tensor<64x64x5x5xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 2, 2, 2, 2>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x64x20x20xf32>, tensor<64x64x5x5xf32>) -> tensor<1x64x20x20xf32>
  %1 = graph.mul %0, %g : (tensor<1x64x20x20xf32>, tensor<1x64x1x1xf32>) -> tensor<1x64x20x20xf32>
  %2 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 2, 2, 2, 2>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x64x20x20xf32>, tensor<64x64x5x5xf32>) -> tensor<1x64x20x20xf32>
  %v = graph.constant dense<0.25> : tensor<64x64x1x1xf32>
  %3 = graph.conv %1, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x64x20x20xf32>, tensor<64x64x1x1xf32>) -> tensor<1x64x20x20xf32>
  return %3, %2 : tensor<1x64x20x20xf32>, tensor<1x64x20x20xf32>
}

// -----

// Enlarging an image takes rows and columns that all channels share: blocks stay whole. Where channels choose, it is dense.
// CHECK-LABEL: func.func @enlarge
// CHECK: %[[Y:.*]] = "lr.conv"
// CHECK: %[[E:.*]] = "lr.move"(%[[Y]])
// CHECK-SAME: (d0, d1, d2 floordiv 2, d3)
// CHECK-SAME: -> tensor<1x64x40x20xf32, #lr.layout<block = 16>>
// CHECK: %[[D:.*]] = lr.relayout %[[Y]]
// CHECK: "lr.move"(%[[D]])
func.func @enlarge(%x: tensor<1x16x20x20xf32>) -> (tensor<1x64xf32>, tensor<1x20x64x20xf32>) {
  %w = graph.constant dense<0.5> : tensor<64x16x1x1xf32>
  %rows = graph.constant dense<[0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15, 16, 16, 17, 17, 18, 18, 19, 19]> : tensor<40xi64>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x20x20xf32>, tensor<64x16x1x1xf32>) -> tensor<1x64x20x20xf32>
  %1 = graph.gather %0, %rows {axis = 2 : i64} : (tensor<1x64x20x20xf32>, tensor<40xi64>) -> tensor<1x64x40x20xf32>
  %2 = graph.reduce max %1 {axes = array<i64: 2, 3>, keep_dimensions = false} : (tensor<1x64x40x20xf32>) -> tensor<1x64xf32>
  %3 = graph.transpose %0 {permutation = array<i64: 0, 2, 1, 3>} : (tensor<1x64x20x20xf32>) -> tensor<1x20x64x20xf32>
  return %2, %3 : tensor<1x64xf32>, tensor<1x20x64x20xf32>
}

// -----

// Without convolutions nothing is converted.
// CHECK-LABEL: func.func @dense_network_stays_dense
// CHECK-NOT: layout
// CHECK: "lr.matmul"{{.*}}tuning = #lr.tuning<columns = 1, filters = {{[0-9]+}}>
func.func @dense_network_stays_dense(%x: tensor<1x16x2x2xf32>) -> tensor<1x100xf32> {
  %w = graph.constant dense<0.5> : tensor<64x100xf32>
  %0 = graph.max_pool %x {kernel = array<i64: 1, 1>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, ceil_mode = false} : (tensor<1x16x2x2xf32>) -> tensor<1x16x2x2xf32>
  %1 = graph.flatten %0 {axis = 1 : i64} : (tensor<1x16x2x2xf32>) -> tensor<1x64xf32>
  %2 = graph.matmul %1, %w : (tensor<1x64xf32>, tensor<64x100xf32>) -> tensor<1x100xf32>
  return %2 : tensor<1x100xf32>
}

// -----

// What a function's type or a called one's says stays, whatever layout the producer gets.
// CHECK-LABEL: func.func @layouts_of_function_types_stay
// CHECK-SAME: -> tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>
// CHECK: "lr.conv"
// CHECK: %[[H:.*]] = lr.relayout %{{.*}} cpu : tensor<1x16x4x4xf32, #lr.layout<block = 16>> to tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>
// CHECK: %[[C:.*]] = call @takes_a_halo(%[[H]])
// CHECK: return %[[C]]
func.func @layouts_of_function_types_stay(%x: tensor<1x16x4x4xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>> {
  %w = graph.constant dense<0.5> : tensor<16x16x1x1xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x4x4xf32>, tensor<16x16x1x1xf32>) -> tensor<1x16x4x4xf32>
  %1 = lr.relayout %0 cpu : tensor<1x16x4x4xf32> to tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>
  %2 = call @takes_a_halo(%1) : (tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>
  return %2 : tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>
}
// CHECK-LABEL: func.func @takes_a_halo
// CHECK-NEXT: return %arg0
func.func @takes_a_halo(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>> {
  return %x : tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>
}
