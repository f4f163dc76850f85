// Values that come later in the text, in blocks that come earlier in control flow or in a module: their types are spelled, or implied
// by the row and what is spelled.
// RUN: coco-opt %s --verify-roundtrip | FileCheck %s

// CHECK-LABEL: func.func @late
// CHECK: memref.store %[[V:.*]], %arg0[%{{.*}}] : memref<2xf32>
// CHECK: vector.splat %[[V]] : vector<4xf32>
// CHECK: vector.insertelement %[[V]]
// CHECK: %[[V]] = arith.addf
func.func @late(%m: memref<2xf32>, %x: tensor<2x4xf32>, %s: f32, %c: i1) -> (vector<4xf32>, tensor<2x4xf32>) {
  cf.br ^first
^last:
  memref.store %value, %m[%index] : memref<2xf32>
  %0 = vector.splat %value : vector<4xf32>
  %1 = vector.insertelement %value, %0[%position : i32] : vector<4xf32>
  %2 = graph.softmax %t {axis = 1 : i64} : tensor<2x4xf32>
  return %1, %2 : vector<4xf32>, tensor<2x4xf32>
^first:
  %value = arith.addf %s, %s : f32
  %index = arith.constant 1 : index
  %position = arith.constant 1 : i32
  %t = graph.relu %x : tensor<2x4xf32>
  cf.br ^last
}

// CHECK-LABEL: func.func @others
func.func @others(%m: memref<8x8xf32>, %b: memref<64xi8>) {
  cf.br ^first
^last:
  %s = memref.subview %m[%i, 0] [%i, 4] [1, 1] : memref<8x8xf32> to memref<?x4xf32, strided<[8, 1], offset: ?>>
  %v = memref.view %b[%i][%i] : memref<64xi8> to memref<?xf32>
  %l = vector.load %m[%i, %i] : memref<8x8xf32>, vector<4xf32>
  vector.store %l, %m[%i, %i] : memref<8x8xf32>, vector<4xf32>
  %ml = vector.maskedload %m[%i, %i], %mask, %pass : memref<8x8xf32>, vector<4xi1>, vector<4xf32> into vector<4xf32>
  %x = vector.extract %pass[1] : f32 from vector<4xf32>
  %y = vector.insert %f, %pass [1] : f32 into vector<4xf32>
  %z = vector.fma %pass, %pass, %pass : vector<4xf32>
  %mm = vector.create_mask %i : vector<4xi1>
  %d = memref.dim %m, %i : memref<8x8xf32>
  %a = memref.alloc(%i) : memref<?xf32>
  %sel = arith.select %bit, %f, %f : f32
  %cmp = arith.cmpf olt, %f, %f : f32
  %ext = arith.extf %f : f32 to f64
  scf.for %k = %i to %i step %i {
  }
  %r = scf.for %k = %i to %i step %i iter_args(%acc = %f) -> (f32) {
    scf.yield %acc : f32
  }
  scf.if %bit {
  }
  scf.parallel (%p) = (%i) to (%i) step (%i) {
  }
  cf.cond_br %bit, ^done, ^done
^done:
  return
^first:
  %i = arith.constant 1 : index
  %f = arith.constant 1.0 : f32
  %bit = arith.constant true
  %mask = arith.constant dense<true> : vector<4xi1>
  %pass = arith.constant dense<1.0> : vector<4xf32>
  cf.br ^last
}

// CHECK: memref.store %[[C:.*]], %[[A:.*]][%[[I:.*]], %[[I]]] : memref<2x3xf32>
// CHECK-NEXT: %[[C]] = arith.constant
memref.store %cst, %0[%c, %c] : memref<2x3xf32>
%cst = arith.constant 1.0 : f32
%c = arith.constant 1 : index
%0 = memref.alloc() : memref<2x3xf32>
