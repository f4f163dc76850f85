// RUN: coco-opt %s -pattern-reorder-filters | FileCheck %s
// RUN: coco-opt %s -pattern-reorder-filters=ascending=true | FileCheck %s --check-prefix=UP
// RUN: coco-opt %s "-pattern-reorder-filters=lengths=false similarity=false" | FileCheck %s --check-prefix=NONE
// RUN: coco-opt %s -pattern-reorder-filters=span=1 | FileCheck %s --check-prefix=SPAN

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}

// CHECK-LABEL: func.func @long_filters_first
// CHECK-DAG: graph.constant dense<[0, 2, 3]> : tensor<3xui8>
// CHECK-DAG: graph.constant dense<[0, 1]> : tensor<2xui8>
// CHECK-DAG: graph.constant dense<[0, 1, 1]> : tensor<3xui8>
// CHECK-DAG: graph.constant dense<[3.000000e+00, 4.000000e+00, 5.000000e+00, 6.000000e+00, 1.000000e+00, 2.000000e+00]>
// CHECK: pattern.conv
// UP-LABEL: func.func @long_filters_first
// UP-DAG: graph.constant dense<[0, 1, 3]> : tensor<3xui8>
// UP-DAG: graph.constant dense<[1, 0]> : tensor<2xui8>
// UP: pattern.conv
// NONE-LABEL: func.func @long_filters_first
// NONE: graph.constant dense<[0, 1]> : tensor<2xui8>
// SPAN-LABEL: func.func @long_filters_first
// SPAN: graph.constant dense<[0, 1, 1, 2, 3]> : tensor<5xui8>
// SPAN: span = 1 : i64
func.func @long_filters_first(%x: tensor<1x2x3x3xf32>) -> tensor<1x2x2x2xf32> {
  %o = graph.constant dense<[0, 1, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[1, 0, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 0, 1], [0, 2, 2]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  %0 = pattern.conv @s %x, %o, %r, %i, %s, %w {kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64} : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>) -> tensor<1x2x2x2xf32>
  return %0 : tensor<1x2x2x2xf32>
}

// CHECK-LABEL: func.func @arrays_that_are_no_constants_stay
// CHECK: pattern.conv @s %arg0, %{{.*}}, %arg1,
func.func @arrays_that_are_no_constants_stay(%x: tensor<1x2x3x3xf32>, %r: tensor<2xui8>) -> tensor<1x2x2x2xf32> {
  %o = graph.constant dense<[0, 1, 3]> : tensor<3xui8>
  %i = graph.constant dense<[1, 0, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 0, 1], [0, 2, 2]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  %0 = pattern.conv @s %x, %o, %r, %i, %s, %w {kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64} : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>) -> tensor<1x2x2x2xf32>
  return %0 : tensor<1x2x2x2xf32>
}
