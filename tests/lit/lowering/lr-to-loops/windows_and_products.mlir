// RUN: coco-opt %s --pass-pipeline='builtin.module(lower-to-loops)' | FileCheck %s
// RUN: coco-opt %s --pass-pipeline='builtin.module(lower-to-loops)' | mlir-opt-19 -o /dev/null

#blocked = #lr.layout<block = 16>

// Windows that reach past the image at the top or left are clamped there; the lanes are channels.
// CHECK-LABEL: func.func private @pool(
// CHECK: arith.maxsi
// CHECK: vector.load
// CHECK: arith.maximumf {{.*}}vector<16xf32>

// The mean over all pixels needs no clamping.
// CHECK-LABEL: func.func private @mean(
// CHECK-NOT: arith.minsi
// CHECK: arith.divf {{.*}}vector<16xf32>

// 10 columns: one block whose 6 last lanes are not stored.
// CHECK-LABEL: func.func private @classify(
// CHECK: vector.fma
// CHECK-NOT: vector.store
// CHECK: vector.extract {{.*}}[9]
// CHECK-NOT: vector.extract {{.*}}[10]
func.func @main(%x: tensor<1x16x8x8xf32>, %w: tensor<1x16x16xf32>, %b: tensor<10xf32>) -> tensor<1x10xf32> {
  %in = "lr.relayout"(%x) <{device = "cpu"}> : (tensor<1x16x8x8xf32>) -> tensor<1x16x8x8xf32, #blocked>
  %0 = "lr.window"(%in) <{device = "cpu", kind = "max", count_include_pad = false, ceil_mode = false, maps = [], info = #lr.window<kernel = [3, 3], strides = [2, 2], pads = [1, 1, 1, 1], dilations = [1, 1]>}> ({
  ^bb0(%a: f32):
    lr.yield %a : f32
  }) : (tensor<1x16x8x8xf32, #blocked>) -> tensor<1x16x4x4xf32, #blocked> loc("pool")
  %1 = "lr.window"(%0) <{device = "cpu", kind = "average", count_include_pad = false, ceil_mode = false, maps = [], info = #lr.window<kernel = [4, 4], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>}> ({
  ^bb0(%a: f32):
    lr.yield %a : f32
  }) : (tensor<1x16x4x4xf32, #blocked>) -> tensor<1x16x1x1xf32, #blocked> loc("mean")
  %2 = "lr.relayout"(%1) <{device = "cpu"}> : (tensor<1x16x1x1xf32, #blocked>) -> tensor<1x16x1x1xf32> loc("rows")
  %3 = "lr.move"(%2) <{device = "cpu", shape = array<i64: 1, 16>, domains = [array<i64: 1, 16>], sources = [affine_map<(d0, d1) -> (d0, d1, 0, 0)>], destinations = [affine_map<(d0, d1) -> (d0, d1)>]}> : (tensor<1x16x1x1xf32>) -> tensor<1x16xf32> loc("flatten")
  %4 = "lr.matmul"(%3, %w, %b) <{device = "cpu", storage = "packed", columns = 10 : i64, maps = [affine_map<(d0, d1) -> (d1)>]}> ({
  ^bb0(%a: f32, %e: f32):
    %s = arith.addf %a, %e : f32
    lr.yield %s : f32
  }) : (tensor<1x16xf32>, tensor<1x16x16xf32>, tensor<10xf32>) -> tensor<1x10xf32> loc("classify")
  func.return %4 : tensor<1x10xf32>
}

// Neither the change of layout nor the reshape moves a byte.
// CHECK-NOT: @rows
// CHECK-NOT: @flatten
