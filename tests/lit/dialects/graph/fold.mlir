// RUN: coco-opt %s -canonicalize | FileCheck %s

// CHECK-LABEL: func.func @shape_of_a_static_input_is_a_constant
// CHECK: %[[S:.*]] = graph.constant dense<[2, 3]> : tensor<2xi64>
// CHECK: return %[[S]]
func.func @shape_of_a_static_input_is_a_constant(%x: tensor<2x3xf32>) -> tensor<2xi64> {
  %0 = graph.shape %x : (tensor<2x3xf32>) -> tensor<2xi64>
  return %0 : tensor<2xi64>
}

// CHECK-LABEL: func.func @shape_of_a_dynamic_input_stays
// CHECK: graph.shape
func.func @shape_of_a_dynamic_input_stays(%x: tensor<?x3xf32>) -> tensor<2xi64> {
  %0 = graph.shape %x : (tensor<?x3xf32>) -> tensor<2xi64>
  return %0 : tensor<2xi64>
}

// CHECK-LABEL: func.func @reshape_of_a_constant_keeps_its_elements
// CHECK: %[[C:.*]] = graph.constant dense<{{\[\[}}1.000000e+00, 2.000000e+00], [3.000000e+00, 4.000000e+00]]> : tensor<2x2xf32>
// CHECK: return %[[C]]
func.func @reshape_of_a_constant_keeps_its_elements() -> tensor<2x2xf32> {
  %0 = graph.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  %1 = graph.constant dense<[2, -1]> : tensor<2xi64>
  %2 = graph.reshape %0, %1 {allow_zero = false} : (tensor<4xf32>, tensor<2xi64>) -> tensor<2x2xf32>
  return %2 : tensor<2x2xf32>
}

