// RUN: coco-opt %s --split-input-file --verify-diagnostics

// A dynamic shape.
func.func @f(%x: tensor<?x16x4x4xf32>, %w: tensor<16x16x3x3xf32>) {
  // expected-error@+1 {{'lr.conv' op operand #0 must have a static shape}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<?x16x4x4xf32>, tensor<16x16x3x3xf32>) -> tensor<1x16x4x4xf32>
  return
}

// -----

// A weight of other channels.
func.func @f(%x: tensor<1x16x4x4xf32>, %w: tensor<16x8x3x3xf32>) {
  // expected-error@+1 {{needs a weight of}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32>, tensor<16x8x3x3xf32>) -> tensor<1x16x4x4xf32>
  return
}

// -----

// A kernel that is not the window's.
func.func @f(%x: tensor<1x16x4x4xf32>, %w: tensor<16x16x1x1xf32>) {
  // expected-error@+1 {{has a weight whose kernel is not the window's}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32>, tensor<16x16x1x1xf32>) -> tensor<1x16x4x4xf32>
  return
}

// -----

// A window that does not fit.
func.func @f(%x: tensor<1x16x1x4xf32>, %w: tensor<16x16x3x3xf32>) {
  // expected-error@+1 {{has a window that does not fit its input along spatial axis 0}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x1x4xf32>, tensor<16x16x3x3xf32>) -> tensor<1x16x4x4xf32>
  return
}

// -----

// A window of another rank.
func.func @f(%x: tensor<1x16x4x4xf32>, %w: tensor<16x16x3x3xf32>) {
  // expected-error@+1 {{has a window of 1 axes for an input of rank 4}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3], strides = [1], pads = [1, 1], dilations = [1]>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32>, tensor<16x16x3x3xf32>) -> tensor<1x16x4x4xf32>
  return
}

// -----

// A result of another shape than the window gives.
func.func @f(%x: tensor<1x16x4x4xf32>, %w: tensor<16x16x3x3xf32>) {
  // expected-error@+1 {{are incompatible with return type}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32>, tensor<16x16x3x3xf32>) -> tensor<1x16x4x3xf32>
  return
}

// -----

// A packed weight without the number of filters.
func.func @f(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, %w: tensor<1x16x3x3x16xf32>) {
  // expected-error@+1 {{needs 'filters' beside a packed weight}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "direct", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<1x16x3x3x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  return
}

// -----

// A packed weight of another number of filters.
func.func @f(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, %w: tensor<1x16x3x3x16xf32>) {
  // expected-error@+1 {{needs a weight packed as}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "direct", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = [], filters = 17 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<1x16x3x3x16xf32>) -> tensor<1x17x4x4xf32, #lr.layout<block = 16>>
  return
}

// -----

// Filters beside a plain weight.
func.func @f(%x: tensor<1x16x4x4xf32>, %w: tensor<16x16x3x3xf32>) {
  // expected-error@+1 {{has 'filters' without a packed weight}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = [], filters = 16 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32>, tensor<16x16x3x3xf32>) -> tensor<1x16x4x4xf32>
  return
}

// -----

// A layout that plain storage does not take.
func.func @f(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16>>, %w: tensor<16x16x3x3xf32>) {
  // expected-error@+1 {{takes no layout on its input with storage plain}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16>>, tensor<16x16x3x3xf32>) -> tensor<1x16x4x4xf32>
  return
}

// -----

// A direct convolution without the border that it reads.
func.func @f(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16>>, %w: tensor<1x16x3x3x16xf32>) {
  // expected-error@+1 {{needs an input with a halo that holds what its windows read}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "direct", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = [], filters = 16 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16>>, tensor<1x16x3x3x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  return
}

// -----

// A direct convolution to a dense result.
func.func @f(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, %w: tensor<1x16x3x3x16xf32>) {
  // expected-error@+1 {{needs a result of block 16 for its storage}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "direct", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = [], filters = 16 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<1x16x3x3x16xf32>) -> tensor<1x16x4x4xf32>
  return
}

// -----

// A 3x3 convolution as a product.
func.func @f(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, %w: tensor<1x16x3x3x16xf32>) {
  // expected-error@+1 {{with storage gemm must be 1x1}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = [], filters = 16 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<1x16x3x3x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  return
}

// -----

// A product over pixels with a border.
func.func @f(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, %w: tensor<1x16x1x1x16xf32>) {
  // expected-error@+1 {{with storage gemm needs block 16 without halo}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 16 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<1x16x1x1x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  return
}

// -----

// A storage that does not exist.
func.func @f(%x: tensor<1x16x4x4xf32>, %w: tensor<16x16x3x3xf32>) {
  // expected-error@+1 {{'storage'}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "winograd", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32>, tensor<16x16x3x3xf32>) -> tensor<1x16x4x4xf32>
  return
}

// -----

// An extra operand without a map.
func.func @f(%x: tensor<1x16x4x4xf32>, %w: tensor<16x16x3x3xf32>, %b: tensor<16xf32>) {
  // expected-error@+1 {{needs 1 maps, but has 0}}
  %0 = "lr.conv"(%x, %w, %b) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = []}> ({
  ^bb0(%acc: f32, %bias: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32>, tensor<16x16x3x3xf32>, tensor<16xf32>) -> tensor<1x16x4x4xf32>
  return
}

// -----

// A depthwise convolution of two filters a channel.
func.func @f(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16>>, %w: tensor<2x1x3x3x16xf32>) {
  // expected-error@+1 {{with storage depthwise needs as many groups and filters as channels}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1], group = 16>, maps = [], filters = 32 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16>>, tensor<2x1x3x3x16xf32>) -> tensor<1x32x4x4xf32, #lr.layout<block = 16>>
  return
}

// -----

// A depthwise convolution of rows.
func.func @f(%x: tensor<1x16x4x4xf32>, %w: tensor<1x1x3x3x16xf32>) {
  // expected-error@+1 {{with storage depthwise needs input and result of block 16}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1], group = 16>, maps = [], filters = 16 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32>, tensor<1x1x3x3x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  return
}

// -----

// A packed weight for other groups.
func.func @f(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16>>, %w: tensor<1x16x3x3x16xf32>) {
  // expected-error@+1 {{needs a weight packed as [ceil(filters / 16)][channels / group]}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1], group = 16>, maps = [], filters = 16 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16>>, tensor<1x16x3x3x16xf32>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  return
}

// -----

// Masks where there is another kernel.
func.func @f(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16>>) {
  %w = arith.constant dense<0.0> : tensor<1x16x2x2x16xf32>
  // expected-error@+1 {{has masks without storage depthwise}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "direct", info = #lr.window<kernel = [2, 2], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 16 : i64, masks = array<i64: 3>}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16>>, tensor<1x16x2x2x16xf32>) -> tensor<1x16x3x3xf32, #lr.layout<block = 16>>
  return
}

// -----

func.func @f(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16>>) {
  %w = arith.constant dense<1.0> : tensor<1x1x2x2x16xf32>
  // expected-error@+1 {{needs a mask for each block of 16 channels}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [2, 2], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1], group = 16>, maps = [], filters = 16 : i64, masks = array<i64: 15, 15>}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16>>, tensor<1x1x2x2x16xf32>) -> tensor<1x16x3x3xf32, #lr.layout<block = 16>>
  return
}

// -----

func.func @f(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16>>) {
  %w = arith.constant dense<1.0> : tensor<1x1x2x2x16xf32>
  // expected-error@+1 {{has masks with bits outside of the kernel}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [2, 2], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1], group = 16>, maps = [], filters = 16 : i64, masks = array<i64: 31>}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16>>, tensor<1x1x2x2x16xf32>) -> tensor<1x16x3x3xf32, #lr.layout<block = 16>>
  return
}

// -----

func.func @f(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16>>, %w: tensor<1x1x2x2x16xf32>) {
  // expected-error@+1 {{needs constant weights of f32 for its masks}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [2, 2], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1], group = 16>, maps = [], filters = 16 : i64, masks = array<i64: 15>}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16>>, tensor<1x1x2x2x16xf32>) -> tensor<1x16x3x3xf32, #lr.layout<block = 16>>
  return
}

// -----

func.func @f(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16>>) {
  %w = arith.constant dense<1.0> : tensor<1x1x2x2x16xf32>
  // expected-error@+1 {{has weights that are not zero where its masks say so}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [2, 2], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1], group = 16>, maps = [], filters = 16 : i64, masks = array<i64: 7>}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16>>, tensor<1x1x2x2x16xf32>) -> tensor<1x16x3x3xf32, #lr.layout<block = 16>>
  return
}

// -----

// Groups for the direct kernel.
func.func @f(%x: tensor<1x32x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, %w: tensor<2x16x3x3x16xf32>) {
  // expected-error@+1 {{takes one group for its storage}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "direct", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1], group = 2>, maps = [], filters = 32 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x32x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<2x16x3x3x16xf32>) -> tensor<1x32x4x4xf32, #lr.layout<block = 16>>
  return
}

// -----

// Rows of blocks.
func.func @f(%x: tensor<1x2x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, %w: tensor<1x2x3x3xf32>) {
  // expected-error@+1 {{with storage rows needs input and result of block 1}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "rows", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<1x2x3x3xf32>) -> tensor<1x1x4x4xf32>
  return
}

// -----

// Rows without their border.
func.func @f(%x: tensor<1x2x4x4xf32>, %w: tensor<1x2x3x3xf32>) {
  // expected-error@+1 {{needs an input with a halo that holds what its windows read}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "rows", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x4x4xf32>, tensor<1x2x3x3xf32>) -> tensor<1x1x4x4xf32>
  return
}

// -----

// Rows of one axis.
func.func @f(%x: tensor<1x2x4xf32>, %w: tensor<1x2x3xf32>) {
  // expected-error@+1 {{with storage rows needs two spatial axes}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "rows", info = #lr.window<kernel = [3], strides = [1], pads = [0, 0], dilations = [1]>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x4xf32>, tensor<1x2x3xf32>) -> tensor<1x1x2xf32>
  return
}

// -----

// Filters beside a weight that is not packed.
func.func @f(%x: tensor<1x2x4x4xf32, #lr.layout<halo = [1, 1, 1, 1]>>, %w: tensor<1x2x3x3xf32>) {
  // expected-error@+1 {{has 'filters' without a packed weight}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "rows", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = [], filters = 1 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x4x4xf32, #lr.layout<halo = [1, 1, 1, 1]>>, tensor<1x2x3x3xf32>) -> tensor<1x1x4x4xf32>
  return
}

// -----

// A map that leaves its operand.
func.func @f(%x: tensor<1x16x4x4xf32>, %w: tensor<16x16x3x3xf32>, %b: tensor<16xf32>) {
  // expected-error@+1 {{has a map #0 that does not certainly lead}}
  %0 = "lr.conv"(%x, %w, %b) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = [affine_map<(d0, d1, d2, d3) -> (d1 + 1)>]}> ({
  ^bb0(%acc: f32, %bias: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32>, tensor<16x16x3x3xf32>, tensor<16xf32>) -> tensor<1x16x4x4xf32>
  return
}

// -----

// A region with too few arguments.
func.func @f(%x: tensor<1x16x4x4xf32>, %w: tensor<16x16x3x3xf32>, %b: tensor<16xf32>) {
  // expected-error@+1 {{needs a region of 2 arguments, but it has 1}}
  %0 = "lr.conv"(%x, %w, %b) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = [affine_map<(d0, d1, d2, d3) -> (d1)>]}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32>, tensor<16x16x3x3xf32>, tensor<16xf32>) -> tensor<1x16x4x4xf32>
  return
}

