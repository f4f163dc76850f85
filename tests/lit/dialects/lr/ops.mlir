// RUN: coco-opt %s | coco-opt | FileCheck %s
// RUN: coco-opt %s --mlir-print-op-generic | coco-opt | FileCheck %s

// CHECK-LABEL: func.func @conv_plain
// CHECK: "lr.conv"(%{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [2, 1], pads = [1, 1, 1, 1], dilations = [1, 2], group = 2>, maps = [affine_map<(d0, d1, d2, d3) -> (d1)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>]}> ({
// CHECK-NEXT: ^bb0(%[[ACC:.*]]: f32, %[[BIAS:.*]]: f32, %[[OTHER:.*]]: f32):
// CHECK: lr.yield %{{.*}} : f32
// CHECK-NEXT: }) : (tensor<1x4x5x7xf32>, tensor<6x2x3x3xf32>, tensor<6xf32>, tensor<1x6x3x5xf32>) -> tensor<1x6x3x5xf32>
func.func @conv_plain(%x: tensor<1x4x5x7xf32>, %w: tensor<6x2x3x3xf32>, %b: tensor<6xf32>, %r: tensor<1x6x3x5xf32>) -> tensor<1x6x3x5xf32> {
  %0 = "lr.conv"(%x, %w, %b, %r) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [2, 1], pads = [1, 1, 1, 1], dilations = [1, 2], group = 2>, maps = [affine_map<(d0, d1, d2, d3) -> (d1)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>]}> ({
  ^bb0(%acc: f32, %bias: f32, %other: f32):
    %1 = arith.addf %acc, %bias : f32
    %2 = arith.addf %1, %other : f32
    lr.yield %2 : f32
  }) : (tensor<1x4x5x7xf32>, tensor<6x2x3x3xf32>, tensor<6xf32>, tensor<1x6x3x5xf32>) -> tensor<1x6x3x5xf32>
  return %0 : tensor<1x6x3x5xf32>
}

// CHECK-LABEL: func.func @conv_direct
// CHECK: storage = "direct"
// CHECK-SAME: tuning = #lr.tuning<columns = 4, filters = 2, unroll = 9, pieces = 3, rows = 2, channels = 16>, maps = [], filters = 20 : i64
// CHECK: }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<2x16x3x3x16xf32>) -> tensor<1x20x4x4xf32, #lr.layout<block = 16>>
func.func @conv_direct(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, %w: tensor<2x16x3x3x16xf32>) -> tensor<1x20x4x4xf32, #lr.layout<block = 16>> {
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "direct", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, tuning = #lr.tuning<columns = 4, filters = 2, unroll = 9, pieces = 3, rows = 2, channels = 16>, maps = [], filters = 20 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<2x16x3x3x16xf32>) -> tensor<1x20x4x4xf32, #lr.layout<block = 16>>
  return %0 : tensor<1x20x4x4xf32, #lr.layout<block = 16>>
}

// CHECK-LABEL: func.func @conv_depthwise
// CHECK: storage = "depthwise"
// CHECK-SAME: group = 20>, maps = [], filters = 20 : i64
// CHECK: }) : (tensor<1x20x4x4xf32, #lr.layout<block = 16>>, tensor<2x1x3x3x16xf32>) -> tensor<1x20x4x4xf32, #lr.layout<block = 16>>
func.func @conv_depthwise(%x: tensor<1x20x4x4xf32, #lr.layout<block = 16>>, %w: tensor<2x1x3x3x16xf32>) -> tensor<1x20x4x4xf32, #lr.layout<block = 16>> {
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1], group = 20>, maps = [], filters = 20 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x20x4x4xf32, #lr.layout<block = 16>>, tensor<2x1x3x3x16xf32>) -> tensor<1x20x4x4xf32, #lr.layout<block = 16>>
  return %0 : tensor<1x20x4x4xf32, #lr.layout<block = 16>>
}

