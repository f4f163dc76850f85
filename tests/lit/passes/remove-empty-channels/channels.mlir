// RUN: coco-opt %s -remove-empty-channels -verify-each | FileCheck %s

// Filter 1 is zero and its bias below 0, so that nothing is left of it behind the relu. Nothing reads channel 2.
// CHECK-LABEL: func.func @zeros_and_channels_that_nothing_reads
// CHECK-DAG: %[[W:.*]] = graph.constant dense<{{\[\[\[\[}}1.000000e+00]]], {{\[\[\[}}4.000000e+00]]]]> : tensor<2x1x1x1xf32>
// CHECK-DAG: %[[B:.*]] = graph.constant dense<[1.000000e+00, 4.000000e+00]> : tensor<2xf32>
// CHECK: %[[X:.*]] = graph.conv %arg0, %[[W]], %[[B]] {{.*}} -> tensor<1x2x4x4xf32>
// CHECK-NEXT: %[[Y:.*]] = graph.relu %[[X]] : tensor<1x2x4x4xf32>
// CHECK-NEXT: %[[V:.*]] = graph.constant dense<{{\[\[\[\[}}5.000000e+00]], {{\[\[}}8.000000e+00]]], {{\[\[\[}}9.000000e+00]], {{\[\[}}1.200000e+01]]]]> : tensor<2x2x1x1xf32>
// CHECK-NEXT: graph.conv %[[Y]], %[[V]] {{.*}} : (tensor<1x2x4x4xf32>, tensor<2x2x1x1xf32>) -> tensor<1x2x4x4xf32>
func.func @zeros_and_channels_that_nothing_reads(%x: tensor<1x1x4x4xf32>) -> tensor<1x2x4x4xf32> {
  %w = graph.constant dense<[[[[1.0]]], [[[0.0]]], [[[3.0]]], [[[4.0]]]]> : tensor<4x1x1x1xf32>
  %b = graph.constant dense<[1.0, -2.0, 3.0, 4.0]> : tensor<4xf32>
  %0 = graph.conv %x, %w, %b {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<4x1x1x1xf32>, tensor<4xf32>) -> tensor<1x4x4x4xf32>
  %1 = graph.relu %0 : tensor<1x4x4x4xf32>
  %v = graph.constant dense<[[[[5.0]], [[6.0]], [[0.0]], [[8.0]]], [[[9.0]], [[10.0]], [[0.0]], [[12.0]]]]> : tensor<2x4x1x1xf32>
  %2 = graph.conv %1, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x4x4x4xf32>, tensor<2x4x1x1xf32>) -> tensor<1x2x4x4xf32>
  return %2 : tensor<1x2x4x4xf32>
}

// The last layer reads channel 0 alone; so the middle one needs filter 0 alone, and that reads channel 1 alone.
// CHECK-LABEL: func.func @one_removal_frees_another
// CHECK: graph.conv {{.*}} : (tensor<1x1x4x4xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x4x4xf32>
// CHECK: graph.conv {{.*}} : (tensor<1x1x4x4xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x4x4xf32>
// CHECK: graph.conv {{.*}} : (tensor<1x1x4x4xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x4x4xf32>
func.func @one_removal_frees_another(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %a = graph.constant dense<[[[[1.0]]], [[[2.0]]]]> : tensor<2x1x1x1xf32>
  %b = graph.constant dense<[[[[0.0]], [[3.0]]], [[[4.0]], [[5.0]]]]> : tensor<2x2x1x1xf32>
  %c = graph.constant dense<[[[[6.0]], [[0.0]]]]> : tensor<1x2x1x1xf32>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<2x1x1x1xf32>) -> tensor<1x2x4x4xf32>
  %1 = graph.conv %0, %b {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<2x2x1x1xf32>) -> tensor<1x2x4x4xf32>
  %2 = graph.conv %1, %c {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<1x2x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %2 : tensor<1x1x4x4xf32>
}

