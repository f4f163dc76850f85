// Private functions that are only called get what their calls hand over; a public one may get anything.
// RUN: coco-opt %s --sccp --allow-unregistered-dialect --split-input-file --mlir-pass-statistics 2>%t | FileCheck %s
// RUN: FileCheck %s --check-prefix=COUNT < %t

// COUNT: (S) {{[1-9][0-9]*}} values replaced by constants

// CHECK-LABEL: func.func private @twice
// CHECK: return %c10
func.func private @twice(%a: i32) -> i32 {
  %r = arith.addi %a, %a : i32
  return %r : i32
}
// CHECK-LABEL: func.func @calls_with_one_constant
// CHECK: return %c10{{.*}}, %c10
func.func @calls_with_one_constant() -> (i32, i32) {
  %five = arith.constant 5 : i32
  %r = call @twice(%five) : (i32) -> i32
  %s = call @twice(%five) : (i32) -> i32
  return %r, %s : i32, i32
}

// -----

// CHECK-LABEL: func.func private @differing
// CHECK: %[[R:.+]] = arith.addi
// CHECK: return %[[R]]
func.func private @differing(%a: i32) -> i32 {
  %r = arith.addi %a, %a : i32
  return %r : i32
}
// CHECK-LABEL: func.func @calls_with_two
// CHECK: return %{{[0-9]+}}, %{{[0-9]+}}
func.func @calls_with_two() -> (i32, i32) {
  %five = arith.constant 5 : i32
  %six = arith.constant 6 : i32
  %r = call @differing(%five) : (i32) -> i32
  %s = call @differing(%six) : (i32) -> i32
  return %r, %s : i32, i32
}

// -----

// What a public function returns is known, what it gets is not.
// CHECK-LABEL: func.func @public
// CHECK: "use"(%arg0)
// CHECK: return %c5
func.func @public(%a: i32) -> i32 {
  "use"(%a) : (i32) -> ()
  %five = arith.constant 5 : i32
  return %five : i32
}
// CHECK-LABEL: func.func @calls_public
// CHECK: return %c5
func.func @calls_public() -> i32 {
  %five = arith.constant 5 : i32
  %r = call @public(%five) : (i32) -> i32
  return %r : i32
}

// -----

// A reference that is no call may be a call of anybody.
// CHECK-LABEL: func.func private @referred_to
// CHECK: return %arg0
func.func private @referred_to(%a: i32) -> i32 {
  return %a : i32
}
func.func @refers() -> i32 attributes {other = @referred_to} {
  %five = arith.constant 5 : i32
  %r = call @referred_to(%five) : (i32) -> i32
  return %r : i32
}

// -----

// CHECK-LABEL: func.func private @recursive
// CHECK: return %c1
func.func private @recursive(%a: i32) -> i32 {
  %one = arith.constant 1 : i32
  %c = arith.cmpi eq, %a, %one : i32
  cf.cond_br %c, ^end(%a : i32), ^again
^again:
  %r = call @recursive(%a) : (i32) -> i32
  cf.br ^end(%r : i32)
^end(%x: i32):
  return %x : i32
}
// CHECK-LABEL: func.func @starts
// CHECK: return %c1
func.func @starts() -> i32 {
  %one = arith.constant 1 : i32
  %r = call @recursive(%one) : (i32) -> i32
  return %r : i32
}

// -----

// A call of what is defined elsewhere gives anything.
func.func private @elsewhere(i32) -> i32
// CHECK-LABEL: func.func @calls_elsewhere
// CHECK: %[[R:.+]] = call
// CHECK: return %[[R]]
func.func @calls_elsewhere() -> i32 {
  %one = arith.constant 1 : i32
  %r = call @elsewhere(%one) : (i32) -> i32
  return %r : i32
}
