// RUN: coco-opt %s --allow-unregistered-dialect --split-input-file --verify-diagnostics
// What verifiers of the loop dialects say that the custom forms cannot express wrongly: everything here is generic.

func.func @f() {
// expected-error@+1 {{'arith.constant' op inferred type(s) 'i64' are incompatible with return type(s) of operation 'i32'}}
  %0 = "arith.constant"() <{value = 1 : i64}> : () -> (i32)
  return
}

// -----

func.func @f() {
// expected-error@+1 {{'arith.constant' op integer return type must be signless}}
  %0 = "arith.constant"() <{value = 1 : si32}> : () -> (si32)
  return
}

// -----

func.func @f() {
// expected-error@+1 {{'arith.constant' op attribute 'value' failed to satisfy constraint: TypedAttr instance}}
  %0 = "arith.constant"() <{value = unit}> : () -> (none)
  return
}

// -----

func.func @f() {
// expected-error@+1 {{'arith.constant' op attribute 'value' failed to satisfy constraint: TypedAttr instance}}
  %0 = "arith.constant"() <{value = "x"}> : () -> (i32)
  return
}

// -----

func.func @f(%a0: i1, %a1: i32, %a2: i64) {
// expected-error@+1 {{'arith.select' op failed to verify that all of {true_value, false_value, result} have same type}}
  %0 = "arith.select"(%a0, %a1, %a2) : (i1, i32, i64) -> (i32)
  return
}

// -----

func.func @f(%a0: vector<2xi1>, %a1: i32, %a2: i32) {
// expected-error@+1 {{'arith.select' op if an operand is non-scalar, then all results must be non-scalar}}
  %0 = "arith.select"(%a0, %a1, %a2) : (vector<2xi1>, i32, i32) -> (i32)
  return
}

// -----

func.func @f(%a0: vector<2xi1>, %a1: memref<2xi32>, %a2: memref<2xi32>) {
// expected-error@+1 {{'arith.select' op if an operand is non-scalar, then all results must be non-scalar}}
  %0 = "arith.select"(%a0, %a1, %a2) : (vector<2xi1>, memref<2xi32>, memref<2xi32>) -> (memref<2xi32>)
  return
}

// -----

func.func @f(%a0: vector<2xi32>) {
// expected-error@+1 {{'arith.sitofp' op if an operand is non-scalar, then all results must be non-scalar}}
  %0 = "arith.sitofp"(%a0) : (vector<2xi32>) -> (f32)
  return
}

// -----

func.func @f(%a0: i32) {
// expected-error@+1 {{'arith.index_cast' op operand type 'i32' and result type 'i64' are cast incompatible}}
  %0 = "arith.index_cast"(%a0) : (i32) -> (i64)
  return
}

// -----

func.func @f(%a0: i32) {
// expected-error@+1 {{'arith.bitcast' op operand type 'i32' and result type 'f64' are cast incompatible}}
  %0 = "arith.bitcast"(%a0) : (i32) -> (f64)
  return
}

// -----

func.func @f(%a0: f64) {
// expected-error@+1 {{'arith.truncf' op attribute 'roundingmode' failed to satisfy constraint: a number from 0 to 4}}
  %0 = "arith.truncf"(%a0) <{roundingmode = 9 : i32}> : (f64) -> (f32)
  return
}

// -----

func.func @f(%a0: index, %a1: index, %a2: i32) {
// expected-error@+1 {{'scf.for' op failed to verify that all of {lowerBound, upperBound, step} have same type}}
  "scf.for"(%a0, %a1, %a2) ({
^bb0(%i: index):
  "scf.yield"() : () -> ()
}) : (index, index, i32) -> ()
  return
}

// -----

func.func @f(%a0: index, %a1: index, %a2: index) {
// expected-error@+1 {{'scf.for' op expected induction variable to be same type as bounds and step}}
  "scf.for"(%a0, %a1, %a2) ({
^bb0(%i: i32):
  "scf.yield"() : () -> ()
}) : (index, index, index) -> ()
  return
}

// -----

func.func @f(%a0: index, %a1: index, %a2: index) {
// expected-error@+1 {{'scf.for' op region #0 has 2 arguments where 1 are expected}}
  "scf.for"(%a0, %a1, %a2) ({
^bb0(%i: index, %j: index):
  "scf.yield"() : () -> ()
}) : (index, index, index) -> ()
  return
}

// -----

