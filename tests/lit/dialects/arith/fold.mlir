// RUN: coco-opt %s --canonicalize | FileCheck %s

// CHECK-LABEL: func.func @identities(
// CHECK-SAME: %[[X:.*]]: i32, %[[V:.*]]: vector<4xi32>, %[[F:.*]]: f32)
func.func @identities(%x: i32, %v: vector<4xi32>, %f: f32) -> (i32, i32, i32, i32, i32, i32, vector<4xi32>, f32, f32, f32, f32) {
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  %ones = arith.constant -1 : i32
  %zeros = arith.constant dense<0> : vector<4xi32>
  %f1 = arith.constant 1.0 : f32
  %fm0 = arith.constant -0.0 : f32
  %f0 = arith.constant 0.0 : f32
  %0 = arith.addi %c0, %x : i32
  %1 = arith.muli %0, %c1 : i32
  %2 = arith.subi %1, %c0 : i32
  %3 = arith.andi %2, %ones : i32
  %4 = arith.shli %3, %c0 : i32
  %5 = arith.divsi %4, %c1 : i32
  %6 = arith.maxsi %5, %5 : i32
  %7 = arith.addi %v, %zeros : vector<4xi32>
  %8 = arith.mulf %f, %f1 : f32
  %9 = arith.addf %f, %fm0 : f32
  %10 = arith.subf %f, %f0 : f32
  %11 = arith.divf %f, %f1 : f32
  // CHECK-NEXT: return %[[X]], %[[X]], %[[X]], %[[X]], %[[X]], %[[X]], %[[V]], %[[F]], %[[F]], %[[F]], %[[F]] :
  return %0, %1, %2, %3, %5, %6, %7, %8, %9, %10, %11 : i32, i32, i32, i32, i32, i32, vector<4xi32>, f32, f32, f32, f32
}

// x + 0 is not x when x is -0, and x * 0 is not 0 when x is infinite.
// CHECK-LABEL: func.func @not_identities(
func.func @not_identities(%f: f32) -> (f32, f32) {
  %f0 = arith.constant 0.0 : f32
  // CHECK: arith.addf
  %0 = arith.addf %f, %f0 : f32
  // CHECK: arith.mulf
  %1 = arith.mulf %f, %f0 : f32
  return %0, %1 : f32, f32
}

// One bit that is set is -1, so x / 1 is not x there.
// CHECK-LABEL: func.func @one_bit(
func.func @one_bit(%x: i1) -> i1 {
  %true = arith.constant true
  // CHECK: arith.divsi
  %0 = arith.divsi %x, %true : i1
  return %0 : i1
}

// CHECK-LABEL: func.func @zeros(
func.func @zeros(%x: i32, %v: vector<2xi8>) -> (i32, i32, i32, vector<2xi8>, i32) {
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  // CHECK-DAG: %[[Z:.*]] = arith.constant 0 : i32
  // CHECK-DAG: %[[W:.*]] = arith.constant dense<0> : vector<2xi8>
  %0 = arith.subi %x, %x : i32
  %1 = arith.muli %x, %c0 : i32
  %2 = arith.xori %x, %x : i32
  %3 = arith.subi %v, %v : vector<2xi8>
  %4 = arith.remsi %x, %c1 : i32
  // CHECK: return %[[Z]], %[[Z]], %[[Z]], %[[W]], %[[Z]] :
  return %0, %1, %2, %3, %4 : i32, i32, i32, vector<2xi8>, i32
}

