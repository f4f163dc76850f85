// RUN: coco-opt %s -split-input-file -verify-diagnostics

// expected-error@+1 {{expects a kernel of 1 to 3 extents, but it has 0}}
pattern.set @s {kernel = array<i64>, masks = array<i64: 1>}

// -----

// expected-error@+1 {{expects kernel extents of 1 to 63, but one is 0}}
pattern.set @s {kernel = array<i64: 0, 3>, masks = array<i64: 1>}

// -----

// expected-error@+1 {{expects a kernel of at most 63 positions, but it has 64}}
pattern.set @s {kernel = array<i64: 8, 8>, masks = array<i64: 1>}

// -----

// expected-error@+1 {{expects 1 to 4096 masks, but there are 0}}
pattern.set @s {kernel = array<i64: 3, 3>, masks = array<i64>}

// -----

// expected-error@+1 {{has a wrong set of patterns: masks must not be empty}}
pattern.set @s {kernel = array<i64: 3, 3>, masks = array<i64: 1, 0>}

// -----

// expected-error@+1 {{has a wrong set of patterns: masks must be distinct}}
pattern.set @s {kernel = array<i64: 3, 3>, masks = array<i64: 3, 3>}

// -----

// expected-error@+1 {{has a wrong set of patterns: masks must all have the same number of bits}}
pattern.set @s {kernel = array<i64: 3, 3>, masks = array<i64: 3, 7>}

// -----

// expected-error@+1 {{has a wrong set of patterns: masks must not have bits outside of the kernel}}
pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 16>}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x3xf32>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{names 'none', which is no 'pattern.set'}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @none, kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64}> : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x3xf32>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{names 'f', which is no 'pattern.set'}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @f, kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64}> : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x3xf32>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{expects the kernel extents of its set 's'}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 2, 1>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64}> : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x3xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<2x2xf32>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{expects an input of rank 3 to 5, but it has rank 2}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64}> : (tensor<2x2xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x3xf64>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{expects an input of f32}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64}> : (tensor<1x2x3x3xf64>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x3xf32>, %b: tensor<2xf16>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{expects weights and bias of f32}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64}> : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf16>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x?x3x3xf32>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{expects an input with a known number of channels}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64}> : (tensor<1x?x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x3xf32>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{expects a kernel of 2 extents, but it has 1}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 4>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64}> : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x3xf32>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{has a wrong window: strides must be positive}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 2, 2>, strides = array<i64: 0, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64}> : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x3xf32>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{expects a group count that divides the 2 channels, but it is 3}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 3 : i64, filters = 2 : i64, span = 2 : i64}> : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x3xf32>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{has 3 filters, which 2 groups do not divide}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 2 : i64, filters = 3 : i64, span = 2 : i64}> : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x3xf32>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{expects a span of 1 to 2 channels, but it is 3}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 3 : i64}> : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x3xf32>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{expects operand 'offset' with an extent of 5 along axis 0}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 1 : i64}> : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x3xf32>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[[1, 0]]> : tensor<1x2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{expects operand 'reorder' of rank 1, but it has rank 2}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64}> : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<1x2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x3xf32>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<0> : tensor<1x3x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{expects operand 'runs' with an extent of 2 along axis 1}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64}> : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x3x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x3xf32>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui64>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{expects arrays of integers of at most 32 bits}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64}> : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui64>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x3xf32>, %b: tensor<3xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{expects operand 'bias' with an extent of 2 along axis 0}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64}> : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<3xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x1xf32>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{expects a window that fits into the padded input, but along spatial axis 1 it does not}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64}> : (tensor<1x2x3x1xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x3xf32>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<0> : tensor<1x2x2xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{expects runs with one element per pattern and one more, 3, but there are 2}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64}> : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x2xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x3xf32>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<1.0> : tensor<5xf32>
  // expected-error@+1 {{expects 2 weights for each of 3 kernels, but there are 5}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64}> : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<5xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x3xf32>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 4, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{has wrong arrays: offset must not fall}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64}> : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x3xf32>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<1> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{has wrong arrays: reorder names a filter twice}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64}> : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x3xf32>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 2]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{has wrong arrays: index names a channel outside of its channel group}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64}> : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x3xf32>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 1], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{has wrong arrays: the runs of a filter must end with its number of kernels}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64}> : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
