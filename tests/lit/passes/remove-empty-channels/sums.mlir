// RUN: coco-opt %s -remove-empty-channels -verify-each | FileCheck %s

// Channel 1 is zero in both summands, channel 2 in the second alone: channel 1 goes, from both layers and from the one behind the sum.
// CHECK-LABEL: func.func @both_summands
// CHECK: %[[A:.*]] = graph.constant dense<{{\[\[\[\[}}1.000000e+00]]], {{\[\[\[}}3.000000e+00]]]]> : tensor<2x1x1x1xf32>
// CHECK: %[[P:.*]] = graph.conv %arg0, %[[A]] {{.*}} -> tensor<1x2x4x4xf32>
// CHECK: %[[B:.*]] = graph.constant dense<{{\[\[\[\[}}4.000000e+00]]], {{\[\[\[}}0.000000e+00]]]]> : tensor<2x1x1x1xf32>
// CHECK: %[[Q:.*]] = graph.conv %arg0, %[[B]] {{.*}} -> tensor<1x2x4x4xf32>
// CHECK: %[[S:.*]] = graph.add %[[P]], %[[Q]] : (tensor<1x2x4x4xf32>, tensor<1x2x4x4xf32>) -> tensor<1x2x4x4xf32>
// CHECK: %[[R:.*]] = graph.relu %[[S]] : tensor<1x2x4x4xf32>
// CHECK: %[[V:.*]] = graph.constant dense<{{\[\[\[\[}}7.000000e+00]], {{\[\[}}9.000000e+00]]]]> : tensor<1x2x1x1xf32>
// CHECK: graph.conv %[[R]], %[[V]] {{.*}} : (tensor<1x2x4x4xf32>, tensor<1x2x1x1xf32>) -> tensor<1x1x4x4xf32>
func.func @both_summands(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %a = graph.constant dense<[[[[1.0]]], [[[0.0]]], [[[3.0]]]]> : tensor<3x1x1x1xf32>
  %b = graph.constant dense<[[[[4.0]]], [[[0.0]]], [[[0.0]]]]> : tensor<3x1x1x1xf32>
  %v = graph.constant dense<[[[[7.0]], [[8.0]], [[9.0]]]]> : tensor<1x3x1x1xf32>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %1 = graph.conv %x, %b {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %2 = graph.add %0, %1 : (tensor<1x3x4x4xf32>, tensor<1x3x4x4xf32>) -> tensor<1x3x4x4xf32>
  %3 = graph.relu %2 : tensor<1x3x4x4xf32>
  %4 = graph.conv %3, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x4x4xf32>, tensor<1x3x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %4 : tensor<1x1x4x4xf32>
}

// In no channel both are zero.
// CHECK-LABEL: func.func @one_summand
// CHECK: graph.add {{.*}} -> tensor<1x3x4x4xf32>
func.func @one_summand(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %a = graph.constant dense<[[[[1.0]]], [[[0.0]]], [[[3.0]]]]> : tensor<3x1x1x1xf32>
  %b = graph.constant dense<[[[[4.0]]], [[[5.0]]], [[[0.0]]]]> : tensor<3x1x1x1xf32>
  %v = graph.constant dense<[[[[7.0]], [[8.0]], [[9.0]]]]> : tensor<1x3x1x1xf32>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %1 = graph.conv %x, %b {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %2 = graph.add %0, %1 : (tensor<1x3x4x4xf32>, tensor<1x3x4x4xf32>) -> tensor<1x3x4x4xf32>
  %3 = graph.relu %2 : tensor<1x3x4x4xf32>
  %4 = graph.conv %3, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x4x4xf32>, tensor<1x3x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %4 : tensor<1x1x4x4xf32>
}

// The sum is a result, too.
// CHECK-LABEL: func.func @returned_sum
// CHECK: graph.add {{.*}} -> tensor<1x3x4x4xf32>
func.func @returned_sum(%x: tensor<1x1x4x4xf32>) -> (tensor<1x1x4x4xf32>, tensor<1x3x4x4xf32>) {
  %a = graph.constant dense<[[[[1.0]]], [[[0.0]]], [[[3.0]]]]> : tensor<3x1x1x1xf32>
  %b = graph.constant dense<[[[[4.0]]], [[[0.0]]], [[[0.0]]]]> : tensor<3x1x1x1xf32>
  %v = graph.constant dense<[[[[7.0]], [[8.0]], [[9.0]]]]> : tensor<1x3x1x1xf32>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %1 = graph.conv %x, %b {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %2 = graph.add %0, %1 : (tensor<1x3x4x4xf32>, tensor<1x3x4x4xf32>) -> tensor<1x3x4x4xf32>
  %3 = graph.relu %2 : tensor<1x3x4x4xf32>
  %4 = graph.conv %3, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x4x4xf32>, tensor<1x3x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %4, %2 : tensor<1x1x4x4xf32>, tensor<1x3x4x4xf32>
}

// A difference of zeros is zero; what is taken from zero is not known.
// CHECK-LABEL: func.func @difference
// CHECK: graph.sub {{.*}} -> tensor<1x2x4x4xf32>
func.func @difference(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %a = graph.constant dense<[[[[0.0]]], [[[0.0]]], [[[3.0]]]]> : tensor<3x1x1x1xf32>
  %b = graph.constant dense<[[[[4.0]]], [[[0.0]]], [[[5.0]]]]> : tensor<3x1x1x1xf32>
  %v = graph.constant dense<[[[[7.0]], [[8.0]], [[9.0]]]]> : tensor<1x3x1x1xf32>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %1 = graph.conv %x, %b {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %2 = graph.sub %0, %1 : (tensor<1x3x4x4xf32>, tensor<1x3x4x4xf32>) -> tensor<1x3x4x4xf32>
  %3 = graph.relu %2 : tensor<1x3x4x4xf32>
  %4 = graph.conv %3, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x4x4xf32>, tensor<1x3x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %4 : tensor<1x1x4x4xf32>
}

// One factor that is zero is enough: channels 1 and 2 go, with the filters of the other factor that are none.
// CHECK-LABEL: func.func @factors
// CHECK: graph.constant dense<1.000000e+00> : tensor<1x1x1x1xf32>
// CHECK: graph.mul {{.*}} -> tensor<1x1x4x4xf32>
func.func @factors(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %a = graph.constant dense<[[[[1.0]]], [[[0.0]]], [[[3.0]]]]> : tensor<3x1x1x1xf32>
  %b = graph.constant dense<[[[[4.0]]], [[[5.0]]], [[[0.0]]]]> : tensor<3x1x1x1xf32>
  %v = graph.constant dense<[[[[7.0]], [[8.0]], [[9.0]]]]> : tensor<1x3x1x1xf32>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %1 = graph.conv %x, %b {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %2 = graph.mul %0, %1 : (tensor<1x3x4x4xf32>, tensor<1x3x4x4xf32>) -> tensor<1x3x4x4xf32>
  %3 = graph.relu %2 : tensor<1x3x4x4xf32>
  %4 = graph.conv %3, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x4x4xf32>, tensor<1x3x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %4 : tensor<1x1x4x4xf32>
}

// The larger of zero and anything is not known.
// CHECK-LABEL: func.func @larger
// CHECK: graph.maximum {{.*}} -> tensor<1x3x4x4xf32>
func.func @larger(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %a = graph.constant dense<[[[[1.0]]], [[[0.0]]], [[[3.0]]]]> : tensor<3x1x1x1xf32>
  %b = graph.constant dense<[[[[4.0]]], [[[5.0]]], [[[0.0]]]]> : tensor<3x1x1x1xf32>
  %v = graph.constant dense<[[[[7.0]], [[8.0]], [[9.0]]]]> : tensor<1x3x1x1xf32>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %1 = graph.conv %x, %b {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %2 = graph.maximum %0, %1 : (tensor<1x3x4x4xf32>, tensor<1x3x4x4xf32>) -> tensor<1x3x4x4xf32>
  %3 = graph.relu %2 : tensor<1x3x4x4xf32>
  %4 = graph.conv %3, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x4x4xf32>, tensor<1x3x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %4 : tensor<1x1x4x4xf32>
}

// Two sums one after the other tie three layers together. Channel 1 is zero in all of them, and a number below 0 is added to it
// before a relu.
// CHECK-LABEL: func.func @three_layers_and_numbers
// CHECK: graph.add {{.*}} -> tensor<1x2x4x4xf32>
// CHECK: %[[N:.*]] = graph.constant dense<{{\[\[\[}}5.000000e-01]], {{\[\[}}2.500000e-01]]]> : tensor<2x1x1xf32>
// CHECK: graph.add %{{.*}}, %[[N]] {{.*}} -> tensor<1x2x4x4xf32>
// CHECK: graph.relu
// CHECK: graph.add {{.*}} -> tensor<1x2x4x4xf32>
func.func @three_layers_and_numbers(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %a = graph.constant dense<[[[[1.0]]], [[[0.0]]], [[[3.0]]]]> : tensor<3x1x1x1xf32>
  %v = graph.constant dense<[[[[7.0]], [[8.0]], [[9.0]]]]> : tensor<1x3x1x1xf32>
  %n = graph.constant dense<[[[0.5]], [[-1.0]], [[0.25]]]> : tensor<3x1x1xf32>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %1 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %2 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %3 = graph.add %0, %1 : (tensor<1x3x4x4xf32>, tensor<1x3x4x4xf32>) -> tensor<1x3x4x4xf32>
  %4 = graph.add %3, %n : (tensor<1x3x4x4xf32>, tensor<3x1x1xf32>) -> tensor<1x3x4x4xf32>
  %5 = graph.relu %4 : tensor<1x3x4x4xf32>
  %6 = graph.add %5, %2 : (tensor<1x3x4x4xf32>, tensor<1x3x4x4xf32>) -> tensor<1x3x4x4xf32>
  %7 = graph.conv %6, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x4x4xf32>, tensor<1x3x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %7 : tensor<1x1x4x4xf32>
}

// A gate of one number for each channel goes with the channels that it scales; its own layer has no zeros.
// CHECK-LABEL: func.func @gate
// CHECK: graph.conv {{.*}} -> tensor<1x2x4x4xf32>
// CHECK: graph.reduce {{.*}} -> tensor<1x2x1x1xf32>
// CHECK: graph.conv {{.*}} : (tensor<1x2x1x1xf32>, tensor<2x2x1x1xf32>) -> tensor<1x2x1x1xf32>
// CHECK: graph.mul {{.*}} -> tensor<1x2x4x4xf32>
func.func @gate(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %a = graph.constant dense<[[[[1.0]]], [[[0.0]]], [[[3.0]]]]> : tensor<3x1x1x1xf32>
  %g = graph.constant dense<[[[[1.0]], [[2.0]], [[3.0]]], [[[4.0]], [[5.0]], [[6.0]]], [[[7.0]], [[8.0]], [[9.0]]]]> : tensor<3x3x1x1xf32>
  %v = graph.constant dense<[[[[7.0]], [[8.0]], [[9.0]]]]> : tensor<1x3x1x1xf32>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %1 = graph.reduce mean %0 {axes = array<i64: 2, 3>, keep_dimensions = true} : (tensor<1x3x4x4xf32>) -> tensor<1x3x1x1xf32>
  %2 = graph.conv %1, %g {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x1x1xf32>, tensor<3x3x1x1xf32>) -> tensor<1x3x1x1xf32>
  %3 = graph.sigmoid %2 : tensor<1x3x1x1xf32>
  %4 = graph.mul %0, %3 : (tensor<1x3x4x4xf32>, tensor<1x3x1x1xf32>) -> tensor<1x3x4x4xf32>
  %5 = graph.conv %4, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x4x4xf32>, tensor<1x3x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %5 : tensor<1x1x4x4xf32>
}

// One plane by which all channels are scaled does not tie them together.
// CHECK-LABEL: func.func @one_plane_for_all
// CHECK: graph.mul {{.*}} : (tensor<1x2x4x4xf32>, tensor<1x1x4x4xf32>) -> tensor<1x2x4x4xf32>
func.func @one_plane_for_all(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %a = graph.constant dense<[[[[1.0]]], [[[0.0]]], [[[3.0]]]]> : tensor<3x1x1x1xf32>
  %v = graph.constant dense<[[[[7.0]], [[8.0]], [[9.0]]]]> : tensor<1x3x1x1xf32>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %1 = graph.sigmoid %x : tensor<1x1x4x4xf32>
  %2 = graph.mul %0, %1 : (tensor<1x3x4x4xf32>, tensor<1x1x4x4xf32>) -> tensor<1x3x4x4xf32>
  %3 = graph.conv %2, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x4x4xf32>, tensor<1x3x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %3 : tensor<1x1x4x4xf32>
}

// Values of open shapes are left alone.
// CHECK-LABEL: func.func @open_shapes
// CHECK: graph.add {{.*}} -> tensor<?x3x4x4xf32>
func.func @open_shapes(%x: tensor<?x1x4x4xf32>) -> tensor<?x1x4x4xf32> {
  %a = graph.constant dense<[[[[1.0]]], [[[0.0]]], [[[3.0]]]]> : tensor<3x1x1x1xf32>
  %v = graph.constant dense<[[[[7.0]], [[8.0]], [[9.0]]]]> : tensor<1x3x1x1xf32>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<?x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<?x3x4x4xf32>
  %1 = graph.add %0, %0 : (tensor<?x3x4x4xf32>, tensor<?x3x4x4xf32>) -> tensor<?x3x4x4xf32>
  %2 = graph.conv %1, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<?x3x4x4xf32>, tensor<1x3x1x1xf32>) -> tensor<?x1x4x4xf32>
  return %2 : tensor<?x1x4x4xf32>
}
