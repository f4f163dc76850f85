// RUN: coco-opt %s -remove-empty-channels -verify-each | FileCheck %s

// Channel 1 of the first part and channel 0 of the second are zero: channels 1 and 3 of the whole.
// CHECK-LABEL: func.func @concatenation
// CHECK: graph.concat {{.*}} : (tensor<1x2x4x4xf32>, tensor<1x1x4x4xf32>) -> tensor<1x3x4x4xf32>
// CHECK: graph.constant dense<{{\[\[\[\[}}1.000000e+00]], {{\[\[}}3.000000e+00]], {{\[\[}}5.000000e+00]]]]> : tensor<1x3x1x1xf32>
func.func @concatenation(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %a = graph.constant dense<[[[[1.0]]], [[[0.0]]], [[[3.0]]]]> : tensor<3x1x1x1xf32>
  %b = graph.constant dense<[[[[0.0]]], [[[5.0]]]]> : tensor<2x1x1x1xf32>
  %v = graph.constant dense<[[[[1.0]], [[2.0]], [[3.0]], [[4.0]], [[5.0]]]]> : tensor<1x5x1x1xf32>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %1 = graph.conv %x, %b {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<2x1x1x1xf32>) -> tensor<1x2x4x4xf32>
  %2 = graph.concat %0, %1 {axis = 1 : i64} : (tensor<1x3x4x4xf32>, tensor<1x2x4x4xf32>) -> tensor<1x5x4x4xf32>
  %3 = graph.relu %2 : tensor<1x5x4x4xf32>
  %4 = graph.conv %3, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x5x4x4xf32>, tensor<1x5x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %4 : tensor<1x1x4x4xf32>
}

// The second part is a result, too: only the first loses a channel.
// CHECK-LABEL: func.func @returned_part
// CHECK: graph.concat {{.*}} : (tensor<1x2x4x4xf32>, tensor<1x2x4x4xf32>) -> tensor<1x4x4x4xf32>
func.func @returned_part(%x: tensor<1x1x4x4xf32>) -> (tensor<1x1x4x4xf32>, tensor<1x2x4x4xf32>) {
  %a = graph.constant dense<[[[[1.0]]], [[[0.0]]], [[[3.0]]]]> : tensor<3x1x1x1xf32>
  %b = graph.constant dense<[[[[0.0]]], [[[5.0]]]]> : tensor<2x1x1x1xf32>
  %v = graph.constant dense<[[[[1.0]], [[2.0]], [[3.0]], [[4.0]], [[5.0]]]]> : tensor<1x5x1x1xf32>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %1 = graph.conv %x, %b {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<2x1x1x1xf32>) -> tensor<1x2x4x4xf32>
  %2 = graph.concat %0, %1 {axis = 1 : i64} : (tensor<1x3x4x4xf32>, tensor<1x2x4x4xf32>) -> tensor<1x5x4x4xf32>
  %3 = graph.relu %2 : tensor<1x5x4x4xf32>
  %4 = graph.conv %3, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x5x4x4xf32>, tensor<1x5x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %4, %1 : tensor<1x1x4x4xf32>, tensor<1x2x4x4xf32>
}

// A part that is zero as a whole keeps one channel.
// CHECK-LABEL: func.func @empty_part
// CHECK: graph.concat {{.*}} : (tensor<1x3x4x4xf32>, tensor<1x1x4x4xf32>) -> tensor<1x4x4x4xf32>
func.func @empty_part(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %a = graph.constant dense<[[[[1.0]]], [[[2.0]]], [[[3.0]]]]> : tensor<3x1x1x1xf32>
  %b = graph.constant dense<[[[[0.0]]], [[[0.0]]]]> : tensor<2x1x1x1xf32>
  %v = graph.constant dense<[[[[1.0]], [[2.0]], [[3.0]], [[4.0]], [[5.0]]]]> : tensor<1x5x1x1xf32>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %1 = graph.conv %x, %b {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<2x1x1x1xf32>) -> tensor<1x2x4x4xf32>
  %2 = graph.concat %0, %1 {axis = 1 : i64} : (tensor<1x3x4x4xf32>, tensor<1x2x4x4xf32>) -> tensor<1x5x4x4xf32>
  %3 = graph.relu %2 : tensor<1x5x4x4xf32>
  %4 = graph.conv %3, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x5x4x4xf32>, tensor<1x5x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %4 : tensor<1x1x4x4xf32>
}

