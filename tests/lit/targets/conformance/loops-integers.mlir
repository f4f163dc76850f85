// Integer arithmetic at the loop level, scalars and vectors, negative operands included.
// RUN: %conform-exactly
func.func private @scalars(%x: memref<64xi32>, %y: memref<64xi32>, %z: memref<16x64xi32>) {
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
  %c12 = arith.constant 12 : index
  %c13 = arith.constant 13 : index
  %c14 = arith.constant 14 : index
  %c15 = arith.constant 15 : index
  %c64 = arith.constant 64 : index
  %five = arith.constant 5 : i32
  %three = arith.constant 3 : i32
  %thirty = arith.constant 30 : i32
  scf.for %i = %c0 to %c64 step %c1 {
    %a0 = memref.load %x[%i] : memref<64xi32>
    %b0 = memref.load %y[%i] : memref<64xi32>
    %a = arith.subi %a0, %five : i32
    %b1 = arith.subi %b0, %three : i32
    %one = arith.constant 1 : i32
    %b = arith.ori %b1, %one : i32
    %s = arith.remui %b0, %thirty : i32
    %v0 = arith.divsi %a, %b : i32
    memref.store %v0, %z[%c0, %i] : memref<16x64xi32>
    %v1 = arith.remsi %a, %b : i32
    memref.store %v1, %z[%c1, %i] : memref<16x64xi32>
    %v2 = arith.floordivsi %a, %b : i32
    memref.store %v2, %z[%c2, %i] : memref<16x64xi32>
    %v3 = arith.ceildivsi %a, %b : i32
    memref.store %v3, %z[%c3, %i] : memref<16x64xi32>
    %v4 = arith.divui %a, %b : i32
    memref.store %v4, %z[%c4, %i] : memref<16x64xi32>
    %v5 = arith.ceildivui %a, %b : i32
    memref.store %v5, %z[%c5, %i] : memref<16x64xi32>
    %v6 = arith.shli %a, %s : i32
    memref.store %v6, %z[%c6, %i] : memref<16x64xi32>
    %v7 = arith.shrsi %a, %s : i32
    memref.store %v7, %z[%c7, %i] : memref<16x64xi32>
    %v8 = arith.shrui %a, %s : i32
    memref.store %v8, %z[%c8, %i] : memref<16x64xi32>
    %v9 = arith.maxsi %a, %b : i32
    memref.store %v9, %z[%c9, %i] : memref<16x64xi32>
    %v10 = arith.minui %a, %b : i32
    memref.store %v10, %z[%c10, %i] : memref<16x64xi32>
    %v11 = arith.xori %a, %b : i32
    %v12 = arith.andi %v11, %a : i32
    memref.store %v12, %z[%c11, %i] : memref<16x64xi32>
    %p = arith.cmpi ult, %a, %b : i32
    %q = arith.cmpi sge, %a, %b : i32
    %r = arith.xori %p, %q : i1
    %v13 = arith.extsi %r : i1 to i32
    memref.store %v13, %z[%c12, %i] : memref<16x64xi32>
    %t = arith.trunci %a : i32 to i8
    %u = arith.extui %t : i8 to i32
    memref.store %u, %z[%c13, %i] : memref<16x64xi32>
    %w = arith.index_cast %a : i32 to index
    %k = arith.muli %w, %w : index
    %v14 = arith.index_cast %k : index to i32
    memref.store %v14, %z[%c14, %i] : memref<16x64xi32>
    %v15 = math.absi %a : i32
    memref.store %v15, %z[%c15, %i] : memref<16x64xi32>
  }
  return
}

func.func private @vectors(%x: memref<64xi32>, %y: memref<64xi32>, %z: memref<4x64xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %bias = arith.constant dense<[0, -1, 2, -3, 4, -5, 6, -7]> : vector<8xi32>
  scf.for %i = %c0 to %c64 step %c8 {
    %a0 = vector.load %x[%i] : memref<64xi32>, vector<8xi32>
    %b = vector.load %y[%i] : memref<64xi32>, vector<8xi32>
    %a = arith.muli %a0, %bias : vector<8xi32>
    %p = arith.cmpi sgt, %a, %b : vector<8xi32>
    %s = arith.select %p, %a, %b : vector<8xi1>, vector<8xi32>
    vector.store %s, %z[%c0, %i] : memref<4x64xi32>, vector<8xi32>
    %m = arith.minsi %a, %b : vector<8xi32>
    vector.store %m, %z[%c1, %i] : memref<4x64xi32>, vector<8xi32>
    %f = arith.sitofp %a : vector<8xi32> to vector<8xf32>
    %h = arith.constant dense<0.75> : vector<8xf32>
    %g = arith.mulf %f, %h : vector<8xf32>
    %n = arith.fptosi %g : vector<8xf32> to vector<8xi32>
    vector.store %n, %z[%c2, %i] : memref<4x64xi32>, vector<8xi32>
    %one = arith.constant dense<1> : vector<8xi32>
    %o = arith.ori %bias, %one : vector<8xi32>
    %d = arith.floordivsi %b, %o : vector<8xi32>
    vector.store %d, %z[%c3, %i] : memref<4x64xi32>, vector<8xi32>
  }
  return
}

func.func @main(%x: memref<64xi32>, %y: memref<64xi32>, %z: memref<16x64xi32>, %v: memref<4x64xi32>) attributes {coco.inputs = ["x", "y"], coco.outputs = ["z", "v"]} {
  call @scalars(%x, %y, %z) : (memref<64xi32>, memref<64xi32>, memref<16x64xi32>) -> ()
  call @vectors(%x, %y, %v) : (memref<64xi32>, memref<64xi32>, memref<4x64xi32>) -> ()
  return
}
