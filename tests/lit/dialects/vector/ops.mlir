// Every operation round-trips through the custom and the generic form, and through upstream's own parser and verifier.
// RUN: coco-opt %s | coco-opt | FileCheck %s
// RUN: coco-opt %s --mlir-print-op-generic | coco-opt | FileCheck %s
// RUN: coco-opt %s --verify-roundtrip | FileCheck %s
// RUN: %if mlir-opt %{ coco-opt %s | mlir-opt-19 | coco-opt | FileCheck %s %}
// RUN: %if mlir-opt %{ coco-opt %s --mlir-print-op-generic | mlir-opt-19 --mlir-print-op-generic | coco-opt | FileCheck %s %}

// CHECK-LABEL: func.func @make(
func.func @make(%a: f32, %i: index, %r: vector<4xf32>, %u: vector<1xf32>) {
  // CHECK: vector.broadcast %{{[-_a-z0-9#]+}} : f32 to vector<8xf32>
  %0 = vector.broadcast %a : f32 to vector<8xf32>
  // CHECK: vector.broadcast %{{[-_a-z0-9#]+}} : vector<4xf32> to vector<2x4xf32>
  %1 = vector.broadcast %r : vector<4xf32> to vector<2x4xf32>
  // CHECK: vector.broadcast %{{[-_a-z0-9#]+}} : vector<1xf32> to vector<4xf32>
  %2 = vector.broadcast %u : vector<1xf32> to vector<4xf32>
  // CHECK: vector.splat %{{[-_a-z0-9#]+}} : vector<8xf32>
  %3 = vector.splat %a : vector<8xf32>
  // CHECK: vector.create_mask %{{[-_a-z0-9#]+}} : vector<8xi1>
  %4 = vector.create_mask %i : vector<8xi1>
  // CHECK: vector.create_mask %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : vector<2x8xi1>
  %5 = vector.create_mask %i, %i : vector<2x8xi1>
  // CHECK: vector.constant_mask [3] : vector<8xi1>
  %6 = vector.constant_mask [3] : vector<8xi1>
  // CHECK: vector.constant_mask [1, 3] : vector<2x8xi1>
  %7 = vector.constant_mask [1, 3] : vector<2x8xi1>
  return
}

// CHECK-LABEL: func.func @memory(
func.func @memory(%m: memref<4x16xf32>, %i: index, %k: vector<8xi1>, %v: vector<8xf32>, %w: vector<2x8xf32>) {
  // CHECK: vector.load %{{[-_a-z0-9#]+}}[%{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}] : memref<4x16xf32>, vector<8xf32>
  %0 = vector.load %m[%i, %i] : memref<4x16xf32>, vector<8xf32>
  // CHECK: vector.load %{{[-_a-z0-9#]+}}[%{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}] : memref<4x16xf32>, vector<2x8xf32>
  %1 = vector.load %m[%i, %i] : memref<4x16xf32>, vector<2x8xf32>
  // CHECK: vector.load %{{[-_a-z0-9#]+}}[%{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}] {nontemporal = true} : memref<4x16xf32>, vector<8xf32>
  %2 = vector.load %m[%i, %i] {nontemporal = true} : memref<4x16xf32>, vector<8xf32>
  // CHECK: vector.store %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}[%{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}] : memref<4x16xf32>, vector<8xf32>
  vector.store %v, %m[%i, %i] : memref<4x16xf32>, vector<8xf32>
  // CHECK: vector.store %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}[%{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}] : memref<4x16xf32>, vector<2x8xf32>
  vector.store %w, %m[%i, %i] : memref<4x16xf32>, vector<2x8xf32>
  // CHECK: vector.maskedload %{{[-_a-z0-9#]+}}[%{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}], %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : memref<4x16xf32>, vector<8xi1>, vector<8xf32> into vector<8xf32>
  %3 = vector.maskedload %m[%i, %i], %k, %v : memref<4x16xf32>, vector<8xi1>, vector<8xf32> into vector<8xf32>
  // CHECK: vector.maskedstore %{{[-_a-z0-9#]+}}[%{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}], %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : memref<4x16xf32>, vector<8xi1>, vector<8xf32>
  vector.maskedstore %m[%i, %i], %k, %v : memref<4x16xf32>, vector<8xi1>, vector<8xf32>
  return
}

