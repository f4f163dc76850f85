// Every access is checked: there is no way to reach other memory.
// RUN: coco-opt %s --split-input-file --verify-diagnostics --interpret=@main

func.func @main() -> f32 {
  %c4 = arith.constant 4 : index
  %m = memref.alloc() : memref<4xf32>
  // expected-error@+1 {{index 0 is 4, outside of 0 to 3}}
  %x = memref.load %m[%c4] : memref<4xf32>
  return %x : f32
}

// -----

func.func @main() {
  %m1 = arith.constant -1 : index
  %f = arith.constant 1.0 : f32
  %c0 = arith.constant 0 : index
  %m = memref.alloc() : memref<4x4xf32>
  // expected-error@+1 {{index 1 is -1, outside of 0 to 3}}
  memref.store %f, %m[%c0, %m1] : memref<4x4xf32>
  return
}

// -----

memref.global constant @g : memref<4xf32> = dense<[1.0, 2.0, 3.0, 4.0]>
func.func @main() {
  %c0 = arith.constant 0 : index
  %f = arith.constant 1.0 : f32
  %g = memref.get_global @g : memref<4xf32>
  %s = memref.subview %g[1] [2] [1] : memref<4xf32> to memref<2xf32, strided<[1], offset: 1>>
  // expected-error@+1 {{writes to a constant global}}
  memref.store %f, %s[%c0] : memref<2xf32, strided<[1], offset: 1>>
  return
}

// -----

func.func @main() {
  %c3 = arith.constant 3 : index
  %m = memref.alloc() : memref<4xf32>
  // expected-error@+1 {{reaches outside of its source in dimension 0}}
  %s = memref.subview %m[%c3] [2] [1] : memref<4xf32> to memref<2xf32, strided<[1], offset: ?>>
  return
}

// -----

func.func @main() {
  %m = memref.alloc() : memref<4xf32>
  // expected-error@+1 {{reaches outside of the memory of its source}}
  %s = memref.reinterpret_cast %m to offset: [0], sizes: [3], strides: [2] : memref<4xf32> to memref<3xf32, strided<[2]>>
  return
}

// -----

func.func @main() {
  %m = memref.alloc() : memref<4xf32>
  // expected-error@+1 {{reaches outside of the memory of its source}}
  %s = memref.reinterpret_cast %m to offset: [9223372036854775807], sizes: [9223372036854775807], strides: [9223372036854775807] : memref<4xf32> to memref<9223372036854775807xf32, strided<[9223372036854775807], offset: 9223372036854775807>>
  return
}

// -----

func.func @main() {
  %c2 = arith.constant 2 : index
  %m = memref.alloc() : memref<64xi8>
  // expected-error@+1 {{has a byte shift of 2, which is outside of the source or not aligned}}
  %s = memref.view %m[%c2] [] : memref<64xi8> to memref<4xf32>
  return
}

// -----

func.func @main() {
  %c4 = arith.constant 4 : index
  %m = memref.alloc() : memref<16xi8>
  // expected-error@+1 {{reaches outside of the memory of its source}}
  %s = memref.view %m[%c4] [%c4] : memref<16xi8> to memref<?xf32>
  return
}

// -----

func.func @main() {
  %n = arith.constant -1 : index
  // expected-error@+1 {{allocates a negative size}}
  %m = memref.alloc(%n) : memref<?xf32>
  return
}

// -----

func.func @main() {
  %m = memref.alloc() : memref<4xf32>
  %d = memref.cast %m : memref<4xf32> to memref<?xf32>
  // expected-error@+1 {{is of a memref that does not have the type it states}}
  %e = memref.cast %d : memref<?xf32> to memref<5xf32>
  return
}

// -----

func.func @main() {
  %m = memref.alloc() : memref<4xf32>
  %n = memref.alloc() : memref<5xf32>
  %d = memref.cast %m : memref<4xf32> to memref<?xf32>
  // expected-error@+1 {{copies between different shapes}}
  memref.copy %d, %n : memref<?xf32> to memref<5xf32>
  return
}

// -----

memref.global @elsewhere : memref<4xf32>
func.func @main() {
  // expected-error@+1 {{refers to a global that is defined elsewhere}}
  %g = memref.get_global @elsewhere : memref<4xf32>
  return
}

// -----

func.func @main() -> index {
  %c1 = arith.constant 1 : index
  %z = arith.addi %c1, %c1 : index
  %m = memref.alloc() : memref<4xf32>
  // expected-error@+1 {{asks for dimension 2 of rank 1}}
  %d = memref.dim %m, %z : memref<4xf32>
  return %d : index
}

// -----

