// Borders that are wider than every patch: there is no grid of patches whose halos reach into the neighbours only.
// RUN: coco-opt %s --lr-schedule --verify-diagnostics
func.func @too_wide_borders(%x: tensor<1x1x2x2xf32>, %offset: tensor<2xui8>, %reorder: tensor<1xui8>, %index: tensor<1xui8>, %runs: tensor<1x1x2xui8>, %weights: tensor<4xf32>) -> tensor<1x1x2x2xf32> {
  // expected-error@+1 {{has images that cannot be cut into patches}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [4, 4, 4, 4], dilations = [4, 4]>, masks = array<i64: 432>, filters = 1 : i64, span = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x2x2xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<4xf32>) -> tensor<1x1x2x2xf32>
  return %0 : tensor<1x1x2x2xf32>
}
