// The pipeline leaves no graph operation, no constant that only told a shape, and no constant twice.
// RUN: coco-opt %s --lower-to-lr | FileCheck %s --implicit-check-not=graph. --implicit-check-not="xi64>"

// CHECK-LABEL: func.func @main
// CHECK: %[[W:.*]] = arith.constant dense<5.000000e-01> : tensor<2x2x1x1xf32>
// CHECK-NOT: arith.constant dense
// CHECK: %[[A:.*]] = "lr.conv"(%arg0, %[[W]])
// CHECK: %[[B:.*]] = "lr.conv"(%[[A]], %[[W]])
// CHECK: "lr.move"(%[[B]])
// CHECK-SAME: -> tensor<2x4xf32>
func.func @main(%x: tensor<1x2x2x2xf32>) -> tensor<2x4xf32> {
  %w = graph.constant dense<0.5> : tensor<2x2x1x1xf32>
  %v = graph.constant dense<0.5> : tensor<2x2x1x1xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x2x2xf32>, tensor<2x2x1x1xf32>) -> tensor<1x2x2x2xf32>
  %1 = graph.conv %0, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x2x2xf32>, tensor<2x2x1x1xf32>) -> tensor<1x2x2x2xf32>
  %s = graph.constant dense<[2, -1]> : tensor<2xi64>
  %2 = graph.reshape %1, %s {allow_zero = false} : (tensor<1x2x2x2xf32>, tensor<2xi64>) -> tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}
