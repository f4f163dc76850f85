// Other diagnostics than the expected ones may come, when only those are verified.
// RUN: coco-opt %s --verify-diagnostics=only-expected
// RUN: not coco-opt %s --verify-diagnostics=all 2>&1 | FileCheck %s
// RUN: not coco-opt %s --verify-diagnostics=some 2>&1 | FileCheck %s --check-prefix=CHOICE

// CHECK: unexpected error:
// CHOICE: coco-opt: --verify-diagnostics takes all or only-expected
func.func @f(%a: i32) {
  // expected-error@+1 {{has 1 operands}}
  return %a : i32
}
func.func @g(%a: i64) {
  return %a : i64
}