// CHECK-LABEL: func.func @movement_that_changes_nothing
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf32>
// CHECK-NEXT: return %[[X]] : tensor<2x3xf32>
func.func @movement_that_changes_nothing(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %s = graph.constant dense<[2, 3]> : tensor<2xi64>
  %p = graph.constant dense<0> : tensor<4xi64>
  %0 = graph.reshape %x, %s {allow_zero = false} : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<2x3xf32>
  %1 = graph.transpose %0 {permutation = array<i64: 0, 1>} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %2 = graph.concat %1 {axis = 0 : i64} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %3 = graph.expand %2, %s : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<2x3xf32>
  %4 = graph.cast %3 {to = f32} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %5 = graph.pad constant %4, %p : (tensor<2x3xf32>, tensor<4xi64>) -> tensor<2x3xf32>
  return %5 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @a_real_transpose_stays
// CHECK: graph.transpose
func.func @a_real_transpose_stays(%x: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %0 = graph.transpose %x {permutation = array<i64: 1, 0>} : (tensor<2x2xf32>) -> tensor<2x2xf32>
  return %0 : tensor<2x2xf32>
}

// CHECK-LABEL: func.func @transposes_compose
// CHECK: graph.transpose %{{.*}} {permutation = array<i64: 2, 1, 0>} : (tensor<2x3x4xf32>) -> tensor<4x3x2xf32>
// CHECK-NEXT: return
func.func @transposes_compose(%x: tensor<2x3x4xf32>) -> tensor<4x3x2xf32> {
  %0 = graph.transpose %x {permutation = array<i64: 1, 2, 0>} : (tensor<2x3x4xf32>) -> tensor<3x4x2xf32>
  %1 = graph.transpose %0 {permutation = array<i64: 1, 0, 2>} : (tensor<3x4x2xf32>) -> tensor<4x3x2xf32>
  return %1 : tensor<4x3x2xf32>
}

// CHECK-LABEL: func.func @a_transpose_and_its_inverse_go
// CHECK-SAME: %[[X:.*]]: tensor<2x3x4xf32>
// CHECK-NEXT: return %[[X]]
func.func @a_transpose_and_its_inverse_go(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  %0 = graph.transpose %x {permutation = array<i64: 1, 2, 0>} : (tensor<2x3x4xf32>) -> tensor<3x4x2xf32>
  %1 = graph.transpose %0 {permutation = array<i64: 2, 0, 1>} : (tensor<3x4x2xf32>) -> tensor<2x3x4xf32>
  return %1 : tensor<2x3x4xf32>
}

// CHECK-LABEL: func.func @reshapes_compose
// CHECK-DAG: %[[S:.*]] = graph.constant dense<[3, 8]> : tensor<2xi64>
// CHECK: graph.reshape %{{.*}}, %[[S]] {{.*}} : (tensor<2x3x4xf32>, tensor<2xi64>) -> tensor<3x8xf32>
// CHECK-NEXT: return
func.func @reshapes_compose(%x: tensor<2x3x4xf32>) -> tensor<3x8xf32> {
  %0 = graph.flatten %x {axis = 1 : i64} : (tensor<2x3x4xf32>) -> tensor<2x12xf32>
  %s = graph.constant dense<[3, -1]> : tensor<2xi64>
  %1 = graph.reshape %0, %s {allow_zero = false} : (tensor<2x12xf32>, tensor<2xi64>) -> tensor<3x8xf32>
  return %1 : tensor<3x8xf32>
}

// CHECK-LABEL: func.func @sum_with_a_constant_per_filter_is_a_bias
// CHECK: %[[B:.*]] = graph.constant dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32>
// CHECK: graph.conv %{{.*}}, %{{.*}}, %[[B]] {
// CHECK-NEXT: return
func.func @sum_with_a_constant_per_filter_is_a_bias(%x: tensor<1x1x4x4xf32>, %w: tensor<2x1x3x3xf32>) -> tensor<1x2x2x2xf32> {
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<2x1x3x3xf32>) -> tensor<1x2x2x2xf32>
  %c = graph.constant dense<[[[1.0]], [[2.0]]]> : tensor<2x1x1xf32>
  %1 = graph.add %c, %0 : (tensor<2x1x1xf32>, tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>
  return %1 : tensor<1x2x2x2xf32>
}

// CHECK-LABEL: func.func @sum_with_a_constant_per_column_is_no_bias
// CHECK: graph.conv
// CHECK-NEXT: graph.add
func.func @sum_with_a_constant_per_column_is_no_bias(%x: tensor<1x1x4x4xf32>, %w: tensor<2x1x3x3xf32>) -> tensor<1x2x2x2xf32> {
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<2x1x3x3xf32>) -> tensor<1x2x2x2xf32>
  %c = graph.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %1 = graph.add %0, %c : (tensor<1x2x2x2xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return %1 : tensor<1x2x2x2xf32>
}

// CHECK-LABEL: func.func @a_conv_that_is_used_twice_keeps_its_value
// CHECK: graph.conv %{{.*}}, %{{[^,]*}} {
// CHECK: graph.add
func.func @a_conv_that_is_used_twice_keeps_its_value(%x: tensor<1x1x4x4xf32>, %w: tensor<2x1x3x3xf32>) -> (tensor<1x2x2x2xf32>, tensor<1x2x2x2xf32>) {
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<2x1x3x3xf32>) -> tensor<1x2x2x2xf32>
  %c = graph.constant dense<[[[1.0]], [[2.0]]]> : tensor<2x1x1xf32>
  %1 = graph.add %0, %c : (tensor<1x2x2x2xf32>, tensor<2x1x1xf32>) -> tensor<1x2x2x2xf32>
  return %0, %1 : tensor<1x2x2x2xf32>, tensor<1x2x2x2xf32>
}

// CHECK-LABEL: func.func @matmul_and_sum_are_a_gemm
// CHECK: graph.gemm %{{.*}}, %{{.*}}, %{{.*}} {alpha = 1.000000e+00 : f32, beta = 1.000000e+00 : f32, trans_a = false, trans_b = false}
// CHECK-NEXT: return
func.func @matmul_and_sum_are_a_gemm(%a: tensor<2x3xf32>, %b: tensor<3x2xf32>) -> tensor<2x2xf32> {
  %0 = graph.matmul %a, %b : (tensor<2x3xf32>, tensor<3x2xf32>) -> tensor<2x2xf32>
  %c = graph.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %1 = graph.add %0, %c : (tensor<2x2xf32>, tensor<2xf32>) -> tensor<2x2xf32>
  return %1 : tensor<2x2xf32>
}

