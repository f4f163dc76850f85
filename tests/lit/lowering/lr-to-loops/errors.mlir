// RUN: coco-opt %s --allow-unregistered-dialect --split-input-file --verify-diagnostics --pass-pipeline='builtin.module(lr-to-loops)'

func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+1 {{cannot be lowered to loops: only lr operations and constants can}}
  %0 = arith.negf %x : tensor<4xf32>
  func.return %0 : tensor<4xf32>
}

// -----

// expected-error@+1 {{has an argument that is no static tensor}}
func.func @main(%x: tensor<?xf32>) -> tensor<?xf32> {
  func.return %x : tensor<?xf32>
}

// -----

// Loops follow what the arrays say; nobody has checked these.
func.func @main(%x: tensor<1x1x16x8xf32, #lr.layout<patches = [2, 8]>>, %index: tensor<1xui8>) -> tensor<1x1x16x8xf32, #lr.layout<patches = [2, 8]>> {
  %offset = arith.constant dense<[0, 1]> : tensor<2xui8>
  %reorder = arith.constant dense<0> : tensor<1xui8>
  %runs = arith.constant dense<[[[0, 1]]]> : tensor<1x1x2xui8>
  %weights = arith.constant dense<0.5> : tensor<1xf32>
  // expected-error@+1 {{cannot be lowered to loops: its arrays are no constants at hand}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, masks = array<i64: 1>, filters = 1 : i64, span = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x16x8xf32, #lr.layout<patches = [2, 8]>>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<1xf32>) -> tensor<1x1x16x8xf32, #lr.layout<patches = [2, 8]>>
  return %0 : tensor<1x1x16x8xf32, #lr.layout<patches = [2, 8]>>
}

// -----

func.func @main(%x: tensor<1x3xf32>, %index: tensor<3xui8>) -> tensor<1x17xf32> {
  %offset = arith.constant dense<[0, 2, 3]> : tensor<3xui8>
  %weights = arith.constant dense<0.5> : tensor<3x16xf32>
  // expected-error@+1 {{cannot be lowered to loops: its arrays are no constants at hand}}
  %0 = "lr.block_matmul"(%x, %offset, %index, %weights) <{device = "cpu", columns = 17 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<1x17xf32>
  return %0 : tensor<1x17xf32>
}

// -----

func.func @main(%x: tensor<1x2x3x3xf32>) -> tensor<1x1x3x3xf32> {
  %offset = arith.constant dense<[0, 1]> : tensor<2xui8>
  %index = arith.constant dense<1> : tensor<1xui8>
  %weights = arith.constant dense<0.5> : tensor<1x16xf32>
  // expected-error@+1 {{has a lowering to loops only with storage placed}}
  %0 = "lr.block_conv"(%x, %offset, %index, %weights) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, filters = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x3x3xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1x16xf32>) -> tensor<1x1x3x3xf32>
  return %0 : tensor<1x1x3x3xf32>
}

// -----

// Rows so long that not even those of one strip fit.
func.func @main(%0: tensor<1x16x8x4096xf32, #lr.layout<block = 16>>, %u: tensor<2x16x1x1x16xf32>, %v: tensor<2x1x3x3x16xf32>) -> tensor<1x32x8x4096xf32, #lr.layout<block = 16>> {
  // expected-error@+1 {{needs more memory between its layers than a stack has}}
  %1 = "lr.chain"(%0, %u, %v) <{device = "cpu", tuning = #lr.tuning<filters = 1, pieces = 4, rows = 2>}> ({
  ^bb0(%a: tensor<1x16x8x4096xf32, #lr.layout<block = 16>>, %b: tensor<2x16x1x1x16xf32>, %c: tensor<2x1x3x3x16xf32>):
    %e = "lr.conv"(%a, %b) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x16x8x4096xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>) -> tensor<1x32x8x4096xf32, #lr.layout<block = 16>>
    %d = "lr.conv"(%e, %c) <{device = "cpu", storage = "depthwise", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1], group = 32>, maps = [], filters = 32 : i64}> ({
    ^bb0(%acc: f32):
      lr.yield %acc : f32
    }) : (tensor<1x32x8x4096xf32, #lr.layout<block = 16>>, tensor<2x1x3x3x16xf32>) -> tensor<1x32x8x4096xf32, #lr.layout<block = 16>>
    lr.yield %d : tensor<1x32x8x4096xf32, #lr.layout<block = 16>>
  }) : (tensor<1x16x8x4096xf32, #lr.layout<block = 16>>, tensor<2x16x1x1x16xf32>, tensor<2x1x3x3x16xf32>) -> tensor<1x32x8x4096xf32, #lr.layout<block = 16>>
  return %1 : tensor<1x32x8x4096xf32, #lr.layout<block = 16>>
}

// -----

// expected-error@+1 {{has several blocks, so that it cannot be lowered to loops}}
func.func @blocks(%x: tensor<2xf32>) -> tensor<2xf32> {
  cf.br ^end
^end:
  return %x : tensor<2xf32>
}

// -----

