// A tuning's rows have no bound of their own: a block keeps at most 64 sums, whatever it says, so that code stays small.
// RUN: coco-opt %s --lr-to-loops -o %t.mlir
// RUN: grep -c vector.fma %t.mlir | FileCheck %s
// RUN: sed 's/rows = 65536/rows = 32/' %s | coco-opt --lr-to-loops | diff %t.mlir -

// 32 rows of two filters of a single position: one multiply-add a sum.
// CHECK: {{^}}64{{$}}
func.func @main(%x: tensor<1x1x4096x16xf32>, %w: tensor<2x1x1x1xf32>) -> tensor<1x2x4096x16xf32> {
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "rows", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], tuning = #lr.tuning<columns = 1, filters = 2, rows = 65536>}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x4096x16xf32>, tensor<2x1x1x1xf32>) -> tensor<1x2x4096x16xf32>
  return %0 : tensor<1x2x4096x16xf32>
}
