// RUN: coco-opt %s --interpret=@same | FileCheck %s
// RUN: coco-opt %s --verify-diagnostics --interpret=@different

// CHECK: @same = 3 : i32
func.func @same() -> i32 {
  %a = arith.constant 3 : i32
  %b = builtin.unrealized_conversion_cast %a : i32 to i32
  return %b : i32
}

func.func @different() -> f32 {
  %a = arith.constant 3 : i32
  // expected-error@+1 {{has no meaning between these types}}
  %b = builtin.unrealized_conversion_cast %a : i32 to f32
  return %b : f32
}