// Through numbers of each channel, a depthwise convolution, a pool and a flatten into a matrix product, whose rows go four at a time.
// CHECK-LABEL: func.func @through_everything_that_keeps_channels_apart
// CHECK: %[[SCALE:.*]] = graph.constant dense<2.000000e+00> : tensor<1x1x1xf32>
// CHECK-NEXT: graph.mul %{{.*}}, %[[SCALE]] : (tensor<1x1x4x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x4x4xf32>
// CHECK-NEXT: %[[DEEP:.*]] = graph.constant dense<2.000000e+00> : tensor<1x1x3x3xf32>
// CHECK-NEXT: graph.conv %{{.*}}, %[[DEEP]] {{.*}}group = 1 : i64
// CHECK-NEXT: graph.max_pool {{.*}} -> tensor<1x1x2x2xf32>
// CHECK-NEXT: graph.flatten {{.*}} -> tensor<1x4xf32>
// CHECK-NEXT: %[[GEMM:.*]] = graph.constant dense<1.000000e+00> : tensor<4x3xf32>
// CHECK-NEXT: graph.gemm %{{.*}}, %[[GEMM]] {{.*}} : (tensor<1x4xf32>, tensor<4x3xf32>) -> tensor<1x3xf32>
func.func @through_everything_that_keeps_channels_apart(%x: tensor<1x1x4x4xf32>) -> tensor<1x3xf32> {
  %w = graph.constant dense<[[[[1.0]]], [[[2.0]]]]> : tensor<2x1x1x1xf32>
  %s = graph.constant dense<[[[1.0]], [[2.0]]]> : tensor<2x1x1xf32>
  %d = graph.constant dense<2.0> : tensor<2x1x3x3xf32>
  %g = graph.constant dense<[[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]> : tensor<8x3xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<2x1x1x1xf32>) -> tensor<1x2x4x4xf32>
  %1 = graph.mul %0, %s : (tensor<1x2x4x4xf32>, tensor<2x1x1xf32>) -> tensor<1x2x4x4xf32>
  %2 = graph.conv %1, %d {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 2 : i64} : (tensor<1x2x4x4xf32>, tensor<2x1x3x3xf32>) -> tensor<1x2x4x4xf32>
  %3 = graph.max_pool %2 {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, ceil_mode = false} : (tensor<1x2x4x4xf32>) -> tensor<1x2x2x2xf32>
  %4 = graph.flatten %3 {axis = 1 : i64} : (tensor<1x2x2x2xf32>) -> tensor<1x8xf32>
  %5 = graph.gemm %4, %g {alpha = 1.0 : f32, beta = 1.0 : f32, trans_a = false, trans_b = false} : (tensor<1x8xf32>, tensor<8x3xf32>) -> tensor<1x3xf32>
  return %5 : tensor<1x3xf32>
}

// A bias above 0 is no zero; a sum with the argument and a result keep their channels.
// CHECK-LABEL: func.func @what_must_stay
// CHECK: graph.conv {{.*}} -> tensor<1x2x4x4xf32>
// CHECK: graph.conv {{.*}} -> tensor<1x2x4x4xf32>
// CHECK: graph.conv {{.*}} -> tensor<1x2x4x4xf32>
func.func @what_must_stay(%x: tensor<1x2x4x4xf32>) -> tensor<1x2x4x4xf32> {
  %w = graph.constant dense<[[[[1.0]], [[2.0]]], [[[0.0]], [[0.0]]]]> : tensor<2x2x1x1xf32>
  %v = graph.constant dense<[[[[1.0]], [[2.0]]], [[[3.0]], [[4.0]]]]> : tensor<2x2x1x1xf32>
  %b = graph.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %0 = graph.conv %x, %w, %b {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<2x2x1x1xf32>, tensor<2xf32>) -> tensor<1x2x4x4xf32>
  %1 = graph.relu %0 : tensor<1x2x4x4xf32>
  %2 = graph.conv %1, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<2x2x1x1xf32>) -> tensor<1x2x4x4xf32>
  %3 = graph.add %2, %x : (tensor<1x2x4x4xf32>, tensor<1x2x4x4xf32>) -> tensor<1x2x4x4xf32>
  %4 = graph.conv %3, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<2x2x1x1xf32>) -> tensor<1x2x4x4xf32>
  return %4 : tensor<1x2x4x4xf32>
}

