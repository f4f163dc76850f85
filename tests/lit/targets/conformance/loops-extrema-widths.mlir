// loops-extrema.mlir in vectors of the other widths that processors have, and in f64.
// RUN: %conform-exactly
memref.global "private" constant @singles : memref<16xf32> = dense<[-0.0, 0.0, 0x7F800000, 0xFF800000, 1.0e-42, -1.0e-42, -1.0, 9.0, 0x7FC00000, 6.0, -6.0, 0xFFC00000, 0.0, -0.0, 2.5, -2.5]>
memref.global "private" constant @doubles : memref<16xf64> = dense<[-0.0, 0.0, 0x7FF0000000000000, 0xFFF0000000000000, 1.0e-310, -1.0e-310, -1.0, 9.0, 0x7FF8000000000000, 6.0, -6.0, 0xFFF8000000000000, 0.0, -0.0, 2.5, -2.5]>

func.func private @four_singles(%x: memref<1xf32>, %t: memref<16xf32>, %z: memref<4x16xf32>) {
  %c0 = arith.constant 0 : index
  %c16 = arith.constant 16 : index
  %step = arith.constant 4 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %ones = arith.constant dense<1.0> : vector<4xf32>
  %nans = arith.constant dense<77.0> : vector<4xf32>
  %k0 = arith.constant dense<0.0> : vector<4xf32>
  %k1 = arith.constant dense<0.0> : vector<4xf32>
  %k2 = arith.constant dense<-0.0> : vector<4xf32>
  %k3 = arith.constant dense<6.0> : vector<4xf32>
  %n = memref.load %x[%c0] : memref<1xf32>
  %b = vector.broadcast %n : f32 to vector<4xf32>
  scf.for %i = %c0 to %c16 step %step {
    %w = vector.load %t[%i] : memref<16xf32>, vector<4xf32>
    %v = arith.mulf %w, %b : vector<4xf32>
    %m0 = arith.maximumf %v, %k0 : vector<4xf32>
    %q0 = arith.divf %ones, %m0 : vector<4xf32>
    %u0 = arith.cmpf uno, %m0, %m0 : vector<4xf32>
    %r0 = arith.select %u0, %nans, %q0 : vector<4xi1>, vector<4xf32>
    vector.store %r0, %z[%c0, %i] : memref<4x16xf32>, vector<4xf32>
    %m1 = arith.minimumf %v, %k1 : vector<4xf32>
    %q1 = arith.divf %ones, %m1 : vector<4xf32>
    %u1 = arith.cmpf uno, %m1, %m1 : vector<4xf32>
    %r1 = arith.select %u1, %nans, %q1 : vector<4xi1>, vector<4xf32>
    vector.store %r1, %z[%c1, %i] : memref<4x16xf32>, vector<4xf32>
    %m2 = arith.maximumf %v, %k2 : vector<4xf32>
    %q2 = arith.divf %ones, %m2 : vector<4xf32>
    %u2 = arith.cmpf uno, %m2, %m2 : vector<4xf32>
    %r2 = arith.select %u2, %nans, %q2 : vector<4xi1>, vector<4xf32>
    vector.store %r2, %z[%c2, %i] : memref<4x16xf32>, vector<4xf32>
    %m3 = arith.minimumf %v, %k3 : vector<4xf32>
    %q3 = arith.divf %ones, %m3 : vector<4xf32>
    %u3 = arith.cmpf uno, %m3, %m3 : vector<4xf32>
    %r3 = arith.select %u3, %nans, %q3 : vector<4xi1>, vector<4xf32>
    vector.store %r3, %z[%c3, %i] : memref<4x16xf32>, vector<4xf32>
  }
  return
}

