// RUN: coco-opt %s -graph-optimize | FileCheck %s

// Convolution, batch norm and activation are one layer at the end, and no arithmetic on shapes is left.
// CHECK-LABEL: func.func @main
// CHECK-SAME: -> tensor<1x8xf32>
// CHECK: %[[G:.*]] = "graph.fused"(%arg0, %{{.*}}, %{{.*}}) ({
// CHECK: graph.conv %{{.*}}, %{{.*}}, %{{.*}} {
// CHECK-NEXT: graph.relu
// CHECK-NEXT: graph.yield
// CHECK: %[[R:.*]] = graph.reshape %[[G]], %{{.*}} -> tensor<1x8xf32>
// CHECK-NEXT: return %[[R]]
func.func @main(%x: tensor<1x1x4x4xf32>) -> tensor<?x?xf32> {
  %w = graph.constant dense<1.0> : tensor<2x1x3x3xf32>
  %p = graph.constant dense<1.0> : tensor<2xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<2x1x3x3xf32>) -> tensor<1x2x2x2xf32>
  %1 = graph.batch_norm %0, %p, %p, %p, %p {epsilon = 0.0 : f32} : (tensor<1x2x2x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  %2 = graph.relu %1 : tensor<1x2x2x2xf32>
  %3 = graph.shape %2 : (tensor<1x2x2x2xf32>) -> tensor<4xi64>
  %4 = graph.constant dense<0> : tensor<1xi64>
  %5 = graph.gather %3, %4 {axis = 0 : i64} : (tensor<4xi64>, tensor<1xi64>) -> tensor<1xi64>
  %6 = graph.constant dense<-1> : tensor<1xi64>
  %7 = graph.concat %5, %6 {axis = 0 : i64} : (tensor<1xi64>, tensor<1xi64>) -> tensor<2xi64>
  %8 = graph.reshape %2, %7 {allow_zero = false} : (tensor<1x2x2x2xf32>, tensor<2xi64>) -> tensor<?x?xf32>
  return %8 : tensor<?x?xf32>
}
