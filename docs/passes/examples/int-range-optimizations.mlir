// coco-opt --int-range-optimizations
func.func @f(%x: i32) -> i1 {
  %ten = arith.constant 10 : i32
  %hundred = arith.constant 100 : i32
  %rest = arith.remui %x, %ten : i32
  %0 = arith.cmpi ult, %rest, %hundred : i32
  return %0 : i1
}
