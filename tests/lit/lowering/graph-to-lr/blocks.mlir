// RUN: coco-opt %s --split-input-file -graph-to-lr -verify-diagnostics | FileCheck %s

// CHECK-LABEL: func.func @linear
// CHECK: "lr.block_matmul"(%arg0, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}) <{device = "cpu", columns = 17 : i64, maps = [affine_map<(d0, d1) -> (d1)>]}>
// CHECK: arith.addf
// CHECK-NOT: lr.map
func.func @linear(%x: tensor<2x3xf32>) -> tensor<2x17xf32> {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %i = graph.constant dense<[0, 2, 1]> : tensor<3xui8>
  %w = graph.constant dense<1.0> : tensor<3x16xf32>
  %b = graph.constant dense<0.5> : tensor<17xf32>
  %0 = "graph.fused"(%x, %o, %i, %w, %b) ({
  ^bb0(%p: tensor<2x3xf32>, %q: tensor<3xui8>, %r: tensor<3xui8>, %s: tensor<3x16xf32>, %t: tensor<17xf32>):
    %1 = pattern.linear %p, %q, %r, %s, %t {outputs = 17 : i64} : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>, tensor<17xf32>) -> tensor<2x17xf32>
    %2 = graph.relu %1 : tensor<2x17xf32>
    graph.yield %2 : tensor<2x17xf32>
  }) : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>, tensor<17xf32>) -> tensor<2x17xf32>
  return %0 : tensor<2x17xf32>
}

// Leading axes are rows.
// CHECK-LABEL: func.func @linear_of_a_batch
// CHECK: "lr.move"
// CHECK: "lr.block_matmul"{{.*}}columns = 17 : i64, maps = [affine_map<(d0, d1) -> (d1)>]
// CHECK: (tensor<10x3xf32>, {{.*}} -> tensor<10x17xf32>
// CHECK: "lr.move"
func.func @linear_of_a_batch(%x: tensor<2x5x3xf32>, %b: tensor<17xf32>) -> tensor<2x5x17xf32> {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %i = graph.constant dense<[0, 2, 1]> : tensor<3xui8>
  %w = graph.constant dense<1.0> : tensor<3x16xf32>
  %0 = pattern.linear %x, %o, %i, %w, %b {outputs = 17 : i64} : (tensor<2x5x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>, tensor<17xf32>) -> tensor<2x5x17xf32>
  return %0 : tensor<2x5x17xf32>
}

// CHECK-LABEL: func.func @images
// CHECK: "lr.block_conv"(%arg0, {{.*}}, %arg1) <{device = "cpu", storage = "plain", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, filters = 17 : i64, maps = [affine_map<(d0, d1, d2, d3) -> (d1)>]}>
func.func @images(%x: tensor<1x2x3x3xf32>, %b: tensor<17xf32>) -> tensor<1x17x3x3xf32> {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %i = graph.constant dense<[0, 12, 1]> : tensor<3xui8>
  %w = graph.constant dense<1.0> : tensor<3x16xf32>
  %0 = pattern.block_conv %x, %o, %i, %w, %b {kernel = array<i64: 3, 3>, strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, filters = 17 : i64} : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>, tensor<17xf32>) -> tensor<1x17x3x3xf32>
  return %0 : tensor<1x17x3x3xf32>
}

// Of another number of axes they are dense again.
// CHECK-LABEL: func.func @signals
// CHECK: arith.constant dense<{{\[\[\[}}1.000000e+00, 1.000000e+00], [0.000000e+00, 1.000000e+00]]]> : tensor<1x2x2xf32>
// CHECK: "lr.conv"({{.*}}storage = "plain"
func.func @signals(%x: tensor<1x2x4xf32>) -> tensor<1x1x3xf32> {
  %o = graph.constant dense<[0, 3]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 3]> : tensor<3xui8>
  %w = graph.constant dense<1.0> : tensor<3x16xf32>
  %0 = pattern.block_conv %x, %o, %i, %w {kernel = array<i64: 2>, strides = array<i64: 1>, pads = array<i64: 0, 0>, dilations = array<i64: 1>, filters = 1 : i64} : (tensor<1x2x4xf32>, tensor<2xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<1x1x3xf32>
  return %0 : tensor<1x1x3xf32>
}

// -----

func.func @arrays_from_outside(%x: tensor<2x3xf32>, %i: tensor<3xui8>) -> tensor<2x17xf32> {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %w = graph.constant dense<1.0> : tensor<3x16xf32>
  // expected-error@+1 {{cannot be lowered to lr: its arrays are no constants at hand}}
  %0 = pattern.linear %x, %o, %i, %w {outputs = 17 : i64} : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<2x17xf32>
  return %0 : tensor<2x17xf32>
}