func.func @f(%a0: index, %a1: index, %a2: index, %a3: f32) {
// expected-error@+1 {{'scf.for' op type of region argument #1 ('i32') is not that of its value ('f32')}}
  %0 = "scf.for"(%a0, %a1, %a2, %a3) ({
^bb0(%i: index, %j: i32):
  "scf.yield"(%a3) : (f32) -> ()
}) : (index, index, index, f32) -> (f32)
  return
}

// -----

func.func @f(%a0: index, %a1: index, %a2: index) {
// expected-error@+1 {{'scf.for' op region #0 must not be empty}}
  "scf.for"(%a0, %a1, %a2) ({
}) : (index, index, index) -> ()
  return
}

// -----

func.func @f(%a0: i1) {
// expected-error@+1 {{'scf.if' op region #0 must not be empty}}
  "scf.if"(%a0) ({
}, {
}) : (i1) -> ()
  return
}

// -----

func.func @f(%a0: i1) {
// expected-error@+1 {{'scf.if' op region #0 has 1 arguments where 0 are expected}}
  "scf.if"(%a0) ({
^bb0(%x: i32):
  "scf.yield"() : () -> ()
}, {
}) : (i1) -> ()
  return
}

// -----

func.func @f(%a0: i1) {
  "scf.while"(%a0) ({
^bb0(%x: i1):
  "scf.condition"(%x) : (i1) -> ()
}, {
^bb0:
// expected-error@+1 {{'func.return' op expects parent op 'func.func'}}
  "func.return"() : () -> ()
}) : (i1) -> ()
  return
}

// -----

func.func @f(%a0: i1) {
// expected-error@+1 {{'scf.while' op region #1 has 1 arguments where 0 are expected}}
  "scf.while"(%a0) ({
^bb0(%x: i1):
  "scf.condition"(%x) : (i1) -> ()
}, {
^bb0(%y: i32):
  "scf.yield"() : () -> ()
}) : (i1) -> ()
  return
}

// -----

func.func @f(%a0: i1) {
// expected-error@+1 {{'scf.while' op type of argument #0 of the 'after' region is not that of the result}}
  %0 = "scf.while"(%a0) ({
^bb0(%x: i1):
  "scf.condition"(%x, %x) : (i1, i1) -> ()
}, {
^bb0(%y: i32):
  %z = "t.z"() : () -> i1
  "scf.yield"(%z) : (i1) -> ()
}) : (i1) -> (i1)
  return
}

// -----

func.func @f(%a0: i1) {
// expected-error@+1 {{'scf.while' op type of value #0 that the 'after' region yields is not that of the initial value}}
  %0 = "scf.while"(%a0) ({
^bb0(%x: i1):
  "scf.condition"(%x, %x) : (i1, i1) -> ()
}, {
^bb0(%y: i1):
  %z = "t.z"() : () -> i32
  "scf.yield"(%z) : (i32) -> ()
}) : (i1) -> (i1)
  return
}

// -----

func.func @f(%a0: i1) {
// expected-error@+1 {{'scf.while' op region hands on 0 values for 1 initial values}}
  %0 = "scf.while"(%a0) ({
^bb0(%x: i1):
  "scf.condition"(%x, %x) : (i1, i1) -> ()
}, {
^bb0(%y: i1):
  "scf.yield"() : () -> ()
}) : (i1) -> (i1)
  return
}

// -----

func.func @f() {
// expected-error@+1 {{'scf.parallel' op needs at least one tuple element for lowerBound, upperBound and step}}
  "scf.parallel"() <{operandSegmentSizes = array<i32: 0, 0, 0, 0>}> ({
^bb0:
  "scf.reduce"() : () -> ()
}) : () -> ()
  return
}

// -----

func.func @f(%a0: index, %a1: index) {
// expected-error@+1 {{'scf.parallel' op has 1 results but 0 initial values}}
  %0 = "scf.parallel"(%a0, %a1) <{operandSegmentSizes = array<i32: 1, 1, 0, 0>}> ({
^bb0(%i: index):
  "scf.reduce"() : () -> ()
}) : (index, index) -> (i32)
  return
}

// -----

func.func @f(%a: index, %b: f32) {
  %0 = "scf.parallel"(%a, %a, %a, %b) <{operandSegmentSizes = array<i32: 1, 1, 1, 1>}> ({
  ^bb0(%i: index):
// expected-error@+1 {{'scf.reduce' op expects two block arguments of the operand's type in region #0}}
    "scf.reduce"(%b) ({
    ^bb0(%x: f32):
      "scf.reduce.return"(%x) : (f32) -> ()
    }) : (f32) -> ()
  }) : (index, index, index, f32) -> f32
  return
}

