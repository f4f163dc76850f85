// Borders that are wider than every patch: there is no grid of patches whose halos reach into the neighbours only.
// RUN: coco-opt %s --split-input-file --lr-schedule --verify-diagnostics | FileCheck %s
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
// CHECK: lr.relayout {{.*}} to tensor<0x1x16x8xf32, #lr.layout<halo = [1, 1, 1, 1], patches = [4, 4]>>
// CHECK: "lr.pattern_conv"
func.func @no_images(%x: tensor<0x1x16x8xf32>, %offset: tensor<2xui8>, %reorder: tensor<1xui8>, %index: tensor<1xui8>, %runs: tensor<1x1x2xui8>, %weights: tensor<4xf32>) -> tensor<0x1x16x8xf32> {
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 432>, filters = 1 : i64, span = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<0x1x16x8xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<4xf32>) -> tensor<0x1x16x8xf32>
  return %0 : tensor<0x1x16x8xf32>
}
