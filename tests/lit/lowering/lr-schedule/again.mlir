// A schedule is what the pass itself would choose: running it again changes nothing.
// RUN: coco-opt %s -p 'builtin.module(graph-to-lr,lr-schedule,canonicalize,cse)' > %t.once
// RUN: coco-opt %t.once -p 'builtin.module(lr-schedule,canonicalize,cse)' > %t.twice
// RUN: diff %t.once %t.twice
// RUN: FileCheck %s < %t.twice

// CHECK-COUNT-2: storage = "direct"
// CHECK: storage = "gemm"
func.func @main(%x: tensor<1x3x8x8xf32>) -> tensor<1x20x8x8xf32> {
  %w = graph.constant dense<0.5> : tensor<16x3x3x3xf32>
  %v = graph.constant dense<0.5> : tensor<20x16x3x3xf32>
  %u = graph.constant dense<0.5> : tensor<20x20x1x1xf32>
  %b = graph.constant dense<[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 17.0, 18.0, 19.0]> : tensor<20xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x8x8xf32>, tensor<16x3x3x3xf32>) -> tensor<1x16x8x8xf32>
  %1 = graph.conv %0, %v, %b {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x8x8xf32>, tensor<20x16x3x3xf32>, tensor<20xf32>) -> tensor<1x20x8x8xf32>
  %2 = graph.conv %1, %u {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x20x8x8xf32>, tensor<20x20x1x1xf32>) -> tensor<1x20x8x8xf32>
  %3 = graph.add %2, %1 : (tensor<1x20x8x8xf32>, tensor<1x20x8x8xf32>) -> tensor<1x20x8x8xf32>
  return %3 : tensor<1x20x8x8xf32>
}
