// A layer of zeros has nothing to choose by, and is left alone beside others; a weight that is no number is a mistake.
// RUN: coco-opt %s --split-input-file --verify-diagnostics --pass-pipeline='builtin.module(prune-plan{first=true})' | FileCheck %s
// RUN: coco-opt %s --split-input-file --verify-diagnostics --pass-pipeline='builtin.module(prune-plan{first=true masks=27,54})' | FileCheck %s
// CHECK-LABEL: func.func @beside_others
func.func @beside_others(%x: tensor<1x1x3x3xf32>) -> (tensor<1x1x1x1xf32>, tensor<1x1x1x1xf32>) {
  %w = graph.constant dense<0.0> : tensor<1x1x3x3xf32>
  %v = graph.constant dense<1.0> : tensor<1x1x3x3xf32>
  // CHECK: graph.conv
  // CHECK-NOT: prune.scheme
  // CHECK: graph.conv {{.*}}#prune.scheme<kind = pattern, set = @patterns_3x3
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x3x3xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x1x1xf32>
  %1 = graph.conv %x, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x3x3xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x1x1xf32>
  return %0, %1 : tensor<1x1x1x1xf32>, tensor<1x1x1x1xf32>
}

// -----

// expected-error@+1 {{no layer of the network is to be pruned}}
module {
  func.func @alone(%x: tensor<1x1x3x3xf32>) -> tensor<1x1x1x1xf32> {
    %w = graph.constant dense<0.0> : tensor<1x1x3x3xf32>
    %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x3x3xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x1x1xf32>
    return %0 : tensor<1x1x1x1xf32>
  }
}

// -----

func.func @no_number(%x: tensor<1x1x3x3xf32>) -> tensor<1x2x1x1xf32> {
  %w = graph.constant dense<[[[[1.0, 2.0, 3.0], [1.0, 2.0, 3.0], [1.0, 2.0, 3.0]]], [[[1.0, 2.0, 3.0], [1.0, 2.0, 3.0], [1.0, 2.0, 0x7FC00000]]]]> : tensor<2x1x3x3xf32>
  // expected-error@+1 {{has a weight that is no finite number: filter 1, channel 0}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x3x3xf32>, tensor<2x1x3x3xf32>) -> tensor<1x2x1x1xf32>
  return %0 : tensor<1x2x1x1xf32>
}