func.func @f(%x: tensor<1x2x3x3xf32>, %b: tensor<2xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  // expected-error@+1 {{inferred type(s) 'tensor<1x2x2x2xf32>' are incompatible with return type(s) of operation 'tensor<1x2x2x3xf32>'}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w, %b) <{set = @s, kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64}> : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x3xf32>
  return
}

// -----

// expected-note@+1 {{see existing symbol definition here}}
pattern.set @s {kernel = array<i64: 1>, masks = array<i64: 1>}
// expected-error@+1 {{redefinition of symbol named 's'}}
pattern.set @s {kernel = array<i64: 1>, masks = array<i64: 1>}

// -----

// expected-error@+1 {{expected 'sym_name' to be one name}}
pattern.set @s::@t {kernel = array<i64: 1>, masks = array<i64: 1>}

// -----

pattern.set @s {kernel = array<i64: 1, 1>, masks = array<i64: 1>}
func.func @f(%x: tensor<1x128x1x1xf32>, %o: tensor<3xui8>, %r: tensor<2xui8>, %i: tensor<3xui8>, %s: tensor<1x2x3xui8>, %w: tensor<6xf32>) {
  // expected-error@+1 {{has too many channel groups}}
  %0 = "pattern.conv"(%x, %o, %r, %i, %s, %w) <{set = @s, kernel = array<i64: 1, 1>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 16777216 : i64, span = 1 : i64}> : (tensor<1x128x1x1xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>) -> tensor<1x16777216x1x1xf32>
  return
}

// -----

func.func @linear_of_f32(%x: tensor<2x3xf16>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %i = graph.constant dense<[0, 2, 1]> : tensor<3xui8>
  %c = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{expects an input of f32}}
  %0 = "pattern.linear"(%x, %o, %i, %c) <{outputs = 17 : i64}> : (tensor<2x3xf16>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<2x17xf32>
  return
}

// -----

func.func @linear_weights_of_f32(%x: tensor<2x3xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %i = graph.constant dense<[0, 2, 1]> : tensor<3xui8>
  %c = graph.constant dense<1.0> : tensor<3x16xf16>
  // expected-error@+1 {{expects weights and bias of f32}}
  %0 = "pattern.linear"(%x, %o, %i, %c) <{outputs = 17 : i64}> : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf16>) -> tensor<2x17xf32>
  return
}

// -----

func.func @linear_bias_of_f32(%x: tensor<2x3xf32>, %b: tensor<17xf64>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %i = graph.constant dense<[0, 2, 1]> : tensor<3xui8>
  %c = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{expects weights and bias of f32}}
  %0 = "pattern.linear"(%x, %o, %i, %c, %b) <{outputs = 17 : i64}> : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>, tensor<17xf64>) -> tensor<2x17xf32>
  return
}

// -----

func.func @linear_narrow_integers(%x: tensor<2x3xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %i = graph.constant dense<[0, 2, 1]> : tensor<3xui64>
  %c = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{expects arrays of integers of at most 32 bits}}
  %0 = "pattern.linear"(%x, %o, %i, %c) <{outputs = 17 : i64}> : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui64>, tensor<3x16xf32>) -> tensor<2x17xf32>
  return
}

// -----

func.func @linear_known_depth(%x: tensor<2x?xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %i = graph.constant dense<[0, 2, 1]> : tensor<3xui8>
  %c = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{expects an input with a known number of elements}}
  %0 = "pattern.linear"(%x, %o, %i, %c) <{outputs = 17 : i64}> : (tensor<2x?xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<2x17xf32>
  return
}

