// RUN: coco-opt %s --cse --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=STATISTICS
// RUN: coco-opt %s --cse --mlir-timing -o /dev/null 2>&1 | FileCheck %s --check-prefix=TIMING

// STATISTICS: Pass statistics report
// STATISTICS: cse
// STATISTICS-NEXT: (S) 1 operations merged
// TIMING: Execution time report
// TIMING: {{[0-9.]+}} ({{ *[0-9.]+}}%)  cse
// TIMING: Total
func.func @f(%a: i32) -> (i32, i32) {
  %0 = arith.addi %a, %a : i32
  %1 = arith.addi %a, %a : i32
  return %0, %1 : i32, i32
}
