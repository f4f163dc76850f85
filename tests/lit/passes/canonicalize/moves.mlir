// RUN: coco-opt %s --canonicalize --split-input-file | FileCheck %s

// What looks at single elements goes before what moves them, where a layer can take it along.
// CHECK-LABEL: func.func @head
// CHECK: %[[C:.*]] = graph.conv
// CHECK: %[[S:.*]] = graph.sigmoid %[[C]] : tensor<1x2x3x4xf32>
// CHECK: %[[T:.*]] = graph.transpose %[[S]]
// CHECK: %[[R:.*]] = graph.reshape %[[T]]
// CHECK: return %[[R]]
func.func @head(%x: tensor<1x3x3x4xf32>, %w: tensor<2x3x1x1xf32>) -> tensor<1x12x2xf32> {
  %shape = graph.constant dense<[1, 12, 2]> : tensor<3xi64>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x3x4xf32>, tensor<2x3x1x1xf32>) -> tensor<1x2x3x4xf32>
  %1 = graph.transpose %0 {permutation = array<i64: 0, 2, 3, 1>} : (tensor<1x2x3x4xf32>) -> tensor<1x3x4x2xf32>
  %2 = graph.reshape %1, %shape {allow_zero = false} : (tensor<1x3x4x2xf32>, tensor<3xi64>) -> tensor<1x12x2xf32>
  %3 = graph.sigmoid %2 : tensor<1x12x2xf32>
  return %3 : tensor<1x12x2xf32>
}

// -----

// Another reader of the layer, or none to join: all stays.
// CHECK-LABEL: func.func @stays
// CHECK: graph.conv
// CHECK: graph.flatten
// CHECK: graph.relu
// CHECK: graph.flatten
// CHECK: graph.relu
// CHECK: return
func.func @stays(%x: tensor<1x3x3x4xf32>, %w: tensor<2x3x1x1xf32>) -> (tensor<1x24xf32>, tensor<1x36xf32>, tensor<1x2x3x4xf32>) {
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x3x4xf32>, tensor<2x3x1x1xf32>) -> tensor<1x2x3x4xf32>
  %1 = graph.flatten %0 {axis = 1 : i64} : (tensor<1x2x3x4xf32>) -> tensor<1x24xf32>
  %2 = graph.relu %1 : tensor<1x24xf32>
  %3 = graph.flatten %x {axis = 1 : i64} : (tensor<1x3x3x4xf32>) -> tensor<1x36xf32>
  %4 = graph.relu %3 : tensor<1x36xf32>
  return %2, %4, %0 : tensor<1x24xf32>, tensor<1x36xf32>, tensor<1x2x3x4xf32>
}