// -----

func.func @f(%a: index, %b: f32) {
  %0 = "scf.parallel"(%a, %a, %a, %b) <{operandSegmentSizes = array<i32: 1, 1, 1, 1>}> ({
  ^bb0(%i: index):
// expected-error@+1 {{'scf.reduce' op expects region #0 to return a value of the operand's type}}
    "scf.reduce"(%b) ({
    ^bb0(%x: f32, %y: f32):
      "scf.reduce.return"(%i) : (index) -> ()
    }) : (f32) -> ()
  }) : (index, index, index, f32) -> f32
  return
}

// -----

func.func @f(%a: index, %b: f32) {
// expected-error@+1 {{expects number of results: 1 to be the same as number of initial values: 0}}
  %0 = scf.parallel (%i) = (%a) to (%a) step (%a) -> f32 {
    scf.reduce
  }
  return
}

// -----

func.func @f() {
// expected-error@+1 {{'scf.execute_region' op region cannot have any arguments}}
  "scf.execute_region"() ({
^bb0(%x: f32):
  "scf.yield"() : () -> ()
}) : () -> ()
  return
}

// -----

func.func @f() {
// expected-error@+1 {{'scf.execute_region' op region needs to have at least one block}}
  "scf.execute_region"() ({
}) : () -> ()
  return
}

// -----

func.func @f(%a: index) {
// expected-error@+1 {{expected a function type}}
  %0 = scf.while (%x = %a) : i32 {
  }
  return
}

// -----

func.func @f(%a: i1) {
// expected-error@+1 {{expected as many input types as operands (expected 1 got 2)}}
  scf.while (%x = %a) : (i1, i1) -> () {
    scf.condition(%x)
  } do {
    scf.yield
  }
  return
}

// -----

func.func @f(%a0: memref<2xf32>, %a1: memref<2xi32>) {
// expected-error@+1 {{'memref.copy' op requires the same element type for all operands}}
  "memref.copy"(%a0, %a1) : (memref<2xf32>, memref<2xi32>) -> ()
  return
}

// -----

func.func @f(%a0: memref<8xi8>, %a1: index) {
// expected-error@+1 {{'memref.view' op unsupported map for result memref type}}
  %0 = "memref.view"(%a0, %a1) : (memref<8xi8>, index) -> (memref<2xf32, strided<[2]>>)
  return
}

// -----

func.func @f(%a0: memref<8xi8>, %a1: index) {
// expected-error@+1 {{'memref.view' op different memory spaces}}
  %0 = "memref.view"(%a0, %a1) : (memref<8xi8>, index) -> (memref<2xf32, 3>)
  return
}

// -----

func.func @f(%a0: memref<8xi8>, %a1: index, %a2: index) {
// expected-error@+1 {{'memref.view' op incorrect number of size operands for type: expected 0, got 1}}
  %0 = "memref.view"(%a0, %a1, %a2) : (memref<8xi8>, index, index) -> (memref<2xf32>)
  return
}

// -----

func.func @f(%a0: memref<4xf32>, %a1: index) {
// expected-error@+1 {{'memref.subview' op expected 0 dynamic offset values}}
  %0 = "memref.subview"(%a0, %a1) <{operandSegmentSizes = array<i32: 1, 1, 0, 0>, static_offsets = array<i64: 0>, static_sizes = array<i64: 2>, static_strides = array<i64: 1>}> : (memref<4xf32>, index) -> (memref<2xf32>)
  return
}

// -----

func.func @f(%a0: memref<4xf32>) {
// expected-error@+1 {{'memref.subview' op expected 1 offset values, got 2}}
  %0 = "memref.subview"(%a0) <{operandSegmentSizes = array<i32: 1, 0, 0, 0>, static_offsets = array<i64: 0, 0>, static_sizes = array<i64: 2>, static_strides = array<i64: 1>}> : (memref<4xf32>) -> (memref<2xf32>)
  return
}

// -----

func.func @f(%a0: memref<4xf32>) {
// expected-error@+1 {{'memref.subview' op expected offset values to be non-negative, but got -1}}
  %0 = "memref.subview"(%a0) <{operandSegmentSizes = array<i32: 1, 0, 0, 0>, static_offsets = array<i64: -1>, static_sizes = array<i64: 2>, static_strides = array<i64: 1>}> : (memref<4xf32>) -> (memref<2xf32>)
  return
}

