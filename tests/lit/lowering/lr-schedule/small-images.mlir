// A small image of many channels: all of it is one band, and channels are taken as far as their weights stay in the first cache.
// RUN: coco-opt %s -p 'builtin.module(lr-schedule{fp=strict})' | FileCheck %s
// RUN: coco-opt %s -p 'builtin.module(lr-schedule{fp=strict},lr-to-loops)' | FileCheck %s --check-prefix=LOOPS

// CHECK: storage = "direct"
// CHECK-SAME: tuning = #lr.tuning<columns = 7, filters = 2, rows = 7, channels = 16>

// The sums wait on the stack: cleared, then read, added to and written for each 16 channels, then finished.
// LOOPS: memref.alloca() {alignment = 64 : i64} : memref<7x7x2x16xf32>
// LOOPS: vector.store {{.*}} : memref<7x7x2x16xf32>, vector<16xf32>
// LOOPS: scf.for
// LOOPS: vector.load {{.*}} : memref<7x7x2x16xf32>, vector<16xf32>
// LOOPS: vector.fma
// LOOPS: vector.store {{.*}} : memref<7x7x2x16xf32>, vector<16xf32>
// LOOPS: vector.load {{.*}} : memref<7x7x2x16xf32>, vector<16xf32>
// LOOPS: vector.store {{.*}} : memref<1x16x7x7x16xf32>, vector<16xf32>
module attributes {coco.target = {name = "test", vector_bits = 512 : i64, vector_registers = 32 : i64, fma_per_cycle = 2 : i64, fma_latency = 4 : i64, loads_per_cycle = 2 : i64, l1_bytes = 32768 : i64}} {
  func.func @main(%x: tensor<1x256x7x7xf32>) -> tensor<1x256x7x7xf32> {
    %w = arith.constant dense<0.5> : tensor<256x256x3x3xf32>
    %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = []}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x256x7x7xf32>, tensor<256x256x3x3xf32>) -> tensor<1x256x7x7xf32>
    return %0 : tensor<1x256x7x7xf32>
  }
}
