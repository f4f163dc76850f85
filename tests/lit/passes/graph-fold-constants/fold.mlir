// RUN: coco-opt %s -graph-fold-constants | FileCheck %s
// RUN: coco-opt %s --pass-pipeline='builtin.module(graph-fold-constants{max-bytes=8})' | FileCheck %s --check-prefix=LIMIT

// CHECK-LABEL: func.func @every_constant_operation
// CHECK: graph.constant dense<[2.000000e+00, 0.000000e+00]> : tensor<2xf32>
// CHECK-NOT: graph.relu
// LIMIT-LABEL: func.func @every_constant_operation
// LIMIT: graph.constant dense<[2.000000e+00, 0.000000e+00]> : tensor<2xf32>
func.func @every_constant_operation() -> tensor<2xf32> {
  %0 = graph.constant dense<[1.0, -1.0]> : tensor<2xf32>
  %1 = graph.relu %0 : tensor<2xf32>
  %2 = graph.add %1, %1 : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %2 : tensor<2xf32>
}

// CHECK-LABEL: func.func @transposed_weights
// CHECK: graph.constant dense<{{\[\[}}1.000000e+00, 3.000000e+00], [2.000000e+00, 4.000000e+00]]>
// LIMIT-LABEL: func.func @transposed_weights
// LIMIT: graph.transpose
func.func @transposed_weights() -> tensor<2x2xf32> {
  %0 = graph.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %1 = graph.transpose %0 {permutation = array<i64: 1, 0>} : (tensor<2x2xf32>) -> tensor<2x2xf32>
  return %1 : tensor<2x2xf32>
}

// CHECK-LABEL: func.func @a_result_far_larger_than_its_operands_stays_a_program
// CHECK: graph.constant_of_shape
func.func @a_result_far_larger_than_its_operands_stays_a_program() -> tensor<1000x1000xf32> {
  %0 = graph.constant dense<[1000, 1000]> : tensor<2xi64>
  %1 = graph.constant_of_shape %0 {value = 0.0 : f32} : (tensor<2xi64>) -> tensor<1000x1000xf32>
  return %1 : tensor<1000x1000xf32>
}

// CHECK-LABEL: func.func @an_absurd_size_stays_a_program
// CHECK: graph.constant_of_shape
func.func @an_absurd_size_stays_a_program() -> tensor<1000000000x1000000000xf32> {
  %0 = graph.constant dense<[1000000000, 1000000000]> : tensor<2xi64>
  %1 = graph.constant_of_shape %0 {value = 0.0 : f32} : (tensor<2xi64>) -> tensor<1000000000x1000000000xf32>
  return %1 : tensor<1000000000x1000000000xf32>
}