// -----

func.func @linear_no_scalar(%x: tensor<f32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %i = graph.constant dense<[0, 2, 1]> : tensor<3xui8>
  %c = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{expects an input of rank 1 to}}
  %0 = "pattern.linear"(%x, %o, %i, %c) <{outputs = 17 : i64}> : (tensor<f32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<2x17xf32>
  return
}

// -----

func.func @linear_outputs(%x: tensor<2x3xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %i = graph.constant dense<[0, 2, 1]> : tensor<3xui8>
  %c = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{has wrong extents: there must be 1 to 16777216 outputs}}
  %0 = "pattern.linear"(%x, %o, %i, %c) <{outputs = 0 : i64}> : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<2x17xf32>
  return
}

// -----

func.func @linear_inputs(%x: tensor<2x16777217xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %i = graph.constant dense<[0, 2, 1]> : tensor<3xui8>
  %c = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{has wrong extents: there must be 1 to 16777216 inputs}}
  %0 = "pattern.linear"(%x, %o, %i, %c) <{outputs = 17 : i64}> : (tensor<2x16777217xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<2x17xf32>
  return
}

// -----

func.func @linear_weight_count(%x: tensor<2x16777216xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %i = graph.constant dense<[0, 2, 1]> : tensor<3xui8>
  %c = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{has wrong extents: there are too many weights}}
  %0 = "pattern.linear"(%x, %o, %i, %c) <{outputs = 1000 : i64}> : (tensor<2x16777216xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<2x17xf32>
  return
}

// -----

func.func @linear_offsets(%x: tensor<2x3xf32>) {
  %o = graph.constant dense<[0, 2]> : tensor<2xui8>
  %i = graph.constant dense<[0, 2, 1]> : tensor<3xui8>
  %c = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{expects operand 'offset' with an extent of 3 along axis 0}}
  %0 = "pattern.linear"(%x, %o, %i, %c) <{outputs = 17 : i64}> : (tensor<2x3xf32>, tensor<2xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<2x17xf32>
  return
}

// -----

func.func @linear_weights(%x: tensor<2x3xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %i = graph.constant dense<[0, 2, 1]> : tensor<3xui8>
  %c = graph.constant dense<1.0> : tensor<2x16xf32>
  // expected-error@+1 {{expects operand 'weights' with an extent of 3 along axis 0}}
  %0 = "pattern.linear"(%x, %o, %i, %c) <{outputs = 17 : i64}> : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<2x16xf32>) -> tensor<2x17xf32>
  return
}

// -----

func.func @linear_lanes(%x: tensor<2x3xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %i = graph.constant dense<[0, 2, 1]> : tensor<3xui8>
  %c = graph.constant dense<1.0> : tensor<3x8xf32>
  // expected-error@+1 {{expects operand 'weights' with an extent of 16 along axis 1}}
  %0 = "pattern.linear"(%x, %o, %i, %c) <{outputs = 17 : i64}> : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x8xf32>) -> tensor<2x17xf32>
  return
}

// -----

func.func @linear_weights_rank(%x: tensor<2x3xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %i = graph.constant dense<[0, 2, 1]> : tensor<3xui8>
  %c = graph.constant dense<1.0> : tensor<3xf32>
  // expected-error@+1 {{expects operand 'weights' of rank 2, but it has rank 1}}
  %0 = "pattern.linear"(%x, %o, %i, %c) <{outputs = 17 : i64}> : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3xf32>) -> tensor<2x17xf32>
  return
}

// -----

func.func @linear_bias(%x: tensor<2x3xf32>, %b: tensor<16xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %i = graph.constant dense<[0, 2, 1]> : tensor<3xui8>
  %c = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{expects operand 'bias' with an extent of 17 along axis 0}}
  %0 = "pattern.linear"(%x, %o, %i, %c, %b) <{outputs = 17 : i64}> : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>, tensor<16xf32>) -> tensor<2x17xf32>
  return
}

