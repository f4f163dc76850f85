// How often each pattern was applied, for each step of the pipeline or by the names of passes.
// RUN: coco-opt %s -p 'func.func(canonicalize),func.func(canonicalize)' --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s
// RUN: coco-opt %s -p 'func.func(canonicalize),canonicalize' --mlir-pass-statistics --mlir-pass-statistics-display=list -o /dev/null 2>&1 | FileCheck %s --check-prefix=LIST
// CHECK: canonicalize
// CHECK-NEXT: (S) 4 patterns applied
// CHECK-NEXT: (P) 4 transpose-of-transpose
// CHECK: canonicalize
// CHECK-NEXT: (S) 0 patterns applied
// CHECK-NOT: (P)
// LIST: canonicalize
// LIST-NEXT: (S) 4 patterns applied
// LIST-NEXT: (P) 4 transpose-of-transpose
// LIST-NOT: canonicalize
func.func @f(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  %0 = graph.transpose %x {permutation = array<i64: 2, 0, 1>} : (tensor<2x3x4xf32>) -> tensor<4x2x3xf32>
  %1 = graph.transpose %0 {permutation = array<i64: 2, 0, 1>} : (tensor<4x2x3xf32>) -> tensor<3x4x2xf32>
  %2 = graph.transpose %1 {permutation = array<i64: 2, 0, 1>} : (tensor<3x4x2xf32>) -> tensor<2x3x4xf32>
  return %2 : tensor<2x3x4xf32>
}
func.func @g(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  %0 = graph.transpose %x {permutation = array<i64: 2, 0, 1>} : (tensor<2x3x4xf32>) -> tensor<4x2x3xf32>
  %1 = graph.transpose %0 {permutation = array<i64: 2, 0, 1>} : (tensor<4x2x3xf32>) -> tensor<3x4x2xf32>
  %2 = graph.transpose %1 {permutation = array<i64: 2, 0, 1>} : (tensor<3x4x2xf32>) -> tensor<2x3x4xf32>
  return %2 : tensor<2x3x4xf32>
}
