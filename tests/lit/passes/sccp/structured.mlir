// RUN: coco-opt %s --sccp --allow-unregistered-dialect | FileCheck %s

// CHECK-LABEL: func.func @if_of_constant
// CHECK: return %c5
func.func @if_of_constant(%u: i32) -> i32 {
  %true = arith.constant true
  %r = scf.if %true -> i32 {
    %a = arith.constant 5 : i32
    scf.yield %a : i32
  } else {
    scf.yield %u : i32
  }
  return %r : i32
}

// CHECK-LABEL: func.func @if_alike
// CHECK: return %c5
func.func @if_alike(%c: i1) -> i32 {
  %r = scf.if %c -> i32 {
    %a = arith.constant 5 : i32
    scf.yield %a : i32
  } else {
    %b = arith.constant 2 : i32
    %d = arith.constant 3 : i32
    %e = arith.addi %b, %d : i32
    scf.yield %e : i32
  }
  return %r : i32
}

// CHECK-LABEL: func.func @carried
// CHECK: %[[LOOP:.+]]:2 = scf.for
// CHECK: return %c7{{.*}}, %[[LOOP]]#1
func.func @carried(%n: index) -> (i32, i32) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %seven = arith.constant 7 : i32
  %r:2 = scf.for %i = %zero to %n step %one iter_args(%a = %seven, %b = %seven) -> (i32, i32) {
    %k = arith.constant 0 : i32
    %x = arith.addi %a, %k : i32
    %y = arith.addi %b, %seven : i32
    scf.yield %x, %y : i32, i32
  }
  return %r#0, %r#1 : i32, i32
}

// The body of the loop is never entered: the condition is false with what comes from outside.
// CHECK-LABEL: func.func @while_never
// CHECK: return %c3
func.func @while_never(%u: i32) -> i32 {
  %three = arith.constant 3 : i32
  %r = scf.while (%a = %three) : (i32) -> i32 {
    %c = arith.cmpi slt, %a, %three : i32
    scf.condition(%c) %a : i32
  } do {
  ^bb0(%a: i32):
    scf.yield %u : i32
  }
  return %r : i32
}

// CHECK-LABEL: func.func @while_once
// CHECK: %[[R:.+]] = scf.while
// CHECK: return %[[R]]
func.func @while_once(%u: i32) -> i32 {
  %three = arith.constant 3 : i32
  %r = scf.while (%a = %three) : (i32) -> i32 {
    %c = arith.cmpi sle, %a, %three : i32
    scf.condition(%c) %a : i32
  } do {
  ^bb0(%a: i32):
    scf.yield %u : i32
  }
  return %r : i32
}

// CHECK-LABEL: func.func @executed
// CHECK: return %c4
func.func @executed() -> i32 {
  %r = scf.execute_region -> i32 {
    %a = arith.constant 4 : i32
    cf.br ^end(%a : i32)
  ^end(%b: i32):
    scf.yield %b : i32
  }
  return %r : i32
}

// What other operations do with their regions is not known.
// CHECK-LABEL: func.func @other_regions
// CHECK: "other.op"
// CHECK-NEXT: ^bb0(%[[A:.+]]: i32):
// CHECK: "other.use"(%[[A]], %c8{{.*}})
func.func @other_regions() {
  %eight = arith.constant 8 : i32
  "other.op"(%eight) ({
  ^bb0(%a: i32):
    %zero = arith.constant 0 : i32
    %x = arith.addi %zero, %eight : i32
    "other.use"(%a, %x) : (i32, i32) -> ()
  }) : (i32) -> ()
  return
}

// Division by zero is left for the one who runs it.
// CHECK-LABEL: func.func @no_division_by_zero
// CHECK: %[[Q:.+]] = arith.divsi
// CHECK: return %[[Q]]
func.func @no_division_by_zero() -> i32 {
  %zero = arith.constant 0 : i32
  %q = arith.divsi %zero, %zero : i32
  return %q : i32
}
