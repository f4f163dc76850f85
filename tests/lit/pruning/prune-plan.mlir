// Schemes for each kind of layer; weights stay as they are.
// RUN: coco-opt %s --pass-pipeline='builtin.module(prune-plan)' | FileCheck %s
// RUN: coco-opt %s --pass-pipeline='builtin.module(prune-plan{first=true connectivity=2 pointwise=1.5 matrix=4 balance=filter masks=27,54})' | FileCheck %s --check-prefix=ALL
// RUN: coco-opt %s --pass-pipeline='builtin.module(prune-plan{scheme=blocks block=2,1})' | FileCheck %s --check-prefix=BLOCKS
// RUN: coco-opt %s --pass-pipeline='builtin.module(prune-plan{share=2})' | FileCheck %s --check-prefix=SHARE
// RUN: not coco-opt %s --pass-pipeline='builtin.module(prune-plan{share=0})' 2>&1 | FileCheck %s --check-prefix=SHARES
// RUN: coco-opt %s --pass-pipeline='builtin.module(prune-plan,prune-plan{scheme=connectivity pointwise=1})' | FileCheck %s --check-prefix=AGAIN
// RUN: not coco-opt %s --pass-pipeline='builtin.module(prune-plan{connectivity=0.5})' 2>&1 | FileCheck %s --check-prefix=RATE
// RUN: not coco-opt %s --pass-pipeline='builtin.module(prune-plan{scheme=some})' 2>&1 | FileCheck %s --check-prefix=SCHEME
// RUN: not coco-opt %s --pass-pipeline='builtin.module(prune-plan{balance=some})' 2>&1 | FileCheck %s --check-prefix=BALANCE
// RUN: not coco-opt %s --pass-pipeline='builtin.module(prune-plan{method=some})' 2>&1 | FileCheck %s --check-prefix=METHOD
// RUN: not coco-opt %s --pass-pipeline='builtin.module(prune-plan{patterns=257})' 2>&1 | FileCheck %s --check-prefix=PATTERNS
// RUN: not coco-opt %s --pass-pipeline='builtin.module(prune-plan{entries=64})' 2>&1 | FileCheck %s --check-prefix=ENTRIES
// RUN: not coco-opt %s --pass-pipeline='builtin.module(prune-plan{span=-1})' 2>&1 | FileCheck %s --check-prefix=SPAN
// RUN: not coco-opt %s --pass-pipeline='builtin.module(prune-plan{block=3})' 2>&1 | FileCheck %s --check-prefix=BLOCK
// RUN: not coco-opt %s --pass-pipeline='builtin.module(prune-plan{masks=27,27})' 2>&1 | FileCheck %s --check-prefix=TWICE
// RUN: not coco-opt %s --pass-pipeline='builtin.module(prune-plan{masks=27,1})' 2>&1 | FileCheck %s --check-prefix=BITS
// RUN: not coco-opt %s --pass-pipeline='builtin.module(prune-plan{overrides=/nonexistent})' 2>&1 | FileCheck %s --check-prefix=FILE
// RATE: prune-plan: the option 'connectivity' must be a number of at least 1
// SCHEME: prune-plan: the option 'scheme' must be pattern, connectivity or blocks
// BALANCE: prune-plan: the option 'balance' must be none, filter or runs
// METHOD: prune-plan: the option 'method' must be frequency or coverage
// PATTERNS: prune-plan: the option 'patterns' must be from 1 to 256
// ENTRIES: prune-plan: the option 'entries' must be from 1 to 63
// SHARES: prune-plan: the option 'share' must be from 1 to 4096
// SPAN: prune-plan: the option 'span' must be a number of channels
// BLOCK: prune-plan: the option 'block' must be two extents
// TWICE: the mask 27 is given twice
// BITS: the masks must be from 1 to 511, at most 256 of them, and have one number of bits
// FILE: prune-plan: cannot read '/nonexistent'

