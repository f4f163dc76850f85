// RUN: coco-opt %s -graph-split-transposed | FileCheck %s
// RUN: coco-opt %s -graph-split-transposed --mlir-print-op-generic | mlir-opt-19 --allow-unregistered-dialect > /dev/null

// The phases of each filter stand together; the relu stays with the convolution, and nothing spreads the input any more.
// CHECK-LABEL: func.func @halves
// CHECK-NOT: graph.pad
// CHECK-DAG: %[[W:.*]] = graph.constant {{.*}} : tensor<8x8x2x2xf32>
// CHECK-DAG: %[[B:.*]] = graph.constant dense<[1.000000e+00, 1.000000e+00, 1.000000e+00, 1.000000e+00, 2.000000e+00, 2.000000e+00, 2.000000e+00, 2.000000e+00]> : tensor<8xf32>
// CHECK: %[[C:.*]] = graph.conv %arg0, %[[W]], %[[B]] {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<2x8x5x4xf32>, tensor<8x8x2x2xf32>, tensor<8xf32>) -> tensor<2x8x5x4xf32>
// CHECK: %[[R:.*]] = graph.relu %[[C]]
// CHECK: %[[A:.*]] = graph.reshape %[[R]], %{{.*}} -> tensor<2x2x2x2x5x4xf32>
// CHECK: %[[T:.*]] = graph.transpose %[[A]] {permutation = array<i64: 0, 1, 4, 2, 5, 3>} : (tensor<2x2x2x2x5x4xf32>) -> tensor<2x2x5x2x4x2xf32>
// CHECK: graph.reshape %[[T]], %{{.*}} -> tensor<2x2x10x8xf32>
func.func @halves(%x: tensor<2x8x5x4xf32>) -> tensor<2x2x10x8xf32> {
  %apart = graph.constant dense<[2, 8, 5, 1, 4, 1]> : tensor<6xi64>
  %zeros = graph.constant dense<[0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1]> : tensor<12xi64>
  %joined = graph.constant dense<[2, 8, 10, 8]> : tensor<4xi64>
  %w = graph.constant dense<1.0> : tensor<2x8x3x3xf32>
  %b = graph.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %0 = graph.reshape %x, %apart {allow_zero = true} : (tensor<2x8x5x4xf32>, tensor<6xi64>) -> tensor<2x8x5x1x4x1xf32>
  %1 = graph.pad constant %0, %zeros : (tensor<2x8x5x1x4x1xf32>, tensor<12xi64>) -> tensor<2x8x5x2x4x2xf32>
  %2 = graph.reshape %1, %joined {allow_zero = true} : (tensor<2x8x5x2x4x2xf32>, tensor<4xi64>) -> tensor<2x8x10x8xf32>
  %3 = graph.conv %2, %w, %b {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<2x8x10x8xf32>, tensor<2x8x3x3xf32>, tensor<2xf32>) -> tensor<2x2x10x8xf32>
  %4 = graph.relu %3 : tensor<2x2x10x8xf32>
  return %4 : tensor<2x2x10x8xf32>
}

