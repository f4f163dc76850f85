// RUN: coco-opt %s | coco-opt | FileCheck %s
// RUN: coco-opt %s --mlir-print-op-generic | mlir-opt-19 --allow-unregistered-dialect -o /dev/null
// RUN: coco-run %s --compare=interpreter --rtol=0 --atol=0 | FileCheck %s --check-prefix=RESULT
// RUN: coco-opt %s --lr-schedule | FileCheck %s

// A chain is its layers one after the other; the schedule leaves it as it is.
// CHECK: "lr.chain"(%{{.*}}) <{device = "cpu", tuning = #lr.tuning<filters = 2, pieces = 4, rows = 3>}>
// CHECK: storage = "gemm"
// CHECK: storage = "depthwise"
// CHECK: storage = "gemm"
// CHECK: lr.yield
// RESULT: agrees with interpreter, largest difference 0
func.func @main(%g: tensor<1x16x8x8xf32>, %1: tensor<2x16x1x1x16xf32>, %2: tensor<2x1x3x3x16xf32>, %3: tensor<1x32x1x1x16xf32>) -> tensor<1x16x4x4xf32> {
  %0 = lr.relayout %g cpu : tensor<1x16x8x8xf32> to tensor<1x16x8x8xf32, #lr.layout<block = 16>>
  %4 = "lr.chain"(%0, %1, %2, %3) <{device = "cpu", tuning = #lr.tuning<filters = 2, pieces = 4, rows = 3>}> ({
  ^bb0(%a: tensor<1x16x8x8xf32, #lr.layout<block = 16>>, %u: tensor<2x16x1x1x16xf32>, %v: tensor<2x1x3x3x16xf32>, %w: tensor<1x32x1x1x16xf32>):
    %e = "lr.conv"(%a, %u) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>) -> tensor<1x32x8x8xf32, #lr.layout<block = 16>>
    %d = "lr.conv"(%e, %v) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1], dilations = [1, 1], group = 32>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x8x8xf32, #lr.layout<block = 16>>, tensor<2x1x3x3x16xf32>) -> tensor<1x32x4x4xf32, #lr.layout<block = 16>>
    %p = "lr.conv"(%d, %w) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 16 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x4x4xf32, #lr.layout<block = 16>>, tensor<1x32x1x1x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
    lr.yield %p : tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>, tensor<2x1x3x3x16xf32>, tensor<1x32x1x1x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  %5 = lr.relayout %4 cpu : tensor<1x16x4x4xf32, #lr.layout<block = 16>> to tensor<1x16x4x4xf32>
  return %5 : tensor<1x16x4x4xf32>
}
