// The generic form is MLIR, and what mlir-opt prints is ours.
// REQUIRES: mlir-opt
// RUN: coco-opt %s --mlir-print-op-generic | mlir-opt-19 --allow-unregistered-dialect | coco-opt > %t.there-and-back
// RUN: coco-opt %s > %t.here
// RUN: diff %t.here %t.there-and-back

func.func @layers(%x: tensor<1x16x4x4xf32>, %w: tensor<1x16x1x1x16xf32>, %b: tensor<16xf32>) -> tensor<1x16x4x4xf32> {
  %0 = lr.relayout %x cpu : tensor<1x16x4x4xf32> to tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  %1 = "lr.conv"(%0, %w, %b) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, tuning = #lr.tuning<columns = 4>, maps = [affine_map<(d0, d1, d2, d3) -> (d1)>], filters = 16 : i64}> ({
  ^bb0(%acc: f32, %bias: f32):
    %zero = arith.constant 0.0 : f32
    %sum = arith.addf %acc, %bias : f32
    %relu = arith.maximumf %sum, %zero : f32
    lr.yield %relu : f32
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16>>, tensor<1x16x1x1x16xf32>, tensor<16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  %2 = lr.relayout %1 cpu : tensor<1x16x4x4xf32, #lr.layout<block = 16>> to tensor<1x16x4x4xf32>
  return %2 : tensor<1x16x4x4xf32>
}
