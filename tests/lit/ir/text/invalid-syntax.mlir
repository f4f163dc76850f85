// RUN: coco-opt %s --allow-unregistered-dialect --split-input-file --verify-diagnostics
// What the parser says of attributes, types, elements, locations and operations that are cut short or mixed up.

// expected-error@+1 {{expected '==', '<=' or '>=' at end of affine constraint}}
"a.b"() {s = affine_set<(d0) : (d0 + 1)>} : () -> ()

// -----

// expected-error@+1 {{expected bare identifier}}
"a.b"() {s = affine_map<(4) -> (4)>} : () -> ()

// -----

// expected-error@+1 {{redefinition of identifier 'd0'}}
"a.b"() {s = affine_map<(d0, d0) -> (d0)>} : () -> ()

// -----

// expected-error@+1 {{expected affine expression}}
"a.b"() {s = affine_map<(d0) -> (*)>} : () -> ()

// -----

// expected-error@+1 {{non-affine expression: right operand of ceildiv has to be either a constant or symbolic}}
"a.b"() {s = affine_map<(d0, d1) -> (d0 ceildiv d1)>} : () -> ()

// -----

// expected-error@+1 {{non-affine expression: right operand of floordiv has to be either a constant or symbolic}}
"a.b"() {s = affine_map<(d0, d1) -> (d0 floordiv d1)>} : () -> ()

// -----

// expected-error@+1 {{non-affine expression: right operand of mod has to be either a constant or symbolic}}
"a.b"() {s = affine_map<(d0, d1) -> (d0 mod d1)>} : () -> ()

// -----

// expected-error@+1 {{expected constant integer or floating point value}}
"a.b"() {a = - x} : () -> ()

// -----

// expected-error@+1 {{expected 'offset' after comma}}
"a.b"() : () -> memref<2xf32, strided<[1], stride: 3>>

// -----

// expected-error@+1 {{expected attribute name}}
"a.b"() {+ = 3} : () -> ()

// -----

// expected-error@+1 {{expected valid attribute name}}
"a.b"() {"" = 3} : () -> ()

// -----

// expected-error@+1 {{expected '{' in attribute dictionary}}
module attributes 3 {}

// -----

// expected-error@+1 {{expected symbol name}}
func.func 3()

// -----

// expected-error@+1 {{expected valid symbol name}}
func.func @""()

// -----

