// RUN: coco-opt %s --allow-unregistered-dialect | FileCheck %s
// RUN: coco-opt %s --allow-unregistered-dialect | coco-opt --allow-unregistered-dialect | FileCheck %s

#seven = 7 : i32

// CHECK: "t.integers"() {a = -1 : i64, b = -1 : i64, c = 255 : ui8, d = -128 : si8, e = true, f = true, g = 16 : i32, h = -9223372036854775808 : i64, i = 3 : index, j = 7 : i32}
"t.integers"() {a = -1, b = 18446744073709551615 : i64, c = 255 : ui8, d = -128 : si8, e = true, f = 1 : i1, g = 0x10 : i32, h = -9223372036854775808 : i64, i = 3 : index, j = #seven} : () -> ()
// CHECK: {a = 123456789012345678901234567890 : i128, b = -1 : i128, c = -170141183460469231731687303715884105728 : i128, d = 1 : i65}
"t.wide"() {a = 123456789012345678901234567890 : i128, b = -1 : i128, c = 170141183460469231731687303715884105728 : i128, d = 0x1 : i65} : () -> ()
// CHECK: {a = 1.000000e+00 : f64, b = 1.000000e-01 : f32, c = 3.14159274 : f32, d = 0x4996B438 : f32, e = -0.000000e+00 : f32, f = 1.17549435E-38 : f32, g = 123456.789 : f64}
"t.floats"() {a = 1.0, b = 0.1 : f32, c = 3.14159274 : f32, d = 1234567.0 : f32, e = -0.0 : f32, f = 1.17549435E-38 : f32, g = 123456.789} : () -> ()
// CHECK: {a = 0x7FF0000000000000 : f64, b = 0xFF800000 : f32, c = 0x7FC00001 : f32, d = 0x7C00 : f16, e = 0x7FC0 : bf16, f = 1.23456775E-4 : f32, g = 5.000000e-01 : f8E4M3FN}
"t.floats"() {a = 0x7FF0000000000000 : f64, b = 0xFF800000 : f32, c = 0x7FC00001 : f32, d = 0x7C00 : f16, e = 0x7FC0 : bf16, f = 0.000123456775 : f32, g = 0.5 : f8E4M3FN} : () -> ()
// CHECK: {a = "q\22b\\ \0A\09\00\FF", b = "typed" : i32, c = @root::@"b c"::@d, d, "e f", g}
"t.texts"() {a = "q\"b\\ \n\t\00\ff", b = "typed" : i32, c = @root::@"b c"::@d, d = unit, "e f", g} : () -> ()
// CHECK: {a = [], b = [1, 2.500000e+00, 3 : i32, [@x], {}], c = {x = 1 : i64, "y z" = i32}, d = i32}
"t.lists"() {a = [], b = [1, 2.5, 3 : i32, [@x], {}], c = {"y z" = i32, x = 1}, d = i32} : () -> ()
// CHECK: {a = dense<{{\[\[}}1, 2], [3, 4]]> : tensor<2x2xi8>, b = dense<1.500000e+00> : vector<4xf32>, c = dense<> : tensor<0xf32>, d = dense<[true, false]> : tensor<2xi1>, e = dense<true> : tensor<3xi1>}
"t.dense"() {a = dense<[[1, 2], [3, 4]]> : tensor<2x2xi8>, b = dense<1.5> : vector<4xf32>, c = dense<> : tensor<0xf32>, d = dense<[1, false]> : tensor<2xi1>, e = dense<"0xFF"> : tensor<3xi1>} : () -> ()
// CHECK: {a = dense<[67305985, 134678021]> : tensor<2xi32>, b = dense<["a", "b\0A"]> : tensor<2x!t.str>, c = dense<7> : tensor<2xi32>, d = dense<-1> : tensor<2xindex>, e = dense<[0x7FC00000, 1.000000e+00]> : tensor<2xf32>, f = dense<3> : tensor<i64>}
"t.dense"() {a = dense<"0x0102030405060708"> : tensor<2xi32>, b = dense<["a", "b\n"]> : tensor<2x!t.str>, c = dense<"0x07000000"> : tensor<2xi32>, d = dense<-1> : tensor<2xindex>, e = dense<[0x7FC00000, 1.0]> : tensor<2xf32>, f = dense<3> : tensor<i64>} : () -> ()
// CHECK: {a = array<i64: 1, -2>, b = array<i8: -1>, c = array<f32: 1.000000e+00, 0x7F800000>, d = array<i32>, e = array<i1: true, false>}
"t.arrays"() {a = array<i64: 1, -2>, b = array<i8: 255>, c = array<f32: 1.0, 0x7F800000>, d = array<i32>, e = array<i1: true, false>} : () -> ()
// CHECK: {a = affine_map<() -> ()>, b = affine_map<(d0, d1)[s0, s1] -> (d0 * 2 + s0 - 3, (d0 + d1) floordiv 4, d0 ceildiv 8, -(d1 mod 3), -(d0 + 1), s0 * s1, d0 - d1 * 2)>, c = affine_set<(d0)[s0] : (d0 - s0 >= 0, d0 + 1 == 0, -d0 + 5 >= 0)>}
"t.affine"() {a = affine_map<() -> ()>, b = affine_map<(i, j)[n, m] -> (2 * i + n - 3, (i + j) floordiv 4, i ceildiv 8, -(j mod 3), -(i + 1), n * m, i - j * 2)>, c = affine_set<(d0)[s0] : (d0 >= s0, d0 + 1 == 0, d0 <= 5)>} : () -> ()
// CHECK: {a = strided<[1, ?], offset: 3>, b = #t.body<"q>"#>, c = #t.plain, d = loc("f":1:2), e = loc(callsite("a" at fused<"m">["b", "d"]))}
"t.other"() {a = strided<[1, ?], offset: 3>, b = #t.body<"q>"#>, c = #t.plain, d = loc("f":1:2), e = loc(callsite("a" at fused<"m">["b", "d"]))} : () -> ()
