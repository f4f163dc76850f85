// RUN: coco-opt %s -graph-fold-batch-norm | FileCheck %s

// With variance + epsilon = 4 the factors are 1/2 and 2/2: weights [1, 2] become [0.5, 2], and
// the bias ([10, 20] - mean [2, 4]) * factor + [1, -1] = [5, 15].
// CHECK-LABEL: func.func @into_a_convolution
// CHECK-DAG: %[[W:.*]] = graph.constant dense<{{\[\[\[\[}}5.000000e-01]]], {{\[\[\[}}2.000000e+00]]]]> : tensor<2x1x1x1xf32>
// CHECK-DAG: %[[B:.*]] = graph.constant dense<[5.000000e+00, 1.500000e+01]> : tensor<2xf32>
// CHECK: graph.conv %{{.*}}, %[[W]], %[[B]] {
// CHECK-NOT: graph.batch_norm
func.func @into_a_convolution(%x: tensor<1x1x4x4xf32>) -> tensor<1x2x4x4xf32> {
  %w = graph.constant dense<[[[[1.0]]], [[[2.0]]]]> : tensor<2x1x1x1xf32>
  %b = graph.constant dense<[10.0, 20.0]> : tensor<2xf32>
  %scale = graph.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %bias = graph.constant dense<[1.0, -1.0]> : tensor<2xf32>
  %mean = graph.constant dense<[2.0, 4.0]> : tensor<2xf32>
  %variance = graph.constant dense<3.75> : tensor<2xf32>
  %0 = graph.conv %x, %w, %b {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<2x1x1x1xf32>, tensor<2xf32>) -> tensor<1x2x4x4xf32>
  %1 = graph.batch_norm %0, %scale, %bias, %mean, %variance {epsilon = 0.25 : f32} : (tensor<1x2x4x4xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x4x4xf32>
  return %1 : tensor<1x2x4x4xf32>
}

// c counts beta times, and is [4] for both columns: (0.5 * 4 - mean) * factor + bias = [1, -3].
// CHECK-LABEL: func.func @into_a_matrix_product
// CHECK-DAG: %[[W:.*]] = graph.constant dense<{{\[\[}}5.000000e-01, 1.000000e+00], [2.000000e+00, 4.000000e+00]]> : tensor<2x2xf32>
// CHECK-DAG: %[[C:.*]] = graph.constant dense<[1.000000e+00, -3.000000e+00]> : tensor<2xf32>
// CHECK: graph.gemm %{{.*}}, %[[W]], %[[C]] {alpha = 1.000000e+00 : f32, beta = 1.000000e+00 : f32, trans_a = false, trans_b = true}
func.func @into_a_matrix_product(%x: tensor<3x2xf32>) -> tensor<3x2xf32> {
  %w = graph.constant dense<[[1.0, 2.0], [2.0, 4.0]]> : tensor<2x2xf32>
  %c = graph.constant dense<4.0> : tensor<1xf32>
  %scale = graph.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %bias = graph.constant dense<[1.0, -1.0]> : tensor<2xf32>
  %mean = graph.constant dense<[2.0, 4.0]> : tensor<2xf32>
  %variance = graph.constant dense<3.75> : tensor<2xf32>
  %0 = graph.gemm %x, %w, %c {alpha = 1.0 : f32, beta = 0.5 : f32, trans_a = false, trans_b = true} : (tensor<3x2xf32>, tensor<2x2xf32>, tensor<1xf32>) -> tensor<3x2xf32>
  %1 = graph.batch_norm %0, %scale, %bias, %mean, %variance {epsilon = 0.25 : f32} : (tensor<3x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<3x2xf32>
  return %1 : tensor<3x2xf32>
}

// CHECK-LABEL: func.func @alone
// CHECK-DAG: %[[S:.*]] = graph.constant dense<{{\[\[\[}}5.000000e-01]], {{\[\[}}1.000000e+00]]]> : tensor<2x1x1xf32>
// CHECK-DAG: %[[T:.*]] = graph.constant dense<{{\[\[\[}}0.000000e+00]], {{\[\[}}-5.000000e+00]]]> : tensor<2x1x1xf32>
// CHECK: %[[P:.*]] = graph.mul %{{.*}}, %[[S]]
// CHECK: graph.add %[[P]], %[[T]]
func.func @alone(%x: tensor<?x2x4x4xf32>) -> tensor<?x2x4x4xf32> {
  %scale = graph.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %bias = graph.constant dense<[1.0, -1.0]> : tensor<2xf32>
  %mean = graph.constant dense<[2.0, 4.0]> : tensor<2xf32>
  %variance = graph.constant dense<3.75> : tensor<2xf32>
  %1 = graph.batch_norm %x, %scale, %bias, %mean, %variance {epsilon = 0.25 : f32} : (tensor<?x2x4x4xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<?x2x4x4xf32>
  return %1 : tensor<?x2x4x4xf32>
}

// CHECK-LABEL: func.func @parameters_that_are_not_constants
// CHECK: graph.batch_norm
func.func @parameters_that_are_not_constants(%x: tensor<1x2x4x4xf32>, %p: tensor<2xf32>) -> tensor<1x2x4x4xf32> {
  %1 = graph.batch_norm %x, %p, %p, %p, %p {epsilon = 0.25 : f32} : (tensor<1x2x4x4xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x4x4xf32>
  return %1 : tensor<1x2x4x4xf32>
}

// CHECK-LABEL: func.func @a_convolution_with_another_user_is_left_alone
// CHECK: %[[C:.*]] = graph.conv %{{.*}}, %{{[^,]*}} {
// CHECK: graph.mul %[[C]]
func.func @a_convolution_with_another_user_is_left_alone(%x: tensor<1x1x4x4xf32>) -> (tensor<1x2x4x4xf32>, tensor<1x2x4x4xf32>) {
  %w = graph.constant dense<1.0> : tensor<2x1x1x1xf32>
  %p = graph.constant dense<1.0> : tensor<2xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<2x1x1x1xf32>) -> tensor<1x2x4x4xf32>
  %1 = graph.batch_norm %0, %p, %p, %p, %p {epsilon = 0.25 : f32} : (tensor<1x2x4x4xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x4x4xf32>
  return %0, %1 : tensor<1x2x4x4xf32>, tensor<1x2x4x4xf32>
}
