// Weights of zeros have no patterns to choose from; a set that is given does without.
// RUN: not coco-opt %s --pass-pipeline='builtin.module(prune-plan{first=true})' 2>&1 | FileCheck %s --check-prefix=ZEROS
// RUN: coco-opt %s --pass-pipeline='builtin.module(prune-plan{first=true masks=27,54})' | FileCheck %s
// ZEROS: has weights that are all zero, so there are no patterns to choose
// CHECK: pattern.set @patterns_3x3
func.func @zeros(%x: tensor<1x1x3x3xf32>) -> tensor<1x1x1x1xf32> {
  %w = graph.constant dense<0.0> : tensor<1x1x3x3xf32>
  // CHECK: graph.conv {{.*}}#prune.scheme<kind = pattern, set = @patterns_3x3
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x3x3xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x1x1xf32>
  return %0 : tensor<1x1x1x1xf32>
}
