// The output is written when all went well, else it is left as it was.
// RUN: rm -rf %t && mkdir %t && echo old > %t/kept
// RUN: coco-opt %s -o %t/new && FileCheck %s --check-prefix=NEW < %t/new
// RUN: not coco-opt %S/Inputs/unexpected.mlir -o %t/kept 2>/dev/null
// RUN: FileCheck %s --check-prefix=KEPT < %t/kept
// RUN: not coco-opt %t/nothing 2>&1 | FileCheck %s --check-prefix=INPUT
// RUN: not coco-opt %s -o %t/nowhere/file 2>&1 | FileCheck %s --check-prefix=OUTPUT
// RUN: not coco-opt %s > /dev/full 2>%t/errors; FileCheck %s --check-prefix=FULL < %t/errors

// NEW: func.func @f
// KEPT: old
// INPUT: coco-opt: cannot open '{{.*}}nothing': No such file or directory
// OUTPUT: coco-opt: cannot write '{{.*}}file': No such file or directory
// FULL: coco-opt: cannot write '-': No space left on device
func.func @f() { return }
