// coco-opt --cse
func.func @f(%x: f32, %y: f32) -> f32 {
  %0 = arith.mulf %x, %y : f32
  %1 = arith.mulf %x, %y : f32
  %2 = arith.subf %0, %1 : f32
  return %2 : f32
}
