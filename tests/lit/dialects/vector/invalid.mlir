// RUN: coco-opt %s --split-input-file --verify-diagnostics

func.func @broadcast_shape(%v: vector<4xf32>) {
  // expected-error@+1 {{dimension mismatch (4 vs. 8)}}
  %0 = vector.broadcast %v : vector<4xf32> to vector<8xf32>
  return
}

// -----

func.func @broadcast_element(%v: vector<8xf32>, %a: f32, %i: index, %m: memref<4x16xf32>) {
  // expected-error@+1 {{source operand and result have same element type}}
  %0 = vector.broadcast %i : index to vector<8xf32>
  return
}

// -----

func.func @splat_element(%v: vector<8xf32>, %a: f32, %i: index, %m: memref<4x16xf32>) {
  // expected-error@+1 {{operand type matches element type of result}}
  %0 = "vector.splat"(%i) : (index) -> vector<8xf32>
  return
}

// -----

func.func @fma_integers(%v: vector<8xi32>) {
  // expected-error@+1 {{must be vector of floating-point values}}
  %0 = vector.fma %v, %v, %v : vector<8xi32>
  return
}

// -----

func.func @load_indices(%v: vector<8xf32>, %a: f32, %i: index, %m: memref<4x16xf32>) {
  // expected-error@+1 {{requires 2 indices}}
  %0 = vector.load %m[%i] : memref<4x16xf32>, vector<8xf32>
  return
}

// -----

func.func @load_element(%v: vector<8xf32>, %a: f32, %i: index, %m: memref<4x16xf32>) {
  // expected-error@+1 {{base and result element type should match}}
  %0 = vector.load %m[%i, %i] : memref<4x16xf32>, vector<8xi32>
  return
}

// -----

func.func @load_stride(%m: memref<8xf32, strided<[2]>>, %i: index) {
  // expected-error@+1 {{most minor memref dim must have unit stride}}
  %0 = vector.load %m[%i] : memref<8xf32, strided<[2]>>, vector<4xf32>
  return
}

// -----

func.func @store_rank(%m: memref<8xf32>, %i: index, %v: vector<2x4xf32>) {
  // expected-error@+1 {{destination memref has lower rank than the result vector}}
  vector.store %v, %m[%i] : memref<8xf32>, vector<2x4xf32>
  return
}

// -----

func.func @maskedload_mask(%v: vector<8xf32>, %a: f32, %i: index, %m: memref<4x16xf32>, %k: vector<4xi1>) {
  // expected-error@+1 {{expected value dim to match mask dim}}
  %0 = vector.maskedload %m[%i, %i], %k, %v : memref<4x16xf32>, vector<4xi1>, vector<8xf32> into vector<8xf32>
  return
}

// -----

func.func @maskedstore_indices(%v: vector<8xf32>, %a: f32, %i: index, %m: memref<4x16xf32>, %k: vector<8xi1>) {
  // expected-error@+1 {{requires 2 indices}}
  vector.maskedstore %m[%i], %k, %v : memref<4x16xf32>, vector<8xi1>, vector<8xf32>
  return
}

// -----

func.func @create_mask_operands(%v: vector<8xf32>, %a: f32, %i: index, %m: memref<4x16xf32>) {
  // expected-error@+1 {{must specify an operand for each result vector dimension}}
  %0 = vector.create_mask %i : vector<2x8xi1>
  return
}

// -----

func.func @constant_mask_size() {
  // expected-error@+1 {{out of bounds of vector result dimension size}}
  %0 = vector.constant_mask [9] : vector<8xi1>
  return
}

// -----

func.func @extract_position(%v: vector<8xf32>, %a: f32, %i: index, %m: memref<4x16xf32>) {
  // expected-error@+1 {{to be a non-negative integer smaller than the corresponding vector dimension}}
  %0 = vector.extract %v[8] : f32 from vector<8xf32>
  return
}

// -----

func.func @extract_rank(%v: vector<8xf32>, %a: f32, %i: index, %m: memref<4x16xf32>) {
  // expected-error@+1 {{position attribute of rank no greater than vector rank}}
  %0 = vector.extract %v[0, 0] : f32 from vector<8xf32>
  return
}

// -----

func.func @insert_rank(%v: vector<8xf32>, %a: f32, %i: index, %m: memref<4x16xf32>) {
  // expected-error@+1 {{position attribute rank + source rank to match dest vector rank}}
  %0 = vector.insert %v, %v [0] : vector<8xf32> into vector<8xf32>
  return
}

// -----

func.func @extract_strided_slice(%v: vector<8xf32>, %a: f32, %i: index, %m: memref<4x16xf32>) {
  // expected-error@+1 {{to lie within}}
  %0 = vector.extract_strided_slice %v {offsets = [6], sizes = [4], strides = [1]} : vector<8xf32> to vector<4xf32>
  return
}

// -----

func.func @insert_strided_slice(%v: vector<8xf32>, %a: f32, %i: index, %m: memref<4x16xf32>, %s: vector<4xf32>) {
  // expected-error@+1 {{expected the slice to lie within dimension 0 of the destination}}
  %0 = vector.insert_strided_slice %s, %v {offsets = [6], strides = [1]} : vector<4xf32> into vector<8xf32>
  return
}

// -----

func.func @extractelement_position(%v: vector<8xf32>, %a: f32, %i: index, %m: memref<4x16xf32>) {
  // expected-error@+1 {{expected position for 1-D vector}}
  %0 = vector.extractelement %v[] : vector<8xf32>
  return
}

// -----

func.func @insertelement_type(%v: vector<8xf32>, %a: f32, %i: index, %m: memref<4x16xf32>) {
  // expected-error@+1 {{source operand type matches element type of result}}
  %0 = "vector.insertelement"(%i, %v, %i) : (index, vector<8xf32>, index) -> vector<8xf32>
  return
}

// -----

func.func @reduction_kind(%v: vector<8xf32>, %a: f32, %i: index, %m: memref<4x16xf32>) {
  // expected-error@+1 {{unsupported reduction type 'f32' for kind 'minsi'}}
  %0 = vector.reduction <minsi>, %v : vector<8xf32> into f32
  return
}

// -----

func.func @reduction_result(%v: vector<8xf32>, %a: f32, %i: index, %m: memref<4x16xf32>) {
  // expected-error@+1 {{incompatible with return type}}
  %0 = vector.reduction <add>, %v : vector<8xf32> into i32
  return
}

// -----

func.func @shuffle_mask(%v: vector<8xf32>, %a: f32, %i: index, %m: memref<4x16xf32>) {
  // expected-error@+1 {{mask index #2 out of range}}
  %0 = vector.shuffle %v, %v [0, 16] : vector<8xf32>, vector<8xf32>
  return
}

// -----

func.func @bitcast_width(%v: vector<8xf32>, %a: f32, %i: index, %m: memref<4x16xf32>) {
  // expected-error@+1 {{source/result bitwidth of the minor 1-D vectors must be equal}}
  %0 = vector.bitcast %v : vector<8xf32> to vector<8xf64>
  return
}

// -----

func.func @shape_cast_count(%v: vector<8xf32>, %a: f32, %i: index, %m: memref<4x16xf32>) {
  // expected-error@+1 {{source/result number of elements must match}}
  %0 = vector.shape_cast %v : vector<8xf32> to vector<2x2xf32>
  return
}
