// The register block fits the registers of the module's target; the packed weights are the same for all.
// RUN: sed 's/BITS/512/; s/REGISTERS/32/' %s | coco-opt -p 'builtin.module(lr-schedule{fp=strict})' | FileCheck %s --check-prefixes=CHECK,AVX512
// RUN: sed 's/BITS/256/; s/REGISTERS/16/' %s | coco-opt -p 'builtin.module(lr-schedule{fp=strict})' | FileCheck %s --check-prefixes=CHECK,AVX2
// RUN: sed 's/BITS/128/; s/REGISTERS/32/' %s | coco-opt -p 'builtin.module(lr-schedule{fp=strict})' | FileCheck %s --check-prefixes=CHECK,NEON
// What no processor has is as if it were not given: 16 registers of 256 bits.
// RUN: sed 's/BITS/-9223372036854775808/; s/REGISTERS/4611686018427387903/' %s | coco-opt -p 'builtin.module(lr-schedule{fp=strict})' | FileCheck %s --check-prefixes=CHECK,AVX2

// CHECK: arith.constant dense_resource<packed_5055bda4aa335005> : tensor<4x16x3x3x16xf32>
// AVX512: tuning = #lr.tuning<columns = 10, filters = 2>
// AVX2: tuning = #lr.tuning<columns = 3, filters = 1>
// NEON: tuning = #lr.tuning<columns = 4, filters = 1>
module attributes {coco.target = {name = "test", vector_bits = BITS : i64, vector_registers = REGISTERS : i64, fma_per_cycle = 2 : i64, fma_latency = 4 : i64, loads_per_cycle = 2 : i64}} {
  func.func @main(%x: tensor<1x16x28x28xf32>) -> tensor<1x64x28x28xf32> {
    %w = arith.constant dense<0.5> : tensor<64x16x3x3xf32>
    %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = []}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x16x28x28xf32>, tensor<64x16x3x3xf32>) -> tensor<1x64x28x28xf32>
    return %0 : tensor<1x64x28x28xf32>
  }
}
