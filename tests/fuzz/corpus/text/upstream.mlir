func.func @f(%arg0: memref<4x4xf32>, %n: index) -> f32 {
  %cst = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %t = arith.constant dense<1.0> : tensor<4xf32>
  %b = arith.constant true
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%acc = %cst) -> (f32) {
    %v = memref.load %arg0[%i, %c0] : memref<4x4xf32>
    %s = arith.addf %acc, %v : f32
    %e = math.exp %s : f32
    %cmp = arith.cmpf olt, %e, %s : f32
    %sel = arith.select %cmp, %e, %s : f32
    %q = scf.if %cmp -> (f32) {
      scf.yield %sel : f32
    } else {
      scf.yield %cst : f32
    }
    scf.if %cmp {
      memref.store %q, %arg0[%i, %i] : memref<4x4xf32>
    }
    scf.yield %q : f32
  }
  %alloc = memref.alloc() : memref<4xf32>
  %z = vector.broadcast %r : f32 to vector<4xf32>
  vector.store %z, %alloc[%c0] : memref<4xf32>, vector<4xf32>
  memref.dealloc %alloc : memref<4xf32>
  cf.br ^bb1(%r : f32)
^bb1(%x: f32):
  return %x : f32
}
