// Borders that are wider than every patch: there is no grid of patches whose halos reach into the neighbours only.
// RUN: coco-opt %s --split-input-file --lr-schedule=sparse=all --verify-diagnostics | FileCheck %s
func.func @too_wide_borders(%x: tensor<1x1x2x2xf32>, %offset: tensor<2xui8>, %reorder: tensor<1xui8>, %index: tensor<1xui8>, %runs: tensor<1x1x2xui8>, %weights: tensor<4xf32>) -> tensor<1x1x2x2xf32> {
  // expected-error@+1 {{has images that cannot be cut into patches}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [4, 4, 4, 4], dilations = [4, 4]>, masks = array<i64: 432>, filters = 1 : i64, span = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x2x2xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<4xf32>) -> tensor<1x1x2x2xf32>
  return %0 : tensor<1x1x2x2xf32>
}

// -----

// A batch of no images has its patches, too.
// CHECK-LABEL: func.func @no_images
// CHECK: lr.relayout {{.*}} to tensor<0x1x16x8xf32, #lr.layout<halo = [1, 1, 1, 1], patches = [8, 2]>>
// CHECK: "lr.pattern_conv"
func.func @no_images(%x: tensor<0x1x16x8xf32>, %offset: tensor<2xui8>, %reorder: tensor<1xui8>, %index: tensor<1xui8>, %runs: tensor<1x1x2xui8>, %weights: tensor<4xf32>) -> tensor<0x1x16x8xf32> {
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 432>, filters = 1 : i64, span = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<0x1x16x8xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<4xf32>) -> tensor<0x1x16x8xf32>
  return %0 : tensor<0x1x16x8xf32>
}

// -----

// The two squares share a body: the first one's kernel of channel 1, the second one's of channels 0 and 3 become one run, whose
// index says the shift and the channel in its group, and has one element more. Stored forms that name no constants stay as they are (above).
// CHECK-LABEL: func.func @shared_bodies
// CHECK-DAG: %[[INDEX:.*]] = arith.constant dense<[1, 4, 7, 6, 0]> : tensor<5xui8>
// CHECK-DAG: %[[RUNS:.*]] = arith.constant dense<{{\[\[\[}}0, 3, 4]]]> : tensor<1x1x3xui8>
// CHECK: "lr.pattern_conv"(%{{.*}}, %{{.*}}, %{{.*}}, %[[INDEX]], %[[RUNS]], %{{.*}}) <{{{.*}}masks = array<i64: 27, 58>, filters = 1 : i64, span = 4 : i64, shifts = array<i64: 0, 1, 0, 0>,
func.func @shared_bodies(%x: tensor<1x4x16x8xf32>) -> tensor<1x1x16x8xf32> {
  %offset = "graph.constant"() <{value = dense<[0, 4]> : tensor<2xui8>}> : () -> tensor<2xui8>
  %reorder = "graph.constant"() <{value = dense<0> : tensor<1xui8>}> : () -> tensor<1xui8>
  %index = "graph.constant"() <{value = dense<[1, 0, 3, 2]> : tensor<4xui8>}> : () -> tensor<4xui8>
  %runs = "graph.constant"() <{value = dense<[[[0, 1, 3, 4]]]> : tensor<1x1x4xui8>}> : () -> tensor<1x1x4xui8>
  %w = arith.constant dense<0.5> : tensor<16xf32>
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %w) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 54, 27, 58>, filters = 1 : i64, span = 4 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x4x16x8xf32>, tensor<2xui8>, tensor<1xui8>, tensor<4xui8>, tensor<1x1x4xui8>, tensor<16xf32>) -> tensor<1x1x16x8xf32>
  return %0 : tensor<1x1x16x8xf32>
}
