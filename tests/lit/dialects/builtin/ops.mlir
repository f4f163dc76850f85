// Every operation round-trips through the custom and the generic form, and through upstream's own parser and verifier.
// RUN: coco-opt %s | coco-opt | FileCheck %s
// RUN: coco-opt %s --mlir-print-op-generic | coco-opt | FileCheck %s
// RUN: coco-opt %s --verify-roundtrip | FileCheck %s
// RUN: %if mlir-opt %{ coco-opt %s | mlir-opt-19 | coco-opt | FileCheck %s %}
// RUN: %if mlir-opt %{ coco-opt %s --mlir-print-op-generic | mlir-opt-19 --mlir-print-op-generic | coco-opt | FileCheck %s %}

// CHECK: module @named attributes {test.note = 1 : i32} {
builtin.module @named attributes {test.note = 1 : i32} {
  // CHECK: module {
  module {
  }
  // CHECK: module @inner
  module @inner {
    // CHECK-LABEL: func.func @casts(
    func.func @casts(%i: i32, %a: f32) {
      // CHECK: builtin.unrealized_conversion_cast %{{.*}} : i32 to i64
      %0 = builtin.unrealized_conversion_cast %i : i32 to i64
      // CHECK: builtin.unrealized_conversion_cast %{{.*}}, %{{.*}} : i32, f32 to index, f64 {test.note}
      %1:2 = builtin.unrealized_conversion_cast %i, %a : i32, f32 to index, f64 {test.note}
      // CHECK: builtin.unrealized_conversion_cast to i32
      %2 = builtin.unrealized_conversion_cast to i32
      return
    }
  }
}
