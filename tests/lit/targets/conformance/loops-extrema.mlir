// The larger and the smaller of values and constants: NaN stays, -0 is less than +0 (which 1/x tells), in lanes and in scalars.
// RUN: %conform-exactly
memref.global "private" constant @table : memref<8xf32> = dense<[0x7FC00000, -0.0, 0.0, 0x7F800000, 0xFF800000, 1.0e-42, -1.0, 9.0]>

func.func private @extrema(%x: memref<1xf32>, %t: memref<8xf32>, %z: memref<8x8xf32>, %s: memref<8x8xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c4 = arith.constant 4 : index
  %c5 = arith.constant 5 : index
  %c6 = arith.constant 6 : index
  %c7 = arith.constant 7 : index
  %one = arith.constant 1.0 : f32
  %nan = arith.constant 77.0 : f32
  %ones = arith.constant dense<1.0> : vector<8xf32>
  %nans = arith.constant dense<77.0> : vector<8xf32>
  %n = memref.load %x[%c0] : memref<1xf32>
  %w = vector.load %t[%c0] : memref<8xf32>, vector<8xf32>
  %b = vector.broadcast %n : f32 to vector<8xf32>
  %v = arith.mulf %w, %b : vector<8xf32>
  %k0 = arith.constant 0.0 : f32
  %l0 = arith.constant dense<0.0> : vector<8xf32>
  %k1 = arith.constant -0.0 : f32
  %l1 = arith.constant dense<-0.0> : vector<8xf32>
  %k2 = arith.constant 6.0 : f32
  %l2 = arith.constant dense<6.0> : vector<8xf32>
  %k3 = arith.constant -6.0 : f32
  %l3 = arith.constant dense<-6.0> : vector<8xf32>
  %m0 = arith.maximumf %v, %l0 : vector<8xf32>
  %q0 = arith.divf %ones, %m0 : vector<8xf32>
  %u0 = arith.cmpf uno, %m0, %m0 : vector<8xf32>
  %r0 = arith.select %u0, %nans, %q0 : vector<8xi1>, vector<8xf32>
  vector.store %r0, %z[%c0, %c0] : memref<8x8xf32>, vector<8xf32>
  %m1 = arith.minimumf %v, %l0 : vector<8xf32>
  %q1 = arith.divf %ones, %m1 : vector<8xf32>
  %u1 = arith.cmpf uno, %m1, %m1 : vector<8xf32>
  %r1 = arith.select %u1, %nans, %q1 : vector<8xi1>, vector<8xf32>
  vector.store %r1, %z[%c1, %c0] : memref<8x8xf32>, vector<8xf32>
  %m2 = arith.maximumf %v, %l1 : vector<8xf32>
  %q2 = arith.divf %ones, %m2 : vector<8xf32>
  %u2 = arith.cmpf uno, %m2, %m2 : vector<8xf32>
  %r2 = arith.select %u2, %nans, %q2 : vector<8xi1>, vector<8xf32>
  vector.store %r2, %z[%c2, %c0] : memref<8x8xf32>, vector<8xf32>
  %m3 = arith.minimumf %v, %l1 : vector<8xf32>
  %q3 = arith.divf %ones, %m3 : vector<8xf32>
  %u3 = arith.cmpf uno, %m3, %m3 : vector<8xf32>
  %r3 = arith.select %u3, %nans, %q3 : vector<8xi1>, vector<8xf32>
  vector.store %r3, %z[%c3, %c0] : memref<8x8xf32>, vector<8xf32>
  %m4 = arith.maximumf %v, %l2 : vector<8xf32>
  %q4 = arith.divf %ones, %m4 : vector<8xf32>
  %u4 = arith.cmpf uno, %m4, %m4 : vector<8xf32>
  %r4 = arith.select %u4, %nans, %q4 : vector<8xi1>, vector<8xf32>
  vector.store %r4, %z[%c4, %c0] : memref<8x8xf32>, vector<8xf32>
  %m5 = arith.minimumf %v, %l2 : vector<8xf32>
  %q5 = arith.divf %ones, %m5 : vector<8xf32>
  %u5 = arith.cmpf uno, %m5, %m5 : vector<8xf32>
  %r5 = arith.select %u5, %nans, %q5 : vector<8xi1>, vector<8xf32>
  vector.store %r5, %z[%c5, %c0] : memref<8x8xf32>, vector<8xf32>
  %m6 = arith.maximumf %v, %l3 : vector<8xf32>
  %q6 = arith.divf %ones, %m6 : vector<8xf32>
  %u6 = arith.cmpf uno, %m6, %m6 : vector<8xf32>
  %r6 = arith.select %u6, %nans, %q6 : vector<8xi1>, vector<8xf32>
  vector.store %r6, %z[%c6, %c0] : memref<8x8xf32>, vector<8xf32>
  %m7 = arith.minimumf %v, %l3 : vector<8xf32>
  %q7 = arith.divf %ones, %m7 : vector<8xf32>
  %u7 = arith.cmpf uno, %m7, %m7 : vector<8xf32>
  %r7 = arith.select %u7, %nans, %q7 : vector<8xi1>, vector<8xf32>
  vector.store %r7, %z[%c7, %c0] : memref<8x8xf32>, vector<8xf32>
  %c8 = arith.constant 8 : index
  scf.for %i = %c0 to %c8 step %c1 {
    %e = memref.load %t[%i] : memref<8xf32>
    %f = arith.mulf %e, %n : f32
    %a0 = arith.maximumf %f, %k0 : f32
    %d0 = arith.divf %one, %a0 : f32
    %g0 = arith.cmpf uno, %a0, %a0 : f32
    %h0 = arith.select %g0, %nan, %d0 : f32
    memref.store %h0, %s[%c0, %i] : memref<8x8xf32>
    %a1 = arith.minimumf %f, %k0 : f32
    %d1 = arith.divf %one, %a1 : f32
    %g1 = arith.cmpf uno, %a1, %a1 : f32
    %h1 = arith.select %g1, %nan, %d1 : f32
    memref.store %h1, %s[%c1, %i] : memref<8x8xf32>
    %a2 = arith.maximumf %f, %k1 : f32
    %d2 = arith.divf %one, %a2 : f32
    %g2 = arith.cmpf uno, %a2, %a2 : f32
    %h2 = arith.select %g2, %nan, %d2 : f32
    memref.store %h2, %s[%c2, %i] : memref<8x8xf32>
    %a3 = arith.minimumf %f, %k1 : f32
    %d3 = arith.divf %one, %a3 : f32
    %g3 = arith.cmpf uno, %a3, %a3 : f32
    %h3 = arith.select %g3, %nan, %d3 : f32
    memref.store %h3, %s[%c3, %i] : memref<8x8xf32>
    %a4 = arith.maximumf %f, %k2 : f32
    %d4 = arith.divf %one, %a4 : f32
    %g4 = arith.cmpf uno, %a4, %a4 : f32
    %h4 = arith.select %g4, %nan, %d4 : f32
    memref.store %h4, %s[%c4, %i] : memref<8x8xf32>
    %a5 = arith.minimumf %f, %k2 : f32
    %d5 = arith.divf %one, %a5 : f32
    %g5 = arith.cmpf uno, %a5, %a5 : f32
    %h5 = arith.select %g5, %nan, %d5 : f32
    memref.store %h5, %s[%c5, %i] : memref<8x8xf32>
    %a6 = arith.maximumf %f, %k3 : f32
    %d6 = arith.divf %one, %a6 : f32
    %g6 = arith.cmpf uno, %a6, %a6 : f32
    %h6 = arith.select %g6, %nan, %d6 : f32
    memref.store %h6, %s[%c6, %i] : memref<8x8xf32>
    %a7 = arith.minimumf %f, %k3 : f32
    %d7 = arith.divf %one, %a7 : f32
    %g7 = arith.cmpf uno, %a7, %a7 : f32
    %h7 = arith.select %g7, %nan, %d7 : f32
    memref.store %h7, %s[%c7, %i] : memref<8x8xf32>
  }
  return
}

func.func @main(%x: memref<1xf32>, %z: memref<8x8xf32>, %s: memref<8x8xf32>) attributes {coco.inputs = ["x"], coco.outputs = ["z", "s"]} {
  %t = memref.get_global @table : memref<8xf32>
  call @extrema(%x, %t, %z, %s) : (memref<1xf32>, memref<8xf32>, memref<8x8xf32>, memref<8x8xf32>) -> ()
  return
}