// Channels 0 to 15 use the two positions of the first row.
// CHECK-LABEL: func.func @conv_depthwise_with_masks
// CHECK: storage = "depthwise"
// CHECK-SAME: filters = 20 : i64, masks = array<i64: 3, 15>
func.func @conv_depthwise_with_masks(%x: tensor<1x20x4x4xf32, #lr.layout<block = 16>>) -> tensor<1x20x3x3xf32, #lr.layout<block = 16>> {
  %w = arith.constant dense<0.0> : tensor<2x1x2x2x16xf32>
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [2, 2], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1], group = 20>, maps = [], filters = 20 : i64, masks = array<i64: 3, 15>}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x20x4x4xf32, #lr.layout<block = 16>>, tensor<2x1x2x2x16xf32>) -> tensor<1x20x3x3xf32, #lr.layout<block = 16>>
  return %0 : tensor<1x20x3x3xf32, #lr.layout<block = 16>>
}

// CHECK-LABEL: func.func @conv_winograd
// CHECK: storage = "winograd6"
// CHECK-SAME: tuning = #lr.tuning<columns = 6, filters = 2, pieces = 4, tiles = 24>, maps = [], filters = 20 : i64
// CHECK: }) : (tensor<1x20x8x8xf32, #lr.layout<block = 16, halo = [1, 1, 5, 5]>>, tensor<64x2x20x16xf32>) -> tensor<1x20x8x8xf32, #lr.layout<block = 16>>
func.func @conv_winograd(%x: tensor<1x20x8x8xf32, #lr.layout<block = 16, halo = [1, 1, 5, 5]>>, %w: tensor<64x2x20x16xf32>) -> tensor<1x20x8x8xf32, #lr.layout<block = 16>> {
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "winograd6", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, tuning = #lr.tuning<columns = 6, filters = 2, pieces = 4, tiles = 24>, maps = [], filters = 20 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x20x8x8xf32, #lr.layout<block = 16, halo = [1, 1, 5, 5]>>, tensor<64x2x20x16xf32>) -> tensor<1x20x8x8xf32, #lr.layout<block = 16>>
  return %0 : tensor<1x20x8x8xf32, #lr.layout<block = 16>>
}

// CHECK-LABEL: func.func @conv_rows
// CHECK: storage = "rows"
// CHECK-SAME: tuning = #lr.tuning<columns = 2, filters = 3, rows = 4>, maps = []
// CHECK: }) : (tensor<1x8x4x4xf32, #lr.layout<halo = [1, 1, 1, 1]>>, tensor<6x4x3x3xf32>) -> tensor<1x6x4x4xf32>
func.func @conv_rows(%x: tensor<1x8x4x4xf32, #lr.layout<halo = [1, 1, 1, 1]>>, %w: tensor<6x4x3x3xf32>) -> tensor<1x6x4x4xf32> {
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "rows", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1], group = 2>, tuning = #lr.tuning<columns = 2, filters = 3, rows = 4>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x8x4x4xf32, #lr.layout<halo = [1, 1, 1, 1]>>, tensor<6x4x3x3xf32>) -> tensor<1x6x4x4xf32>
  return %0 : tensor<1x6x4x4xf32>
}

// CHECK-LABEL: func.func @products
// CHECK: "lr.matmul"{{.*}}storage = "plain"
// CHECK: "lr.matmul"{{.*}}storage = "packed", columns = 9 : i64
func.func @products(%a: tensor<2x3x5xf32>, %b: tensor<2x5x9xf32>, %c: tensor<4x5xf32>, %d: tensor<1x5x16xf32>) -> (tensor<2x3x9xf32>, tensor<4x9xf32>) {
  %0 = "lr.matmul"(%a, %b) <{device = "cpu", storage = "plain", maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<2x3x5xf32>, tensor<2x5x9xf32>) -> tensor<2x3x9xf32>
  %1 = "lr.matmul"(%c, %d) <{device = "cpu", storage = "packed", columns = 9 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<4x5xf32>, tensor<1x5x16xf32>) -> tensor<4x9xf32>
  return %0, %1 : tensor<2x3x9xf32>, tensor<4x9xf32>
}

