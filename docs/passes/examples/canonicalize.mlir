// coco-opt --canonicalize
func.func @f(%x: i32) -> i32 {
  %zero = arith.constant 0 : i32
  %two = arith.constant 2 : i32
  %three = arith.constant 3 : i32
  %0 = arith.addi %x, %zero : i32
  %1 = arith.addi %0, %two : i32
  %2 = arith.addi %1, %three : i32
  return %2 : i32
}
