// Loops, conditions and regions become blocks; what is inside them too, and other operations with regions are looked into.
// RUN: coco-opt %s --convert-scf-to-cf --allow-unregistered-dialect --split-input-file | FileCheck %s
// RUN: coco-opt %s --convert-scf-to-cf --allow-unregistered-dialect --split-input-file --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=COUNTS

// COUNTS: 2 scf-if-to-cf
// COUNTS-NEXT: 1 scf-for-to-cf

// CHECK-LABEL: func.func @loop_of_conditions
// CHECK-SAME: (%[[N:.+]]: index, %[[INIT:.+]]: i32)
// CHECK: cf.br ^[[HEAD:.+]](%c0, %[[INIT]] : index, i32)
// CHECK-NEXT: ^[[HEAD]](%[[I:.+]]: index, %[[A:.+]]: i32):
// CHECK-NEXT: %[[MORE:.+]] = arith.cmpi slt, %[[I]], %[[N]] : index
// CHECK-NEXT: cf.cond_br %[[MORE]], ^[[BODY:.+]], ^[[BEHIND:[a-z0-9]+]]
// CHECK-NEXT: ^[[BODY]]:
// CHECK-NEXT: %[[EVEN:.+]] = "other.is_even"(%[[A]])
// CHECK-NEXT: cf.cond_br %[[EVEN]], ^[[YES:.+]], ^[[NO:[a-z0-9]+]]
// CHECK-NEXT: ^[[YES]]:
// CHECK-NEXT: cf.br ^[[JOIN:.+]](%[[INIT]] : i32)
// CHECK-NEXT: ^[[NO]]:
// CHECK-NEXT: %[[SUM:.+]] = arith.addi %[[A]], %[[INIT]]
// CHECK-NEXT: cf.br ^[[JOIN]](%[[SUM]] : i32)
// CHECK-NEXT: ^[[JOIN]](%[[B:.+]]: i32):
// CHECK-NEXT: cf.cond_br %[[EVEN]], ^[[ONLY:.+]], ^[[NEXT:[a-z0-9]+]]
// CHECK-NEXT: ^[[ONLY]]:
// CHECK-NEXT: "other.effect"()
// CHECK-NEXT: cf.br ^[[NEXT]]{{$}}
// CHECK-NEXT: ^[[NEXT]]:
// CHECK-NEXT: %[[J:.+]] = arith.addi %[[I]], %c3
// CHECK-NEXT: cf.br ^[[HEAD]](%[[J]], %[[B]] : index, i32)
// CHECK-NEXT: ^[[BEHIND]]:
// CHECK-NEXT: return %[[A]] : i32
func.func @loop_of_conditions(%n: index, %init: i32) -> i32 {
  %c0 = arith.constant 0 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %n step %c3 iter_args(%a = %init) -> (i32) {
    %even = "other.is_even"(%a) : (i32) -> i1
    %b = scf.if %even -> (i32) {
      scf.yield %init : i32
    } else {
      %d = arith.addi %a, %init : i32
      scf.yield %d : i32
    }
    scf.if %even {
      "other.effect"() : () -> ()
    }
    scf.yield %b : i32
  }
  return %r : i32
}

// -----