func.func private @sixteen_singles(%x: memref<1xf32>, %t: memref<16xf32>, %z: memref<4x16xf32>) {
  %c0 = arith.constant 0 : index
  %c16 = arith.constant 16 : index
  %step = arith.constant 16 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %ones = arith.constant dense<1.0> : vector<16xf32>
  %nans = arith.constant dense<77.0> : vector<16xf32>
  %k0 = arith.constant dense<0.0> : vector<16xf32>
  %k1 = arith.constant dense<0.0> : vector<16xf32>
  %k2 = arith.constant dense<-0.0> : vector<16xf32>
  %k3 = arith.constant dense<6.0> : vector<16xf32>
  %n = memref.load %x[%c0] : memref<1xf32>
  %b = vector.broadcast %n : f32 to vector<16xf32>
  scf.for %i = %c0 to %c16 step %step {
    %w = vector.load %t[%i] : memref<16xf32>, vector<16xf32>
    %v = arith.mulf %w, %b : vector<16xf32>
    %m0 = arith.maximumf %v, %k0 : vector<16xf32>
    %q0 = arith.divf %ones, %m0 : vector<16xf32>
    %u0 = arith.cmpf uno, %m0, %m0 : vector<16xf32>
    %r0 = arith.select %u0, %nans, %q0 : vector<16xi1>, vector<16xf32>
    vector.store %r0, %z[%c0, %i] : memref<4x16xf32>, vector<16xf32>
    %m1 = arith.minimumf %v, %k1 : vector<16xf32>
    %q1 = arith.divf %ones, %m1 : vector<16xf32>
    %u1 = arith.cmpf uno, %m1, %m1 : vector<16xf32>
    %r1 = arith.select %u1, %nans, %q1 : vector<16xi1>, vector<16xf32>
    vector.store %r1, %z[%c1, %i] : memref<4x16xf32>, vector<16xf32>
    %m2 = arith.maximumf %v, %k2 : vector<16xf32>
    %q2 = arith.divf %ones, %m2 : vector<16xf32>
    %u2 = arith.cmpf uno, %m2, %m2 : vector<16xf32>
    %r2 = arith.select %u2, %nans, %q2 : vector<16xi1>, vector<16xf32>
    vector.store %r2, %z[%c2, %i] : memref<4x16xf32>, vector<16xf32>
    %m3 = arith.minimumf %v, %k3 : vector<16xf32>
    %q3 = arith.divf %ones, %m3 : vector<16xf32>
    %u3 = arith.cmpf uno, %m3, %m3 : vector<16xf32>
    %r3 = arith.select %u3, %nans, %q3 : vector<16xi1>, vector<16xf32>
    vector.store %r3, %z[%c3, %i] : memref<4x16xf32>, vector<16xf32>
  }
  return
}

func.func private @two_doubles(%x: memref<1xf64>, %t: memref<16xf64>, %z: memref<4x16xf64>) {
  %c0 = arith.constant 0 : index
  %c16 = arith.constant 16 : index
  %step = arith.constant 2 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %ones = arith.constant dense<1.0> : vector<2xf64>
  %nans = arith.constant dense<77.0> : vector<2xf64>
  %k0 = arith.constant dense<0.0> : vector<2xf64>
  %k1 = arith.constant dense<0.0> : vector<2xf64>
  %k2 = arith.constant dense<-0.0> : vector<2xf64>
  %k3 = arith.constant dense<6.0> : vector<2xf64>
  %n = memref.load %x[%c0] : memref<1xf64>
  %b = vector.broadcast %n : f64 to vector<2xf64>
  scf.for %i = %c0 to %c16 step %step {
    %w = vector.load %t[%i] : memref<16xf64>, vector<2xf64>
    %v = arith.mulf %w, %b : vector<2xf64>
    %m0 = arith.maximumf %v, %k0 : vector<2xf64>
    %q0 = arith.divf %ones, %m0 : vector<2xf64>
    %u0 = arith.cmpf uno, %m0, %m0 : vector<2xf64>
    %r0 = arith.select %u0, %nans, %q0 : vector<2xi1>, vector<2xf64>
    vector.store %r0, %z[%c0, %i] : memref<4x16xf64>, vector<2xf64>
    %m1 = arith.minimumf %v, %k1 : vector<2xf64>
    %q1 = arith.divf %ones, %m1 : vector<2xf64>
    %u1 = arith.cmpf uno, %m1, %m1 : vector<2xf64>
    %r1 = arith.select %u1, %nans, %q1 : vector<2xi1>, vector<2xf64>
    vector.store %r1, %z[%c1, %i] : memref<4x16xf64>, vector<2xf64>
    %m2 = arith.maximumf %v, %k2 : vector<2xf64>
    %q2 = arith.divf %ones, %m2 : vector<2xf64>
    %u2 = arith.cmpf uno, %m2, %m2 : vector<2xf64>
    %r2 = arith.select %u2, %nans, %q2 : vector<2xi1>, vector<2xf64>
    vector.store %r2, %z[%c2, %i] : memref<4x16xf64>, vector<2xf64>
    %m3 = arith.minimumf %v, %k3 : vector<2xf64>
    %q3 = arith.divf %ones, %m3 : vector<2xf64>
    %u3 = arith.cmpf uno, %m3, %m3 : vector<2xf64>
    %r3 = arith.select %u3, %nans, %q3 : vector<2xi1>, vector<2xf64>
    vector.store %r3, %z[%c3, %i] : memref<4x16xf64>, vector<2xf64>
  }
  return
}

