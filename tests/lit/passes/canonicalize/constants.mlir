// RUN: coco-opt %s --canonicalize --split-input-file --allow-unregistered-dialect | FileCheck %s

// CHECK-LABEL: func.func @constant_expressions_are_computed
func.func @constant_expressions_are_computed() -> i32 {
  // CHECK-NEXT: %[[C:.*]] = arith.constant 26 : i32
  // CHECK-NEXT: return %[[C]]
  %0 = arith.constant 5 : i32
  %1 = arith.muli %0, %0 : i32
  %2 = arith.constant 1 : i32
  %3 = arith.addi %1, %2 : i32
  return %3 : i32
}

// -----

// CHECK-LABEL: func.func @constants_are_kept_once_and_first
func.func @constants_are_kept_once_and_first(%a: i32, %lb: index, %ub: index) -> i32 {
  // CHECK-NEXT: %[[C:.*]] = arith.constant 7 : i32
  // CHECK: scf.for
  // CHECK-NEXT: "test.use"(%[[C]])
  // CHECK: arith.addi %{{.*}}, %[[C]]
  scf.for %i = %lb to %ub step %lb {
    %0 = arith.constant 7 : i32
    "test.use"(%0) : (i32) -> ()
  }
  %1 = arith.constant 7 : i32
  %2 = arith.addi %a, %1 : i32
  return %2 : i32
}

// -----

// CHECK-LABEL: func.func @constants_of_two_types_are_two
func.func @constants_of_two_types_are_two() -> (i32, i64) {
  // CHECK-DAG: arith.constant 1 : i32
  // CHECK-DAG: arith.constant 1 : i64
  %0 = arith.constant 1 : i32
  %1 = arith.constant 1 : i64
  return %0, %1 : i32, i64
}

// -----

// CHECK-LABEL: func.func @constants_do_not_leave_an_isolated_region
// CHECK-NEXT: return
// CHECK-LABEL: func.func @each_function_has_its_own
// CHECK-NEXT: arith.constant 1
func.func @constants_do_not_leave_an_isolated_region() { return }
func.func @each_function_has_its_own() -> i32 {
  %0 = arith.constant 1 : i32
  return %0 : i32
}

// -----

// CHECK-LABEL: func.func @constants_move_right
func.func @constants_move_right(%a: i32) -> i32 {
  // CHECK: %[[C:.*]] = arith.constant 3
  // CHECK: arith.muli %{{.*}}, %[[C]]
  %0 = arith.constant 3 : i32
  %1 = arith.muli %0, %a : i32
  return %1 : i32
}

// -----

// CHECK-LABEL: func.func @division_by_zero_stays
func.func @division_by_zero_stays() -> i32 {
  // CHECK: arith.divsi
  %0 = arith.constant 1 : i32
  %1 = arith.constant 0 : i32
  %2 = arith.divsi %0, %1 : i32
  return %2 : i32
}

// -----

// CHECK-LABEL: func.func @dead_operations_go_with_what_they_used
func.func @dead_operations_go_with_what_they_used(%a: i32) {
  // CHECK-NEXT: return
  %0 = arith.addi %a, %a : i32
  %1 = arith.muli %0, %0 : i32
  return
}

// -----

// CHECK-LABEL: func.func @double_negation
// CHECK-SAME: (%[[A:.*]]: f32)
func.func @double_negation(%a: f32) -> f32 {
  // CHECK-NEXT: return %[[A]]
  %0 = arith.negf %a : f32
  %1 = arith.negf %0 : f32
  return %1 : f32
}

// -----

// CHECK-LABEL: func.func @effects_stay
func.func @effects_stay(%a: i32) {
  // CHECK: "test.effect"
  %0 = "test.effect"(%a) : (i32) -> i32
  return
}

// -----

// CHECK-LABEL: func.func @unreachable_code_may_come_after_itself
func.func @unreachable_code_may_come_after_itself() {
  return
^unreachable:
  // CHECK: %[[A:.*]] = arith.negf %[[B:.*]] :
  // CHECK: %[[B]] = arith.negf %[[A]] :
  %0 = arith.negf %1 : f32
  %1 = arith.negf %0 : f32
  "test.use"(%1) : (f32) -> ()
  cf.br ^unreachable
}
