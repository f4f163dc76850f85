// RUN: coco-opt %s --lr-to-loops --canonicalize --cse | FileCheck %s

// Blocks to planes: a tile of 16 columns is transposed in 64 shuffles, and so are the 4 columns that are left. All pixels
// of the image are one row where neither side has a border.
// CHECK-LABEL: func.func private @{{.*}}(%arg0: memref<1x2x1x20x16xf32>, %arg1: memref<1x32x1x20xf32>)
// CHECK: scf.parallel
// CHECK-COUNT-16: vector.load %arg0{{.*}} vector<16xf32>
// CHECK-COUNT-64: vector.shuffle
// CHECK-COUNT-16: vector.store {{.*}}%arg1{{.*}} vector<16xf32>
// CHECK-COUNT-4: vector.load %arg0{{.*}} vector<16xf32>
// CHECK-COUNT-16: vector.store {{.*}}%arg1{{.*}} vector<4xf32>
// CHECK-NOT: vector.extract
func.func @main(%x: tensor<1x32x4x5xf32>) -> tensor<1x32x4x5xf32> {
  %0 = lr.relayout %x cpu : tensor<1x32x4x5xf32> to tensor<1x32x4x5xf32, #lr.layout<block = 16>>
  %1 = "lr.map"(%0) <{device = "cpu", shape = array<i64: 1, 32, 4, 5>, maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>]}> ({
  ^bb0(%e: f32):
    %2 = arith.negf %e : f32
    lr.yield %2 : f32
  }) : (tensor<1x32x4x5xf32, #lr.layout<block = 16>>) -> tensor<1x32x4x5xf32, #lr.layout<block = 16>>
  %3 = lr.relayout %1 cpu : tensor<1x32x4x5xf32, #lr.layout<block = 16>> to tensor<1x32x4x5xf32>
  %4 = "lr.map"(%3) <{device = "cpu", shape = array<i64: 1, 32, 4, 5>, maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>]}> ({
  ^bb0(%e: f32):
    %5 = arith.negf %e : f32
    lr.yield %5 : f32
  }) : (tensor<1x32x4x5xf32>) -> tensor<1x32x4x5xf32>
  return %4 : tensor<1x32x4x5xf32>
}
