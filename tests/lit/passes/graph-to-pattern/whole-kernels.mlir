// A dense layer of few channels is converted with the full mask where a converted layer reads what it makes, also behind
// an activation and pooling; not where a dense one does, or where it has more channels.
// RUN: coco-opt %s --graph-to-pattern=few-channels=2 | FileCheck %s
// RUN: coco-opt %s --graph-to-pattern=few-channels=1 | FileCheck %s --check-prefix=MORE
// RUN: coco-opt %s --graph-to-pattern | FileCheck %s --check-prefix=MORE
// CHECK-DAG: pattern.set @patterns_3x3_9 {kernel = array<i64: 3, 3>, masks = array<i64: 511>, sym_visibility = "private"}
// CHECK-LABEL: func.func @read_by_patterns
// CHECK: pattern.conv @patterns_3x3_9
// CHECK: graph.relu
// CHECK: graph.max_pool
// CHECK: pattern.conv @patterns_3x3_1
// CHECK-LABEL: func.func @read_by_none
// CHECK: graph.conv
// MORE-NOT: pattern.conv @patterns_3x3_9
func.func @read_by_patterns(%x: tensor<1x2x8x8xf32>) -> tensor<1x2x4x4xf32> {
  %dense = graph.constant dense<1.0> : tensor<2x2x3x3xf32>
  %sparse = graph.constant dense<[[[[0.0, 0.0, 0.0], [0.0, 2.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 3.0, 0.0], [0.0, 0.0, 0.0]]],
                                  [[[0.0, 0.0, 0.0], [0.0, 4.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 5.0, 0.0], [0.0, 0.0, 0.0]]]]> : tensor<2x2x3x3xf32>
  %0 = graph.conv %x, %dense {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x8x8xf32>, tensor<2x2x3x3xf32>) -> tensor<1x2x8x8xf32>
  %1 = graph.relu %0 : tensor<1x2x8x8xf32>
  %2 = graph.max_pool %1 {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, ceil_mode = false} : (tensor<1x2x8x8xf32>) -> tensor<1x2x4x4xf32>
  %3 = graph.conv %2, %sparse {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<2x2x3x3xf32>) -> tensor<1x2x4x4xf32>
  return %3 : tensor<1x2x4x4xf32>
}
func.func @read_by_none(%x: tensor<1x2x8x8xf32>) -> tensor<1x2x8x8xf32> {
  %dense = graph.constant dense<1.0> : tensor<2x2x3x3xf32>
  %0 = graph.conv %x, %dense {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x8x8xf32>, tensor<2x2x3x3xf32>) -> tensor<1x2x8x8xf32>
  return %0 : tensor<1x2x8x8xf32>
}
