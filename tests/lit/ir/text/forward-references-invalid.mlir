// RUN: coco-opt %s --split-input-file --verify-diagnostics

func.func @of_another_type(%m: memref<2xf32>, %i: index) {
  cf.br ^first
^last:
  memref.store %value, %m[%i] : memref<2xf32>
  return
^first:
  // expected-error@+1 {{'f64'}}
  %value = arith.constant 1.0 : f64
  cf.br ^last
}
