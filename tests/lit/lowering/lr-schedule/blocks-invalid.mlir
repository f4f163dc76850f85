// RUN: coco-opt %s --lr-schedule --verify-diagnostics

func.func @index_from_outside(%x: tensor<1x2x3x3xf32>, %i: tensor<3xui8>) -> tensor<1x17x3x3xf32> {
  %o = arith.constant dense<[0, 2, 3]> : tensor<3xui8>
  %w = arith.constant dense<0.5> : tensor<3x16xf32>
  // expected-error@+1 {{has an index that is no constant at hand}}
  %0 = "lr.block_conv"(%x, %o, %i, %w) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, filters = 17 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<1x17x3x3xf32>
  return %0 : tensor<1x17x3x3xf32>
}
