// Zeros where the schemes say; what is kept stays as it is.
// RUN: coco-opt %s --pass-pipeline='builtin.module(prune-project)' | FileCheck %s
// RUN: coco-opt %s --pass-pipeline='builtin.module(prune-project{two-steps=true})' | FileCheck %s --check-prefix=STEPS
// RUN: coco-opt %s --pass-pipeline='builtin.module(prune-project,prune-check)' -o /dev/null

pattern.set @squares {kernel = array<i64: 3, 3>, masks = array<i64: 27, 432>}

// One of two kernels: the one that keeps more under its pattern, not the one that has more.
// CHECK-LABEL: func.func @patterns
// CHECK{LITERAL}: dense<[[[[0.000000e+00, 0.000000e+00, 0.000000e+00], [0.000000e+00, 0.000000e+00, 0.000000e+00], [0.000000e+00, 0.000000e+00, 0.000000e+00]], [[0.000000e+00, 0.000000e+00, 0.000000e+00], [0.000000e+00, 2.000000e+00, -3.000000e+00], [0.000000e+00, 4.000000e+00, 5.000000e+00]]]]>
// STEPS{LITERAL}: dense<[[[[1.000000e+00, 0.000000e+00, 0.000000e+00], [0.000000e+00, 0.000000e+00, 0.000000e+00], [0.000000e+00, 0.000000e+00, 0.000000e+00]], [[0.000000e+00, 0.000000e+00, 0.000000e+00], [0.000000e+00, 0.000000e+00, 0.000000e+00], [0.000000e+00, 0.000000e+00, 0.000000e+00]]]]>
func.func @patterns(%x: tensor<1x2x3x3xf32>) -> tensor<1x1x1x1xf32> {
  %w = graph.constant dense<[[[[1.0, 0.0, 9.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[1.0, 1.0, 0.0], [1.0, 2.0, -3.0], [0.0, 4.0, 5.0]]]]> : tensor<1x2x3x3xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, prune.scheme = #prune.scheme<kind = pattern, set = @squares, rate = 2.0 : f64>} : (tensor<1x2x3x3xf32>, tensor<1x2x3x3xf32>) -> tensor<1x1x1x1xf32>
  return %0 : tensor<1x1x1x1xf32>
}

// A constant that another operation uses stays for it. Inside a group, the constant outside is replaced.
// CHECK-LABEL: func.func @used_twice
// CHECK{LITERAL}: dense<[[[[0.000000e+00]], [[2.000000e+00]]]]>
// CHECK{LITERAL}: dense<[[[[1.000000e+00]], [[2.000000e+00]]]]>
// CHECK: return
func.func @used_twice(%x: tensor<1x2x3x3xf32>) -> (tensor<1x1x3x3xf32>, tensor<1x2x1x1xf32>) {
  %w = graph.constant dense<[[[[1.0]], [[2.0]]]]> : tensor<1x2x1x1xf32>
  %1 = "graph.fused"(%x, %w) ({
  ^bb0(%a: tensor<1x2x3x3xf32>, %b: tensor<1x2x1x1xf32>):
    %2 = graph.conv %a, %b {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, prune.scheme = #prune.scheme<kind = connectivity, rate = 2.0 : f64>} : (tensor<1x2x3x3xf32>, tensor<1x2x1x1xf32>) -> tensor<1x1x3x3xf32>
    %3 = graph.relu %2 : tensor<1x1x3x3xf32>
    graph.yield %3 : tensor<1x1x3x3xf32>
  }) : (tensor<1x2x3x3xf32>, tensor<1x2x1x1xf32>) -> tensor<1x1x3x3xf32>
  return %1, %w : tensor<1x1x3x3xf32>, tensor<1x2x1x1xf32>
}

// Blocks of a matrix that is stored input by input: input 1 stays, for both outputs of the block.
// CHECK-LABEL: func.func @matrix
// CHECK{LITERAL}: dense<[[0.000000e+00, 0.000000e+00], [1.000000e+00, 4.000000e+00], [0.000000e+00, 0.000000e+00]]>
func.func @matrix(%x: tensor<1x3xf32>) -> tensor<1x2xf32> {
  %w = graph.constant dense<[[3.0, 0.5], [1.0, 4.0], [2.0, 2.0]]> : tensor<3x2xf32>
  %0 = graph.matmul %x, %w {prune.scheme = #prune.scheme<kind = blocks, rate = 3.0 : f64, block = [16, 1]>} : (tensor<1x3xf32>, tensor<3x2xf32>) -> tensor<1x2xf32>
  return %0 : tensor<1x2xf32>
}

// Half-precision weights are kept to the bit.
// CHECK-LABEL: func.func @halves
// CHECK{LITERAL}: dense<[[[[0.000000e+00]], [[9.997560e-02]]]]> : tensor<1x2x1x1xf16>
func.func @halves(%x: tensor<1x2x3x3xf16>) -> tensor<1x1x3x3xf16> {
  %w = graph.constant dense<[[[[0.05]], [[0.1]]]]> : tensor<1x2x1x1xf16>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, prune.scheme = #prune.scheme<kind = connectivity, rate = 2.0 : f64>} : (tensor<1x2x3x3xf16>, tensor<1x2x1x1xf16>) -> tensor<1x1x3x3xf16>
  return %0 : tensor<1x1x3x3xf16>
}

// Without a scheme nothing changes.
// CHECK-LABEL: func.func @no_scheme
// CHECK{LITERAL}: dense<[[[[1.000000e+00]], [[2.000000e+00]]]]>
func.func @no_scheme(%x: tensor<1x2x3x3xf32>) -> tensor<1x1x3x3xf32> {
  %w = graph.constant dense<[[[[1.0]], [[2.0]]]]> : tensor<1x2x1x1xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x3x3xf32>, tensor<1x2x1x1xf32>) -> tensor<1x1x3x3xf32>
  return %0 : tensor<1x1x3x3xf32>
}
