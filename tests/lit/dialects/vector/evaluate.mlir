// RUN: coco-opt %s --interpret=all | FileCheck %s
// RUN: coco-opt %s --canonicalize --interpret=all | FileCheck %s

memref.global "private" constant @numbers : memref<4x4xi32> = dense<[[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11], [12, 13, 14, 15]]>

// CHECK: @memory = dense<[5, 6]> : vector<2xi32>, dense<{{\[}}[5, 6], [9, 10]]> : vector<2x2xi32>
// CHECK-SAME: dense<{{\[}}[0, 0, 0, 0], [0, 5, 6, 0], [0, 9, 10, 0], [0, 0, 0, 0]]> : tensor<4x4xi32>
func.func @memory() -> (vector<2xi32>, vector<2x2xi32>, memref<4x4xi32>) {
  %c1 = arith.constant 1 : index
  %n = memref.get_global @numbers : memref<4x4xi32>
  %m = memref.alloc() : memref<4x4xi32>
  %a = vector.load %n[%c1, %c1] : memref<4x4xi32>, vector<2xi32>
  %b = vector.load %n[%c1, %c1] : memref<4x4xi32>, vector<2x2xi32>
  vector.store %b, %m[%c1, %c1] : memref<4x4xi32>, vector<2x2xi32>
  return %a, %b, %m : vector<2xi32>, vector<2x2xi32>, memref<4x4xi32>
}

// Lanes that are not set do not touch memory, so they may lie outside of it.
// CHECK: @masked = dense<[14, 15, -1, -1]> : vector<4xi32>, dense<[0, 0, 14, 15]> : tensor<4xi32>
func.func @masked() -> (vector<4xi32>, memref<4xi32>) {
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %n = memref.get_global @numbers : memref<4x4xi32>
  %m = memref.alloc() : memref<4xi32>
  %pass = arith.constant dense<-1> : vector<4xi32>
  %mask = vector.create_mask %c2 : vector<4xi1>
  %a = vector.maskedload %n[%c3, %c2], %mask, %pass : memref<4x4xi32>, vector<4xi1>, vector<4xi32> into vector<4xi32>
  vector.maskedstore %m[%c2], %mask, %a : memref<4xi32>, vector<4xi1>, vector<4xi32>
  return %a, %m : vector<4xi32>, memref<4xi32>
}

// CHECK: @masks = dense<{{\[}}[true, true, false], [false, false, false]]> : vector<2x3xi1>, dense<[true, false]> : vector<2xi1>, dense<false> : vector<2xi1>
func.func @masks() -> (vector<2x3xi1>, vector<2xi1>, vector<2xi1>) {
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %m = arith.constant -1 : index
  %a = vector.create_mask %c1, %c2 : vector<2x3xi1>
  %b = vector.constant_mask [1] : vector<2xi1>
  %c = vector.create_mask %m : vector<2xi1>
  return %a, %b, %c : vector<2x3xi1>, vector<2xi1>, vector<2xi1>
}

// CHECK: @broadcast = dense<{{\[}}[1, 2], [1, 2]]> : vector<2x2xi32>, dense<{{\[}}[1, 1], [2, 2]]> : vector<2x2xi32>, dense<3.000000e+00> : vector<4xf32>
func.func @broadcast() -> (vector<2x2xi32>, vector<2x2xi32>, vector<4xf32>) {
  %row = arith.constant dense<[1, 2]> : vector<2xi32>
  %column = arith.constant dense<[[1], [2]]> : vector<2x1xi32>
  %x = arith.constant 3.0 : f32
  %a = vector.broadcast %row : vector<2xi32> to vector<2x2xi32>
  %b = vector.broadcast %column : vector<2x1xi32> to vector<2x2xi32>
  %c = vector.splat %x : vector<4xf32>
  return %a, %b, %c : vector<2x2xi32>, vector<2x2xi32>, vector<4xf32>
}

// CHECK: @fma = dense<[7.000000e+00, 1.500000e+01]> : vector<2xf32>
func.func @fma() -> vector<2xf32> {
  %a = arith.constant dense<[2.0, 3.0]> : vector<2xf32>
  %b = arith.constant dense<[3.0, 4.0]> : vector<2xf32>
  %c = arith.constant dense<[1.0, 3.0]> : vector<2xf32>
  %r = vector.fma %a, %b, %c : vector<2xf32>
  return %r : vector<2xf32>
}

