// Passes on functions run on several threads, unless that is disabled; what is made and told does not depend on it.
// RUN: coco-opt %s -p 'func.func(canonicalize,cse,print-op-stats),symbol-dce' -o %t.many 2> %t.many.told
// RUN: coco-opt %s -p 'func.func(canonicalize,cse,print-op-stats),symbol-dce' --mlir-disable-threading -o %t.one 2> %t.one.told
// RUN: cmp %t.many %t.one
// RUN: cmp %t.many.told %t.one.told
// RUN: FileCheck %s < %t.many
// RUN: FileCheck %s --check-prefix=TOLD < %t.many.told

// CHECK-LABEL: func.func @a
// CHECK-NEXT: %[[C:.*]] = arith.constant 6 : i32
// CHECK-NEXT: return %[[C]]
// TOLD: arith.constant , 1
// TOLD: func.return , 1
func.func @a() -> i32 {
  %0 = arith.constant 2 : i32
  %1 = arith.constant 3 : i32
  %2 = arith.muli %0, %1 : i32
  return %2 : i32
}

// CHECK-LABEL: func.func @b
// CHECK-NEXT: %[[D:.*]] = arith.addi %{{.*}}, %{{.*}} : i32
// CHECK-NEXT: %[[E:.*]] = arith.muli %[[D]], %[[D]]
// CHECK-NEXT: return %[[E]]
// TOLD: arith.addi , 1
// TOLD: arith.muli , 1
func.func @b(%a: i32, %b: i32) -> i32 {
  %0 = arith.addi %a, %b : i32
  %1 = arith.addi %a, %b : i32
  %2 = arith.muli %0, %1 : i32
  return %2 : i32
}

// CHECK-NOT: @c
func.func private @c() {
  return
}
