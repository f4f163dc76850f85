// Lanes at the loop level: masks, shuffles, slices, reductions, strided views, loops that carry vectors.
// RUN: %conform-exactly
memref.global "private" constant @table : memref<8xf32> = dense<[1.0, -2.0, 0.5, -0.25, 3.0, -0.0, 0.0, 7.0]>

func.func private @lanes(%x: memref<5x16xf32>, %t: memref<8xf32>, %z: memref<12x8xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c4 = arith.constant 4 : index
  %c5 = arith.constant 5 : index
  %c6 = arith.constant 6 : index
  %c7 = arith.constant 7 : index
  %c8 = arith.constant 8 : index
  %c9 = arith.constant 9 : index
  %c10 = arith.constant 10 : index
  %c11 = arith.constant 11 : index
  %zero = arith.constant dense<0.0> : vector<8xf32>
  %w = vector.load %t[%c0] : memref<8xf32>, vector<8xf32>
  %a = vector.load %x[%c0, %c3] : memref<5x16xf32>, vector<8xf32>
  %sum:2 = scf.for %i = %c0 to %c5 step %c1 iter_args(%s = %zero, %m = %a) -> (vector<8xf32>, vector<8xf32>) {
    %b = vector.load %x[%i, %c1] : memref<5x16xf32>, vector<8xf32>
    %f = vector.fma %b, %w, %s : vector<8xf32>
    %n = arith.maximumf %m, %b : vector<8xf32>
    scf.yield %f, %n : vector<8xf32>, vector<8xf32>
  }
  vector.store %sum#0, %z[%c0, %c0] : memref<12x8xf32>, vector<8xf32>
  vector.store %sum#1, %z[%c1, %c0] : memref<12x8xf32>, vector<8xf32>
  %k = vector.create_mask %c5 : vector<8xi1>
  %p = vector.maskedload %x[%c1, %c2], %k, %w : memref<5x16xf32>, vector<8xi1>, vector<8xf32> into vector<8xf32>
  vector.store %p, %z[%c2, %c0] : memref<12x8xf32>, vector<8xf32>
  vector.store %zero, %z[%c3, %c0] : memref<12x8xf32>, vector<8xf32>
  vector.maskedstore %z[%c3, %c0], %k, %a : memref<12x8xf32>, vector<8xi1>, vector<8xf32>
  %q = vector.shuffle %a, %w [0, 8, 1, 9, 15, 7, 3, 3] : vector<8xf32>, vector<8xf32>
  vector.store %q, %z[%c4, %c0] : memref<12x8xf32>, vector<8xf32>
  %h = vector.extract_strided_slice %a {offsets = [2], sizes = [4], strides = [1]} : vector<8xf32> to vector<4xf32>
  %u = vector.shuffle %h, %w [0, 4, 11, 3, 2, 1, 5, 6] : vector<4xf32>, vector<8xf32>
  vector.store %u, %z[%c5, %c0] : memref<12x8xf32>, vector<8xf32>
  %v = vector.insert_strided_slice %h, %w {offsets = [3], strides = [1]} : vector<4xf32> into vector<8xf32>
  vector.store %v, %z[%c6, %c0] : memref<12x8xf32>, vector<8xf32>
  %r0 = vector.reduction <add>, %a : vector<8xf32> into f32
  %r1 = vector.reduction <add>, %a, %r0 : vector<8xf32> into f32
  %r2 = vector.reduction <mul>, %w, %r1 : vector<8xf32> into f32
  %r3 = vector.reduction <maximumf>, %a : vector<8xf32> into f32
  %r4 = vector.reduction <minimumf>, %w, %r3 : vector<8xf32> into f32
  memref.store %r0, %z[%c7, %c0] : memref<12x8xf32>
  memref.store %r1, %z[%c7, %c1] : memref<12x8xf32>
  memref.store %r2, %z[%c7, %c2] : memref<12x8xf32>
  memref.store %r3, %z[%c7, %c3] : memref<12x8xf32>
  memref.store %r4, %z[%c7, %c4] : memref<12x8xf32>
  %e = vector.extract %a[5] : f32 from vector<8xf32>
  %g = vector.insert %e, %w [0] : f32 into vector<8xf32>
  %o = vector.broadcast %e : f32 to vector<8xf32>
  %d = arith.divf %g, %o : vector<8xf32>
  vector.store %d, %z[%c8, %c0] : memref<12x8xf32>, vector<8xf32>
  %j = vector.bitcast %a : vector<8xf32> to vector<8xi32>
  %one = arith.constant dense<1> : vector<8xi32>
  %l = arith.addi %j, %one : vector<8xi32>
  %y = vector.bitcast %l : vector<8xi32> to vector<8xf32>
  vector.store %y, %z[%c9, %c0] : memref<12x8xf32>, vector<8xf32>
  %view = memref.subview %x[1, 2] [2, 4] [2, 3] : memref<5x16xf32> to memref<2x4xf32, strided<[32, 3], offset: 18>>
  scf.for %i = %c0 to %c4 step %c1 {
    %n = memref.load %view[%c1, %i] : memref<2x4xf32, strided<[32, 3], offset: 18>>
    memref.store %n, %z[%c10, %i] : memref<12x8xf32>
    %b = arith.cmpf olt, %n, %e : f32
    %f = scf.if %b -> (f32) {
      %tt = arith.negf %n : f32
      scf.yield %tt : f32
    } else {
      %tt = arith.minnumf %n, %r0 : f32
      scf.yield %tt : f32
    }
    memref.store %f, %z[%c11, %i] : memref<12x8xf32>
  }
  %half = arith.constant 0.5 : f32
  %end = scf.while (%i = %c4) : (index) -> index {
    %n = memref.load %x[%c0, %i] : memref<5x16xf32>
    %less = arith.cmpi slt, %i, %c7 : index
    scf.condition(%less) %i : index
  } do {
  ^bb0(%i: index):
    %next = arith.addi %i, %c1 : index
    memref.store %half, %z[%c11, %i] : memref<12x8xf32>
    scf.yield %next : index
  }
  memref.store %half, %z[%c11, %end] : memref<12x8xf32>
  memref.store %half, %z[%c7, %c5] : memref<12x8xf32>
  memref.store %half, %z[%c7, %c6] : memref<12x8xf32>
  memref.store %half, %z[%c7, %c7] : memref<12x8xf32>
  scf.for %i = %c4 to %c8 step %c1 {
    memref.store %half, %z[%c10, %i] : memref<12x8xf32>
  }
  return
}

