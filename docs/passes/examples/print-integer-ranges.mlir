// coco-opt --print-integer-ranges -o /dev/null
func.func @f(%x: i32) -> i32 {
  %ten = arith.constant 10 : i32
  %rest = arith.remui %x, %ten : i32
  return %rest : i32
}