// CHECK-LABEL: func.func @while
// CHECK-SAME: (%[[X:.+]]: i32)
// CHECK-NEXT: cf.br ^[[BEFORE:.+]](%[[X]] : i32)
// CHECK-NEXT: ^[[BEFORE]](%[[A:.+]]: i32):
// CHECK-NEXT: %[[V:.+]]:2 = "other.test"(%[[A]])
// CHECK-NEXT: cf.cond_br %[[V]]#0, ^[[AFTER:.+]](%[[V]]#1 : i64), ^[[BEHIND:[a-z0-9]+]]
// CHECK-NEXT: ^[[AFTER]](%[[W:.+]]: i64):
// CHECK-NEXT: %[[Y:.+]] = "other.next"(%[[W]])
// CHECK-NEXT: cf.br ^[[BEFORE]](%[[Y]] : i32)
// CHECK-NEXT: ^[[BEHIND]]:
// CHECK-NEXT: return %[[V]]#1
func.func @while(%x: i32) -> i64 {
  %r = scf.while (%a = %x) : (i32) -> i64 {
    %v:2 = "other.test"(%a) : (i32) -> (i1, i64)
    scf.condition(%v#0) %v#1 : i64
  } do {
  ^bb0(%w: i64):
    %y = "other.next"(%w) : (i64) -> i32
    scf.yield %y : i32
  }
  return %r : i64
}

// -----

// CHECK-LABEL: func.func @region_of_blocks
// CHECK: cf.br ^[[ENTRY:.+]]
// CHECK-NEXT: ^[[ENTRY]]:
// CHECK-NEXT: cf.cond_br %{{.+}}, ^[[LEFT:.+]], ^[[RIGHT:[a-z0-9]+]]
// CHECK-NEXT: ^[[LEFT]]:
// CHECK-NEXT: cf.br ^[[BEHIND:.+]](%{{.+}} : i32)
// CHECK-NEXT: ^[[RIGHT]]:
// CHECK-NEXT: cf.br ^[[BEHIND]](%{{.+}} : i32)
// CHECK-NEXT: ^[[BEHIND]](%[[R:.+]]: i32):
// CHECK-NEXT: return %[[R]]
func.func @region_of_blocks(%c: i1, %x: i32, %y: i32) -> i32 {
  %r = scf.execute_region -> i32 {
    cf.cond_br %c, ^left, ^right
  ^left:
    scf.yield %x : i32
  ^right:
    scf.yield %y : i32
  }
  return %r : i32
}

// -----

// The loop inside starts again in each turn of the one around; the sum goes through both, and the combining block.
// CHECK-LABEL: func.func @parallel
// CHECK-SAME: %[[X:[a-z0-9]+]]: f32, %[[N:[a-z0-9]+]]: index
// CHECK: cf.br ^[[OUTER:.+]](%c0, %[[X]] : index, f32)
// CHECK-NEXT: ^[[OUTER]](%[[I:.+]]: index, %[[A:.+]]: f32):
// CHECK-NEXT: %[[MORE:.+]] = arith.cmpi slt, %[[I]], %c4
// CHECK-NEXT: cf.cond_br %[[MORE]], ^[[INNER:.+]](%c1, %[[A]] : index, f32), ^[[BEHIND:[a-z0-9]+]]
// CHECK-NEXT: ^[[INNER]](%[[J:.+]]: index, %[[B:.+]]: f32):
// CHECK-NEXT: %[[MORE2:.+]] = arith.cmpi slt, %[[J]], %[[N]]
// CHECK-NEXT: cf.cond_br %[[MORE2]], ^[[BODY:.+]](%[[I]], %[[J]] : index, index), ^[[LATCH:[a-z0-9]+]]
// CHECK-NEXT: ^[[BODY]](%[[K:.+]]: index, %[[L:.+]]: index):
// CHECK-NEXT: %[[V:.+]] = "other.value"(%[[K]], %[[L]])
// CHECK-NEXT: cf.br ^[[SUM:.+]](%[[B]], %[[V]] : f32, f32)
// CHECK-NEXT: ^[[LATCH]]:
// CHECK-NEXT: %[[I1:.+]] = arith.addi %[[I]], %c1
// CHECK-NEXT: cf.br ^[[OUTER]](%[[I1]], %[[B]] : index, f32)
// CHECK-NEXT: ^[[SUM]](%[[P:.+]]: f32, %[[Q:.+]]: f32):
// CHECK-NEXT: %[[S:.+]] = arith.addf %[[P]], %[[Q]]
// CHECK-NEXT: %[[J1:.+]] = arith.addi %[[J]], %c2
// CHECK-NEXT: cf.br ^[[INNER]](%[[J1]], %[[S]] : index, f32)
// CHECK-NEXT: ^[[BEHIND]]:
// CHECK-NEXT: return %[[A]]
func.func @parallel(%x: f32, %n: index) -> f32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c4 = arith.constant 4 : index
  %r = scf.parallel (%i, %j) = (%c0, %c1) to (%c4, %n) step (%c1, %c2) init (%x) -> f32 {
    %v = "other.value"(%i, %j) : (index, index) -> f32
    scf.reduce(%v : f32) {
    ^bb0(%a: f32, %b: f32):
      %s = arith.addf %a, %b : f32
      scf.reduce.return %s : f32
    }
  }
  return %r : f32
}

// -----

// CHECK-LABEL: func.func @inside_of_others
// CHECK: "other.region"
// CHECK: cf.cond_br
// CHECK-NOT: scf.
func.func @inside_of_others(%c: i1) {
  "other.region"() ({
    scf.if %c {
      "other.effect"() : () -> ()
    }
    "other.end"() : () -> ()
  }) : () -> ()
  return
}

// -----

// Nothing to do.
// CHECK-LABEL: func.func @branches_stay
// CHECK-NEXT: cf.br ^[[NEXT:.+]](%{{.+}} : i32)
// CHECK-NEXT: ^[[NEXT]](%[[A:.+]]: i32):
// CHECK-NEXT: return %[[A]]
func.func @branches_stay(%x: i32) -> i32 {
  cf.br ^next(%x : i32)
^next(%a: i32):
  return %a : i32
}
