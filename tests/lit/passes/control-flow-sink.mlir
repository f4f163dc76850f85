// RUN: coco-opt %s --control-flow-sink --allow-unregistered-dialect | FileCheck %s

// What both ways use stays; what one uses goes there, and lets its operands follow.
// CHECK-LABEL: func.func @one_way
// CHECK-SAME: (%[[C:.+]]: i1, %[[A:.+]]: i32, %[[B:.+]]: i32)
// CHECK-NEXT: %[[M:.+]] = arith.muli %[[A]], %[[B]]
// CHECK-NEXT: scf.if %[[C]]
// CHECK-NEXT: %[[P:.+]] = arith.addi %[[M]], %[[A]]
// CHECK-NEXT: scf.yield %[[P]]
// CHECK-NEXT: } else {
// CHECK-NEXT: %[[N:.+]] = arith.andi %[[A]], %[[B]]
// CHECK-NEXT: %[[Q:.+]] = arith.subi %[[M]], %[[N]]
// CHECK-NEXT: %[[R:.+]] = arith.addi %[[Q]], %[[Q]]
func.func @one_way(%c: i1, %a: i32, %b: i32) -> i32 {
  %m = arith.muli %a, %b : i32
  %p = arith.addi %m, %a : i32
  %n = arith.andi %a, %b : i32
  %q = arith.subi %m, %n : i32
  %r = scf.if %c -> i32 {
    scf.yield %p : i32
  } else {
    %t = arith.addi %q, %q : i32
    scf.yield %t : i32
  }
  return %r : i32
}

// CHECK-LABEL: func.func @effects_stay
// CHECK-NEXT: memref.load
// CHECK-NEXT: "other.op"
// CHECK-NEXT: scf.if
func.func @effects_stay(%c: i1, %m: memref<i32>) {
  %a = memref.load %m[] : memref<i32>
  %b = "other.op"() : () -> i32
  scf.if %c {
    "other.use"(%a, %b) : (i32, i32) -> ()
  }
  return
}

// Through two conditions to the inner one.
// CHECK-LABEL: func.func @nested
// CHECK-NEXT: scf.if
// CHECK-NEXT: scf.if
// CHECK-NEXT: arith.addi
func.func @nested(%c: i1, %d: i1, %a: i32) {
  %b = arith.addi %a, %a : i32
  scf.if %c {
    scf.if %d {
      "other.use"(%b) : (i32) -> ()
    }
  }
  return
}

// A loop would compute it in every turn.
// CHECK-LABEL: func.func @not_into_a_loop
// CHECK: arith.addi
// CHECK: scf.for
func.func @not_into_a_loop(%c: i1, %n: index, %a: i32) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %b = arith.addi %a, %a : i32
  scf.for %i = %zero to %n step %one {
    scf.if %c {
      "other.use"(%b) : (i32) -> ()
    }
  }
  return
}
