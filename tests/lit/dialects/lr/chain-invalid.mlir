// RUN: coco-opt %s --split-input-file --verify-diagnostics

// A layer alone.
func.func @f(%0: tensor<1x16x8x8xf32, #lr.layout<block = 16>>, %1: tensor<2x16x1x1x16xf32>, %2: tensor<2x1x3x3x16xf32>, %3: tensor<1x32x1x1x16xf32>) -> tensor<1x32x8x8xf32, #lr.layout<block = 16>> {
  // expected-error@+1 {{needs a depthwise convolution of whole blocks, and one before it, after it, or both}}
  %4 = "lr.chain"(%0, %1, %2, %3) <{device = "cpu"}> ({
  ^bb0(%a: tensor<1x16x8x8xf32, #lr.layout<block = 16>>, %u: tensor<2x16x1x1x16xf32>, %v: tensor<2x1x3x3x16xf32>, %w: tensor<1x32x1x1x16xf32>):
    %e = "lr.conv"(%a, %u) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>) -> tensor<1x32x8x8xf32, #lr.layout<block = 16>>
    lr.yield %e : tensor<1x32x8x8xf32, #lr.layout<block = 16>>
  }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>, tensor<2x1x3x3x16xf32>, tensor<1x32x1x1x16xf32>) -> tensor<1x32x8x8xf32, #lr.layout<block = 16>>
  return %4 : tensor<1x32x8x8xf32, #lr.layout<block = 16>>
}

// -----

// A 1x1 that leaves rows out.
func.func @f(%0: tensor<1x16x8x8xf32, #lr.layout<block = 16>>, %1: tensor<2x16x1x1x16xf32>, %2: tensor<2x1x3x3x16xf32>, %3: tensor<1x32x1x1x16xf32>) -> tensor<1x16x2x2xf32, #lr.layout<block = 16>> {
  // expected-error@+1 {{has a layer that cannot stand after a depthwise convolution}}
  %4 = "lr.chain"(%0, %1, %2, %3) <{device = "cpu"}> ({
  ^bb0(%a: tensor<1x16x8x8xf32, #lr.layout<block = 16>>, %u: tensor<2x16x1x1x16xf32>, %v: tensor<2x1x3x3x16xf32>, %w: tensor<1x32x1x1x16xf32>):
    %e = "lr.conv"(%a, %u) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>) -> tensor<1x32x8x8xf32, #lr.layout<block = 16>>
    %d = "lr.conv"(%e, %v) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1], dilations = [1, 1], group = 32>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x8x8xf32, #lr.layout<block = 16>>, tensor<2x1x3x3x16xf32>) -> tensor<1x32x4x4xf32, #lr.layout<block = 16>>
    %p = "lr.conv"(%d, %w) <{device = "cpu", storage = "direct", info = #lr.window<kernel = [1, 1], strides = [2, 2], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 16 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x4x4xf32, #lr.layout<block = 16>>, tensor<1x32x1x1x16xf32>) -> tensor<1x16x2x2xf32, #lr.layout<block = 16>>
    lr.yield %p : tensor<1x16x2x2xf32, #lr.layout<block = 16>>
  }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>, tensor<2x1x3x3x16xf32>, tensor<1x32x1x1x16xf32>) -> tensor<1x16x2x2xf32, #lr.layout<block = 16>>
  return %4 : tensor<1x16x2x2xf32, #lr.layout<block = 16>>
}

// -----

