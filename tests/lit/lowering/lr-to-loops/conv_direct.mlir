// RUN: coco-opt %s --pass-pipeline='builtin.module(lower-to-loops)' | FileCheck %s
// RUN: coco-opt %s --pass-pipeline='builtin.module(lower-to-loops)' | mlir-opt-19 | FileCheck %s --check-prefix=REGISTERED

#bias = affine_map<(d0, d1, d2, d3) -> (d1)>
#padded = #lr.layout<block = 16, halo = [1, 1, 1, 1]>
#blocked = #lr.layout<block = 16>
#same_size = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>

// CHECK-LABEL: func.func @main(
// CHECK-SAME: memref<1x32x6x8xf32>, {{.*}}memref<1x32x6x8xf32>, {{.*}}memref<{{[0-9]+}}xi8>)
// CHECK-SAME: attributes {coco.inputs = ["x"], coco.outputs = ["y"]}
// CHECK-NOT: lr.
// CHECK: memref.view
// CHECK: memref.get_global @w
// CHECK: call @conv1
// CHECK: return

// A row of 8 columns by blocks of 4, two blocks of filters: 8 sums are carried over the channels.
// CHECK-LABEL: func.func private @conv1(
// CHECK: scf.parallel
// CHECK: scf.for {{.*}} step %c4
// CHECK: scf.for {{.*}} iter_args
// CHECK: scf.for {{.*}} iter_args
// CHECK-COUNT-6: vector.load {{.*}}memref<2x32x3x3x16xf32>, vector<16xf32>
// CHECK-NOT: scf.for
// CHECK: memref.load
// CHECK: vector.broadcast
// CHECK: vector.fma
// The bias is one load of 16 lanes, and the sum is stored by blocks.
// CHECK: vector.load {{.*}}memref<32xf32>, vector<16xf32>
// CHECK: arith.addf {{.*}}vector<16xf32>
// CHECK: arith.maximumf {{.*}}vector<16xf32>
// CHECK: vector.store {{.*}}memref<1x2x6x8x16xf32>
// CHECK: scf.reduce

// REGISTERED: memref.global "private" constant @w : memref<2x32x3x3x16xf32>
// REGISTERED-SAME: {alignment = 64 : i64}
func.func @main(%x: tensor<1x32x6x8xf32>) -> tensor<1x32x6x8xf32> attributes {coco.inputs = ["x"], coco.outputs = ["y"]} {
  %w = arith.constant dense<0.5> : tensor<2x32x3x3x16xf32> loc("w")
  %b = arith.constant dense<0.125> : tensor<32xf32> loc("b")
  %in = "lr.relayout"(%x) <{device = "cpu"}> : (tensor<1x32x6x8xf32>) -> tensor<1x32x6x8xf32, #padded>
  %0 = "lr.conv"(%in, %w, %b) <{device = "cpu", storage = "direct", filters = 32 : i64, info = #same_size, tuning = #lr.tuning<columns = 4, filters = 2>, maps = [#bias]}> ({
  ^bb0(%sum: f32, %e: f32):
    %zero = arith.constant 0.0 : f32
    %biased = arith.addf %sum, %e : f32
    %relu = arith.maximumf %biased, %zero : f32
    lr.yield %relu : f32
  }) : (tensor<1x32x6x8xf32, #padded>, tensor<2x32x3x3x16xf32>, tensor<32xf32>) -> tensor<1x32x6x8xf32, #blocked> loc("conv1")
  %1 = "lr.relayout"(%0) <{device = "cpu"}> : (tensor<1x32x6x8xf32, #blocked>) -> tensor<1x32x6x8xf32>
  func.return %1 : tensor<1x32x6x8xf32>
}
