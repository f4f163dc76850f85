// Whatever the factor or the tiles, every function gives what it gave.
// RUN: coco-opt %s --interpret=all > %t.before
// RUN: coco-opt %s --scf-loop-unroll="unroll-factor=1" --interpret=all | diff %t.before -
// RUN: coco-opt %s --scf-loop-unroll="unroll-factor=2" --interpret=all | diff %t.before -
// RUN: coco-opt %s --scf-loop-unroll="unroll-factor=3" --interpret=all | diff %t.before -
// RUN: coco-opt %s --scf-loop-unroll="unroll-factor=4 unroll-num-reps=2" --interpret=all | diff %t.before -
// RUN: coco-opt %s --scf-loop-unroll="unroll-full" --interpret=all | diff %t.before -
// RUN: coco-opt %s --scf-loop-unroll="unroll-full unroll-full-threshold=9" --interpret=all | diff %t.before -
// RUN: coco-opt %s --scf-loop-unroll="unroll-factor=7 unroll-up-to-factor" --interpret=all | diff %t.before -
// RUN: FileCheck %s < %t.before

// CHECK: @sum = {{[1-9][0-9]*}}
// CHECK: @calls = {{[1-9][0-9]*}} : i32, 0 : i32, {{[1-9]}}
// CHECK: @mm = dense<
func.func @sum() -> i32 {
  %z = arith.constant 0 : index
  %n = arith.constant 11 : index
  %s = arith.constant 2 : index
  %i0 = arith.constant 0 : i32
  %r = scf.for %i = %z to %n step %s iter_args(%a = %i0) -> i32 {
    %v = arith.index_cast %i : index to i32
    %t = arith.constant 3 : i32
    %m = arith.muli %a, %t : i32
    %q = arith.addi %m, %v : i32
    scf.yield %q : i32
  }
  return %r : i32
}
func.func @dyn(%z: index, %n: index, %s: index) -> i32 {
  %i0 = arith.constant 0 : i32
  %r = scf.for %i = %z to %n step %s iter_args(%a = %i0) -> i32 {
    %v = arith.index_cast %i : index to i32
    %t = arith.constant 3 : i32
    %m = arith.muli %a, %t : i32
    %q = arith.addi %m, %v : i32
    scf.yield %q : i32
  }
  return %r : i32
}
func.func @calls() -> (i32, i32, i32) {
  %a = arith.constant 3 : index
  %b = arith.constant 20 : index
  %c = arith.constant 2 : index
  %1 = call @dyn(%a, %b, %c) : (index, index, index) -> i32
  %2 = call @dyn(%b, %a, %c) : (index, index, index) -> i32
  %3 = call @dyn(%c, %a, %a) : (index, index, index) -> i32
  return %1, %2, %3 : i32, i32, i32
}
func.func @mm() -> memref<7x5xf32> {
  %z = arith.constant 0 : index
  %o = arith.constant 1 : index
  %c7 = arith.constant 7 : index
  %c5 = arith.constant 5 : index
  %c9 = arith.constant 9 : index
  %A = memref.alloc() : memref<7x9xf32>
  %B = memref.alloc() : memref<9x5xf32>
  %C = memref.alloc() : memref<7x5xf32>
  scf.for %i = %z to %c7 step %o { scf.for %k = %z to %c9 step %o {
    %1 = arith.muli %i, %c9 : index
    %2 = arith.addi %1, %k : index
    %3 = arith.index_cast %2 : index to i32
    %4 = arith.sitofp %3 : i32 to f32
    %5 = math.sqrt %4 : f32
    memref.store %5, %A[%i, %k] : memref<7x9xf32>
  } }
  scf.for %i = %z to %c9 step %o { scf.for %k = %z to %c5 step %o {
    %1 = arith.muli %i, %c7 : index
    %2 = arith.addi %1, %k : index
    %3 = arith.index_cast %2 : index to i32
    %4 = arith.sitofp %3 : i32 to f32
    %5 = math.sqrt %4 : f32
    memref.store %5, %B[%i, %k] : memref<9x5xf32>
  } }
  scf.for %i = %z to %c7 step %o {
    scf.for %j = %z to %c5 step %o {
      scf.for %k = %z to %c9 step %o {
        %a = memref.load %A[%i, %k] : memref<7x9xf32>
        %b = memref.load %B[%k, %j] : memref<9x5xf32>
        %c = memref.load %C[%i, %j] : memref<7x5xf32>
        %p = arith.mulf %a, %b : f32
        %s = arith.addf %c, %p : f32
        memref.store %s, %C[%i, %j] : memref<7x5xf32>
      }
    }
  }
  return %C : memref<7x5xf32>
}
