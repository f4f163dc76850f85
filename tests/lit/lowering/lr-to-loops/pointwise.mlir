// RUN: coco-opt %s --pass-pipeline='builtin.module(lower-to-loops)' | FileCheck %s
// RUN: coco-opt %s --pass-pipeline='builtin.module(lower-to-loops)' | mlir-opt-19 -o /dev/null

#blocked = #lr.layout<block = 16>
#point = #lr.window<kernel = [1, 1], strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1]>
#same = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>

// The 49 pixels are one row, for the input, the residual and the result. The residual dies here: the result is written over it.
// CHECK-LABEL: func.func @main(
// CHECK: call @expand({{.*}}) : (memref<1x2x1x49x16xf32>, memref<2x32x1x1x16xf32>, memref<1x2x1x49x16xf32>) -> ()
// CHECK-LABEL: func.func private @expand(
// CHECK-NOT: iter_args({{.*}}iter_args
// CHECK: vector.store {{.*}}memref<1x2x1x49x16xf32>
func.func @main(%x: tensor<1x32x7x7xf32>, %r: tensor<1x32x7x7xf32>, %w: tensor<2x32x1x1x16xf32>) -> tensor<1x32x7x7xf32> {
  %in = "lr.relayout"(%x) <{device = "cpu"}> : (tensor<1x32x7x7xf32>) -> tensor<1x32x7x7xf32, #blocked>
  %residual = "lr.relayout"(%r) <{device = "cpu"}> : (tensor<1x32x7x7xf32>) -> tensor<1x32x7x7xf32, #blocked>
  %0 = "lr.conv"(%in, %w, %residual) <{device = "cpu", storage = "gemm", filters = 32 : i64, info = #point, maps = [#same]}> ({
  ^bb0(%sum: f32, %e: f32):
    %added = arith.addf %sum, %e : f32
    lr.yield %added : f32
  }) : (tensor<1x32x7x7xf32, #blocked>, tensor<2x32x1x1x16xf32>, tensor<1x32x7x7xf32, #blocked>) -> tensor<1x32x7x7xf32, #blocked> loc("expand")
  %1 = "lr.relayout"(%0) <{device = "cpu"}> : (tensor<1x32x7x7xf32, #blocked>) -> tensor<1x32x7x7xf32>
  func.return %1 : tensor<1x32x7x7xf32>
}