// CHECK-LABEL: func.func @window_and_reduce
// CHECK: "lr.window"{{.*}}kind = "average"{{.*}}count_include_pad = true, ceil_mode = true
// CHECK: "lr.reduce"{{.*}}kind = "mean", axes = array<i64: 2, 3>, keep_dimensions = false
func.func @window_and_reduce(%x: tensor<1x3x6x6xf32>) -> tensor<1x3xf32> {
  %0 = "lr.window"(%x) <{device = "cpu", kind = "average", info = #lr.window<kernel = [3, 3], strides = [2, 2], pads = [0, 0, 0, 0], dilations = [1, 1]>, count_include_pad = true, ceil_mode = true, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x3x6x6xf32>) -> tensor<1x3x3x3xf32>
  %1 = "lr.reduce"(%0) <{device = "cpu", kind = "mean", axes = array<i64: 2, 3>, keep_dimensions = false, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x3x3x3xf32>) -> tensor<1x3xf32>
  return %1 : tensor<1x3xf32>
}

// CHECK-LABEL: func.func @map_changes_the_element_type
// CHECK: "lr.map"
// CHECK-SAME: shape = array<i64: 2, 3>, maps = [affine_map<(d0, d1) -> (d1)>]
// CHECK: }) : (tensor<3xi64>) -> tensor<2x3xi1>
func.func @map_changes_the_element_type(%x: tensor<3xi64>) -> tensor<2x3xi1> {
  %0 = "lr.map"(%x) <{device = "cpu", shape = array<i64: 2, 3>, maps = [affine_map<(d0, d1) -> (d1)>]}> ({
  ^bb0(%e: i64):
    %c = arith.constant 4 : i64
    %1 = arith.cmpi slt, %e, %c : i64
    lr.yield %1 : i1
  }) : (tensor<3xi64>) -> tensor<2x3xi1>
  return %0 : tensor<2x3xi1>
}

// CHECK-LABEL: func.func @move_and_relayout
// CHECK: "lr.move"
// CHECK: lr.relayout %{{.*}} cpu : tensor<1x4x2x2xf32> to tensor<1x4x2x2xf32, #lr.layout<block = 4, halo = [0, 1, 0, 2]>>
func.func @move_and_relayout(%x: tensor<1x2x2x2xf32>) -> tensor<1x4x2x2xf32, #lr.layout<block = 4, halo = [0, 1, 0, 2]>> {
  %0 = "lr.move"(%x) <{device = "cpu", shape = array<i64: 1, 4, 2, 2>, domains = [array<i64: 1, 2, 2, 2>], sources = [affine_map<(d0, d1, d2, d3) -> (d0, -d1 + 1, d2, d3)>], destinations = [affine_map<(d0, d1, d2, d3) -> (d0, d1 + 1, d2, d3)>], fill = 1.5 : f32}> : (tensor<1x2x2x2xf32>) -> tensor<1x4x2x2xf32>
  %1 = lr.relayout %0 cpu : tensor<1x4x2x2xf32> to tensor<1x4x2x2xf32, #lr.layout<block = 4, halo = [0, 1, 0, 2]>>
  return %1 : tensor<1x4x2x2xf32, #lr.layout<block = 4, halo = [0, 1, 0, 2]>>
}

// CHECK-LABEL: func.func @gather_and_scatter
// CHECK: lr.gather cpu %{{.*}}, %{{.*}} {axis = 1 : i64} : (tensor<2x5x4xf32>, tensor<3xi64>) -> tensor<2x3x4xf32>
// CHECK: lr.scatter add cpu %{{.*}}, %{{.*}}, %{{.*}} : (tensor<7x3x4xf32>, tensor<2xi64>, tensor<2x3x4xf32>) -> tensor<7x3x4xf32>
func.func @gather_and_scatter(%x: tensor<2x5x4xf32>, %i: tensor<3xi64>, %y: tensor<7x3x4xf32>, %j: tensor<2xi64>) -> tensor<7x3x4xf32> {
  %0 = lr.gather cpu %x, %i {axis = 1 : i64} : (tensor<2x5x4xf32>, tensor<3xi64>) -> tensor<2x3x4xf32>
  %1 = lr.scatter add cpu %y, %j, %0 : (tensor<7x3x4xf32>, tensor<2xi64>, tensor<2x3x4xf32>) -> tensor<7x3x4xf32>
  return %1 : tensor<7x3x4xf32>
}