// More dimensions than an evaluation follows: memory can be had, and that is all.
func.func @main() -> f32 {
  %c0 = arith.constant 0 : index
  %m = memref.alloc() : memref<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1xf32>
  // expected-error@+1 {{'memref.load' op accesses a memref whose layout cannot be evaluated}}
  %x = memref.load %m[%c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0] : memref<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1xf32>
  return %x : f32
}

// -----

func.func @main() {
  %m = memref.alloc() : memref<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1xf32>
  // expected-error@+1 {{'memref.copy' op copies a layout that cannot be evaluated}}
  memref.copy %m, %m : memref<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1xf32> to memref<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1xf32>
  return
}

// -----

func.func @main() {
  %m = memref.alloc() : memref<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1xf32>
  // expected-error@+1 {{'memref.cast' op views a layout that cannot be evaluated}}
  %n = memref.cast %m : memref<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1xf32> to memref<?x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1xf32>
  return
}

// -----

func.func @main() {
  %n = arith.constant 2 : index
  // expected-error@+1 {{'memref.alloc' op allocates a layout that cannot be evaluated}}
  %m = memref.alloc(%n) : memref<?xf32, strided<[2]>>
  return
}

// -----

func.func @main() {
  // expected-error@+1 {{'memref.alloc' op allocates a layout that cannot be evaluated}}
  %m = memref.alloc() : memref<4xf32, affine_map<(d0) -> (d0 floordiv 2)>>
  return
}

// -----

func.func @main() -> i128 {
  %c0 = arith.constant 0 : index
  %m = memref.alloc() : memref<2xi128>
  // expected-error@+1 {{'memref.load' op has a type that cannot be evaluated}}
  %x = memref.load %m[%c0] : memref<2xi128>
  return %x : i128
}

// -----

func.func @main() {
  %n = arith.constant 2 : index
  %m = memref.alloc() : memref<f32>
  // expected-error@+1 {{'memref.expand_shape' op has an output shape that does not fit its source}}
  %x = memref.expand_shape %m [] output_shape [1, %n] : memref<f32> into memref<1x?xf32>
  return
}

// -----

// The types are compatible, and the memory is another.
func.func @main() -> f32 {
  %c0 = arith.constant 0 : index
  %n = arith.constant 1 : index
  %m = memref.alloc(%n) : memref<?xf32>
  // expected-error@+1 {{'builtin.unrealized_conversion_cast' op result #0 is of type 'memref<1xf32>' now, which its own type does not allow}}
  %u = builtin.unrealized_conversion_cast %m : memref<?xf32> to memref<8xf32>
  %x = memref.load %u[%c0] : memref<8xf32>
  return %x : f32
}

// -----

// expected-error@+1 {{result #0 cannot be printed}}
func.func @main() -> memref<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1xf32> {
  %m = memref.alloc() : memref<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1xf32>
  return %m : memref<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1xf32>
}

// -----

// No memory in front of the first element, which the layout puts there.
func.func @main() {
  // expected-error@+1 {{'memref.alloc' op allocates a layout that cannot be evaluated}}
  %m = memref.alloc() : memref<4xf32, affine_map<(d0) -> (d0 - 3)>>
  return
}

// -----

// A stride that is known when the program runs, if ever.
func.func @main() {
  // expected-error@+1 {{'memref.alloc' op allocates a layout that cannot be evaluated}}
  %m = memref.alloc() : memref<4x4xf32, strided<[?, 1]>>
  return
}

// -----

// The last element lies beyond what an address can say.
func.func @main() {
  // expected-error@+1 {{'memref.alloc' op allocates a layout that cannot be evaluated}}
  %m = memref.alloc() : memref<4x4xf32, strided<[4611686018427387904, 1]>>
  return
}

// -----

func.func @main() {
  // expected-error@+1 {{'memref.alloc' op allocates a layout that cannot be evaluated}}
  %m = memref.alloc() : memref<4x4xf32, affine_map<(d0, d1) -> (d0 * 4611686018427387904 + d1)>>
  return
}

// -----

func.func @main() {
  // expected-error@+1 {{'memref.alloc' op allocates a type that cannot be evaluated}}
  %m = memref.alloc() : memref<4611686018427387904xf32>
  return
}

// -----

func.func @main() {
  // expected-error@+1 {{'memref.alloc' op allocates a type that cannot be evaluated}}
  %m = memref.alloc() : memref<2xi2097152>
  return
}

// -----

memref.global @g : memref<4x4xf32, strided<[4611686018427387904, 1]>> = uninitialized
func.func @main() {
  // expected-error@+1 {{'memref.get_global' op refers to a global whose value cannot be evaluated}}
  %m = memref.get_global @g : memref<4x4xf32, strided<[4611686018427387904, 1]>>
  return
}
