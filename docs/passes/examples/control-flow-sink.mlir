// coco-opt --control-flow-sink
func.func @f(%flag: i1, %x: f32) -> f32 {
  %0 = arith.mulf %x, %x : f32
  %1 = scf.if %flag -> (f32) {
    scf.yield %0 : f32
  } else {
    scf.yield %x : f32
  }
  return %1 : f32
}
