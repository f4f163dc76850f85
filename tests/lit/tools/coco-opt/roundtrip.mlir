// RUN: coco-opt %s --verify-roundtrip | coco-opt --verify-roundtrip | FileCheck %s
// RUN: coco-opt %s --mlir-print-op-generic | coco-opt | FileCheck %s
// RUN: coco-opt < %s | FileCheck %s

// CHECK-LABEL: func.func @f
// CHECK: arith.addi
func.func @f(%a: i32) -> i32 {
  %0 = arith.addi %a, %a : i32
  return %0 : i32
}