// A border between layers.
func.func @f(%0: tensor<1x16x8x8xf32, #lr.layout<block = 16>>, %1: tensor<2x16x1x1x16xf32>, %2: tensor<2x1x3x3x16xf32>, %3: tensor<1x32x1x1x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>> {
  // expected-error@+1 {{has a layer that cannot stand before a depthwise convolution}}
  %4 = "lr.chain"(%0, %1, %2, %3) <{device = "cpu"}> ({
  ^bb0(%a: tensor<1x16x8x8xf32, #lr.layout<block = 16>>, %u: tensor<2x16x1x1x16xf32>, %v: tensor<2x1x3x3x16xf32>, %w: tensor<1x32x1x1x16xf32>):
    %e = "lr.conv"(%a, %u) <{device = "cpu", storage = "direct", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>) -> tensor<1x32x8x8xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>
    %d = "lr.conv"(%e, %v) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1], dilations = [1, 1], group = 32>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x8x8xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<2x1x3x3x16xf32>) -> tensor<1x32x4x4xf32, #lr.layout<block = 16>>
    %p = "lr.conv"(%d, %w) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 16 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x4x4xf32, #lr.layout<block = 16>>, tensor<1x32x1x1x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
    lr.yield %p : tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>, tensor<2x1x3x3x16xf32>, tensor<1x32x1x1x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  return %4 : tensor<1x16x4x4xf32, #lr.layout<block = 16>>
}

// -----

// The last layer is not what is yielded.
func.func @f(%0: tensor<1x16x8x8xf32, #lr.layout<block = 16>>, %1: tensor<2x16x1x1x16xf32>, %2: tensor<2x1x3x3x16xf32>, %3: tensor<1x32x1x1x16xf32>) -> tensor<1x32x4x4xf32, #lr.layout<block = 16>> {
  // expected-error@+1 {{needs a region that yields the result of its last layer}}
  %4 = "lr.chain"(%0, %1, %2, %3) <{device = "cpu"}> ({
  ^bb0(%a: tensor<1x16x8x8xf32, #lr.layout<block = 16>>, %u: tensor<2x16x1x1x16xf32>, %v: tensor<2x1x3x3x16xf32>, %w: tensor<1x32x1x1x16xf32>):
    %e = "lr.conv"(%a, %u) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>) -> tensor<1x32x8x8xf32, #lr.layout<block = 16>>
    %d = "lr.conv"(%e, %v) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1], dilations = [1, 1], group = 32>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x8x8xf32, #lr.layout<block = 16>>, tensor<2x1x3x3x16xf32>) -> tensor<1x32x4x4xf32, #lr.layout<block = 16>>
    %p = "lr.conv"(%d, %w) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 16 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x4x4xf32, #lr.layout<block = 16>>, tensor<1x32x1x1x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
    lr.yield %d : tensor<1x32x4x4xf32, #lr.layout<block = 16>>
  }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>, tensor<2x1x3x3x16xf32>, tensor<1x32x1x1x16xf32>) -> tensor<1x32x4x4xf32, #lr.layout<block = 16>>
  return %4 : tensor<1x32x4x4xf32, #lr.layout<block = 16>>
}

// -----

// A result of another type.
func.func @f(%0: tensor<1x16x8x8xf32, #lr.layout<block = 16>>, %1: tensor<2x16x1x1x16xf32>, %2: tensor<2x1x3x3x16xf32>, %3: tensor<1x32x1x1x16xf32>) -> tensor<1x16x8x8xf32, #lr.layout<block = 16>> {
  // expected-error@+1 {{needs a result of the type that its region yields}}
  %4 = "lr.chain"(%0, %1, %2, %3) <{device = "cpu"}> ({
  ^bb0(%a: tensor<1x16x8x8xf32, #lr.layout<block = 16>>, %u: tensor<2x16x1x1x16xf32>, %v: tensor<2x1x3x3x16xf32>, %w: tensor<1x32x1x1x16xf32>):
    %e = "lr.conv"(%a, %u) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>) -> tensor<1x32x8x8xf32, #lr.layout<block = 16>>
    %d = "lr.conv"(%e, %v) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1], dilations = [1, 1], group = 32>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x8x8xf32, #lr.layout<block = 16>>, tensor<2x1x3x3x16xf32>) -> tensor<1x32x4x4xf32, #lr.layout<block = 16>>
    %p = "lr.conv"(%d, %w) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 16 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x4x4xf32, #lr.layout<block = 16>>, tensor<1x32x1x1x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
    lr.yield %p : tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>, tensor<2x1x3x3x16xf32>, tensor<1x32x1x1x16xf32>) -> tensor<1x16x8x8xf32, #lr.layout<block = 16>>
  return %4 : tensor<1x16x8x8xf32, #lr.layout<block = 16>>
}

