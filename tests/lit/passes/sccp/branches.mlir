// RUN: coco-opt %s --sccp --allow-unregistered-dialect --split-input-file | FileCheck %s

// CHECK-LABEL: func.func @same_on_both_ways
func.func @same_on_both_ways(%c: i1) -> i32 {
  %a = arith.constant 1 : i32
  %b = arith.constant 2 : i32
  cf.cond_br %c, ^left, ^right
^left:
  %x = arith.addi %a, %b : i32
  cf.br ^end(%x : i32)
^right:
  %y = arith.constant 3 : i32
  cf.br ^end(%y : i32)
// CHECK: ^bb3(%{{.*}}: i32):
// CHECK-NEXT: return %[[THREE:c3[_0-9a-z]*]] : i32
^end(%r: i32):
  return %r : i32
}

// -----

// CHECK-LABEL: func.func @differs
// CHECK: ^bb3(%[[R:.+]]: i32):
// CHECK-NEXT: return %[[R]]
func.func @differs(%c: i1) -> i32 {
  %a = arith.constant 1 : i32
  %b = arith.constant 2 : i32
  cf.cond_br %c, ^left, ^right
^left:
  cf.br ^end(%a : i32)
^right:
  cf.br ^end(%b : i32)
^end(%r: i32):
  return %r : i32
}

// -----

// A way that is never taken says nothing.
// CHECK-LABEL: func.func @closed_way
// CHECK: ^bb2(%{{.*}}: i32):
// CHECK-NEXT: return %c1
func.func @closed_way(%u: i32) -> i32 {
  %true = arith.constant true
  %a = arith.constant 1 : i32
  cf.cond_br %true, ^end(%a : i32), ^other
^other:
  cf.br ^end(%u : i32)
^end(%r: i32):
  return %r : i32
}

// -----

// The value around the loop is found only when ways are looked at together with values.
// CHECK-LABEL: func.func @around_a_loop
// CHECK: ^bb1(%[[K:.+]]: i32, %[[I:.+]]: i32):
// CHECK: arith.cmpi slt, %[[I]],
// CHECK: ^bb2:
// CHECK: arith.addi %[[I]],
// CHECK: ^bb3:
// CHECK-NEXT: return %c0
func.func @around_a_loop(%n: i32) -> i32 {
  %zero = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  cf.br ^head(%zero, %zero : i32, i32)
^head(%k: i32, %i: i32):
  %more = arith.cmpi slt, %i, %n : i32
  cf.cond_br %more, ^body, ^end
^body:
  %is = arith.cmpi ne, %k, %zero : i32
  %next = arith.select %is, %one, %zero : i32
  %j = arith.addi %i, %one : i32
  cf.br ^head(%next, %j : i32, i32)
^end:
  return %k : i32
}

// -----

// Branches of other dialects may hand over anything.
// CHECK-LABEL: func.func @unknown_branch
// CHECK: ^bb1(%[[R:.+]]: i32):
// CHECK-NEXT: return %[[R]]
func.func @unknown_branch() -> i32 {
  %a = arith.constant 1 : i32
  "other.branch"(%a)[^end] : (i32) -> ()
^end(%r: i32):
  return %r : i32
}