// CHECK-LABEL: func.func @undone(
// CHECK-SAME: %[[X:.*]]: i32, %[[Y:.*]]: i32, %[[F:.*]]: f32)
func.func @undone(%x: i32, %y: i32, %f: f32) -> (i32, i32, i32, i32, i32, f32, f32) {
  %s = arith.addi %x, %y : i32
  %0 = arith.subi %s, %y : i32
  %d = arith.subi %x, %y : i32
  %1 = arith.addi %d, %y : i32
  %e = arith.xori %x, %y : i32
  %2 = arith.xori %e, %y : i32
  %w = arith.extsi %x : i32 to i64
  %3 = arith.trunci %w : i64 to i32
  %i = arith.index_cast %x : i32 to index
  %4 = arith.index_cast %i : index to i32
  %n = arith.negf %f : f32
  %5 = arith.negf %n : f32
  %b = arith.bitcast %f : f32 to i32
  %6 = arith.bitcast %b : i32 to f32
  // CHECK-NEXT: return %[[X]], %[[X]], %[[X]], %[[X]], %[[X]], %[[F]], %[[F]] :
  return %0, %1, %2, %3, %4, %5, %6 : i32, i32, i32, i32, i32, f32, f32
}

// CHECK-LABEL: func.func @compare(
func.func @compare(%x: index, %f: f32) -> (i1, i1, i1, i1) {
  // CHECK-DAG: %[[TRUE:.*]] = arith.constant true
  // CHECK-DAG: %[[FALSE:.*]] = arith.constant false
  %0 = arith.cmpi sle, %x, %x : index
  %1 = arith.cmpi ult, %x, %x : index
  %2 = arith.cmpf true, %f, %f : f32
  // CHECK: %[[NAN:.*]] = arith.cmpf oeq
  %3 = arith.cmpf oeq, %f, %f : f32
  // CHECK: return %[[TRUE]], %[[FALSE]], %[[TRUE]], %[[NAN]] :
  return %0, %1, %2, %3 : i1, i1, i1, i1
}

// CHECK-LABEL: func.func @select(
// CHECK-SAME: %[[C:.*]]: i1, %[[X:.*]]: f32, %[[Y:.*]]: f32)
func.func @select(%c: i1, %x: f32, %y: f32) -> (f32, f32, f32, i1) {
  %true = arith.constant true
  %false = arith.constant false
  %0 = arith.select %true, %x, %y : f32
  %1 = arith.select %false, %x, %y : f32
  %2 = arith.select %c, %x, %x : f32
  %3 = arith.select %c, %true, %false : i1
  // CHECK-NEXT: return %[[X]], %[[Y]], %[[X]], %[[C]] :
  return %0, %1, %2, %3 : f32, f32, f32, i1
}

// Constant operands are evaluated.
// CHECK-LABEL: func.func @constants(
func.func @constants() -> (i8, index, vector<2xf32>, i64, f32) {
  %a = arith.constant 127 : i8
  %b = arith.constant 1 : i8
  // CHECK-DAG: %[[A:.*]] = arith.constant -128 : i8
  %0 = arith.addi %a, %b : i8
  %c = arith.constant 6 : index
  %d = arith.constant 7 : index
  // CHECK-DAG: %[[B:.*]] = arith.constant 42 : index
  %1 = arith.muli %c, %d : index
  %v = arith.constant dense<[1.0, 2.0]> : vector<2xf32>
  // CHECK-DAG: %[[C:.*]] = arith.constant dense<[2.000000e+00, 4.000000e+00]> : vector<2xf32>
  %2 = arith.addf %v, %v : vector<2xf32>
  // CHECK-DAG: %[[D:.*]] = arith.constant -128 : i64
  %3 = arith.extsi %0 : i8 to i64
  // CHECK-DAG: %[[E:.*]] = arith.constant -1.280000e+02 : f32
  %4 = arith.sitofp %0 : i8 to f32
  // CHECK: return %[[A]], %[[B]], %[[C]], %[[D]], %[[E]] :
  return %0, %1, %2, %3, %4 : i8, index, vector<2xf32>, i64, f32
}

// A division by zero is left for the time when it is reached.
// CHECK-LABEL: func.func @division_by_zero(
func.func @division_by_zero() -> i32 {
  %c1 = arith.constant 1 : i32
  %c0 = arith.constant 0 : i32
  // CHECK: arith.divsi
  %0 = arith.divsi %c1, %c0 : i32
  return %0 : i32
}
