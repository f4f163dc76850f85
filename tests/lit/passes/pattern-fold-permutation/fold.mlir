// RUN: coco-opt %s -pattern-fold-permutation -verify-each | FileCheck %s
// RUN: coco-opt %s -pattern-fold-permutation=patterns-only=true | FileCheck %s --check-prefix=PATTERNS

pattern.set @s {kernel = array<i64: 1, 1>, masks = array<i64: 1>}

// Filter 1 is computed first and becomes channel 0, with its bias; both layers that read it take their inputs the other way round. The
// second of them is the network's result and keeps its reorder.
// PATTERNS-LABEL: func.func @into_the_next_layers
// PATTERNS: graph.constant dense<{{\[\[\[\[}}5.000000e+00]], {{\[\[}}6.000000e+00]]]]> : tensor<1x2x1x1xf32>
// CHECK-LABEL: func.func @into_the_next_layers
// CHECK: graph.constant dense<[0, 1]> : tensor<2xui8>
// CHECK: %[[B:.*]] = graph.constant dense<[2.000000e+00, 1.000000e+00]> : tensor<2xf32>
// CHECK: pattern.conv @s %arg0, {{.*}}, %[[B]] {
// CHECK: graph.constant dense<[1, 0]> : tensor<2xui8>
// CHECK-NEXT: graph.constant dense<[0, 1, 1]> : tensor<3xui8>
// CHECK-NEXT: graph.constant dense<{{.*}}> : tensor<1x2x2xui8>
// CHECK-NEXT: graph.constant dense<[2.000000e+00, 1.000000e+00, 3.000000e+00]> : tensor<3xf32>
// CHECK: pattern.conv
// CHECK: %[[V:.*]] = graph.constant dense<{{\[\[\[\[}}6.000000e+00]], {{\[\[}}5.000000e+00]]]]> : tensor<1x2x1x1xf32>
// CHECK: graph.conv %{{.*}}, %[[V]]
func.func @into_the_next_layers(%x: tensor<1x2x3x3xf32>) -> (tensor<1x2x3x3xf32>, tensor<1x1x3x3xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 0]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 2], [0, 1]]]> : tensor<1x2x2xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %b = graph.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %v = graph.constant dense<[[[[5.0]], [[6.0]]]]> : tensor<1x2x1x1xf32>
  %0 = pattern.conv @s %x, %o, %r, %i, %s, %w, %b {kernel = array<i64: 1, 1>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64} : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x2xui8>, tensor<3xf32>, tensor<2xf32>) -> tensor<1x2x3x3xf32>
  %1 = graph.relu %0 : tensor<1x2x3x3xf32>
  %2 = pattern.conv @s %1, %o, %r, %i, %s, %w {kernel = array<i64: 1, 1>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64} : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x2xui8>, tensor<3xf32>) -> tensor<1x2x3x3xf32>
  %3 = graph.conv %1, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x3x3xf32>, tensor<1x2x1x1xf32>) -> tensor<1x1x3x3xf32>
  return %2, %3 : tensor<1x2x3x3xf32>, tensor<1x1x3x3xf32>
}

// CHECK-LABEL: func.func @a_sum_with_another_layer_blocks
// CHECK: graph.constant dense<[1, 0]> : tensor<2xui8>
// CHECK-NOT: graph.constant dense<[0, 1]> : tensor<2xui8>
func.func @a_sum_with_another_layer_blocks(%x: tensor<1x2x3x3xf32>) -> tensor<1x2x3x3xf32> {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 0]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 2], [0, 1]]]> : tensor<1x2x2xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %0 = pattern.conv @s %x, %o, %r, %i, %s, %w {kernel = array<i64: 1, 1>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64} : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x2xui8>, tensor<3xf32>) -> tensor<1x2x3x3xf32>
  %1 = graph.add %0, %x : (tensor<1x2x3x3xf32>, tensor<1x2x3x3xf32>) -> tensor<1x2x3x3xf32>
  %2 = pattern.conv @s %1, %o, %r, %i, %s, %w {kernel = array<i64: 1, 1>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64} : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x2xui8>, tensor<3xf32>) -> tensor<1x2x3x3xf32>
  return %2 : tensor<1x2x3x3xf32>
}

// A depthwise convolution with patterns keeps channels apart: its filters go along, with their
// groups and bias; they are computed in the order that they had.
// CHECK-LABEL: func.func @through_depthwise_patterns
// CHECK: pattern.conv @s %arg0
// CHECK: graph.constant dense<[1, 0]> : tensor<2xui8>
// CHECK: graph.constant dense<[6.000000e+00, 7.000000e+00]> : tensor<2xf32>
// CHECK: %[[B:.*]] = graph.constant dense<[9.000000e+00, 8.000000e+00]> : tensor<2xf32>
// CHECK: pattern.conv @s {{.*}}, %[[B]] {{.*}}group = 2 : i64, filters = 2 : i64, span = 1 : i64}
// CHECK: %[[V:.*]] = graph.constant dense<{{\[\[\[\[}}6.000000e+00]], {{\[\[}}5.000000e+00]]]]> : tensor<1x2x1x1xf32>
// CHECK: graph.conv %{{.*}}, %[[V]]
func.func @through_depthwise_patterns(%x: tensor<1x2x3x3xf32>) -> tensor<1x1x3x3xf32> {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 0]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 2], [0, 1]]]> : tensor<1x2x2xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %do = graph.constant dense<[0, 1, 2]> : tensor<3xui8>
  %dr = graph.constant dense<[0, 1]> : tensor<2xui8>
  %di = graph.constant dense<0> : tensor<2xui8>
  %ds = graph.constant dense<[[[0, 1], [0, 1]]]> : tensor<1x2x2xui8>
  %dw = graph.constant dense<[6.0, 7.0]> : tensor<2xf32>
  %db = graph.constant dense<[8.0, 9.0]> : tensor<2xf32>
  %v = graph.constant dense<[[[[5.0]], [[6.0]]]]> : tensor<1x2x1x1xf32>
  %0 = pattern.conv @s %x, %o, %r, %i, %s, %w {kernel = array<i64: 1, 1>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64} : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x2xui8>, tensor<3xf32>) -> tensor<1x2x3x3xf32>
  %1 = pattern.conv @s %0, %do, %dr, %di, %ds, %dw, %db {kernel = array<i64: 1, 1>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 2 : i64, filters = 2 : i64, span = 1 : i64} : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<2xui8>, tensor<1x2x2xui8>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x3x3xf32>
  %2 = graph.conv %1, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x3x3xf32>, tensor<1x2x1x1xf32>) -> tensor<1x1x3x3xf32>
  return %2 : tensor<1x1x3x3xf32>
}
