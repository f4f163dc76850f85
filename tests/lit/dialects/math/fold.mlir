// RUN: coco-opt %s --canonicalize | FileCheck %s

// CHECK-LABEL: func.func @constants(
func.func @constants() -> (f32, f32, vector<2xf64>, i32) {
  %a = arith.constant 4.0 : f32
  // CHECK-DAG: %[[A:.*]] = arith.constant 2.000000e+00 : f32
  %0 = math.sqrt %a : f32
  // CHECK-DAG: %[[B:.*]] = arith.constant 1.800000e+01 : f32
  %1 = math.fma %a, %a, %0 : f32
  %v = arith.constant dense<[-1.5, 2.5]> : vector<2xf64>
  // CHECK-DAG: %[[C:.*]] = arith.constant dense<[-2.000000e+00, 2.000000e+00]> : vector<2xf64>
  %2 = math.roundeven %v : vector<2xf64>
  %m = arith.constant -7 : i32
  // CHECK-DAG: %[[D:.*]] = arith.constant 7 : i32
  %3 = math.absi %m : i32
  // CHECK: return %[[A]], %[[B]], %[[C]], %[[D]] :
  return %0, %1, %2, %3 : f32, f32, vector<2xf64>, i32
}