// -----

func.func @f(%a0: memref<4xf32, affine_map<(d0) -> (d0 mod 2)>>) {
// expected-error@+1 {{'memref.subview' op expected a source with a strided layout}}
  %0 = "memref.subview"(%a0) <{operandSegmentSizes = array<i32: 1, 0, 0, 0>, static_offsets = array<i64: 0>, static_sizes = array<i64: 2>, static_strides = array<i64: 1>}> : (memref<4xf32, affine_map<(d0) -> (d0 mod 2)>>) -> (memref<2xf32>)
  return
}

// -----

func.func @f(%a0: memref<4xf32>) {
// expected-error@+1 {{'memref.reinterpret_cast' op different element types or memory spaces specified for source and result}}
  %0 = "memref.reinterpret_cast"(%a0) <{operandSegmentSizes = array<i32: 1, 0, 0, 0>, static_offsets = array<i64: 0>, static_sizes = array<i64: 2>, static_strides = array<i64: 1>}> : (memref<4xf32>) -> (memref<2xi32>)
  return
}

// -----

func.func @f(%a0: memref<4xf32>) {
// expected-error@+1 {{'memref.reinterpret_cast' op expected result type to have strided layout}}
  %0 = "memref.reinterpret_cast"(%a0) <{operandSegmentSizes = array<i32: 1, 0, 0, 0>, static_offsets = array<i64: 0>, static_sizes = array<i64: 2>, static_strides = array<i64: 1>}> : (memref<4xf32>) -> (memref<2xf32, affine_map<(d0) -> (d0 mod 2)>>)
  return
}

// -----

func.func @f(%a0: memref<4x2xf32>) {
// expected-error@+1 {{'memref.collapse_shape' op has 0 groups of dimensions for rank 1}}
  %0 = "memref.collapse_shape"(%a0) <{reassociation = []}> : (memref<4x2xf32>) -> (memref<8xf32>)
  return
}

// -----

func.func @f(%a0: memref<4x2xf32>) {
// expected-error@+1 {{'memref.collapse_shape' op expected a list of dimensions in each group}}
  %0 = "memref.collapse_shape"(%a0) <{reassociation = [3]}> : (memref<4x2xf32>) -> (memref<8xf32>)
  return
}

// -----

func.func @f(%a0: memref<4x2xf32>) {
// expected-error@+1 {{'memref.collapse_shape' op collapsed dim size (8) must equal reassociation group size (4)}}
  %0 = "memref.collapse_shape"(%a0) <{reassociation = [[0]]}> : (memref<4x2xf32>) -> (memref<8xf32>)
  return
}

// -----

func.func @f(%a0: memref<4x2xf32>) {
// expected-error@+1 {{'memref.collapse_shape' op expected the same element type and memory space}}
  %0 = "memref.collapse_shape"(%a0) <{reassociation = [[0, 1]]}> : (memref<4x2xf32>) -> (memref<8xi32>)
  return
}

// -----

func.func @f(%a0: memref<9223372036854775807x3xf32>) {
// expected-error@+1 {{'memref.collapse_shape' op has too large a group}}
  %0 = "memref.collapse_shape"(%a0) <{reassociation = [[0, 1]]}> : (memref<9223372036854775807x3xf32>) -> (memref<8xf32>)
  return
}

// -----

func.func @f(%a0: memref<8xf32>) {
// expected-error@+1 {{'memref.expand_shape' op expected number of static shape dims to be equal to the output rank (2) but found 1 inputs instead}}
  %0 = "memref.expand_shape"(%a0) <{reassociation = [[0, 1]], static_output_shape = array<i64: 4>}> : (memref<8xf32>) -> (memref<4x2xf32>)
  return
}

// -----

func.func @f(%a0: memref<8xf32>, %a1: index) {
// expected-error@+1 {{'memref.expand_shape' op mismatch in dynamic dims in output_shape and static_output_shape}}
  %0 = "memref.expand_shape"(%a0, %a1) <{reassociation = [[0, 1]], static_output_shape = array<i64: 4, 2>}> : (memref<8xf32>, index) -> (memref<4x2xf32>)
  return
}

// -----