// CHECK-LABEL: func.func @compute(
func.func @compute(%v: vector<8xf32>, %n: vector<8xi32>, %a: f32) {
  // CHECK: vector.fma %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : vector<8xf32>
  %0 = vector.fma %v, %v, %v : vector<8xf32>
  // CHECK: vector.reduction <add>, %{{[-_a-z0-9#]+}} : vector<8xf32> into f32
  %1 = vector.reduction <add>, %v : vector<8xf32> into f32
  // CHECK: vector.reduction <add>, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : vector<8xf32> into f32
  %2 = vector.reduction <add>, %v, %a : vector<8xf32> into f32
  // CHECK: vector.reduction <maximumf>, %{{[-_a-z0-9#]+}} : vector<8xf32> into f32
  %3 = vector.reduction <maximumf>, %v : vector<8xf32> into f32
  // CHECK: vector.reduction <minsi>, %{{[-_a-z0-9#]+}} : vector<8xi32> into i32
  %4 = vector.reduction <minsi>, %n : vector<8xi32> into i32
  // CHECK: vector.reduction <xor>, %{{[-_a-z0-9#]+}} : vector<8xi32> into i32
  %5 = vector.reduction <xor>, %n : vector<8xi32> into i32
  // CHECK: vector.reduction <mul>, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} fastmath<reassoc> : vector<8xf32> into f32
  %6 = vector.reduction <mul>, %v, %a fastmath<reassoc> : vector<8xf32> into f32
  return
}

// CHECK-LABEL: func.func @rearrange(
func.func @rearrange(%v: vector<8xf32>, %w: vector<2x4xf32>, %a: f32, %i: index, %j: i32, %z: vector<f32>) {
  // CHECK: vector.extract %{{[-_a-z0-9#]+}}[3] : f32 from vector<8xf32>
  %0 = vector.extract %v[3] : f32 from vector<8xf32>
  // CHECK: vector.extract %{{[-_a-z0-9#]+}}[1] : vector<4xf32> from vector<2x4xf32>
  %1 = vector.extract %w[1] : vector<4xf32> from vector<2x4xf32>
  // CHECK: vector.extract %{{[-_a-z0-9#]+}}[1, 2] : f32 from vector<2x4xf32>
  %2 = vector.extract %w[1, 2] : f32 from vector<2x4xf32>
  // CHECK: vector.extract %{{[-_a-z0-9#]+}}[%{{[-_a-z0-9#]+}}] : f32 from vector<8xf32>
  %3 = vector.extract %v[%i] : f32 from vector<8xf32>
  // CHECK: vector.insert %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} [3] : f32 into vector<8xf32>
  %4 = vector.insert %a, %v [3] : f32 into vector<8xf32>
  // CHECK: vector.insert %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} [0] : vector<4xf32> into vector<2x4xf32>
  %5 = vector.insert %1, %w [0] : vector<4xf32> into vector<2x4xf32>
  // CHECK: vector.insert %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} [0, %{{[-_a-z0-9#]+}}] : f32 into vector<2x4xf32>
  %6 = vector.insert %a, %w [0, %i] : f32 into vector<2x4xf32>
  // CHECK: vector.extract_strided_slice %{{[-_a-z0-9#]+}} {offsets = [2], sizes = [4], strides = [1]} : vector<8xf32> to vector<4xf32>
  %7 = vector.extract_strided_slice %v {offsets = [2], sizes = [4], strides = [1]} : vector<8xf32> to vector<4xf32>
  // CHECK: vector.insert_strided_slice %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} {offsets = [0], strides = [1]} : vector<4xf32> into vector<8xf32>
  %8 = vector.insert_strided_slice %7, %v {offsets = [0], strides = [1]} : vector<4xf32> into vector<8xf32>
  // CHECK: vector.extractelement %{{[-_a-z0-9#]+}}[%{{[-_a-z0-9#]+}} : i32] : vector<8xf32>
  %9 = vector.extractelement %v[%j : i32] : vector<8xf32>
  // CHECK: vector.extractelement %{{[-_a-z0-9#]+}}[] : vector<f32>
  %10 = vector.extractelement %z[] : vector<f32>
  // CHECK: vector.insertelement %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}[%{{[-_a-z0-9#]+}} : index] : vector<8xf32>
  %11 = vector.insertelement %a, %v[%i : index] : vector<8xf32>
  // CHECK: vector.shuffle %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} [0, 8, 1, 9] : vector<8xf32>, vector<8xf32>
  %12 = vector.shuffle %v, %v [0, 8, 1, 9] : vector<8xf32>, vector<8xf32>
  // CHECK: vector.bitcast %{{[-_a-z0-9#]+}} : vector<8xf32> to vector<8xi32>
  %13 = vector.bitcast %v : vector<8xf32> to vector<8xi32>
  // CHECK: vector.shape_cast %{{[-_a-z0-9#]+}} : vector<8xf32> to vector<2x4xf32>
  %14 = vector.shape_cast %v : vector<8xf32> to vector<2x4xf32>
  return
}
