// RUN: coco-opt %s --interpret=all | FileCheck %s

// Two values that change places in each turn: arguments are passed at once.
// CHECK: @swap = 13 : i32, 21 : i32
func.func @swap() -> (i32, i32) {
  %z = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  %seven = arith.constant 7 : i32
  cf.br ^head(%z, %one, %z : i32, i32, i32)
^head(%a: i32, %b: i32, %n: i32):
  %more = arith.cmpi slt, %n, %seven : i32
  cf.cond_br %more, ^body, ^exit(%a, %b : i32, i32)
^body:
  %s = arith.addi %a, %b : i32
  %m = arith.addi %n, %one : i32
  cf.br ^head(%b, %s, %m : i32, i32, i32)
^exit(%x: i32, %y: i32):
  return %x, %y : i32, i32
}
