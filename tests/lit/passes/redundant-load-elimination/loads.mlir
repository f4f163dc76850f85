// RUN: coco-opt %s --redundant-load-elimination | FileCheck %s
// RUN: coco-opt %s --redundant-load-elimination --mlir-pass-statistics 2>&1 >/dev/null | FileCheck %s --check-prefix=STATISTICS

// STATISTICS: 12 loads before
// STATISTICS: 10 loads after

// CHECK-LABEL: func.func @same_place_is_loaded_once(
func.func @same_place_is_loaded_once(%m: memref<4xf32>, %i: index) -> (f32, f32) {
  // CHECK: %[[A:.*]] = memref.load
  // CHECK-NOT: memref.load
  // CHECK: return %[[A]], %[[A]]
  %a = memref.load %m[%i] : memref<4xf32>
  %b = memref.load %m[%i] : memref<4xf32>
  return %a, %b : f32, f32
}

// CHECK-LABEL: func.func @vectors_too(
func.func @vectors_too(%m: memref<64xf32>, %i: index) -> vector<16xf32> {
  // CHECK: %[[V:.*]] = vector.load
  // CHECK: arith.addf %[[V]], %[[V]]
  %a = vector.load %m[%i] : memref<64xf32>, vector<16xf32>
  %b = vector.load %m[%i] : memref<64xf32>, vector<16xf32>
  %s = arith.addf %a, %b : vector<16xf32>
  return %s : vector<16xf32>
}

// CHECK-LABEL: func.func @a_store_ends_what_is_known(
func.func @a_store_ends_what_is_known(%m: memref<4xf32>, %n: memref<4xf32>, %i: index, %x: f32) -> (f32, f32) {
  // CHECK-COUNT-2: memref.load
  %a = memref.load %m[%i] : memref<4xf32>
  memref.store %x, %n[%i] : memref<4xf32>
  %b = memref.load %m[%i] : memref<4xf32>
  return %a, %b : f32, f32
}

// CHECK-LABEL: func.func @so_does_a_loop_that_stores(
func.func @so_does_a_loop_that_stores(%m: memref<4xf32>, %i: index, %x: f32) -> (f32, f32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // CHECK: memref.load
  // CHECK: scf.for
  // CHECK: memref.load
  %a = memref.load %m[%i] : memref<4xf32>
  scf.for %k = %c0 to %i step %c1 {
    memref.store %x, %m[%k] : memref<4xf32>
  }
  %b = memref.load %m[%i] : memref<4xf32>
  return %a, %b : f32, f32
}

// CHECK-LABEL: func.func @other_places_stay(
func.func @other_places_stay(%m: memref<4xf32>, %i: index, %j: index) -> (f32, f32) {
  // CHECK-COUNT-2: memref.load
  %a = memref.load %m[%i] : memref<4xf32>
  %b = memref.load %m[%j] : memref<4xf32>
  return %a, %b : f32, f32
}

// CHECK-LABEL: func.func @blocks_are_looked_at_alone(
func.func @blocks_are_looked_at_alone(%m: memref<4xf32>, %i: index, %c: i1) -> (f32, f32) {
  // CHECK: memref.load
  // CHECK: scf.if
  // CHECK: memref.load
  %a = memref.load %m[%i] : memref<4xf32>
  %b = scf.if %c -> (f32) {
    %inner = memref.load %m[%i] : memref<4xf32>
    scf.yield %inner : f32
  } else {
    scf.yield %a : f32
  }
  return %a, %b : f32, f32
}
