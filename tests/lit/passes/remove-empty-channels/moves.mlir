// RUN: coco-opt %s -remove-empty-channels -verify-each | FileCheck %s

// What resizing an image becomes, a rim of zeros, a reduction and an expansion of images.
// CHECK-LABEL: func.func @images
// CHECK: graph.gather {{.*}} -> tensor<1x2x8x4xf32>
// CHECK: graph.pad {{.*}} -> tensor<1x2x9x4xf32>
// CHECK: graph.reduce {{.*}} -> tensor<1x2x1x4xf32>
// CHECK: %[[SHAPE:.*]] = graph.constant dense<[1, 2, 3, 4]> : tensor<4xi64>
// CHECK: graph.expand %{{.*}}, %[[SHAPE]]
// CHECK: graph.transpose {{.*}} -> tensor<1x2x4x3xf32>
// CHECK: graph.conv {{.*}} : (tensor<1x2x4x3xf32>, tensor<1x2x1x1xf32>)
func.func @images(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x3xf32> {
  %a = graph.constant dense<[[[[1.0]]], [[[0.0]]], [[[3.0]]]]> : tensor<3x1x1x1xf32>
  %v = graph.constant dense<[[[[7.0]], [[8.0]], [[9.0]]]]> : tensor<1x3x1x1xf32>
  %i = graph.constant dense<[0, 0, 1, 1, 2, 2, 3, 3]> : tensor<8xi64>
  %p = graph.constant dense<[0, 0, 1, 0, 0, 0, 0, 0]> : tensor<8xi64>
  %e = graph.constant dense<[1, 3, 3, 1]> : tensor<4xi64>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %1 = graph.gather %0, %i {axis = 2 : i64} : (tensor<1x3x4x4xf32>, tensor<8xi64>) -> tensor<1x3x8x4xf32>
  %2 = graph.pad constant %1, %p : (tensor<1x3x8x4xf32>, tensor<8xi64>) -> tensor<1x3x9x4xf32>
  %3 = graph.reduce max %2 {axes = array<i64: 2>, keep_dimensions = true} : (tensor<1x3x9x4xf32>) -> tensor<1x3x1x4xf32>
  %4 = graph.expand %3, %e : (tensor<1x3x1x4xf32>, tensor<4xi64>) -> tensor<1x3x3x4xf32>
  %5 = graph.transpose %4 {permutation = array<i64: 0, 1, 3, 2>} : (tensor<1x3x3x4xf32>) -> tensor<1x3x4x3xf32>
  %6 = graph.conv %5, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x4x3xf32>, tensor<1x3x1x1xf32>) -> tensor<1x1x4x3xf32>
  return %6 : tensor<1x1x4x3xf32>
}

// A rim of ones makes numbers of zeros, and a maximum over channels reads all of them.
// CHECK-LABEL: func.func @images_that_stay
// CHECK: graph.pad {{.*}} -> tensor<1x3x5x4xf32>
// CHECK: graph.reduce {{.*}} : (tensor<1x3x4x4xf32>) -> tensor<1x1x4x4xf32>
func.func @images_that_stay(%x: tensor<1x1x4x4xf32>) -> (tensor<1x1x5x4xf32>, tensor<1x1x4x4xf32>) {
  %a = graph.constant dense<[[[[1.0]]], [[[0.0]]], [[[3.0]]]]> : tensor<3x1x1x1xf32>
  %v = graph.constant dense<[[[[7.0]], [[8.0]], [[9.0]]]]> : tensor<1x3x1x1xf32>
  %p = graph.constant dense<[0, 0, 1, 0, 0, 0, 0, 0]> : tensor<8xi64>
  %one = graph.constant dense<1.0> : tensor<f32>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %1 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<3x1x1x1xf32>) -> tensor<1x3x4x4xf32>
  %2 = graph.pad constant %0, %p, %one : (tensor<1x3x4x4xf32>, tensor<8xi64>, tensor<f32>) -> tensor<1x3x5x4xf32>
  %3 = graph.conv %2, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x5x4xf32>, tensor<1x3x1x1xf32>) -> tensor<1x1x5x4xf32>
  %4 = graph.reduce max %1 {axes = array<i64: 1>, keep_dimensions = true} : (tensor<1x3x4x4xf32>) -> tensor<1x1x4x4xf32>
  return %3, %4 : tensor<1x1x5x4xf32>, tensor<1x1x4x4xf32>
}

