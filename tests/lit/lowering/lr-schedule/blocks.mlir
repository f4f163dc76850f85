// Layers in blocks of 16 outputs: layouts, halos asked of the producer, places of the kept inputs, register blocks.
// RUN: coco-opt %s --lr-schedule=sparse=all | FileCheck %s
// RUN: coco-opt %s --lr-schedule=sparse=all -o %t.once.mlir
// RUN: coco-opt %t.once.mlir --lr-schedule=sparse=all -o %t.twice.mlir
// RUN: diff %t.once.mlir %t.twice.mlir

// The second asks the first for its border; what lies where is the same for both.
// CHECK-LABEL: func.func @one_after_the_other
// CHECK: %[[X:.*]] = lr.relayout %arg0 cpu : tensor<1x2x3x3xf32> to tensor<1x2x3x3xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>
// CHECK: arith.constant dense_resource<[[PLACES:packed_.*]]> : tensor<3xui32>
// CHECK: %[[FIRST:.*]] = "lr.block_conv"(%[[X]], {{.*}}storage = "placed"{{.*}}tuning = #lr.tuning<
// CHECK: (tensor<1x2x3x3xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<3xui8>, tensor<3xui32>, tensor<3x16xf32>, tensor<32xf32>) -> tensor<1x17x3x3xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>
// CHECK: arith.constant dense_resource<[[PLACES]]> : tensor<3xui32>
// CHECK: "lr.block_conv"(%[[FIRST]],
// CHECK: lr.relayout
func.func @one_after_the_other(%x: tensor<1x2x3x3xf32>) -> tensor<1x17x3x3xf32> {
  %o = arith.constant dense<[0, 2, 3]> : tensor<3xui8>
  %i = arith.constant dense<[0, 12, 1]> : tensor<3xui8>
  %w = arith.constant dense<0.5> : tensor<3x16xf32>
  %b = arith.constant dense<[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0]> : tensor<17xf32>
  %0 = "lr.block_conv"(%x, %o, %i, %w, %b) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, filters = 17 : i64, maps = [affine_map<(d0, d1, d2, d3) -> (d1)>]}> ({
  ^bb0(%acc: f32, %e: f32):
    %sum = arith.addf %acc, %e : f32
    lr.yield %sum : f32
  }) : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>, tensor<17xf32>) -> tensor<1x17x3x3xf32>
  %1 = "lr.block_conv"(%0, %o, %i, %w) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, filters = 17 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x17x3x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<1x17x3x3xf32>
  return %1 : tensor<1x17x3x3xf32>
}

// CHECK-LABEL: func.func @products
// CHECK: "lr.block_matmul"{{.*}}tuning = #lr.tuning<columns = 1, filters = 6>
// CHECK: "lr.block_matmul"{{.*}}tuning = #lr.tuning<columns = 6>
func.func @products(%x: tensor<1x3xf32>, %y: tensor<40x3xf32>) -> (tensor<1x17xf32>, tensor<40x17xf32>) {
  %o = arith.constant dense<[0, 2, 3]> : tensor<3xui8>
  %i = arith.constant dense<[0, 2, 1]> : tensor<3xui8>
  %w = arith.constant dense<0.5> : tensor<3x16xf32>
  %0 = "lr.block_matmul"(%x, %o, %i, %w) <{device = "cpu", columns = 17 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<1x17xf32>
  %1 = "lr.block_matmul"(%y, %o, %i, %w) <{device = "cpu", columns = 17 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<40x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<40x17xf32>
  return %0, %1 : tensor<1x17xf32>, tensor<40x17xf32>
}

// Nothing is kept: there are no places.
// CHECK-LABEL: func.func @nothing_is_kept
// CHECK: "lr.block_conv"{{.*}}storage = "placed"
// CHECK: tensor<0xui8>, tensor<0x16xf32>
func.func @nothing_is_kept(%x: tensor<1x2x3x3xf32>) -> tensor<1x1x3x3xf32> {
  %o = arith.constant dense<0> : tensor<2xui8>
  %i = arith.constant dense<> : tensor<0xui8>
  %w = arith.constant dense<> : tensor<0x16xf32>
  %0 = "lr.block_conv"(%x, %o, %i, %w) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, filters = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x3x3xf32>, tensor<2xui8>, tensor<0xui8>, tensor<0x16xf32>) -> tensor<1x1x3x3xf32>
  return %0 : tensor<1x1x3x3xf32>
}

// Places are for one layout: where the producer now writes a wider border, since somebody else reads it, the input is converted.
// CHECK-LABEL: func.func @places_stay
// CHECK: %[[MADE:.*]] = "lr.block_conv"{{.*}}kernel = [1, 1]
// CHECK: -> tensor<1x16x3x3xf32, #lr.layout<block = 16, halo = [2, 2, 2, 2]>>
// CHECK: %[[SAME:.*]] = lr.relayout %[[MADE]] cpu : {{.*}} to tensor<1x16x3x3xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>
// CHECK: "lr.block_conv"(%[[SAME]], {{.*}}kernel = [3, 3]
// CHECK: "lr.block_conv"(%[[MADE]], {{.*}}kernel = [5, 5]
func.func @places_stay(%x: tensor<1x16x3x3xf32>) -> (tensor<1x1x3x3xf32>, tensor<1x1x3x3xf32>) {
  %o = arith.constant dense<[0, 1]> : tensor<2xui8>
  %i = arith.constant dense<17> : tensor<1xui8>
  %first = arith.constant dense<3> : tensor<1xui8>
  %places = arith.constant dense<81> : tensor<1xui32>
  %w = arith.constant dense<0.5> : tensor<1x16xf32>
  %0 = "lr.block_conv"(%x, %o, %first, %w) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, filters = 16 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x3x3xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1x16xf32>) -> tensor<1x16x3x3xf32>
  %1 = lr.relayout %0 cpu : tensor<1x16x3x3xf32> to tensor<1x16x3x3xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>
  %2 = "lr.block_conv"(%1, %o, %places, %w) <{device = "cpu", storage = "placed", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, filters = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x3x3xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<2xui8>, tensor<1xui32>, tensor<1x16xf32>) -> tensor<1x1x3x3xf32, #lr.layout<block = 16>>
  %3 = "lr.block_conv"(%0, %o, %i, %w) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [5, 5], strides = [1, 1], pads = [2, 2, 2, 2], dilations = [1, 1]>, filters = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x3x3xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1x16xf32>) -> tensor<1x1x3x3xf32>
  %4 = lr.relayout %2 cpu : tensor<1x1x3x3xf32, #lr.layout<block = 16>> to tensor<1x1x3x3xf32>
  return %4, %3 : tensor<1x1x3x3xf32>, tensor<1x1x3x3xf32>
}
