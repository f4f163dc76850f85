// RUN: coco-opt %s --cse --split-input-file --allow-unregistered-dialect | FileCheck %s

// CHECK-LABEL: func.func @repeated_operation_is_merged
// CHECK-SAME: (%[[A:.*]]: i32, %[[B:.*]]: i32)
func.func @repeated_operation_is_merged(%a: i32, %b: i32) -> (i32, i32) {
  // CHECK-NEXT: %[[SUM:.*]] = arith.addi %[[A]], %[[B]]
  // CHECK-NEXT: return %[[SUM]], %[[SUM]]
  %0 = arith.addi %a, %b : i32
  %1 = arith.addi %a, %b : i32
  return %0, %1 : i32, i32
}

// -----

// CHECK-LABEL: func.func @operands_of_a_commutative_operation_may_be_turned
func.func @operands_of_a_commutative_operation_may_be_turned(%a: i32, %b: i32) -> (i32, i32) {
  // CHECK: %[[SUM:.*]] = arith.addi
  // CHECK-NEXT: return %[[SUM]], %[[SUM]]
  %0 = arith.addi %a, %b : i32
  %1 = arith.addi %b, %a : i32
  return %0, %1 : i32, i32
}

// -----

// CHECK-LABEL: func.func @operations_that_differ_stay
func.func @operations_that_differ_stay(%a: i32, %b: i32) -> (i32, i32, i32) {
  // CHECK: arith.subi
  // CHECK: arith.subi
  // CHECK: arith.muli
  %0 = arith.subi %a, %b : i32
  %1 = arith.subi %b, %a : i32
  %2 = arith.muli %a, %b : i32
  return %0, %1, %2 : i32, i32, i32
}

// -----

// CHECK-LABEL: func.func @attributes_count
func.func @attributes_count() -> (i32, i32, i32) {
  // CHECK: %[[ONE:.*]] = arith.constant 1
  // CHECK: %[[TWO:.*]] = arith.constant 2
  // CHECK: return %[[ONE]], %[[TWO]], %[[ONE]]
  %0 = arith.constant 1 : i32
  %1 = arith.constant 2 : i32
  %2 = arith.constant 1 : i32
  return %0, %1, %2 : i32, i32, i32
}

// -----

// CHECK-LABEL: func.func @what_may_have_effects_stays
func.func @what_may_have_effects_stays(%a: i32) {
  // CHECK-COUNT-2: "test.effect"
  %0 = "test.effect"(%a) : (i32) -> i32
  %1 = "test.effect"(%a) : (i32) -> i32
  return
}

// -----

// CHECK-LABEL: func.func @loads_are_not_merged
func.func @loads_are_not_merged(%m: memref<4xf32>, %i: index, %x: f32) -> (f32, f32) {
  // CHECK-COUNT-2: memref.load
  %0 = memref.load %m[%i] : memref<4xf32>
  memref.store %x, %m[%i] : memref<4xf32>
  %1 = memref.load %m[%i] : memref<4xf32>
  return %0, %1 : f32, f32
}

// -----

// CHECK-LABEL: func.func @inner_regions_see_what_is_around_them
func.func @inner_regions_see_what_is_around_them(%a: i32, %lb: index) -> i32 {
  // CHECK: %[[SUM:.*]] = arith.addi
  // CHECK: scf.for
  // CHECK-NEXT: "test.use"(%[[SUM]])
  %0 = arith.addi %a, %a : i32
  scf.for %i = %lb to %lb step %lb {
    %1 = arith.addi %a, %a : i32
    "test.use"(%1) : (i32) -> ()
  }
  return %0 : i32
}

// -----

// CHECK-LABEL: func.func @what_is_inside_is_not_known_outside
func.func @what_is_inside_is_not_known_outside(%a: i32, %lb: index) -> i32 {
  // CHECK: scf.for
  // CHECK: arith.addi
  // CHECK: }
  // CHECK: %[[SUM:.*]] = arith.addi
  // CHECK: return %[[SUM]]
  scf.for %i = %lb to %lb step %lb {
    %1 = arith.addi %a, %a : i32
    "test.use"(%1) : (i32) -> ()
  }
  %0 = arith.addi %a, %a : i32
  return %0 : i32
}

// -----

// CHECK-LABEL: func.func @sibling_blocks_do_not_know_each_other
func.func @sibling_blocks_do_not_know_each_other(%c: i1, %a: i32) -> i32 {
  // CHECK-COUNT-2: arith.addi
  cf.cond_br %c, ^left, ^right
^left:
  %0 = arith.addi %a, %a : i32
  return %0 : i32
^right:
  %1 = arith.addi %a, %a : i32
  return %1 : i32
}

// -----

// CHECK-LABEL: func.func @a_dominating_block_is_known
func.func @a_dominating_block_is_known(%c: i1, %a: i32) -> i32 {
  // CHECK: %[[SUM:.*]] = arith.addi
  // CHECK-NOT: arith.addi
  // CHECK: return %[[SUM]]
  %0 = arith.addi %a, %a : i32
  "test.use"(%0) : (i32) -> ()
  cf.cond_br %c, ^left, ^right
^left:
  cf.br ^right
^right:
  %1 = arith.addi %a, %a : i32
  return %1 : i32
}

// -----

// In ^left the region's operation must not take the value of ^other, which does not dominate it.
// CHECK-LABEL: func.func @a_region_does_not_know_a_sibling_block
func.func @a_region_does_not_know_a_sibling_block(%c: i1, %a: i32, %lb: index) -> i32 {
  // CHECK-COUNT-2: arith.addi
  cf.cond_br %c, ^other, ^left
^other:
  %0 = arith.addi %a, %a : i32
  return %0 : i32
^left:
  scf.for %i = %lb to %lb step %lb {
    %1 = arith.addi %a, %a : i32
    "test.use"(%1) : (i32) -> ()
  }
  return %a : i32
}

// -----

// CHECK-LABEL: func.func @dead_operations_go
func.func @dead_operations_go(%a: i32) {
  // CHECK-NEXT: return
  %0 = arith.addi %a, %a : i32
  return
}

// -----

// Each function is a scope of its own.
// CHECK-LABEL: func.func @first
// CHECK: arith.constant 1
// CHECK-LABEL: func.func @second
// CHECK: arith.constant 1
func.func @first() -> i32 {
  %0 = arith.constant 1 : i32
  return %0 : i32
}
func.func @second() -> i32 {
  %0 = arith.constant 1 : i32
  return %0 : i32
}

// -----

// CHECK-LABEL: func.func @equal_regions_are_merged
func.func @equal_regions_are_merged(%c: i1, %a: i32, %b: i32) -> (i32, i32) {
  // CHECK: %[[R:.*]] = scf.if
  // CHECK-NOT: scf.if
  // CHECK: return %[[R]], %[[R]]
  %0 = scf.if %c -> i32 {
    %2 = arith.muli %a, %b : i32
    scf.yield %2 : i32
  } else {
    scf.yield %b : i32
  }
  %1 = scf.if %c -> i32 {
    %2 = arith.muli %a, %b : i32
    scf.yield %2 : i32
  } else {
    scf.yield %b : i32
  }
  return %0, %1 : i32, i32
}
