// RUN: coco-opt %s --canonicalize | FileCheck %s

// CHECK-LABEL: func.func @dim(
// CHECK-SAME: %[[M:.*]]: memref<4x?xf32>, %[[N:.*]]: index)
func.func @dim(%m: memref<4x?xf32>, %n: index) -> (index, index, index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = memref.alloc(%n) : memref<4x?xf32>
  // CHECK-DAG: %[[C4:.*]] = arith.constant 4 : index
  %0 = memref.dim %m, %c0 : memref<4x?xf32>
  // CHECK-DAG: %[[D:.*]] = memref.dim %[[M]], %{{.*}} : memref<4x?xf32>
  %1 = memref.dim %m, %c1 : memref<4x?xf32>
  %2 = memref.dim %a, %c1 : memref<4x?xf32>
  // CHECK: return %[[C4]], %[[D]], %[[N]] : index, index, index
  return %0, %1, %2 : index, index, index
}

// CHECK-LABEL: func.func @cast(
// CHECK-SAME: %[[M:.*]]: memref<4xf32>)
func.func @cast(%m: memref<4xf32>) -> memref<4xf32> {
  %0 = memref.cast %m : memref<4xf32> to memref<?xf32>
  %1 = memref.cast %0 : memref<?xf32> to memref<4xf32>
  // CHECK-NEXT: return %[[M]]
  return %1 : memref<4xf32>
}

// Memory that nobody uses is not allocated, and a load that nobody uses is not done.
// CHECK-LABEL: func.func @unused(
func.func @unused(%m: memref<4xf32>, %i: index) {
  %0 = memref.alloc() : memref<4xf32>
  %1 = memref.load %m[%i] : memref<4xf32>
  // CHECK-NEXT: return
  return
}
