// RUN: coco-translate --emit-llvm %s | FileCheck %s
// Instructions where processors have them, else functions of libm, lane by lane.

// CHECK-LABEL: define internal void @math.{{.*}}functions
// CHECK: call <2 x float> @llvm.sqrt.v2f32(
// CHECK: call <2 x float> @llvm.floor.v2f32(
// CHECK: call <2 x float> @llvm.fma.v2f32(
// CHECK-COUNT-2: call float @expf(float
// CHECK: fdiv <2 x float>
// CHECK: call double @pow(double %{{[0-9]+}}, double
func.func private @functions(%m: memref<2xf32>, %d: memref<2xf64>) {
  %c0 = arith.constant 0 : index
  %a = vector.load %m[%c0] : memref<2xf32>, vector<2xf32>
  %0 = math.sqrt %a : vector<2xf32>
  %1 = math.floor %0 : vector<2xf32>
  %2 = math.fma %0, %1, %a : vector<2xf32>
  %3 = math.exp %2 : vector<2xf32>
  %4 = math.rsqrt %3 : vector<2xf32>
  vector.store %4, %m[%c0] : memref<2xf32>, vector<2xf32>
  %x = memref.load %d[%c0] : memref<2xf64>
  %5 = math.powf %x, %x : f64
  memref.store %5, %d[%c0] : memref<2xf64>
  return
}

func.func @main(%m: memref<2xf32>, %d: memref<2xf64>) attributes {coco.inputs = ["m"], coco.outputs = ["d"]} {
  call @functions(%m, %d) : (memref<2xf32>, memref<2xf64>) -> ()
  return
}