// Rows 0 and 2 of the kernel meet even output rows, rows 1 and 3 odd ones.
// CHECK-LABEL: func.func @which_weight_is_where
// CHECK: graph.constant dense<"0x0000803F0000404000000000000010410000304100000000000000000000000000000000
// CHECK-SAME: 00000000000000400000804000000000000020410000404100000000000000000000000000000000
// CHECK-SAME: 0000A0400000E04000000000000050410000704100000000000000000000000000000000
// CHECK-SAME: 0000C04000000041000000000000604100008041"> : tensor<4x5x3x3xf32>
// CHECK: graph.conv {{.*}}pads = array<i64: 1, 1, 1, 1>
func.func @which_weight_is_where(%x: tensor<2x5x3x3xf32>) -> tensor<2x1x6x6xf32> {
  %apart = graph.constant dense<[2, 5, 3, 1, 3, 1]> : tensor<6xi64>
  %zeros = graph.constant dense<[0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1]> : tensor<12xi64>
  %joined = graph.constant dense<[2, 5, 6, 6]> : tensor<4xi64>
  %w = graph.constant dense<[[[[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0], [9.0, 10.0, 11.0, 12.0], [13.0, 14.0, 15.0, 16.0]], [[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0], [9.0, 10.0, 11.0, 12.0], [13.0, 14.0, 15.0, 16.0]], [[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0], [9.0, 10.0, 11.0, 12.0], [13.0, 14.0, 15.0, 16.0]], [[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0], [9.0, 10.0, 11.0, 12.0], [13.0, 14.0, 15.0, 16.0]], [[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0], [9.0, 10.0, 11.0, 12.0], [13.0, 14.0, 15.0, 16.0]]]]> : tensor<1x5x4x4xf32>
  %0 = graph.reshape %x, %apart {allow_zero = true} : (tensor<2x5x3x3xf32>, tensor<6xi64>) -> tensor<2x5x3x1x3x1xf32>
  %1 = graph.pad constant %0, %zeros : (tensor<2x5x3x1x3x1xf32>, tensor<12xi64>) -> tensor<2x5x3x2x3x2xf32>
  %2 = graph.reshape %1, %joined {allow_zero = true} : (tensor<2x5x3x2x3x2xf32>, tensor<4xi64>) -> tensor<2x5x6x6xf32>
  %3 = graph.conv %2, %w {strides = array<i64: 1, 1>, pads = array<i64: 2, 2, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<2x5x6x6xf32>, tensor<1x5x4x4xf32>) -> tensor<2x1x6x6xf32>
  return %3 : tensor<2x1x6x6xf32>
}

// CHECK-LABEL: func.func @the_last_outputs_are_cut_off
// CHECK: graph.conv {{.*}}-> tensor<2x8x4x4xf32>
// CHECK: graph.reshape {{.*}} -> tensor<2x2x8x8xf32>
// CHECK: "graph.slice"{{.*}} -> tensor<2x2x7x7xf32>
func.func @the_last_outputs_are_cut_off(%x: tensor<2x8x4x4xf32>) -> tensor<2x2x7x7xf32> {
  %apart = graph.constant dense<[2, 8, 4, 1, 4, 1]> : tensor<6xi64>
  %zeros = graph.constant dense<[0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1]> : tensor<12xi64>
  %joined = graph.constant dense<[2, 8, 8, 8]> : tensor<4xi64>
  %w = graph.constant dense<1.0> : tensor<2x8x3x3xf32>
  %b = graph.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %0 = graph.reshape %x, %apart {allow_zero = true} : (tensor<2x8x4x4xf32>, tensor<6xi64>) -> tensor<2x8x4x1x4x1xf32>
  %1 = graph.pad constant %0, %zeros : (tensor<2x8x4x1x4x1xf32>, tensor<12xi64>) -> tensor<2x8x4x2x4x2xf32>
  %2 = graph.reshape %1, %joined {allow_zero = true} : (tensor<2x8x4x2x4x2xf32>, tensor<4xi64>) -> tensor<2x8x8x8xf32>
  %3 = graph.conv %2, %w, %b {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<2x8x8x8xf32>, tensor<2x8x3x3xf32>, tensor<2xf32>) -> tensor<2x2x7x7xf32>
  return %3 : tensor<2x2x7x7xf32>
}