func.func @main() -> tensor<1073741824x1073741824xf32> {
  // expected-error@+1 {{'lr.map' op has a result that is too large}}
  %0 = "lr.map"() <{device = "cpu", shape = array<i64: 1073741824, 1073741824>, maps = []}> ({
    %c = arith.constant 1.0 : f32
    lr.yield %c : f32
  }) : () -> tensor<1073741824x1073741824xf32>
  %1 = "lr.map"(%0) <{device = "cpu", shape = array<i64: 1073741824, 1073741824>, maps = [affine_map<(d0, d1) -> (d0, d1)>]}> ({
  ^bb0(%e: f32):
    lr.yield %e : f32
  }) : (tensor<1073741824x1073741824xf32>) -> tensor<1073741824x1073741824xf32>
  return %1 : tensor<1073741824x1073741824xf32>
}

// -----

// 2^64 and some 2^46 bytes.
func.func @main(%x: tensor<68719476736x16x1x1xf32, #lr.layout<block = 16, halo = [1, 1, 2, 2]>>, %w: tensor<16x262144x16x16xf32>) -> tensor<68719476736x4194304x1x1xf32, #lr.layout<block = 16>> {
  // expected-error@+1 {{'lr.conv' op needs a workspace that is too large}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "winograd2", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, tuning = #lr.tuning<pieces = 4096, tiles = 16777216>, maps = [], filters = 4194304 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<68719476736x16x1x1xf32, #lr.layout<block = 16, halo = [1, 1, 2, 2]>>, tensor<16x262144x16x16xf32>) -> tensor<68719476736x4194304x1x1xf32, #lr.layout<block = 16>>
  return %0 : tensor<68719476736x4194304x1x1xf32, #lr.layout<block = 16>>
}

// -----

func.func @main(%x: tensor<1x131072x1572864x1572864xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, %w: tensor<64x1x131072x16xf32>) -> tensor<1x1x1572864x1572864xf32, #lr.layout<block = 16>> {
  // expected-error@+1 {{'lr.conv' op needs a workspace that is too large}}
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "winograd6", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, tuning = #lr.tuning<pieces = 4096, tiles = 16777216>, maps = [], filters = 1 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x131072x1572864x1572864xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>, tensor<64x1x131072x16xf32>) -> tensor<1x1x1572864x1572864xf32, #lr.layout<block = 16>>
  return %0 : tensor<1x1x1572864x1572864xf32, #lr.layout<block = 16>>
}

// -----

// expected-error@+1 {{'func.func' op has a result that is no static tensor, so that it cannot be lowered to loops}}
func.func @main(%x: tensor<2xf32>) -> (tensor<2xf32>, f32) {
  %c = arith.constant 1.0 : f32
  %0 = "lr.map"(%x) <{device = "cpu", shape = array<i64: 2>, maps = [affine_map<(d0) -> (d0)>]}> ({
  ^bb0(%e: f32):
    lr.yield %e : f32
  }) : (tensor<2xf32>) -> tensor<2xf32>
  return %0, %c : tensor<2xf32>, f32
}

// -----

func.func @main() -> tensor<1x16x4x4xf32> {
  // expected-error@+1 {{'arith.constant' op has elements that are not at hand}}
  %0 = arith.constant dense_resource<elsewhere> : tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  %1 = lr.relayout %0 cpu : tensor<1x16x4x4xf32, #lr.layout<block = 16>> to tensor<1x16x4x4xf32>
  return %1 : tensor<1x16x4x4xf32>
}

// -----

func.func @main(%x: tensor<1x1x4x4xf32>) -> tensor<1x1x4x4xf32> {
  %offset = arith.constant dense<[0, 1]> : tensor<2xui8>
  %reorder = arith.constant dense<0> : tensor<1xui8>
  %index = arith.constant dense<0> : tensor<1xui8>
  %runs = arith.constant dense<[[[0, 1]]]> : tensor<1x1x2xui8>
  %weights = arith.constant dense<0.5> : tensor<1xf32>
  // expected-error@+1 {{'lr.pattern_conv' op has a lowering to loops only in patches}}
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, masks = array<i64: 1>, filters = 1 : i64, span = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x4x4xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<1xf32>) -> tensor<1x1x4x4xf32>
  return %0 : tensor<1x1x4x4xf32>
}

// -----

func.func @main(%x: tensor<2xi32>) -> tensor<2xi32> {
  %0 = "lr.map"(%x) <{device = "cpu", shape = array<i64: 2>, maps = [affine_map<(d0) -> (d0)>]}> ({
  ^bb0(%e: i32):
    // expected-error@+1 {{'builtin.unrealized_conversion_cast' op is not elementwise, so that it cannot be written on vectors}}
    %a, %b = builtin.unrealized_conversion_cast %e, %e : i32, i32 to i32, i32
    lr.yield %a : i32
  }) : (tensor<2xi32>) -> tensor<2xi32>
  return %0 : tensor<2xi32>
}

// -----

// expected-error@+1 {{'func.func' op does not end in func.return}}
func.func @main(%x: tensor<2xf32>) {
  "test.end"() : () -> ()
}
