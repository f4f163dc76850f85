// RUN: coco-opt %s --graph-to-lr --split-input-file | FileCheck %s

// CHECK-LABEL: func.func @transpose
// CHECK: "lr.move"(%{{.*}}) <{device = "cpu", shape = array<i64: 4, 2, 3>, domains = [array<i64: 4, 2, 3>], sources = [affine_map<(d0, d1, d2) -> (d1, d2, d0)>], destinations = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>]}>
func.func @transpose(%x: tensor<2x3x4xf32>) -> tensor<4x2x3xf32> {
  %0 = graph.transpose %x {permutation = array<i64: 2, 0, 1>} : (tensor<2x3x4xf32>) -> tensor<4x2x3xf32>
  return %0 : tensor<4x2x3xf32>
}

// -----

// Only axes that change are joined and split.
// CHECK-LABEL: func.func @reshape
// CHECK: sources = [affine_map<(d0, d1, d2) -> (d0, (d1 * 5 + d2) floordiv 10, (d1 * 5 + d2) mod 10)>]
func.func @reshape(%x: tensor<7x2x10xf32>) -> tensor<7x4x5xf32> {
  %s = graph.constant dense<[7, 4, -1]> : tensor<3xi64>
  %0 = graph.reshape %x, %s {allow_zero = false} : (tensor<7x2x10xf32>, tensor<3xi64>) -> tensor<7x4x5xf32>
  return %0 : tensor<7x4x5xf32>
}

// -----

// CHECK-LABEL: func.func @axes_of_one_come_and_go_without_division
// CHECK: sources = [affine_map<(d0, d1) -> (d0, 0, d1, 0)>]
// CHECK: sources = [affine_map<(d0, d1, d2) -> (d1, d2)>]
func.func @axes_of_one_come_and_go_without_division(%x: tensor<2x1x3x1xf32>) -> tensor<1x2x3xf32> {
  %0 = graph.squeeze %x {axes = array<i64: 1, 3>} : (tensor<2x1x3x1xf32>) -> tensor<2x3xf32>
  %1 = graph.unsqueeze %0 {axes = array<i64: 0>} : (tensor<2x3xf32>) -> tensor<1x2x3xf32>
  return %1 : tensor<1x2x3xf32>
}

// -----

// CHECK-LABEL: func.func @concat_has_a_box_for_each_input
// CHECK: domains = [array<i64: 1, 2, 4>, array<i64: 1, 3, 4>]
// CHECK-SAME: destinations = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1 + 2, d2)>]
func.func @concat_has_a_box_for_each_input(%x: tensor<1x2x4xf32>, %y: tensor<1x3x4xf32>) -> tensor<1x5x4xf32> {
  %0 = graph.concat %x, %y {axis = 1 : i64} : (tensor<1x2x4xf32>, tensor<1x3x4xf32>) -> tensor<1x5x4xf32>
  return %0 : tensor<1x5x4xf32>
}

// -----

// CHECK-LABEL: func.func @slice_backwards
// CHECK: sources = [affine_map<(d0, d1) -> (d0, d1 * -2 + 5)>]
func.func @slice_backwards(%x: tensor<2x6xi32>) -> tensor<2x2xi32> {
  %s = graph.constant dense<-1> : tensor<1xi64>
  %e = graph.constant dense<1> : tensor<1xi64>
  %a = graph.constant dense<1> : tensor<1xi64>
  %t = graph.constant dense<-2> : tensor<1xi64>
  %0 = "graph.slice"(%x, %s, %e, %a, %t) <{operandSegmentSizes = array<i32: 1, 1, 1, 1, 1>}> : (tensor<2x6xi32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<2x2xi32>
  return %0 : tensor<2x2xi32>
}

// -----

// CHECK-LABEL: func.func @pad_and_crop
// CHECK: domains = [array<i64: 3, 4>]
// CHECK-SAME: sources = [affine_map<(d0, d1) -> (d0, d1 + 1)>], destinations = [affine_map<(d0, d1) -> (d0 + 2, d1)>], fill = 7 : i64
func.func @pad_and_crop(%x: tensor<3x5xi64>) -> tensor<5x6xi64> {
  %p = graph.constant dense<[2, -1, 0, 2]> : tensor<4xi64>
  %v = graph.constant dense<7> : tensor<i64>
  %0 = graph.pad constant %x, %p, %v : (tensor<3x5xi64>, tensor<4xi64>, tensor<i64>) -> tensor<5x6xi64>
  return %0 : tensor<5x6xi64>
}

// -----

// CHECK-LABEL: func.func @gather_of_constants_has_a_box_for_each_index
// CHECK: "lr.move"(%[[X:.*]], %[[X]])
// CHECK-SAME: sources = [affine_map<(d0, d1) -> (d0, d1 + 3)>, affine_map<(d0, d1) -> (d0, d1)>], destinations = [affine_map<(d0, d1) -> (d0, 0)>, affine_map<(d0, d1) -> (d0, 1)>]
func.func @gather_of_constants_has_a_box_for_each_index(%x: tensor<2x4xf32>) -> tensor<2x2xf32> {
  %i = graph.constant dense<[-1, 0]> : tensor<2xi64>
  %0 = graph.gather %x, %i {axis = 1 : i64} : (tensor<2x4xf32>, tensor<2xi64>) -> tensor<2x2xf32>
  return %0 : tensor<2x2xf32>
}

// -----

// CHECK-LABEL: func.func @expand
// CHECK: sources = [affine_map<(d0, d1, d2) -> (d1, 0)>]
func.func @expand(%x: tensor<3x1xf32>) -> tensor<2x3x4xf32> {
  %s = graph.constant dense<[2, 1, 4]> : tensor<3xi64>
  %0 = graph.expand %x, %s : (tensor<3x1xf32>, tensor<3xi64>) -> tensor<2x3x4xf32>
  return %0 : tensor<2x3x4xf32>
}

// -----

// Nearest neighbours: the indices lie on a line.
// CHECK-LABEL: func.func @gather_along_a_line_is_one_read
// CHECK: "lr.move"
// CHECK-SAME: sources = [affine_map<(d0, d1) -> (d0, d1 floordiv 2)>]
func.func @gather_along_a_line_is_one_read(%x: tensor<2x4xf32>) -> tensor<2x8xf32> {
  %i = graph.constant dense<[0, 0, 1, 1, 2, 2, 3, 3]> : tensor<8xi64>
  %0 = graph.gather %x, %i {axis = 1 : i64} : (tensor<2x4xf32>, tensor<8xi64>) -> tensor<2x8xf32>
  return %0 : tensor<2x8xf32>
}

// -----

// CHECK-LABEL: func.func @gather_by_data_is_looked_up
// CHECK: lr.gather cpu %{{.*}}, %{{.*}} {axis = 0 : i64}
func.func @gather_by_data_is_looked_up(%x: tensor<4x4xf32>, %i: tensor<2xi64>) -> tensor<2x4xf32> {
  %0 = graph.gather %x, %i {axis = 0 : i64} : (tensor<4x4xf32>, tensor<2xi64>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// -----

// CHECK-LABEL: func.func @scatter
// CHECK: lr.scatter max cpu %{{.*}}, %{{.*}}, %{{.*}}
func.func @scatter(%x: tensor<4x4xf32>, %i: tensor<2xi64>, %u: tensor<2x4xf32>) -> tensor<4x4xf32> {
  %0 = graph.scatter max %x, %i, %u : (tensor<4x4xf32>, tensor<2xi64>, tensor<2x4xf32>) -> tensor<4x4xf32>
  return %0 : tensor<4x4xf32>
}
