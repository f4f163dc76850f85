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
