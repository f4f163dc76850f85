// RUN: coco-opt %s -graph-infer-shapes -canonicalize | FileCheck %s

// Flatten as exporters write it: the batch is cut out of the shape and put in front of -1.
// CHECK-LABEL: func.func @flatten_by_arithmetic
// CHECK-SAME: -> tensor<2x48xf32>
// CHECK: %[[S:.*]] = graph.constant dense<[2, -1]> : tensor<2xi64>
// CHECK: graph.reshape %{{.*}}, %[[S]] {{.*}} -> tensor<2x48xf32>
// CHECK-NOT: graph.shape
func.func @flatten_by_arithmetic(%x: tensor<2x3x4x4xf32>) -> tensor<?x?xf32> {
  %0 = graph.shape %x : (tensor<2x3x4x4xf32>) -> tensor<4xi64>
  %first = graph.constant dense<0> : tensor<i64>
  %1 = graph.gather %0, %first {axis = 0 : i64} : (tensor<4xi64>, tensor<i64>) -> tensor<i64>
  %2 = graph.unsqueeze %1 {axes = array<i64: 0>} : (tensor<i64>) -> tensor<1xi64>
  %rest = graph.constant dense<-1> : tensor<1xi64>
  %3 = graph.concat %2, %rest {axis = 0 : i64} : (tensor<1xi64>, tensor<1xi64>) -> tensor<2xi64>
  %4 = graph.reshape %x, %3 {allow_zero = false} : (tensor<2x3x4x4xf32>, tensor<2xi64>) -> tensor<?x?xf32>
  return %4 : tensor<?x?xf32>
}

// CHECK-LABEL: func.func @results_become_static_in_one_walk
// CHECK-SAME: -> tensor<1x8x1x1xf32>
// CHECK: graph.conv {{.*}} -> tensor<1x8x6x6xf32>
// CHECK: graph.relu {{.*}} : tensor<1x8x6x6xf32>
// CHECK: graph.max_pool {{.*}} -> tensor<1x8x3x3xf32>
// CHECK: graph.reduce mean {{.*}} -> tensor<1x8x1x1xf32>
func.func @results_become_static_in_one_walk(%x: tensor<1x3x8x8xf32>, %w: tensor<8x3x3x3xf32>) -> tensor<?x8x1x1xf32> {
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x8x8xf32>, tensor<8x3x3x3xf32>) -> tensor<?x8x?x?xf32>
  %1 = graph.relu %0 : tensor<?x8x?x?xf32>
  %2 = graph.max_pool %1 {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, ceil_mode = false} : (tensor<?x8x?x?xf32>) -> tensor<?x8x?x?xf32>
  %3 = graph.reduce mean %2 {axes = array<i64: 2, 3>, keep_dimensions = true} : (tensor<?x8x?x?xf32>) -> tensor<?x8x1x1xf32>
  return %3 : tensor<?x8x1x1xf32>
}

// CHECK-LABEL: func.func @what_is_declared_is_kept
// CHECK: graph.reshape {{.*}} -> tensor<?x7xf32>
func.func @what_is_declared_is_kept(%x: tensor<?xf32>, %s: tensor<2xi64>) -> tensor<?x7xf32> {
  %0 = graph.reshape %x, %s {allow_zero = false} : (tensor<?xf32>, tensor<2xi64>) -> tensor<?x7xf32>
  return %0 : tensor<?x7xf32>
}

// A dynamic batch that is copied cancels out: the rest is known.
// CHECK-LABEL: func.func @reshape_of_a_dynamic_batch
// CHECK-SAME: -> tensor<?x48xf32>
func.func @reshape_of_a_dynamic_batch(%x: tensor<?x3x4x4xf32>) -> tensor<?x?xf32> {
  %s = graph.constant dense<[0, -1]> : tensor<2xi64>
  %0 = graph.reshape %x, %s {allow_zero = false} : (tensor<?x3x4x4xf32>, tensor<2xi64>) -> tensor<?x?xf32>
  return %0 : tensor<?x?xf32>
}

// CHECK-LABEL: func.func @groups_are_refined_inside
// CHECK: ^bb0(%[[X:.*]]: tensor<2x4xf32>):
// CHECK-NEXT: graph.relu %[[X]] : tensor<2x4xf32>
// CHECK: -> tensor<2x4xf32>
func.func @groups_are_refined_inside(%x: tensor<2x4xf32>) -> tensor<?x4xf32> {
  %0 = "graph.fused"(%x) ({
  ^bb0(%a: tensor<?x4xf32>):
    %1 = graph.relu %a : tensor<?x4xf32>
    %2 = graph.neg %1 : tensor<?x4xf32>
    graph.yield %2 : tensor<?x4xf32>
  }) : (tensor<2x4xf32>) -> tensor<?x4xf32>
  return %0 : tensor<?x4xf32>
}
