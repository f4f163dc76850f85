// RUN: coco-opt %s --split-input-file --verify-diagnostics --allow-unregistered-dialect

// expected-error@+1 {{use of undeclared SSA value name}}
"t.use"(%x) : (i32) -> ()

// -----
// expected-note@+1 {{previously defined here}}
%a = "t.a"() : () -> i32
// expected-error@+1 {{redefinition of SSA value '%a'}}
%a = "t.a"() : () -> i32

// -----
// expected-note@+1 {{prior use here}}
%a = "t.a"() : () -> i32
// expected-error@+1 {{use of value '%a' expects different type than prior uses: 'f32' vs 'i32'}}
"t.use"(%a) : (f32) -> ()

// -----
"t.use"(%a) : (f32) -> ()
// expected-error@+1 {{definition of SSA value '%a#0' has type 'i32', previously used here with type 'f32'}}
%a = "t.a"() : () -> i32

// -----
%a:2 = "t.a"() : () -> (i32, i32)
// expected-error@+1 {{reference to invalid result number}}
"t.use"(%a#2) : (i32) -> ()

// -----
// expected-error@+1 {{operation defines 1 result but was provided 2 to bind}}
%a, %b = "t.a"() : () -> i32

// -----
// expected-error@+1 {{cannot name an operation with no results}}
%a = "t.a"() : () -> ()

// -----
// expected-error@+1 {{expected named operation to have at least 1 result}}
%a:0 = "t.a"() : () -> ()

// -----
"t.r"() ({
  // expected-error@+1 {{reference to an undefined block}}
  "t.br"()[^none] : () -> ()
}) : () -> ()

// -----
"t.r"() ({
  "t.br"()[^a] : () -> ()
// expected-note@+1 {{previously defined here}}
^a:
  "t.br"()[^a] : () -> ()
// expected-error@+1 {{redefinition of block '^a'}}
^a:
  "t.end"() : () -> ()
}) : () -> ()

// -----
// expected-error@+1 {{expected 2 operand types but had 1}}
"t.use"(%a, %b) : (i32) -> ()

// -----
// expected-error@+1 {{custom op 't.custom' is unknown}}
t.custom %a

// -----
// expected-error@+1 {{expected operation name in quotes}}
42

// -----
// expected-error@+1 {{empty operation name is invalid}}
""() : () -> ()

// -----
// expected-error@+1 {{expected ':' followed by operation type}}
"t.a"()

// -----
// expected-error@+1 {{duplicate key 'a' in dictionary attribute}}
"t.a"() {a = 1, b, a} : () -> ()

// -----
// expected-error@+1 {{expected attribute value}}
"t.a"() {a = } : () -> ()

// -----
// expected-error@+1 {{integer constant out of range for attribute}}
"t.a"() {a = 256 : i8} : () -> ()

// -----
// expected-error@+1 {{integer constant out of range for attribute}}
"t.a"() {a = 18446744073709551616} : () -> ()

// -----
// expected-error@+1 {{integer constant out of range for attribute}}
"t.a"() {a = 680564733841876926926749214863536422912 : i128} : () -> ()

// -----
// expected-error@+1 {{negative integer literal not valid for unsigned integer type}}
"t.a"() {a = -1 : ui8} : () -> ()

// -----
// expected-error@+1 {{unexpected decimal integer literal for a floating point value}}
"t.a"() {a = 1 : f32} : () -> ()

// -----
// expected-error@+1 {{hexadecimal float constant out of range for type}}
"t.a"() {a = 0x1FFFFFFFF : f32} : () -> ()

// -----
// expected-error@+1 {{floating point value not valid for specified type}}
"t.a"() {a = 1.0 : i32} : () -> ()

// -----
// expected-error@+1 {{inferred shape of elements literal ([2, 2]) does not match type ([4])}}
"t.a"() {a = dense<[[1, 2], [3, 4]]> : tensor<4xi32>} : () -> ()

// -----
// expected-error@+1 {{tensor literal is invalid; ranks are not consistent between elements}}
"t.a"() {a = dense<[[1, 2], [3]]> : tensor<2x2xi32>} : () -> ()

// -----
// expected-error@+1 {{tensor literal is invalid; ranks are not consistent between elements}}
"t.a"() {a = dense<[1, [3]]> : tensor<2x2xi32>} : () -> ()

// -----
// expected-error@+1 {{elements hex data size is invalid for provided type}}
"t.a"() {a = dense<"0x0102"> : tensor<2xi32>} : () -> ()

// -----
// expected-error@+1 {{elements literal type must have static shape}}
"t.a"() {a = dense<1> : tensor<?xi32>} : () -> ()

// -----
// expected-error@+1 {{undefined symbol alias id 'nothing'}}
"t.a"() {a = #nothing} : () -> ()

// -----
// expected-error@+1 {{undefined symbol alias id 'nothing'}}
"t.a"() {a = !nothing} : () -> ()

// -----
#a = 1
// expected-error@+1 {{redefinition of attribute alias id 'a'}}
#a = 2

// -----
// expected-error@+1 {{operation location alias was never defined}}
"t.a"() : () -> () loc(#nowhere)

// -----
// expected-error@+1 {{invalid dimension}}
"t.a"() {a = tensor<99999999999999999999xf32>} : () -> ()

// -----
// expected-error@+1 {{expected 'x' in dimension list}}
"t.a"() {a = tensor<4, f32>} : () -> ()

// -----
// expected-error@+1 {{vector types must have positive constant sizes}}
"t.a"() {a = vector<0xf32>} : () -> ()

// -----
// expected-error@+1 {{vector elements must be int/index/float type but got 'tensor<f32>'}}
"t.a"() {a = vector<2xtensor<f32>>} : () -> ()

// -----
// expected-error@+1 {{invalid tensor element type: 'memref<f32>'}}
"t.a"() {a = tensor<2xmemref<f32>>} : () -> ()

// -----
// expected-error@+1 {{memref layout mismatch between rank and affine map: 2 != 1}}
"t.a"() {a = memref<2x2xf32, affine_map<(d0) -> (d0)>>} : () -> ()

// -----
// expected-error@+1 {{invalid integer width}}
"t.a"() {a = i99999999} : () -> ()

// -----
// expected-error@+1 {{use of undeclared identifier}}
"t.a"() {a = affine_map<(d0) -> (d1)>} : () -> ()

// -----
// expected-error@+1 {{non-affine expression: at least one of the multiply operands has to be either a constant or symbolic}}
"t.a"() {a = affine_map<(d0, d1) -> (d0 * d1)>} : () -> ()

// -----
// expected-error@+1 {{expected '"' in string literal}}
"t.a

// -----
// expected-error@+1 {{unknown escape in string literal}}
"t.a\q"() : () -> ()

// -----
// expected-error@+1 {{invalid SSA name}}
% = "t.a"() : () -> i32

// -----
// expected-error@+1 {{unknown attribute `nothing` in dialect `lr`}}
"t.a"() {a = #lr.nothing} : () -> ()

// -----
// expected-error@+1 {{unknown type in dialect `arith`}}
"t.a"() {a = !arith.nothing} : () -> ()

// -----
"t.a"() {a = dense_resource<w> : tensor<2xf32>} : () -> ()
// expected-error@+1 {{expected hex string blob for key 'w' to begin with an alignment that is a power of two}}
{-# dialect_resources: { builtin: { w: "0x0300000000000000" } } #-}

// -----
// expected-error@+1 {{resource 'w' has 4 bytes, its type wants 8}}
"t.a"() {a = dense_resource<w> : tensor<2xf32>} : () -> ()
{-# dialect_resources: { builtin: { w: "0x0400000000000000" } } #-}

// -----
func.func @f(%a: i32) {
  "t.isolated"() ({
    func.func @g() {
      // expected-error@+1 {{use of undeclared SSA value name}}
      "t.use"(%a) : (i32) -> ()
      return
    }
  }) : () -> ()
  return
}

// -----
// expected-error@+1 {{operand count (2) does not match with the total size (1) specified in attribute 'operandSegmentSizes'}}
%0 = "memref.alloc"(%1, %1) <{operandSegmentSizes = array<i32: 1, 0>}> : (index, index) -> memref<?xf32>
%1 = "t.a"() : () -> index
