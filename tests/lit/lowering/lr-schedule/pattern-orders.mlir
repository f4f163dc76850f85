// The schedule puts filters that read the same channels side by side, for each group of channels, and moves their kernels with them.
// RUN: coco-opt %s --lr-schedule | FileCheck %s
// CHECK-DAG: dense<[0, 8, 16, 24, 32]> : tensor<5xui8>
// CHECK-DAG: dense<{{.}}[0, 2, 1, 3]]> : tensor<1x4xui8>
// CHECK-DAG: dense<[0, 2, 4, 6, 8, 10, 12, 14, 0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15, 1, 3, 5, 7, 9, 11, 13, 15, 0]> : tensor<33xui8>
// CHECK: "lr.pattern_conv"
// CHECK: tensor<5xui8>, tensor<1x4xui8>, tensor<33xui8>
module attributes {coco.target = {name = "host", variant = "avx512", vector_bits = 512 : i64, vector_registers = 32 : i64}} {
func.func @main(%x: tensor<1x16x64x64xf32>) -> tensor<1x4x64x64xf32> {
  %offset = "graph.constant"() <{value = dense<[0, 8, 16, 24, 32]> : tensor<5xui8>}> : () -> tensor<5xui8>
  %reorder = "graph.constant"() <{value = dense<[0, 1, 2, 3]> : tensor<4xui8>}> : () -> tensor<4xui8>
  %index = "graph.constant"() <{value = dense<[0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15, 0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15]> : tensor<32xui8>}> : () -> tensor<32xui8>
  %runs = "graph.constant"() <{value = dense<[[[0, 8], [0, 8], [0, 8], [0, 8]]]> : tensor<1x4x2xui8>}> : () -> tensor<1x4x2xui8>
  %weights = arith.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 17.0, 18.0, 19.0, 20.0, 21.0, 22.0, 23.0, 24.0, 25.0, 26.0, 27.0, 28.0, 29.0, 30.0, 31.0, 32.0]> : tensor<32xf32>
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 16>, filters = 4 : i64, span = 16 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x64x64xf32>, tensor<5xui8>, tensor<4xui8>, tensor<32xui8>, tensor<1x4x2xui8>, tensor<32xf32>) -> tensor<1x4x64x64xf32>
  return %0 : tensor<1x4x64x64xf32>
}
}