// CHECK-LABEL: func.func @gemm_takes_its_sum
// CHECK: graph.gemm %{{.*}}, %{{.*}}, %{{.*}} {alpha = 5.000000e-01 : f32, beta = 1.000000e+00 : f32, trans_a = false, trans_b = true}
// CHECK-NEXT: return
func.func @gemm_takes_its_sum(%a: tensor<2x3xf32>, %b: tensor<2x3xf32>) -> tensor<2x2xf32> {
  %0 = graph.gemm %a, %b {alpha = 0.5 : f32, beta = 7.0 : f32, trans_a = false, trans_b = true} : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x2xf32>
  %c = graph.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %1 = graph.add %0, %c : (tensor<2x2xf32>, tensor<2xf32>) -> tensor<2x2xf32>
  return %1 : tensor<2x2xf32>
}

// CHECK-LABEL: func.func @conv_pads_itself
// CHECK: graph.conv %{{.*}} {strides = array<i64: 1, 1>, pads = array<i64: 2, 1, 1, 4>,
func.func @conv_pads_itself(%x: tensor<1x1x4x4xf32>, %w: tensor<2x1x3x3xf32>) -> tensor<1x2x5x7xf32> {
  %p = graph.constant dense<[0, 0, 1, 0, 0, 0, 0, 3]> : tensor<8xi64>
  %0 = graph.pad constant %x, %p : (tensor<1x1x4x4xf32>, tensor<8xi64>) -> tensor<1x1x5x7xf32>
  %1 = graph.conv %0, %w {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x5x7xf32>, tensor<2x1x3x3xf32>) -> tensor<1x2x5x7xf32>
  return %1 : tensor<1x2x5x7xf32>
}

// CHECK-LABEL: func.func @conv_does_not_pad_with_ones
// CHECK: graph.pad
func.func @conv_does_not_pad_with_ones(%x: tensor<1x1x4x4xf32>, %w: tensor<2x1x3x3xf32>) -> tensor<1x2x3x5xf32> {
  %p = graph.constant dense<[0, 0, 1, 0, 0, 0, 0, 3]> : tensor<8xi64>
  %one = graph.constant dense<1.0> : tensor<f32>
  %0 = graph.pad constant %x, %p, %one : (tensor<1x1x4x4xf32>, tensor<8xi64>, tensor<f32>) -> tensor<1x1x5x7xf32>
  %1 = graph.conv %0, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x5x7xf32>, tensor<2x1x3x3xf32>) -> tensor<1x2x3x5xf32>
  return %1 : tensor<1x2x3x5xf32>
}

// CHECK-LABEL: func.func @relu_twice_is_relu_and_neg_twice_is_nothing
// CHECK: graph.relu
// CHECK-NEXT: return
func.func @relu_twice_is_relu_and_neg_twice_is_nothing(%x: tensor<?xf32>) -> tensor<?xf32> {
  %0 = graph.relu %x : tensor<?xf32>
  %1 = graph.relu %0 : tensor<?xf32>
  %2 = graph.neg %1 : tensor<?xf32>
  %3 = graph.neg %2 : tensor<?xf32>
  return %3 : tensor<?xf32>
}

// CHECK-LABEL: func.func @division_by_zero_is_not_folded
// CHECK: graph.div
func.func @division_by_zero_is_not_folded() -> tensor<1xi64> {
  %0 = graph.constant dense<1> : tensor<1xi64>
  %1 = graph.constant dense<0> : tensor<1xi64>
  %2 = graph.div %0, %1 : (tensor<1xi64>, tensor<1xi64>) -> tensor<1xi64>
  return %2 : tensor<1xi64>
}
