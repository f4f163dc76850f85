// RUN: coco-opt %s --split-input-file --verify-diagnostics --pass-pipeline='builtin.module(prune-check)'

// A kernel outside the set.
pattern.set @squares {kernel = array<i64: 3, 3>, masks = array<i64: 27, 432>}

func.func @f(%x: tensor<1x2x3x3xf32>) -> tensor<1x1x1x1xf32> {
  %w = graph.constant dense<[[[[1.0, 0.0, 9.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 2.0, -3.0], [0.0, 4.0, 5.0]]]]> : tensor<1x2x3x3xf32>
  // expected-error@+1 {{breaks its pruning scheme: the kernel of filter 0 and channel 0 fits no pattern of the set}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, prune.scheme = #prune.scheme<kind = pattern, set = @squares, rate = 1.0 : f64>} : (tensor<1x2x3x3xf32>, tensor<1x2x3x3xf32>) -> tensor<1x1x1x1xf32>
  return %0 : tensor<1x1x1x1xf32>
}

// -----

// One kernel too many.
pattern.set @squares {kernel = array<i64: 3, 3>, masks = array<i64: 27, 432>}

func.func @f(%x: tensor<1x2x3x3xf32>) -> tensor<1x1x1x1xf32> {
  %w = graph.constant dense<[[[[1.0, 2.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 2.0, -3.0], [0.0, 4.0, 5.0]]]]> : tensor<1x2x3x3xf32>
  // expected-error@+1 {{breaks its pruning scheme: it has 2 kernels, where 1 are allowed}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, prune.scheme = #prune.scheme<kind = pattern, set = @squares, rate = 2.0 : f64>} : (tensor<1x2x3x3xf32>, tensor<1x2x3x3xf32>) -> tensor<1x1x1x1xf32>
  return %0 : tensor<1x1x1x1xf32>
}

// -----

// As many as allowed, but not in each filter.
func.func @f(%x: tensor<1x2x3x3xf32>) -> tensor<1x2x3x3xf32> {
  %w = graph.constant dense<[[[[0.0]], [[0.0]]], [[[1.0]], [[2.0]]]]> : tensor<2x2x1x1xf32>
  // expected-error@+1 {{breaks its pruning scheme: filter 1 has 2 kernels, where 1 are allowed}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, prune.scheme = #prune.scheme<kind = connectivity, rate = 2.0 : f64, balance = filter>} : (tensor<1x2x3x3xf32>, tensor<2x2x1x1xf32>) -> tensor<1x2x3x3xf32>
  return %0 : tensor<1x2x3x3xf32>
}

// -----

// Two kernels of one pattern and none of the other.
pattern.set @squares {kernel = array<i64: 3, 3>, masks = array<i64: 27, 432>}