// -----

// A region whose accumulator has another type.
func.func @f(%x: tensor<1x16x4x4xf32>, %w: tensor<16x16x3x3xf32>) {
  // expected-error@+1 {{first argument is not of the accumulator's type}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = []}> ({
  ^bb0(%acc: f64):
    lr.yield %acc : f64
  }) : (tensor<1x16x4x4xf32>, tensor<16x16x3x3xf32>) -> tensor<1x16x4x4xf64>
  return
}

// -----

// A schedule out of range.
func.func @f(%x: tensor<1x16x4x4xf32>, %w: tensor<16x16x3x3xf32>) {
  // expected-error@+1 {{#lr.tuning needs 'columns' from 1 to 64}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, tuning = #lr.tuning<columns = 65>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32>, tensor<16x16x3x3xf32>) -> tensor<1x16x4x4xf32>
  return
}

// -----

// A register block that no machine holds.
func.func @f(%x: tensor<1x16x4x4xf32>, %w: tensor<16x16x3x3xf32>) {
  // expected-error@+1 {{#lr.tuning has a register block of more than 64 vectors}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, tuning = #lr.tuning<columns = 14, filters = 8>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32>, tensor<16x16x3x3xf32>) -> tensor<1x16x4x4xf32>
  return
}

// -----

// A block out of range.
// expected-error@+1 {{#lr.layout needs a block of 1 to 64 channels}}
func.func private @f(tensor<1x16x4x4xf32, #lr.layout<block = 65>>)

// -----

// A halo of another length.
// expected-error@+1 {{#lr.layout needs a halo of four numbers}}
func.func private @f(tensor<1x16x4x4xf32, #lr.layout<halo = [1, 1]>>)

// -----

// A negative halo.
// expected-error@+1 {{#lr.layout needs a halo of 0 to 4096 elements a side}}
func.func private @f(tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, -1, 1]>>)

// -----

// The dense layout, spelled.
// expected-error@+1 {{#lr.layout of the dense layout is to be left out}}
func.func private @f(tensor<1x16x4x4xf32, #lr.layout<block = 1>>)

// -----

// An empty halo, spelled.
// expected-error@+1 {{#lr.layout with an empty halo is to leave it out}}
func.func private @f(tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [0, 0, 0, 0]>>)

// -----

// A layout on a matrix.
func.func @f(%x: tensor<4x4xf32>) {
  // expected-error@+1 {{has a layout on a tensor that is not NCHW}}
  %0 = lr.relayout %x cpu : tensor<4x4xf32> to tensor<4x4xf32, #lr.layout<block = 16>>
  return
}

// -----

// A relayout to another shape.
func.func @f(%x: tensor<1x4x4x4xf32>) {
  // expected-error@+1 {{are incompatible with return type}}
  %0 = lr.relayout %x cpu : tensor<1x4x4x4xf32> to tensor<1x4x4x5xf32, #lr.layout<block = 16>>
  return
}

// -----

// A product of matrices that do not go together.
func.func @f(%a: tensor<3x5xf32>, %b: tensor<4x6xf32>) {
  // expected-error@+1 {{needs a [m, k] and b [k, n]}}
  %0 = "lr.matmul"(%a, %b) <{device = "cpu", storage = "plain", maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<3x5xf32>, tensor<4x6xf32>) -> tensor<3x6xf32>
  return
}

// -----

// A packed product without its columns.
func.func @f(%a: tensor<3x5xf32>, %b: tensor<1x5x16xf32>) {
  // expected-error@+1 {{needs 'columns' beside a packed b}}
  %0 = "lr.matmul"(%a, %b) <{device = "cpu", storage = "packed", maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<3x5xf32>, tensor<1x5x16xf32>) -> tensor<3x6xf32>
  return
}

// -----

// A packed product of integers.
func.func @f(%a: tensor<3x5xi32>, %b: tensor<1x5x16xi32>) {
  // expected-error@+1 {{packs floats only}}
  %0 = "lr.matmul"(%a, %b) <{device = "cpu", storage = "packed", columns = 6 : i64, maps = []}> ({
  ^bb0(%acc: i32):
    lr.yield %acc : i32
  }) : (tensor<3x5xi32>, tensor<1x5x16xi32>) -> tensor<3x6xi32>
  return
}

// -----

// A window between blocks of different sizes.
func.func @f(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16>>) {
  // expected-error@+1 {{needs input and result of one block}}
  %0 = "lr.window"(%x) <{device = "cpu", kind = "max", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, count_include_pad = false, ceil_mode = false, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16>>) -> tensor<1x16x4x4xf32>
  return
}

// -----

// Axes that do not ascend.
func.func @f(%x: tensor<3x5xf32>) {
  // expected-error@+1 {{needs ascending axes of its input}}
  %0 = "lr.reduce"(%x) <{device = "cpu", kind = "sum", axes = array<i64: 1, 0>, keep_dimensions = true, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<3x5xf32>) -> tensor<1x1xf32>
  return
}

// -----

// A body with an operation that is not pure.
func.func private @g()
func.func @f(%x: tensor<3xf32>) {
  // expected-error@+1 {{has 'func.call' in its region, which takes pure scalar operations}}
  %0 = "lr.map"(%x) <{device = "cpu", shape = array<i64: 3>, maps = [affine_map<(d0) -> (d0)>]}> ({
  ^bb0(%e: f32):
    func.call @g() : () -> ()
    lr.yield %e : f32
  }) : (tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

// A move that does not cover its result.
func.func @f(%x: tensor<4xf32>) {
  // expected-error@+1 {{needs 'fill', for its domains do not cover the result just once}}
  %0 = "lr.move"(%x) <{device = "cpu", shape = array<i64: 4>, domains = [array<i64: 3>], sources = [affine_map<(d0) -> (d0)>], destinations = [affine_map<(d0) -> (d0)>]}> : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

// A move that reads outside.
func.func @f(%x: tensor<4xf32>) {
  // expected-error@+1 {{has a source #0 that does not certainly stay inside its input}}
  %0 = "lr.move"(%x) <{device = "cpu", shape = array<i64: 4>, domains = [array<i64: 4>], sources = [affine_map<(d0) -> (d0 + 1)>], destinations = [affine_map<(d0) -> (d0)>]}> : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

// A move that writes outside.
func.func @f(%x: tensor<4xf32>) {
  // expected-error@+1 {{has a destination #0 that does not certainly stay inside the result}}
  %0 = "lr.move"(%x) <{device = "cpu", shape = array<i64: 4>, domains = [array<i64: 4>], sources = [affine_map<(d0) -> (d0)>], destinations = [affine_map<(d0) -> (-d0 + 2)>]}> : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

// A move of part of a block.
func.func @f(%x: tensor<1x8x2x2xf32, #lr.layout<block = 16>>) {
  // expected-error@+1 {{takes layouts only of one block, and only to shift whole blocks of channels}}
  %0 = "lr.move"(%x, %x) <{device = "cpu", shape = array<i64: 1, 16, 2, 2>, domains = [array<i64: 1, 8, 2, 2>, array<i64: 1, 8, 2, 2>], sources = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], destinations = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1 + 8, d2, d3)>]}> : (tensor<1x8x2x2xf32, #lr.layout<block = 16>>, tensor<1x8x2x2xf32, #lr.layout<block = 16>>) -> tensor<1x16x2x2xf32, #lr.layout<block = 16>>
  return
}

// -----

func.func @gather_axis(%x: tensor<2x5xf32>, %i: tensor<3xi64>) {
  // expected-error@+1 {{needs an axis of its input}}
  %0 = "lr.gather"(%x, %i) <{device = "cpu", axis = 2 : i64}> : (tensor<2x5xf32>, tensor<3xi64>) -> tensor<2x5x3xf32>
  return
}

// -----

func.func @gather_from_nothing(%x: tensor<2x0xf32>, %i: tensor<3xi64>) {
  // expected-error@+1 {{has indices into an axis without elements}}
  %0 = "lr.gather"(%x, %i) <{device = "cpu", axis = 1 : i64}> : (tensor<2x0xf32>, tensor<3xi64>) -> tensor<2x3xf32>
  return
}

// -----

func.func @scatter_updates(%x: tensor<5x4xf32>, %i: tensor<3xi64>, %u: tensor<2x4xf32>) {
  // expected-error@+1 {{needs updates that are slices of the input, one for each index}}
  %0 = "lr.scatter"(%x, %i, %u) <{device = "cpu", reduction = "none"}> : (tensor<5x4xf32>, tensor<3xi64>, tensor<2x4xf32>) -> tensor<5x4xf32>
  return
}

// -----
// expected-error@+1 {{#lr.layout needs two numbers of patches that make 16, and no block beside them}}
func.func @patches_make_16(%x: tensor<1x2x16x8xf32, #lr.layout<patches = [2, 4]>>) { return }

// -----

func.func @maps_take_no_patches(%x: tensor<1x2x16x8xf32, #lr.layout<patches = [2, 8]>>) -> tensor<1x2x16x8xf32> {
  // expected-error@+1 {{takes no patches: lr.relayout converts}}
  %0 = "lr.map"(%x) <{device = "cpu", shape = array<i64: 1, 2, 16, 8>, maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>]}> ({
  ^bb0(%a: f32):
    lr.yield %a : f32
  }) : (tensor<1x2x16x8xf32, #lr.layout<patches = [2, 8]>>) -> tensor<1x2x16x8xf32>
  return %0 : tensor<1x2x16x8xf32>
}

// -----

func.func @averages_take_no_patches(%x: tensor<1x2x16x8xf32, #lr.layout<patches = [2, 8]>>) -> tensor<1x2x8x4xf32, #lr.layout<patches = [2, 8]>> {
  // expected-error@+1 {{takes no patches: lr.relayout converts}}
  %0 = "lr.window"(%x) <{device = "cpu", kind = "average", info = #lr.window<kernel = [2, 2], strides = [2, 2], pads = [0, 0, 0, 0], dilations = [1, 1]>, count_include_pad = false, ceil_mode = false, maps = []}> ({
  ^bb0(%a: f32):
    lr.yield %a : f32
  }) : (tensor<1x2x16x8xf32, #lr.layout<patches = [2, 8]>>) -> tensor<1x2x8x4xf32, #lr.layout<patches = [2, 8]>>
  return %0 : tensor<1x2x8x4xf32, #lr.layout<patches = [2, 8]>>
}

// -----

// 17 rows end in one that no window sees: a lane past the result would not be zero.
func.func @windows_go_to_the_end(%x: tensor<1x2x17x8xf32, #lr.layout<patches = [2, 8]>>) -> tensor<1x2x8x4xf32, #lr.layout<patches = [2, 8]>> {
  // expected-error@+1 {{takes no patches: lr.relayout converts}}
  %0 = "lr.window"(%x) <{device = "cpu", kind = "max", info = #lr.window<kernel = [2, 2], strides = [2, 2], pads = [0, 0, 0, 0], dilations = [1, 1]>, count_include_pad = false, ceil_mode = false, maps = []}> ({
  ^bb0(%a: f32):
    lr.yield %a : f32
  }) : (tensor<1x2x17x8xf32, #lr.layout<patches = [2, 8]>>) -> tensor<1x2x8x4xf32, #lr.layout<patches = [2, 8]>>
  return %0 : tensor<1x2x8x4xf32, #lr.layout<patches = [2, 8]>>
}

// -----

func.func @windows_go_from_patches_to_patches(%x: tensor<1x2x16x8xf32>) -> tensor<1x2x8x4xf32, #lr.layout<patches = [2, 8]>> {
  // expected-error@+1 {{needs both input and result in patches, or neither}}
  %0 = "lr.window"(%x) <{device = "cpu", kind = "max", info = #lr.window<kernel = [2, 2], strides = [2, 2], pads = [0, 0, 0, 0], dilations = [1, 1]>, count_include_pad = false, ceil_mode = false, maps = []}> ({
  ^bb0(%a: f32):
    lr.yield %a : f32
  }) : (tensor<1x2x16x8xf32>) -> tensor<1x2x8x4xf32, #lr.layout<patches = [2, 8]>>
  return %0 : tensor<1x2x8x4xf32, #lr.layout<patches = [2, 8]>>
}

// -----

// expected-error@+1 {{#lr.layout needs two positive extents, and patches that have them}}
func.func @extents_are_of_patches(%x: tensor<1x2x16x8xf32, #lr.layout<block = 16, extents = [8, 1]>>) { return }

// -----

// expected-error@+1 {{#lr.layout needs two positive extents, and patches that have them}}
func.func @extents_are_positive(%x: tensor<1x2x16x8xf32, #lr.layout<patches = [2, 8], extents = [8, 0]>>) { return }

// -----

func.func @patches_hold_the_image(%x: tensor<1x2x16x8xf32>) -> tensor<1x2x16x8xf32, #lr.layout<patches = [2, 8], extents = [7, 1]>> {
  // expected-error@+1 {{has patches that do not hold all of the image}}
  %0 = lr.relayout %x cpu : tensor<1x2x16x8xf32> to tensor<1x2x16x8xf32, #lr.layout<patches = [2, 8], extents = [7, 1]>>
  return %0 : tensor<1x2x16x8xf32, #lr.layout<patches = [2, 8], extents = [7, 1]>>
}

// -----

func.func @halo_is_no_wider_than_a_patch(%x: tensor<1x2x16x8xf32>) -> tensor<1x2x16x8xf32, #lr.layout<halo = [0, 2, 0, 0], patches = [2, 8]>> {
  // expected-error@+1 {{has a halo that is wider than the patches of its layout}}
  %0 = lr.relayout %x cpu : tensor<1x2x16x8xf32> to tensor<1x2x16x8xf32, #lr.layout<halo = [0, 2, 0, 0], patches = [2, 8]>>
  return %0 : tensor<1x2x16x8xf32, #lr.layout<halo = [0, 2, 0, 0], patches = [2, 8]>>
}

// -----

func.func @patches_are_of_f32(%x: tensor<1x2x16x8xf64>) -> tensor<1x2x16x8xf64, #lr.layout<patches = [2, 8]>> {
  // expected-error@+1 {{has patches of elements that are not f32}}
  %0 = lr.relayout %x cpu : tensor<1x2x16x8xf64> to tensor<1x2x16x8xf64, #lr.layout<patches = [2, 8]>>
  return %0 : tensor<1x2x16x8xf64, #lr.layout<patches = [2, 8]>>
}

// -----

func.func @filters_keep_their_piece(%x: tensor<1x2x16x8xf32>, %offset: tensor<5xui8>, %index: tensor<1xui8>, %runs: tensor<2x2x2xui8>, %weights: tensor<4xf32>) {
  %reorder = "graph.constant"() <{value = dense<[[0, 1], [1, 0]]> : tensor<2x2xui8>}> : () -> tensor<2x2xui8>
  // expected-error@+1 {{has a wrong stored form: a filter must have one piece in all channel groups}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 432>, filters = 2 : i64, span = 1 : i64, tuning = #lr.tuning<pieces = 2>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x16x8xf32>, tensor<5xui8>, tensor<2x2xui8>, tensor<1xui8>, tensor<2x2x2xui8>, tensor<4xf32>) -> tensor<1x2x16x8xf32>
  return
}

// -----

func.func @groups_divide_channels(%x: tensor<1x1x16x8xf32>, %offset: tensor<2xui8>, %reorder: tensor<1xui8>, %index: tensor<1xui8>, %runs: tensor<1x1x2xui8>, %weights: tensor<4xf32>) {
  // expected-error@+1 {{has a wrong stored form: the groups must divide the channels}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1], group = 2>, masks = array<i64: 432>, filters = 1 : i64, span = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x16x8xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<4xf32>) -> tensor<1x1x16x8xf32>
  return
}

// -----

func.func @weights_of_f32(%x: tensor<1x1x16x8xf32>, %offset: tensor<2xui8>, %reorder: tensor<1xui8>, %index: tensor<1xui8>, %runs: tensor<1x1x2xui8>, %weights: tensor<4xf64>) {
  // expected-error@+1 {{needs input and weights of f32}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 432>, filters = 1 : i64, span = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x16x8xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<4xf64>) -> tensor<1x1x16x8xf32>
  return
}

// -----

func.func @both_in_patches(%x: tensor<1x1x16x8xf32>, %offset: tensor<2xui8>, %reorder: tensor<1xui8>, %index: tensor<1xui8>, %runs: tensor<1x1x2xui8>, %weights: tensor<4xf32>) {
  // expected-error@+1 {{needs input and result dense, or of the same patches}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 432>, filters = 1 : i64, span = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x16x8xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<4xf32>) -> tensor<1x1x16x8xf32, #lr.layout<patches = [2, 8]>>
  return
}

// -----

func.func @the_halo_holds_what_windows_read(%x: tensor<1x1x16x8xf32, #lr.layout<patches = [2, 8]>>, %offset: tensor<2xui8>, %reorder: tensor<1xui8>, %index: tensor<1xui8>, %runs: tensor<1x1x2xui8>, %weights: tensor<4xf32>) {
  // expected-error@+1 {{needs input patches, and a halo, that hold what its windows read}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 432>, filters = 1 : i64, span = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x16x8xf32, #lr.layout<patches = [2, 8]>>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<4xf32>) -> tensor<1x1x16x8xf32, #lr.layout<patches = [2, 8]>>
  return
}

// -----

func.func @masks_inside_the_kernel(%x: tensor<1x1x16x8xf32>, %offset: tensor<2xui8>, %reorder: tensor<1xui8>, %index: tensor<1xui8>, %runs: tensor<1x1x2xui8>, %weights: tensor<1xf32>) {
  // expected-error@+1 {{has a wrong stored form: masks must not have bits outside of the kernel}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 1024>, filters = 1 : i64, span = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x16x8xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<1xf32>) -> tensor<1x1x16x8xf32>
  return
}

// -----

func.func @as_many_runs(%x: tensor<1x1x16x8xf32>, %offset: tensor<2xui8>, %reorder: tensor<1xui8>, %index: tensor<1xui8>, %runs: tensor<1x1x3xui8>, %weights: tensor<4xf32>) {
  // expected-error@+1 {{has a wrong stored form: needs one run per pattern, and one more}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 432>, filters = 1 : i64, span = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x16x8xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x3xui8>, tensor<4xf32>) -> tensor<1x1x16x8xf32>
  return
}

// -----

func.func @numbers_in_range(%x: tensor<1x1x16x8xf32>, %offset: tensor<2xui8>, %reorder: tensor<1xui8>, %index: tensor<1xui8>, %runs: tensor<1x1x2xui8>, %weights: tensor<4xf32>) {
  // expected-error@+1 {{has a wrong stored form: numbers are out of range}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 432>, filters = 1 : i64, span = 0 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x16x8xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<4xf32>) -> tensor<1x1x16x8xf32>
  return
}

// -----

func.func @some_filters(%x: tensor<1x1x16x8xf32>, %offset: tensor<2xui8>, %reorder: tensor<1xui8>, %index: tensor<1xui8>, %runs: tensor<1x1x2xui8>, %weights: tensor<4xf32>) {
  // expected-error@+1 {{needs a positive number of filters}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 432>, filters = 0 : i64, span = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x16x8xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<4xf32>) -> tensor<1x1x16x8xf32>
  return
}

// -----

func.func @some_masks(%x: tensor<1x1x16x8xf32>, %offset: tensor<2xui8>, %reorder: tensor<1xui8>, %index: tensor<1xui8>, %runs: tensor<1x1x2xui8>, %weights: tensor<4xf32>) {
  // expected-error@+1 {{has a wrong stored form: there must be 1 to 4096 masks}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64>, filters = 1 : i64, span = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x16x8xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<4xf32>) -> tensor<1x1x16x8xf32>
  return
}

// -----

func.func @constants_are_looked_into(%x: tensor<1x1x16x8xf32>) {
  %offset = "graph.constant"() <{value = dense<[0, 1]> : tensor<2xui8>}> : () -> tensor<2xui8>
  %reorder = "graph.constant"() <{value = dense<0> : tensor<1xui8>}> : () -> tensor<1xui8>
  %index = "graph.constant"() <{value = dense<1> : tensor<1xui8>}> : () -> tensor<1xui8>
  %runs = "graph.constant"() <{value = dense<[[[0, 1]]]> : tensor<1x1x2xui8>}> : () -> tensor<1x1x2xui8>
  %weights = arith.constant dense<0.5> : tensor<4xf32>
  // expected-error@+1 {{has a wrong stored form: index names a channel outside of its channel group}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 432>, filters = 1 : i64, span = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x16x8xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<4xf32>) -> tensor<1x1x16x8xf32>
  return
}

// -----

// Winograd: another window than its own.
func.func @f(%x: tensor<1x16x8x8xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, %w: tensor<36x1x16x16xf32>) {
  // expected-error@+1 {{with a Winograd storage must be 3x3, of stride, dilation and group 1, of f32}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "winograd4", info = #lr.window<kernel = [3, 3], strides = [2, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = [], filters = 16 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<36x1x16x16xf32>) -> tensor<1x16x4x8xf32, #lr.layout<block = 16>>
  return
}

// -----

// Winograd: a weight for another tile.
func.func @f(%x: tensor<1x16x8x8xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, %w: tensor<16x1x16x16xf32>) {
  // expected-error@+1 {{needs a weight packed as [36][ceil(filters / 16)][channels][16]}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "winograd4", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = [], filters = 16 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<16x1x16x16xf32>) -> tensor<1x16x8x8xf32, #lr.layout<block = 16>>
  return
}

// -----

// Winograd: the last tiles reach two columns further than the windows.
func.func @f(%x: tensor<1x16x8x6xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, %w: tensor<36x1x16x16xf32>) {
  // expected-error@+1 {{needs an input with a halo that holds what its tiles read}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "winograd4", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = [], filters = 16 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x8x6xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<36x1x16x16xf32>) -> tensor<1x16x8x6xf32, #lr.layout<block = 16>>
  return
}

// -----

// Winograd: planes instead of blocks.
func.func @f(%x: tensor<1x16x8x8xf32, #lr.layout<halo = [1, 1, 1, 1]>>, %w: tensor<36x1x16x16xf32>) {
  // expected-error@+1 {{needs an input of block 16 for its storage}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "winograd4", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, maps = [], filters = 16 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x8x8xf32, #lr.layout<halo = [1, 1, 1, 1]>>, tensor<36x1x16x16xf32>) -> tensor<1x16x8x8xf32, #lr.layout<block = 16>>
  return
}

// -----

func.func @block_matmul_of_matrices(%x: tensor<2x3x1xf32>, %w: tensor<3x16xf32>) {
  %o = "graph.constant"() <{value = dense<[0, 2, 3]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %i = "graph.constant"() <{value = dense<[0, 2, 1]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %c = "graph.constant"() <{value = dense<1.0> : tensor<3x16xf32>}> : () -> tensor<3x16xf32>
  // expected-error@+1 {{takes a matrix}}
  %0 = "lr.block_matmul"(%x, %o, %i, %c) <{device = "cpu", columns = 17 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<2x3x1xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<2x17xf32>
  return
}

// -----

func.func @block_matmul_columns(%x: tensor<2x3xf32>, %w: tensor<3x16xf32>) {
  %o = "graph.constant"() <{value = dense<[0, 2, 3]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %i = "graph.constant"() <{value = dense<[0, 2, 1]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %c = "graph.constant"() <{value = dense<1.0> : tensor<3x16xf32>}> : () -> tensor<3x16xf32>
  // expected-error@+1 {{needs a positive number of columns}}
  %0 = "lr.block_matmul"(%x, %o, %i, %c) <{device = "cpu", columns = 0 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<2x17xf32>
  return
}

// -----

func.func @block_matmul_of_f32(%x: tensor<2x3xf32>, %w: tensor<3x16xf16>) {
  %o = "graph.constant"() <{value = dense<[0, 2, 3]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %i = "graph.constant"() <{value = dense<[0, 2, 1]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %c = "graph.constant"() <{value = dense<1.0> : tensor<3x16xf16>}> : () -> tensor<3x16xf16>
  // expected-error@+1 {{needs input and weights of f32}}
  %0 = "lr.block_matmul"(%x, %o, %i, %c) <{device = "cpu", columns = 17 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf16>) -> tensor<2x17xf32>
  return
}

// -----

func.func @block_matmul_offsets(%x: tensor<2x3xf32>, %w: tensor<3x16xf32>) {
  %o = "graph.constant"() <{value = dense<[0, 3]> : tensor<2xui8>}> : () -> tensor<2xui8>
  %i = "graph.constant"() <{value = dense<[0, 2, 1]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %c = "graph.constant"() <{value = dense<1.0> : tensor<3x16xf32>}> : () -> tensor<3x16xf32>
  // expected-error@+1 {{has a wrong stored form: there must be one offset per block of 16 outputs, and one more}}
  %0 = "lr.block_matmul"(%x, %o, %i, %c) <{device = "cpu", columns = 17 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<2x3xf32>, tensor<2xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<2x17xf32>
  return
}

// -----

func.func @block_matmul_index(%x: tensor<2x3xf32>, %w: tensor<3x16xf32>) {
  %o = "graph.constant"() <{value = dense<[0, 2, 3]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %i = "graph.constant"() <{value = dense<[2, 0, 1]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %c = "graph.constant"() <{value = dense<1.0> : tensor<3x16xf32>}> : () -> tensor<3x16xf32>
  // expected-error@+1 {{has a wrong stored form: index must ascend in each block}}
  %0 = "lr.block_matmul"(%x, %o, %i, %c) <{device = "cpu", columns = 17 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<2x17xf32>
  return
}

// -----

func.func @block_matmul_weights(%x: tensor<2x3xf32>, %w: tensor<2x16xf32>) {
  %o = "graph.constant"() <{value = dense<[0, 2, 3]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %i = "graph.constant"() <{value = dense<[0, 2, 1]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %c = "graph.constant"() <{value = dense<1.0> : tensor<2x16xf32>}> : () -> tensor<2x16xf32>
  // expected-error@+1 {{has a wrong stored form: there must be 16 weights for each kept input}}
  %0 = "lr.block_matmul"(%x, %o, %i, %c) <{device = "cpu", columns = 17 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<2x16xf32>) -> tensor<2x17xf32>
  return
}

// -----

func.func @block_conv_group(%x: tensor<1x2x3x3xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>) {
  %o = "graph.constant"() <{value = dense<[0, 2, 3]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %i = "graph.constant"() <{value = dense<[0, 176, 33]> : tensor<3xui32>}> : () -> tensor<3xui32>
  %c = "graph.constant"() <{value = dense<1.0> : tensor<3x16xf32>}> : () -> tensor<3x16xf32>
  // expected-error@+1 {{takes one group}}
  %0 = "lr.block_conv"(%x, %o, %i, %c) <{device = "cpu", storage = "placed", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1], group = 2>, filters = 17 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x3x3xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<3xui8>, tensor<3xui32>, tensor<3x16xf32>) -> tensor<1x17x3x3xf32, #lr.layout<block = 16>>
  return
}

// -----

func.func @block_conv_images(%x: tensor<1x2x3xf32>) {
  %o = "graph.constant"() <{value = dense<[0, 2, 3]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %i = "graph.constant"() <{value = dense<[0, 176, 33]> : tensor<3xui32>}> : () -> tensor<3xui32>
  %c = "graph.constant"() <{value = dense<1.0> : tensor<3x16xf32>}> : () -> tensor<3x16xf32>
  // expected-error@+1 {{takes images of two spatial axes}}
  %0 = "lr.block_conv"(%x, %o, %i, %c) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, filters = 17 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x3xf32>, tensor<3xui8>, tensor<3xui32>, tensor<3x16xf32>) -> tensor<1x17x3xf32>
  return
}

// -----

func.func @block_conv_filters(%x: tensor<1x2x3x3xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>) {
  %o = "graph.constant"() <{value = dense<[0, 2, 3]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %i = "graph.constant"() <{value = dense<[0, 176, 33]> : tensor<3xui32>}> : () -> tensor<3xui32>
  %c = "graph.constant"() <{value = dense<1.0> : tensor<3x16xf32>}> : () -> tensor<3x16xf32>
  // expected-error@+1 {{needs a positive number of filters}}
  %0 = "lr.block_conv"(%x, %o, %i, %c) <{device = "cpu", storage = "placed", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, filters = 0 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x3x3xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<3xui8>, tensor<3xui32>, tensor<3x16xf32>) -> tensor<1x17x3x3xf32, #lr.layout<block = 16>>
  return
}

// -----

func.func @block_conv_plain_input(%x: tensor<1x2x3x3xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>) {
  %o = "graph.constant"() <{value = dense<[0, 2, 3]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %i = "graph.constant"() <{value = dense<[0, 2, 1]> : tensor<3xui32>}> : () -> tensor<3xui32>
  %c = "graph.constant"() <{value = dense<1.0> : tensor<3x16xf32>}> : () -> tensor<3x16xf32>
  // expected-error@+1 {{takes no layout on its input with storage plain}}
  %0 = "lr.block_conv"(%x, %o, %i, %c) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, filters = 17 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x3x3xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<3xui8>, tensor<3xui32>, tensor<3x16xf32>) -> tensor<1x17x3x3xf32>
  return
}

// -----

func.func @block_conv_plain_result(%x: tensor<1x2x3x3xf32>) {
  %o = "graph.constant"() <{value = dense<[0, 2, 3]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %i = "graph.constant"() <{value = dense<[0, 2, 1]> : tensor<3xui32>}> : () -> tensor<3xui32>
  %c = "graph.constant"() <{value = dense<1.0> : tensor<3x16xf32>}> : () -> tensor<3x16xf32>
  // expected-error@+1 {{takes no layout on its result with storage plain}}
  %0 = "lr.block_conv"(%x, %o, %i, %c) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, filters = 17 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<3xui32>, tensor<3x16xf32>) -> tensor<1x17x3x3xf32, #lr.layout<block = 16>>
  return
}

// -----

func.func @block_conv_blocks(%x: tensor<1x2x3x3xf32>) {
  %o = "graph.constant"() <{value = dense<[0, 2, 3]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %i = "graph.constant"() <{value = dense<[0, 176, 33]> : tensor<3xui32>}> : () -> tensor<3xui32>
  %c = "graph.constant"() <{value = dense<1.0> : tensor<3x16xf32>}> : () -> tensor<3x16xf32>
  // expected-error@+1 {{with storage placed needs input and result of block 16}}
  %0 = "lr.block_conv"(%x, %o, %i, %c) <{device = "cpu", storage = "placed", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, filters = 17 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<3xui32>, tensor<3x16xf32>) -> tensor<1x17x3x3xf32, #lr.layout<block = 16>>
  return
}

// -----

func.func @block_conv_halo(%x: tensor<1x2x3x3xf32, #lr.layout<block = 16>>) {
  %o = "graph.constant"() <{value = dense<[0, 2, 3]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %i = "graph.constant"() <{value = dense<[0, 176, 33]> : tensor<3xui32>}> : () -> tensor<3xui32>
  %c = "graph.constant"() <{value = dense<1.0> : tensor<3x16xf32>}> : () -> tensor<3x16xf32>
  // expected-error@+1 {{needs an input with a halo that holds what its windows read}}
  %0 = "lr.block_conv"(%x, %o, %i, %c) <{device = "cpu", storage = "placed", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, filters = 17 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x3x3xf32, #lr.layout<block = 16>>, tensor<3xui8>, tensor<3xui32>, tensor<3x16xf32>) -> tensor<1x17x3x3xf32, #lr.layout<block = 16>>
  return
}

// -----

func.func @block_conv_between_channels(%x: tensor<1x2x3x3xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>) {
  %o = "graph.constant"() <{value = dense<[0, 2, 3]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %i = "graph.constant"() <{value = dense<[0, 176, 34]> : tensor<3xui32>}> : () -> tensor<3xui32>
  %c = "graph.constant"() <{value = dense<1.0> : tensor<3x16xf32>}> : () -> tensor<3x16xf32>
  // expected-error@+1 {{has a wrong stored form: index names an input that does not exist}}
  %0 = "lr.block_conv"(%x, %o, %i, %c) <{device = "cpu", storage = "placed", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, filters = 17 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x3x3xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<3xui8>, tensor<3xui32>, tensor<3x16xf32>) -> tensor<1x17x3x3xf32, #lr.layout<block = 16>>
  return
}

// -----

func.func @block_conv_outside_of_the_kernel(%x: tensor<1x2x3x3xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>) {
  %o = "graph.constant"() <{value = dense<[0, 2, 3]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %i = "graph.constant"() <{value = dense<[0, 48, 33]> : tensor<3xui32>}> : () -> tensor<3xui32>
  %c = "graph.constant"() <{value = dense<1.0> : tensor<3x16xf32>}> : () -> tensor<3x16xf32>
  // expected-error@+1 {{has a wrong stored form: index names an input that does not exist}}
  %0 = "lr.block_conv"(%x, %o, %i, %c) <{device = "cpu", storage = "placed", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, filters = 17 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x3x3xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<3xui8>, tensor<3xui32>, tensor<3x16xf32>) -> tensor<1x17x3x3xf32, #lr.layout<block = 16>>
  return
}

// -----

func.func @block_conv_order(%x: tensor<1x2x3x3xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>) {
  %o = "graph.constant"() <{value = dense<[0, 2, 3]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %i = "graph.constant"() <{value = dense<[1, 176, 33]> : tensor<3xui32>}> : () -> tensor<3xui32>
  %c = "graph.constant"() <{value = dense<1.0> : tensor<3x16xf32>}> : () -> tensor<3x16xf32>
  // expected-error@+1 {{has a wrong stored form: index must ascend in each block}}
  %0 = "lr.block_conv"(%x, %o, %i, %c) <{device = "cpu", storage = "placed", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, filters = 17 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x3x3xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<3xui8>, tensor<3xui32>, tensor<3x16xf32>) -> tensor<1x17x3x3xf32, #lr.layout<block = 16>>
  return
}

// -----

func.func @block_conv_of_f32(%x: tensor<1x2x3x3xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>) {
  %o = "graph.constant"() <{value = dense<[0, 2, 3]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %i = "graph.constant"() <{value = dense<[0, 176, 33]> : tensor<3xui32>}> : () -> tensor<3xui32>
  %c = "graph.constant"() <{value = dense<1.0> : tensor<3x16xf16>}> : () -> tensor<3x16xf16>
  // expected-error@+1 {{needs input and weights of f32}}
  %0 = "lr.block_conv"(%x, %o, %i, %c) <{device = "cpu", storage = "placed", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, filters = 17 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x3x3xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<3xui8>, tensor<3xui32>, tensor<3x16xf16>) -> tensor<1x17x3x3xf32, #lr.layout<block = 16>>
  return
}

// -----

func.func @shifts_in_pairs(%x: tensor<1x1x16x8xf32>) {
  %offset = "graph.constant"() <{value = dense<[0, 1]> : tensor<2xui8>}> : () -> tensor<2xui8>
  %reorder = "graph.constant"() <{value = dense<0> : tensor<1xui8>}> : () -> tensor<1xui8>
  %index = "graph.constant"() <{value = dense<0> : tensor<1xui8>}> : () -> tensor<1xui8>
  %runs = "graph.constant"() <{value = dense<[[[0, 1]]]> : tensor<1x1x2xui8>}> : () -> tensor<1x1x2xui8>
  %weights = arith.constant dense<0.5> : tensor<4xf32>
  // expected-error@+1 {{has a wrong stored form: shifts must be 1 to 16 different pairs of a row and a column}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 27>, filters = 1 : i64, span = 1 : i64, shifts = array<i64: 0, 0, 1>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x16x8xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<4xf32>) -> tensor<1x1x16x8xf32>
  return
}

// -----

func.func @shifts_differ(%x: tensor<1x1x16x8xf32>) {
  %offset = "graph.constant"() <{value = dense<[0, 1]> : tensor<2xui8>}> : () -> tensor<2xui8>
  %reorder = "graph.constant"() <{value = dense<0> : tensor<1xui8>}> : () -> tensor<1xui8>
  %index = "graph.constant"() <{value = dense<0> : tensor<1xui8>}> : () -> tensor<1xui8>
  %runs = "graph.constant"() <{value = dense<[[[0, 1]]]> : tensor<1x1x2xui8>}> : () -> tensor<1x1x2xui8>
  %weights = arith.constant dense<0.5> : tensor<4xf32>
  // expected-error@+1 {{has a wrong stored form: shifts must be 1 to 16 different pairs of a row and a column}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 27>, filters = 1 : i64, span = 1 : i64, shifts = array<i64: 0, 1, 0, 1>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x16x8xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<4xf32>) -> tensor<1x1x16x8xf32>
  return
}

// -----

func.func @shifts_not_negative(%x: tensor<1x1x16x8xf32>) {
  %offset = "graph.constant"() <{value = dense<[0, 1]> : tensor<2xui8>}> : () -> tensor<2xui8>
  %reorder = "graph.constant"() <{value = dense<0> : tensor<1xui8>}> : () -> tensor<1xui8>
  %index = "graph.constant"() <{value = dense<0> : tensor<1xui8>}> : () -> tensor<1xui8>
  %runs = "graph.constant"() <{value = dense<[[[0, 1]]]> : tensor<1x1x2xui8>}> : () -> tensor<1x1x2xui8>
  %weights = arith.constant dense<0.5> : tensor<4xf32>
  // expected-error@+1 {{has a wrong stored form: shifts must be 1 to 16 different pairs of a row and a column}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 27>, filters = 1 : i64, span = 1 : i64, shifts = array<i64: 0, -1>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x16x8xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<4xf32>) -> tensor<1x1x16x8xf32>
  return
}

// -----

func.func @shifts_there(%x: tensor<1x1x16x8xf32>) {
  %offset = "graph.constant"() <{value = dense<[0, 1]> : tensor<2xui8>}> : () -> tensor<2xui8>
  %reorder = "graph.constant"() <{value = dense<0> : tensor<1xui8>}> : () -> tensor<1xui8>
  %index = "graph.constant"() <{value = dense<2> : tensor<1xui8>}> : () -> tensor<1xui8>
  %runs = "graph.constant"() <{value = dense<[[[0, 1]]]> : tensor<1x1x2xui8>}> : () -> tensor<1x1x2xui8>
  %weights = arith.constant dense<0.5> : tensor<4xf32>
  // expected-error@+1 {{has a wrong stored form: index names a shift or a channel that does not exist}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 27>, filters = 1 : i64, span = 1 : i64, shifts = array<i64: 0, 0, 1, 1>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x16x8xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<4xf32>) -> tensor<1x1x16x8xf32>
  return
}

// -----

// Chains.
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

// An extra that ends within the last block of the depthwise convolution's channels.
func.func @f(%0: tensor<1x16x8x8xf32, #lr.layout<block = 16>>, %1: tensor<2x16x1x1x16xf32>, %2: tensor<2x1x3x3x16xf32>, %3: tensor<20xf32>) -> tensor<1x20x8x8xf32, #lr.layout<block = 16>> {
  // expected-error@+1 {{needs a depthwise convolution of whole blocks, and one before it, after it, or both}}
  %4 = "lr.chain"(%0, %1, %2, %3) <{device = "cpu"}> ({
  ^bb0(%a: tensor<1x16x8x8xf32, #lr.layout<block = 16>>, %u: tensor<2x16x1x1x16xf32>, %v: tensor<2x1x3x3x16xf32>, %w: tensor<20xf32>):
    %e = "lr.conv"(%a, %u) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 20 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>) -> tensor<1x20x8x8xf32, #lr.layout<block = 16>>
    %d = "lr.conv"(%e, %v, %w) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1], group = 20>, maps = [affine_map<(d0, d1, d2, d3) -> (d1)>], filters = 20 : i64}> ({
    ^bb0(%acc: f32, %b: f32):
      %s = arith.addf %acc, %b : f32
      lr.yield %s : f32
    }) : (tensor<1x20x8x8xf32, #lr.layout<block = 16>>, tensor<2x1x3x3x16xf32>, tensor<20xf32>) -> tensor<1x20x8x8xf32, #lr.layout<block = 16>>
    lr.yield %d : tensor<1x20x8x8xf32, #lr.layout<block = 16>>
  }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>, tensor<2x1x3x3x16xf32>, tensor<20xf32>) -> tensor<1x20x8x8xf32, #lr.layout<block = 16>>
  return %4 : tensor<1x20x8x8xf32, #lr.layout<block = 16>>
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

// -----

// Masks of a layer whose weights are an argument that the chain has no operand for.
func.func @f(%0: tensor<1x16x8x8xf32, #lr.layout<block = 16>>) -> tensor<1x16x8x8xf32, #lr.layout<block = 16>> {
  // expected-error@+1 {{needs a region of 1 arguments, but it has 6}}
  %1 = "lr.chain"(%0) <{device = "cpu"}> ({
  ^bb0(%a: tensor<1x16x8x8xf32, #lr.layout<block = 16>>, %b: tensor<1xf32>, %c: tensor<1xf32>, %d: tensor<1xf32>, %e: tensor<1xf32>, %v: tensor<1x1x3x3x16xf32>):
    // expected-error@+1 {{needs constant weights of f32 for its masks}}
    %f = "lr.conv"(%a, %v) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1], group = 16>, masks = array<i64: 511>, maps = [], filters = 16 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>, tensor<1x1x3x3x16xf32>) -> tensor<1x16x8x8xf32, #lr.layout<block = 16>>
    lr.yield %f : tensor<1x16x8x8xf32, #lr.layout<block = 16>>
  }) : (tensor<1x16x8x8xf32, #lr.layout<block = 16>>) -> tensor<1x16x8x8xf32, #lr.layout<block = 16>>
  return %1 : tensor<1x16x8x8xf32, #lr.layout<block = 16>>
}

// -----

// 641 * 6700417 is 2^32 + 1.
func.func @f(%x: tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32> {
  %offset = arith.constant dense<[0, 1]> : tensor<2xui8>
  %reorder = arith.constant dense<0> : tensor<1xui8>
  %index = arith.constant dense<0> : tensor<1xui8>
  %runs = arith.constant dense<[[[0, 1]]]> : tensor<1x1x2xui8>
  %weights = arith.constant dense<0.5> : tensor<1xf32>
  // expected-error@+1 {{has a wrong stored form: kernels must have 1 to 63 positions}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [641, 6700417], strides = [1, 1], pads = [0, 0, 640, 6700416], dilations = [1, 1]>, masks = array<i64: 1>, filters = 1 : i64, span = 1 : i64, shifts = array<i64: 0, 0>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x1x1xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<1xf32>) -> tensor<1x1x1x1xf32>
  return %0 : tensor<1x1x1x1xf32>
}

// -----

func.func @f(%x: tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32> {
  // expected-error@+1 {{#lr.window is wrong: kernel extents must be positive, and at most 1073741824}}
  %0 = "lr.window"(%x) <{device = "cpu", kind = "max", info = #lr.window<kernel = [1, 1073741825], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32>
  return %0 : tensor<1x1x1x1xf32>
}

// -----

func.func @one_position(%x: tensor<1x2x16x8xf32>, %weights: tensor<1x2xf32>) {
  %order = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %offset = "graph.constant"() <{value = dense<[0, 1]> : tensor<2xui8>}> : () -> tensor<2xui8>
  %index = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %w = "arith.constant"() <{value = dense<1.0> : tensor<1x2xf32>}> : () -> tensor<1x2xf32>
  // expected-error@+1 {{takes kernels of one position, without padding and groups}}
  %0 = "lr.pointwise_conv"(%x, %order, %offset, %index, %w) <{device = "cpu", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 1, 0], dilations = [1, 1]>, filters = 2 : i64, share = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x16x8xf32>, tensor<1x2xui8>, tensor<2xui8>, tensor<1x2xui8>, tensor<1x2xf32>) -> tensor<1x2x17x8xf32>
  return
}

// -----

func.func @no_groups(%x: tensor<1x2x16x8xf32>, %weights: tensor<1x2xf32>) {
  %order = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %offset = "graph.constant"() <{value = dense<[0, 1]> : tensor<2xui8>}> : () -> tensor<2xui8>
  %index = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %w = "arith.constant"() <{value = dense<1.0> : tensor<1x2xf32>}> : () -> tensor<1x2xf32>
  // expected-error@+1 {{takes kernels of one position, without padding and groups}}
  %0 = "lr.pointwise_conv"(%x, %order, %offset, %index, %w) <{device = "cpu", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1], group = 2>, filters = 2 : i64, share = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x16x8xf32>, tensor<1x2xui8>, tensor<2xui8>, tensor<1x2xui8>, tensor<1x2xf32>) -> tensor<1x2x16x8xf32>
  return
}

// -----

func.func @each_filter_once(%x: tensor<1x2x16x8xf32>, %weights: tensor<1x2xf32>) {
  %order = "graph.constant"() <{value = dense<[[1, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %offset = "graph.constant"() <{value = dense<[0, 1]> : tensor<2xui8>}> : () -> tensor<2xui8>
  %index = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %w = "arith.constant"() <{value = dense<1.0> : tensor<1x2xf32>}> : () -> tensor<1x2xf32>
  // expected-error@+1 {{has a wrong stored form: order must have each filter once in each group}}
  %0 = "lr.pointwise_conv"(%x, %order, %offset, %index, %w) <{device = "cpu", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, filters = 2 : i64, share = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x16x8xf32>, tensor<1x2xui8>, tensor<2xui8>, tensor<1x2xui8>, tensor<1x2xf32>) -> tensor<1x2x16x8xf32>
  return
}

// -----

func.func @offset_ends(%x: tensor<1x2x16x8xf32>, %weights: tensor<1x2xf32>) {
  %order = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %offset = "graph.constant"() <{value = dense<[0, 0]> : tensor<2xui8>}> : () -> tensor<2xui8>
  %index = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %w = "arith.constant"() <{value = dense<1.0> : tensor<1x2xf32>}> : () -> tensor<1x2xf32>
  // expected-error@+1 {{has a wrong stored form: offset must begin with 0 and end with the number of steps}}
  %0 = "lr.pointwise_conv"(%x, %order, %offset, %index, %w) <{device = "cpu", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, filters = 2 : i64, share = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x16x8xf32>, tensor<1x2xui8>, tensor<2xui8>, tensor<1x2xui8>, tensor<1x2xf32>) -> tensor<1x2x16x8xf32>
  return
}

// -----

func.func @offset_rises(%x: tensor<1x2x16x8xf32>, %weights: tensor<1x2xf32>) {
  %order = "graph.constant"() <{value = dense<[[0, 1], [1, 0]]> : tensor<2x2xui8>}> : () -> tensor<2x2xui8>
  %offset = "graph.constant"() <{value = dense<[0, 2, 1]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %index = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %w = "arith.constant"() <{value = dense<1.0> : tensor<1x2xf32>}> : () -> tensor<1x2xf32>
  // expected-error@+1 {{has a wrong stored form: offset must not fall}}
  %0 = "lr.pointwise_conv"(%x, %order, %offset, %index, %w) <{device = "cpu", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, filters = 2 : i64, share = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x16x8xf32>, tensor<2x2xui8>, tensor<3xui8>, tensor<1x2xui8>, tensor<1x2xf32>) -> tensor<1x2x16x8xf32>
  return
}

// -----

func.func @as_many_offsets(%x: tensor<1x2x16x8xf32>, %weights: tensor<1x2xf32>) {
  %order = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %offset = "graph.constant"() <{value = dense<[0, 0, 0, 1]> : tensor<4xui8>}> : () -> tensor<4xui8>
  %index = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %w = "arith.constant"() <{value = dense<1.0> : tensor<1x2xf32>}> : () -> tensor<1x2xf32>
  // expected-error@+1 {{has a wrong stored form: there must be one offset, or two, for each group and bundle, and one more}}
  %0 = "lr.pointwise_conv"(%x, %order, %offset, %index, %w) <{device = "cpu", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, filters = 2 : i64, share = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x16x8xf32>, tensor<1x2xui8>, tensor<4xui8>, tensor<1x2xui8>, tensor<1x2xf32>) -> tensor<1x2x16x8xf32>
  return
}

// -----

func.func @pairs_read_one_channel(%x: tensor<1x2x16x8xf32>, %weights: tensor<1x2xf32>) {
  %order = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %offset = "graph.constant"() <{value = dense<[0, 1, 1]> : tensor<3xui8>}> : () -> tensor<3xui8>
  %index = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %w = "arith.constant"() <{value = dense<1.0> : tensor<1x2xf32>}> : () -> tensor<1x2xf32>
  // expected-error@+1 {{has a wrong stored form: strands of a pair must read the same channel}}
  %0 = "lr.pointwise_conv"(%x, %order, %offset, %index, %w) <{device = "cpu", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, filters = 2 : i64, share = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x16x8xf32>, tensor<1x2xui8>, tensor<3xui8>, tensor<1x2xui8>, tensor<1x2xf32>) -> tensor<1x2x16x8xf32>
  return
}

// -----

func.func @channels_exist(%x: tensor<1x2x16x8xf32>, %weights: tensor<1x2xf32>) {
  %order = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %offset = "graph.constant"() <{value = dense<[0, 1]> : tensor<2xui8>}> : () -> tensor<2xui8>
  %index = "graph.constant"() <{value = dense<[[0, 2]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %w = "arith.constant"() <{value = dense<1.0> : tensor<1x2xf32>}> : () -> tensor<1x2xf32>
  // expected-error@+1 {{has a wrong stored form: index names a channel that does not exist}}
  %0 = "lr.pointwise_conv"(%x, %order, %offset, %index, %w) <{device = "cpu", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, filters = 2 : i64, share = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x16x8xf32>, tensor<1x2xui8>, tensor<2xui8>, tensor<1x2xui8>, tensor<1x2xf32>) -> tensor<1x2x16x8xf32>
  return
}

// -----

func.func @weights_of_strands(%x: tensor<1x2x16x8xf32>, %weights: tensor<1x2xf32>) {
  %order = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %offset = "graph.constant"() <{value = dense<[0, 1]> : tensor<2xui8>}> : () -> tensor<2xui8>
  %index = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %w = "arith.constant"() <{value = dense<1.0> : tensor<1x2xf32>}> : () -> tensor<1x2xf32>
  // expected-error@+1 {{has a wrong stored form: weights must be [steps, strands * share]}}
  %0 = "lr.pointwise_conv"(%x, %order, %offset, %index, %w) <{device = "cpu", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, filters = 2 : i64, share = 2 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x16x8xf32>, tensor<1x2xui8>, tensor<2xui8>, tensor<1x2xui8>, tensor<1x2xf32>) -> tensor<1x2x16x8xf32>
  return
}

// -----

func.func @wide_bundles(%x: tensor<1x2x16x8xf32>, %weights: tensor<1x66xf32>) {
  %order = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %offset = "graph.constant"() <{value = dense<[0, 1]> : tensor<2xui8>}> : () -> tensor<2xui8>
  %index = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %w = "arith.constant"() <{value = dense<1.0> : tensor<1x66xf32>}> : () -> tensor<1x66xf32>
  // expected-error@+1 {{has a wrong stored form: index must be [steps, strands], and a bundle have 64 filters at most}}
  %0 = "lr.pointwise_conv"(%x, %order, %offset, %index, %w) <{device = "cpu", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, filters = 2 : i64, share = 33 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x16x8xf32>, tensor<1x2xui8>, tensor<2xui8>, tensor<1x2xui8>, tensor<1x66xf32>) -> tensor<1x2x16x8xf32>
  return
}

// -----

func.func @wide_bundles(%x: tensor<1x2x16x8xf32>, %weights: tensor<1x66xf32>) {
  %order = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %offset = "graph.constant"() <{value = dense<[0, 1]> : tensor<2xui8>}> : () -> tensor<2xui8>
  %index = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %w = "arith.constant"() <{value = dense<1.0> : tensor<1x66xf32>}> : () -> tensor<1x66xf32>
  // expected-error@+1 {{has a wrong stored form: index must be [steps, strands], and a bundle have 64 filters at most}}
  %0 = "lr.pointwise_conv"(%x, %order, %offset, %index, %w) <{device = "cpu", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, filters = 2 : i64, share = 4611686018427387905 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x16x8xf32>, tensor<1x2xui8>, tensor<2xui8>, tensor<1x2xui8>, tensor<1x66xf32>) -> tensor<1x2x16x8xf32>
  return
}

// -----

func.func @order_of_filters(%x: tensor<1x2x16x8xf32>, %weights: tensor<1x2xf32>) {
  %order = "graph.constant"() <{value = dense<[[0, 1, 2]]> : tensor<1x3xui8>}> : () -> tensor<1x3xui8>
  %offset = "graph.constant"() <{value = dense<[0, 1]> : tensor<2xui8>}> : () -> tensor<2xui8>
  %index = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %w = "arith.constant"() <{value = dense<1.0> : tensor<1x2xf32>}> : () -> tensor<1x2xf32>
  // expected-error@+1 {{has a wrong stored form: order must be [groups, filters]}}
  %0 = "lr.pointwise_conv"(%x, %order, %offset, %index, %w) <{device = "cpu", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, filters = 2 : i64, share = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x16x8xf32>, tensor<1x3xui8>, tensor<2xui8>, tensor<1x2xui8>, tensor<1x2xf32>) -> tensor<1x2x16x8xf32>
  return
}

// -----

func.func @bundles_of_f32(%x: tensor<1x2x16x8xf32>, %weights: tensor<1x2xf64>) {
  %order = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %offset = "graph.constant"() <{value = dense<[0, 1]> : tensor<2xui8>}> : () -> tensor<2xui8>
  %index = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %w = "arith.constant"() <{value = dense<1.0> : tensor<1x2xf64>}> : () -> tensor<1x2xf64>
  // expected-error@+1 {{needs input and weights of f32}}
  %0 = "lr.pointwise_conv"(%x, %order, %offset, %index, %w) <{device = "cpu", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, filters = 2 : i64, share = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x16x8xf32>, tensor<1x2xui8>, tensor<2xui8>, tensor<1x2xui8>, tensor<1x2xf64>) -> tensor<1x2x16x8xf32>
  return
}

// -----

func.func @bundles_in_patches(%x: tensor<1x2x16x8xf32>, %weights: tensor<1x2xf32>) {
  %order = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %offset = "graph.constant"() <{value = dense<[0, 1]> : tensor<2xui8>}> : () -> tensor<2xui8>
  %index = "graph.constant"() <{value = dense<[[0, 1]]> : tensor<1x2xui8>}> : () -> tensor<1x2xui8>
  %w = "arith.constant"() <{value = dense<1.0> : tensor<1x2xf32>}> : () -> tensor<1x2xf32>
  // expected-error@+1 {{needs input and result dense, or of the same patches}}
  %0 = "lr.pointwise_conv"(%x, %order, %offset, %index, %w) <{device = "cpu", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, filters = 2 : i64, share = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x16x8xf32>, tensor<1x2xui8>, tensor<2xui8>, tensor<1x2xui8>, tensor<1x2xf32>) -> tensor<1x2x16x8xf32, #lr.layout<patches = [2, 8]>>
  return
}

// -----

// expected-error@+1 {{#lr.window needs as many strides and dilations as kernel extents, and twice as many pads}}
func.func private @strides() attributes {w = #lr.window<kernel = [3, 3], strides = [1], pads = [1, 1, 1, 1], dilations = [1, 1]>}

// -----

// expected-error@+1 {{#lr.window needs a positive group}}
func.func private @group() attributes {w = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1], group = 0>}

// -----

func.func @columns_of_a_plain_product(%a: tensor<4x5xf32>, %b: tensor<5x9xf32>) {
  // expected-error@+1 {{'lr.matmul' op has 'columns' without a packed b}}
  %0 = "lr.matmul"(%a, %b) <{device = "cpu", storage = "plain", columns = 9 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<4x5xf32>, tensor<5x9xf32>) -> tensor<4x9xf32>
  return
}

// -----

func.func @product_of_two_types(%a: tensor<4x5xf32>, %b: tensor<5x9xf64>) {
  // expected-error@+1 {{'lr.matmul' op needs a and b of one element type}}
  %0 = "lr.matmul"(%a, %b) <{device = "cpu", storage = "plain", maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<4x5xf32>, tensor<5x9xf64>) -> tensor<4x9xf32>
  return
}

// -----

func.func @convolution_of_two_types(%x: tensor<1x2x4x4xf32>, %w: tensor<3x2x1x1xf64>) {
  // expected-error@+1 {{'lr.conv' op needs input and weight of one element type}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x4x4xf32>, tensor<3x2x1x1xf64>) -> tensor<1x3x4x4xf32>
  return
}

// -----

// Each of what makes a convolution more than a product over pixels.
func.func @product_with_padding(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16>>, %w: tensor<1x16x1x1x16xf32>) {
  // expected-error@+1 {{'lr.conv' op with storage gemm must be 1x1, of stride 1, without padding}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 1], dilations = [1, 1]>, maps = [], filters = 16 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16>>, tensor<1x16x1x1x16xf32>) -> tensor<1x16x4x5xf32, #lr.layout<block = 16>>
  return
}

// -----

func.func @product_with_strides(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16>>, %w: tensor<1x16x1x1x16xf32>) {
  // expected-error@+1 {{'lr.conv' op with storage gemm must be 1x1, of stride 1, without padding}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 2], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 16 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16>>, tensor<1x16x1x1x16xf32>) -> tensor<1x16x4x2xf32, #lr.layout<block = 16>>
  return
}

// -----

func.func @map_past_the_end(%x: tensor<3xf32>) {
  // expected-error@+1 {{'lr.map' op has a map #0 that does not certainly lead from the result's indices into its operand}}
  %0 = "lr.map"(%x) <{device = "cpu", shape = array<i64: 3>, maps = [affine_map<(d0) -> (d0 + 1)>]}> ({
  ^bb0(%e: f32):
    lr.yield %e : f32
  }) : (tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @map_of_another_rank(%x: tensor<3xf32>) {
  // expected-error@+1 {{'lr.map' op has a map #0 that does not certainly lead from the result's indices into its operand}}
  %0 = "lr.map"(%x) <{device = "cpu", shape = array<i64: 3>, maps = [affine_map<(d0, d1) -> (d0)>]}> ({
  ^bb0(%e: f32):
    lr.yield %e : f32
  }) : (tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @argument_of_another_type(%x: tensor<3xf32>) {
  // expected-error@+1 {{'lr.map' op has a region argument #0 that is not of its operand's element type}}
  %0 = "lr.map"(%x) <{device = "cpu", shape = array<i64: 3>, maps = [affine_map<(d0) -> (d0)>]}> ({
  ^bb0(%e: f64):
    lr.yield %e : f64
  }) : (tensor<3xf32>) -> tensor<3xf64>
  return
}

// -----

func.func @region_without_block(%x: tensor<3xf32>) {
  // expected-error@+1 {{'lr.reduce' op needs a region with a block}}
  %0 = "lr.reduce"(%x) <{device = "cpu", kind = "sum", axes = array<i64: 0>, keep_dimensions = false, maps = []}> ({}) : (tensor<3xf32>) -> tensor<f32>
  return
}

// -----

func.func @chain_without_block(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16>>) {
  // expected-error@+1 {{'lr.chain' op needs a region with a block}}
  %0 = "lr.chain"(%x) <{device = "cpu"}> ({}) : (tensor<1x16x4x4xf32, #lr.layout<block = 16>>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  return
}

// -----

func.func @tensor_in_a_body(%x: tensor<3xf32>) {
  // expected-error@+1 {{'lr.map' op has a value in its region that is no scalar}}
  %0 = "lr.map"(%x) <{device = "cpu", shape = array<i64: 3>, maps = [affine_map<(d0) -> (d0)>]}> ({
  ^bb0(%e: f32):
    %c = arith.constant dense<1.0> : tensor<2xf32>
    lr.yield %e : f32
  }) : (tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @blocks_of_two_sizes(%x: tensor<1x16x4x4xf32, #lr.layout<block = 8>>) {
  // expected-error@+1 {{'lr.map' op needs operand #0 to have the result's block}}
  %0 = "lr.map"(%x) <{device = "cpu", shape = array<i64: 1, 16, 4, 4>, maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>]}> ({
  ^bb0(%e: f32):
    lr.yield %e : f32
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 8>>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  return
}

// -----

func.func @broadcast_of_blocks(%x: tensor<1x16x1x1xf32, #lr.layout<block = 16>>) {
  // expected-error@+1 {{'lr.map' op takes no layout on operand #0, which is broadcast}}
  %0 = "lr.map"(%x) <{device = "cpu", shape = array<i64: 1, 16, 4, 4>, maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, 0, 0)>]}> ({
  ^bb0(%e: f32):
    lr.yield %e : f32
  }) : (tensor<1x16x1x1xf32, #lr.layout<block = 16>>) -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  return
}

// -----

func.func @encoding_of_another_dialect(%x: tensor<3xf32, "other">) {
  // expected-error@+1 {{'lr.map' op takes tensors with #lr.layout or without encoding}}
  %0 = "lr.map"(%x) <{device = "cpu", shape = array<i64: 3>, maps = [affine_map<(d0) -> (d0)>]}> ({
  ^bb0(%e: f32):
    lr.yield %e : f32
  }) : (tensor<3xf32, "other">) -> tensor<3xf32>
  return
}

// -----

func.func @average_of_integers(%x: tensor<1x2x4x4xi32>) {
  // expected-error@+1 {{'lr.window' op averages floats only}}
  %0 = "lr.window"(%x) <{device = "cpu", kind = "average", info = #lr.window<kernel = [2, 2], strides = [2, 2], pads = [0, 0, 0, 0], dilations = [1, 1]>, count_include_pad = false, ceil_mode = false, maps = []}> ({
  ^bb0(%acc: i32):
    lr.yield %acc : i32
  }) : (tensor<1x2x4x4xi32>) -> tensor<1x2x2x2xi32>
  return
}

// -----

func.func @patches_on_one_side(%x: tensor<1x2x16x8xf32, #lr.layout<patches = [2, 8]>>) {
  // expected-error@+1 {{'lr.window' op needs both input and result in patches, or neither}}
  %0 = "lr.window"(%x) <{device = "cpu", kind = "max", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, count_include_pad = false, ceil_mode = false, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x16x8xf32, #lr.layout<patches = [2, 8]>>) -> tensor<1x2x16x8xf32>
  return
}

// -----

func.func @sum_of_channels_in_blocks(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16>>) {
  // expected-error@+1 {{'lr.reduce' op takes blocks only where it reduces rows and columns of an image}}
  %0 = "lr.reduce"(%x) <{device = "cpu", kind = "sum", axes = array<i64: 1>, keep_dimensions = true, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16>>) -> tensor<1x1x4x4xf32>
  return
}

// -----

func.func @sum_of_blocks_is_in_blocks(%x: tensor<1x16x4x4xf32, #lr.layout<block = 16>>) {
  // expected-error@+1 {{'lr.reduce' op needs a result of the input's block}}
  %0 = "lr.reduce"(%x) <{device = "cpu", kind = "sum", axes = array<i64: 2, 3>, keep_dimensions = true, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x16x4x4xf32, #lr.layout<block = 16>>) -> tensor<1x16x1x1xf32>
  return
}

// -----

func.func @fill_of_another_type(%x: tensor<2xf32>) {
  // expected-error@+1 {{'lr.move' op needs a fill of the result's element type}}
  %0 = "lr.move"(%x) <{device = "cpu", shape = array<i64: 4>, domains = [array<i64: 2>], sources = [affine_map<(d0) -> (d0)>], destinations = [affine_map<(d0) -> (d0)>], fill = 0.0 : f64}> : (tensor<2xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @inputs_of_two_types(%x: tensor<2xf32>, %y: tensor<2xf64>) {
  // expected-error@+1 {{'lr.move' op needs inputs of the result's element type}}
  %0 = "lr.move"(%x, %y) <{device = "cpu", shape = array<i64: 4>, domains = [array<i64: 2>, array<i64: 2>], sources = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], destinations = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0 + 2)>]}> : (tensor<2xf32>, tensor<2xf64>) -> tensor<4xf32>
  return
}

// -----

func.func @domain_of_each_input(%x: tensor<2xf32>) {
  // expected-error@+1 {{'lr.move' op needs a domain, a source and a destination for each input}}
  %0 = "lr.move"(%x) <{device = "cpu", shape = array<i64: 2>, domains = [array<i64: 2>], sources = [affine_map<(d0) -> (d0)>], destinations = []}> : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @domain_is_a_list(%x: tensor<2xf32>) {
  // expected-error@+1 {{'lr.move' op needs domains that are lists of at most 16 extents}}
  %0 = "lr.move"(%x) <{device = "cpu", shape = array<i64: 2>, domains = [2 : i64], sources = [affine_map<(d0) -> (d0)>], destinations = [affine_map<(d0) -> (d0)>]}> : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @domain_of_negative_extent(%x: tensor<2xf32>) {
  // expected-error@+1 {{'lr.move' op has an extent out of range in domain #0}}
  %0 = "lr.move"(%x) <{device = "cpu", shape = array<i64: 2>, domains = [array<i64: -2>], sources = [affine_map<(d0) -> (d0)>], destinations = [affine_map<(d0) -> (d0)>]}> : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @domain_that_overflows(%x: tensor<2xf32>) {
  // expected-error@+1 {{'lr.move' op has an extent out of range in domain #0}}
  %0 = "lr.move"(%x) <{device = "cpu", shape = array<i64: 2>, domains = [array<i64: 4294967296, 4294967296>], sources = [affine_map<(d0, d1) -> (0)>], destinations = [affine_map<(d0, d1) -> (0)>]}> : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

// Each is within bounds, their sum is not.
func.func @domains_of_too_many_points(%x: tensor<2xf32>) {
  // expected-error@+1 {{'lr.move' op has domains that are too large}}
  %0 = "lr.move"(%x, %x) <{device = "cpu", shape = array<i64: 2>, domains = [array<i64: 2251799813685247>, array<i64: 2251799813685247>], sources = [affine_map<(d0) -> (0)>, affine_map<(d0) -> (0)>], destinations = [affine_map<(d0) -> (0)>, affine_map<(d0) -> (0)>]}> : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @indices_of_few_bits(%x: tensor<2xf32>, %i: tensor<2xi4>) {
  // expected-error@+1 {{'lr.gather' op needs indices of at least 8 bits}}
  %0 = lr.gather cpu %x, %i {axis = 0 : i64} : (tensor<2xf32>, tensor<2xi4>) -> tensor<2xf32>
  return
}

// -----

func.func @offsets_of_rows(%x: tensor<1x1x16x8xf32>, %offset: tensor<3xui8>, %reorder: tensor<1xui8>, %index: tensor<1xui8>, %runs: tensor<1x1x2xui8>, %weights: tensor<4xf32>) {
  // expected-error@+1 {{has a wrong stored form: needs one offset per filter and channel group, and one more}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 432>, filters = 1 : i64, span = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x16x8xf32>, tensor<3xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<4xf32>) -> tensor<1x1x16x8xf32>
  return
}

// -----

func.func @reorder_of_filters(%x: tensor<1x1x16x8xf32>, %offset: tensor<2xui8>, %reorder: tensor<2xui8>, %index: tensor<1xui8>, %runs: tensor<1x1x2xui8>, %weights: tensor<4xf32>) {
  // expected-error@+1 {{has a wrong stored form: needs a reorder with one element per filter}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 432>, filters = 1 : i64, span = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x16x8xf32>, tensor<2xui8>, tensor<2xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<4xf32>) -> tensor<1x1x16x8xf32>
  return
}

// -----

func.func @weights_of_masks(%x: tensor<1x1x16x8xf32>, %offset: tensor<2xui8>, %reorder: tensor<1xui8>, %index: tensor<1xui8>, %runs: tensor<1x1x2xui8>, %weights: tensor<5xf32>) {
  // expected-error@+1 {{has a wrong stored form: needs as many weights for each kernel as its pattern has entries}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 432>, filters = 1 : i64, span = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x16x8xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<5xf32>) -> tensor<1x1x16x8xf32>
  return
}

// -----

// expected-error@+1 {{#lr.window is wrong: needs 1 to 8 spatial axes}}
func.func private @axes() attributes {w = #lr.window<kernel = [], strides = [], pads = [], dilations = []>}