// expected-error@+1 {{expected a parameter of 'lr.window'}}
"a.b"() {a = #lr.window<3>} : () -> ()

// -----

// expected-error@+1 {{parameter 'kernel' is given twice}}
"a.b"() {a = #lr.window<kernel = [1], kernel = [2]>} : () -> ()

// -----

// expected-error@+1 {{'lr.window' needs the parameter 'strides'}}
"a.b"() {a = #lr.window<kernel = [1]>} : () -> ()

// -----

// expected-error@+1 {{'lr.layout' has no parameter 'kind'}}
"a.b"() {a = #lr.layout<kind = 3>} : () -> ()

// -----

// expected-error@+1 {{unbalanced '<' in an attribute of dialect 'foo'}}
"a.b"() {a = #foo.bar<(>} : () -> ()

// -----

// expected-error@+1 {{unbalanced '<' in a type of dialect 'foo'}}
"a.b"() : () -> !foo.bar<(>

// -----

// expected-error@+1 {{expected '}' in attribute dictionary}}
"a.b"() {a = true : i32} : () -> ()

// -----

// expected-error@+1 {{integer value too large}}
"a.b"() {a = distinct[99999999999999999999]<unit>} : () -> ()

// -----

// expected-error@+1 {{integer constants wider than 4096 bits are not supported}}
"a.b"() {a = 1 : i99999} : () -> ()

// -----

// expected-error@+1 {{integer literal not valid for specified type}}
"a.b"() {a = 1 : tensor<i32>} : () -> ()

// -----

// expected-error@+1 {{floating point value not valid for specified type}}
"a.b"() {a = 1.0 : i32} : () -> ()

// -----

// expected-error@+1 {{expected integer elements, but parsed floating-point}}
"a.b"() {a = dense<1.0> : tensor<i32>} : () -> ()

// -----

// expected-error@+1 {{expected element literal of primitive type}}
"a.b"() {a = dense<foo> : tensor<i32>} : () -> ()

// -----

// expected-error@+1 {{expected string element}}
"a.b"() {a = dense<["x", 3]> : tensor<2x!a.s>} : () -> ()

// -----

// expected-error@+1 {{unexpected string element}}
"a.b"() {a = dense<[3, "x"]> : tensor<2xi32>} : () -> ()

// -----

// expected-error@+1 {{elements hex string is invalid}}
"a.b"() {a = dense<"0xzz"> : tensor<2xi8>} : () -> ()

// -----

// expected-error@+1 {{elements literal must be a shaped type}}
"a.b"() {a = dense<1> : i32} : () -> ()

// -----

// expected-error@+1 {{invalid tensor element type: 'none'}}
"a.b"() {a = dense<1> : tensor<2xnone>} : () -> ()

// -----

// expected-error@+1 {{unexpected string element}}
"a.b"() {a = dense<"x"> : tensor<2xi32>} : () -> ()

// -----

// expected-error@+1 {{expected elements for a type that has some}}
"a.b"() {a = dense<> : tensor<2xi32>} : () -> ()

// -----

// expected-error@+1 {{a splat of a type without elements}}
"a.b"() {a = dense<1> : tensor<0xi32>} : () -> ()

// -----

// expected-error@+1 {{expected identifier key for 'resource' entry}}
"a.b"() {a = dense_resource<3> : tensor<2xi32>} : () -> ()

// -----

// expected-error@+1 {{expected element literal of primitive type}}
"a.b"() {a = array<i32: x>} : () -> ()

// -----

// expected-error@+1 {{hexadecimal float literal should not have a leading minus}}
"a.b"() {a = -0x7fc00000 : f32} : () -> ()

// -----

// expected-error@+1 {{hexadecimal float constant out of range for type}}
"a.b"() {a = 0x7fc0000000000000000 : f32} : () -> ()

// -----

// expected-error@+1 {{expected '}' in attribute dictionary}}
"a.b"() {a = 1e999999999 : f32} : () -> ()

// -----

// expected-error@+1 {{expected 'at' in callsite location}}
"a.b"() : () -> () loc(callsite("a" in "b"))

// -----

// expected-error@+1 {{expected location instance}}
"a.b"() : () -> () loc(here)

// -----

// expected-error@+1 {{expected location instance}}
"a.b"() : () -> () loc(3)

// -----

// expected-error@+1 {{expected location, but found 'a'}}
"a.b"() : () -> () loc(#a)
#a = 3 : i32

// -----

// expected-error@+1 {{expected location instance}}
"a.b"() : () -> ()  loc(fused[3])

// -----

// expected-error@+1 {{expected branch destination}}
"a.b"() [3] : () -> ()

// -----

func.func @f(%a: i32) {
// expected-error@+1 {{invalid block name in region with named arguments}}
^bb0:
  return
}

// -----

// expected-error@+1 {{expected '{' in properties}}
"a.b"() <3> : () -> ()

// -----

// expected-error@+1 {{null character not allowed in operation name}}
"a\00b"() : () -> ()

// -----

// expected-error@+1 {{custom op 'a.b' is unknown}}
a.b %x

// -----

// expected-error@+1 {{expected integer number of results}}
%0:x = "a.b"() : () -> ()

// -----

// expected-error@+1 {{expected operation name in quotes}}
3 = "a.b"() : () -> ()

// -----

// expected-error@+1 {{expected valid ssa identifier}}
%0, = "a.b"() : () -> i32

// -----

// expected-error@+1 {{'memref.alloc' op missing segment sizes attribute 'operandSegmentSizes'}}
%0 = "memref.alloc"() : () -> memref<2xf32>

// -----

// expected-error@+1 {{'memref.alloc' op 'operandSegmentSizes' must be an array<i32: ...> with one size for each operand group}}
%0 = "memref.alloc"() <{operandSegmentSizes = 3 : i32}> : () -> memref<2xf32>

// -----

// expected-error@+1 {{'memref.alloc' op 'operandSegmentSizes' attribute cannot have negative elements}}
%0 = "memref.alloc"() <{operandSegmentSizes = array<i32: 0, -1>}> : () -> memref<2xf32>

// -----

// expected-error@+1 {{attribute names with a '.' are reserved for dialect-defined names}}
#a.b = 3 : i32

// -----

// expected-error@+1 {{type names with a '.' are reserved for dialect-defined names}}
!a.b = i32

// -----

"a.b"() : () -> ()
// expected-error@+1 {{unknown key 'foo' in file metadata dictionary}}
{-# foo: {} #-}

// -----

"a.b"() : () -> ()
// expected-error@+1 {{expected identifier key in file metadata dictionary}}
{-# 3: {} #-}

// -----

"a.b"() : () -> ()
// expected-error@+1 {{expected hex string blob for key 'a'}}
{-# dialect_resources: { builtin: { a: 3x } } #-}

// -----

"a.b"() : () -> ()
// expected-error@+1 {{resource 'a' is given twice}}
{-# dialect_resources: { builtin: { a: "0x0400000000", a: "0x0400000000" } } #-}

// -----

"a.b"() : () -> ()
// expected-error@+1 {{expected hex string blob for key 'a' of an even number of hexadecimal digits}}
{-# dialect_resources: { builtin: { a: "0x04000000F" } } #-}

// -----

"a.b"() : () -> ()
// expected-error@+1 {{expected hex string blob for key 'a' to start with 0x and an alignment of 4 bytes}}
{-# dialect_resources: { builtin: { a: "04000000" } } #-}

// -----

// expected-error@+1 {{expected integer size in scalable dimension}}
"a.b"() : () -> vector<[x]xf32>

// -----

// expected-error@+1 {{expected static shape}}
"a.b"() : () -> vector<?xf32>

// -----

// expected-error@+1 {{memref layout mismatch between rank and strides: 2 != 1}}
"a.b"() : () -> memref<2x2xf32, strided<[1]>>

// -----

// expected-error@+1 {{multiple memory spaces specified in memref type}}
"a.b"() : () -> memref<2xf32, 1, 2>

// -----

// expected-error@+1 {{cannot have affine map for unranked memref type}}
"a.b"() : () -> memref<*xf32, affine_map<(d0) -> (d0)>>

// -----

// expected-error@+1 {{multiple layouts specified in memref type}}
"a.b"() : () -> memref<2xf32, affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>>

// -----

// expected-error@+1 {{invalid memref element type}}
"a.b"() : () -> memref<2xnone>

// -----

// expected-error@+1 {{invalid memref element type}}
"a.b"() : () -> memref<2xtensor<2xf32>>

// -----

// expected-error@+1 {{invalid element type for complex}}
"a.b"() : () -> complex<none>

// -----

// expected-error@+1 {{invalid element type for complex}}
"a.b"() : () -> complex<tensor<2xf32>>

// -----

// expected-error@+1 {{expected 0 operand types but had 1}}
"a.b"() : (() -> ()) -> 3

// -----

// expected-error@+1 {{expected function type}}
"a.b"() : 3

// -----

// expected-error@+1 {{expected attribute value}}
"a.b"() {a = dense_resource<x> : tensor<2xi32>, b = opaque<3>} : () -> ()

// -----

func.func @f(%a: memref<2xf32>) {
// expected-error@+1 {{expected ']'}}
  memref.prefetch %a[0], read, locality<3>, data : memref<2xf32>
  return
}

// -----

func.func @f(%a: vector<2x2xf32>, %b: f32) {
// expected-error@+1 {{expected integer value}}
  %0 = vector.insert %b, %a[x, 1] : f32 into vector<2x2xf32>
  return
}

// -----

func.func @f(%a: i32, %b: i32) {
// expected-error@+1 {{'arith.cmpi' has no predicate 'foo'}}
  %0 = arith.cmpi foo, %a, %b : i32
  return
}

// -----

func.func @f(%a: memref<4x2xf32>) {
// expected-error@+1 {{'memref.collapse_shape' op expected the dimensions in order, each once}}
  %0 = memref.collapse_shape %a [[0, 99999999999]] : memref<4x2xf32> into memref<8xf32>
  return
}

// -----

func.func @f(%a: f32) {
// expected-error@+1 {{'arith.addf' expected 2 operands}}
  %0 = arith.addf 3, %a : f32
  return
}

// -----

func.func @f(%a: i1) {
// expected-error@+1 {{expected branch destination}}
  cf.cond_br %a, ^a, 3
^a:
  return
}

// -----

func.func @f() {
// expected-error@+1 {{expected symbol name}}
  call 3() : () -> ()
  return
}

// -----

func.func @f() {
// expected-error@+1 {{expected '('}}
  call @f : () -> ()
  return
}

// -----

// expected-error@+1 {{expected '>' in affine map}}
"a.b"() {a = affine_map<(d0) -> (d0)} : () -> ()

// -----

// expected-error@+1 {{@ identifier expected to start with letter or '_'}}
"a.b"() {a = @} : () -> ()

// -----

// expected-error@+1 {{expected '>'}}
"a.b"() {a = sparse<0, 1 : tensor<1xi32>} : () -> ()

// -----

// expected-error@+1 {{expected integer value}}
"a.b"() : () -> () loc("x":y:3)

// -----

// expected-error@+1 {{expected ':' in location}}
"a.b"() : () -> () loc("x":3)

// -----

// expected-error@+1 {{expected non-function type}}
"a.b"() : () -> i32x

// -----

// expected-error@+1 {{expected type}}
"a.b"() : () -> tensor<2x>

// -----

// expected-error@+1 {{expected non-function type}}
"a.b"() : () -> ui

// -----

// expected-error@+1 {{'lr.layout' has no parameter 'kind'}}
"a.b"() {a = #lr.layout<kind = 3>} : () -> ()

// -----

// expected-error@+1 {{expected '}' in attribute dictionary}}
"a.b"() {a = true : i32, b} : () -> ()

// -----

// expected-error@+1 {{integer value too large}}
"a.b"() {a = distinct[18446744073709551616]<unit>} : () -> ()

// -----

// expected-error@+1 {{integer value too large}}
"a.b"() {a = distinct[9223372036854775808]<unit>} : () -> ()

// -----

// expected-error@+1 {{expected element literal of primitive type}}
"a.b"() {a = array<i32: [>} : () -> ()

// -----

func.func @f(%a: memref<2xf32>) {
// expected-error@+1 {{expected integer value}}
  %0 = memref.subview %a[0] [1] [1] : memref<2xf32> to memref<1xf32, strided<[1], offset: "x">>
  return
}

// -----

func.func @f(%a: vector<2xf32>) {
// expected-error@+1 {{'vector.shuffle' op mask index #2 out of range}}
  %0 = vector.shuffle %a, %a [0, 99999999999] : vector<2xf32>, vector<2xf32>
  return
}

// -----

func.func @f(%a: memref<2xf32>, %b: vector<2xf32>, %i: index) {
// expected-error@+1 {{custom op 'vector.transfer_write' is unknown}}
  vector.transfer_write %b, %a[%i] {in_bounds = [maybe]} : vector<2xf32>, memref<2xf32>
  return
}

// -----

func.func @f(%a: i32) {
// expected-error@+1 {{expected valid keyword}}
  %0 = arith.addi %a, %a overflow<3> : i32
  return
}

// -----

func.func @f(%a: f32) {
// expected-error@+1 {{expected valid keyword}}
  %0 = arith.cmpf 3, %a, %a : f32
  return
}

// -----

// expected-error@+1 {{expected symbol name}}
memref.global 3 @x : memref<2xf32>

// -----

// expected-error@+1 {{expected symbol name}}
func.func 3 @x()

// -----

func.func @f(%a: i32) {
// expected-error@+1 {{expected SSA operand}}
  scf.for %i = 3 to %a step %a {
  }
  return
}

// -----

"a.b"() : () -> ()
// expected-error@+1 {{expected a value for a resource entry}}
{-# dialect_resources: { builtin: { a: {} } } #-}

// -----

// expected-error@+1 {{tensor literal is nested too deeply}}
"a.b"() {a = dense<[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]> : tensor<2xi32>} : () -> ()

// -----

// expected-error@+1 {{expected string element}}
"a.b"() {a = dense<1> : tensor<2x!a.b>} : () -> ()

// -----

// expected-error@+1 {{expected non-function type}}
"a.b"() {a = dense<"x"> : tensor<2xf8E8M0FNU>} : () -> ()

// -----

func.func @f(%a: i32) {
// expected-error@+1 {{custom op 'lr.map' has no custom assembly form}}
  lr.map %a
}

// -----

// expected-error@+1 {{elements literal must be a shaped type}}
%0 = arith.constant dense<1> : memref<2xi32>
