// coco-opt --lr-schedule
module attributes {coco.target = {barrier_cycles = 4000 : i64, fma_latency = 4 : i64, fma_per_cycle = 2 : i64, l1_bytes = 32768 : i64, l2_bytes = 1048576 : i64, l2_rate = 50 : i64, l3_bytes = 33554432 : i64, l3_rate = 10 : i64, loads_per_cycle = 2 : i64, memory_rate = 4 : i64, name = "host", shuffles_per_cycle = 1 : i64, variant = "avx512", vector_bits = 512 : i64, vector_registers = 32 : i64}} {
  func.func @f(%arg0: tensor<1x16x8x8xf32>) -> tensor<1x16x8x8xf32> {
    %cst = arith.constant dense<5.000000e-01> : tensor<16x16x1x1xf32>
    %0 = "lr.conv"(%arg0, %cst) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = []}> ({
    ^bb0(%arg1: f32):
      lr.yield %arg1 : f32
    }) : (tensor<1x16x8x8xf32>, tensor<16x16x1x1xf32>) -> tensor<1x16x8x8xf32>
    return %0 : tensor<1x16x8x8xf32>
  }
}
