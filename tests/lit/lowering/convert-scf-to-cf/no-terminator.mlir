// A block that ends in no terminator cannot be cut in two.
// RUN: coco-opt %s --convert-scf-to-cf --allow-unregistered-dialect --verify-diagnostics
"other.graph"() ({
  %c = "other.c"() : () -> i1
  // expected-error@+1 {{'scf.if' op cannot be legalized, and was marked illegal}}
  scf.if %c {
  }
  %k = arith.constant 1 : i32
}) : () -> ()