// -----

// Arguments that are not the operands.
func.func @f(%0: tensor<1x16x8x8xf32, #lr.layout<block = 16>>, %1: tensor<2x16x1x1x16xf32>, %2: tensor<2x1x3x3x16xf32>, %3: tensor<1x32x1x1x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>> {
  // expected-error@+1 {{needs a region of 3 arguments, but it has 4}}
  %4 = "lr.chain"(%0, %1, %2) <{device = "cpu"}> ({
  ^bb0(%a: tensor<1x16x8x8xf32, #lr.layout<block = 16>>, %u: tensor<2x16x1x1x16xf32>, %v: tensor<2x1x3x3x16xf32>, %w: tensor<1x32x1x1x16xf32>):
    %e = "lr.conv"(%a, %u) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>) -> tensor<1x32x8x8xf32, #lr.layout<block = 16>>
    %d = "lr.conv"(%e, %v) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1], dilations = [1, 1], group = 32>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x8x8xf32, #lr.layout<block = 16>>, tensor<2x1x3x3x16xf32>) -> tensor<1x32x4x4xf32, #lr.layout<block = 16>>
    %p = "lr.conv"(%d, %w) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 16 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x4x4xf32, #lr.layout<block = 16>>, tensor<1x32x1x1x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
    lr.yield %p : tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>, tensor<2x1x3x3x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  return %4 : tensor<1x16x4x4xf32, #lr.layout<block = 16>>
}

// -----

// An argument of another type.
func.func @f(%0: tensor<1x16x4x4xf32, #lr.layout<block = 16>>, %1: tensor<2x16x1x1x16xf32>, %2: tensor<2x1x3x3x16xf32>, %3: tensor<1x32x1x1x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>> {
  // expected-error@+1 {{has a region argument #0 that is not of its operand's type}}
  %4 = "lr.chain"(%0, %1, %2, %3) <{device = "cpu"}> ({
  ^bb0(%a: tensor<1x16x8x8xf32, #lr.layout<block = 16>>, %u: tensor<2x16x1x1x16xf32>, %v: tensor<2x1x3x3x16xf32>, %w: tensor<1x32x1x1x16xf32>):
    %e = "lr.conv"(%a, %u) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>) -> tensor<1x32x8x8xf32, #lr.layout<block = 16>>
    %d = "lr.conv"(%e, %v) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1], dilations = [1, 1], group = 32>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x8x8xf32, #lr.layout<block = 16>>, tensor<2x1x3x3x16xf32>) -> tensor<1x32x4x4xf32, #lr.layout<block = 16>>
    %p = "lr.conv"(%d, %w) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 16 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x4x4xf32, #lr.layout<block = 16>>, tensor<1x32x1x1x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
    lr.yield %p : tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>, tensor<2x1x3x3x16xf32>, tensor<1x32x1x1x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  return %4 : tensor<1x16x4x4xf32, #lr.layout<block = 16>>
}

// -----

// A layer that reads past the one before.
func.func @f(%0: tensor<1x32x8x8xf32, #lr.layout<block = 16>>, %1: tensor<2x32x1x1x16xf32>, %2: tensor<2x1x3x3x16xf32>, %3: tensor<1x32x1x1x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>> {
  // expected-error@+1 {{needs layers that read their input from the one before, and all else from outside}}
  %4 = "lr.chain"(%0, %1, %2, %3) <{device = "cpu"}> ({
  ^bb0(%a: tensor<1x32x8x8xf32, #lr.layout<block = 16>>, %u: tensor<2x32x1x1x16xf32>, %v: tensor<2x1x3x3x16xf32>, %w: tensor<1x32x1x1x16xf32>):
    %e = "lr.conv"(%a, %u) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x8x8xf32, #lr.layout<block = 16>>, tensor<2x32x1x1x16xf32>) -> tensor<1x32x8x8xf32, #lr.layout<block = 16>>
    %d = "lr.conv"(%a, %v) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1], dilations = [1, 1], group = 32>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x8x8xf32, #lr.layout<block = 16>>, tensor<2x1x3x3x16xf32>) -> tensor<1x32x4x4xf32, #lr.layout<block = 16>>
    %p = "lr.conv"(%d, %w) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 16 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x4x4xf32, #lr.layout<block = 16>>, tensor<1x32x1x1x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
    lr.yield %p : tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  }) : (tensor<1x32x8x8xf32, #lr.layout<block = 16>>, tensor<2x32x1x1x16xf32>, tensor<2x1x3x3x16xf32>, tensor<1x32x1x1x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  return %4 : tensor<1x16x4x4xf32, #lr.layout<block = 16>>
}

// -----

// Something else.
func.func @f(%0: tensor<1x16x8x8xf32, #lr.layout<block = 16>>, %1: tensor<2x16x1x1x16xf32>, %2: tensor<2x1x3x3x16xf32>, %3: tensor<1x32x1x1x16xf32>) -> tensor<1x32x4x4xf32, #lr.layout<block = 16>> {
  // expected-error@+1 {{has 'lr.relayout' in its region, which takes lr.conv}}
  %4 = "lr.chain"(%0, %1, %2, %3) <{device = "cpu"}> ({
  ^bb0(%a: tensor<1x16x8x8xf32, #lr.layout<block = 16>>, %u: tensor<2x16x1x1x16xf32>, %v: tensor<2x1x3x3x16xf32>, %w: tensor<1x32x1x1x16xf32>):
    %e = "lr.conv"(%a, %u) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>) -> tensor<1x32x8x8xf32, #lr.layout<block = 16>>
    %d = "lr.conv"(%e, %v) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1], dilations = [1, 1], group = 32>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x8x8xf32, #lr.layout<block = 16>>, tensor<2x1x3x3x16xf32>) -> tensor<1x32x4x4xf32, #lr.layout<block = 16>>
    %p = lr.relayout %d cpu : tensor<1x32x4x4xf32, #lr.layout<block = 16>> to tensor<1x32x4x4xf32, #lr.layout<block = 16>>
    lr.yield %p : tensor<1x32x4x4xf32, #lr.layout<block = 16>>
  }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>, tensor<2x1x3x3x16xf32>, tensor<1x32x1x1x16xf32>) -> tensor<1x32x4x4xf32, #lr.layout<block = 16>>
  return %4 : tensor<1x32x4x4xf32, #lr.layout<block = 16>>
}

// -----

// More than three.
func.func @f(%0: tensor<1x16x8x8xf32, #lr.layout<block = 16>>, %1: tensor<2x16x1x1x16xf32>, %2: tensor<2x1x3x3x16xf32>, %3: tensor<1x32x1x1x16xf32>, %5: tensor<1x16x1x1x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>> {
  // expected-error@+1 {{has more than 3 layers}}
  %4 = "lr.chain"(%0, %1, %2, %3, %5) <{device = "cpu"}> ({
  ^bb0(%a: tensor<1x16x8x8xf32, #lr.layout<block = 16>>, %u: tensor<2x16x1x1x16xf32>, %v: tensor<2x1x3x3x16xf32>, %w: tensor<1x32x1x1x16xf32>, %w2: tensor<1x16x1x1x16xf32>):
    %e = "lr.conv"(%a, %u) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>) -> tensor<1x32x8x8xf32, #lr.layout<block = 16>>
    %d = "lr.conv"(%e, %v) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1], dilations = [1, 1], group = 32>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x8x8xf32, #lr.layout<block = 16>>, tensor<2x1x3x3x16xf32>) -> tensor<1x32x4x4xf32, #lr.layout<block = 16>>
    %p = "lr.conv"(%d, %w) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 16 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x4x4xf32, #lr.layout<block = 16>>, tensor<1x32x1x1x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
    %q = "lr.conv"(%p, %w2) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 16 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16>>, tensor<1x16x1x1x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
    lr.yield %q : tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>, tensor<2x1x3x3x16xf32>, tensor<1x32x1x1x16xf32>, tensor<1x16x1x1x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  return %4 : tensor<1x16x4x4xf32, #lr.layout<block = 16>>
}
