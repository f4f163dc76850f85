// RUN: coco-opt %s --split-input-file --verify-diagnostics --interpret=@main

func.func @main() -> i32 {
  %a = arith.constant 1 : i32
  %z = arith.constant 0 : i32
  // expected-error@+1 {{failed: division by zero}}
  %r = arith.divsi %a, %z : i32
  return %r : i32
}

// -----

func.func @main() -> i32 {
  %a = arith.constant -2147483648 : i32
  %m = arith.constant -1 : i32
  // expected-error@+1 {{failed: the quotient does not fit}}
  %r = arith.divsi %a, %m : i32
  return %r : i32
}

// -----

func.func @main() -> vector<2xi32> {
  %a = arith.constant dense<[1, 2]> : vector<2xi32>
  %z = arith.constant dense<[1, 0]> : vector<2xi32>
  // expected-error@+1 {{failed at element 1: division by zero}}
  %r = arith.remui %a, %z : vector<2xi32>
  return %r : vector<2xi32>
}

// -----

func.func @main() -> i128 {
  // expected-error@+1 {{has a value that cannot be evaluated}}
  %a = arith.constant 1 : i128
  return %a : i128
}

// -----

// The bytes of a constant that a file of weights has, which is not there.
func.func @main() -> tensor<2xf32> {
  // expected-error@+1 {{'arith.constant' op has a value whose bytes are not at hand}}
  %a = arith.constant dense_resource<elsewhere> : tensor<2xf32>
  return %a : tensor<2xf32>
}

// -----

func.func @grow(%x: tensor<1xf32>, %shape: tensor<1xi64>) -> tensor<?xf32> {
  %0 = "graph.expand"(%x, %shape) : (tensor<1xf32>, tensor<1xi64>) -> tensor<?xf32>
  return %0 : tensor<?xf32>
}
func.func @main() -> tensor<?xf32> {
  %x = arith.constant dense<1.0> : tensor<1xf32>
  %two = arith.constant dense<2> : tensor<1xi64>
  %three = arith.constant dense<3> : tensor<1xi64>
  %a = call @grow(%x, %two) : (tensor<1xf32>, tensor<1xi64>) -> tensor<?xf32>
  %b = call @grow(%x, %three) : (tensor<1xf32>, tensor<1xi64>) -> tensor<?xf32>
  // expected-error@+1 {{'arith.addf' op has operands of different sizes}}
  %c = arith.addf %a, %b : tensor<?xf32>
  return %c : tensor<?xf32>
}

// -----

func.func @main() -> vector<2xi128> {
  %c0 = arith.constant 0 : index
  %m = memref.alloc() : memref<2xi128>
  %a = vector.load %m[%c0] : memref<2xi128>, vector<2xi128>
  // expected-error@+1 {{'arith.addi' op has a type that cannot be evaluated}}
  %b = arith.addi %a, %a : vector<2xi128>
  return %b : vector<2xi128>
}
