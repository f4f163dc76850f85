// Every operation round-trips through the custom and the generic form, and through upstream's own parser and verifier.
// RUN: coco-opt %s | coco-opt | FileCheck %s
// RUN: coco-opt %s --mlir-print-op-generic | coco-opt | FileCheck %s
// RUN: coco-opt %s --verify-roundtrip | FileCheck %s
// RUN: %if mlir-opt %{ coco-opt %s | mlir-opt-19 | coco-opt | FileCheck %s %}
// RUN: %if mlir-opt %{ coco-opt %s --mlir-print-op-generic | mlir-opt-19 --mlir-print-op-generic | coco-opt | FileCheck %s %}

// CHECK: memref.global "private" constant @weights : memref<4xf32> = dense<[1.000000e+00, 2.000000e+00, 3.000000e+00, 4.000000e+00]> {alignment = 64 : i64}
memref.global "private" constant @weights : memref<4xf32> = dense<[1.0, 2.0, 3.0, 4.0]> {alignment = 64 : i64}
// CHECK: memref.global @buffer : memref<2x2xi32> = uninitialized
memref.global @buffer : memref<2x2xi32> = uninitialized
// CHECK: memref.global @elsewhere : memref<f32>
memref.global @elsewhere : memref<f32>

// CHECK-LABEL: func.func @allocation(
func.func @allocation(%n: index) {
  // CHECK: memref.alloc() : memref<4x8xf32>
  %alloc = memref.alloc() : memref<4x8xf32>
  // CHECK: memref.alloc() {alignment = 64 : i64} : memref<16xf32>
  %a1 = memref.alloc() {alignment = 64 : i64} : memref<16xf32>
  // CHECK: memref.alloc(%{{[-_a-z0-9#]+}}) : memref<4x?xf32>
  %a2 = memref.alloc(%n) : memref<4x?xf32>
  // CHECK: memref.alloca() {alignment = 32 : i64} : memref<8xi8>
  %alloca = memref.alloca() {alignment = 32 : i64} : memref<8xi8>
  // CHECK: memref.alloca(%{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}) : memref<?x?xf32>
  %a3 = memref.alloca(%n, %n) : memref<?x?xf32>
  // CHECK: memref.prefetch %{{[-_a-z0-9#]+}}[%{{[-_a-z0-9#]+}}], read, locality<3>, data : memref<16xf32>
  memref.prefetch %a1[%n], read, locality<3>, data : memref<16xf32>
  // CHECK: memref.prefetch %{{[-_a-z0-9#]+}}[%{{[-_a-z0-9#]+}}], write, locality<0>, instr : memref<16xf32>
  memref.prefetch %a1[%n], write, locality<0>, instr : memref<16xf32>
  // CHECK: memref.assume_alignment %{{[-_a-z0-9#]+}}, 64 : memref<16xf32>
  memref.assume_alignment %a1, 64 : memref<16xf32>
  // CHECK: memref.dealloc %{{[-_a-z0-9#]+}} : memref<4x8xf32>
  memref.dealloc %alloc : memref<4x8xf32>
  return
}

// CHECK-LABEL: func.func @accesses(
func.func @accesses(%m: memref<4x8xf32>, %s: memref<f32>, %d: memref<?x?xf32>, %i: index, %x: f32) {
  // CHECK: memref.load %{{[-_a-z0-9#]+}}[%{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}] : memref<4x8xf32>
  %0 = memref.load %m[%i, %i] : memref<4x8xf32>
  // CHECK: memref.load %{{[-_a-z0-9#]+}}[] : memref<f32>
  %1 = memref.load %s[] : memref<f32>
  // CHECK: memref.load %{{[-_a-z0-9#]+}}[%{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}] {nontemporal = true} : memref<4x8xf32>
  %2 = memref.load %m[%i, %i] {nontemporal = true} : memref<4x8xf32>
  // CHECK: memref.store %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}[%{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}] : memref<4x8xf32>
  memref.store %x, %m[%i, %i] : memref<4x8xf32>
  // CHECK: memref.store %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}[] : memref<f32>
  memref.store %x, %s[] : memref<f32>
  // CHECK: memref.copy %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : memref<4x8xf32> to memref<?x?xf32>
  memref.copy %m, %d : memref<4x8xf32> to memref<?x?xf32>
  // CHECK: memref.dim %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : memref<?x?xf32>
  %dim = memref.dim %d, %i : memref<?x?xf32>
  return
}

