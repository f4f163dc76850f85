// RUN: coco-opt %s -p 'func.func(redundant-load-elimination)' | FileCheck %s
// A store ends only the loads that it may overlap: accesses to one memory are told apart by constant offsets.

// CHECK-LABEL: func.func @rows
// CHECK: %[[A:.*]] = memref.load %{{.*}}[%[[I:.*]], %c0]
// CHECK: memref.store %{{.*}}, %{{.*}}[%[[I]], %c1]
// CHECK-NOT: memref.load
// CHECK: return %[[A]], %[[A]]
func.func @rows(%m: memref<4x8xf32>, %i: index, %x: f32) -> (f32, f32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = memref.load %m[%i, %c0] : memref<4x8xf32>
  memref.store %x, %m[%i, %c1] : memref<4x8xf32>
  %b = memref.load %m[%i, %c0] : memref<4x8xf32>
  return %a, %b : f32, f32
}

// %i and %i + 4 vectors of four lanes.
// CHECK-LABEL: func.func @vectors
// CHECK-COUNT-1: vector.load
// CHECK-NOT: vector.load
// CHECK: return
func.func @vectors(%m: memref<64xf32>, %i: index, %x: vector<4xf32>) -> (vector<4xf32>, vector<4xf32>) {
  %c4 = arith.constant 4 : index
  %j = arith.addi %i, %c4 : index
  %a = vector.load %m[%i] : memref<64xf32>, vector<4xf32>
  vector.store %x, %m[%j] : memref<64xf32>, vector<4xf32>
  %b = vector.load %m[%i] : memref<64xf32>, vector<4xf32>
  return %a, %b : vector<4xf32>, vector<4xf32>
}

// One lane in common.
// CHECK-LABEL: func.func @overlap
// CHECK-COUNT-2: vector.load
func.func @overlap(%m: memref<64xf32>, %i: index, %x: vector<4xf32>) -> (vector<4xf32>, vector<4xf32>) {
  %c3 = arith.constant 3 : index
  %j = arith.addi %i, %c3 : index
  %a = vector.load %m[%i] : memref<64xf32>, vector<4xf32>
  vector.store %x, %m[%j] : memref<64xf32>, vector<4xf32>
  %b = vector.load %m[%i] : memref<64xf32>, vector<4xf32>
  return %a, %b : vector<4xf32>, vector<4xf32>
}

// Other values may be equal.
// CHECK-LABEL: func.func @other_values
// CHECK-COUNT-2: memref.load
func.func @other_values(%m: memref<64xf32>, %i: index, %j: index, %x: f32) -> (f32, f32) {
  %a = memref.load %m[%i] : memref<64xf32>
  memref.store %x, %m[%j] : memref<64xf32>
  %b = memref.load %m[%i] : memref<64xf32>
  return %a, %b : f32, f32
}

// Two views of one buffer that do not overlap, and one that does.
// CHECK-LABEL: func.func @views
// CHECK-COUNT-3: memref.load
// CHECK-NOT: memref.load
// CHECK: return
func.func @views(%arena: memref<64xi8>, %i: index, %x: f32) -> (f32, f32, f32, f32) {
  %c0 = arith.constant 0 : index
  %c4 = arith.constant 4 : index
  %c8 = arith.constant 8 : index
  %m = memref.view %arena[%c0][] : memref<64xi8> to memref<2xf32>
  %n = memref.view %arena[%c8][] : memref<64xi8> to memref<2xf32>
  %o = memref.view %arena[%c4][] : memref<64xi8> to memref<2xf32>
  %a = memref.load %m[%c0] : memref<2xf32>
  %b = memref.load %n[%c0] : memref<2xf32>
  %c1 = arith.constant 1 : index
  memref.store %x, %o[%c1] : memref<2xf32>
  %c = memref.load %m[%c0] : memref<2xf32>
  %d = memref.load %n[%c0] : memref<2xf32>
  return %a, %b, %c, %d : f32, f32, f32, f32
}

// A part with an offset of its own: elements 8 to 11 and the fourth.
// CHECK-LABEL: func.func @subviews
// CHECK-COUNT-1: memref.load
// CHECK-NOT: memref.load
// CHECK: return
func.func @subviews(%m: memref<64xf32>, %x: f32) -> (f32, f32) {
  %c4 = arith.constant 4 : index
  %c0 = arith.constant 0 : index
  %part = memref.subview %m[8] [4] [1] : memref<64xf32> to memref<4xf32, strided<[1], offset: 8>>
  %a = memref.load %m[%c4] : memref<64xf32>
  memref.store %x, %part[%c0] : memref<4xf32, strided<[1], offset: 8>>
  %b = memref.load %m[%c4] : memref<64xf32>
  return %a, %b : f32, f32
}

// Two arguments may be one memory; an allocation is nobody else's.
// CHECK-LABEL: func.func @bases
// CHECK-COUNT-3: memref.load
// CHECK-NOT: memref.load
func.func @bases(%m: memref<4xf32>, %n: memref<4xf32>, %x: f32) -> (f32, f32, f32, f32) {
  %c0 = arith.constant 0 : index
  %own = memref.alloc() : memref<4xf32>
  %a = memref.load %m[%c0] : memref<4xf32>
  memref.store %x, %own[%c0] : memref<4xf32>
  %b = memref.load %m[%c0] : memref<4xf32>
  memref.store %x, %n[%c0] : memref<4xf32>
  %c = memref.load %m[%c0] : memref<4xf32>
  %d = memref.load %own[%c0] : memref<4xf32>
  return %a, %b, %c, %d : f32, f32, f32, f32
}
