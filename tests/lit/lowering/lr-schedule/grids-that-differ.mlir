// Images of 56 x 56 and of 28 x 28 are cut otherwise: the layer between them would be reached by two changes of layout,
// which count, so that its dense form is taken though it is slower alone.
// RUN: coco-opt %s --lr-schedule | FileCheck %s
// CHECK: "lr.pattern_conv"
// CHECK: -> tensor<1x64x56x56xf32, #lr.layout<patches = [2, 8]>>
// CHECK: lr.relayout {{.*}} to tensor<1x64x56x56xf32, #lr.layout<block = 16, halo = [1, 1, 0, 0]>>
// CHECK: "lr.conv"
// CHECK: reason = "patterns and connectivity 144.0x only: 1.11 times as fast as dense direct alone, but changes of layout would cost more"
// CHECK: lr.relayout {{.*}} to tensor<1x64x28x28xf32, #lr.layout<halo = [1, 1, 1, 1], patches = [4, 4]>>
// CHECK: "lr.pattern_conv"
module attributes {coco.target = {barrier_cycles = 4000 : i64, fma_latency = 4 : i64, fma_per_cycle = 2 : i64, l1_bytes = 32768 : i64, l2_bytes = 1048576 : i64, l2_rate = 50 : i64, l3_bytes = 33554432 : i64, l3_rate = 10 : i64, loads_per_cycle = 2 : i64, megahertz = 3500 : i64, memory_rate = 4 : i64, name = "host", shuffles_per_cycle = 1 : i64, variant = "avx512", vector_bits = 512 : i64, vector_registers = 32 : i64}} {
func.func @main(%x: tensor<1x64x56x56xf32>) -> tensor<1x64x28x28xf32> {
  %offset = arith.constant dense<[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64]> : tensor<65xui8>
  %order = arith.constant dense<[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63]> : tensor<64xui8>
  %index = arith.constant dense<[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63]> : tensor<64xui8>
  %runs = arith.constant dense<[[[0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1]]]> : tensor<1x64x2xui8>
  %weights = arith.constant dense<0.5> : tensor<256xf32>
  %0 = "lr.pattern_conv"(%x, %offset, %order, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 432>, filters = 64 : i64, span = 64 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) {coco.measured = {dense_ms = 2.0 : f64, sparse_ms = 1.0 : f64}} : (tensor<1x64x56x56xf32>, tensor<65xui8>, tensor<64xui8>, tensor<64xui8>, tensor<1x64x2xui8>, tensor<256xf32>) -> tensor<1x64x56x56xf32>
  %1 = "lr.pattern_conv"(%0, %offset, %order, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 432>, filters = 64 : i64, span = 64 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) {coco.measured = {dense_ms = 0.1 : f64, sparse_ms = 0.09 : f64}} : (tensor<1x64x56x56xf32>, tensor<65xui8>, tensor<64xui8>, tensor<64xui8>, tensor<1x64x2xui8>, tensor<256xf32>) -> tensor<1x64x28x28xf32>
  %2 = "lr.pattern_conv"(%1, %offset, %order, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 432>, filters = 64 : i64, span = 64 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) {coco.measured = {dense_ms = 2.0 : f64, sparse_ms = 1.0 : f64}} : (tensor<1x64x28x28xf32>, tensor<65xui8>, tensor<64xui8>, tensor<64xui8>, tensor<1x64x2xui8>, tensor<256xf32>) -> tensor<1x64x28x28xf32>
  return %2 : tensor<1x64x28x28xf32>
}
}
