// RUN: coco-opt %s --split-input-file --verify-diagnostics

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

func.func @one_group(%x: tensor<1x1x16x8xf32>, %offset: tensor<2xui8>, %reorder: tensor<1xui8>, %index: tensor<1xui8>, %runs: tensor<1x1x2xui8>, %weights: tensor<4xf32>) {
  // expected-error@+1 {{takes one group}}
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
