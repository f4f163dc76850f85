// RUN: coco-opt %s -remove-empty-channels | FileCheck %s

// Output 1 of the first product is zero (its bias is below 0, and a relu follows), output 2 is not read: 0 and 3 stay.
// CHECK-LABEL: func.func @gemm_after_gemm
// CHECK: %[[W:.*]] = graph.constant dense<{{\[\[}}1.000000e+00, 2.000000e+00], [7.000000e+00, 8.000000e+00]]> : tensor<2x2xf32>
// CHECK: %[[B:.*]] = graph.constant dense<[5.000000e-01, 2.500000e+00]> : tensor<2xf32>
// CHECK: %[[G:.*]] = graph.gemm %arg0, %[[W]], %[[B]]
// CHECK: %[[R:.*]] = graph.relu %[[G]] : tensor<3x2xf32>
// CHECK: %[[V:.*]] = graph.constant dense<{{\[\[}}1.000000e+00], [4.000000e+00]]> : tensor<2x1xf32>
// CHECK: graph.matmul %[[R]], %[[V]] : (tensor<3x2xf32>, tensor<2x1xf32>) -> tensor<3x1xf32>
func.func @gemm_after_gemm(%x: tensor<3x2xf32>) -> tensor<3x1xf32> {
  %w = graph.constant dense<[[1.0, 2.0], [0.0, 0.0], [5.0, 6.0], [7.0, 8.0]]> : tensor<4x2xf32>
  %b = graph.constant dense<[0.5, -1.5, 3.5, 2.5]> : tensor<4xf32>
  %v = graph.constant dense<[[1.0], [2.0], [0.0], [4.0]]> : tensor<4x1xf32>
  %0 = graph.gemm %x, %w, %b {alpha = 1.0 : f32, beta = 1.0 : f32, trans_a = false, trans_b = true} : (tensor<3x2xf32>, tensor<4x2xf32>, tensor<4xf32>) -> tensor<3x4xf32>
  %1 = graph.relu %0 : tensor<3x4xf32>
  %2 = graph.matmul %1, %v : (tensor<3x4xf32>, tensor<4x1xf32>) -> tensor<3x1xf32>
  return %2 : tensor<3x1xf32>
}

// The weight of a product that is not transposed has outputs in its columns; a bias may be a row.
// CHECK-LABEL: func.func @columns
// CHECK: graph.constant dense<{{\[\[}}1.000000e+00], [3.000000e+00]]> : tensor<2x1xf32>
// CHECK: graph.constant dense<5.000000e-01> : tensor<1x1xf32>
// CHECK: graph.gemm
// CHECK: graph.constant dense<2.000000e+00> : tensor<1x1xf32>
// CHECK: graph.gemm
func.func @columns(%x: tensor<3x2xf32>) -> tensor<3x1xf32> {
  %w = graph.constant dense<[[0.0, 1.0], [-0.0, 3.0]]> : tensor<2x2xf32>
  %b = graph.constant dense<[[0.0, 0.5]]> : tensor<1x2xf32>
  %v = graph.constant dense<[[9.0, 2.0]]> : tensor<1x2xf32>
  %0 = graph.gemm %x, %w, %b {alpha = 1.0 : f32, beta = 1.0 : f32, trans_a = false, trans_b = false} : (tensor<3x2xf32>, tensor<2x2xf32>, tensor<1x2xf32>) -> tensor<3x2xf32>
  %1 = graph.gemm %0, %v {alpha = 1.0 : f32, beta = 1.0 : f32, trans_a = false, trans_b = true} : (tensor<3x2xf32>, tensor<1x2xf32>) -> tensor<3x1xf32>
  return %1 : tensor<3x1xf32>
}

