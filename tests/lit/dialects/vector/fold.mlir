// RUN: coco-opt %s --canonicalize | FileCheck %s

// CHECK-LABEL: func.func @splats(
func.func @splats() -> (vector<8xf32>, vector<4xi1>, vector<2x2xindex>) {
  %a = arith.constant 2.0 : f32
  %b = arith.constant true
  %c = arith.constant 3 : index
  // CHECK-DAG: %[[A:.*]] = arith.constant dense<2.000000e+00> : vector<8xf32>
  %0 = vector.broadcast %a : f32 to vector<8xf32>
  // CHECK-DAG: %[[B:.*]] = arith.constant dense<true> : vector<4xi1>
  %1 = vector.splat %b : vector<4xi1>
  // CHECK-DAG: %[[C:.*]] = arith.constant dense<3> : vector<2x2xindex>
  %2 = vector.broadcast %c : index to vector<2x2xindex>
  // CHECK: return %[[A]], %[[B]], %[[C]] :
  return %0, %1, %2 : vector<8xf32>, vector<4xi1>, vector<2x2xindex>
}

// CHECK-LABEL: func.func @same(
// CHECK-SAME: %[[V:.*]]: vector<8xf32>, %[[A:.*]]: f32)
func.func @same(%v: vector<8xf32>, %a: f32) -> (vector<8xf32>, vector<8xf32>, vector<8xf32>, f32) {
  %0 = vector.shape_cast %v : vector<8xf32> to vector<8xf32>
  %1 = vector.bitcast %v : vector<8xf32> to vector<8xf32>
  %2 = vector.broadcast %v : vector<8xf32> to vector<8xf32>
  %s = vector.broadcast %a : f32 to vector<8xf32>
  %3 = vector.extract %s[5] : f32 from vector<8xf32>
  // CHECK-NEXT: return %[[V]], %[[V]], %[[V]], %[[A]] :
  return %0, %1, %2, %3 : vector<8xf32>, vector<8xf32>, vector<8xf32>, f32
}

// CHECK-LABEL: func.func @constants(
func.func @constants() -> (f32, vector<2xf32>, f32) {
  %v = arith.constant dense<[1.0, 2.0, 3.0, 4.0]> : vector<4xf32>
  // CHECK-DAG: %[[A:.*]] = arith.constant 3.000000e+00 : f32
  %0 = vector.extract %v[2] : f32 from vector<4xf32>
  // CHECK-DAG: %[[B:.*]] = arith.constant dense<[4.000000e+00, 1.000000e+00]> : vector<2xf32>
  %1 = vector.shuffle %v, %v [3, 4] : vector<4xf32>, vector<4xf32>
  // CHECK-DAG: %[[C:.*]] = arith.constant 1.000000e+01 : f32
  %2 = vector.reduction <add>, %v : vector<4xf32> into f32
  // CHECK: return %[[A]], %[[B]], %[[C]] :
  return %0, %1, %2 : f32, vector<2xf32>, f32
}

// CHECK-LABEL: func.func @shuffles_that_pick_one_vector
// CHECK-SAME: (%[[X:.+]]: vector<2xf32>, %[[Y:.+]]: vector<4xf32>)
// CHECK: %[[SOME:.+]] = vector.shuffle %[[X]], %[[Y]] [2, 3]
// CHECK: %[[OTHERWISE:.+]] = vector.shuffle %[[X]], %[[Y]] [1, 0]
// CHECK: return %[[X]], %[[Y]], %[[SOME]], %[[OTHERWISE]]
func.func @shuffles_that_pick_one_vector(%x: vector<2xf32>, %y: vector<4xf32>) -> (vector<2xf32>, vector<4xf32>, vector<2xf32>, vector<2xf32>) {
  %0 = vector.shuffle %x, %y [0, 1] : vector<2xf32>, vector<4xf32>
  %1 = vector.shuffle %x, %y [2, 3, 4, 5] : vector<2xf32>, vector<4xf32>
  %2 = vector.shuffle %x, %y [2, 3] : vector<2xf32>, vector<4xf32>
  %3 = vector.shuffle %x, %y [1, 0] : vector<2xf32>, vector<4xf32>
  return %0, %1, %2, %3 : vector<2xf32>, vector<4xf32>, vector<2xf32>, vector<2xf32>
}
