// RUN: coco-opt %s -graph-to-lr -verify-diagnostics

pattern.set @s {kernel = array<i64: 1, 1>, masks = array<i64: 1>}
func.func @arrays_from_outside(%x: tensor<1x1x3x3xf32>, %o: tensor<2xui8>, %r: tensor<1xui8>, %i: tensor<1xui8>, %s: tensor<1x1x2xui8>, %w: tensor<1xf32>) -> tensor<1x1x3x3xf32> {
  // expected-error@+1 {{cannot be lowered to lr: its arrays are no constants at hand}}
  %0 = pattern.conv @s %x, %o, %r, %i, %s, %w {kernel = array<i64: 1, 1>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 1 : i64, span = 1 : i64} : (tensor<1x1x3x3xf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<1xf32>) -> tensor<1x1x3x3xf32>
  return %0 : tensor<1x1x3x3xf32>
}
