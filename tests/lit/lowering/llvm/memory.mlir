// RUN: coco-translate --emit-llvm %s | FileCheck %s
// Views are pointers; strides stand in the type; i1 is a byte in memory; distinct buffers are noalias.

memref.global "private" constant @first : memref<4xf32> = dense<[1.0, 2.0, 3.0, 4.0]>
memref.global "private" constant @same : memref<4xf32> = dense<[1.0, 2.0, 3.0, 4.0]>
memref.global "private" constant @second : memref<2xf32> = dense<[5.0, 6.0]>

// CHECK-LABEL: define internal void @memory.{{.*}}views
// CHECK-SAME: ptr noalias noundef dereferenceable(96) %0
// CHECK: alloca [8 x float], align 64
// CHECK: getelementptr inbounds i8, ptr %{{[0-9]+}}, i64 32
// CHECK: mul nsw i64 %{{[0-9]+}}, 4
// CHECK: load i8, ptr
// CHECK: icmp ne i8
// CHECK: zext i1 %{{[0-9]+}} to i8
// CHECK: store i8
func.func private @views(%m: memref<6x4xf32>, %bytes: memref<64xi8>, %b: memref<8xi1>, %n: memref<1xindex>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %t = memref.alloca() : memref<8xf32>
  %v = memref.view %bytes[%c32][] : memref<64xi8> to memref<8xf32>
  %i = memref.load %n[%c0] : memref<1xindex>
  %s = memref.subview %m[%i, 1] [2, 2] [1, 2] : memref<6x4xf32> to memref<2x2xf32, strided<[4, 2], offset: ?>>
  %x = memref.load %s[%c0, %c0] : memref<2x2xf32, strided<[4, 2], offset: ?>>
  memref.store %x, %v[%i] : memref<8xf32>
  memref.store %x, %t[%i] : memref<8xf32>
  %k = memref.load %b[%i] : memref<8xi1>
  memref.store %k, %b[%c0] : memref<8xi1>
  return
}

// CHECK-LABEL: define internal void @memory.{{.*}}main
// CHECK: call void @memory.globals{{.*}}(ptr [[W:%[0-9]+]], ptr [[W]], ptr [[SECOND:%[0-9]+]],
func.func private @globals(%a: memref<4xf32>, %b: memref<4xf32>, %c: memref<2xf32>) {
  return
}

func.func @main(%m: memref<6x4xf32>, %b: memref<8xi1>, %n: memref<1xindex>, %arena: memref<64xi8>) attributes {coco.inputs = ["m", "b"], coco.outputs = ["n"]} {
  %a = memref.get_global @first : memref<4xf32>
  %s = memref.get_global @same : memref<4xf32>
  %c = memref.get_global @second : memref<2xf32>
  call @globals(%a, %s, %c) : (memref<4xf32>, memref<4xf32>, memref<2xf32>) -> ()
  call @views(%m, %arena, %b, %n) : (memref<6x4xf32>, memref<64xi8>, memref<8xi1>, memref<1xindex>) -> ()
  return
}