// Along channels an argument keeps its own, and the other parts lose theirs; along rows all parts do, or none.
// CHECK-LABEL: func.func @parts_that_are_arguments
// CHECK: graph.concat {{.*}} : (tensor<1x2x4x4xf32>, tensor<1x1x4x4xf32>) -> tensor<1x3x4x4xf32>
// CHECK: graph.concat {{.*}} : (tensor<1x2x4x4xf32>, tensor<1x2x4x4xf32>) -> tensor<1x2x8x4xf32>
// CHECK: graph.concat {{.*}} : (tensor<1x3x4x4xf32>, tensor<1x3x4x4xf32>) -> tensor<1x3x8x4xf32>
func.func @parts_that_are_arguments(%x: tensor<1x1x4x4xf32>, %y: tensor<1x3x4x4xf32>) -> (tensor<1x1x4x4xf32>, tensor<1x1x8x4xf32>, tensor<1x1x8x4xf32>) {
  %a = graph.constant dense<[[[[1.0]]], [[[0.0]]], [[[3.0]]]]> : tensor<3x1x1x1xf32>
  %v = graph.constant dense<[[[[1.0]], [[2.0]], [[3.0]], [[4.0]]]]> : tensor<1x4x1x1xf32>
  %u = graph.constant dense<[[[[7.0]], [[8.0]], [[9.0]]]]> : tensor<1x3x1x1xf32>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %1 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %2 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %3 = graph.concat %0, %x {axis = 1 : i64} : (tensor<1x3x4x4xf32>, tensor<1x1x4x4xf32>) -> tensor<1x4x4x4xf32>
  %4 = graph.conv %3, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x4x4x4xf32>, tensor<1x4x1x1xf32>) -> tensor<1x1x4x4xf32>
  %5 = graph.concat %1, %1 {axis = 2 : i64} : (tensor<1x3x4x4xf32>, tensor<1x3x4x4xf32>) -> tensor<1x3x8x4xf32>
  %6 = graph.conv %5, %u {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x8x4xf32>, tensor<1x3x1x1xf32>) -> tensor<1x1x8x4xf32>
  %7 = graph.concat %2, %y {axis = 2 : i64} : (tensor<1x3x4x4xf32>, tensor<1x3x4x4xf32>) -> tensor<1x3x8x4xf32>
  %8 = graph.conv %7, %u {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x8x4xf32>, tensor<1x3x1x1xf32>) -> tensor<1x1x8x4xf32>
  return %4, %6, %8 : tensor<1x1x4x4xf32>, tensor<1x1x8x4xf32>, tensor<1x1x8x4xf32>
}

// Channels 3 to 5 are read, of which 4 is zero; nothing reads 0 to 2: the part begins with the first that is left.
// CHECK-LABEL: func.func @part
// CHECK: graph.conv {{.*}} : (tensor<1x1x4x4xf32>, tensor<2x1x1x1xf32>) -> tensor<1x2x4x4xf32>
// CHECK: %[[STARTS:.*]] = graph.constant dense<0> : tensor<2xi64>
// CHECK: %[[ENDS:.*]] = graph.constant dense<[4, 2]> : tensor<2xi64>
// CHECK: graph.slice{{.*}} %[[STARTS]], %[[ENDS]]
// CHECK: graph.conv {{.*}} : (tensor<1x2x4x4xf32>, tensor<1x2x1x1xf32>) -> tensor<1x1x4x4xf32>
func.func @part(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %a = graph.constant dense<[[[[1.0]]], [[[0.0]]], [[[3.0]]], [[[4.0]]], [[[0.0]]], [[[6.0]]]]> : tensor<6x1x1x1xf32>
  %v = graph.constant dense<[[[[7.0]], [[8.0]], [[9.0]]]]> : tensor<1x3x1x1xf32>
  %starts = graph.constant dense<[0, -3]> : tensor<2xi64>
  %ends = graph.constant dense<[4, 100]> : tensor<2xi64>
  %axes = graph.constant dense<[2, -3]> : tensor<2xi64>
  %steps = graph.constant dense<[1, 1]> : tensor<2xi64>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<6x1x1x1xf32>) -> tensor<1x6x4x4xf32>
  %1 = "graph.slice"(%0, %starts, %ends, %axes, %steps) {operandSegmentSizes = array<i32: 1, 1, 1, 1, 1>} : (tensor<1x6x4x4xf32>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<1x3x4x4xf32>
  %2 = graph.conv %1, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x4x4xf32>, tensor<1x3x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %2 : tensor<1x1x4x4xf32>
}

