// coco-opt --print-op-stats -o /dev/null
func.func @f(%x: f32) -> f32 {
  %0 = arith.mulf %x, %x : f32
  %1 = arith.addf %0, %x : f32
  %2 = arith.addf %1, %x : f32
  return %2 : f32
}
