// A nest whose order may be told is left alone.
// RUN: coco-opt %s --scf-loop-tile="tile-size=4" --allow-unregistered-dialect | FileCheck %s
// RUN: coco-opt %s --scf-loop-tile="tile-size=4 distinct-arguments" --allow-unregistered-dialect | FileCheck %s --check-prefix=DISTINCT

// CHECK-LABEL: func.func @product
// CHECK-COUNT-3: scf.for
// CHECK-NOT: scf.for
// CHECK: return
// DISTINCT-LABEL: func.func @product
// DISTINCT-COUNT-6: scf.for
// DISTINCT-NOT: scf.for
// DISTINCT: return
func.func @product(%a: memref<?x?xf32>, %b: memref<?x?xf32>, %c: memref<?x?xf32>, %n: index) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  scf.for %i = %zero to %n step %one {
    scf.for %j = %zero to %n step %one {
      scf.for %k = %zero to %n step %one {
        %x = memref.load %a[%i, %k] : memref<?x?xf32>
        %y = memref.load %b[%k, %j] : memref<?x?xf32>
        %z = memref.load %c[%i, %j] : memref<?x?xf32>
        %p = arith.mulf %x, %y : f32
        %s = arith.addf %z, %p : f32
        memref.store %s, %c[%i, %j] : memref<?x?xf32>
      }
    }
  }
  return
}

// The neighbour that another turn wrote.
// DISTINCT-LABEL: func.func @neighbour
// DISTINCT-COUNT-2: scf.for
// DISTINCT-NOT: scf.for
// DISTINCT: return
func.func @neighbour(%a: memref<?x?xf32>, %n: index) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  scf.for %i = %one to %n step %one {
    scf.for %j = %zero to %n step %one {
      %k = arith.subi %i, %one : index
      %l = arith.addi %j, %one : index
      %x = memref.load %a[%k, %l] : memref<?x?xf32>
      memref.store %x, %a[%i, %j] : memref<?x?xf32>
    }
  }
  return
}

// Two counters that are no index: their order would change.
// DISTINCT-LABEL: func.func @two_sums
// DISTINCT-COUNT-3: scf.for
// DISTINCT-NOT: scf.for
// DISTINCT: return
func.func @two_sums(%a: memref<?x?xf32>, %c: memref<?xf32>, %n: index) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  scf.for %i = %zero to %n step %one {
    scf.for %j = %zero to %n step %one {
      scf.for %k = %zero to %n step %one {
        %x = memref.load %a[%j, %k] : memref<?x?xf32>
        %z = memref.load %c[%i] : memref<?xf32>
        %s = arith.addf %z, %x : f32
        memref.store %s, %c[%i] : memref<?xf32>
      }
    }
  }
  return
}

// Other effects.
// DISTINCT-LABEL: func.func @unknown_effect
// DISTINCT-COUNT-2: scf.for
// DISTINCT-NOT: scf.for
// DISTINCT: return
func.func @unknown_effect(%n: index) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  scf.for %i = %zero to %n step %one {
    scf.for %j = %zero to %n step %one {
      "other.op"(%i, %j) : (index, index) -> ()
    }
  }
  return
}

// A single loop keeps its order, whatever it does, and carries on.
// CHECK-LABEL: func.func @single
// CHECK: %[[STEP:.+]] = arith.muli %c2, %{{.*}} : index
// CHECK-NEXT: %[[R:.+]] = scf.for %[[T:.+]] = %c0 to %arg0 step %[[STEP]] iter_args(%[[A:.+]] = %arg1) -> (f32) {
// CHECK-NEXT: %[[NEXT:.+]] = arith.addi %[[T]], %[[STEP]]
// CHECK-NEXT: %[[END:.+]] = arith.minsi %[[NEXT]], %arg0
// CHECK-NEXT: %[[S:.+]] = scf.for %[[I:.+]] = %[[T]] to %[[END]] step %c2 iter_args(%[[B:.+]] = %[[A]]) -> (f32) {
// CHECK-NEXT: %[[X:.+]] = "other.op"(%[[I]], %[[B]])
// CHECK-NEXT: scf.yield %[[X]]
// CHECK-NEXT: }
// CHECK-NEXT: scf.yield %[[S]]
// CHECK-NEXT: }
// CHECK-NEXT: return %[[R]]
func.func @single(%n: index, %x: f32) -> f32 {
  %zero = arith.constant 0 : index
  %two = arith.constant 2 : index
  %r = scf.for %i = %zero to %n step %two iter_args(%a = %x) -> f32 {
    %b = "other.op"(%i, %a) : (index, f32) -> f32
    scf.yield %b : f32
  }
  return %r : f32
}

// Bounds that depend on an outer counter end the nest; the loops around them are tiled.
// CHECK-LABEL: func.func @triangle
// CHECK-COUNT-3: scf.for
// CHECK-NOT: scf.for
// CHECK: return
func.func @triangle(%m: memref<8x8xf32>, %x: f32) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %n = arith.constant 8 : index
  scf.for %i = %zero to %n step %one {
    scf.for %j = %zero to %i step %one {
      memref.store %x, %m[%i, %j] : memref<8x8xf32>
    }
  }
  return
}