// Every second channel is not followed.
// CHECK-LABEL: func.func @every_second
// CHECK: graph.conv {{.*}} -> tensor<1x6x4x4xf32>
func.func @every_second(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %a = graph.constant dense<[[[[1.0]]], [[[0.0]]], [[[3.0]]], [[[4.0]]], [[[0.0]]], [[[6.0]]]]> : tensor<6x1x1x1xf32>
  %v = graph.constant dense<[[[[7.0]], [[8.0]], [[9.0]]]]> : tensor<1x3x1x1xf32>
  %starts = graph.constant dense<[0, 1]> : tensor<2xi64>
  %ends = graph.constant dense<[4, 6]> : tensor<2xi64>
  %axes = graph.constant dense<[2, 1]> : tensor<2xi64>
  %steps = graph.constant dense<[1, 2]> : tensor<2xi64>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<6x1x1x1xf32>) -> tensor<1x6x4x4xf32>
  %1 = "graph.slice"(%0, %starts, %ends, %axes, %steps) {operandSegmentSizes = array<i32: 1, 1, 1, 1, 1>} : (tensor<1x6x4x4xf32>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<1x3x4x4xf32>
  %2 = graph.conv %1, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x4x4xf32>, tensor<1x3x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %2 : tensor<1x1x4x4xf32>
}

// Channel 1 of the first half is zero, and scaled by channel 3, which goes with it. The second half begins at 1 then.
// CHECK-LABEL: func.func @halves
// CHECK: graph.conv {{.*}} -> tensor<1x2x4x4xf32>
// CHECK: graph.constant dense<0> : tensor<1xi64>
// CHECK: graph.constant dense<1> : tensor<1xi64>
// CHECK: graph.constant dense<1> : tensor<1xi64>
// CHECK: graph.constant dense<2> : tensor<1xi64>
// CHECK: graph.mul {{.*}} -> tensor<1x1x4x4xf32>
func.func @halves(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %a = graph.constant dense<[[[[1.0]]], [[[0.0]]], [[[3.0]]], [[[4.0]]]]> : tensor<4x1x1x1xf32>
  %v = graph.constant dense<[[[[7.0]], [[8.0]]]]> : tensor<1x2x1x1xf32>
  %zero = graph.constant dense<[0]> : tensor<1xi64>
  %two = graph.constant dense<[2]> : tensor<1xi64>
  %four = graph.constant dense<[4]> : tensor<1xi64>
  %axis = graph.constant dense<[1]> : tensor<1xi64>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<4x1x1x1xf32>) -> tensor<1x4x4x4xf32>
  %1 = "graph.slice"(%0, %zero, %two, %axis) {operandSegmentSizes = array<i32: 1, 1, 1, 1, 0>} : (tensor<1x4x4x4xf32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<1x2x4x4xf32>
  %2 = "graph.slice"(%0, %two, %four, %axis) {operandSegmentSizes = array<i32: 1, 1, 1, 1, 0>} : (tensor<1x4x4x4xf32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<1x2x4x4xf32>
  %3 = graph.sigmoid %2 : tensor<1x2x4x4xf32>
  %4 = graph.mul %1, %3 : (tensor<1x2x4x4xf32>, tensor<1x2x4x4xf32>) -> tensor<1x2x4x4xf32>
  %5 = graph.conv %4, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<1x2x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %5 : tensor<1x1x4x4xf32>
}
