// RUN: coco-opt %s --split-input-file | FileCheck %s
// Parts are contexts of their own, and lines are counted through the whole file.
// RUN: coco-opt %s --split-input-file --mlir-print-debuginfo | FileCheck %s --check-prefix=LINE

// CHECK: func.func @same
// CHECK: // -----
// CHECK: func.func @same
func.func @same() { return }

// -----

// LINE: split-input.mlir":[[@LINE+1]]:
func.func @same() { return }
