// Steps of a kind are counted, and left out by their numbers.
// RUN: coco-opt %s --canonicalize --mlir-debug-counter=fold-skip=3,fold-count=1 --mlir-print-debug-counter 2> %t.counts | FileCheck %s
// RUN: FileCheck %s --check-prefix=COUNTS < %t.counts
// RUN: coco-opt %s --canonicalize --mlir-debug-counter=pass-count=0 --mlir-debug-counter=fold-skip=0 | FileCheck %s --check-prefix=NOTHING
// RUN: coco-opt %s --canonicalize --mlir-print-debug-counter 2>&1 | FileCheck %s --check-prefix=ALL
// RUN: not coco-opt %s --mlir-debug-counter=fold 2>&1 | FileCheck %s --check-prefix=SHAPE
// RUN: not coco-opt %s --mlir-debug-counter=fold-skip=x 2>&1 | FileCheck %s --check-prefix=NUMBER
// RUN: not coco-opt %s --mlir-debug-counter=folds-skip=1 2>&1 | FileCheck %s --check-prefix=NAME
// RUN: not coco-opt %s --mlir-debug-counter=fold-skip=1,,fold-count=1 2>&1 | FileCheck %s --check-prefix=SHAPE
// RUN: not coco-opt %s --mlir-debug-counter=fold-skip=99999999999999999999 2>&1 | FileCheck %s --check-prefix=NUMBER

// The fourth operation is the first sum: the function and the constants come before.
// CHECK: %[[A:.*]] = arith.constant 5 : i32
// CHECK: arith.addi
// COUNTS: pattern: {{.*}},0,-1}
// COUNTS: fold: {{.*}},3,1}
// COUNTS: pass: {1,0,-1}
// NOTHING: arith.constant 2 : i32
// NOTHING: arith.addi
// NOTHING: arith.addi
// ALL: fold: {{{[1-9].*}},0,-1}
// ALL-NOT: arith.addi
// ALL: arith.constant 8 : i32
// SHAPE: coco-opt: --mlir-debug-counter={{.*}}: expected NAME-skip=N or NAME-count=N
// NUMBER: coco-opt: --mlir-debug-counter={{.*}}: expected a whole number behind '='
// NAME: coco-opt: --mlir-debug-counter={{.*}}: expected the counter pattern, fold or pass, and -skip or -count
func.func @f() -> i32 {
  %0 = arith.constant 2 : i32
  %1 = arith.constant 3 : i32
  %2 = arith.addi %0, %1 : i32
  %3 = arith.addi %2, %1 : i32
  return %3 : i32
}
