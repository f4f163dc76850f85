// coco-opt --convert-scf-to-cf
func.func @f(%m: memref<10xf32>, %x: f32) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %ten = arith.constant 10 : index
  scf.for %i = %zero to %ten step %one {
    memref.store %x, %m[%i] : memref<10xf32>
  }
  return
}