// expected-error@+1 {{'memref.global' op initial value should be a unit or elements attribute}}
"memref.global"() <{sym_name = "g", type = memref<2xf32>, initial_value = 3 : i32}> : () -> ()

// -----

// expected-error@+1 {{'memref.global' op alignment attribute value 3 is not a power of 2}}
"memref.global"() <{sym_name = "g", type = memref<2xf32>, alignment = 3 : i64}> : () -> ()

// -----

func.func @f(%a0: index) {
// expected-error@+1 {{'memref.alloc' op symbol operand count does not equal memref symbol count: expected 1, got 0}}
  %0 = "memref.alloc"(%a0) <{operandSegmentSizes = array<i32: 1, 0>}> : (index) -> (memref<?xf32, affine_map<(d0)[s0] -> (d0 + s0)>>)
  return
}

// -----

func.func @f(%a0: index) {
// expected-error@+1 {{'memref.alloc' op operand count (1) does not match with the total size (2) specified in attribute 'operandSegmentSizes'}}
  %0 = "memref.alloc"(%a0) <{operandSegmentSizes = array<i32: 1, 1>}> : (index) -> (memref<?xf32>)
  return
}

// -----

func.func @f(%a0: memref<2xf32>) {
// expected-error@+1 {{'vector.broadcast' op source type must be a scalar or a vector}}
  %0 = "vector.broadcast"(%a0) : (memref<2xf32>) -> (vector<2xf32>)
  return
}

// -----

func.func @f(%a0: f64) {
// expected-error@+1 {{'vector.broadcast' op source operand and result have same element type}}
  %0 = "vector.broadcast"(%a0) : (f64) -> (vector<2xf32>)
  return
}

// -----

func.func @f(%a0: vector<2x2xf32>) {
// expected-error@+1 {{'vector.broadcast' op source rank higher than destination rank}}
  %0 = "vector.broadcast"(%a0) : (vector<2x2xf32>) -> (vector<2xf32>)
  return
}

// -----

func.func @f(%a0: index) {
// expected-error@+1 {{'vector.create_mask' op result #0 must be vector of 1-bit signless integer values}}
  %0 = "vector.create_mask"(%a0) : (index) -> (vector<2xi32>)
  return
}

// -----

func.func @f(%a0: index, %a1: index) {
// expected-error@+1 {{'vector.create_mask' op must specify an operand for each result vector dimension}}
  %0 = "vector.create_mask"(%a0, %a1) : (index, index) -> (vector<2xi1>)
  return
}

// -----

func.func @f() {
// expected-error@+1 {{'vector.constant_mask' op must specify array attr of size equal vector result rank}}
  %0 = "vector.constant_mask"() <{mask_dim_sizes = [1, 2]}> : () -> (vector<2xi1>)
  return
}

// -----

func.func @f() {
// expected-error@+1 {{'vector.constant_mask' op expected integers in attribute 'mask_dim_sizes'}}
  %0 = "vector.constant_mask"() <{mask_dim_sizes = ["x"]}> : () -> (vector<2xi1>)
  return
}

// -----

func.func @f(%a0: vector<2xf32>, %a1: index) {
// expected-error@+1 {{'vector.extract' op mismatch between dynamic and static positions}}
  %0 = "vector.extract"(%a0, %a1) <{static_position = array<i64: 0>}> : (vector<2xf32>, index) -> (f32)
  return
}

// -----

func.func @f(%a0: vector<2xf32>) {
// expected-error@+1 {{'vector.extract' op mismatch between dynamic and static positions}}
  %0 = "vector.extract"(%a0) <{static_position = array<i64: -9223372036854775808>}> : (vector<2xf32>) -> (f32)
  return
}

// -----

func.func @f(%a0: vector<2xf32>, %a1: vector<4xi32>) {
// expected-error@+1 {{'vector.insert_strided_slice' op expected source and destination of one element type}}
  %0 = "vector.insert_strided_slice"(%a0, %a1) <{offsets = [0], strides = [1]}> : (vector<2xf32>, vector<4xi32>) -> (vector<4xi32>)
  return
}

// -----

func.func @f(%a0: vector<2xf32>, %a1: vector<4xf32>) {
// expected-error@+1 {{'vector.insert_strided_slice' op expected offsets of same size as destination vector rank}}
  %0 = "vector.insert_strided_slice"(%a0, %a1) <{offsets = [0, 1], strides = [1]}> : (vector<2xf32>, vector<4xf32>) -> (vector<4xf32>)
  return
}

