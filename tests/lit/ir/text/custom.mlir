// Custom forms: by hooks and by the rows' formats, implicit terminators, names that rows suggest.
// RUN: coco-opt %s --allow-unregistered-dialect | FileCheck %s
// RUN: coco-opt %s --allow-unregistered-dialect | coco-opt --allow-unregistered-dialect | FileCheck %s
// RUN: coco-opt %s --allow-unregistered-dialect --mlir-print-op-generic | coco-opt --allow-unregistered-dialect | FileCheck %s

// CHECK: module @named attributes {t.version = 1 : i64} {
module @named attributes {t.version = 1} {
  // CHECK-NEXT: func.func @f(%arg0: memref<4x4xf32>, %arg1: index) -> f32 {
  func.func @f(%m: memref<4x4xf32>, %n: index) -> f32 {
    // CHECK-NEXT: %cst = arith.constant 0.000000e+00 : f32
    // CHECK-NEXT: %c0 = arith.constant 0 : index
    // CHECK-NEXT: %c1 = arith.constant 1 : index
    // CHECK-NEXT: %cst_0 = arith.constant dense<1.000000e+00> : vector<4xf32>
    // CHECK-NEXT: %true = arith.constant true
    %zero = arith.constant 0.0 : f32
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %ones = arith.constant dense<1.0> : vector<4xf32>
    %yes = arith.constant true
    // CHECK-NEXT: %[[R:.+]] = scf.for %arg2 = %c0 to %arg1 step %c1 iter_args(%arg3 = %cst) -> (f32) {
    %r = scf.for %i = %c0 to %n step %c1 iter_args(%acc = %zero) -> (f32) {
      // CHECK-NEXT: %[[V:.+]] = memref.load %arg0[%arg2, %c0] : memref<4x4xf32>
      %v = memref.load %m[%i, %c0] : memref<4x4xf32>
      // CHECK-NEXT: %[[S:.+]] = arith.addf %arg3, %[[V]] {t.note = "x"} : f32
      %s = arith.addf %acc, %v {t.note = "x"} : f32
      // CHECK-NEXT: scf.if %true {
      scf.if %yes {
        // CHECK-NEXT: memref.store %[[S]], %arg0[%arg2, %arg2] : memref<4x4xf32>
        // CHECK-NEXT: }
        memref.store %s, %m[%i, %i] : memref<4x4xf32>
      }
      // CHECK-NEXT: scf.yield %[[S]] : f32
      scf.yield %s : f32
    }
    // CHECK: cf.br ^bb1(%[[R]] : f32)
    cf.br ^last(%r : f32)
  // CHECK-NEXT: ^bb1(%[[X:.+]]: f32):
  ^last(%x: f32):
    // CHECK-NEXT: return %[[X]] : f32
    return %x : f32
  }
  // The names of a function do not depend on those of another.
  // CHECK: func.func @g() -> index {
  // CHECK-NEXT: %c0 = arith.constant 0 : index
  func.func @g() -> index {
    %c0 = arith.constant 0 : index
    func.return %c0 : index
  }
}
