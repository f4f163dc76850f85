// The weakest filters go, with what reads them: remove-empty-channels finds them, biases or not.
// RUN: coco-opt %s --pass-pipeline='builtin.module(prune-filters{part=50})' | FileCheck %s
// RUN: coco-opt %s --pass-pipeline='builtin.module(prune-filters{part=50},remove-empty-channels)' | FileCheck %s --check-prefix=SMALLER
// RUN: coco-opt %s --pass-pipeline='builtin.module(prune-filters{part=24})' | FileCheck %s --check-prefix=FEW
// RUN: not coco-opt %s --pass-pipeline='builtin.module(prune-filters{part=100})' 2>&1 | FileCheck %s --check-prefix=PART
// PART: prune-filters: the option 'part' must be from 0 to 99

// Filters 1 and 2 are the weaker ones; the sum and what leaves the network keep all of theirs.
// CHECK-LABEL: func.func @layers
// SMALLER-LABEL: func.func @layers
// FEW-LABEL: func.func @layers
func.func @layers(%x: tensor<1x1x4x4xf32>) -> tensor<1x2x4x4xf32> {
  // CHECK: dense<{{\[\[\[\[}}4.000000e+00]]], {{\[\[\[}}0.000000e+00]]], {{\[\[\[}}0.000000e+00]]], {{\[\[\[}}-3.000000e+00]]]]> : tensor<4x1x1x1xf32>
  // SMALLER: dense<{{\[\[\[\[}}4.000000e+00]]], {{\[\[\[}}-3.000000e+00]]]]> : tensor<2x1x1x1xf32>
  // FEW: dense<{{\[\[\[\[}}4.000000e+00]]], {{\[\[\[}}2.000000e+00]]], {{\[\[\[}}1.000000e+00]]], {{\[\[\[}}-3.000000e+00]]]]> : tensor<4x1x1x1xf32>
  %w0 = graph.constant dense<[[[[4.0]]], [[[2.0]]], [[[1.0]]], [[[-3.0]]]]> : tensor<4x1x1x1xf32>
  %b0 = graph.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  // SMALLER: dense<[1.000000e+00, 4.000000e+00]> : tensor<2xf32>
  %0 = graph.conv %x, %w0, %b0 {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<4x1x1x1xf32>, tensor<4xf32>) -> tensor<1x4x4x4xf32>
  // A depthwise layer between them: its filters go, too.
  // CHECK: dense<{{\[\[\[\[}}5.000000e+00]]], {{\[\[\[}}0.000000e+00]]], {{\[\[\[}}0.000000e+00]]], {{\[\[\[}}8.000000e+00]]]]> : tensor<4x1x1x1xf32>
  %w1 = graph.constant dense<[[[[5.0]]], [[[6.0]]], [[[7.0]]], [[[8.0]]]]> : tensor<4x1x1x1xf32>
  %1 = graph.conv %0, %w1, %b0 {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 4 : i64} : (tensor<1x4x4x4xf32>, tensor<4x1x1x1xf32>, tensor<4xf32>) -> tensor<1x4x4x4xf32>
  // CHECK: dense<{{\[\[\[\[}}1.000000e+00]], {{\[\[}}0.000000e+00]], {{\[\[}}0.000000e+00]], {{\[\[}}4.000000e+00]]], {{\[\[\[}}5.000000e+00]], {{\[\[}}0.000000e+00]], {{\[\[}}0.000000e+00]], {{\[\[}}8.000000e+00]]]]> : tensor<2x4x1x1xf32>
  // SMALLER: : tensor<2x2x1x1xf32>
  %w2 = graph.constant dense<[[[[1.0]], [[2.0]], [[3.0]], [[4.0]]], [[[5.0]], [[6.0]], [[7.0]], [[8.0]]]]> : tensor<2x4x1x1xf32>
  %2 = graph.conv %1, %w2 {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x4x4x4xf32>, tensor<2x4x1x1xf32>) -> tensor<1x2x4x4xf32>
  return %2 : tensor<1x2x4x4xf32>
}
