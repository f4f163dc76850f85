// RUN: coco-opt %s --split-input-file --verify-diagnostics --interpret=@main

func.func @main() -> vector<4xf32> {
  %c2 = arith.constant 2 : index
  %m = memref.alloc() : memref<4xf32>
  // expected-error@+1 {{4 elements from index 2 on reach over the extent 4 of dimension 0}}
  %v = vector.load %m[%c2] : memref<4xf32>, vector<4xf32>
  return %v : vector<4xf32>
}

// -----

func.func @main() {
  %c1 = arith.constant 1 : index
  %c0 = arith.constant 0 : index
  %v = arith.constant dense<1.0> : vector<2x4xf32>
  %m = memref.alloc() : memref<2x4xf32>
  // expected-error@+1 {{2 elements from index 1 on reach over the extent 2 of dimension 0}}
  vector.store %v, %m[%c1, %c0] : memref<2x4xf32>, vector<2x4xf32>
  return
}

// -----

func.func @main() -> vector<4xf32> {
  %c3 = arith.constant 3 : index
  %c2 = arith.constant 2 : index
  %p = arith.constant dense<1.0> : vector<4xf32>
  %mask = vector.create_mask %c2 : vector<4xi1>
  %m = memref.alloc() : memref<4xf32>
  // expected-error@+1 {{index 0 is 4, outside of 0 to 3}}
  %v = vector.maskedload %m[%c3], %mask, %p : memref<4xf32>, vector<4xi1>, vector<4xf32> into vector<4xf32>
  return %v : vector<4xf32>
}

// -----

func.func @main() -> f32 {
  %c4 = arith.constant 4 : index
  %p = arith.constant dense<1.0> : vector<4xf32>
  // expected-error@+1 {{position 4 is outside of the vector's extent 4}}
  %x = vector.extract %p[%c4] : f32 from vector<4xf32>
  return %x : f32
}

// -----

func.func @main() -> vector<1xi8> {
  %p = arith.constant dense<true> : vector<8xi1>
  // expected-error@+1 {{casts bits in a way that cannot be evaluated}}
  %x = vector.bitcast %p : vector<8xi1> to vector<1xi8>
  return %x : vector<1xi8>
}

// -----

func.func @main() -> vector<4xf32> {
  %p = arith.constant dense<1.0> : vector<4xf32>
  %mask = arith.constant dense<true> : vector<4xi1>
  %m = memref.alloc() : memref<f32>
  // expected-error@+1 {{'vector.maskedload' op has a memref of rank 0}}
  %v = vector.maskedload %m[], %mask, %p : memref<f32>, vector<4xi1>, vector<4xf32> into vector<4xf32>
  return %v : vector<4xf32>
}

// -----

func.func @main() {
  %most = arith.constant 9223372036854775807 : index
  %p = arith.constant dense<1.0> : vector<4xf32>
  %mask = arith.constant dense<[false, true, true, true]> : vector<4xi1>
  %m = memref.alloc() : memref<4xf32>
  // expected-error@+1 {{'vector.maskedstore' op has an index that is too large}}
  vector.maskedstore %m[%most], %mask, %p : memref<4xf32>, vector<4xi1>, vector<4xf32>
  return
}

// -----

func.func @main() -> vector<4xf32> {
  %c0 = arith.constant 0 : index
  %m = memref.alloc() : memref<4x1xf32, strided<[2, 7]>>
  %d = memref.cast %m : memref<4x1xf32, strided<[2, 7]>> to memref<?x?xf32, strided<[?, ?]>>
  %e = memref.cast %d : memref<?x?xf32, strided<[?, ?]>> to memref<?x?xf32>
  %s = memref.collapse_shape %e [[0, 1]] : memref<?x?xf32> into memref<?xf32>
  // expected-error@+1 {{'vector.load' op needs memory that is contiguous along the innermost dimension}}
  %v = vector.load %s[%c0] : memref<?xf32>, vector<4xf32>
  return %v : vector<4xf32>
}

// -----

func.func @main() -> i128 {
  %c0 = arith.constant 0 : index
  %m = memref.alloc() : memref<2xi128>
  %a = vector.load %m[%c0] : memref<2xi128>, vector<2xi128>
  // expected-error@+1 {{'vector.reduction' op has a type that cannot be evaluated}}
  %b = vector.reduction <add>, %a : vector<2xi128> into i128
  return %b : i128
}
