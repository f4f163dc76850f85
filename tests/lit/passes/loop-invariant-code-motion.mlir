// RUN: coco-opt %s --loop-invariant-code-motion --allow-unregistered-dialect | FileCheck %s

// CHECK-LABEL: func.func @through_a_nest
// CHECK: %[[A:.+]] = arith.addf %arg0, %arg1
// CHECK-NEXT: %[[B:.+]] = arith.mulf %[[A]], %arg1
// CHECK-NEXT: scf.for %[[I:.+]] =
// CHECK-NEXT: %[[C:.+]] = arith.index_cast %[[I]]
// CHECK-NEXT: scf.for
// CHECK-NEXT: memref.store %[[B]]
// CHECK-NEXT: "other.use"(%[[C]])
func.func @through_a_nest(%x: f32, %y: f32, %m: memref<8xf32>, %n: index) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  scf.for %i = %zero to %n step %one {
    scf.for %j = %zero to %n step %one {
      %a = arith.addf %x, %y : f32
      %b = arith.mulf %a, %y : f32
      %c = arith.index_cast %i : index to i32
      memref.store %b, %m[%j] : memref<8xf32>
      "other.use"(%c) : (i32) -> ()
    }
  }
  return
}

// A division may fail where the loop has no turn; by a constant it does not.
// CHECK-LABEL: func.func @divisions
// CHECK: %[[T:.+]] = arith.constant 3
// CHECK: arith.divsi %arg0, %[[T]]
// CHECK-NEXT: scf.for
// CHECK-NEXT: arith.divsi %arg0, %arg1
// CHECK-NEXT: arith.remui
// CHECK-NEXT: arith.divsi %arg0, %{{.*}}
func.func @divisions(%a: i32, %b: i32, %n: index) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %three = arith.constant 3 : i32
  %minus = arith.constant -1 : i32
  scf.for %i = %zero to %n step %one {
    %0 = arith.divsi %a, %b : i32
    %1 = arith.divsi %a, %three : i32
    %2 = arith.remui %a, %b : i32
    %3 = arith.divsi %a, %minus : i32
    "other.use"(%0, %1, %2, %3) : (i32, i32, i32, i32) -> ()
  }
  return
}

// Effects stay, and what reads memory.
// CHECK-LABEL: func.func @effects_stay
// CHECK: scf.for
// CHECK-NEXT: memref.load
// CHECK-NEXT: "other.op"
func.func @effects_stay(%m: memref<f32>, %n: index) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  scf.for %i = %zero to %n step %one {
    %a = memref.load %m[] : memref<f32>
    "other.op"(%a) : (f32) -> ()
  }
  return
}

// A whole condition leaves when all of it may; carried values hold what uses them.
// CHECK-LABEL: func.func @conditions_and_carried_values
// CHECK: scf.if %arg0
// CHECK: scf.for {{.*}} iter_args(%[[V:.+]] =
// CHECK-NEXT: scf.if %arg0
// CHECK-NEXT: arith.addf %[[V]]
func.func @conditions_and_carried_values(%c: i1, %x: f32, %n: index) -> f32 {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %r = scf.for %i = %zero to %n step %one iter_args(%v = %x) -> f32 {
    %a = scf.if %c -> f32 {
      %b = arith.addf %x, %x : f32
      scf.yield %b : f32
    } else {
      scf.yield %x : f32
    }
    %d = scf.if %c -> f32 {
      %b = arith.addf %v, %x : f32
      scf.yield %b : f32
    } else {
      scf.yield %a : f32
    }
    scf.yield %d : f32
  }
  return %r : f32
}

// CHECK-LABEL: func.func @while_loops
// CHECK: arith.addi %arg0, %arg0
// CHECK-NEXT: arith.muli %arg0, %arg0
// CHECK-NEXT: scf.while
func.func @while_loops(%a: i32) -> i32 {
  %r = scf.while (%v = %a) : (i32) -> i32 {
    %b = arith.addi %a, %a : i32
    %c = arith.cmpi slt, %v, %b : i32
    scf.condition(%c) %v : i32
  } do {
  ^bb0(%v: i32):
    %d = arith.muli %a, %a : i32
    %e = arith.addi %v, %d : i32
    scf.yield %e : i32
  }
  return %r : i32
}

// A loop inside that may not end must not run where it would not have.
// CHECK-LABEL: func.func @endless_inside
// CHECK: scf.for
// CHECK: scf.while
func.func @endless_inside(%c: i1, %n: index) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  scf.for %i = %zero to %n step %one {
    scf.while : () -> () {
      scf.condition(%c)
    } do {
      scf.yield
    }
  }
  return
}
