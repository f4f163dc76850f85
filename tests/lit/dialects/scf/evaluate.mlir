// RUN: coco-opt %s --interpret=all | FileCheck %s
// RUN: coco-opt %s --canonicalize --cse --interpret=all | FileCheck %s

// CHECK: @for = 45 : index, 3628800 : i64
func.func @for() -> (index, i64) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c10 = arith.constant 10 : index
  %one = arith.constant 1 : i64
  %r:2 = scf.for %i = %c0 to %c10 step %c1 iter_args(%sum = %c0, %product = %one) -> (index, i64) {
    %s = arith.addi %sum, %i : index
    %j = arith.index_cast %i : index to i64
    %k = arith.addi %j, %one : i64
    %p = arith.muli %product, %k : i64
    scf.yield %s, %p : index, i64
  }
  return %r#0, %r#1 : index, i64
}

// Counting to the largest integer ends: the counter does not overflow.
// CHECK: @for_near_the_end = 3 : i8
func.func @for_near_the_end() -> i8 {
  %low = arith.constant 100 : i8
  %high = arith.constant 127 : i8
  %ten = arith.constant 10 : i8
  %z = arith.constant 0 : i8
  %one = arith.constant 1 : i8
  %r = scf.for %i = %low to %high step %ten iter_args(%n = %z) -> (i8) : i8 {
    %m = arith.addi %n, %one : i8
    scf.yield %m : i8
  }
  return %r : i8
}

// CHECK: @if = 1 : i32, 2 : i32
func.func @if() -> (i32, i32) {
  %c1 = arith.constant 1 : i32
  %c2 = arith.constant 2 : i32
  %less = arith.cmpi slt, %c1, %c2 : i32
  %more = arith.cmpi sgt, %c1, %c2 : i32
  %a = scf.if %less -> (i32) {
    scf.yield %c1 : i32
  } else {
    scf.yield %c2 : i32
  }
  %b = scf.if %more -> (i32) {
    scf.yield %c1 : i32
  } else {
    scf.yield %c2 : i32
  }
  return %a, %b : i32, i32
}

// How often 27 is halved or tripled until it is 1.
// CHECK: @while = 111 : i32
func.func @while() -> i32 {
  %z = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  %two = arith.constant 2 : i32
  %three = arith.constant 3 : i32
  %n = arith.constant 27 : i32
  %r:2 = scf.while (%x = %n, %count = %z) : (i32, i32) -> (i32, i32) {
    %go = arith.cmpi ne, %x, %one : i32
    scf.condition(%go) %x, %count : i32, i32
  } do {
  ^bb0(%x: i32, %count: i32):
    %odd = arith.remui %x, %two : i32
    %is_odd = arith.cmpi ne, %odd, %z : i32
    %next = scf.if %is_odd -> (i32) {
      %t = arith.muli %x, %three : i32
      %u = arith.addi %t, %one : i32
      scf.yield %u : i32
    } else {
      %h = arith.divui %x, %two : i32
      scf.yield %h : i32
    }
    %c = arith.addi %count, %one : i32
    scf.yield %next, %c : i32, i32
  }
  return %r#1 : i32
}

// CHECK: @parallel = 30 : index, 5 : index, dense<[{{\[}}0, 1, 2], [10, 11, 12]]> : tensor<2x3xindex>
func.func @parallel() -> (index, index, memref<2x3xindex>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c10 = arith.constant 10 : index
  %m = memref.alloc() : memref<2x3xindex>
  scf.parallel (%i, %j) = (%c0, %c0) to (%c2, %c3) step (%c1, %c1) {
    %t = arith.muli %i, %c10 : index
    %v = arith.addi %t, %j : index
    memref.store %v, %m[%i, %j] : memref<2x3xindex>
  }
  %r:2 = scf.parallel (%i) = (%c0) to (%c10) step (%c2) init (%c10, %c0) -> (index, index) {
    scf.reduce(%i, %c1 : index, index) {
    ^bb0(%x: index, %y: index):
      %s = arith.addi %x, %y : index
      scf.reduce.return %s : index
    }, {
    ^bb0(%x: index, %y: index):
      %s = arith.addi %x, %y : index
      scf.reduce.return %s : index
    }
  }
  return %r#0, %r#1, %m : index, index, memref<2x3xindex>
}

// CHECK: @execute_region = 7 : i32
func.func @execute_region() -> i32 {
  %c7 = arith.constant 7 : i32
  %true = arith.constant true
  %r = scf.execute_region -> i32 {
    cf.cond_br %true, ^bb1(%c7 : i32), ^bb2
  ^bb1(%x: i32):
    scf.yield %x : i32
  ^bb2:
    %z = arith.constant 0 : i32
    scf.yield %z : i32
  }
  return %r : i32
}

// CHECK: @no_turn_beside_many = 7 : index
func.func @no_turn_beside_many() -> index {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c7 = arith.constant 7 : index
  %many = arith.constant 9223372036854775807 : index
  %r = scf.parallel (%i, %j) = (%c0, %c7) to (%many, %c7) step (%c1, %c1) init (%c7) -> index {
    scf.reduce(%i : index) {
    ^bb0(%x: index, %y: index):
      scf.reduce.return %y : index
    }
  }
  return %r : index
}
