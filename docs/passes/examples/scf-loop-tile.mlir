// coco-opt --scf-loop-tile="tile-sizes=2,5"
func.func @f(%m: memref<8x10xf32>, %x: f32) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %eight = arith.constant 8 : index
  %ten = arith.constant 10 : index
  scf.for %i = %zero to %eight step %one {
    scf.for %j = %zero to %ten step %one {
      memref.store %x, %m[%i, %j] : memref<8x10xf32>
    }
  }
  return
}
