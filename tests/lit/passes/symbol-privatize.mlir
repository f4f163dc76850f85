// RUN: coco-opt %s --symbol-privatize | FileCheck %s
// RUN: coco-opt %s --symbol-privatize="exclude=second,third" | FileCheck %s --check-prefix=EXCEPT
// RUN: coco-opt %s --symbol-privatize="exclude=second" --symbol-dce | FileCheck %s --check-prefix=DEAD

// CHECK: func.func private @first
// CHECK: func.func private @second
// CHECK: func.func private @third
// CHECK: module {
// CHECK-NEXT: func.func @inner
// EXCEPT: func.func private @first
// EXCEPT: func.func @second
// EXCEPT: func.func @third
// DEAD-NOT: @first
// DEAD: func.func @second
// DEAD-NOT: @third
func.func @first() { return }
func.func @second() { return }
func.func @third() { return }
module {
  func.func @inner() { return }
}
