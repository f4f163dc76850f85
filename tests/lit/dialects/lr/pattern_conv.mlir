// RUN: coco-opt %s | coco-opt | FileCheck %s
// RUN: coco-opt %s --mlir-print-op-generic | coco-opt | FileCheck %s
// RUN: coco-opt %s --mlir-print-op-generic | mlir-opt-19 --allow-unregistered-dialect >/dev/null

// CHECK-LABEL: func.func @patches(
// CHECK: "lr.pattern_conv"
// CHECK-SAME: masks = array<i64: 432, 27>, filters = 2 : i64, span = 1 : i64
// CHECK: tensor<1x2x16x8xf32, #lr.layout<halo = [1, 1, 1, 1], patches = [2, 8]>>
func.func @patches(%x: tensor<1x2x16x8xf32, #lr.layout<halo = [1, 1, 1, 1], patches = [2, 8]>>) -> tensor<1x2x16x8xf32, #lr.layout<patches = [2, 8]>> {
  %offset = "graph.constant"() <{value = dense<[0, 1, 1, 2, 3]> : tensor<5xui8>}> : () -> tensor<5xui8>
  %reorder = "graph.constant"() <{value = dense<[1, 0]> : tensor<2xui8>}> : () -> tensor<2xui8>
  %index = "graph.constant"() <{value = dense<[0, 1, 1]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %runs = "graph.constant"() <{value = dense<[[[0, 0, 1], [0, 0, 0]], [[0, 1, 1], [0, 1, 1]]]> : tensor<2x2x3xui8>}> : () -> tensor<2x2x3xui8>
  %weights = arith.constant dense<0.5> : tensor<12xf32>
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 432, 27>, filters = 2 : i64, span = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x16x8xf32, #lr.layout<halo = [1, 1, 1, 1], patches = [2, 8]>>, tensor<5xui8>, tensor<2xui8>, tensor<3xui8>, tensor<2x2x3xui8>, tensor<12xf32>) -> tensor<1x2x16x8xf32, #lr.layout<patches = [2, 8]>>
  return %0 : tensor<1x2x16x8xf32, #lr.layout<patches = [2, 8]>>
}
