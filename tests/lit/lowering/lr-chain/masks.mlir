// RUN: coco-opt %s --lr-chain | FileCheck %s
// RUN: coco-opt %s --lr-chain=chains=all | FileCheck %s --check-prefix=ALL

module attributes {coco.target = {barrier_cycles = 4000 : i64, fma_latency = 4 : i64, fma_per_cycle = 2 : i64, l1_bytes = 32768 : i64, l2_bytes = 1048576 : i64, l2_rate = 50 : i64, l3_bytes = 33554432 : i64, l3_rate = 10 : i64, loads_per_cycle = 2 : i64, memory_rate = 4 : i64, name = "host", shuffles_per_cycle = 1 : i64, variant = "avx512", vector_bits = 512 : i64, vector_registers = 32 : i64}} {

// CHECK-LABEL: func.func @all_positions
// CHECK: lr.chain
// ALL-LABEL: func.func @all_positions
// ALL: lr.chain
func.func @all_positions(%x: tensor<1x16x28x28xf32, #lr.layout<block = 16>>) -> tensor<1x16x28x28xf32, #lr.layout<block = 16>> {
  %u = arith.constant dense<0.0> : tensor<12x16x1x1x16xf32>
  %w = arith.constant dense<0.0> : tensor<12x1x7x7x16xf32>
  %v = arith.constant dense<0.0> : tensor<1x192x1x1x16xf32>
  %0 = "lr.conv"(%x, %u) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, tuning = #lr.tuning<columns = 6, filters = 4>, maps = [], filters = 192 : i64}> ({
  ^bb0(%a: f32):
    lr.yield %a : f32
  }) : (tensor<1x16x28x28xf32, #lr.layout<block = 16>>, tensor<12x16x1x1x16xf32>) -> tensor<1x192x28x28xf32, #lr.layout<block = 16>>
  %1 = "lr.conv"(%0, %w) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [7, 7], strides = [1, 1], pads = [3, 3, 3, 3], dilations = [1, 1], group = 192>, tuning = #lr.tuning<columns = 14>, maps = [], filters = 192 : i64}> ({
  ^bb0(%a: f32):
    lr.yield %a : f32
  }) : (tensor<1x192x28x28xf32, #lr.layout<block = 16>>, tensor<12x1x7x7x16xf32>) -> tensor<1x192x28x28xf32, #lr.layout<block = 16>>
  %2 = "lr.conv"(%1, %v) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, tuning = #lr.tuning<columns = 28, filters = 1>, maps = [], filters = 16 : i64}> ({
  ^bb0(%a: f32):
    lr.yield %a : f32
  }) : (tensor<1x192x28x28xf32, #lr.layout<block = 16>>, tensor<1x192x1x1x16xf32>) -> tensor<1x16x28x28xf32, #lr.layout<block = 16>>
  return %2 : tensor<1x16x28x28xf32, #lr.layout<block = 16>>
}

// A kernel of 7x7 that is computed at three positions stays whole.
// CHECK-LABEL: func.func @three_positions
// CHECK-NOT: lr.chain
// ALL-LABEL: func.func @three_positions
// ALL: lr.chain
func.func @three_positions(%x: tensor<1x16x28x28xf32, #lr.layout<block = 16>>) -> tensor<1x16x28x28xf32, #lr.layout<block = 16>> {
  %u = arith.constant dense<0.0> : tensor<12x16x1x1x16xf32>
  %w = arith.constant dense<0.0> : tensor<12x1x7x7x16xf32>
  %v = arith.constant dense<0.0> : tensor<1x192x1x1x16xf32>
  %0 = "lr.conv"(%x, %u) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, tuning = #lr.tuning<columns = 6, filters = 4>, maps = [], filters = 192 : i64}> ({
  ^bb0(%a: f32):
    lr.yield %a : f32
  }) : (tensor<1x16x28x28xf32, #lr.layout<block = 16>>, tensor<12x16x1x1x16xf32>) -> tensor<1x192x28x28xf32, #lr.layout<block = 16>>
  %1 = "lr.conv"(%0, %w) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [7, 7], strides = [1, 1], pads = [3, 3, 3, 3], dilations = [1, 1], group = 192>, tuning = #lr.tuning<columns = 14>, maps = [], filters = 192 : i64, masks = array<i64: 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7>}> ({
  ^bb0(%a: f32):
    lr.yield %a : f32
  }) : (tensor<1x192x28x28xf32, #lr.layout<block = 16>>, tensor<12x1x7x7x16xf32>) -> tensor<1x192x28x28xf32, #lr.layout<block = 16>>
  %2 = "lr.conv"(%1, %v) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, tuning = #lr.tuning<columns = 28, filters = 1>, maps = [], filters = 16 : i64}> ({
  ^bb0(%a: f32):
    lr.yield %a : f32
  }) : (tensor<1x192x28x28xf32, #lr.layout<block = 16>>, tensor<1x192x1x1x16xf32>) -> tensor<1x16x28x28xf32, #lr.layout<block = 16>>
  return %2 : tensor<1x16x28x28xf32, #lr.layout<block = 16>>
}
}
