// Images that strides and pads do not divide alike are cut into patches that are larger than it takes: of 40 columns that
// give 19, 16 patches of the result have 2, so those of the input have 4 and not 3; where 33 give 31, the result's have 3
// as the input's do, and not 2.
// RUN: coco-opt %s --graph-to-pattern --graph-to-lr --lr-schedule=sparse=all | FileCheck %s
// RUN: coco-run %s --sparse=all --compare=interpreter
// CHECK: "lr.pattern_conv"
// CHECK: }) : (tensor<1x2x9x40xf32, #lr.layout<halo = [0, 0, 0, 1], patches = [1, 16], extents = [9, 4]>>, {{.*}} -> tensor<1x2x4x19xf32, #lr.layout<patches = [1, 16]>>
// CHECK: "lr.pattern_conv"
// CHECK: }) : (tensor<1x2x9x33xf32, #lr.layout<halo = [0, 0, 0, 2], patches = [1, 16]>>, {{.*}} -> tensor<1x2x7x31xf32, #lr.layout<patches = [1, 16], extents = [7, 3]>>
module attributes {coco.target = {name = "host", variant = "avx512", vector_bits = 512 : i64, vector_registers = 32 : i64, fma_per_cycle = 2 : i64, fma_latency = 4 : i64, loads_per_cycle = 2 : i64, l1_bytes = 32768 : i64, l2_bytes = 1048576 : i64, l3_bytes = 33554432 : i64, l2_rate = 32 : i64, l3_rate = 10 : i64, memory_rate = 4 : i64, shuffles_per_cycle = 1 : i64, barrier_cycles = 4000 : i64, megahertz = 3000 : i64}} {
func.func @main(%x: tensor<1x2x9x40xf32>, %y: tensor<1x2x9x33xf32>) -> (tensor<1x2x4x19xf32>, tensor<1x2x7x31xf32>) {
  %w = graph.constant dense<[[[[0.0, 0.0, 0.0], [0.0, 2.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 5.0]]],
                             [[[3.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]]]> : tensor<2x2x3x3xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x9x40xf32>, tensor<2x2x3x3xf32>) -> tensor<1x2x4x19xf32>
  %1 = graph.conv %y, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x9x33xf32>, tensor<2x2x3x3xf32>) -> tensor<1x2x7x31xf32>
  return %0, %1 : tensor<1x2x4x19xf32>, tensor<1x2x7x31xf32>
}
}
