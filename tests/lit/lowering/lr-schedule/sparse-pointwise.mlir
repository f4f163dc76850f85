// Sparse 1x1 convolutions: as many sums as the registers hold for four filters, side by side where blocks are as few;
// the grid is that of a 3x3 of the same images, so that nothing but halos lies between. Extras are cut alike.
// RUN: sed 's/BITS/512/; s/REGISTERS/32/' %s | coco-opt --lr-schedule=sparse=all | FileCheck %s --check-prefixes=CHECK,AVX512
// RUN: sed 's/BITS/256/; s/REGISTERS/16/' %s | coco-opt --lr-schedule=sparse=all | FileCheck %s --check-prefixes=CHECK,AVX2
// RUN: sed 's/BITS/128/; s/REGISTERS/32/' %s | coco-opt --lr-schedule=sparse=all | FileCheck %s --check-prefixes=CHECK,NEON
// Dense where it is asked for, with the same weights.
// RUN: sed 's/BITS/512/; s/REGISTERS/32/' %s | coco-opt --lr-schedule=sparse=none | FileCheck %s --check-prefix=DENSE

// CHECK: lr.relayout %arg0 {{.*}} to tensor<1x2x28x28xf32, #lr.layout<patches = [8, 2]>>
// CHECK: lr.relayout %arg1 {{.*}} to tensor<1x4x14x14xf32, #lr.layout<patches = [8, 2]>>
// CHECK: "lr.pointwise_conv"
// AVX512-SAME: tuning = #lr.tuning<columns = 7, pieces = 2, rows = 1>
// AVX2-SAME: tuning = #lr.tuning<columns = 3, pieces = 2, rows = 1, lanes = 8>
// NEON-SAME: tuning = #lr.tuning<columns = 3, unroll = 4, pieces = 2, rows = 1, lanes = 8>
// CHECK: : (tensor<1x2x28x28xf32, #lr.layout<patches = [8, 2]>>, {{.*}}tensor<1x4x14x14xf32, #lr.layout<patches = [8, 2]>>) -> tensor<1x4x14x14xf32, #lr.layout<halo = [1, 1, 1, 1], patches = [8, 2]>>
// CHECK-NOT: lr.relayout
// CHECK: "lr.pattern_conv"
// DENSE-NOT: lr.pointwise_conv
module attributes {coco.target = {name = "test", vector_bits = BITS : i64, vector_registers = REGISTERS : i64, fma_per_cycle = 2 : i64, fma_latency = 4 : i64, loads_per_cycle = 2 : i64}} {
  func.func @main(%x: tensor<1x2x28x28xf32>, %r: tensor<1x4x14x14xf32>) -> tensor<1x1x14x14xf32> {
    %order = "graph.constant"() <{value = dense<[[2, 0, 1, 3]]> : tensor<1x4xui8>}> : () -> tensor<1x4xui8>
    %offset = "graph.constant"() <{value = dense<[0, 1]> : tensor<2xui8>}> : () -> tensor<2xui8>
    %index = "graph.constant"() <{value = dense<[[0, 1, 1, 0]]> : tensor<1x4xui8>}> : () -> tensor<1x4xui8>
    %w = arith.constant dense<[[1.0, 2.0, 3.0, 4.0]]> : tensor<1x4xf32>
    %0 = "lr.pointwise_conv"(%x, %order, %offset, %index, %w, %r) <{device = "cpu", info = #lr.window<kernel = [1, 1], strides = [2, 2], pads = [0, 0, 0, 0], dilations = [1, 1]>, filters = 4 : i64, share = 1 : i64, maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>]}> ({
    ^bb0(%acc: f32, %e: f32):
      %sum = arith.addf %acc, %e : f32
      lr.yield %sum : f32
    }) : (tensor<1x2x28x28xf32>, tensor<1x4xui8>, tensor<2xui8>, tensor<1x4xui8>, tensor<1x4xf32>, tensor<1x4x14x14xf32>) -> tensor<1x4x14x14xf32>
    %o = "graph.constant"() <{value = dense<[0, 1]> : tensor<2xui8>}> : () -> tensor<2xui8>
    %p = "graph.constant"() <{value = dense<0> : tensor<1xui8>}> : () -> tensor<1xui8>
    %i = "graph.constant"() <{value = dense<3> : tensor<1xui8>}> : () -> tensor<1xui8>
    %s = "graph.constant"() <{value = dense<[[[0, 1]]]> : tensor<1x1x2xui8>}> : () -> tensor<1x1x2xui8>
    %v = arith.constant dense<0.5> : tensor<4xf32>
    %1 = "lr.pattern_conv"(%0, %o, %p, %i, %s, %v) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 27>, filters = 1 : i64, span = 4 : i64, maps = []}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x4x14x14xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<4xf32>) -> tensor<1x1x14x14xf32>
    return %1 : tensor<1x1x14x14xf32>
  }
}
