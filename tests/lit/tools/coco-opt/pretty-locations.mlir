// RUN: coco-opt %s --mlir-pretty-debuginfo | FileCheck %s
// CHECK-LABEL: func.func @f
// CHECK: arith.addi %arg0, %arg0 : i32 "alice"(x.c:1:2)
// CHECK-NEXT: arith.addi %arg0, %arg0 : i32 "bob" at y.c:3:4
// CHECK-NEXT: arith.addi {{.*}} : i32 <"why">["alice", "bob"]
// CHECK-NEXT: arith.addi {{.*}} : i32 a:1:2{{$}}
// CHECK-NEXT: {{^}} at b:3:4
// CHECK-NEXT: return {{.*}}pretty-locations.mlir:[[@LINE+6]]:3
func.func @f(%a: i32) {
  %0 = arith.addi %a, %a : i32 loc("alice"("x.c":1:2))
  %1 = arith.addi %a, %a : i32 loc(callsite("bob" at "y.c":3:4))
  %2 = arith.addi %a, %a : i32 loc(fused<"why">["alice", "bob"])
  %3 = arith.addi %a, %a : i32 loc(callsite("a":1:2 at "b":3:4))
  return
}