// A slope below 0 makes of the bias below 0 a number above it: the relu behind takes nothing away.
// CHECK-LABEL: func.func @slope_below_zero
// CHECK: graph.conv {{.*}} -> tensor<1x2x4x4xf32>
// CHECK: graph.leaky_relu {{.*}} : tensor<1x2x4x4xf32>
func.func @slope_below_zero(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %w = graph.constant dense<[[[[1.0]]], [[[0.0]]]]> : tensor<2x1x1x1xf32>
  %b = graph.constant dense<[1.0, -2.0]> : tensor<2xf32>
  %0 = graph.conv %x, %w, %b {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<2x1x1x1xf32>, tensor<2xf32>) -> tensor<1x2x4x4xf32>
  %1 = graph.leaky_relu %0 {alpha = -1.0 : f32} : tensor<1x2x4x4xf32>
  %2 = graph.relu %1 : tensor<1x2x4x4xf32>
  %v = graph.constant dense<[[[[5.0]], [[6.0]]]]> : tensor<1x2x1x1xf32>
  %3 = graph.conv %2, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<1x2x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %3 : tensor<1x1x4x4xf32>
}

// Kernel 1 of the depthwise convolution is zero: what its channel held before does not matter, and -1 does not pass the clip. Kernel 2
// is not zero, but its input is; its bias of 0 leaves nothing either. Channel 0 has a bias over 0 behind its empty kernel.
// CHECK-LABEL: func.func @empty_kernels_of_a_depthwise_convolution
// CHECK-DAG: %[[D:.*]] = graph.constant dense<{{\[\[\[\[}}0.000000e+00, 0.000000e+00]]], {{\[\[\[}}7.000000e+00, 8.000000e+00]]]]> : tensor<2x1x1x2xf32>
// CHECK-DAG: %[[E:.*]] = graph.constant dense<[1.000000e+00, -2.000000e+00]> : tensor<2xf32>
// CHECK: graph.conv %{{.*}}, %[[D]], %[[E]] {{.*}}group = 2 : i64} : (tensor<1x2x4x4xf32>, tensor<2x1x1x2xf32>, tensor<2xf32>) -> tensor<1x2x4x3xf32>
// CHECK-NEXT: graph.clip
// CHECK: graph.conv {{.*}} : (tensor<1x2x4x3xf32>, tensor<1x2x1x1xf32>) -> tensor<1x1x4x3xf32>
func.func @empty_kernels_of_a_depthwise_convolution(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x3xf32> {
  %w = graph.constant dense<[[[[1.0]]], [[[2.0]]], [[[0.0]]], [[[4.0]]]]> : tensor<4x1x1x1xf32>
  %d = graph.constant dense<[[[[0.0, 0.0]]], [[[0.0, 0.0]]], [[[5.0, 6.0]]], [[[7.0, 8.0]]]]> : tensor<4x1x1x2xf32>
  %e = graph.constant dense<[1.0, -1.0, 0.0, -2.0]> : tensor<4xf32>
  %v = graph.constant dense<[[[[1.0]], [[2.0]], [[3.0]], [[4.0]]]]> : tensor<1x4x1x1xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<4x1x1x1xf32>) -> tensor<1x4x4x4xf32>
  %1 = graph.conv %0, %d, %e {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 4 : i64} : (tensor<1x4x4x4xf32>, tensor<4x1x1x2xf32>, tensor<4xf32>) -> tensor<1x4x4x3xf32>
  %2 = graph.clip %1 {minimum = 0.0 : f32, maximum = 6.0 : f32} : tensor<1x4x4x3xf32>
  %3 = graph.conv %2, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x4x4x3xf32>, tensor<1x4x1x1xf32>) -> tensor<1x1x4x3xf32>
  return %3 : tensor<1x1x4x3xf32>
}

// A clip that begins above 0 makes numbers of zeros.
// CHECK-LABEL: func.func @a_clip_above_zero
// CHECK: graph.conv {{.*}} -> tensor<1x2x4x4xf32>
func.func @a_clip_above_zero(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %w = graph.constant dense<[[[[1.0]]], [[[0.0]]]]> : tensor<2x1x1x1xf32>
  %v = graph.constant dense<[[[[1.0]], [[2.0]]]]> : tensor<1x2x1x1xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<2x1x1x1xf32>) -> tensor<1x2x4x4xf32>
  %1 = graph.clip %0 {minimum = 0.5 : f32, maximum = 6.0 : f32} : tensor<1x2x4x4xf32>
  %2 = graph.conv %1, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<1x2x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %2 : tensor<1x1x4x4xf32>
}
