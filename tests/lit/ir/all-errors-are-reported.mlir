// Errors in siblings do not hide each other.
// RUN: coco-opt %s --verify-diagnostics

func.func @first() {
  // expected-error@+1 {{requires attribute 'value'}}
  %0 = "arith.constant"() : () -> f32
  return
}
func.func @second() {
  // expected-error@+1 {{requires attribute 'value'}}
  %0 = "arith.constant"() : () -> i32
  // expected-error@+1 {{requires attribute 'value'}}
  %1 = "arith.constant"() : () -> f64
  return
}
