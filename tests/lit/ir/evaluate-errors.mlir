// RUN: coco-opt %s --split-input-file --verify-diagnostics --interpret=@main
// What cannot be evaluated is said where it stands.

// expected-error@+1 {{'func.func' op has no body to be evaluated}}
func.func private @other() -> i32
func.func @main() -> i32 {
  %0 = func.call @other() : () -> i32
  return %0 : i32
}

// -----

memref.global "private" @g : memref<4xf32>
func.func @main() -> f32 {
  %c0 = arith.constant 0 : index
// expected-error@+1 {{'memref.get_global' op refers to a global that is defined elsewhere}}
  %m = memref.get_global @g : memref<4xf32>
  %x = memref.load %m[%c0] : memref<4xf32>
  return %x : f32
}

// -----

func.func @main() {
  %n = arith.constant -3 : index
  %b = memref.alloc() : memref<64xi8>
  %c0 = arith.constant 0 : index
// expected-error@+1 {{'memref.view' op has a negative size}}
  %m = memref.view %b[%c0][%n] : memref<64xi8> to memref<?xf32>
  return
}

// -----

func.func @main() -> vector<4xf32> {
  %c0 = arith.constant 0 : index
  %m = memref.alloc() : memref<8x4xf32>
  %s = memref.reinterpret_cast %m to offset: [0], sizes: [4, 4], strides: [1, 4] : memref<8x4xf32> to memref<4x4xf32, strided<[1, 4]>>
// expected-error@+1 {{'vector.load' op most minor memref dim must have unit stride}}
  %x = vector.load %s[%c0, %c0] : memref<4x4xf32, strided<[1, 4]>>, vector<4xf32>
  return %x : vector<4xf32>
}

// -----

func.func @main() -> tensor<4xf32> {
  %x = arith.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %s = arith.constant dense<[5]> : tensor<1xi64>
  %0 = graph.reshape %x, %s {allow_zero = false} : (tensor<2x2xf32>, tensor<1xi64>) -> tensor<?xf32>
// expected-error@+1 {{unregistered operation 'graph.identity' found in dialect ('graph') that does not allow unknown operations}}
  %1 = "graph.identity"(%0) : (tensor<?xf32>) -> tensor<?xf32>
  return %x : tensor<4xf32>
}

// -----

func.func @main() -> tensor<?xf32> {
  %x = arith.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %s = arith.constant dense<[2]> : tensor<1xi64>
// expected-error@+1 {{'graph.expand' op expects an input that broadcasts against the shape}}
  %0 = graph.expand %x, %s : (tensor<3xf32>, tensor<1xi64>) -> tensor<?xf32>
  return %0 : tensor<?xf32>
}

// -----

func.func @main() -> i1 {
  %x = arith.constant dense<[1, 2]> : tensor<2xi32>
  %z = arith.constant dense<[0, 1]> : tensor<2xi32>
// expected-error@+1 {{'graph.div' op divides by zero}}
  %0 = graph.div %x, %z : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi32>
  %t = arith.constant true
  return %t : i1
}

// -----

func.func @main() -> i32 {
  %c = arith.constant 3 : i32
// expected-error@+1 {{'arith.cmpi' op attribute 'predicate' failed to satisfy constraint: a number from 0 to 9}}
  %r = "arith.cmpi"(%c, %c) <{predicate = 77 : i64}> : (i32, i32) -> i1
  return %c : i32
}

// -----

memref.global "private" @g : memref<2xf32> = dense_resource<nowhere>
func.func @main() -> i32 {
// expected-error@+1 {{'memref.get_global' op refers to a global whose value cannot be evaluated}}
  %m = memref.get_global @g : memref<2xf32>
  %c = arith.constant 1 : i32
  return %c : i32
}

// -----

func.func @main() {
  %m = memref.alloc() : memref<8x8xf32>
  %s = memref.subview %m[0, 0] [4, 4] [1, 1] : memref<8x8xf32> to memref<4x4xf32, strided<[8, 1]>>
  %d = memref.cast %s : memref<4x4xf32, strided<[8, 1]>> to memref<4x4xf32, strided<[?, 1]>>
// expected-error@+1 {{'memref.collapse_shape' op joins dimensions that are not contiguous}}
  %c = memref.collapse_shape %d [[0, 1]] : memref<4x4xf32, strided<[?, 1]>> into memref<16xf32, strided<[1]>>
  return
}

// -----

func.func @main() {
  %c3 = arith.constant 3 : index
  %c4 = arith.constant 4 : index
  %m = memref.alloc(%c4) : memref<?xf32>
// expected-error@+1 {{'memref.expand_shape' op has an output shape that does not fit its source}}
  %e = memref.expand_shape %m [[0, 1]] output_shape [%c3, 3] : memref<?xf32> into memref<?x3xf32>
  return
}
