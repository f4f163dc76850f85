%a = "t.u"(%b, %b) : (i32, i32) -> f64
%b = "t.v"(%a) : (f64) -> i32
"t.q"() : () -> () loc("x"("f.c":3:4))
"t.q"() : () -> () loc(fused<"m">["a", callsite("b" at "c":1:2), unknown])
"t.w"() {a = loc("x":1:2), b = affine_set<(d0)[s0] : (d0 - s0 >= 0, d0 + 1 == 0)>, c = !foo.bar<x, [1, "]"], ->>, d = #foo.baz<"q>"#>, e = {}, f = {x = 1, "y z" = 2}, 
 g = tensor<f32>, h = tensor<0x4x?xi1>, i = vector<[4]x2xf32>, j = tensor<*xf32>, k = memref<*xi8, 1 : i32>, l = memref<2x2xf32, affine_map<(d0, d1) -> (d1, d0)>>, m = () -> (), n = (i32, () -> ()) -> (() -> i32), o = tuple<i32, f32>, p = complex<f32>, q = none, r = tensor<4xf32, #foo.enc<1>>, s = f8E5M2, t = index, u = si5, v = ui64,
 w = dense<> : tensor<0xf32>, x = dense<[true, false]> : tensor<2xi1>, y = dense<"0x0102030405060708"> : tensor<2xi32>, z = dense<["a", "b"]> : tensor<2x!foo.str>} : () -> ()
"t.w"() {a = 1.0 : f64, b = 0.1 : f32, c = 3.14159274 : f32, d = 1234567.0 : f32, e = 1.0e-10 : f64, f = 0x7FF0000000000000 : f64, g = 0xFF800000 : f32, h = 1.0 : bf16, i = 65504.0 : f16, j = -0.0 : f32, k = 1.17549435E-38 : f32, l = 1.0e-45 : f32, m = 123.456 : f64, n = 100000.0 : f32, o = 16777216.0 : f32, p = 1.0e20 : f64, q = 0.001 : f32, r = 0.00012345678 : f32, s = 0.000012345678 : f32, t = 0.5 : f8E4M3FN, u = 1.0 : f8E5M2FNUZ, v = 123456.789 : f64, w = 1.0e300: f64, x = 2.5e-5 : f32} : () -> ()
"t.w"() {a = -1 : i64, b = 18446744073709551615 : i64, c = 255 : ui8, d = -128 : si8, e = true, f = 1 : i1, g = 0x10 : i32, h = -9223372036854775808 : i64, i = 3 : index, j = "s" : i32, k = @a::@"b c"::@d, l = [], m = 170141183460469231731687303715884105728 : i128, n = 1 : i65, o = strided<[1, ?], offset: 3>, p = affine_map<() -> ()>, q = affine_map<(d0, d1)[s0, s1] -> (d0 * 2 + s0 - 3, (d0 + d1) floordiv 4, d0 ceildiv 8, (d1 mod 3) * -1, -(d0 + 1), s0 * s1, d0 - d1 * 2, (d0 * 5) mod 4)>} : () -> ()
"t.w"() {"a b", a1 = array<i8: 1, -1>, a2 = array<f32: 1.0, 0x7F800000>, a3 = array<i32>, a4 = array<i1: true, false>, b1 = dense<1> : tensor<4xi1>, b2 = dense<[1, 0, 1]> : tensor<3xi1>, b3 = dense<[[[1], [2]]]> : tensor<1x2x1xui8>, b4 = dense<-1> : tensor<2xindex>, b5 = dense<[0x7FC00000, 1.0]> : tensor<2xf32>} : () -> ()
%r:3 = "t.multi"() : () -> (i32, i32, i32)
"t.use"(%r#2, %r#0, %r) : (i32, i32, i32) -> ()
"t.reg"() ({
  "t.in"(%r#1) : (i32) -> ()
  %l = "t.l"(%later) : (i8) -> i8
}, {
  %l = "t.l"(%later) : (i8) -> i8
  "t.br"()[^x] : () -> ()
^x:
  "t.br"()[^y, ^x] : () -> ()
^y:
  "t.end"() : () -> ()
}) : () -> ()
%later = "t.l8"() : () -> i8
