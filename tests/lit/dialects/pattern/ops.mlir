// RUN: coco-opt %s | coco-opt | FileCheck %s
// RUN: coco-opt %s -mlir-print-op-generic | coco-opt | FileCheck %s
// RUN: coco-opt %s -mlir-print-op-generic | mlir-opt-19 --allow-unregistered-dialect | coco-opt | FileCheck %s

// CHECK: pattern.set @two_of_four {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
pattern.set @two_of_four {kernel = array<i64: 2, 2>, masks = array<i64: 3, 5>}
// CHECK: pattern.set @"one of one" {kernel = array<i64: 1, 1>, masks = array<i64: 1>, sym_visibility = "private"}
pattern.set @"one of one" {kernel = array<i64: 1, 1>, masks = array<i64: 1>, sym_visibility = "private"}

// CHECK-LABEL: func.func @patterns_with_bias
func.func @patterns_with_bias(%x: tensor<1x2x3x3xf32>) -> tensor<1x2x2x2xf32> {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 1]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 1, 2], [0, 0, 1]]]> : tensor<1x2x3xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  %b = graph.constant dense<[0.5, 1.5]> : tensor<2xf32>
  // CHECK: pattern.conv @two_of_four %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} {kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64} : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  %0 = pattern.conv @two_of_four %x, %o, %r, %i, %s, %w, %b {kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64} : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x3xui8>, tensor<6xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>
  return %0 : tensor<1x2x2x2xf32>
}

// CHECK-LABEL: func.func @no_kernels_in_two_channel_groups_of_a_dynamic_batch
func.func @no_kernels_in_two_channel_groups_of_a_dynamic_batch(%x: tensor<?x2x3x3xf32>) -> tensor<?x1x3x3xf32> {
  %o = graph.constant dense<0> : tensor<3xui16>
  %r = graph.constant dense<0> : tensor<1xui8>
  %i = graph.constant dense<> : tensor<0xui8>
  %s = graph.constant dense<0> : tensor<2x1x2xui8>
  %w = graph.constant dense<> : tensor<0xf32>
  // CHECK: pattern.conv @"one of one" %{{.*}}, {{.*}} span = 1 : i64} : (tensor<?x2x3x3xf32>, tensor<3xui16>, tensor<1xui8>, tensor<0xui8>, tensor<2x1x2xui8>, tensor<0xf32>) -> tensor<?x1x3x3xf32>
  %0 = pattern.conv @"one of one" %x, %o, %r, %i, %s, %w {kernel = array<i64: 1, 1>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 1 : i64, span = 1 : i64} : (tensor<?x2x3x3xf32>, tensor<3xui16>, tensor<1xui8>, tensor<0xui8>, tensor<2x1x2xui8>, tensor<0xf32>) -> tensor<?x1x3x3xf32>
  return %0 : tensor<?x1x3x3xf32>
}

// The arrays need not be constants.
// CHECK-LABEL: func.func @arrays_from_outside
func.func @arrays_from_outside(%x: tensor<1x1x4xf32>, %o: tensor<2xui32>, %r: tensor<1xui32>, %i: tensor<?xui32>, %s: tensor<1x1x3xui32>, %w: tensor<?xf32>) -> tensor<1x1x1xf32> {
  // CHECK: pattern.conv @taps
  %0 = pattern.conv @taps %x, %o, %r, %i, %s, %w {kernel = array<i64: 4>, strides = array<i64: 1>, pads = array<i64: 0, 0>, dilations = array<i64: 1>, group = 1 : i64, filters = 1 : i64, span = 1 : i64} : (tensor<1x1x4xf32>, tensor<2xui32>, tensor<1xui32>, tensor<?xui32>, tensor<1x1x3xui32>, tensor<?xf32>) -> tensor<1x1x1xf32>
  return %0 : tensor<1x1x1xf32>
}
pattern.set @taps {kernel = array<i64: 4>, masks = array<i64: 9, 6>}

// CHECK-LABEL: func.func @blocks
func.func @blocks(%x: tensor<2x3xf32>, %v: tensor<3xf32>, %y: tensor<?x2x4xf32>, %z: tensor<1x1x2x3x3xf32>) -> (tensor<2x17xf32>, tensor<1xf32>, tensor<?x1x3xf32>, tensor<1x1x1x2x3xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %i = graph.constant dense<[0, 2, 1]> : tensor<3xui16>
  %w = graph.constant dense<1.0> : tensor<3x16xf32>
  %b = graph.constant dense<0.5> : tensor<17xf32>
  // CHECK: pattern.linear %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} {outputs = 17 : i64} : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui16>, tensor<3x16xf32>, tensor<17xf32>) -> tensor<2x17xf32>
  %0 = pattern.linear %x, %o, %i, %w, %b {outputs = 17 : i64} : (tensor<2x3xf32>, tensor<3xui8>, tensor<3xui16>, tensor<3x16xf32>, tensor<17xf32>) -> tensor<2x17xf32>
  %none = graph.constant dense<> : tensor<0xui8>
  %nothing = graph.constant dense<> : tensor<0x16xf32>
  %zeros = graph.constant dense<0> : tensor<2xui8>
  // CHECK: pattern.linear %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} {outputs = 1 : i64} : (tensor<3xf32>, tensor<2xui8>, tensor<0xui8>, tensor<0x16xf32>) -> tensor<1xf32>
  %1 = pattern.linear %v, %zeros, %none, %nothing {outputs = 1 : i64} : (tensor<3xf32>, tensor<2xui8>, tensor<0xui8>, tensor<0x16xf32>) -> tensor<1xf32>
  %o1 = graph.constant dense<[0, 3]> : tensor<2xui8>
  %i1 = graph.constant dense<[0, 1, 3]> : tensor<3xui8>
  // CHECK: pattern.block_conv %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} {kernel = array<i64: 2>, strides = array<i64: 1>, pads = array<i64: 0, 0>, dilations = array<i64: 1>, filters = 1 : i64} : (tensor<?x2x4xf32>, tensor<2xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<?x1x3xf32>
  %2 = pattern.block_conv %y, %o1, %i1, %w {kernel = array<i64: 2>, strides = array<i64: 1>, pads = array<i64: 0, 0>, dilations = array<i64: 1>, filters = 1 : i64} : (tensor<?x2x4xf32>, tensor<2xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<?x1x3xf32>
  // CHECK: pattern.block_conv
  %3 = pattern.block_conv %z, %o1, %i1, %w {kernel = array<i64: 2, 2, 1>, strides = array<i64: 1, 1, 1>, pads = array<i64: 0, 0, 0, 0, 0, 0>, dilations = array<i64: 1, 1, 1>, filters = 1 : i64} : (tensor<1x1x2x3x3xf32>, tensor<2xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<1x1x1x2x3xf32>
  return %0, %1, %2, %3 : tensor<2x17xf32>, tensor<1xf32>, tensor<?x1x3xf32>, tensor<1x1x1x2x3xf32>
}

// CHECK-LABEL: func.func @blocks_from_outside
func.func @blocks_from_outside(%x: tensor<?x3xf32>, %o: tensor<3xui32>, %i: tensor<?xui32>, %w: tensor<?x16xf32>) -> tensor<?x32xf32> {
  // CHECK: pattern.linear
  %0 = pattern.linear %x, %o, %i, %w {outputs = 32 : i64} : (tensor<?x3xf32>, tensor<3xui32>, tensor<?xui32>, tensor<?x16xf32>) -> tensor<?x32xf32>
  return %0 : tensor<?x32xf32>
}
