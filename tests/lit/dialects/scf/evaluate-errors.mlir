// RUN: coco-opt %s --split-input-file --verify-diagnostics --interpret=@main

func.func @zero() -> index {
  %c1 = arith.constant 1 : index
  %z = arith.subi %c1, %c1 : index
  return %z : index
}
func.func @main() {
  %c1 = arith.constant 1 : index
  %z = func.call @zero() : () -> index
  // expected-error@+1 {{has a step of 0, which is not positive}}
  scf.for %i = %z to %c1 step %z {
  }
  return
}

// -----

func.func @main() {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // expected-error@+1 {{'scf.parallel' op has too many loops to be evaluated}}
  scf.parallel (%a, %b, %c, %d, %e, %f, %g, %h, %i, %j, %k, %l, %m, %n, %o, %p, %q) = (%c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0, %c0)
      to (%c1, %c1, %c1, %c1, %c1, %c1, %c1, %c1, %c1, %c1, %c1, %c1, %c1, %c1, %c1, %c1, %c1)
      step (%c1, %c1, %c1, %c1, %c1, %c1, %c1, %c1, %c1, %c1, %c1, %c1, %c1, %c1, %c1, %c1, %c1) {
    scf.reduce
  }
  return
}

// -----

func.func @main() {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %many = arith.constant 9223372036854775807 : index
  // expected-error@+1 {{'scf.parallel' op has too many turns}}
  scf.parallel (%a, %b) = (%c0, %c0) to (%many, %many) step (%c1, %c1) {
    scf.reduce
  }
  return
}

// -----

func.func @main() {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %many = arith.constant 9223372036854775807 : index
  // expected-error@+1 {{'scf.for' op has too many turns}}
  scf.for %i = %c0 to %many step %c1 {
  }
  return
}

// -----

// From the lowest to the highest number: the distance is no i64.
func.func @main() {
  %low = arith.constant -9223372036854775808 : i64
  %high = arith.constant 9223372036854775807 : i64
  %step = arith.constant 65535 : i64
  // expected-error@+1 {{'scf.for' op has too many turns}}
  scf.for %i = %low to %high step %step : i64 {
  }
  return
}

// -----

func.func @main() {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %many = arith.constant 16777217 : index
  // expected-error@+1 {{'scf.parallel' op has too many turns}}
  scf.parallel (%a, %b) = (%c0, %c0) to (%many, %many) step (%c1, %c1) {
    scf.reduce
  }
  return
}
