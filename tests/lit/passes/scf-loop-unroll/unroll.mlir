// RUN: coco-opt %s --scf-loop-unroll="unroll-factor=2" --allow-unregistered-dialect | FileCheck %s
// RUN: coco-opt %s --scf-loop-unroll="unroll-full" --allow-unregistered-dialect | FileCheck %s --check-prefix=FULL
// RUN: coco-opt %s --scf-loop-unroll="unroll-factor=9 unroll-up-to-factor" --allow-unregistered-dialect | FileCheck %s --check-prefix=UPTO
// RUN: not coco-opt %s --scf-loop-unroll="unroll-factor=0" --allow-unregistered-dialect 2>&1 | FileCheck %s --check-prefix=FACTOR

// FACTOR: error: unroll-factor must be at least 1

// CHECK-LABEL: func.func @whole_turns
// CHECK: %[[STEP:.+]] = arith.constant 2 : index
// CHECK-NEXT: scf.for %[[I:.+]] = %c0 to %c6 step %[[STEP]] {
// CHECK-NEXT: "other.use"(%[[I]])
// CHECK-NEXT: %[[ONE:.+]] = arith.constant 1 : index
// CHECK-NEXT: %[[J:.+]] = arith.addi %[[I]], %[[ONE]]
// CHECK-NEXT: "other.use"(%[[J]])
// CHECK-NEXT: }
// CHECK-NEXT: return
// FULL-LABEL: func.func @whole_turns
// FULL-NOT: scf.for
// FULL-COUNT-6: "other.use"
// FULL-NOT: "other.use"
// UPTO-LABEL: func.func @whole_turns
// UPTO: scf.for
// UPTO-COUNT-6: "other.use"
// UPTO-NOT: "other.use"
// UPTO: return
func.func @whole_turns() {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %six = arith.constant 6 : index
  scf.for %i = %zero to %six step %one {
    "other.use"(%i) : (index) -> ()
  }
  return
}

// What is left over is a loop that goes on with what the first one carried.
// CHECK-LABEL: func.func @left_over
// CHECK: %[[END:.+]] = arith.constant 4 : index
// CHECK: %[[R:.+]] = scf.for %{{.*}} = %c0 to %[[END]] step %{{.*}} iter_args(%{{.*}} = %arg0)
// CHECK: %[[S:.+]] = scf.for %{{.*}} = %[[END]] to %c5 step %c1 iter_args(%{{.*}} = %[[R]])
// CHECK: return %[[S]]
// FULL-LABEL: func.func @left_over
// FULL-COUNT-5: arith.addf
// FULL-NOT: scf.for
func.func @left_over(%x: f32) -> f32 {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %five = arith.constant 5 : index
  %r = scf.for %i = %zero to %five step %one iter_args(%a = %x) -> f32 {
    %b = arith.addf %a, %x : f32
    scf.yield %b : f32
  }
  return %r : f32
}

// Only innermost loops; unknown bounds are computed, and no loop of unknown turns is unrolled fully.
// CHECK-LABEL: func.func @nest
// CHECK: scf.for
// CHECK: arith.ceildivsi
// CHECK: scf.for
// CHECK: "other.use"
// CHECK: "other.use"
// CHECK: scf.for
// CHECK: "other.use"
// FULL-LABEL: func.func @nest
// FULL-COUNT-2: scf.for
// FULL-NOT: scf.for
func.func @nest(%n: index) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  scf.for %i = %zero to %n step %one {
    scf.for %j = %zero to %n step %one {
      "other.use"(%i, %j) : (index, index) -> ()
    }
  }
  return
}

// Fewer turns than the factor, and a step that the type cannot hold, leave a loop as it is.
// CHECK-LABEL: func.func @left_alone
// CHECK: scf.for {{.*}} step %c1
// CHECK: scf.for {{.*}} step %c100_i8
func.func @left_alone() {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  scf.for %i = %zero to %one step %one {
    "other.use"(%i) : (index) -> ()
  }
  %l = arith.constant -128 : i8
  %u = arith.constant 127 : i8
  %s = arith.constant 100 : i8
  scf.for %i = %l to %u step %s : i8 {
    "other.use"(%i) : (i8) -> ()
  }
  return
}

// More operations than anybody wants are not made.
// FULL-LABEL: func.func @too_many
// FULL: scf.for
func.func @too_many() {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %n = arith.constant 1000000000000 : index
  scf.for %i = %zero to %n step %one {
    "other.use"(%i) : (index) -> ()
  }
  return
}