// CHECK-LABEL: func.func @views(
func.func @views(%b: memref<1024xi8>, %m: memref<8x16xf32>, %d: memref<?x?xf32>, %i: index, %gaps: memref<?x16xf32, strided<[32, 2], offset: ?>>, %inner: memref<4x?xf32, strided<[?, 1]>>) {
  %view = memref.view %b[%i] [] : memref<1024xi8> to memref<4x8xf32>
  %v1 = memref.view %b[%i] [%i] : memref<1024xi8> to memref<4x?xf32>
  // CHECK: memref.subview %{{[-_a-z0-9#]+}}[0, 4] [2, 8] [1, 1] : memref<8x16xf32> to memref<2x8xf32, strided<[16, 1], offset: 4>>
  %subview = memref.subview %m[0, 4] [2, 8] [1, 1] : memref<8x16xf32> to memref<2x8xf32, strided<[16, 1], offset: 4>>
  // CHECK: memref.subview %{{[-_a-z0-9#]+}}[%{{[-_a-z0-9#]+}}, 0] [2, %{{[-_a-z0-9#]+}}] [1, 2] : memref<8x16xf32> to memref<2x?xf32, strided<[16, 2], offset: ?>>
  %s1 = memref.subview %m[%i, 0] [2, %i] [1, 2] : memref<8x16xf32> to memref<2x?xf32, strided<[16, 2], offset: ?>>
  // CHECK: memref.subview %{{[-_a-z0-9#]+}}[3, 0] [1, 16] [1, 1] : memref<8x16xf32> to memref<16xf32, strided<[1], offset: 48>>
  %s2 = memref.subview %m[3, 0] [1, 16] [1, 1] : memref<8x16xf32> to memref<16xf32, strided<[1], offset: 48>>
  // CHECK: memref.subview %{{[-_a-z0-9#]+}}[%{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}] [%{{[-_a-z0-9#]+}}, 4] [%{{[-_a-z0-9#]+}}, 1] : memref<?x?xf32> to memref<?x4xf32, strided<[?, 1], offset: ?>>
  %s3 = memref.subview %d[%i, %i] [%i, 4] [%i, 1] : memref<?x?xf32> to memref<?x4xf32, strided<[?, 1], offset: ?>>
  // CHECK: memref.reinterpret_cast %{{[-_a-z0-9#]+}} to offset: [0], sizes: [128], strides: [1] : memref<8x16xf32> to memref<128xf32>
  %reinterpret_cast = memref.reinterpret_cast %m to offset: [0], sizes: [128], strides: [1] : memref<8x16xf32> to memref<128xf32>
  // CHECK: memref.reinterpret_cast %{{[-_a-z0-9#]+}} to offset: [%{{[-_a-z0-9#]+}}], sizes: [%{{[-_a-z0-9#]+}}, 4], strides: [%{{[-_a-z0-9#]+}}, 1] : memref<8x16xf32> to memref<?x4xf32, strided<[?, 1], offset: ?>>
  %r1 = memref.reinterpret_cast %m to offset: [%i], sizes: [%i, 4], strides: [%i, 1] : memref<8x16xf32> to memref<?x4xf32, strided<[?, 1], offset: ?>>
  // CHECK: memref.cast %{{[-_a-z0-9#]+}} : memref<8x16xf32> to memref<?x16xf32>
  %cast = memref.cast %m : memref<8x16xf32> to memref<?x16xf32>
  // CHECK: memref.cast %{{[-_a-z0-9#]+}} : memref<8x16xf32> to memref<8x16xf32, strided<[?, 1], offset: ?>>
  %c1 = memref.cast %m : memref<8x16xf32> to memref<8x16xf32, strided<[?, 1], offset: ?>>
  // CHECK: memref.collapse_shape %{{[-_a-z0-9#]+}} {{\[\[}}0, 1]] : memref<8x16xf32> into memref<128xf32>
  %collapse_shape = memref.collapse_shape %m [[0, 1]] : memref<8x16xf32> into memref<128xf32>
  // CHECK: memref.expand_shape %{{[-_a-z0-9#]+}} {{\[\[}}0], [1, 2]] output_shape [8, 4, 4] : memref<8x16xf32> into memref<8x4x4xf32>
  %expand_shape = memref.expand_shape %m [[0], [1, 2]] output_shape [8, 4, 4] : memref<8x16xf32> into memref<8x4x4xf32>
  // CHECK: memref.expand_shape %{{[-_a-z0-9#]+}} {{\[\[}}0], [1, 2]] output_shape [%{{[-_a-z0-9#]+}}, 4, 4] : memref<?x16xf32, strided<[32, 2], offset: ?>> into memref<?x4x4xf32, strided<[32, 8, 2], offset: ?>>
  %split = memref.expand_shape %gaps [[0], [1, 2]] output_shape [%i, 4, 4] : memref<?x16xf32, strided<[32, 2], offset: ?>> into memref<?x4x4xf32, strided<[32, 8, 2], offset: ?>>
  // CHECK: memref.collapse_shape %{{[-_a-z0-9#]+}} {{\[\[}}0], [1, 2]] : memref<?x4x4xf32, strided<[32, 8, 2], offset: ?>> into memref<?x16xf32, strided<[32, 2], offset: ?>>
  %joined = memref.collapse_shape %split [[0], [1, 2]] : memref<?x4x4xf32, strided<[32, 8, 2], offset: ?>> into memref<?x16xf32, strided<[32, 2], offset: ?>>
  // CHECK: memref.collapse_shape %{{[-_a-z0-9#]+}} {{\[\[}}0, 1]] : memref<4x?xf32, strided<[?, 1]>> into memref<?xf32, strided<[?]>>
  %unknown = memref.collapse_shape %inner [[0, 1]] : memref<4x?xf32, strided<[?, 1]>> into memref<?xf32, strided<[?]>>
  return
}

// CHECK-LABEL: func.func @globals(
func.func @globals() {
  // CHECK: memref.get_global @weights : memref<4xf32>
  %0 = memref.get_global @weights : memref<4xf32>
  // CHECK: memref.get_global @buffer : memref<2x2xi32>
  %1 = memref.get_global @buffer : memref<2x2xi32>
  return
}
