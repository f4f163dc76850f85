// RUN: coco-translate --emit-llvm %s | FileCheck %s

// CHECK-LABEL: define internal void @vectors.{{.*}}lanes
// CHECK: load <4 x float>, ptr %{{.*}}, align 4
// CHECK: shufflevector <4 x float> %{{[0-9]+}}, <4 x float> poison, <4 x i32> zeroinitializer
// CHECK: call <4 x float> @llvm.fma.v4f32(
// CHECK: extractelement <4 x float> %{{[0-9]+}}, i64 3
// CHECK: insertelement <4 x float> %{{[0-9]+}}, float %{{[0-9]+}}, i64 0
// CHECK: shufflevector <4 x float> %{{[0-9]+}}, <4 x float> %{{[0-9]+}}, <4 x i32> <i32 0, i32 4, i32 1, i32 5>
// CHECK: shufflevector <4 x float> %{{[0-9]+}}, <4 x float> poison, <2 x i32> <i32 1, i32 2>
// CHECK: call float @llvm.vector.reduce.fadd.v4f32(float %{{[0-9]+}}, <4 x float>
// CHECK: icmp slt <4 x i32> <i32 0, i32 1, i32 2, i32 3>
// CHECK: call <4 x float> @llvm.masked.load.v4f32.p0(ptr %{{.*}}, i32 4,
// CHECK: call void @llvm.masked.store.v4f32.p0(
func.func private @lanes(%m: memref<8xf32>, %n: memref<1xindex>) {
  %c0 = arith.constant 0 : index
  %c4 = arith.constant 4 : index
  %a = vector.load %m[%c0] : memref<8xf32>, vector<4xf32>
  %x = memref.load %m[%c4] : memref<8xf32>
  %b = vector.broadcast %x : f32 to vector<4xf32>
  %0 = vector.fma %a, %b, %a : vector<4xf32>
  %1 = vector.extract %0[3] : f32 from vector<4xf32>
  %2 = vector.insert %1, %b [0] : f32 into vector<4xf32>
  %3 = vector.shuffle %2, %a [0, 4, 1, 5] : vector<4xf32>, vector<4xf32>
  %4 = vector.extract_strided_slice %3 {offsets = [1], sizes = [2], strides = [1]} : vector<4xf32> to vector<2xf32>
  %5 = vector.insert_strided_slice %4, %a {offsets = [2], strides = [1]} : vector<2xf32> into vector<4xf32>
  %6 = vector.reduction <add>, %5, %x : vector<4xf32> into f32
  %i = memref.load %n[%c0] : memref<1xindex>
  %k = vector.create_mask %i : vector<4xi1>
  %7 = vector.maskedload %m[%c0], %k, %5 : memref<8xf32>, vector<4xi1>, vector<4xf32> into vector<4xf32>
  vector.maskedstore %m[%c4], %k, %7 : memref<8xf32>, vector<4xi1>, vector<4xf32>
  memref.store %6, %m[%c0] : memref<8xf32>
  return
}

func.func @main(%m: memref<8xf32>, %n: memref<1xindex>) attributes {coco.inputs = ["m"], coco.outputs = ["n"]} {
  call @lanes(%m, %n) : (memref<8xf32>, memref<1xindex>) -> ()
  return
}