// The natural patterns of the kernels: 27 twice, 54 once.
// CHECK: pattern.set @patterns_3x3 {kernel = array<i64: 3, 3>, masks = array<i64: 27, 54>}
// ALL: pattern.set @patterns_3x3 {kernel = array<i64: 3, 3>, masks = array<i64: 27, 54>}
// BLOCKS-NOT: pattern.set
// CHECK-LABEL: func.func @layers
// ALL-LABEL: func.func @layers
// BLOCKS-LABEL: func.func @layers
// AGAIN-LABEL: func.func @layers
func.func @layers(%x: tensor<1x1x4x4xf32>) -> tensor<1x2xf32> {
  // The first layer stays as it is unless it is asked for.
  %w0 = graph.constant dense<[[[[5.0, 4.0, 0.0], [3.0, 1.0, 0.0], [0.0, 0.0, 2.0]]], [[[5.0, 4.0, 0.0], [3.0, 1.0, 0.0], [0.0, 0.0, 2.0]]]]> : tensor<2x1x3x3xf32>
  // CHECK: graph.conv %arg0, %{{.*}} {strides = {{[^#]*}}group = 1 : i64} :
  // ALL: graph.conv %arg0, {{.*}}#prune.scheme<kind = pattern, set = @patterns_3x3, rate = 2.000000e+00 : f64, balance = filter>
  %0 = graph.conv %x, %w0 {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<2x1x3x3xf32>) -> tensor<1x2x4x4xf32>
  %1 = graph.relu %0 : tensor<1x2x4x4xf32>
  %w1 = graph.constant dense<[[[[5.0, 4.0, 0.0], [3.0, 1.0, 0.0], [0.0, 0.0, 2.0]], [[0.0, 4.0, 5.0], [0.0, 1.0, 3.0], [2.0, 0.0, 0.0]]], [[[5.0, 4.0, 0.0], [3.0, 1.0, 0.0], [0.0, 0.0, 2.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]]]> : tensor<2x2x3x3xf32>
  // CHECK: graph.conv {{.*}}#prune.scheme<kind = pattern, set = @patterns_3x3, rate = 3.600000e+00 : f64>
  // BLOCKS: graph.conv
  // BLOCKS: graph.conv {{.*}}#prune.scheme<kind = blocks, rate = 3.600000e+00 : f64, block = [2, 1]>
  // AGAIN: graph.conv
  // AGAIN: graph.conv {{.*}}#prune.scheme<kind = connectivity, rate = 3.600000e+00 : f64>
  %2 = graph.conv %1, %w1 {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<2x2x3x3xf32>) -> tensor<1x2x4x4xf32>
  // Depthwise: patterns, but every kernel stays.
  // CHECK: graph.conv {{.*}}group = 2 : i64, prune.scheme = #prune.scheme<kind = pattern, set = @patterns_3x3, rate = 1.000000e+00 : f64>
  // BLOCKS: graph.conv {{[^#]*}}group = 2 : i64} :
  // AGAIN: graph.conv {{[^#]*}}group = 2 : i64} :
  %3 = graph.conv %2, %w0 {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 2 : i64} : (tensor<1x2x4x4xf32>, tensor<2x1x3x3xf32>) -> tensor<1x2x4x4xf32>
  %w3 = graph.constant dense<[[[[1.0]], [[2.0]]], [[[3.0]], [[4.0]]]]> : tensor<2x2x1x1xf32>
  // CHECK: graph.conv {{.*}}#prune.scheme<kind = connectivity, rate = 3.600000e+00 : f64>
  // SHARE: graph.conv {{.*}}tensor<2x2x3x3xf32>
  // SHARE: graph.conv {{.*}}#prune.scheme<kind = blocks, rate = 3.600000e+00 : f64, block = [2, 1]>} : (tensor<1x2x4x4xf32>, tensor<2x2x1x1xf32>)
  // ALL: #prune.scheme<kind = connectivity, rate = 1.500000e+00 : f64, balance = filter>
  // AGAIN: graph.conv {{[^#]*}}group = 1 : i64} :
  %4 = graph.conv %3, %w3 {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<2x2x1x1xf32>) -> tensor<1x2x4x4xf32>
  %5 = graph.flatten %4 {axis = 1 : i64} : (tensor<1x2x4x4xf32>) -> tensor<1x32xf32>
  %w5 = graph.constant dense<0.5> : tensor<2x32xf32>
  // CHECK: graph.gemm {{[^#]*}}trans_b = true} :
  // ALL: graph.gemm {{.*}}#prune.scheme<kind = blocks, rate = 4.000000e+00 : f64, block = [16, 1]>
  %6 = graph.gemm %5, %w5 {alpha = 1.0 : f32, beta = 1.0 : f32, trans_a = false, trans_b = true} : (tensor<1x32xf32>, tensor<2x32xf32>) -> tensor<1x2xf32>
  return %6 : tensor<1x2xf32>
}
