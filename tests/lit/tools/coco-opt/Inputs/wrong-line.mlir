func.func @f() {
  // expected-error@+2 {{requires attribute 'value'}}
  %0 = "arith.constant"() : () -> f32
  return
}
