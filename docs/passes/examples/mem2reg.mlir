// coco-opt --mem2reg
func.func @f(%flag: i1, %x: i32, %y: i32) -> i32 {
  %m = memref.alloca() : memref<i32>
  memref.store %x, %m[] : memref<i32>
  cf.cond_br %flag, ^other, ^end
^other:
  memref.store %y, %m[] : memref<i32>
  cf.br ^end
^end:
  %0 = memref.load %m[] : memref<i32>
  return %0 : i32
}