// Blocks lose the input that nobody keeps, after a flatten: channel 0 goes, whose two elements no block keeps.
// CHECK-LABEL: func.func @blocks_after_a_convolution
// CHECK: graph.constant dense<2.000000e+00> : tensor<1x1x1x1xf32>
// CHECK: graph.constant dense<[0, 1]> : tensor<2xui8>
// CHECK: graph.constant dense<1> : tensor<1xui8>
// CHECK: pattern.linear %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} {outputs = 2 : i64} : (tensor<1x2xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1x16xf32>) -> tensor<1x2xf32>
func.func @blocks_after_a_convolution(%x: tensor<1x1x1x2xf32>) -> tensor<1x2xf32> {
  %w = graph.constant dense<[[[[1.0]]], [[[2.0]]]]> : tensor<2x1x1x1xf32>
  %o = graph.constant dense<[0, 1]> : tensor<2xui8>
  %i = graph.constant dense<[3]> : tensor<1xui8>
  %p = graph.constant dense<1.0> : tensor<1x16xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x1x2xf32>, tensor<2x1x1x1xf32>) -> tensor<1x2x1x2xf32>
  %1 = graph.flatten %0 {axis = 1 : i64} : (tensor<1x2x1x2xf32>) -> tensor<1x4xf32>
  %2 = pattern.linear %1, %o, %i, %p {outputs = 2 : i64} : (tensor<1x4xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1x16xf32>) -> tensor<1x2xf32>
  return %2 : tensor<1x2xf32>
}

// And those of a channel of a block-punched convolution: positions 0 to 3 of channel 0 are kept by none.
// CHECK-LABEL: func.func @block_conv_after_a_convolution
// CHECK: graph.conv {{.*}} -> tensor<1x1x2x2xf32>
// CHECK: pattern.block_conv {{.*}} (tensor<1x1x2x2xf32>, {{.*}}) -> tensor<1x1x1x1xf32>
func.func @block_conv_after_a_convolution(%x: tensor<1x1x2x2xf32>) -> tensor<1x1x1x1xf32> {
  %w = graph.constant dense<[[[[1.0]]], [[[2.0]]]]> : tensor<2x1x1x1xf32>
  %o = graph.constant dense<[0, 2]> : tensor<2xui8>
  %i = graph.constant dense<[4, 7]> : tensor<2xui8>
  %p = graph.constant dense<1.0> : tensor<2x16xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x2x2xf32>, tensor<2x1x1x1xf32>) -> tensor<1x2x2x2xf32>
  %1 = pattern.block_conv %0, %o, %i, %p {kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, filters = 1 : i64} : (tensor<1x2x2x2xf32>, tensor<2xui8>, tensor<2xui8>, tensor<2x16xf32>) -> tensor<1x1x1x1xf32>
  return %1 : tensor<1x1x1x1xf32>
}

// What is scaled or no constant stays: its outputs cannot be told apart.
// CHECK-LABEL: func.func @products_that_stay
// CHECK-COUNT-2: (tensor<3x2xf32>, tensor<2x2xf32>
// CHECK: return
func.func @products_that_stay(%x: tensor<3x2xf32>, %c: tensor<2xf32>) -> (tensor<3x1xf32>, tensor<3x1xf32>) {
  %w = graph.constant dense<[[0.0, 1.0], [-0.0, 3.0]]> : tensor<2x2xf32>
  %b = graph.constant dense<[0.0, 0.5]> : tensor<2xf32>
  %v = graph.constant dense<[[9.0], [2.0]]> : tensor<2x1xf32>
  %0 = graph.gemm %x, %w, %b {alpha = 1.0 : f32, beta = 2.0 : f32, trans_a = false, trans_b = false} : (tensor<3x2xf32>, tensor<2x2xf32>, tensor<2xf32>) -> tensor<3x2xf32>
  %1 = graph.matmul %0, %v : (tensor<3x2xf32>, tensor<2x1xf32>) -> tensor<3x1xf32>
  %2 = graph.gemm %x, %w, %c {alpha = 1.0 : f32, beta = 1.0 : f32, trans_a = false, trans_b = false} : (tensor<3x2xf32>, tensor<2x2xf32>, tensor<2xf32>) -> tensor<3x2xf32>
  %3 = graph.matmul %2, %v : (tensor<3x2xf32>, tensor<2x1xf32>) -> tensor<3x1xf32>
  return %1, %3 : tensor<3x1xf32>, tensor<3x1xf32>
}
