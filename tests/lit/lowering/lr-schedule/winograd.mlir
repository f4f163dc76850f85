// 3x3 convolutions of many channels are computed by Winograd's algorithm where that is predicted to be faster, unless --fp=strict.
// The variants of a target agree on it and share weights and workspace; their register blocks differ.
// RUN: sed 's/VARIANT/avx512/; s/BITS/512/; s/REGISTERS/32/' %s | coco-opt --lr-schedule | FileCheck %s --check-prefixes=CHECK,FAST,AVX512
// RUN: sed 's/VARIANT/avx2/; s/BITS/256/; s/REGISTERS/16/' %s | coco-opt --lr-schedule | FileCheck %s --check-prefixes=CHECK,FAST,AVX2
// RUN: sed 's/VARIANT/avx2/; s/BITS/256/; s/REGISTERS/16/' %s | coco-opt -p 'builtin.module(lr-schedule{fp=strict})' | FileCheck %s --check-prefixes=CHECK,STRICT
// RUN: sed 's/VARIANT/avx2/; s/BITS/256/; s/REGISTERS/16/' %s | coco-opt -p 'builtin.module(lr-schedule{conv-storage=direct})' | FileCheck %s --check-prefixes=CHECK,STRICT
// RUN: sed 's/VARIANT/avx2/; s/BITS/256/; s/REGISTERS/16/' %s | coco-opt -p 'builtin.module(lr-schedule{conv-storage=winograd6})' | FileCheck %s --check-prefixes=CHECK,FORCED
// RUN: sed 's/VARIANT/avx2/; s/BITS/256/; s/REGISTERS/16/' %s | not coco-opt -p 'builtin.module(lr-schedule{fp=fat})' 2>&1 | FileCheck %s --check-prefix=MODE
// RUN: sed 's/VARIANT/avx2/; s/BITS/256/; s/REGISTERS/16/' %s | not coco-opt -p 'builtin.module(lr-schedule{conv-storage=winograd3})' 2>&1 | FileCheck %s --check-prefix=STORAGE
// RUN: sed 's/VARIANT/avx512/; s/BITS/512/; s/REGISTERS/32/' %s | coco-opt -p 'builtin.module(lr-schedule,canonicalize,cse)' > %t.once
// RUN: coco-opt %t.once -p 'builtin.module(lr-schedule,canonicalize,cse)' | diff %t.once -

// MODE: error: lr-schedule: fp=fat is neither strict nor fast
// STORAGE: error: lr-schedule: conv-storage=winograd3 is none of direct, winograd2, winograd4, winograd6

// CHECK-LABEL: func.func @main
// The border holds what the last tiles read: 30 columns are 7 tiles of 4 and two columns more.
// FAST: lr.relayout {{.*}} to tensor<1x64x28x30xf32, #lr.layout<block = 16, halo = [1, 1, 1, 3]>>
// FAST: dense_resource<packed_53d2ce5a56caaf01> : tensor<36x4x64x16xf32>
// FAST: storage = "winograd4"
// AVX512-SAME: tuning = #lr.tuning<columns = 6, filters = 4, tiles = 56>
// AVX2-SAME: tuning = #lr.tuning<columns = 5, filters = 1, tiles = 56>
// FORCED: halo = [1, 1, 3, 1]
// FORCED: storage = "winograd6"
// STRICT: halo = [1, 1, 1, 1]
// STRICT: storage = "direct"
// Few channels, and strides, are computed directly.
// CHECK: storage = "direct"
// CHECK: storage = "direct"
module attributes {coco.target = {name = "host", variant = "VARIANT", vector_bits = BITS : i64, vector_registers = REGISTERS : i64, fma_per_cycle = 2 : i64, fma_latency = 4 : i64, loads_per_cycle = 2 : i64}} {
  func.func @main(%x: tensor<1x64x28x30xf32>, %y: tensor<1x8x28x30xf32>) -> (tensor<1x64x28x30xf32>, tensor<1x64x28x30xf32>, tensor<1x64x14x15xf32>) {
    %w = arith.constant dense<0.5> : tensor<64x64x3x3xf32>
    %v = arith.constant dense<0.5> : tensor<64x8x3x3xf32>
    %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = []}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x64x28x30xf32>, tensor<64x64x3x3xf32>) -> tensor<1x64x28x30xf32>
    %1 = "lr.conv"(%y, %v) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = []}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x8x28x30xf32>, tensor<64x8x3x3xf32>) -> tensor<1x64x28x30xf32>
    %2 = "lr.conv"(%x, %w) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = []}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x64x28x30xf32>, tensor<64x64x3x3xf32>) -> tensor<1x64x14x15xf32>
    return %0, %1, %2 : tensor<1x64x28x30xf32>, tensor<1x64x28x30xf32>, tensor<1x64x14x15xf32>
  }
}
