// RUN: coco-opt %s --allow-unregistered-dialect --verify-roundtrip | FileCheck %s
// RUN: coco-opt %s --allow-unregistered-dialect --mlir-print-elementsattrs-with-hex-if-larger=1 | FileCheck %s --check-prefix=HEX
// RUN: coco-opt %s --allow-unregistered-dialect --canonicalize | FileCheck %s
// RUN: coco-opt %s --allow-unregistered-dialect --mlir-print-elementsattrs-with-hex-if-larger=1 | coco-opt --allow-unregistered-dialect | FileCheck %s

// CHECK: sparse = sparse<{{\[\[}}0, 0], [1, 2]], [1, 5]> : tensor<3x4xi32>
"a.b"() {sparse = sparse<[[0, 0], [1, 2]], [1, 5]> : tensor<3x4xi32>} : () -> ()
// CHECK: sparse = sparse<0, 1.000000e+00> : tensor<1xf32>
"a.b"() {sparse = sparse<0, 1.0> : tensor<1xf32>} : () -> ()
// CHECK: sparse = sparse<{{\[\[}}0, 0], [1, 2]], 7> : vector<3x4xi32>
"a.b"() {sparse = sparse<[[0, 0], [1, 2]], 7> : vector<3x4xi32>} : () -> ()
// CHECK: sparse = sparse<> : tensor<3xi32>
"a.b"() {sparse = sparse<[], []> : tensor<3xi32>} : () -> ()
// CHECK: sparse = sparse<> : tensor<3xi32>
"a.b"() {sparse = sparse<> : tensor<3xi32>} : () -> ()
// CHECK: sparse = sparse<{{\[\[}}0, 1]], "s"> : tensor<2x2x!t.str>
"a.b"() {sparse = sparse<[[0, 1]], "s"> : tensor<2x2x!t.str>} : () -> ()
// CHECK: sparse = sparse<1, (1.000000e+00,2.000000e+00)> : tensor<4xcomplex<f32>>
"a.b"() {sparse = sparse<[[1]], [(1.0, 2.0)]> : tensor<4xcomplex<f32>>} : () -> ()

// CHECK: complex = dense<(1.000000e+00,2.000000e+00)> : tensor<complex<f32>>
"a.b"() {complex = dense<(1.0, 2.0)> : tensor<complex<f32>>} : () -> ()
// CHECK: complex = dense<[(1,-2), (3,4)]> : tensor<2xcomplex<i16>>
// HEX: complex = dense<"0x0100FEFF03000400"> : tensor<2xcomplex<i16>>
"a.b"() {complex = dense<[(1, -2), (3, 4)]> : tensor<2xcomplex<i16>>} : () -> ()
// CHECK: complex = dense<[(1.000000e+00,2.000000e+00), (3.000000e+00,0xFFC00000)]> : tensor<2xcomplex<f32>>
"a.b"() {complex = dense<"0x0000803F00000040000040400000C0FF"> : tensor<2xcomplex<f32>>} : () -> ()
// CHECK: complex = dense<(true,false)> : tensor<complex<i1>>
"a.b"() {complex = dense<(true, false)> : tensor<complex<i1>>} : () -> ()

// CHECK: wide = dense<[18446744073709551616, -1]> : tensor<2xi70>
// HEX: wide = dense<"0x000000000000000001FFFFFFFFFFFFFFFF3F"> : tensor<2xi70>
"a.b"() {wide = dense<[18446744073709551616, -1]> : tensor<2xi70>} : () -> ()
// CHECK: wide = dense<[340282366920938463463374607431768211455, 0]> : tensor<2xui128>
"a.b"() {wide = dense<[340282366920938463463374607431768211455, 0]> : tensor<2xui128>} : () -> ()
// CHECK: narrow = dense<[197121, -1]> : tensor<2xi24>
// HEX: narrow = dense<"0x010203FFFFFF"> : tensor<2xi24>
"a.b"() {narrow = dense<"0x010203FFFFFF"> : tensor<2xi24>} : () -> ()

// CHECK: scalable = dense<1.000000e+00> : vector<[2]xf32>, too = dense<true> : vector<2x[2]xi1>
"a.b"() {scalable = dense<1.0> : vector<[2]xf32>, too = dense<true> : vector<2x[2]xi1>} : () -> ()

// CHECK: a = array<ui8: 1, 255>, b = array<bf16: 1.000000e+00>, c = array<index: 1>, d = array<si32: -3>, e = array<i128: 18446744073709551616>, f = array<i24: -1>
"a.b"() {a = array<ui8: 1, 255>, b = array<bf16: 1.0>, c = array<index: 1>, d = array<si32: -3>, e = array<i128: 18446744073709551616>, f = array<i24: -1>} : () -> ()

// Numbers that evaluation does not know are not folded.
// CHECK-LABEL: func.func @wide
// CHECK: arith.addi
func.func @wide() -> tensor<2xi128> {
  %0 = arith.constant dense<[18446744073709551616, 1]> : tensor<2xi128>
  %1 = arith.addi %0, %0 : tensor<2xi128>
  return %1 : tensor<2xi128>
}
