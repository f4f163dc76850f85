// RUN: coco-opt %s -graph-to-pattern | FileCheck %s
// RUN: coco-opt %s -graph-to-pattern=grouped-max-density=44 | FileCheck %s --check-prefix=DENSE
// RUN: coco-opt %s '-graph-to-pattern=grouped-least-saved=10' | FileCheck %s --check-prefix=SAVED
// RUN: coco-opt %s -graph-optimize | FileCheck %s --check-prefix=OPTIMIZE
// RUN: coco-opt %s -graph-to-pattern -pattern-to-graph -symbol-dce -graph-to-pattern | FileCheck %s

// 4 of 9 weights are left, 44.4 %: with two channels in a group each output is spared 10 of 18 multiplications.
// CHECK-LABEL: func.func @two_groups
// CHECK: pattern.conv @patterns_3x3_4 {{.*}}group = 2 : i64, filters = 2 : i64, span = 2 : i64}
// DENSE-LABEL: func.func @two_groups
// DENSE: graph.conv
// SAVED-LABEL: func.func @two_groups
// SAVED: pattern.conv
// OPTIMIZE-LABEL: func.func @two_groups
// OPTIMIZE: graph.conv
func.func @two_groups(%x: tensor<1x4x6x6xf32>) -> tensor<1x2x6x6xf32> {
  %w = graph.constant dense<[[[[1.0, 2.0, 0.0], [3.0, 4.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 5.0, 6.0], [0.0, 7.0, 8.0], [0.0, 0.0, 0.0]]], [[[0.0, 9.0, 10.0], [0.0, 11.0, 12.0], [0.0, 0.0, 0.0]], [[13.0, 14.0, 0.0], [15.0, 16.0, 0.0], [0.0, 0.0, 0.0]]]]> : tensor<2x2x3x3xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 2 : i64} : (tensor<1x4x6x6xf32>, tensor<2x2x3x3xf32>) -> tensor<1x2x6x6xf32>
  return %0 : tensor<1x2x6x6xf32>
}

// Each channel has one kernel: 5 of 9 multiplications are spared.
// CHECK-LABEL: func.func @depthwise
// CHECK: pattern.conv @patterns_3x3_4 {{.*}}group = 4 : i64, filters = 4 : i64, span = 1 : i64}
// DENSE-LABEL: func.func @depthwise
// DENSE: graph.conv
// SAVED-LABEL: func.func @depthwise
// SAVED: graph.conv
// OPTIMIZE-LABEL: func.func @depthwise
// OPTIMIZE: graph.conv
func.func @depthwise(%x: tensor<1x4x6x6xf32>) -> tensor<1x4x6x6xf32> {
  %w = graph.constant dense<[[[[1.0, 2.0, 0.0], [3.0, 4.0, 0.0], [0.0, 0.0, 0.0]]], [[[0.0, 5.0, 6.0], [0.0, 7.0, 8.0], [0.0, 0.0, 0.0]]], [[[9.0, 10.0, 0.0], [11.0, 12.0, 0.0], [0.0, 0.0, 0.0]]], [[[0.0, 13.0, 14.0], [0.0, 15.0, 16.0], [0.0, 0.0, 0.0]]]]> : tensor<4x1x3x3xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 4 : i64} : (tensor<1x4x6x6xf32>, tensor<4x1x3x3xf32>) -> tensor<1x4x6x6xf32>
  return %0 : tensor<1x4x6x6xf32>
}

// Two groups of 16 channels: 80 of 144 multiplications.
// OPTIMIZE-LABEL: func.func @many_channels
// OPTIMIZE: pattern.conv
func.func @many_channels(%x: tensor<1x32x6x6xf32>) -> tensor<1x2x6x6xf32> {
  %w = graph.constant dense<[[[[1.0, 2.0, 0.0], [3.0, 4.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 5.0, 6.0], [0.0, 7.0, 8.0], [0.0, 0.0, 0.0]], [[9.0, 10.0, 0.0], [11.0, 12.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 13.0, 14.0], [0.0, 15.0, 16.0], [0.0, 0.0, 0.0]], [[17.0, 18.0, 0.0], [19.0, 20.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 21.0, 22.0], [0.0, 23.0, 24.0], [0.0, 0.0, 0.0]], [[25.0, 26.0, 0.0], [27.0, 28.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 29.0, 30.0], [0.0, 31.0, 32.0], [0.0, 0.0, 0.0]], [[33.0, 34.0, 0.0], [35.0, 36.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 37.0, 38.0], [0.0, 39.0, 40.0], [0.0, 0.0, 0.0]], [[41.0, 42.0, 0.0], [43.0, 44.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 45.0, 46.0], [0.0, 47.0, 48.0], [0.0, 0.0, 0.0]], [[49.0, 50.0, 0.0], [51.0, 52.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 53.0, 54.0], [0.0, 55.0, 56.0], [0.0, 0.0, 0.0]], [[57.0, 58.0, 0.0], [59.0, 60.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 61.0, 62.0], [0.0, 63.0, 64.0], [0.0, 0.0, 0.0]]], [[[0.0, 65.0, 66.0], [0.0, 67.0, 68.0], [0.0, 0.0, 0.0]], [[69.0, 70.0, 0.0], [71.0, 72.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 73.0, 74.0], [0.0, 75.0, 76.0], [0.0, 0.0, 0.0]], [[77.0, 78.0, 0.0], [79.0, 80.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 81.0, 82.0], [0.0, 83.0, 84.0], [0.0, 0.0, 0.0]], [[85.0, 86.0, 0.0], [87.0, 88.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 89.0, 90.0], [0.0, 91.0, 92.0], [0.0, 0.0, 0.0]], [[93.0, 94.0, 0.0], [95.0, 96.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 97.0, 98.0], [0.0, 99.0, 100.0], [0.0, 0.0, 0.0]], [[101.0, 102.0, 0.0], [103.0, 104.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 105.0, 106.0], [0.0, 107.0, 108.0], [0.0, 0.0, 0.0]], [[109.0, 110.0, 0.0], [111.0, 112.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 113.0, 114.0], [0.0, 115.0, 116.0], [0.0, 0.0, 0.0]], [[117.0, 118.0, 0.0], [119.0, 120.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 121.0, 122.0], [0.0, 123.0, 124.0], [0.0, 0.0, 0.0]], [[125.0, 126.0, 0.0], [127.0, 128.0, 0.0], [0.0, 0.0, 0.0]]]]> : tensor<2x16x3x3xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 2 : i64} : (tensor<1x32x6x6xf32>, tensor<2x16x3x3xf32>) -> tensor<1x2x6x6xf32>
  return %0 : tensor<1x2x6x6xf32>
}