// -----

func.func @f(%a0: vector<2xf32>, %a1: vector<4xf32>) {
// expected-error@+1 {{'vector.insert_strided_slice' op expected strides of same size as source vector rank}}
  %0 = "vector.insert_strided_slice"(%a0, %a1) <{offsets = [0], strides = [1, 1]}> : (vector<2xf32>, vector<4xf32>) -> (vector<4xf32>)
  return
}

// -----

func.func @f(%a0: vector<2x2xf32>, %a1: vector<4xf32>) {
// expected-error@+1 {{'vector.insert_strided_slice' op expected source rank to be no greater than destination rank}}
  %0 = "vector.insert_strided_slice"(%a0, %a1) <{offsets = [0], strides = [1, 1]}> : (vector<2x2xf32>, vector<4xf32>) -> (vector<4xf32>)
  return
}

// -----

func.func @f(%a0: vector<2xf32>, %a1: vector<4xf32>) {
// expected-error@+1 {{'vector.insert_strided_slice' op expected strides to be confined to [1, 2)}}
  %0 = "vector.insert_strided_slice"(%a0, %a1) <{offsets = [0], strides = [2]}> : (vector<2xf32>, vector<4xf32>) -> (vector<4xf32>)
  return
}

// -----

func.func @f(%a0: vector<2xf32>, %a1: vector<4xf32>) {
// expected-error@+1 {{'vector.insert_strided_slice' op expected integers in attribute 'offsets'}}
  %0 = "vector.insert_strided_slice"(%a0, %a1) <{offsets = ["x"], strides = [1]}> : (vector<2xf32>, vector<4xf32>) -> (vector<4xf32>)
  return
}

// -----

func.func @f(%a0: vector<2x2xf32>, %a1: index) {
// expected-error@+1 {{'vector.extractelement' op unexpected >1 vector rank}}
  %0 = "vector.extractelement"(%a0, %a1) : (vector<2x2xf32>, index) -> (f32)
  return
}

// -----

func.func @f(%a0: vector<f32>, %a1: index) {
// expected-error@+1 {{'vector.extractelement' op expected position to be empty with 0-D vector}}
  %0 = "vector.extractelement"(%a0, %a1) : (vector<f32>, index) -> (f32)
  return
}

// -----

func.func @f(%a0: vector<2xf32>) {
// expected-error@+1 {{'vector.extractelement' op expected position for 1-D vector}}
  %0 = "vector.extractelement"(%a0) : (vector<2xf32>) -> (f32)
  return
}

// -----

func.func @f(%a0: vector<2xf32>, %a1: vector<2xi32>) {
// expected-error@+1 {{'vector.extractelement' op expected an integer or index as position}}
  %0 = "vector.extractelement"(%a0, %a1) : (vector<2xf32>, vector<2xi32>) -> (f32)
  return
}

// -----

func.func @f(%a0: f64, %a1: vector<2xf32>, %a2: index) {
// expected-error@+1 {{'vector.insertelement' op failed to verify that source operand type matches element type of result}}
  %0 = "vector.insertelement"(%a0, %a1, %a2) : (f64, vector<2xf32>, index) -> (vector<2xf32>)
  return
}

// -----

