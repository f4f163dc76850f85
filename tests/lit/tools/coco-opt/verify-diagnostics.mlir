// RUN: coco-opt %s --split-input-file --verify-diagnostics
// What is expected and does not come, and what comes and is not expected, fails.
// RUN: not coco-opt %S/Inputs/missing.mlir --verify-diagnostics 2>&1 | FileCheck %s --check-prefix=MISSING
// RUN: not coco-opt %S/Inputs/unexpected.mlir --verify-diagnostics 2>&1 | FileCheck %s --check-prefix=UNEXPECTED
// RUN: not coco-opt %S/Inputs/wrong-line.mlir --verify-diagnostics 2>&1 | FileCheck %s --check-prefix=LINE

// MISSING: missing.mlir:1: error: expected error "never said" was not produced
// UNEXPECTED: unexpected error:
// UNEXPECTED-NEXT: unexpected.mlir:2:{{[0-9]+}}: error: {{.*}}requires attribute 'value'
// LINE-DAG: unexpected error:
// LINE-DAG: wrong-line.mlir:2: error: expected error "requires attribute 'value'" was not produced

func.func @places(%a: f32) {
  %0 = "arith.constant"() : () -> f32 // expected-error {{requires attribute 'value'}}
  // expected-error@+1 {{requires attribute}}
  %1 = "arith.constant"() : () -> f32
  %2 = "arith.constant"() : () -> f32
  // expected-error@-1 {{requires attribute}}
  // expected-error@below {{requires attribute}}
  %3 = "arith.constant"() : () -> f32
  %4 = "arith.constant"() : () -> f32
  // expected-error@above {{requires attribute}}
  return
}

// -----

func.func @regular_expression(%a: f32) {
  // expected-error-re@+1 {{'arith.add{{[fi]}}' op operand #{{[0-9]+}} must be}}
  %0 = "arith.addi"(%a, %a) : (f32, f32) -> f32
  return
}
