// RUN: coco-opt %s | coco-opt | FileCheck %s
// RUN: coco-opt %s -mlir-print-op-generic | mlir-opt-19 --allow-unregistered-dialect | coco-opt | FileCheck %s

pattern.set @square {kernel = array<i64: 3, 3>, masks = array<i64: 27>}

// CHECK-LABEL: func.func @schemes
func.func @schemes(%x: tensor<1x1x3x3xf32>) {
  %w = graph.constant dense<1.0> : tensor<1x1x3x3xf32>
  // CHECK: prune.scheme = #prune.scheme<kind = pattern, set = @square, rate = 3.600000e+00 : f64>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, prune.scheme = #prune.scheme<kind = pattern, set = @square, rate = 3.6 : f64>} : (tensor<1x1x3x3xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x1x1xf32>
  // CHECK: prune.scheme = #prune.scheme<kind = pattern, set = @square, rate = 1.000000e+00 : f64, balance = runs, span = 16>
  %1 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, prune.scheme = #prune.scheme<kind = pattern, set = @square, rate = 1.0 : f64, balance = runs, span = 16>} : (tensor<1x1x3x3xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x1x1xf32>
  // CHECK: prune.scheme = #prune.scheme<kind = connectivity, rate = 2.000000e+00 : f64, balance = filter>
  %2 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, prune.scheme = #prune.scheme<kind = connectivity, rate = 2.0 : f64, balance = filter>} : (tensor<1x1x3x3xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x1x1xf32>
  // CHECK: prune.scheme = #prune.scheme<kind = blocks, rate = 2.000000e+00 : f64, block = [16, 4]>
  %3 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, prune.scheme = #prune.scheme<kind = blocks, rate = 2.0 : f64, block = [16, 4]>} : (tensor<1x1x3x3xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x1x1xf32>
  return
}
