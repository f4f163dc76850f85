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
