// RUN: coco-opt %s -graph-to-pattern | FileCheck %s
// RUN: coco-opt %s -graph-to-pattern=reorder=false | FileCheck %s --check-prefix=PLAIN
// RUN: coco-opt %s -graph-to-pattern=span=4 | FileCheck %s --check-prefix=SPAN
// RUN: coco-opt %s -graph-to-pattern=max-density=22 | FileCheck %s --check-prefix=DENSE
// RUN: coco-opt %s -graph-to-pattern -pattern-to-graph -symbol-dce -graph-to-pattern | FileCheck %s

// The masks stand in the order in which they are seen. 18 of 36 kernels with 4 of 9 weights: 22.2 % is left.
// CHECK: pattern.set @patterns_3x3_4 {kernel = array<i64: 3, 3>, masks = array<i64: 432, 216, 54>, sym_visibility = "private"}
// CHECK-LABEL: func.func @patterns_and_empty_kernels
// CHECK-DAG: %[[OFFSET:.*]] = graph.constant dense<[0, 4, 8, 12, 14, 16, 18]> : tensor<7xui8>
// CHECK-DAG: %[[REORDER:.*]] = graph.constant dense<[0, 4, 2, 1, 5, 3]> : tensor<6xui8>
// CHECK-DAG: %[[INDEX:.*]] = graph.constant dense<[0, 5, 2, 4, 1, 5, 0, 3, 0, 2, 4, 5, 1, 3, 1, 3, 2, 4]> : tensor<18xui8>
// CHECK-DAG: %[[RUNS:.*]] = graph.constant dense<{{\[\[}}[0, 2, 3, 4], [0, 2, 3, 4], [0, 1, 2, 4], [0, 0, 2, 2], [0, 0, 2, 2], [0, 1, 2, 2]]]> : tensor<1x6x4xui8>
// CHECK-DAG: %[[WEIGHTS:.*]] = graph.constant dense<[1.000000e+00, 2.000000e+00, 3.000000e+00, 4.000000e+00, 5.100000e+01, {{.*}}> : tensor<72xf32>
// CHECK-NOT: graph.conv
// CHECK: pattern.conv @patterns_3x3_4 %{{.*}}, %[[OFFSET]], %[[REORDER]], %[[INDEX]], %[[RUNS]], %[[WEIGHTS]], %{{.*}} {kernel = array<i64: 3, 3>, strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 6 : i64, span = 6 : i64}

// PLAIN: graph.constant dense<[0, 4, 6, 10, 12, 16, 18]> : tensor<7xui8>
// PLAIN: graph.constant dense<[0, 1, 2, 3, 4, 5]> : tensor<6xui8>

// SPAN: graph.constant dense<{{.*}}> : tensor<13xui8>
// SPAN: span = 4 : i64

// DENSE-NOT: pattern.
// DENSE: graph.conv

func.func @patterns_and_empty_kernels(%x: tensor<1x6x5x5xf32>) -> tensor<1x6x5x5xf32> {
  %w = graph.constant dense<[[[[0.0, 0.0, 0.0], [0.0, 1.0, 2.0], [0.0, 3.0, 4.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [21.0, 22.0, 0.0], [23.0, 24.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 41.0, 42.0], [0.0, 43.0, 44.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 51.0, 52.0], [0.0, 53.0, 54.0]]], [[[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [111.0, 112.0, 0.0], [113.0, 114.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [131.0, 132.0, 0.0], [133.0, 134.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]], [[[0.0, 0.0, 0.0], [0.0, 201.0, 202.0], [0.0, 203.0, 204.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [221.0, 222.0, 0.0], [223.0, 224.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 241.0, 242.0], [0.0, 243.0, 244.0], [0.0, 0.0, 0.0]], [[0.0, 251.0, 252.0], [0.0, 253.0, 254.0], [0.0, 0.0, 0.0]]], [[[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 321.0, 322.0], [0.0, 323.0, 324.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [341.0, 342.0, 0.0], [343.0, 344.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]], [[[0.0, 0.0, 0.0], [401.0, 402.0, 0.0], [403.0, 404.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 411.0, 412.0], [0.0, 413.0, 414.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 431.0, 432.0], [0.0, 433.0, 434.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 451.0, 452.0], [0.0, 453.0, 454.0]]], [[[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [511.0, 512.0, 0.0], [513.0, 514.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [531.0, 532.0, 0.0], [533.0, 534.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]]]> : tensor<6x6x3x3xf32>
  %b = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  %0 = graph.conv %x, %w, %b {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x6x5x5xf32>, tensor<6x6x3x3xf32>, tensor<6xf32>) -> tensor<1x6x5x5xf32>
  return %0 : tensor<1x6x5x5xf32>
}
