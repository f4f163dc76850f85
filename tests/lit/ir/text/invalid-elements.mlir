// RUN: coco-opt %s --allow-unregistered-dialect --split-input-file --verify-diagnostics

// expected-error@+1 {{some elements are complex and some are not}}
"a.b"() {a = dense<[(1.0, 2.0), 3.0]> : tensor<2xcomplex<f32>>} : () -> ()

// -----

// expected-error@+1 {{complex elements are for complex element types, and no others}}
"a.b"() {a = dense<(1.0, 2.0)> : tensor<f32>} : () -> ()

// -----

// expected-error@+1 {{complex elements are for complex element types, and no others}}
"a.b"() {a = dense<1.0> : tensor<complex<f32>>} : () -> ()

// -----

// expected-error@+1 {{expected ',' between the parts of a complex element}}
"a.b"() {a = dense<(1.0)> : tensor<complex<f32>>} : () -> ()

// -----

// expected-error@+1 {{expected ')' after a complex element}}
"a.b"() {a = dense<(1.0, 2.0, 3.0)> : tensor<complex<f32>>} : () -> ()

// -----

// expected-error@+1 {{elements of a scalable vector must all be one number}}
"a.b"() {a = dense<[1, 2]> : vector<[2]xi32>} : () -> ()

// -----

// expected-error@+1 {{integer constant out of range for attribute}}
"a.b"() {a = dense<1180591620717411303424> : tensor<2xi70>} : () -> ()

// -----

// expected-error@+1 {{element type of a dense array must be i1, index, or a number of whole bytes}}
"a.b"() {a = array<i7: 1>} : () -> ()

// -----

// expected-error@+1 {{sparse index #1 is not contained within the value shape}}
"a.b"() {a = sparse<[[0, 0], [1, 4]], [1, 5]> : tensor<3x4xi32>} : () -> ()

// -----

// expected-error@+1 {{sparse indices must be rows of 2 numbers}}
"a.b"() {a = sparse<[0, 1], [1, 5]> : tensor<3x4xi32>} : () -> ()

// -----

// expected-error@+1 {{inferred shape of elements literal ([1]) does not match type ([2])}}
"a.b"() {a = sparse<[[0, 0], [1, 2]], [1]> : tensor<3x4xi32>} : () -> ()

// -----

// expected-error@+1 {{expected ',' between the indices and the values}}
"a.b"() {a = sparse<[[0, 0]]> : tensor<3x4xi32>} : () -> ()

// -----

// expected-error@+1 {{elements literal type must have static shape}}
"a.b"() {a = sparse<[[0]], [1]> : vector<[4]xi32>} : () -> ()

// -----

// expected-error@+1 {{expected '[' after 'distinct'}}
"a.b"() {a = distinct<1>} : () -> ()

// -----

// expected-error@+1 {{expected ']' to close distinct ID}}
"a.b"() {a = distinct[1<1>} : () -> ()

// -----

// expected-error@+1 {{expected '<' after distinct ID}}
"a.b"() {a = distinct[1]} : () -> ()

// -----

// expected-error@+1 {{expected '>' to close distinct attribute}}
"a.b"() {a = distinct[1]<1, 2>} : () -> ()

// -----

// expected-error@+1 {{referenced attribute does not match previous definition of distinct ID 1}}
"a.b"() {a = [distinct[1]<1>, distinct[1]<2>]} : () -> ()

// -----

// expected-error@+1 {{elements hex data size is invalid for provided type}}
"a.b"() {a = dense<"0x0102"> : tensor<2xi24>} : () -> ()

// -----

// expected-error@+1 {{dense elements of this type are not supported}}
func.func private @vectors() attributes {d = dense<1> : tensor<2xvector<4xf32>>}
