// A pattern that a debug counter leaves out is told to be the reason.
// RUN: coco-opt %s --convert-scf-to-cf --mlir-debug-counter=pattern-count=0 --verify-diagnostics
func.func @f(%condition: i1) {
  // expected-error@+1 {{'scf.if' op cannot be legalized while debug counters leave out patterns}}
  scf.if %condition {
  }
  return
}