// CHECK-LABEL: func.func @pattern_groups(
// CHECK: "lr.pattern_conv"
// CHECK-SAME: group = 2>, masks = array<i64: 3>, filters = 2 : i64, span = 1 : i64
func.func @pattern_groups(%x: tensor<1x2x3x3xf32>) -> tensor<1x2x2x2xf32> {
  %offset = "graph.constant"() <{value = dense<[0, 1, 2]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %reorder = "graph.constant"() <{value = dense<[1, 0]> : tensor<2xui8>}> : () -> tensor<2xui8>
  %index = "graph.constant"() <{value = dense<0> : tensor<2xui8>}> : () -> tensor<2xui8>
  %runs = "graph.constant"() <{value = dense<[[[0, 1], [0, 1]]]> : tensor<1x2x2xui8>}> : () -> tensor<1x2x2xui8>
  %weights = arith.constant dense<0.5> : tensor<4xf32>
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [2, 2], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1], group = 2>, masks = array<i64: 3>, filters = 2 : i64, span = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<2xui8>, tensor<1x2x2xui8>, tensor<4xf32>) -> tensor<1x2x2x2xf32>
  return %0 : tensor<1x2x2x2xf32>
}

// CHECK-LABEL: func.func @patches(
// CHECK: "lr.pattern_conv"
// CHECK-SAME: masks = array<i64: 432, 27>, filters = 2 : i64, span = 1 : i64
// CHECK: tensor<1x2x16x8xf32, #lr.layout<halo = [1, 1, 1, 1], patches = [2, 8]>>
func.func @patches(%x: tensor<1x2x16x8xf32, #lr.layout<halo = [1, 1, 1, 1], patches = [2, 8]>>) -> tensor<1x2x16x8xf32, #lr.layout<patches = [2, 8]>> {
  %offset = "graph.constant"() <{value = dense<[0, 1, 1, 2, 3]> : tensor<5xui8>}> : () -> tensor<5xui8>
  %reorder = "graph.constant"() <{value = dense<[1, 0]> : tensor<2xui8>}> : () -> tensor<2xui8>
  %index = "graph.constant"() <{value = dense<[0, 1, 1]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %runs = "graph.constant"() <{value = dense<[[[0, 0, 1], [0, 0, 0]], [[0, 1, 1], [0, 1, 1]]]> : tensor<2x2x3xui8>}> : () -> tensor<2x2x3xui8>
  %weights = arith.constant dense<0.5> : tensor<12xf32>
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 432, 27>, filters = 2 : i64, span = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x16x8xf32, #lr.layout<halo = [1, 1, 1, 1], patches = [2, 8]>>, tensor<5xui8>, tensor<2xui8>, tensor<3xui8>, tensor<2x2x3xui8>, tensor<12xf32>) -> tensor<1x2x16x8xf32, #lr.layout<patches = [2, 8]>>
  return %0 : tensor<1x2x16x8xf32, #lr.layout<patches = [2, 8]>>
}

// Three filters in bundles of two strands; one channel in each group.
// CHECK-LABEL: func.func @bundles(
// CHECK: "lr.pointwise_conv"
// CHECK-SAME: strides = [2, 1], {{.*}} filters = 3 : i64, share = 1 : i64, tuning = #lr.tuning<columns = 2, rows = 3>
func.func @bundles(%x: tensor<1x2x4x3xf32>) -> tensor<1x3x2x3xf32> {
  %order = "graph.constant"() <{value = dense<[[2, 0, 1], [0, 1, 2]]> : tensor<2x3xui8>}> : () -> tensor<2x3xui8>
  %offset = "graph.constant"() <{value = dense<[0, 1, 1, 2, 3]> : tensor<5xui8>}> : () -> tensor<5xui8>
  %index = "graph.constant"() <{value = dense<[[0, 0], [1, 1], [1, 0]]> : tensor<3x2xui8>}> : () -> tensor<3x2xui8>
  %weights = arith.constant dense<0.5> : tensor<3x2xf32>
  %0 = "lr.pointwise_conv"(%x, %order, %offset, %index, %weights) <{device = "cpu", info = #lr.window<kernel = [1, 1], strides = [2, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, filters = 3 : i64, share = 1 : i64, tuning = #lr.tuning<columns = 2, rows = 3>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x4x3xf32>, tensor<2x3xui8>, tensor<5xui8>, tensor<3x2xui8>, tensor<3x2xf32>) -> tensor<1x3x2x3xf32>
  return %0 : tensor<1x3x2x3xf32>
}

// CHECK-LABEL: func.func @blocks(
// CHECK: "lr.block_matmul"
// CHECK-SAME: columns = 17 : i64, tuning = #lr.tuning<columns = 2, filters = 4>
// CHECK: "lr.block_conv"
// CHECK-SAME: storage = "plain"
// CHECK: "lr.block_conv"
// CHECK-SAME: storage = "placed"
func.func @blocks(%x: tensor<2x3xf32>, %y: tensor<1x2x3x3xf32>, %z: tensor<1x2x3x3xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, %b: tensor<17xf32>) -> (tensor<2x17xf32>, tensor<1x17x3x3xf32>, tensor<1x17x3x3xf32, #lr.layout<block = 16>>) {
  %offset = "graph.constant"() <{value = dense<[0, 2, 3]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %index = "graph.constant"() <{value = dense<[0, 2, 1]> : tensor<3xui8>}> : () -> tensor<3xui8>
  // Of rows of 5 pixels and planes of 25: channel 0 at (0, 0) and (2, 1), channel 1 at (0, 2).
  %places = "graph.constant"() <{value = dense<[0, 176, 33]> : tensor<3xui32>}> : () -> tensor<3xui32>
  %weights = arith.constant dense<0.5> : tensor<3x16xf32>
  %0 = "lr.block_matmul"(%x, %offset, %index, %weights, %b) <{device = "cpu", columns = 17 : i64, tuning = #lr.tuning<columns = 2, filters = 4>, maps = [affine_map<(d0, d1) -> (d1)>]}> ({
  ^bb0(%acc: f32, %e: f32):
    %sum = arith.addf %acc, %e : f32
    lr.yield %sum : f32
  }) : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>, tensor<17xf32>) -> tensor<2x17xf32>
  %1 = "lr.block_conv"(%y, %offset, %index, %weights) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, filters = 17 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<1x17x3x3xf32>
  %2 = "lr.block_conv"(%z, %offset, %places, %weights) <{device = "cpu", storage = "placed", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, filters = 17 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x3x3xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<3xui8>, tensor<3xui32>, tensor<3x16xf32>) -> tensor<1x17x3x3xf32, #lr.layout<block = 16>>
  return %0, %1, %2 : tensor<2x17xf32>, tensor<1x17x3x3xf32>, tensor<1x17x3x3xf32, #lr.layout<block = 16>>
}

// CHECK-LABEL: func.func @chain(
// CHECK: "lr.chain"(%{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}) <{device = "cpu", tuning = #lr.tuning<filters = 2, pieces = 4, rows = 3>}> ({
// CHECK: lr.yield %{{.*}} : tensor<1x16x4x4xf32, #lr.layout<block = 16>>
func.func @chain(%g: tensor<1x16x8x8xf32>, %1: tensor<2x16x1x1x16xf32>, %2: tensor<2x1x3x3x16xf32>, %3: tensor<1x32x1x1x16xf32>) -> tensor<1x16x4x4xf32> {
  %0 = lr.relayout %g cpu : tensor<1x16x8x8xf32> to tensor<1x16x8x8xf32, #lr.layout<block = 16>>
  %4 = "lr.chain"(%0, %1, %2, %3) <{device = "cpu", tuning = #lr.tuning<filters = 2, pieces = 4, rows = 3>}> ({
  ^bb0(%a: tensor<1x16x8x8xf32, #lr.layout<block = 16>>, %u: tensor<2x16x1x1x16xf32>, %v: tensor<2x1x3x3x16xf32>, %w: tensor<1x32x1x1x16xf32>):
    %e = "lr.conv"(%a, %u) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>) -> tensor<1x32x8x8xf32, #lr.layout<block = 16>>
    %d = "lr.conv"(%e, %v) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1], dilations = [1, 1], group = 32>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x8x8xf32, #lr.layout<block = 16>>, tensor<2x1x3x3x16xf32>) -> tensor<1x32x4x4xf32, #lr.layout<block = 16>>
    %p = "lr.conv"(%d, %w) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 16 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x4x4xf32, #lr.layout<block = 16>>, tensor<1x32x1x1x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
    lr.yield %p : tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>, tensor<2x1x3x3x16xf32>, tensor<1x32x1x1x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  %5 = lr.relayout %4 cpu : tensor<1x16x4x4xf32, #lr.layout<block = 16>> to tensor<1x16x4x4xf32>
  return %5 : tensor<1x16x4x4xf32>
}
