// RUN: coco-opt %s --pass-pipeline='builtin.module(lr-to-loops)' | FileCheck %s
// RUN: coco-opt %s --pass-pipeline='builtin.module(lower-to-loops)' | mlir-opt-19 -o /dev/null

// A piece is a block of channels and a band of rows. Four rows of the layer before are kept, for two rows at a time; rows count
// modulo four there, and which is the next goes from strip to strip. Chains are alike when their layers are, epilogues included.
// CHECK-LABEL: func.func @main(
// CHECK: call @first(
// CHECK: call @first(
// CHECK: call @third(
// CHECK-LABEL: func.func private @first(
// CHECK: scf.parallel (%{{.*}}, %{{.*}}) = (%c0, %c0) to (%c2, %c2)
// CHECK: memref.alloca() {alignment = 64 : i64} : memref<1x1x4x6x16xf32>
// CHECK: scf.for {{.*}} iter_args(%[[NEXT:.*]] = %c0) -> (index)
// CHECK: arith.maxsi %{{.*}}, %[[NEXT]]
// CHECK: arith.remui %{{.*}}, %c4
// CHECK: scf.yield
// CHECK-LABEL: func.func private @third(
// CHECK: arith.negf
func.func @main(%x: tensor<1x16x8x6xf32>, %y: tensor<1x16x8x6xf32>, %u: tensor<2x16x1x1x16xf32>, %v: tensor<2x1x3x3x16xf32>) -> (tensor<1x32x8x6xf32>, tensor<1x32x8x6xf32>, tensor<1x32x8x6xf32>) {
  %0 = lr.relayout %x cpu : tensor<1x16x8x6xf32> to tensor<1x16x8x6xf32, #lr.layout<block = 16>>
  %1 = lr.relayout %y cpu : tensor<1x16x8x6xf32> to tensor<1x16x8x6xf32, #lr.layout<block = 16>>
  %2 = "lr.chain"(%0, %u, %v) <{device = "cpu", tuning = #lr.tuning<filters = 1, pieces = 4, rows = 2>}> ({
  ^bb0(%a: tensor<1x16x8x6xf32, #lr.layout<block = 16>>, %b: tensor<2x16x1x1x16xf32>, %c: tensor<2x1x3x3x16xf32>):
    %e = "lr.conv"(%a, %b) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x16x8x6xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>) -> tensor<1x32x8x6xf32, #lr.layout<block = 16>>
    %d = "lr.conv"(%e, %c) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1], group = 32>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x8x6xf32, #lr.layout<block = 16>>, tensor<2x1x3x3x16xf32>) -> tensor<1x32x8x6xf32, #lr.layout<block = 16>>
    lr.yield %d : tensor<1x32x8x6xf32, #lr.layout<block = 16>>
  }) : (tensor<1x16x8x6xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>, tensor<2x1x3x3x16xf32>) -> tensor<1x32x8x6xf32, #lr.layout<block = 16>> loc("first")
  %3 = "lr.chain"(%1, %u, %v) <{device = "cpu", tuning = #lr.tuning<filters = 1, pieces = 4, rows = 2>}> ({
  ^bb0(%a: tensor<1x16x8x6xf32, #lr.layout<block = 16>>, %b: tensor<2x16x1x1x16xf32>, %c: tensor<2x1x3x3x16xf32>):
    %e = "lr.conv"(%a, %b) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x16x8x6xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>) -> tensor<1x32x8x6xf32, #lr.layout<block = 16>>
    %d = "lr.conv"(%e, %c) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1], group = 32>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x8x6xf32, #lr.layout<block = 16>>, tensor<2x1x3x3x16xf32>) -> tensor<1x32x8x6xf32, #lr.layout<block = 16>>
    lr.yield %d : tensor<1x32x8x6xf32, #lr.layout<block = 16>>
  }) : (tensor<1x16x8x6xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>, tensor<2x1x3x3x16xf32>) -> tensor<1x32x8x6xf32, #lr.layout<block = 16>> loc("second")
  %4 = "lr.chain"(%1, %u, %v) <{device = "cpu", tuning = #lr.tuning<filters = 1, pieces = 4, rows = 2>}> ({
  ^bb0(%a: tensor<1x16x8x6xf32, #lr.layout<block = 16>>, %b: tensor<2x16x1x1x16xf32>, %c: tensor<2x1x3x3x16xf32>):
    %e = "lr.conv"(%a, %b) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x16x8x6xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>) -> tensor<1x32x8x6xf32, #lr.layout<block = 16>>
    %d = "lr.conv"(%e, %c) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1], group = 32>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      %n = arith.negf %acc : f32
      lr.yield %n : f32
    }) : (tensor<1x32x8x6xf32, #lr.layout<block = 16>>, tensor<2x1x3x3x16xf32>) -> tensor<1x32x8x6xf32, #lr.layout<block = 16>>
    lr.yield %d : tensor<1x32x8x6xf32, #lr.layout<block = 16>>
  }) : (tensor<1x16x8x6xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>, tensor<2x1x3x3x16xf32>) -> tensor<1x32x8x6xf32, #lr.layout<block = 16>> loc("third")
  %5 = lr.relayout %2 cpu : tensor<1x32x8x6xf32, #lr.layout<block = 16>> to tensor<1x32x8x6xf32>
  %6 = lr.relayout %3 cpu : tensor<1x32x8x6xf32, #lr.layout<block = 16>> to tensor<1x32x8x6xf32>
  %7 = lr.relayout %4 cpu : tensor<1x32x8x6xf32, #lr.layout<block = 16>> to tensor<1x32x8x6xf32>
  return %5, %6, %7 : tensor<1x32x8x6xf32>, tensor<1x32x8x6xf32>, tensor<1x32x8x6xf32>
}
