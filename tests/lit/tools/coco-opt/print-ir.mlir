// RUN: coco-opt %s --cse --symbol-dce --mlir-print-ir-after-all -o /dev/null 2>&1 | FileCheck %s --check-prefix=ALL
// RUN: coco-opt %s --cse --symbol-dce --mlir-print-ir-after-change -o /dev/null 2>&1 | FileCheck %s --check-prefix=CHANGE
// RUN: coco-opt %s --cse --symbol-dce --mlir-print-ir-before=symbol-dce -o /dev/null 2>&1 | FileCheck %s --check-prefix=BEFORE
// RUN: coco-opt %s -p 'builtin.module(func.func(cse))' --coco-print-ir-after=cse -o /dev/null 2>&1 | FileCheck %s --check-prefix=FUNCTION
// RUN: coco-opt %s -p 'builtin.module(func.func(cse))' --mlir-print-ir-after-all --mlir-print-ir-module-scope -o /dev/null 2>&1 | FileCheck %s --check-prefix=MODULE

// ALL: // -----// IR Dump After cse //----- //
// ALL-NEXT: module {
// ALL: // -----// IR Dump After symbol-dce //----- //
// CHANGE: // -----// IR Dump After cse //----- //
// CHANGE-NOT: symbol-dce
// BEFORE-NOT: Before cse
// BEFORE: // -----// IR Dump Before symbol-dce //----- //
// FUNCTION: // -----// IR Dump After cse ('func.func' operation: @f) //----- //
// FUNCTION-NEXT: func.func @f
// MODULE: // -----// IR Dump After cse ('func.func' operation: @f) //----- //
// MODULE-NEXT: module {
func.func @f(%a: i32) -> (i32, i32) {
  %0 = arith.addi %a, %a : i32
  %1 = arith.addi %a, %a : i32
  return %0, %1 : i32, i32
}
