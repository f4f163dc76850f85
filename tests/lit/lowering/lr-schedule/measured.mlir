// What was measured decides whether a layer with pruned weights stays sparse: where it is faster by more than 3 %, of matrix
// products 15 %, and where weights are left out at all. The dense form has the same weights in their places, computes the same, and says
// why it was taken.
// RUN: coco-opt %s --lr-schedule --mlir-pass-statistics 2>%t.statistics | FileCheck %s
// RUN: FileCheck %s --check-prefix=STATISTICS < %t.statistics
// RUN: coco-opt %s --lr-schedule=sparse=all | FileCheck %s --check-prefix=ALL
// RUN: coco-opt %s --lr-schedule=sparse=none | FileCheck %s --check-prefix=NONE
// RUN: not coco-opt %s --lr-schedule=sparse=some 2>&1 | FileCheck %s --check-prefix=SOME
// RUN: coco-opt %s --lr-schedule=sparse=none -o %t.none.mlir
// RUN: coco-run %s --target=interpreter --seed=3 > %t.all.text
// RUN: coco-run %t.none.mlir --target=interpreter --seed=3 > %t.none.text
// RUN: diff %t.all.text %t.none.text

// CHECK-LABEL: func.func @main
// CHECK: "lr.matmul"{{.*}}storage = "packed"
// CHECK: coco.choice = {dense_ms = 1.000000e+00 : f64, measured = true, reason = "blocks 2.0x only: dense product is faster", sparse_ms = 1.500000e+00 : f64, taken = "dense"}
// CHECK: "lr.block_matmul"
// CHECK: coco.choice = {dense_ms = 1.000000e+00 : f64, measured = true, reason = "blocks 2.0x: 2.00 times as fast as dense product", sparse_ms = 5.000000e-01 : f64, taken = "sparse"}
// CHECK: "lr.matmul"
// CHECK: reason = "blocks 2.0x only: no faster than dense product by more than can be told"
// CHECK: reason = "blocks, nothing saved"
// STATISTICS: 3 pruned layers made dense
// ALL-COUNT-4: "lr.block_matmul"
// ALL-NOT: coco.choice
// NONE-COUNT-3: reason = "blocks 2.0x only: dense was asked for"
// NONE: reason = "blocks, nothing saved: dense was asked for"
// NONE-NOT: lr.block_matmul
// SOME: lr-schedule: sparse=some is none of auto, all, none
func.func @main(%x: tensor<2x4xf32>) -> (tensor<2x16xf32>, tensor<2x16xf32>, tensor<2x16xf32>, tensor<2x16xf32>) {
  %o = arith.constant dense<[0, 2]> : tensor<2xui8>
  %i = arith.constant dense<[1, 2]> : tensor<2xui8>
  %w = arith.constant dense<0.5> : tensor<2x16xf32>
  %0 = "lr.block_matmul"(%x, %o, %i, %w) <{device = "cpu", columns = 16 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) {coco.measured = {dense_ms = 1.0 : f64, sparse_ms = 1.5 : f64}} : (tensor<2x4xf32>, tensor<2xui8>, tensor<2xui8>, tensor<2x16xf32>) -> tensor<2x16xf32>
  %1 = "lr.block_matmul"(%x, %o, %i, %w) <{device = "cpu", columns = 16 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) {coco.measured = {dense_ms = 1.0 : f64, sparse_ms = 0.5 : f64}} : (tensor<2x4xf32>, tensor<2xui8>, tensor<2xui8>, tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = "lr.block_matmul"(%x, %o, %i, %w) <{device = "cpu", columns = 16 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) {coco.measured = {dense_ms = 1.0 : f64, sparse_ms = 0.9 : f64}} : (tensor<2x4xf32>, tensor<2xui8>, tensor<2xui8>, tensor<2x16xf32>) -> tensor<2x16xf32>
  %o4 = arith.constant dense<[0, 4]> : tensor<2xui8>
  %i4 = arith.constant dense<[0, 1, 2, 3]> : tensor<4xui8>
  %w4 = arith.constant dense<0.5> : tensor<4x16xf32>
  %3 = "lr.block_matmul"(%x, %o4, %i4, %w4) <{device = "cpu", columns = 16 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) {coco.measured = {dense_ms = 1.0 : f64, sparse_ms = 0.5 : f64}} : (tensor<2x4xf32>, tensor<2xui8>, tensor<4xui8>, tensor<4x16xf32>) -> tensor<2x16xf32>
  return %0, %1, %2, %3 : tensor<2x16xf32>, tensor<2x16xf32>, tensor<2x16xf32>, tensor<2x16xf32>
}
