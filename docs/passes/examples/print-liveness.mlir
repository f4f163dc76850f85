// coco-opt --print-liveness -o /dev/null
func.func @f(%x: i32, %y: i32) -> i32 {
  cf.br ^next
^next:
  %0 = arith.addi %x, %y : i32
  return %0 : i32
}
