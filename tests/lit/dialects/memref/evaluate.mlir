// RUN: coco-opt %s --interpret=all | FileCheck %s

memref.global "private" constant @numbers : memref<2x4xi32> = dense<[[0, 1, 2, 3], [4, 5, 6, 7]]>
memref.global @counter : memref<i32> = dense<41>
memref.global @splat : memref<3xf32> = dense<1.5>

// CHECK: @load_store = dense<[0, 0, 7, 0]> : tensor<4xi32>
func.func @load_store() -> memref<4xi32> {
  %c2 = arith.constant 2 : index
  %c7 = arith.constant 7 : i32
  %m = memref.alloc() : memref<4xi32>
  memref.store %c7, %m[%c2] : memref<4xi32>
  return %m : memref<4xi32>
}

// A global that is not constant keeps what is stored, for the rest of the run.
// CHECK: @globals = 42 : i32, 42 : i32, 5 : i32, 1.500000e+00 : f32
func.func @globals() -> (i32, i32, i32, f32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %one = arith.constant 1 : i32
  %g = memref.get_global @counter : memref<i32>
  %old = memref.load %g[] : memref<i32>
  %new = arith.addi %old, %one : i32
  memref.store %new, %g[] : memref<i32>
  %h = memref.get_global @counter : memref<i32>
  %again = memref.load %h[] : memref<i32>
  %n = memref.get_global @numbers : memref<2x4xi32>
  %five = memref.load %n[%c1, %c1] : memref<2x4xi32>
  %s = memref.get_global @splat : memref<3xf32>
  %f = memref.load %s[%c0] : memref<3xf32>
  return %new, %again, %five, %f : i32, i32, i32, f32
}

// CHECK: @subview = dense<{{\[}}[1, 3], [5, 7]]> : tensor<2x2xi32>, dense<[4, 5, 6, 7]> : tensor<4xi32>, dense<[2, 6]> : tensor<2xi32>
func.func @subview() -> (memref<2x2xi32, strided<[4, 2], offset: 1>>, memref<4xi32, strided<[1], offset: 4>>, memref<?xi32, strided<[4], offset: ?>>) {
  %c2 = arith.constant 2 : index
  %n = memref.get_global @numbers : memref<2x4xi32>
  %a = memref.subview %n[0, 1] [2, 2] [1, 2] : memref<2x4xi32> to memref<2x2xi32, strided<[4, 2], offset: 1>>
  %b = memref.subview %n[1, 0] [1, 4] [1, 1] : memref<2x4xi32> to memref<4xi32, strided<[1], offset: 4>>
  %c = memref.subview %n[0, %c2] [%c2, 1] [1, 1] : memref<2x4xi32> to memref<?xi32, strided<[4], offset: ?>>
  return %a, %b, %c : memref<2x2xi32, strided<[4, 2], offset: 1>>, memref<4xi32, strided<[1], offset: 4>>, memref<?xi32, strided<[4], offset: ?>>
}

// A view and a subview of it see the same memory.
// CHECK: @alias = 1065353216 : i32, 4 : index
func.func @alias() -> (i32, index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %c8 = arith.constant 8 : index
  %one = arith.constant 1.0 : f32
  %bytes = memref.alloc() : memref<64xi8>
  %floats = memref.view %bytes[%c8] [%c4] : memref<64xi8> to memref<?xf32>
  %words = memref.view %bytes[%c0] [] : memref<64xi8> to memref<16xi32>
  memref.store %one, %floats[%c1] : memref<?xf32>
  %c3 = arith.constant 3 : index
  %bits = memref.load %words[%c3] : memref<16xi32>
  %n = memref.dim %floats, %c0 : memref<?xf32>
  return %bits, %n : i32, index
}

// CHECK: @shapes = dense<[0, 1, 2, 3, 4, 5, 6, 7]> : tensor<8xi32>, dense<{{\[\[}}[0, 1], [2, 3]], {{\[}}[4, 5], [6, 7]]]> : tensor<2x2x2xi32>, dense<{{\[}}[0, 2, 4], [1, 3, 5]]> : tensor<2x3xi32>, dense<{{\[}}[0, 1, 2, 3], [4, 5, 6, 7]]> : tensor<2x4xi32>
func.func @shapes() -> (memref<8xi32>, memref<2x2x2xi32>, memref<2x3xi32, strided<[1, 2]>>, memref<?x4xi32>) {
  %n = memref.get_global @numbers : memref<2x4xi32>
  %a = memref.collapse_shape %n [[0, 1]] : memref<2x4xi32> into memref<8xi32>
  %b = memref.expand_shape %n [[0], [1, 2]] output_shape [2, 2, 2] : memref<2x4xi32> into memref<2x2x2xi32>
  %c = memref.reinterpret_cast %n to offset: [0], sizes: [2, 3], strides: [1, 2] : memref<2x4xi32> to memref<2x3xi32, strided<[1, 2]>>
  %d = memref.cast %n : memref<2x4xi32> to memref<?x4xi32>
  return %a, %b, %c, %d : memref<8xi32>, memref<2x2x2xi32>, memref<2x3xi32, strided<[1, 2]>>, memref<?x4xi32>
}

// CHECK: @copy = dense<{{\[}}[0, 1, 2, 3, 0, 0], [4, 5, 6, 7, 0, 0]]> : tensor<2x6xi32>
func.func @copy() -> memref<2x6xi32> {
  %n = memref.get_global @numbers : memref<2x4xi32>
  %m = memref.alloca() : memref<2x6xi32>
  %s = memref.subview %m[0, 0] [2, 4] [1, 1] : memref<2x6xi32> to memref<2x4xi32, strided<[6, 1]>>
  memref.copy %n, %s : memref<2x4xi32> to memref<2x4xi32, strided<[6, 1]>>
  memref.assume_alignment %m, 4 : memref<2x6xi32>
  return %m : memref<2x6xi32>
}

// The strides of dimensions of one element do not matter.
// CHECK: @collapse_single_elements = dense<[0.000000e+00, 5.000000e+00, 0.000000e+00]> : tensor<3xf32>
func.func @collapse_single_elements() -> memref<3xf32> {
  %c1 = arith.constant 1 : index
  %x = arith.constant 5.0 : f32
  %m = memref.alloc() : memref<1x3x1xf32, strided<[77, 2, 99]>>
  %j = memref.collapse_shape %m [[0, 1, 2]] : memref<1x3x1xf32, strided<[77, 2, 99]>> into memref<3xf32, strided<[2]>>
  memref.store %x, %j[%c1] : memref<3xf32, strided<[2]>>
  %r = memref.alloc() : memref<3xf32>
  memref.copy %j, %r : memref<3xf32, strided<[2]>> to memref<3xf32>
  return %r : memref<3xf32>
}
