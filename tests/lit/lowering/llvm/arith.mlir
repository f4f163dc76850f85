// RUN: coco-translate --emit-llvm %s | FileCheck %s
// No fast-math flag anywhere, and nothing is fused that does not say so.

// CHECK-LABEL: define internal void @arith.{{.*}}floats
// CHECK: fadd float %{{[0-9]+}}, %
// CHECK: fmul float %
// CHECK: fsub float %
// CHECK: fdiv float %
// CHECK: call float @llvm.maximum.f32(
// CHECK: call float @llvm.minnum.f32(
// CHECK: fneg float %
// CHECK: fcmp uno float %
// CHECK: select i1 %
func.func private @floats(%m: memref<4xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = memref.load %m[%c0] : memref<4xf32>
  %b = memref.load %m[%c1] : memref<4xf32>
  %0 = arith.addf %a, %b : f32
  %1 = arith.mulf %0, %b : f32
  %2 = arith.subf %1, %a : f32
  %3 = arith.divf %2, %b : f32
  %4 = arith.maximumf %3, %a : f32
  %5 = arith.minnumf %4, %b : f32
  %6 = arith.negf %5 : f32
  %7 = arith.cmpf uno, %6, %a : f32
  %8 = arith.select %7, %a, %6 : f32
  memref.store %8, %m[%c0] : memref<4xf32>
  return
}

// CHECK-LABEL: define internal void @arith.{{.*}}integers
// CHECK: icmp slt i32
// CHECK: call i32 @llvm.smax.i32(
// CHECK: sext i32 %{{[0-9]+}} to i64
// CHECK: trunc i64 %{{[0-9]+}} to i32
// CHECK: sitofp i32 %{{[0-9]+}} to float
// CHECK: call i32 @llvm.fptosi.sat.i32.f32(float %{{[0-9]+}})
// CHECK: bitcast i32 %{{[0-9]+}} to float
func.func private @integers(%m: memref<4xi32>, %f: memref<4xf32>) {
  %c0 = arith.constant 0 : index
  %c7 = arith.constant 7 : i32
  %a = memref.load %m[%c0] : memref<4xi32>
  %0 = arith.cmpi slt, %a, %c7 : i32
  %1 = arith.select %0, %a, %c7 : i32
  %2 = arith.maxsi %1, %a : i32
  %3 = arith.index_cast %2 : i32 to index
  %4 = arith.floordivsi %3, %c0 : index
  %5 = arith.index_cast %4 : index to i32
  %6 = arith.sitofp %5 : i32 to f32
  %7 = arith.fptosi %6 : f32 to i32
  %8 = arith.bitcast %7 : i32 to f32
  memref.store %8, %f[%c0] : memref<4xf32>
  return
}

func.func @main(%f: memref<4xf32>, %m: memref<4xi32>) attributes {coco.inputs = ["m"], coco.outputs = ["f"]} {
  call @floats(%f) : (memref<4xf32>) -> ()
  call @integers(%m, %f) : (memref<4xi32>, memref<4xf32>) -> ()
  return
}

// x86 chooses, a > b ? a : b: with a number first, NaN needs no comparison; of zeros, only +0 over -0 does more.
// CHECK-LABEL: define internal void @arith.{{.*}}extrema
// CHECK: %[[X:[0-9]+]] = load float
// CHECK: %[[ABOVE:[0-9]+]] = fcmp ogt float 0.000000e+00, %[[X]]
// CHECK: %[[CHOSEN:[0-9]+]] = select i1 %[[ABOVE]], float 0.000000e+00, float %[[X]]
// CHECK: %[[ZERO:[0-9]+]] = fadd float %[[CHOSEN]], 0.000000e+00
// CHECK: %[[BELOW:[0-9]+]] = fcmp olt float 6.000000e+00, %[[ZERO]]
// CHECK: %[[SIX:[0-9]+]] = select i1 %[[BELOW]], float 6.000000e+00, float %[[ZERO]]
// CHECK: call float @llvm.minimum.f32(float %[[SIX]], float -0.000000e+00)
func.func private @extrema(%m: memref<4xf32>) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %six = arith.constant 6.0 : f32
  %negative = arith.constant -0.0 : f32
  %x = memref.load %m[%c0] : memref<4xf32>
  %0 = arith.maximumf %x, %zero : f32
  %1 = arith.minimumf %0, %six : f32
  %2 = arith.minimumf %1, %negative : f32
  memref.store %2, %m[%c0] : memref<4xf32>
  return
}
