// The code of layers in blocks: one loop a stream, as long as the shortest block, and one for what each has left; the code
// does not depend on what is kept.
// RUN: coco-opt %s --lr-to-loops --canonicalize --cse | FileCheck %s

// CHECK-LABEL: func.func private @layer
// CHECK: memref.collapse_shape
// CHECK: arith.minsi
// CHECK: scf.for {{.*}} iter_args
// CHECK-COUNT-2: vector.fma
// CHECK: scf.yield
// CHECK: scf.for {{.*}} iter_args
// CHECK-COUNT-1: vector.fma
// CHECK: scf.for {{.*}} iter_args
// CHECK-COUNT-1: vector.fma
// CHECK-NOT: vector.fma
// CHECK: return
func.func @main(%x: tensor<1x3xf32>) -> tensor<1x32xf32> {
  %offset = arith.constant dense<[0, 2, 3]> : tensor<3xui8>
  %index = arith.constant dense<[0, 2, 1]> : tensor<3xui8>
  %weights = arith.constant dense<0.5> : tensor<3x16xf32>
  %0 = "lr.block_matmul"(%x, %offset, %index, %weights) <{device = "cpu", columns = 32 : i64, tuning = #lr.tuning<columns = 1, filters = 2>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x3xf32>, tensor<3xui8>, tensor<3xui8>, tensor<3x16xf32>) -> tensor<1x32xf32>
  return %0 : tensor<1x32xf32>
}
