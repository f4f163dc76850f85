// Sums wait for the next group of channels in the output; where that is written past the caches, on the stack.
// RUN: coco-opt %s --lr-to-loops | FileCheck %s --check-prefix=OUTPUT
// RUN: sed 's/#lr.tuning<columns = 7, rows = 2>/#lr.tuning<columns = 7, rows = 2, streams = 1>/' %s | coco-opt --lr-to-loops | FileCheck %s
// OUTPUT-NOT: memref.alloca
// CHECK: scf.parallel
// CHECK: %[[WAIT:.*]] = memref.alloca() {alignment = 64 : i64} : memref<1792xf32>
// CHECK: scf.if
// CHECK: vector.load %[[WAIT]]
// CHECK: nontemporal = true
// CHECK: vector.store %{{.*}}, %[[WAIT]]
#patches = #lr.layout<halo = [1, 1, 1, 1], patches = [2, 8]>
#whole = #lr.layout<patches = [2, 8]>
func.func @main(%x: tensor<1x2x16x56xf32, #patches>) -> tensor<1x8x16x56xf32, #whole> {
  %offset = "graph.constant"() <{value = dense<[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]> : tensor<17xui8>}> : () -> tensor<17xui8>
  %reorder = "graph.constant"() <{value = dense<[0, 1, 2, 3, 4, 5, 6, 7]> : tensor<8xui8>}> : () -> tensor<8xui8>
  %index = "graph.constant"() <{value = dense<[0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1]> : tensor<16xui8>}> : () -> tensor<16xui8>
  %runs = "graph.constant"() <{value = dense<[[[0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1]], [[0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1]]]> : tensor<2x8x2xui8>}> : () -> tensor<2x8x2xui8>
  %weights = arith.constant dense<1.0> : tensor<64xf32>
  %out = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 27>, filters = 8 : i64, span = 1 : i64, tuning = #lr.tuning<columns = 7, rows = 2>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x16x56xf32, #patches>, tensor<17xui8>, tensor<8xui8>, tensor<16xui8>, tensor<2x8x2xui8>, tensor<64xf32>) -> tensor<1x8x16x56xf32, #whole>
  return %out : tensor<1x8x16x56xf32, #whole>
}
