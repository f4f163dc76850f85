// RUN: coco-opt %s --inline --split-input-file | FileCheck %s
// RUN: coco-opt %s --inline="default-pipeline=''" --split-input-file | FileCheck %s --check-prefix=PLAIN
// RUN: coco-opt %s --inline --split-input-file --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=COUNT

// COUNT: (S) 2 calls inlined
// COUNT-NEXT: (S) 2 functions erased

// Private functions that nothing refers to any more are erased, with those that they refer to.
// CHECK-NOT: @dead
// CHECK-NOT: @leaf
func.func private @dead() {
  call @dead() : () -> ()
  return
}
func.func private @leaf(%a: i32, %b: i32) -> i32 {
  %two = arith.constant 2 : i32
  %0 = arith.muli %a, %two : i32
  %1 = arith.addi %0, %b : i32
  return %1 : i32
}
// CHECK-LABEL: func.func @through_two_calls
// CHECK-SAME: (%[[A:.+]]: i32)
// CHECK-NEXT: %[[TWO:.+]] = arith.constant 2
// CHECK-NEXT: %[[M:.+]] = arith.muli %[[A]], %[[TWO]]
// CHECK-NEXT: %[[S:.+]] = arith.addi %[[M]], %[[A]]
// CHECK-NEXT: return %[[S]]
func.func @through_two_calls(%a: i32) -> i32 {
  %0 = call @middle(%a) : (i32) -> i32
  return %0 : i32
}
// CHECK-LABEL: func.func @middle
func.func @middle(%a: i32) -> i32 {
  %0 = call @leaf(%a, %a) : (i32, i32) -> i32
  return %0 : i32
}

// -----

// Several blocks: the call's block is split. Not into a region of structured control flow.
func.func @choose(%c: i1, %a: i32) -> i32 {
  cf.cond_br %c, ^left, ^right
^left:
  return %a : i32
^right:
  %0 = arith.muli %a, %a : i32
  return %0 : i32
}
// CHECK-LABEL: func.func @blocks
// CHECK-SAME: (%[[C:.+]]: i1, %[[A:.+]]: i32)
// CHECK-NEXT: cf.cond_br %[[C]], ^bb1, ^bb2
// CHECK-NEXT: ^bb1:
// CHECK-NEXT: cf.br ^bb3(%[[A]] : i32)
// CHECK-NEXT: ^bb2:
// CHECK-NEXT: %[[M:.+]] = arith.muli %[[A]], %[[A]]
// CHECK-NEXT: cf.br ^bb3(%[[M]] : i32)
// CHECK-NEXT: ^bb3(%[[R:.+]]: i32):
// CHECK-NEXT: scf.if %[[C]] -> (i32) {
// CHECK-NEXT: func.call @choose
func.func @blocks(%c: i1, %a: i32) -> i32 {
  %0 = call @choose(%c, %a) : (i1, i32) -> i32
  %1 = scf.if %c -> i32 {
    %2 = func.call @choose(%c, %0) : (i1, i32) -> i32
    scf.yield %2 : i32
  } else {
    scf.yield %0 : i32
  }
  return %1 : i32
}

// -----

// A function is not inlined into itself, nor into what came from it.
// CHECK-LABEL: func.func @self
// CHECK: call @self
func.func @self(%a: i32) -> i32 {
  %0 = call @self(%a) : (i32) -> i32
  return %0 : i32
}
// CHECK-LABEL: func.func @even
// CHECK: call @{{even|odd}}
func.func @even(%a: i32) -> i32 {
  %0 = call @odd(%a) : (i32) -> i32
  return %0 : i32
}
// CHECK-LABEL: func.func @odd
// CHECK: call @{{even|odd}}
func.func @odd(%a: i32) -> i32 {
  %0 = call @even(%a) : (i32) -> i32
  return %0 : i32
}

// -----

// CHECK: func.func private @elsewhere
func.func private @elsewhere(i32) -> i32
// CHECK-LABEL: func.func @calls_elsewhere
// CHECK: call @elsewhere
func.func @calls_elsewhere(%a: i32) -> i32 {
  %0 = call @elsewhere(%a) : (i32) -> i32
  return %0 : i32
}

// -----

// What is referred to otherwise stays.
// CHECK: func.func private @kept
func.func private @kept() { return }
// CHECK-LABEL: func.func @keeps
// CHECK-NOT: call
func.func @keeps() attributes {table = [@kept]} {
  call @kept() : () -> ()
  return
}

// -----

// Functions are simplified before they are inlined, unless no pipeline says how.
func.func private @simple(%a: i32) -> i32 {
  %zero = arith.constant 0 : i32
  %0 = arith.addi %a, %zero : i32
  return %0 : i32
}
// CHECK-LABEL: func.func @simplified
// CHECK-NEXT: return %arg0
// PLAIN-LABEL: func.func @simplified
// PLAIN: arith.addi
func.func @simplified(%a: i32) -> i32 {
  %0 = call @simple(%a) : (i32) -> i32
  return %0 : i32
}
