// coco-opt --inline
func.func private @square(%x: f32) -> f32 {
  %0 = arith.mulf %x, %x : f32
  return %0 : f32
}
func.func @f(%x: f32) -> f32 {
  %0 = func.call @square(%x) : (f32) -> f32
  %1 = func.call @square(%0) : (f32) -> f32
  return %1 : f32
}