func.func private @four_doubles(%x: memref<1xf64>, %t: memref<16xf64>, %z: memref<4x16xf64>) {
  %c0 = arith.constant 0 : index
  %c16 = arith.constant 16 : index
  %step = arith.constant 4 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %ones = arith.constant dense<1.0> : vector<4xf64>
  %nans = arith.constant dense<77.0> : vector<4xf64>
  %k0 = arith.constant dense<0.0> : vector<4xf64>
  %k1 = arith.constant dense<0.0> : vector<4xf64>
  %k2 = arith.constant dense<-0.0> : vector<4xf64>
  %k3 = arith.constant dense<6.0> : vector<4xf64>
  %n = memref.load %x[%c0] : memref<1xf64>
  %b = vector.broadcast %n : f64 to vector<4xf64>
  scf.for %i = %c0 to %c16 step %step {
    %w = vector.load %t[%i] : memref<16xf64>, vector<4xf64>
    %v = arith.mulf %w, %b : vector<4xf64>
    %m0 = arith.maximumf %v, %k0 : vector<4xf64>
    %q0 = arith.divf %ones, %m0 : vector<4xf64>
    %u0 = arith.cmpf uno, %m0, %m0 : vector<4xf64>
    %r0 = arith.select %u0, %nans, %q0 : vector<4xi1>, vector<4xf64>
    vector.store %r0, %z[%c0, %i] : memref<4x16xf64>, vector<4xf64>
    %m1 = arith.minimumf %v, %k1 : vector<4xf64>
    %q1 = arith.divf %ones, %m1 : vector<4xf64>
    %u1 = arith.cmpf uno, %m1, %m1 : vector<4xf64>
    %r1 = arith.select %u1, %nans, %q1 : vector<4xi1>, vector<4xf64>
    vector.store %r1, %z[%c1, %i] : memref<4x16xf64>, vector<4xf64>
    %m2 = arith.maximumf %v, %k2 : vector<4xf64>
    %q2 = arith.divf %ones, %m2 : vector<4xf64>
    %u2 = arith.cmpf uno, %m2, %m2 : vector<4xf64>
    %r2 = arith.select %u2, %nans, %q2 : vector<4xi1>, vector<4xf64>
    vector.store %r2, %z[%c2, %i] : memref<4x16xf64>, vector<4xf64>
    %m3 = arith.minimumf %v, %k3 : vector<4xf64>
    %q3 = arith.divf %ones, %m3 : vector<4xf64>
    %u3 = arith.cmpf uno, %m3, %m3 : vector<4xf64>
    %r3 = arith.select %u3, %nans, %q3 : vector<4xi1>, vector<4xf64>
    vector.store %r3, %z[%c3, %i] : memref<4x16xf64>, vector<4xf64>
  }
  return
}

func.func private @eight_doubles(%x: memref<1xf64>, %t: memref<16xf64>, %z: memref<4x16xf64>) {
  %c0 = arith.constant 0 : index
  %c16 = arith.constant 16 : index
  %step = arith.constant 8 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %ones = arith.constant dense<1.0> : vector<8xf64>
  %nans = arith.constant dense<77.0> : vector<8xf64>
  %k0 = arith.constant dense<0.0> : vector<8xf64>
  %k1 = arith.constant dense<0.0> : vector<8xf64>
  %k2 = arith.constant dense<-0.0> : vector<8xf64>
  %k3 = arith.constant dense<6.0> : vector<8xf64>
  %n = memref.load %x[%c0] : memref<1xf64>
  %b = vector.broadcast %n : f64 to vector<8xf64>
  scf.for %i = %c0 to %c16 step %step {
    %w = vector.load %t[%i] : memref<16xf64>, vector<8xf64>
    %v = arith.mulf %w, %b : vector<8xf64>
    %m0 = arith.maximumf %v, %k0 : vector<8xf64>
    %q0 = arith.divf %ones, %m0 : vector<8xf64>
    %u0 = arith.cmpf uno, %m0, %m0 : vector<8xf64>
    %r0 = arith.select %u0, %nans, %q0 : vector<8xi1>, vector<8xf64>
    vector.store %r0, %z[%c0, %i] : memref<4x16xf64>, vector<8xf64>
    %m1 = arith.minimumf %v, %k1 : vector<8xf64>
    %q1 = arith.divf %ones, %m1 : vector<8xf64>
    %u1 = arith.cmpf uno, %m1, %m1 : vector<8xf64>
    %r1 = arith.select %u1, %nans, %q1 : vector<8xi1>, vector<8xf64>
    vector.store %r1, %z[%c1, %i] : memref<4x16xf64>, vector<8xf64>
    %m2 = arith.maximumf %v, %k2 : vector<8xf64>
    %q2 = arith.divf %ones, %m2 : vector<8xf64>
    %u2 = arith.cmpf uno, %m2, %m2 : vector<8xf64>
    %r2 = arith.select %u2, %nans, %q2 : vector<8xi1>, vector<8xf64>
    vector.store %r2, %z[%c2, %i] : memref<4x16xf64>, vector<8xf64>
    %m3 = arith.minimumf %v, %k3 : vector<8xf64>
    %q3 = arith.divf %ones, %m3 : vector<8xf64>
    %u3 = arith.cmpf uno, %m3, %m3 : vector<8xf64>
    %r3 = arith.select %u3, %nans, %q3 : vector<8xi1>, vector<8xf64>
    vector.store %r3, %z[%c3, %i] : memref<4x16xf64>, vector<8xf64>
  }
  return
}

