// Every operation round-trips through the custom and the generic form, and through upstream's own parser and verifier.
// RUN: coco-opt %s | coco-opt | FileCheck %s
// RUN: coco-opt %s --mlir-print-op-generic | coco-opt | FileCheck %s
// RUN: coco-opt %s --verify-roundtrip | FileCheck %s
// RUN: %if mlir-opt %{ coco-opt %s | mlir-opt-19 | coco-opt | FileCheck %s %}
// RUN: %if mlir-opt %{ coco-opt %s --mlir-print-op-generic | mlir-opt-19 --mlir-print-op-generic | coco-opt | FileCheck %s %}

// CHECK-LABEL: func.func @for(
func.func @for(%l: index, %u: index, %s: index, %a: f32, %i: i32) {
  // CHECK: scf.for %{{[-_a-z0-9#]+}} = %{{[-_a-z0-9#]+}} to %{{[-_a-z0-9#]+}} step %{{[-_a-z0-9#]+}} {
  scf.for %k = %l to %u step %s {
  }
  // CHECK: scf.for %{{[-_a-z0-9#]+}} = %{{[-_a-z0-9#]+}} to %{{[-_a-z0-9#]+}} step %{{[-_a-z0-9#]+}} : i32 {
  scf.for %k = %i to %i step %i : i32 {
  }
  // CHECK: scf.for %{{[-_a-z0-9#]+}} = %{{[-_a-z0-9#]+}} to %{{[-_a-z0-9#]+}} step %{{[-_a-z0-9#]+}} iter_args(%{{[-_a-z0-9#]+}} = %{{[-_a-z0-9#]+}}) -> (f32) {
  %r = scf.for %k = %l to %u step %s iter_args(%x = %a) -> (f32) {
  // CHECK: arith.addf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %q = arith.addf %x, %x : f32
  // CHECK: scf.yield %{{[-_a-z0-9#]+}} : f32
  scf.yield %q : f32
  } {test.note}
  // CHECK: scf.for %{{[-_a-z0-9#]+}} = %{{[-_a-z0-9#]+}} to %{{[-_a-z0-9#]+}} step %{{[-_a-z0-9#]+}} iter_args(%{{[-_a-z0-9#]+}} = %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} = %{{[-_a-z0-9#]+}}) -> (f32, index) {
  %r2:2 = scf.for %k = %l to %u step %s iter_args(%x = %a, %y = %l) -> (f32, index) {
  // CHECK: scf.yield %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32, index
  scf.yield %x, %k : f32, index
  }
  return
}

// CHECK-LABEL: func.func @if(
func.func @if(%c: i1, %a: f32, %b: f32) {
  // CHECK: scf.if %{{[-_a-z0-9#]+}} {
  scf.if %c {
  }
  // CHECK: scf.if %{{[-_a-z0-9#]+}} {
  scf.if %c {
  func.call @leaf() : () -> ()
  } else {
  func.call @leaf() : () -> ()
  }
  // CHECK: scf.if %{{[-_a-z0-9#]+}} -> (f32) {
  %r = scf.if %c -> (f32) {
  // CHECK: scf.yield %{{[-_a-z0-9#]+}} : f32
  scf.yield %a : f32
  } else {
  // CHECK: scf.yield %{{[-_a-z0-9#]+}} : f32
  scf.yield %b : f32
  }
  return
}

// CHECK-LABEL: func.func @while(
func.func @while(%c: i1, %a: f32, %i: i64) {
  // CHECK: scf.while (%{{[-_a-z0-9#]+}} = %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} = %{{[-_a-z0-9#]+}}) : (f32, i64) -> (i64, f32) {
  %r:2 = scf.while (%x = %a, %y = %i) : (f32, i64) -> (i64, f32) {
  // CHECK: scf.condition(%{{[-_a-z0-9#]+}}) %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i64, f32
  scf.condition(%c) %y, %x : i64, f32
  } do {
  ^bb0(%p: i64, %q: f32):
  // CHECK: scf.yield %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32, i64
  scf.yield %q, %p : f32, i64
  }
  // CHECK: scf.while : () -> () {
  scf.while : () -> () {
  // CHECK: scf.condition(%{{[-_a-z0-9#]+}})
  scf.condition(%c)
  } do {
  // CHECK: scf.yield
  scf.yield
  } attributes {test.note}
  return
}

// CHECK-LABEL: func.func @parallel(
func.func @parallel(%l: index, %u: index, %s: index, %a: f32) {
  // CHECK: scf.parallel (%{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}) = (%{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}) to (%{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}) step (%{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}) {
  scf.parallel (%i, %j) = (%l, %l) to (%u, %u) step (%s, %s) {
  // CHECK: scf.reduce
  scf.reduce
  }
  // CHECK: scf.parallel (%{{[-_a-z0-9#]+}}) = (%{{[-_a-z0-9#]+}}) to (%{{[-_a-z0-9#]+}}) step (%{{[-_a-z0-9#]+}}) init (%{{[-_a-z0-9#]+}}) -> f32 {
  %r = scf.parallel (%i) = (%l) to (%u) step (%s) init (%a) -> f32 {
  // CHECK: scf.reduce(%{{[-_a-z0-9#]+}} : f32) {
  scf.reduce(%a : f32) {
  ^bb0(%x: f32, %y: f32):
  // CHECK: arith.addf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %z = arith.addf %x, %y : f32
  // CHECK: scf.reduce.return %{{[-_a-z0-9#]+}} : f32
  scf.reduce.return %z : f32
  }
  }
  // CHECK: scf.parallel (%{{[-_a-z0-9#]+}}) = (%{{[-_a-z0-9#]+}}) to (%{{[-_a-z0-9#]+}}) step (%{{[-_a-z0-9#]+}}) init (%{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}) -> (f32, index) {
  %q:2 = scf.parallel (%i) = (%l) to (%u) step (%s) init (%a, %l) -> (f32, index) {
  // CHECK: scf.reduce(%{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32, index) {
  scf.reduce(%a, %i : f32, index) {
  ^bb0(%x: f32, %y: f32):
  // CHECK: scf.reduce.return %{{[-_a-z0-9#]+}} : f32
  scf.reduce.return %x : f32
  }, {
  ^bb0(%x: index, %y: index):
  // CHECK: scf.reduce.return %{{[-_a-z0-9#]+}} : index
  scf.reduce.return %y : index
  }
  }
  return
}

// CHECK-LABEL: func.func @execute_region(
func.func @execute_region(%c: i1, %a: f32) {
  // CHECK: scf.execute_region -> f32 {
  %r = scf.execute_region -> f32 {
  // CHECK: scf.yield %{{[-_a-z0-9#]+}} : f32
  scf.yield %a : f32
  }
  // CHECK: scf.execute_region {
  scf.execute_region {
  // CHECK: cf.cond_br %{{[-_a-z0-9#]+}}, ^bb1, ^bb2
  cf.cond_br %c, ^bb1, ^bb2
  ^bb1:
  // CHECK: scf.yield
  scf.yield
  ^bb2:
  // CHECK: scf.yield
  scf.yield
  }
  return
}

// CHECK-LABEL: func.func @leaf(
func.func @leaf() {
  return
}
