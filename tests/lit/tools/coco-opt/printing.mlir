// How operations are printed, by flags that change the text alone.
// RUN: coco-opt %s --mlir-print-value-users | FileCheck %s --check-prefix=USERS
// RUN: coco-opt %s --mlir-print-unique-ssa-ids | FileCheck %s --check-prefix=UNIQUE
// RUN: coco-opt %s --mlir-use-nameloc-as-prefix | FileCheck %s --check-prefix=NAMED
// RUN: coco-opt %s --mlir-use-nameloc-as-prefix --mlir-print-op-generic | FileCheck %s --check-prefix=GENERIC
// RUN: coco-opt %s --mlir-print-skip-regions | FileCheck %s --check-prefix=SKIP

// USERS-LABEL: func.func @f(%arg0: i32, %arg1: i1)
// USERS-NEXT: // %arg0 is used by %[[SECOND:[0-9]+]], %[[FIRST:[0-9]+]]
// USERS-NEXT: // %arg1 is used by %[[IF:[0-9]+]]#0, %[[IF]]#1
// USERS-NEXT: %[[FIRST]] = arith.addi %arg0, %arg0 : i32 // users: %[[YIELD:[0-9]+]], %[[YIELD]]
// USERS-NEXT: %[[SECOND]] = arith.addi %arg0, %arg0 : i32 // users: {{%[0-9]+, %[0-9]+, %[0-9]+, %[0-9]+$}}
// USERS-NEXT: %[[IF]]:2 = scf.if
// USERS-NEXT: scf.yield %[[FIRST]], %[[SECOND]] : i32, i32 // id: {{%[0-9]+$}}
// USERS: %[[YIELD]] = arith.muli {{.*}} // user: {{%[0-9]+$}}
// USERS: } // users: (%[[RETURN:[0-9]+]]), (unused)
// USERS-NEXT: return {{.*}} // id: %[[RETURN]]
// USERS-LABEL: func.func @g(%arg0: i32)
// USERS-NEXT: // %arg0 is used by
// USERS-NEXT: arith.addi {{.*}} // unused
// USERS-NEXT: {{return$}}

// UNIQUE-LABEL: func.func @f(%arg1: i32, %arg2: i1)
// UNIQUE-NEXT: %1 = arith.addi %arg1
// UNIQUE-NEXT: %2 = arith.addi %arg1
// UNIQUE-NEXT: %3:2 = scf.if
// UNIQUE: %4 = arith.muli %1, %2
// UNIQUE-LABEL: func.func @g(%arg0: i32)
// UNIQUE-NEXT: %0 = arith.addi %arg0, %arg0

// NAMED-LABEL: func.func @f(
// NAMED-NEXT: %alice = arith.addi
// NAMED-NEXT: %_1_of_bob = arith.addi
// NAMED: %alice_0 = arith.muli %alice, %_1_of_bob
// NAMED-LABEL: func.func @g(
// NAMED-NEXT: %0 = arith.addi
// GENERIC: %alice = "arith.addi"

// SKIP: {{^}}module {...}
// SKIP-NOT: func

func.func @f(%a: i32, %c: i1) -> (i32, i32) {
  %0 = arith.addi %a, %a : i32 loc("alice"("x.c":1:2))
  %1 = arith.addi %a, %a : i32 loc("1 of bob")
  %2:2 = scf.if %c -> (i32, i32) {
    scf.yield %0, %1 : i32, i32
  } else {
    %q = arith.muli %0, %1 : i32 loc("alice")
    scf.yield %q, %1 : i32, i32
  }
  return %2#0, %1 : i32, i32
}
func.func @g(%arg0: i32) {
  %0 = arith.addi %arg0, %arg0 : i32 loc("arg7")
  return
}