func.func private @pieces(%x: memref<5x16xf32>, %t: memref<8xf32>, %z: memref<5x3x4xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %c5 = arith.constant 5 : index
  %c4 = arith.constant 4 : index
  %c12 = arith.constant 12 : index
  %scale = memref.load %t[%c4] : memref<8xf32>
  scf.parallel (%i, %j) = (%c0, %c0) to (%c5, %c12) step (%c1, %c4) {
    %own = memref.alloca() : memref<4xf32>
    %v = vector.load %x[%i, %j] : memref<5x16xf32>, vector<4xf32>
    %s = vector.splat %scale : vector<4xf32>
    %p = arith.mulf %v, %s : vector<4xf32>
    vector.store %p, %own[%c0] : memref<4xf32>, vector<4xf32>
    %k = arith.divui %j, %c4 : index
    scf.for %n = %c0 to %c4 step %c1 {
      %o = memref.load %own[%n] : memref<4xf32>
      memref.store %o, %z[%i, %k, %n] : memref<5x3x4xf32>
    }
  }
  return
}

func.func @main(%x: memref<5x16xf32>, %z: memref<12x8xf32>, %y: memref<5x3x4xf32>) attributes {coco.inputs = ["x"], coco.outputs = ["z", "y"]} {
  %t = memref.get_global @table : memref<8xf32>
  call @lanes(%x, %t, %z) : (memref<5x16xf32>, memref<8xf32>, memref<12x8xf32>) -> ()
  call @pieces(%x, %t, %y) : (memref<5x16xf32>, memref<8xf32>, memref<5x3x4xf32>) -> ()
  return
}