func.func private @doubles_alone(%x: memref<1xf64>, %t: memref<16xf64>, %z: memref<4x16xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c16 = arith.constant 16 : index
  %one = arith.constant 1.0 : f64
  %nan = arith.constant 77.0 : f64
  %k0 = arith.constant 0.0 : f64
  %k1 = arith.constant 0.0 : f64
  %k2 = arith.constant -0.0 : f64
  %k3 = arith.constant 6.0 : f64
  %n = memref.load %x[%c0] : memref<1xf64>
  scf.for %i = %c0 to %c16 step %c1 {
    %w = memref.load %t[%i] : memref<16xf64>
    %v = arith.mulf %w, %n : f64
    %m0 = arith.maximumf %v, %k0 : f64
    %q0 = arith.divf %one, %m0 : f64
    %u0 = arith.cmpf uno, %m0, %m0 : f64
    %r0 = arith.select %u0, %nan, %q0 : f64
    memref.store %r0, %z[%c0, %i] : memref<4x16xf64>
    %m1 = arith.minimumf %v, %k1 : f64
    %q1 = arith.divf %one, %m1 : f64
    %u1 = arith.cmpf uno, %m1, %m1 : f64
    %r1 = arith.select %u1, %nan, %q1 : f64
    memref.store %r1, %z[%c1, %i] : memref<4x16xf64>
    %m2 = arith.maximumf %v, %k2 : f64
    %q2 = arith.divf %one, %m2 : f64
    %u2 = arith.cmpf uno, %m2, %m2 : f64
    %r2 = arith.select %u2, %nan, %q2 : f64
    memref.store %r2, %z[%c2, %i] : memref<4x16xf64>
    %m3 = arith.minimumf %v, %k3 : f64
    %q3 = arith.divf %one, %m3 : f64
    %u3 = arith.cmpf uno, %m3, %m3 : f64
    %r3 = arith.select %u3, %nan, %q3 : f64
    memref.store %r3, %z[%c3, %i] : memref<4x16xf64>
  }
  return
}

func.func @main(%x: memref<1xf32>, %y: memref<1xf64>, %z0: memref<4x16xf32>, %z1: memref<4x16xf32>, %z2: memref<4x16xf64>, %z3: memref<4x16xf64>, %z4: memref<4x16xf64>, %z5: memref<4x16xf64>)
    attributes {coco.inputs = ["x", "y"], coco.outputs = ["z0", "z1", "z2", "z3", "z4", "z5"]} {
  %s = memref.get_global @singles : memref<16xf32>
  %d = memref.get_global @doubles : memref<16xf64>
  call @four_singles(%x, %s, %z0) : (memref<1xf32>, memref<16xf32>, memref<4x16xf32>) -> ()
  call @sixteen_singles(%x, %s, %z1) : (memref<1xf32>, memref<16xf32>, memref<4x16xf32>) -> ()
  call @two_doubles(%y, %d, %z2) : (memref<1xf64>, memref<16xf64>, memref<4x16xf64>) -> ()
  call @four_doubles(%y, %d, %z3) : (memref<1xf64>, memref<16xf64>, memref<4x16xf64>) -> ()
  call @eight_doubles(%y, %d, %z4) : (memref<1xf64>, memref<16xf64>, memref<4x16xf64>) -> ()
  call @doubles_alone(%y, %d, %z5) : (memref<1xf64>, memref<16xf64>, memref<4x16xf64>) -> ()
  return
}
