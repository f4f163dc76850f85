// coco-opt --loop-invariant-code-motion
func.func @f(%m: memref<8xf32>, %x: f32, %y: f32) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %eight = arith.constant 8 : index
  scf.for %i = %zero to %eight step %one {
    %product = arith.mulf %x, %y : f32
    memref.store %product, %m[%i] : memref<8xf32>
  }
  return
}