// Sums go from the first lane to the last: 2^24 + 1 + 1 stays 2^24 in f32, 1 + 1 + 2^24 does not.
// CHECK: @reduction = 0x4B800000 : f32, 0x4B800001 : f32, -3 : i32, 7 : i32, 4.000000e+00 : f32
func.func @reduction() -> (f32, f32, i32, i32, f32) {
  %a = arith.constant dense<[16777216.0, 1.0, 1.0]> : vector<3xf32>
  %b = arith.constant dense<[1.0, 1.0, 16777216.0]> : vector<3xf32>
  %n = arith.constant dense<[4, -3, 2]> : vector<3xi32>
  %m = arith.constant dense<[4, 3, 2]> : vector<3xi32>
  %x = arith.constant dense<[1.0, 2.0]> : vector<2xf32>
  %four = arith.constant 4.0 : f32
  %0 = vector.reduction <add>, %a : vector<3xf32> into f32
  %1 = vector.reduction <add>, %b : vector<3xf32> into f32
  %2 = vector.reduction <minsi>, %n : vector<3xi32> into i32
  %3 = vector.reduction <or>, %m : vector<3xi32> into i32
  %4 = vector.reduction <maximumf>, %x, %four : vector<2xf32> into f32
  return %0, %1, %2, %3, %4 : f32, f32, i32, i32, f32
}

// CHECK: @parts = dense<[4, 5, 6]> : vector<3xi32>, 5 : i32, 6 : i32, dense<{{\[}}[1, 2, 3], [4, 9, 6]]> : vector<2x3xi32>, dense<{{\[}}[4, 5, 6], [4, 5, 6]]> : vector<2x3xi32>
func.func @parts() -> (vector<3xi32>, i32, i32, vector<2x3xi32>, vector<2x3xi32>) {
  %v = arith.constant dense<[[1, 2, 3], [4, 5, 6]]> : vector<2x3xi32>
  %nine = arith.constant 9 : i32
  %c1 = arith.constant 1 : index
  %two = arith.constant 2 : i8
  %0 = vector.extract %v[1] : vector<3xi32> from vector<2x3xi32>
  %1 = vector.extract %v[1, %c1] : i32 from vector<2x3xi32>
  %2 = vector.extractelement %0[%two : i8] : vector<3xi32>
  %3 = vector.insert %nine, %v [%c1, 1] : i32 into vector<2x3xi32>
  %4 = vector.insert %0, %v [0] : vector<3xi32> into vector<2x3xi32>
  return %0, %1, %2, %3, %4 : vector<3xi32>, i32, i32, vector<2x3xi32>, vector<2x3xi32>
}

// CHECK: @slices = dense<{{\[}}[2, 3], [5, 6]]> : vector<2x2xi32>, dense<{{\[}}[1, 2, 3], [4, 2, 3], [7, 5, 6]]> : vector<3x3xi32>, dense<{{\[}}[4, 5, 6]]> : vector<1x3xi32>
func.func @slices() -> (vector<2x2xi32>, vector<3x3xi32>, vector<1x3xi32>) {
  %v = arith.constant dense<[[1, 2, 3], [4, 5, 6], [7, 8, 9]]> : vector<3x3xi32>
  %0 = vector.extract_strided_slice %v {offsets = [0, 1], sizes = [2, 2], strides = [1, 1]} : vector<3x3xi32> to vector<2x2xi32>
  %1 = vector.insert_strided_slice %0, %v {offsets = [1, 1], strides = [1, 1]} : vector<2x2xi32> into vector<3x3xi32>
  %2 = vector.extract_strided_slice %v {offsets = [1], sizes = [1], strides = [1]} : vector<3x3xi32> to vector<1x3xi32>
  return %0, %1, %2 : vector<2x2xi32>, vector<3x3xi32>, vector<1x3xi32>
}

// CHECK: @moves = dense<[4, 1, 3]> : vector<3xi32>, dense<1065353216> : vector<2xi32>, dense<{{\[}}[1, 2], [3, 4]]> : vector<2x2xi32>, dense<[7, 2]> : vector<2xi32>
func.func @moves() -> (vector<3xi32>, vector<2xi32>, vector<2x2xi32>, vector<2xi32>) {
  %a = arith.constant dense<[1, 2]> : vector<2xi32>
  %b = arith.constant dense<[3, 4]> : vector<2xi32>
  %all = arith.constant dense<[1, 2, 3, 4]> : vector<4xi32>
  %ones = arith.constant dense<1.0> : vector<2xf32>
  %seven = arith.constant 7 : i32
  %c0 = arith.constant 0 : index
  %0 = vector.shuffle %a, %b [3, 0, 2] : vector<2xi32>, vector<2xi32>
  %1 = vector.bitcast %ones : vector<2xf32> to vector<2xi32>
  %2 = vector.shape_cast %all : vector<4xi32> to vector<2x2xi32>
  %3 = vector.insertelement %seven, %a[%c0 : index] : vector<2xi32>
  return %0, %1, %2, %3 : vector<3xi32>, vector<2xi32>, vector<2x2xi32>, vector<2xi32>
}