// CHECK-LABEL: func.func @one_axis_and_groups
// CHECK: graph.conv {{.*}}group = 2 : i64} : (tensor<2x16x4x4xf32>, tensor<12x8x5x2xf32>, tensor<12xf32>)
// CHECK: graph.transpose {{.*}} -> tensor<2x4x{{.*}}x1x{{.*}}x3xf32>
func.func @one_axis_and_groups(%x: tensor<2x16x4x4xf32>) -> tensor<2x4x8x16xf32> {
  %apart = graph.constant dense<[2, 16, 4, 1, 4, 1]> : tensor<6xi64>
  %zeros = graph.constant dense<[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]> : tensor<12xi64>
  %joined = graph.constant dense<[2, 16, 4, 12]> : tensor<4xi64>
  %w = graph.constant dense<1.0> : tensor<4x8x5x5xf32>
  %b = graph.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  %0 = graph.reshape %x, %apart {allow_zero = true} : (tensor<2x16x4x4xf32>, tensor<6xi64>) -> tensor<2x16x4x1x4x1xf32>
  %1 = graph.pad constant %0, %zeros : (tensor<2x16x4x1x4x1xf32>, tensor<12xi64>) -> tensor<2x16x4x1x4x3xf32>
  %2 = graph.reshape %1, %joined {allow_zero = true} : (tensor<2x16x4x1x4x3xf32>, tensor<4xi64>) -> tensor<2x16x4x12xf32>
  %3 = graph.conv %2, %w, %b {strides = array<i64: 1, 1>, pads = array<i64: 4, 4, 4, 4>, dilations = array<i64: 1, 1>, group = 2 : i64} : (tensor<2x16x4x12xf32>, tensor<4x8x5x5xf32>, tensor<4xf32>) -> tensor<2x4x8x16xf32>
  return %3 : tensor<2x4x8x16xf32>
}

// Of two channels, each output would be spared 10 multiplications: less than interleaving costs.
// CHECK-LABEL: func.func @little_work_stays
// CHECK: graph.pad
// CHECK-NOT: graph.transpose
func.func @little_work_stays(%x: tensor<2x2x4x4xf32>) -> tensor<2x2x8x8xf32> {
  %apart = graph.constant dense<[2, 2, 4, 1, 4, 1]> : tensor<6xi64>
  %zeros = graph.constant dense<[0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1]> : tensor<12xi64>
  %joined = graph.constant dense<[2, 2, 8, 8]> : tensor<4xi64>
  %w = graph.constant dense<1.0> : tensor<2x2x3x3xf32>
  %b = graph.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %0 = graph.reshape %x, %apart {allow_zero = true} : (tensor<2x2x4x4xf32>, tensor<6xi64>) -> tensor<2x2x4x1x4x1xf32>
  %1 = graph.pad constant %0, %zeros : (tensor<2x2x4x1x4x1xf32>, tensor<12xi64>) -> tensor<2x2x4x2x4x2xf32>
  %2 = graph.reshape %1, %joined {allow_zero = true} : (tensor<2x2x4x2x4x2xf32>, tensor<4xi64>) -> tensor<2x2x8x8xf32>
  %3 = graph.conv %2, %w, %b {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<2x2x8x8xf32>, tensor<2x2x3x3xf32>, tensor<2xf32>) -> tensor<2x2x8x8xf32>
  return %3 : tensor<2x2x8x8xf32>
}

// CHECK-LABEL: func.func @other_padding_stays
// CHECK: graph.pad
// CHECK-NOT: graph.transpose
func.func @other_padding_stays(%x: tensor<2x8x4x4xf32>) -> tensor<2x2x8x8xf32> {
  %apart = graph.constant dense<[2, 8, 4, 1, 4, 1]> : tensor<6xi64>
  %zeros = graph.constant dense<[0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]> : tensor<12xi64>
  %joined = graph.constant dense<[2, 8, 8, 8]> : tensor<4xi64>
  %w = graph.constant dense<1.0> : tensor<2x8x3x3xf32>
  %b = graph.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %0 = graph.reshape %x, %apart {allow_zero = true} : (tensor<2x8x4x4xf32>, tensor<6xi64>) -> tensor<2x8x4x1x4x1xf32>
  %1 = graph.pad constant %0, %zeros : (tensor<2x8x4x1x4x1xf32>, tensor<12xi64>) -> tensor<2x8x4x2x4x2xf32>
  %2 = graph.reshape %1, %joined {allow_zero = true} : (tensor<2x8x4x2x4x2xf32>, tensor<4xi64>) -> tensor<2x8x8x8xf32>
  %3 = graph.conv %2, %w, %b {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<2x8x8x8xf32>, tensor<2x8x3x3xf32>, tensor<2xf32>) -> tensor<2x2x8x8xf32>
  return %3 : tensor<2x2x8x8xf32>
}

