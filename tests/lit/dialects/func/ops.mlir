// Every operation round-trips through the custom and the generic form, and through upstream's own parser and verifier.
// RUN: coco-opt %s | coco-opt | FileCheck %s
// RUN: coco-opt %s --mlir-print-op-generic | coco-opt | FileCheck %s
// RUN: coco-opt %s --verify-roundtrip | FileCheck %s
// RUN: %if mlir-opt %{ coco-opt %s | mlir-opt-19 | coco-opt | FileCheck %s %}
// RUN: %if mlir-opt %{ coco-opt %s --mlir-print-op-generic | mlir-opt-19 --mlir-print-op-generic | coco-opt | FileCheck %s %}

// CHECK: func.func private @declared(f32 {test.a}, index) -> (f32 {test.b = 1 : i32})
func.func private @declared(f32 {test.a}, index) -> (f32 {test.b = 1 : i32})

// CHECK-LABEL: func.func public @attributes(
// CHECK-SAME: %{{.*}}: f32 {test.a}, %{{.*}}: i32) -> (f32, i32) attributes {test.note = "kept"} {
func.func public @attributes(%x: f32 {test.a}, %i: i32) -> (f32, i32) attributes {test.note = "kept"} {
  // CHECK: {{^}}    return %{{.*}}, %{{.*}} : f32, i32
  func.return %x, %i : f32, i32
}

// CHECK-LABEL: func.func nested @empty() {
func.func nested @empty() {
  // CHECK-NEXT: return{{$}}
  return
}

// CHECK-LABEL: func.func @calls(
func.func @calls(%x: f32, %i: i32) -> f32 {
  // CHECK: {{^}}    call @empty() : () -> ()
  func.call @empty() : () -> ()
  // CHECK: %{{.*}}:2 = call @attributes(%{{.*}}, %{{.*}}) : (f32, i32) -> (f32, i32)
  %r:2 = call @attributes(%x, %i) : (f32, i32) -> (f32, i32)
  // CHECK: return %{{.*}}#0 : f32
  return %r#0 : f32
}

// Only directly in a function is the prefix left out.
// CHECK-LABEL: func.func @nested_calls(
func.func @nested_calls(%n: index) {
  // CHECK: scf.for
  scf.for %i = %n to %n step %n {
    // CHECK-NEXT: {{^}}      func.call @empty() : () -> ()
    func.call @empty() : () -> ()
  }
  return
}
