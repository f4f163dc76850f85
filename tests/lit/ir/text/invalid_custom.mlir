// RUN: coco-opt %s --split-input-file --verify-diagnostics --allow-unregistered-dialect

func.func @f(%x: f32) {
  // expected-error@+1 {{expected 'to'}}
  %0 = vector.broadcast %x : f32 vector<4xf32>
  return
}

// -----
func.func @f(%x: f32) {
  // expected-error@+1 {{expected SSA operand}}
  %0 = vector.broadcast : f32 to vector<4xf32>
  return
}

// -----
// expected-note@+1 {{prior use here}}
func.func @f(%x: f32) {
  // expected-error@+1 {{use of value '%x' expects different type than prior uses: 'f64' vs 'f32'}}
  %0 = vector.broadcast %x : f64 to vector<4xf32>
  return
}

// -----
func.func @f(%x: f32) {
  // expected-error@+1 {{number of operands and types do not match: got 1 operands and 2 types}}
  func.return %x : f32, f32
}

// -----
func.func @f(%x: f32) {
  // expected-error@+1 {{expected attribute value}}
  %0 = arith.constant : f32
  return
}

// -----
func.func @f(%x: tensor<1x3x8x8xf32>, %w: tensor<4x3x3x3xf32>) {
  // expected-error@+1 {{expected '->' in function type}}
  %0 = graph.conv %x, %w : (tensor<1x3x8x8xf32>, tensor<4x3x3x3xf32>)
  return
}

// -----
func.func @f(%x: tensor<1x3x8x8xf32>, %w: tensor<4x3x3x3xf32>) {
  // expected-error@+1 {{number of operands and types do not match: got 2 operands and 1 types}}
  %0 = graph.conv %x, %w : (tensor<1x3x8x8xf32>) -> tensor<1x4x6x6xf32>
  return
}

// -----
func.func @f(%x: f32) {
  // expected-error@+1 {{attribute 'value' is given twice}}
  %0 = arith.constant {value = 1 : i32} 2 : i32
  return
}

// -----
func.func @f() {
  "t.a"() {a = 1} : () -> ()
  // expected-error@+1 {{custom op 'nothing' is unknown}}
  nothing
}

// -----
// expected-error@+1 {{'lr.layout' has no parameter 'nothing'}}
"t.a"() {a = #lr.layout<nothing = 1>} : () -> ()
