// RUN: coco-opt %s --allow-unregistered-dialect | FileCheck %s
// RUN: coco-opt %s --allow-unregistered-dialect | coco-opt --allow-unregistered-dialect | FileCheck %s

!alias = tensor<4x?xf32>

// CHECK: "t.types"() {a = i1, b = si8, c = ui64, d = i128, e = index, f = none}
"t.types"() {a = i1, b = si8, c = ui64, d = i128, e = index, f = none} : () -> ()
// CHECK: {a = f16, b = bf16, c = f32, d = f64, e = tf32, f = f80, g = f128}
"t.types"() {a = f16, b = bf16, c = f32, d = f64, e = tf32, f = f80, g = f128} : () -> ()
// CHECK: {a = f8E5M2, b = f8E4M3FN, c = f8E5M2FNUZ, d = f8E4M3FNUZ, e = f8E4M3B11FNUZ, f = f8E4M3}
"t.types"() {a = f8E5M2, b = f8E4M3FN, c = f8E5M2FNUZ, d = f8E4M3FNUZ, e = f8E4M3B11FNUZ, f = f8E4M3} : () -> ()
// CHECK: {a = tensor<f32>, b = tensor<0x4x?xi1>, c = tensor<*xf32>, d = tensor<4x?xf32>, e = tensor<2x!t.elem>}
"t.types"() {a = tensor<f32>, b = tensor<0x4x?xi1>, c = tensor<*xf32>, d = !alias, e = tensor<2x!t.elem>} : () -> ()
// CHECK: {a = tensor<4xf32, #t.enc<1, "]">>, b = tensor<2x3xf32, {x = 1 : i64}>, c = tensor<1xf32, "s">}
"t.types"() {a = tensor<4xf32, #t.enc<1, "]">>, b = tensor<2 x 3xf32, {x = 1}>, c = tensor<1xf32, "s">} : () -> ()
// CHECK: {a = vector<f32>, b = vector<4x8xf32>, c = vector<[4]x2xi8>, d = vector<2x[16]xindex>}
"t.types"() {a = vector<f32>, b = vector<4x8xf32>, c = vector<[4]x2xi8>, d = vector<2x[16]xindex>} : () -> ()
// CHECK: {a = memref<f32>, b = memref<*xi8, 1 : i32>, c = memref<2x2xf32, affine_map<(d0, d1) -> (d1, d0)>>, d = memref<4x?xf32, 3>}
"t.types"() {a = memref<f32>, b = memref<*xi8, 1 : i32>, c = memref<2x2xf32, affine_map<(x, y) -> (y, x)>>, d = memref<4x?xf32, 3>} : () -> ()
// CHECK: {a = memref<4x4xf32, strided<[?, 1], offset: ?>, 1>, b = memref<4xf32, strided<[2]>>, c = memref<4xf32>, d = memref<2xmemref<?xf32>>}
"t.types"() {a = memref<4x4xf32, strided<[?, 1], offset: ?>, 1>, b = memref<4xf32, strided<[2], offset: 0>>, c = memref<4xf32, affine_map<(d0) -> (d0)>>, d = memref<2xmemref<?xf32>>} : () -> ()
// CHECK: {a = () -> (), b = (i32) -> f32, c = (i32, () -> ()) -> (() -> i32), d = () -> (i1, i2), e = tuple<>, f = tuple<i32, tuple<f32>>}
"t.types"() {a = () -> (), b = (i32) -> f32, c = (i32, () -> ()) -> (() -> i32), d = () -> (i1, i2), e = tuple<>, f = tuple<i32, tuple<f32>>} : () -> ()
// CHECK: {a = complex<f32>, b = !t.plain, c = !t.body<x, [1, "]"], ->>, d = complex<i8>}
"t.types"() {a = complex<f32>, b = !t.plain, c = !t.body<x, [1, "]"], ->>, d = complex<i8>} : () -> ()
