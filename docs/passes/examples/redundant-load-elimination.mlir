// coco-opt --redundant-load-elimination
func.func @f(%m: memref<8xf32>, %out: memref<8xf32>, %i: index) -> f32 {
  %0 = memref.load %m[%i] : memref<8xf32>
  %1 = memref.load %m[%i] : memref<8xf32>
  %2 = arith.addf %0, %1 : f32
  return %2 : f32
}