// The phases of a transposed convolution, two filters for each channel: channel 1 is zero in both, channel 2 in one.
// CHECK-LABEL: func.func @phases
// CHECK: graph.conv {{.*}} -> tensor<1x4x4x4xf32>
// CHECK: %[[APART:.*]] = graph.constant dense<[1, 2, 2, 4, 4]> : tensor<5xi64>
// CHECK: graph.reshape %{{.*}}, %[[APART]] {{.*}} -> tensor<1x2x2x4x4xf32>
// CHECK: graph.transpose {{.*}} -> tensor<1x2x4x2x4xf32>
// CHECK: %[[JOINED:.*]] = graph.constant dense<[1, 2, 8, 4]> : tensor<4xi64>
// CHECK: graph.reshape %{{.*}}, %[[JOINED]] {{.*}} -> tensor<1x2x8x4xf32>
// CHECK: graph.conv {{.*}} : (tensor<1x2x8x4xf32>, tensor<1x2x1x1xf32>)
func.func @phases(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x8x4xf32> {
  %a = graph.constant dense<[[[[1.0]]], [[[2.0]]], [[[0.0]]], [[[0.0]]], [[[0.0]]], [[[6.0]]]]> : tensor<6x1x1x1xf32>
  %v = graph.constant dense<[[[[7.0]], [[8.0]], [[9.0]]]]> : tensor<1x3x1x1xf32>
  %apart = graph.constant dense<[1, 3, 2, 4, 4]> : tensor<5xi64>
  %joined = graph.constant dense<[0, 3, -1, 4]> : tensor<4xi64>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<6x1x1x1xf32>) -> tensor<1x6x4x4xf32>
  %1 = graph.reshape %0, %apart {allow_zero = true} : (tensor<1x6x4x4xf32>, tensor<5xi64>) -> tensor<1x3x2x4x4xf32>
  %2 = graph.transpose %1 {permutation = array<i64: 0, 1, 3, 2, 4>} : (tensor<1x3x2x4x4xf32>) -> tensor<1x3x4x2x4xf32>
  %3 = graph.reshape %2, %joined {allow_zero = false} : (tensor<1x3x4x2x4xf32>, tensor<4xi64>) -> tensor<1x3x8x4xf32>
  %4 = graph.conv %3, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x8x4xf32>, tensor<1x3x1x1xf32>) -> tensor<1x1x8x4xf32>
  return %4 : tensor<1x1x8x4xf32>
}

// Channels that are put between each other are not followed.
// CHECK-LABEL: func.func @shuffle
// CHECK: graph.conv {{.*}} -> tensor<1x6x4x4xf32>
func.func @shuffle(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %a = graph.constant dense<[[[[1.0]]], [[[2.0]]], [[[0.0]]], [[[0.0]]], [[[0.0]]], [[[6.0]]]]> : tensor<6x1x1x1xf32>
  %v = graph.constant dense<[[[[7.0]], [[8.0]], [[9.0]], [[1.0]], [[2.0]], [[3.0]]]]> : tensor<1x6x1x1xf32>
  %apart = graph.constant dense<[1, 3, 2, 4, 4]> : tensor<5xi64>
  %joined = graph.constant dense<[1, 6, 4, 4]> : tensor<4xi64>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<6x1x1x1xf32>) -> tensor<1x6x4x4xf32>
  %1 = graph.reshape %0, %apart {allow_zero = true} : (tensor<1x6x4x4xf32>, tensor<5xi64>) -> tensor<1x3x2x4x4xf32>
  %2 = graph.transpose %1 {permutation = array<i64: 0, 2, 1, 3, 4>} : (tensor<1x3x2x4x4xf32>) -> tensor<1x2x3x4x4xf32>
  %3 = graph.reshape %2, %joined {allow_zero = true} : (tensor<1x2x3x4x4xf32>, tensor<4xi64>) -> tensor<1x6x4x4xf32>
  %4 = graph.conv %3, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x6x4x4xf32>, tensor<1x6x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %4 : tensor<1x1x4x4xf32>
}