// -----

func.func @linear_offset_begins(%x: tensor<2x3xf32>) {
  %o = graph.constant dense<[1, 2, 3]> : tensor<3xui8>
  %i = graph.constant dense<[0, 2, 1]> : tensor<3xui8>
  %c = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{has wrong arrays: offset must begin with 0}}
  %0 = "pattern.linear"(%x, %o, %i, %c) <{outputs = 17 : i64}> : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<2x17xf32>
  return
}

// -----

func.func @linear_offset_falls(%x: tensor<2x3xf32>) {
  %o = graph.constant dense<[0, 4, 3]> : tensor<3xui8>
  %i = graph.constant dense<[0, 2, 1]> : tensor<3xui8>
  %c = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{has wrong arrays: offset must not fall}}
  %0 = "pattern.linear"(%x, %o, %i, %c) <{outputs = 17 : i64}> : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<2x17xf32>
  return
}

// -----

func.func @linear_offset_ends(%x: tensor<2x3xf32>) {
  %o = graph.constant dense<[0, 1, 2]> : tensor<3xui8>
  %i = graph.constant dense<[0, 2, 1]> : tensor<3xui8>
  %c = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{has wrong arrays: offset must end with the number of kept inputs}}
  %0 = "pattern.linear"(%x, %o, %i, %c) <{outputs = 17 : i64}> : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<2x17xf32>
  return
}

// -----

func.func @linear_index_in_range(%x: tensor<2x3xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %i = graph.constant dense<[0, 3, 1]> : tensor<3xui8>
  %c = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{has wrong arrays: index names an input that does not exist}}
  %0 = "pattern.linear"(%x, %o, %i, %c) <{outputs = 17 : i64}> : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<2x17xf32>
  return
}

// -----

func.func @linear_index_ascends(%x: tensor<2x3xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %i = graph.constant dense<[2, 2, 1]> : tensor<3xui8>
  %c = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{has wrong arrays: index must ascend in each block}}
  %0 = "pattern.linear"(%x, %o, %i, %c) <{outputs = 17 : i64}> : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<2x17xf32>
  return
}

// -----

func.func @block_conv_rank(%x: tensor<1x2xf32>) {
  %o = graph.constant dense<[0, 3]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 3]> : tensor<3xui8>
  %w = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{expects an input of rank 3 to 5, but it has rank 2}}
  %0 = "pattern.block_conv"(%x, %o, %i, %w) <{kernel = array<i64: 2>, strides = array<i64: 1>, pads = array<i64: 0, 0>, dilations = array<i64: 1>, filters = 1 : i64}> : (tensor<1x2xf32>, tensor<2xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<1x1x3xf32>
  return
}

// -----

func.func @block_conv_kernel(%x: tensor<1x2x4xf32>) {
  %o = graph.constant dense<[0, 3]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 3]> : tensor<3xui8>
  %w = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{expects a kernel of 1 extents, but it has 2}}
  %0 = "pattern.block_conv"(%x, %o, %i, %w) <{kernel = array<i64: 2, 2>, strides = array<i64: 1>, pads = array<i64: 0, 0>, dilations = array<i64: 1>, filters = 1 : i64}> : (tensor<1x2x4xf32>, tensor<2xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<1x1x3xf32>
  return
}

// -----

func.func @block_conv_window(%x: tensor<1x2x4xf32>) {
  %o = graph.constant dense<[0, 3]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 3]> : tensor<3xui8>
  %w = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{has a wrong window: }}
  %0 = "pattern.block_conv"(%x, %o, %i, %w) <{kernel = array<i64: 2>, strides = array<i64: 0>, pads = array<i64: 0, 0>, dilations = array<i64: 1>, filters = 1 : i64}> : (tensor<1x2x4xf32>, tensor<2xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<1x1x3xf32>
  return
}

// -----

