// RUN: coco-translate --emit-llvm %s | FileCheck %s
// Stores past the caches, of a piece of a parallel loop, are complete before whoever waits for the piece goes on.

// Elsewhere they are stores like others.
// CHECK: define internal void @{{.*}}main
// CHECK: store <16 x float> %{{[0-9]+}}, ptr %{{[0-9]+}}, align 4,
// CHECK-NOT: nontemporal
// CHECK: define internal void @{{.*}}piece
// CHECK: store <16 x float> %{{[0-9]+}}, ptr %{{[0-9]+}}, align 64, {{.*}}!nontemporal
// CHECK: store <16 x float> %{{[0-9]+}}, ptr %{{[0-9]+}}, align 4,
// CHECK-NOT: nontemporal
// CHECK: fence seq_cst
// CHECK-NEXT: ret void
func.func private @streams(%x: memref<4x16xf32>, %y: memref<4x16xf32>, %z: memref<4x16xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  scf.parallel (%i) = (%c0) to (%c4) step (%c1) {
    %v = vector.load %x[%i, %c0] : memref<4x16xf32>, vector<16xf32>
    vector.store %v, %y[%i, %c0] {nontemporal = true} : memref<4x16xf32>, vector<16xf32>
    vector.store %v, %z[%i, %c0] {nontemporal = false} : memref<4x16xf32>, vector<16xf32>
  }
  return
}

func.func @main(%x: memref<4x16xf32>, %y: memref<4x16xf32>, %z: memref<4x16xf32>) attributes {coco.inputs = ["x"], coco.outputs = ["y", "z"]} {
  %c0 = arith.constant 0 : index
  %v = vector.load %x[%c0, %c0] : memref<4x16xf32>, vector<16xf32>
  vector.store %v, %y[%c0, %c0] {nontemporal = true} : memref<4x16xf32>, vector<16xf32>
  call @streams(%x, %y, %z) : (memref<4x16xf32>, memref<4x16xf32>, memref<4x16xf32>) -> ()
  return
}
