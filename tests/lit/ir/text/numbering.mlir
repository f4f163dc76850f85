// Values are numbered as mlir-opt numbers them: a region's own first, then those inside; siblings share numbers.
// RUN: coco-opt %s --allow-unregistered-dialect | FileCheck %s

// CHECK: module {
// CHECK-NEXT: %0 = "t.a"() ({
// CHECK-NEXT: ^bb0(%arg0: i32, %arg1: i32):
// CHECK-NEXT: %2 = "t.b"(%arg0) : (i32) -> i32
// CHECK-NEXT: %3:2 = "t.c"(%2) ({
// CHECK-NEXT: %4 = "t.d"() : () -> i32
// CHECK-NEXT: }) : (i32) -> (i32, i32)
// CHECK-NEXT: }, {
// CHECK-NEXT: ^bb0(%arg0: i8):
// CHECK-NEXT: %2 = "t.b"(%arg0) : (i8) -> i32
// CHECK-NEXT: }) : () -> i32
// CHECK-NEXT: %1 = "t.e"(%0) : (i32) -> i32
// CHECK-NEXT: }
%x = "t.a"() ({
^bb0(%p: i32, %q: i32):
  %y = "t.b"(%p) : (i32) -> i32
  %z:2 = "t.c"(%y) ({
    %w = "t.d"() : () -> i32
  }) : (i32) -> (i32, i32)
}, {
^bb0(%p: i8):
  %y = "t.b"(%p) : (i8) -> i32
}) : () -> i32
%e = "t.e"(%x) : (i32) -> i32
