// The interpreter is the meaning of the operations. Canonicalizing first must not change a bit of it.
// RUN: coco-opt %s --interpret=all | FileCheck %s
// RUN: coco-opt %s --canonicalize --interpret=all | FileCheck %s

// CHECK: @wrap = -128 : i8, -2147483648 : i32, 0 : i32
func.func @wrap() -> (i8, i32, i32) {
  %a = arith.constant 127 : i8
  %b = arith.constant 1 : i8
  %0 = arith.addi %a, %b : i8
  %c = arith.constant -2147483648 : i32
  %d = arith.constant -1 : i32
  %1 = arith.muli %c, %d : i32
  %e = arith.constant 32 : i32
  %2 = arith.shli %d, %e : i32
  return %0, %1, %2 : i8, i32, i32
}

// CHECK: @division = -3 : i32, -4 : i32, -3 : i32, -1 : i32, 1 : i32, 2147483644 : i32
func.func @division() -> (i32, i32, i32, i32, i32, i32) {
  %a = arith.constant -7 : i32
  %b = arith.constant 2 : i32
  %0 = arith.divsi %a, %b : i32
  %1 = arith.floordivsi %a, %b : i32
  %2 = arith.ceildivsi %a, %b : i32
  %3 = arith.remsi %a, %b : i32
  %4 = arith.remui %a, %b : i32
  %5 = arith.divui %a, %b : i32
  return %0, %1, %2, %3, %4, %5 : i32, i32, i32, i32, i32, i32
}

// CHECK: @signs = true, false, -1 : i16, 255 : i16, -1 : i8, 127 : i8
func.func @signs() -> (i1, i1, i16, i16, i8, i8) {
  %a = arith.constant -1 : i8
  %b = arith.constant 1 : i8
  %0 = arith.cmpi slt, %a, %b : i8
  %1 = arith.cmpi ult, %a, %b : i8
  %2 = arith.extsi %a : i8 to i16
  %3 = arith.extui %a : i8 to i16
  %4 = arith.shrsi %a, %b : i8
  %5 = arith.shrui %a, %b : i8
  return %0, %1, %2, %3, %4, %5 : i1, i1, i16, i16, i8, i8
}

// CHECK: @one_bit = true, -1 : i32, 1 : i32, true
func.func @one_bit() -> (i1, i32, i32, i1) {
  %t = arith.constant true
  %f = arith.constant false
  %0 = arith.cmpi slt, %t, %f : i1
  %1 = arith.extsi %t : i1 to i32
  %2 = arith.extui %t : i1 to i32
  %3 = arith.addi %t, %f : i1
  return %0, %1, %2, %3 : i1, i32, i32, i1
}

// 0.1 + 0.2 in two formats; 1/3 rounded to f16; 2^24 + 1 is not an f32.
// CHECK: @rounding = 3.000000e-01 : f32, 0.30000000000000004 : f64, 3.332520e-01 : f16, 0x4B800000 : f32
func.func @rounding() -> (f32, f64, f16, f32) {
  %a = arith.constant 0.1 : f32
  %b = arith.constant 0.2 : f32
  %0 = arith.addf %a, %b : f32
  %c = arith.constant 0.1 : f64
  %d = arith.constant 0.2 : f64
  %1 = arith.addf %c, %d : f64
  %e = arith.constant 1.0 : f16
  %f = arith.constant 3.0 : f16
  %2 = arith.divf %e, %f : f16
  %g = arith.constant 16777217 : i32
  %3 = arith.sitofp %g : i32 to f32
  return %0, %1, %2, %3 : f32, f64, f16, f32
}

// CHECK: @nan = true, true, true, 1.000000e+00 : f32
func.func @nan() -> (i1, i1, i1, f32) {
  %n = arith.constant 0x7FC00000 : f32
  %one = arith.constant 1.0 : f32
  %m = arith.maximumf %n, %one : f32
  %0 = arith.cmpf uno, %m, %one : f32
  %1 = arith.cmpf ult, %n, %one : f32
  %2 = arith.cmpf une, %n, %n : f32
  %3 = arith.maxnumf %n, %one : f32
  return %0, %1, %2, %3 : i1, i1, i1, f32
}

// CHECK: @zeros = 0.000000e+00 : f32, -0.000000e+00 : f32
func.func @zeros() -> (f32, f32) {
  %p = arith.constant 0.0 : f32
  %m = arith.negf %p : f32
  %0 = arith.maximumf %m, %p : f32
  %1 = arith.minimumf %p, %m : f32
  return %0, %1 : f32, f32
}

// CHECK: @casts = 1065353216 : i32, 127 : i8, 0 : i8, -3 : i32, 0x7C00 : f16, 1.001950e+00 : f16, 1.000980e+00 : f16
func.func @casts() -> (i32, i8, i8, i32, f16, f16, f16) {
  %one = arith.constant 1.0 : f32
  %0 = arith.bitcast %one : f32 to i32
  %big = arith.constant 300.0 : f32
  %1 = arith.fptosi %big : f32 to i8
  %nan = arith.constant 0x7FC00000 : f32
  %2 = arith.fptosi %nan : f32 to i8
  %m = arith.constant -3.75 : f32
  %3 = arith.fptosi %m : f32 to i32
  %huge = arith.constant 1.0e6 : f32
  %4 = arith.truncf %huge : f32 to f16
  %x = arith.constant 1.001 : f32
  %5 = arith.truncf %x upward : f32 to f16
  %6 = arith.truncf %x downward : f32 to f16
  return %0, %1, %2, %3, %4, %5, %6 : i32, i8, i8, i32, f16, f16, f16
}

// CHECK: @lanes = dense<[5, 7, 9]> : vector<3xi32>, dense<[true, false, false]> : vector<3xi1>, dense<[1, 5, 6]> : vector<3xi32>
func.func @lanes() -> (vector<3xi32>, vector<3xi1>, vector<3xi32>) {
  %a = arith.constant dense<[1, 2, 3]> : vector<3xi32>
  %b = arith.constant dense<[4, 5, 6]> : vector<3xi32>
  %0 = arith.addi %a, %b : vector<3xi32>
  %two = arith.constant dense<2> : vector<3xi32>
  %1 = arith.cmpi slt, %a, %two : vector<3xi32>
  %2 = arith.select %1, %a, %b : vector<3xi1>, vector<3xi32>
  return %0, %1, %2 : vector<3xi32>, vector<3xi1>, vector<3xi32>
}
