// Blocks say from where they are reached, in every form.
// RUN: coco-opt %s --allow-unregistered-dialect | FileCheck %s
// RUN: coco-opt %s --allow-unregistered-dialect --mlir-print-op-generic | FileCheck %s
// RUN: coco-opt %s --allow-unregistered-dialect --verify-roundtrip

// CHECK: cond_br
// CHECK: {{^ *}}^bb1:  // 3 preds: ^bb0, ^bb0, ^bb2{{$}}
// CHECK: {{^ *}}^bb2(%{{.*}}: i32):  // pred: ^bb1{{$}}
// CHECK: {{^ *}}^bb3:  // no predecessors{{$}}
func.func @f(%c: i1, %a: i32) {
  cf.cond_br %c, ^one, ^one
^one:
  cf.br ^two(%a : i32)
^two(%b: i32):
  cf.br ^one
^three:
  return
}
