// Where patterns have no code the layer becomes dense, and says why.
// RUN: coco-opt %s --graph-to-pattern --graph-to-lr | FileCheck %s
// RUN: coco-compile %s -o %t.o --variant=avx512 --measure=none --report | FileCheck %s --check-prefix=REPORT
// RUN: coco-compile %s -o %t.o --variant=avx512 --measure=none --report=%t.html --report=json | FileCheck %s --check-prefix=JSON
// RUN: FileCheck %s --check-prefix=HTML < %t.html
// CHECK: "lr.conv"
// CHECK: coco.choice = {dense_ms = 0.000000e+00 : f64, measured = false, reason = "9.0x only: images of these extents cannot be cut into patches", sparse_ms = 0.000000e+00 : f64, taken = "dense"}
// CHECK: "lr.conv"
// CHECK: reason = "3.0x only: code for its zeros has images of two axes"
// REPORT: pruned layer dense ms sparse ms taken by why
// REPORT: - - dense - 9.0x only: images of these extents cannot be cut into patches
// JSON: "taken": "dense", "dense_ms": 0{{.*}}, "sparse_ms": 0
// HTML: <b>dense</b>: 9.0x only
func.func @main(%x: tensor<1x1x8x8xf32>, %y: tensor<1x1x8xf32>) -> (tensor<1x2x8x8xf32>, tensor<1x2x8xf32>) {
  %w = graph.constant dense<[[[[0.0, 0.0, 0.0], [0.0, 2.0, 0.0], [0.0, 0.0, 0.0]]], [[[3.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]]]> : tensor<2x1x3x3xf32>
  %v = graph.constant dense<[[[0.0, 2.0, 0.0]], [[1.0, 0.0, 0.0]]]> : tensor<2x1x3xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 4, 4, 4, 4>, dilations = array<i64: 4, 4>, group = 1 : i64} : (tensor<1x1x8x8xf32>, tensor<2x1x3x3xf32>) -> tensor<1x2x8x8xf32>
  %1 = graph.conv %y, %v {strides = array<i64: 1>, pads = array<i64: 1, 1>, dilations = array<i64: 1>, group = 1 : i64} : (tensor<1x1x8xf32>, tensor<2x1x3xf32>) -> tensor<1x2x8xf32>
  return %0, %1 : tensor<1x2x8x8xf32>, tensor<1x2x8xf32>
}
