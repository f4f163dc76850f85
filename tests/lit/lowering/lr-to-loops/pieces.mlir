// What runs in parallel: layers of enough work, in enough pieces.
// RUN: coco-opt %s --pass-pipeline='builtin.module(lower-to-loops)' --split-input-file | FileCheck %s

// The sum of a few elements is left to one thread, that of many is not.
// CHECK-LABEL: func.func private @few(
// CHECK: scf.parallel
// CHECK: scf.reduce
// CHECK-NEXT: } {coco.serial}
// CHECK-LABEL: func.func private @many(
// CHECK: scf.parallel
// CHECK: scf.reduce
// CHECK-NEXT: }{{$}}
func.func @main(%x: tensor<4x4x16xf32>, %y: tensor<64x64x64xf32>) -> (tensor<4x4x16xf32>, tensor<64x64x64xf32>) {
  %0 = "lr.map"(%x, %x) <{device = "cpu", shape = array<i64: 4, 4, 16>, maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>]}> ({
  ^bb0(%a: f32, %b: f32):
    %s = arith.addf %a, %b : f32
    lr.yield %s : f32
  }) : (tensor<4x4x16xf32>, tensor<4x4x16xf32>) -> tensor<4x4x16xf32> loc("few")
  %1 = "lr.map"(%y, %y) <{device = "cpu", shape = array<i64: 64, 64, 64>, maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>]}> ({
  ^bb0(%a: f32, %b: f32):
    %s = arith.addf %a, %b : f32
    lr.yield %s : f32
  }) : (tensor<64x64x64xf32>, tensor<64x64x64xf32>) -> tensor<64x64x64xf32> loc("many")
  return %0, %1 : tensor<4x4x16xf32>, tensor<64x64x64xf32>
}

// -----

// A product of 169 pixels, a number that is cut into no equal rows, and one group of filters: 15 parts of two blocks of 6
// pixels, of which the last has the one that is left.
// CHECK-LABEL: func.func private @cut(
// CHECK-DAG: %[[PARTS:.*]] = arith.constant 15 : index
// CHECK-DAG: %[[WHOLE:.*]] = arith.constant 168 : index
// CHECK-DAG: %[[SIX:.*]] = arith.constant 6 : index
// CHECK: scf.parallel ({{.*}}) = ({{.*}}) to (%[[PARTS]]) step
// CHECK: arith.minsi
// CHECK: scf.for {{.*}} step %[[SIX]] {
// CHECK: scf.for {{.*}} = %[[WHOLE]] to
// CHECK: scf.reduce
// CHECK-NEXT: }{{$}}
#blocked = #lr.layout<block = 16>
func.func @main(%x: tensor<1x64x13x13xf32, #blocked>) -> tensor<1x512x13x13xf32, #blocked> {
  %w = arith.constant dense<0.5> : tensor<32x64x1x1x16xf32>
  %v = arith.constant dense<0.25> : tensor<4x512x1x1x16xf32>
  %0 = "lr.conv"(%x, %w) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, tuning = #lr.tuning<columns = 6, filters = 4>, maps = [], filters = 512 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x64x13x13xf32, #blocked>, tensor<32x64x1x1x16xf32>) -> tensor<1x512x13x13xf32, #blocked> loc("first")
  %1 = "lr.conv"(%0, %v) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, tuning = #lr.tuning<columns = 6, filters = 4>, maps = [], filters = 64 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x512x13x13xf32, #blocked>, tensor<4x512x1x1x16xf32>) -> tensor<1x64x13x13xf32, #blocked> loc("cut")
  %2 = "lr.conv"(%1, %w) <{device = "cpu", storage = "gemm", info = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>, tuning = #lr.tuning<columns = 6, filters = 4>, maps = [], filters = 512 : i64}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x64x13x13xf32, #blocked>, tensor<32x64x1x1x16xf32>) -> tensor<1x512x13x13xf32, #blocked> loc("last")
  return %2 : tensor<1x512x13x13xf32, #blocked>
}
