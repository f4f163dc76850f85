// RUN: coco-opt %s --topological-sort --allow-unregistered-dialect --split-input-file | FileCheck %s
// RUN: coco-opt %s --topological-sort --allow-unregistered-dialect --split-input-file --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=COUNT

// COUNT: (S) {{[1-9]}} operations moved
// COUNT: (S) 0 operations moved
// COUNT: (S) 3 operations moved

// A use inside a region counts for the operation around it.
// CHECK: module {
// CHECK-NEXT: %[[C:.+]] = "t.c"
// CHECK-NEXT: %[[Q:.+]] = "t.q"
// CHECK-NEXT: %[[B:.+]] = "t.b"(%[[C]])
// CHECK-NEXT: %[[D:.+]] = "t.d"(%[[B]])
// CHECK-NEXT: "t.region"() ({
// CHECK-NEXT: "t.inner"(%[[Q]])
// CHECK-NEXT: }) : () -> ()
// CHECK-NEXT: "t.a"(%[[D]], %[[B]])
"t.a"(%d, %b) : (i32, i32) -> ()
%b = "t.b"(%c) : (i32) -> i32
%c = "t.c"() : () -> i32
%d = "t.d"(%b) : (i32) -> i32
"t.region"() ({ "t.inner"(%q) : (i32) -> () }) : () -> ()
%q = "t.q"() : () -> i32

// -----

// A cycle keeps its order; so does what is in order.
// CHECK: module {
// CHECK-NEXT: %[[X:[0-9]+]] = "t.x"(%[[Y:[0-9]+]])
// CHECK-NEXT: %[[Y]] = "t.y"(%[[X]])
// CHECK-NEXT: "t.z"(%[[Y]])
%x = "t.x"(%y) : (i32) -> i32
%y = "t.y"(%x) : (i32) -> i32
"t.z"(%y) : (i32) -> ()

// -----

// In other regions order means something, and stays.
// CHECK: module {
// CHECK-NEXT: %[[A:.+]] = "t.a"
// CHECK-NEXT: func.func @f
// CHECK-NEXT: "t.late"
// CHECK-NEXT: "t.early"
// CHECK-NEXT: return
// CHECK-NEXT: }
// CHECK-NEXT: %[[B:.+]] = "t.b"(%[[A]])
// CHECK-NEXT: "t.c"(%[[B]])
"t.c"(%b) : (i32) -> ()
%b = "t.b"(%a) : (i32) -> i32
%a = "t.a"() : () -> i32
func.func @f() {
  "t.late"() : () -> ()
  "t.early"() : () -> ()
  return
}
