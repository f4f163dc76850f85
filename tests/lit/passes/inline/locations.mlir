// RUN: coco-opt %s --inline="default-pipeline=''" --mlir-print-debuginfo | FileCheck %s
// RUN: not coco-opt %s -p 'func.func(inline)' 2>&1 | FileCheck %s --check-prefix=TABLE
// RUN: not coco-opt %s --inline="default-pipeline=nothing" 2>&1 | FileCheck %s --check-prefix=PIPELINE

// TABLE: error: 'func.func' op holds no symbols, so nothing in it can be inlined
// PIPELINE: error: 'nothing' does not refer to a registered pass
func.func @callee(%a: i32) -> i32 {
  %0 = arith.addi %a, %a : i32 loc("inner")
  return %0 : i32
}
// CHECK-LABEL: func.func @caller
// CHECK: arith.addi {{.*}} loc(callsite("inner" at "outer"))
func.func @caller(%a: i32) -> i32 {
  %0 = call @callee(%a) : (i32) -> i32 loc("outer")
  return %0 : i32
}
