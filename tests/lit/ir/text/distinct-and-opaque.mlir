// RUN: coco-opt %s --allow-unregistered-dialect --verify-roundtrip | FileCheck %s
// RUN: coco-opt %s --allow-unregistered-dialect --symbol-dce | FileCheck %s --check-prefix=DCE

// A number says which are the same, and is given anew in the order of printing.
// CHECK: a = distinct[0]<>, b = distinct[1]<5 : i32>, c = distinct[0]<>
"a.b"() {a = distinct[7]<unit>, b = distinct[3]<5 : i32>, c = distinct[7]<>} : () -> ()
// CHECK: a = distinct[1]<5 : i32>, b = distinct[2]<[distinct[0]<>]>
"a.b"() {a = distinct[3]<5 : i32>, b = distinct[9]<[distinct[7]<unit>]>} : () -> ()

// CHECK: a = #t.x : i32, b = #t.x<3, {y}> : !t.y, c = [#t.x : f32, #t.y]
"a.b"() {a = #t.x : i32, b = #t.x<3, {y}> : !t.y, c = [#t.x : f32, #t.y]} : () -> ()

// CHECK: a = memref<4xf32>, b = memref<*xf32>, c = memref<4xf32, 1>
"a.b"() {a = memref<4xf32, 0>, b = memref<*xf32, 0 : i8>, c = memref<4xf32, 1>} : () -> ()
// CHECK: a = affine_set<(d0) : (0 == 0)>
"a.b"() {a = affine_set<(d0) : ()>} : () -> ()

// Fused locations are flat, and without what says nothing.
// CHECK: a = loc(fused["a", "b"]), b = loc("a"), c = loc(unknown), d = loc(fused<1 : i64>[unknown]), e = loc(fused["a", "c", "d"])
"a.b"() {a = loc(fused["a", "a", unknown, "b"]), b = loc(fused["a"]), c = loc(fused[]), d = loc(fused<1>[unknown]), e = loc(fused["a", fused["c", "d"]])} : () -> ()

// What a distinct attribute refers to is referred to.
// DCE: func.func private @kept
func.func private @kept() { return }
"a.b"() {a = distinct[10]<@kept>} : () -> ()
