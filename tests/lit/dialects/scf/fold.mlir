// RUN: coco-opt %s --canonicalize | FileCheck %s

func.func private @use(index, f32)

// CHECK-LABEL: func.func @if_true(
// CHECK-SAME: %[[I:.*]]: index, %[[A:.*]]: f32, %[[B:.*]]: f32)
func.func @if_true(%i: index, %a: f32, %b: f32) -> f32 {
  %true = arith.constant true
  // CHECK-NOT: scf.if
  // CHECK: %[[S:.*]] = arith.addf %[[A]], %[[B]] : f32
  %r = scf.if %true -> (f32) {
    %s = arith.addf %a, %b : f32
    scf.yield %s : f32
  } else {
    func.call @use(%i, %a) : (index, f32) -> ()
    scf.yield %b : f32
  }
  // CHECK-NEXT: return %[[S]] : f32
  return %r : f32
}

// CHECK-LABEL: func.func @if_false(
func.func @if_false(%i: index, %a: f32) {
  %false = arith.constant false
  scf.if %false {
    func.call @use(%i, %a) : (index, f32) -> ()
  }
  // CHECK-NEXT: return
  return
}

// CHECK-LABEL: func.func @no_turn(
// CHECK-SAME: %[[A:.*]]: f32, %[[N:.*]]: index)
func.func @no_turn(%a: f32, %n: index) -> (f32, f32) {
  %c4 = arith.constant 4 : index
  %c1 = arith.constant 1 : index
  // CHECK-NOT: scf.for
  %r = scf.for %i = %c4 to %c4 step %c1 iter_args(%x = %a) -> (f32) {
    func.call @use(%i, %x) : (index, f32) -> ()
    scf.yield %x : f32
  }
  %q = scf.for %i = %n to %n step %c1 iter_args(%x = %a) -> (f32) {
    %y = arith.addf %x, %x : f32
    scf.yield %y : f32
  }
  // CHECK: return %[[A]], %[[A]] : f32, f32
  return %r, %q : f32, f32
}

// CHECK-LABEL: func.func @one_turn(
// CHECK-SAME: %[[A:.*]]: f32)
func.func @one_turn(%a: f32) -> f32 {
  %c4 = arith.constant 4 : index
  %c6 = arith.constant 6 : index
  // CHECK: %[[C4:.*]] = arith.constant 4 : index
  // CHECK-NOT: scf.for
  // CHECK: call @use(%[[C4]], %[[A]])
  // CHECK: %[[Y:.*]] = arith.addf %[[A]], %[[A]] : f32
  %r = scf.for %i = %c4 to %c6 step %c4 iter_args(%x = %a) -> (f32) {
    func.call @use(%i, %x) : (index, f32) -> ()
    %y = arith.addf %x, %x : f32
    scf.yield %y : f32
  }
  // CHECK: return %[[Y]] : f32
  return %r : f32
}

// CHECK-LABEL: func.func @two_turns(
func.func @two_turns(%a: f32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  // CHECK: scf.for
  scf.for %i = %c0 to %c2 step %c1 {
    func.call @use(%i, %a) : (index, f32) -> ()
  }
  return
}
