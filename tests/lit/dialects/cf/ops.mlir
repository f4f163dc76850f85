// Every operation round-trips through the custom and the generic form, and through upstream's own parser and verifier.
// RUN: coco-opt %s | coco-opt | FileCheck %s
// RUN: coco-opt %s --mlir-print-op-generic | coco-opt | FileCheck %s
// RUN: coco-opt %s --verify-roundtrip | FileCheck %s
// RUN: %if mlir-opt %{ coco-opt %s | mlir-opt-19 | coco-opt | FileCheck %s %}
// RUN: %if mlir-opt %{ coco-opt %s --mlir-print-op-generic | mlir-opt-19 --mlir-print-op-generic | coco-opt | FileCheck %s %}

// CHECK-LABEL: func.func @br(
func.func @br(%a: f32, %i: index) -> f32 {
  // CHECK: cf.br ^bb1(%{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32, index)
  cf.br ^bb1(%a, %i : f32, index)
  ^bb1(%x: f32, %j: index):
  // CHECK: cf.br ^bb2
  cf.br ^bb2
  ^bb2:
  return %x : f32
}

// CHECK-LABEL: func.func @cond_br(
func.func @cond_br(%c: i1, %a: f32) -> f32 {
  // CHECK: cf.cond_br %{{[-_a-z0-9#]+}}, ^bb1(%{{[-_a-z0-9#]+}} : f32), ^bb2 {test.note}
  cf.cond_br %c, ^bb1(%a : f32), ^bb2 {test.note}
  ^bb1(%x: f32):
  // CHECK: cf.cond_br %{{[-_a-z0-9#]+}}, ^bb2, ^bb1(%{{[-_a-z0-9#]+}} : f32)
  cf.cond_br %c, ^bb2, ^bb1(%x : f32)
  ^bb2:
  return %a : f32
}