// Of two groups of two filters the second is zero as a whole, and its inputs go with it; the filter that is zero in the first goes
// afterwards, when that is a convolution of one group.
// CHECK-LABEL: func.func @groups
// CHECK: graph.conv {{.*}} -> tensor<1x2x4x4xf32>
// CHECK: graph.conv {{.*}}group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<1x2x1x1xf32>) -> tensor<1x1x4x4xf32>
func.func @groups(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %a = graph.constant dense<[[[[1.0]]], [[[2.0]]], [[[3.0]]], [[[4.0]]]]> : tensor<4x1x1x1xf32>
  %w = graph.constant dense<[[[[1.0]], [[2.0]]], [[[0.0]], [[0.0]]], [[[0.0]], [[0.0]]], [[[0.0]], [[0.0]]]]> : tensor<4x2x1x1xf32>
  %v = graph.constant dense<[[[[7.0]], [[8.0]], [[9.0]], [[1.0]]]]> : tensor<1x4x1x1xf32>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<4x1x1x1xf32>) -> tensor<1x4x4x4xf32>
  %1 = graph.conv %0, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 2 : i64} : (tensor<1x4x4x4xf32>, tensor<4x2x1x1xf32>) -> tensor<1x4x4x4xf32>
  %2 = graph.conv %1, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x4x4x4xf32>, tensor<1x4x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %2 : tensor<1x1x4x4xf32>
}

// Each group has a filter that is not zero.
// CHECK-LABEL: func.func @groups_that_stay
// CHECK: graph.conv {{.*}}group = 2 : i64} : (tensor<1x4x4x4xf32>, tensor<4x2x1x1xf32>) -> tensor<1x4x4x4xf32>
func.func @groups_that_stay(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %a = graph.constant dense<[[[[1.0]]], [[[2.0]]], [[[3.0]]], [[[4.0]]]]> : tensor<4x1x1x1xf32>
  %w = graph.constant dense<[[[[1.0]], [[2.0]]], [[[0.0]], [[0.0]]], [[[3.0]], [[0.0]]], [[[0.0]], [[0.0]]]]> : tensor<4x2x1x1xf32>
  %v = graph.constant dense<[[[[7.0]], [[8.0]], [[9.0]], [[1.0]]]]> : tensor<1x4x1x1xf32>
  %0 = graph.conv %x, %a {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<4x1x1x1xf32>) -> tensor<1x4x4x4xf32>
  %1 = graph.conv %0, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 2 : i64} : (tensor<1x4x4x4xf32>, tensor<4x2x1x1xf32>) -> tensor<1x4x4x4xf32>
  %2 = graph.conv %1, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x4x4x4xf32>, tensor<1x4x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %2 : tensor<1x1x4x4xf32>
}

// Filters that keep the same inputs two by two stay together, since there is code for such: of the second two one is not read, of the
// third none is.
// CHECK-LABEL: func.func @filters_that_share_inputs
// CHECK: graph.conv {{.*}} : (tensor<1x2x4x4xf32>, tensor<4x2x1x1xf32>) -> tensor<1x4x4x4xf32>
func.func @filters_that_share_inputs(%x: tensor<1x2x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %w = graph.constant dense<[[[[1.0]], [[0.0]]], [[[2.0]], [[0.0]]], [[[0.0]], [[3.0]]], [[[0.0]], [[4.0]]], [[[5.0]], [[0.0]]], [[[6.0]], [[0.0]]]]> : tensor<6x2x1x1xf32>
  %v = graph.constant dense<[[[[7.0]], [[8.0]], [[9.0]], [[0.0]], [[0.0]], [[0.0]]]]> : tensor<1x6x1x1xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<6x2x1x1xf32>) -> tensor<1x6x4x4xf32>
  %1 = graph.conv %0, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x6x4x4xf32>, tensor<1x6x1x1xf32>) -> tensor<1x1x4x4xf32>
  return %1 : tensor<1x1x4x4xf32>
}
