// coco-opt --sccp
func.func @f(%flag: i1) -> i32 {
  %one = arith.constant 1 : i32
  cf.cond_br %flag, ^left, ^right
^left:
  cf.br ^join(%one : i32)
^right:
  cf.br ^join(%one : i32)
^join(%x: i32):
  %0 = arith.addi %x, %one : i32
  return %0 : i32
}
