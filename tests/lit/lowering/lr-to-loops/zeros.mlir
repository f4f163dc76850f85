// The largest of zeros is the positive one in whichever order they come, evaluated and compiled.
// RUN: rm -rf %t.host %t.interpreter
// RUN: coco-run %s --fp=strict -o %t.host
// RUN: coco-run %s --target=interpreter -o %t.interpreter
// RUN: cmp %t.host/largest.npy %t.interpreter/largest.npy
// RUN: coco-opt %s --interpret=all | FileCheck %s
// CHECK: dense<{{\[\[\[\[}}0.000000e+00, 0.000000e+00, -0.000000e+00, 1.000000e+00{{\]\]\]\]}}>
func.func @main() -> tensor<1x1x1x4xf32> attributes {coco.outputs = ["largest"]} {
  %x = arith.constant dense<[[[[-0.0, 0.0, 0.0, -0.0, -0.0, -0.0, -0.0, 1.0]]]]> : tensor<1x1x1x8xf32>
  %0 = "lr.window"(%x) <{device = "cpu", kind = "max", info = #lr.window<kernel = [1, 2], strides = [1, 2], pads = [0, 0, 0, 0], dilations = [1, 1]>, count_include_pad = false, ceil_mode = false, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x1x8xf32>) -> tensor<1x1x1x4xf32>
  return %0 : tensor<1x1x1x4xf32>
}
