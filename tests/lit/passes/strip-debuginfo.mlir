// RUN: coco-opt %s --strip-debuginfo --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s
// RUN: coco-opt %s --strip-debuginfo --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=COUNT
// RUN: coco-opt %s --mlir-print-debuginfo | FileCheck %s --check-prefix=BEFORE

// BEFORE: "conv1"
// CHECK-NOT: conv1
// CHECK-NOT: model.onnx

// CHECK-LABEL: func.func @names_and_files_go
// CHECK: arith.addf %{{.*}} : f32 loc(unknown)
// CHECK: return %{{.*}} : f32 loc(unknown)
func.func @names_and_files_go(%a: f32) -> f32 {
  %0 = arith.addf %a, %a : f32 loc("conv1"("model.onnx":3:1))
  return %0 : f32 loc(fused["conv1", "model.onnx":4:1])
}

// CHECK-LABEL: func.func @inside_regions_too
// CHECK: scf.for
// CHECK: arith.negf %{{.*}} : f32 loc(unknown)
// CHECK: {coco.note = "kept"} : f32 loc(unknown)
func.func @inside_regions_too(%a: f32, %n: index) -> f32 {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %0 = scf.for %i = %zero to %n step %one iter_args(%x = %a) -> (f32) {
    %y = arith.negf %x : f32 loc(callsite("conv1" at "model.onnx":5:2))
    scf.yield %y : f32
  }
  %1 = arith.negf %0 {coco.note = "kept"} : f32
  return %1 : f32
}

// CHECK-LABEL: func.func private @nothing_to_remove() loc(unknown)
func.func private @nothing_to_remove() loc(unknown)

// COUNT: 12 locations removed
