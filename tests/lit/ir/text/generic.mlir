// RUN: coco-opt %s --allow-unregistered-dialect | FileCheck %s
// RUN: coco-opt %s --allow-unregistered-dialect | coco-opt --allow-unregistered-dialect | FileCheck %s
// RUN: coco-opt %s --allow-unregistered-dialect --mlir-print-op-generic | coco-opt --allow-unregistered-dialect | FileCheck %s

// CHECK-LABEL: module
// CHECK: %[[A:.+]] = "t.u"(%[[B:.+]], %[[B]]) : (i32, i32) -> f64
// CHECK: %[[B]] = "t.v"(%[[A]]) : (f64) -> i32
%a = "t.u"(%b, %b) : (i32, i32) -> f64
%b = "t.v"(%a) : (f64) -> i32

// Several results, by number.
// CHECK: %[[R:.+]]:3 = "t.multi"() : () -> (i32, i8, i32)
// CHECK: "t.use"(%[[R]]#2, %[[R]]#1, %[[R]]#0) : (i32, i8, i32) -> ()
%r:3 = "t.multi"() : () -> (i32, i8, i32)
"t.use"(%r#2, %r#1, %r) : (i32, i8, i32) -> ()

// Results bound to several names.
// CHECK: %[[S:.+]]:3 = "t.multi"()
// CHECK: "t.use"(%[[S]]#0, %[[S]]#2, %[[S]]#1)
%s, %t:2 = "t.multi"() : () -> (i32, i8, i32)
"t.use"(%s, %t#1, %t) : (i32, i32, i8) -> ()

// Properties of operations that nobody has declared.
// CHECK: "t.props"() <{p = 1 : i64, q = "x"}> {r} : () -> ()
"t.props"() <{q = "x", p = 1}> {r} : () -> ()

// Regions, blocks with arguments, successors ahead and behind; a value from after the region.
// CHECK: "t.regions"() ({
// CHECK-NEXT: "t.in"(%[[R]]#1) : (i8) -> ()
// CHECK-NEXT: "t.later"(%[[L:.+]]) : (i16) -> ()
// CHECK-NEXT: }, {
// CHECK-NEXT: ^bb0(%[[ARG:.+]]: i32, %{{.+}}: f32):
// CHECK-NEXT: "t.br"(%[[ARG]])[^bb1, ^bb2] : (i32) -> ()
// CHECK-NEXT: ^bb1:
// CHECK-NEXT: "t.br"()[^bb1] : () -> ()
// CHECK-NEXT: ^bb2:
// CHECK-NEXT: "t.end"() : () -> ()
// CHECK-NEXT: }, {
// CHECK-NEXT: }) : () -> ()
// CHECK-NEXT: %[[L]] = "t.make"() : () -> i16
"t.regions"() ({
  "t.in"(%r#1) : (i8) -> ()
  "t.later"(%later) : (i16) -> ()
}, {
^entry(%x: i32, %y: f32):
  "t.br"(%x)[^here, ^there] : (i32) -> ()
^here:
  "t.br"()[^here] : () -> ()
^there:
  "t.end"() : () -> ()
}, {
}) : () -> ()
%later = "t.make"() : () -> i16