func.func @f(%a0: vector<2x2xf32>) {
// expected-error@+1 {{'vector.reduction' op unsupported reduction rank: 2}}
  %0 = "vector.reduction"(%a0) <{kind = #vector.kind<add>}> : (vector<2x2xf32>) -> (f32)
  return
}

// -----

func.func @f(%a0: vector<2xf32>, %a1: f64) {
// expected-error@+1 {{'vector.reduction' op expected the accumulator to have the type of the result}}
  %0 = "vector.reduction"(%a0, %a1) <{kind = #vector.kind<add>}> : (vector<2xf32>, f64) -> (f32)
  return
}

// -----

func.func @f(%a0: vector<2xf32>) {
// expected-error@+1 {{'vector.bitcast' op failed to verify that all of {source, result} have same rank}}
  %0 = "vector.bitcast"(%a0) : (vector<2xf32>) -> (vector<1x2xf32>)
  return
}

// -----

func.func @f(%a0: vector<2x2xf32>) {
// expected-error@+1 {{'vector.bitcast' op dimension size mismatch at: 0}}
  %0 = "vector.bitcast"(%a0) : (vector<2x2xf32>) -> (vector<1x2xf32>)
  return
}

// -----

func.func @f(%a0: vector<2xf32>) {
// expected-error@+1 {{'vector.shape_cast' op source/result vectors must have same element type}}
  %0 = "vector.shape_cast"(%a0) : (vector<2xf32>) -> (vector<2xi32>)
  return
}

// -----

func.func @f(%a0: memref<4xf32>) {
// expected-error@+1 {{'vector.load' op requires 1 indices}}
  %0 = "vector.load"(%a0) : (memref<4xf32>) -> (vector<4xf32>)
  return
}

// -----

func.func @f(%a: vector<2xf32>) {
// expected-error@+1 {{expected a vector and maybe an accumulator}}
  %0 = vector.reduction <add>, : vector<2xf32> into f32
  return
}

// -----

func.func @f(%a: f32) {
  cf.br ^bb1(%a, %a : f32)
// expected-error@+1 {{2 operands present, but expected 1}}
^bb1(%b: f32):
  return
}

// -----

func.func @f(%a: i32) {
// expected-error@+1 {{custom op 'cf.switch' is unknown}}
  cf.switch %a : i32, [
    default: ^bb1,
    1: 3
  ]
^bb1:
  return
}

// -----

// expected-error@+1 {{expected type instead of SSA identifier}}
func.func @f(f32, %a: i32) {
  return
}

// -----

// expected-error@+1 {{expected SSA identifier}}
func.func @f(%a: i32, f32) {
  return
}

// -----

// expected-error@+1 {{'func.func' op expects argument attribute dictionary to be a DictionaryAttr}}
"func.func"() <{sym_name = "f", function_type = (i32) -> (), arg_attrs = [3]}> ({
^bb0(%a: i32):
  "func.return"() : () -> ()
}) : () -> ()

// -----

// expected-error@+1 {{'func.func' op expects result attribute dictionary to be a DictionaryAttr}}
"func.func"() <{sym_name = "f", function_type = () -> i32, res_attrs = [3]}> ({
}) : () -> ()

// -----

// expected-error@+1 {{'func.func' op expects argument attribute array to have the same number of elements as the number of function arguments, got 2, but expected 1}}
"func.func"() <{sym_name = "f", function_type = (i32) -> (), arg_attrs = [{}, {}]}> ({
^bb0(%a: i32):
  "func.return"() : () -> ()
}) : () -> ()

// -----

func.func @f(%a0: vector<2xi1>, %a1: i32, %a2: i32) {
// expected-error@+1 {{'arith.select' op if an operand is non-scalar, then all results must be non-scalar}}
  %0 = "arith.select"(%a0, %a1, %a2) : (vector<2xi1>, i32, i32) -> (i32)
  return
}

// -----

func.func @f(%a0: tensor<2xi1>, %a1: memref<2xi32>, %a2: memref<2xi32>) {
// expected-error@+1 {{'arith.select' op if an operand is non-scalar, then all results must be non-scalar}}
  %0 = "arith.select"(%a0, %a1, %a2) : (tensor<2xi1>, memref<2xi32>, memref<2xi32>) -> (memref<2xi32>)
  return
}

// -----

func.func @f(%a0: vector<2xi1>, %a1: vector<3xi32>, %a2: vector<3xi32>) {
// expected-error@+1 {{'arith.select' op all non-scalar operands/results must have the same shape and base type}}
  %0 = "arith.select"(%a0, %a1, %a2) : (vector<2xi1>, vector<3xi32>, vector<3xi32>) -> (vector<3xi32>)
  return
}

// -----

func.func @f(%a0: vector<2xi1>, %a1: complex<f32>, %a2: complex<f32>) {
// expected-error@+1 {{'arith.select' op if an operand is non-scalar, then all results must be non-scalar}}
  %0 = "arith.select"(%a0, %a1, %a2) : (vector<2xi1>, complex<f32>, complex<f32>) -> (complex<f32>)
  return
}

// -----

func.func @f() {
// expected-error@+1 {{'arith.constant' op attribute 'value' failed to satisfy constraint: TypedAttr instance}}
  %0 = "arith.constant"() <{value = #a.b : !a.b}> : () -> (!a.b)
  return
}

// -----

func.func @f(%a0: i32) {
// expected-error@+1 {{'arith.sitofp' op if a result is non-scalar, then at least one operand must be non-scalar}}
  %0 = "arith.sitofp"(%a0) : (i32) -> (vector<2xf32>)
  return
}
