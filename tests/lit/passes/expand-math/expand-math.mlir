// Functions of f32 become arithmetic on the same shape; other types, tensors, and operations that are kept stay.
// RUN: coco-opt %s --pass-pipeline='builtin.module(expand-math,canonicalize,cse)' | FileCheck %s
// RUN: coco-opt %s --pass-pipeline='builtin.module(expand-math{keep=math.exp|math.powf})' | FileCheck %s --check-prefix=KEEP
// RUN: coco-opt %s --pass-pipeline='builtin.module(expand-math)' | mlir-opt-19 -o /dev/null
// RUN: not coco-opt %s --pass-pipeline='builtin.module(expand-math{keep=math.sqrt})' 2>&1 | FileCheck %s --check-prefix=UNKNOWN

// UNKNOWN: error: expand-math cannot keep 'math.sqrt', which it does not expand

// CHECK-LABEL: func.func @scalar
// CHECK-NOT: math.exp
// CHECK: %[[CLAMPED:.*]] = arith.select
// CHECK: %[[SUM:.*]] = math.fma %{{.*}}, %{{.*}}, %[[MAGIC:.*]] : f32
// CHECK-NEXT: %[[N:.*]] = arith.subf %[[SUM]], %[[MAGIC]] : f32
// CHECK: arith.bitcast %[[SUM]] : f32 to i32
// CHECK: math.fma %[[N]],
// CHECK: %[[HALF:.*]] = arith.shrsi
// CHECK: arith.bitcast %{{.*}} : i32 to f32
// CHECK-NEXT: arith.mulf
// CHECK: arith.bitcast %{{.*}} : i32 to f32
// CHECK-NEXT: %[[RESULT:.*]] = arith.mulf
// CHECK-NEXT: return %[[RESULT]] : f32
// KEEP-LABEL: func.func @scalar
// KEEP: math.exp
func.func @scalar(%x: f32) -> f32 {
  %r = math.exp %x : f32
  return %r : f32
}

// CHECK-LABEL: func.func @vector
// CHECK-NOT: math.{{exp|exp2|expm1|tanh|erf|log|log2|log1p|powf}} {{.*}}
// CHECK: arith.divf {{.*}} : vector<16xf32>
// CHECK: math.copysign {{.*}} : vector<16xf32>
// CHECK: return
// KEEP-LABEL: func.func @vector
// KEEP-NOT: math.tanh
// KEEP: math.exp %{{.*}} : vector<16xf32>
// KEEP: math.powf %{{.*}} : vector<16xf32>
func.func @vector(%x: vector<16xf32>) -> vector<16xf32> {
  %0 = math.tanh %x : vector<16xf32>
  %1 = math.erf %0 : vector<16xf32>
  %2 = math.exp %1 : vector<16xf32>
  %3 = math.exp2 %2 : vector<16xf32>
  %4 = math.expm1 %3 : vector<16xf32>
  %5 = math.log %4 : vector<16xf32>
  %6 = math.log2 %5 : vector<16xf32>
  %7 = math.log1p %6 : vector<16xf32>
  %8 = math.powf %7, %x : vector<16xf32>
  return %8 : vector<16xf32>
}

// CHECK-LABEL: func.func @others
// CHECK: math.exp %{{.*}} : f64
// CHECK: math.exp %{{.*}} : f16
// CHECK: math.tanh %{{.*}} : tensor<4xf32>
// CHECK: math.log %{{.*}} : vector<2x4xf32>
// CHECK: math.sin %{{.*}} : f32
func.func @others(%a: f64, %b: f16, %c: tensor<4xf32>, %d: vector<2x4xf32>, %e: f32) -> (f64, f16, tensor<4xf32>, vector<2x4xf32>, f32) {
  %0 = math.exp %a : f64
  %1 = math.exp %b : f16
  %2 = math.tanh %c : tensor<4xf32>
  %3 = math.log %d : vector<2x4xf32>
  %4 = math.sin %e : f32
  return %0, %1, %2, %3, %4 : f64, f16, tensor<4xf32>, vector<2x4xf32>, f32
}