func.func @block_conv_fits(%x: tensor<1x2x1xf32>) {
  %o = graph.constant dense<[0, 3]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 3]> : tensor<3xui8>
  %w = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{expects a window that fits into the padded input, but along spatial axis 0 it does not}}
  %0 = "pattern.block_conv"(%x, %o, %i, %w) <{kernel = array<i64: 2>, strides = array<i64: 1>, pads = array<i64: 0, 0>, dilations = array<i64: 1>, filters = 1 : i64}> : (tensor<1x2x1xf32>, tensor<2xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<1x1x3xf32>
  return
}

// -----

func.func @block_conv_channels(%x: tensor<1x?x4xf32>) {
  %o = graph.constant dense<[0, 3]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 3]> : tensor<3xui8>
  %w = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{expects an input with a known number of elements}}
  %0 = "pattern.block_conv"(%x, %o, %i, %w) <{kernel = array<i64: 2>, strides = array<i64: 1>, pads = array<i64: 0, 0>, dilations = array<i64: 1>, filters = 1 : i64}> : (tensor<1x?x4xf32>, tensor<2xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<1x1x3xf32>
  return
}

// -----

func.func @block_conv_large_kernel(%x: tensor<1x2x4xf32>) {
  %o = graph.constant dense<[0, 3]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 3]> : tensor<3xui8>
  %w = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{has too large a kernel, or too many channels}}
  %0 = "pattern.block_conv"(%x, %o, %i, %w) <{kernel = array<i64: 16777217>, strides = array<i64: 1>, pads = array<i64: 0, 0>, dilations = array<i64: 1>, filters = 1 : i64}> : (tensor<1x2x4xf32>, tensor<2xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<1x1x3xf32>
  return
}

// -----

func.func @block_conv_index(%x: tensor<1x1x4xf32>) {
  %o = graph.constant dense<[0, 3]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 3]> : tensor<3xui8>
  %w = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{has wrong arrays: index names an input that does not exist}}
  %0 = "pattern.block_conv"(%x, %o, %i, %w) <{kernel = array<i64: 2>, strides = array<i64: 1>, pads = array<i64: 0, 0>, dilations = array<i64: 1>, filters = 1 : i64}> : (tensor<1x1x4xf32>, tensor<2xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<1x1x3xf32>
  return
}

// -----

func.func @block_conv_filters(%x: tensor<1x2x4xf32>) {
  %o = graph.constant dense<[0, 3]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 3]> : tensor<3xui8>
  %w = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{has wrong extents: there must be 1 to 16777216 outputs}}
  %0 = "pattern.block_conv"(%x, %o, %i, %w) <{kernel = array<i64: 2>, strides = array<i64: 1>, pads = array<i64: 0, 0>, dilations = array<i64: 1>, filters = 0 : i64}> : (tensor<1x2x4xf32>, tensor<2xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<1x1x3xf32>
  return
}

// -----

pattern.set @s {kernel = array<i64: 1, 1>, masks = array<i64: 1>}
func.func @too_many_channels(%x: tensor<1x16777217x1x1xf32>) {
  %o = graph.constant dense<0> : tensor<2xui8>
  %e = graph.constant dense<0> : tensor<1xui8>
  %i = graph.constant dense<> : tensor<0xui8>
  %r = graph.constant dense<0> : tensor<1x1x2xui8>
  %w = graph.constant dense<> : tensor<0xf32>
  // expected-error@+1 {{has wrong arrays: numbers are out of range}}
  %0 = "pattern.conv"(%x, %o, %e, %i, %r, %w) <{set = @s, kernel = array<i64: 1, 1>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 1 : i64, span = 16777217 : i64}> : (tensor<1x16777217x1x1xf32>, tensor<2xui8>, tensor<1xui8>, tensor<0xui8>, tensor<1x1x2xui8>, tensor<0xf32>) -> tensor<1x1x1x1xf32>
  return
}