func.func @f(%x: tensor<1x2x3x3xf32>) -> tensor<1x1x1x1xf32> {
  %w = graph.constant dense<[[[[1.0, 2.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [3.0, 0.0, 0.0], [0.0, 0.0, 0.0]]]]> : tensor<1x2x3x3xf32>
  // expected-error@+1 {{breaks its pruning scheme: of the 2 kernels of filter 0 from channel 0 on, 1 have a place in runs of equal length}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, prune.scheme = #prune.scheme<kind = pattern, set = @squares, rate = 1.0 : f64, balance = runs>} : (tensor<1x2x3x3xf32>, tensor<1x2x3x3xf32>) -> tensor<1x1x1x1xf32>
  return %0 : tensor<1x1x1x1xf32>
}

// -----

// A position of a block too many.
func.func @f(%x: tensor<1x2x3x3xf32>) -> tensor<1x2x3x3xf32> {
  %w = graph.constant dense<[[[[0.0]], [[1.0]]], [[[1.0]], [[0.0]]]]> : tensor<2x2x1x1xf32>
  // expected-error@+1 {{breaks its pruning scheme: its blocks have 2 positions, where 1 are allowed}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, prune.scheme = #prune.scheme<kind = blocks, rate = 2.0 : f64, block = [2, 1]>} : (tensor<1x2x3x3xf32>, tensor<2x2x1x1xf32>) -> tensor<1x2x3x3xf32>
  return %0 : tensor<1x2x3x3xf32>
}

// -----

// No such set.
func.func @f(%x: tensor<1x2x3x3xf32>) -> tensor<1x1x1x1xf32> {
  %w = graph.constant dense<[[[[1.0, 2.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 2.0, -3.0], [0.0, 4.0, 5.0]]]]> : tensor<1x2x3x3xf32>
  // expected-error@+1 {{has a pruning scheme that names 'squares', which is no 'pattern.set'}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, prune.scheme = #prune.scheme<kind = pattern, set = @squares, rate = 1.0 : f64>} : (tensor<1x2x3x3xf32>, tensor<1x2x3x3xf32>) -> tensor<1x1x1x1xf32>
  return %0 : tensor<1x1x1x1xf32>
}

// -----

// A set of other kernels.
pattern.set @squares {kernel = array<i64: 3, 3>, masks = array<i64: 27, 432>}

func.func @f(%x: tensor<1x2x3x3xf32>) -> tensor<1x1x3x3xf32> {
  %w = graph.constant dense<[[[[0.0]], [[1.0]]]]> : tensor<1x2x1x1xf32>
  // expected-error@+1 {{has kernels of 1x1, but the set 'squares' of its pruning scheme has others}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, prune.scheme = #prune.scheme<kind = pattern, set = @squares, rate = 1.0 : f64>} : (tensor<1x2x3x3xf32>, tensor<1x2x1x1xf32>) -> tensor<1x1x3x3xf32>
  return %0 : tensor<1x1x3x3xf32>
}

// -----

// Weights that are no constant.
func.func @f(%x: tensor<1x2x3x3xf32>, %w: tensor<1x2x1x1xf32>) -> tensor<1x1x3x3xf32> {
  // expected-error@+1 {{has a pruning scheme, but its weights are not constant}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, prune.scheme = #prune.scheme<kind = connectivity, rate = 2.0 : f64>} : (tensor<1x2x3x3xf32>, tensor<1x2x1x1xf32>) -> tensor<1x1x3x3xf32>
  return %0 : tensor<1x1x3x3xf32>
}

// -----

// No layer.
func.func @f(%x: tensor<1x2x3x3xf32>) -> tensor<1x2x3x3xf32> {
  // expected-error@+1 {{has a pruning scheme, but no weights that can be pruned}}
  %0 = graph.relu %x {prune.scheme = #prune.scheme<kind = connectivity, rate = 2.0 : f64>} : tensor<1x2x3x3xf32>
  return %0 : tensor<1x2x3x3xf32>
}

// -----

// All of these obey.
pattern.set @squares {kernel = array<i64: 3, 3>, masks = array<i64: 27, 432>}

func.func @f(%x: tensor<1x2x3x3xf32>) -> tensor<1x1x1x1xf32> {
  %w = graph.constant dense<[[[[1.0, 2.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 2.0, -3.0], [0.0, 4.0, 5.0]]]]> : tensor<1x2x3x3xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, prune.scheme = #prune.scheme<kind = pattern, set = @squares, rate = 1.0 : f64, balance = runs>} : (tensor<1x2x3x3xf32>, tensor<1x2x3x3xf32>) -> tensor<1x1x1x1xf32>
  return %0 : tensor<1x1x1x1xf32>
}

// -----

// More positions than a mask has room for.
func.func @f(%x: tensor<1x1x8x8xf32>) -> tensor<1x1x1x1xf32> {
  %w = graph.constant dense<1.0> : tensor<1x1x8x8xf32>
  // expected-error@+1 {{has a pruning scheme, but its kernels have more than 63 positions}}
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, prune.scheme = #prune.scheme<kind = connectivity, rate = 2.0 : f64>} : (tensor<1x1x8x8xf32>, tensor<1x1x8x8xf32>) -> tensor<1x1x1x1xf32>
  return %0 : tensor<1x1x1x1xf32>
}
