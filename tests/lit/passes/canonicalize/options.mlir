// Each order of visiting comes to the same end.
// RUN: coco-opt %s --canonicalize="top-down=false" | FileCheck %s
// RUN: coco-opt %s --canonicalize="max-iterations=-1 max-num-rewrites=-1" | FileCheck %s
// RUN: coco-opt %s -p 'builtin.module(func.func(canonicalize{max-iterations=3}))' | FileCheck %s

// CHECK-LABEL: func.func @f
// CHECK-NEXT: %[[C:.*]] = arith.constant 12 : i32
// CHECK-NEXT: return %[[C]]
func.func @f() -> i32 {
  %0 = arith.constant 3 : i32
  %1 = arith.addi %0, %0 : i32
  %2 = arith.addi %1, %1 : i32
  return %2 : i32
}
