// What has no translation to LLVM IR is told, by the operation that it is about.
// RUN: split-file %s %t

//--- type.mlir
// RUN: not coco-translate --emit-llvm %t/type.mlir 2>&1 | FileCheck %s --check-prefix=TYPE
// TYPE: uses the type {{.*}}, which has no translation to LLVM IR
func.func private @f(%x: complex<f32>) {
  return
}
func.func @main(%x: memref<4xf32>) attributes {coco.inputs = ["x"], coco.outputs = []} {
  return
}
//--- blocks.mlir
// RUN: not coco-translate --emit-llvm %t/blocks.mlir 2>&1 | FileCheck %s --check-prefix=BLOCKS
// BLOCKS: error: 'func.func' op has more than one block: only structured control flow has a translation to LLVM IR
func.func @main(%x: memref<4xf32>) attributes {coco.inputs = ["x"], coco.outputs = []} {
  cf.br ^end
^end:
  return
}
//--- results.mlir
// RUN: not coco-translate --emit-llvm %t/results.mlir 2>&1 | FileCheck %s --check-prefix=RESULTS
// RESULTS: error: 'func.func' op returns 2 values: at most one has a translation to LLVM IR
func.func private @f(%x: f32) -> (f32, f32) {
  return %x, %x : f32, f32
}
func.func @main(%x: memref<4xf32>) attributes {coco.inputs = ["x"], coco.outputs = []} {
  return
}
//--- call.mlir
// RUN: not coco-translate --emit-llvm %t/call.mlir 2>&1 | FileCheck %s --check-prefix=CALL
// CALL: error: 'func.call' op stands inside scf.parallel: calls there have no translation to LLVM IR
func.func private @f() {
  return
}
func.func @main(%x: memref<4xf32>) attributes {coco.inputs = ["x"], coco.outputs = []} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  scf.parallel (%i) = (%c0) to (%c4) step (%c1) {
    func.call @f() : () -> ()
  }
  return
}
//--- reductions.mlir
// RUN: not coco-translate --emit-llvm %t/reductions.mlir 2>&1 | FileCheck %s --check-prefix=REDUCTIONS
// REDUCTIONS: error: 'scf.parallel' op has reductions, which have no translation to LLVM IR
func.func @main(%x: memref<4xf32>) attributes {coco.inputs = ["x"], coco.outputs = []} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %f = arith.constant 0.0 : f32
  %r = scf.parallel (%i) = (%c0) to (%c4) step (%c1) init (%f) -> f32 {
    %v = memref.load %x[%i] : memref<4xf32>
    scf.reduce(%v : f32) {
    ^bb0(%a: f32, %b: f32):
      %s = arith.addf %a, %b : f32
      scf.reduce.return %s : f32
    }
  }
  return
}
//--- dimensions.mlir
// RUN: not coco-translate --emit-llvm %t/dimensions.mlir 2>&1 | FileCheck %s --check-prefix=DIMENSIONS
// DIMENSIONS: error: 'scf.parallel' op has 9 dimensions: at most {{[0-9]+}} have a translation to LLVM IR
func.func @main(%x: memref<4xf32>) attributes {coco.inputs = ["x"], coco.outputs = []} {
  %z = arith.constant 0 : index
  %c = arith.constant 1 : index
  scf.parallel (%i0, %i1, %i2, %i3, %i4, %i5, %i6, %i7, %i8) = (%z, %z, %z, %z, %z, %z, %z, %z, %z) to (%c, %c, %c, %c, %c, %c, %c, %c, %c) step (%c, %c, %c, %c, %c, %c, %c, %c, %c) {
  }
  return
}
//--- nested.mlir
// RUN: not coco-translate --emit-llvm %t/nested.mlir 2>&1 | FileCheck %s --check-prefix=NESTED
// NESTED: error: 'scf.parallel' op stands inside another scf.parallel: that has no translation to LLVM IR
func.func @main(%x: memref<4xf32>) attributes {coco.inputs = ["x"], coco.outputs = []} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  scf.parallel (%i) = (%c0) to (%c4) step (%c1) {
    scf.parallel (%j) = (%c0) to (%c4) step (%c1) {
    }
  }
  return
}
//--- extent.mlir
// RUN: not coco-translate --emit-llvm %t/extent.mlir 2>&1 | FileCheck %s --check-prefix=EXTENT
// EXTENT: error: 'memref.dim' op asks for an extent that is not static: it has no translation to LLVM IR
func.func private @f(%x: memref<?xf32>) {
  %c0 = arith.constant 0 : index
  %0 = memref.dim %x, %c0 : memref<?xf32>
  return
}
func.func @main(%x: memref<4xf32>) attributes {coco.inputs = ["x"], coco.outputs = []} {
  return
}
//--- copy.mlir
// RUN: not coco-translate --emit-llvm %t/copy.mlir 2>&1 | FileCheck %s --check-prefix=COPY
// COPY: error: 'memref.copy' op copies strided or dynamic memory: it has no translation to LLVM IR
func.func private @f(%x: memref<4xf32, strided<[2]>>, %y: memref<4xf32>) {
  memref.copy %x, %y : memref<4xf32, strided<[2]>> to memref<4xf32>
  return
}
func.func @main(%x: memref<4xf32>) attributes {coco.inputs = ["x"], coco.outputs = []} {
  return
}
//--- alloca.mlir
// RUN: not coco-translate --emit-llvm %t/alloca.mlir 2>&1 | FileCheck %s --check-prefix=ALLOCA
// ALLOCA: error: 'memref.alloca' op has a dynamic size: it has no translation to LLVM IR
func.func @main(%x: memref<4xf32>) attributes {coco.inputs = ["x"], coco.outputs = []} {
  %c4 = arith.constant 4 : index
  %0 = memref.alloca(%c4) : memref<?xf32>
  return
}
//--- global.mlir
// RUN: not coco-translate --emit-llvm %t/global.mlir 2>&1 | FileCheck %s --check-prefix=GLOBAL
// GLOBAL: error: 'memref.get_global' op names a global without a value: it has no translation to LLVM IR
memref.global "private" @w : memref<4xf32>
func.func @main(%x: memref<4xf32>) attributes {coco.inputs = ["x"], coco.outputs = []} {
  %0 = memref.get_global @w : memref<4xf32>
  return
}
//--- offset.mlir
// RUN: not coco-translate --emit-llvm %t/offset.mlir 2>&1 | FileCheck %s --check-prefix=OFFSET
// OFFSET: error: 'memref.reinterpret_cast' op reinterprets a memref whose offset is not 0: it has no translation to LLVM IR
func.func private @f(%x: memref<4xf32, strided<[1], offset: 2>>) {
  %0 = memref.reinterpret_cast %x to offset: [0], sizes: [4], strides: [1] : memref<4xf32, strided<[1], offset: 2>> to memref<4xf32, strided<[1]>>
  return
}
func.func @main(%x: memref<4xf32>) attributes {coco.inputs = ["x"], coco.outputs = []} {
  return
}
//--- lanes.mlir
// RUN: not coco-translate --emit-llvm %t/lanes.mlir 2>&1 | FileCheck %s --check-prefix=LANES
// LANES: has more than 1024 lanes: it has no translation to LLVM IR
func.func private @f(%x: vector<2000xf32>) {
  %0 = vector.shuffle %x, %x [0, 1] : vector<2000xf32>, vector<2000xf32>
  return
}
func.func @main(%x: memref<4xf32>) attributes {coco.inputs = ["x"], coco.outputs = []} {
  return
}
//--- arguments.mlir
// RUN: not coco-translate --emit-llvm %t/arguments.mlir 2>&1 | FileCheck %s --check-prefix=ARGUMENTS
// ARGUMENTS: error: 'func.func' op has 3 arguments: coco.inputs and coco.outputs name 1
func.func @main(%x: memref<4xf32>, %y: memref<4xf32>, %z: memref<4xf32>) attributes {coco.inputs = ["x"], coco.outputs = []} {
  return
}
//--- arena.mlir
// RUN: not coco-translate --emit-llvm %t/arena.mlir 2>&1 | FileCheck %s --check-prefix=ARENA
// ARENA: error: 'func.func' op has a last argument that is not a static arena
func.func @main(%x: memref<4xf32>, %a: memref<?xi8>) attributes {coco.inputs = ["x"], coco.outputs = []} {
  return
}
//--- argument.mlir
// RUN: not coco-translate --emit-llvm %t/argument.mlir 2>&1 | FileCheck %s --check-prefix=ARGUMENT
// ARGUMENT: error: 'func.func' op has the argument type memref<?xf32>, which an object's interface cannot have
func.func @main(%x: memref<?xf32>) attributes {coco.inputs = ["x"], coco.outputs = []} {
  return
}
//--- target.mlir
// RUN: not coco-translate --emit-llvm %t/target.mlir 2>&1 | FileCheck %s --check-prefix=TARGET
// TARGET: the module's coco.target names no target of this build
module attributes {coco.target = {name = "pdp11"}} {
  func.func @main(%x: memref<4xf32>) attributes {coco.inputs = ["x"], coco.outputs = []} {
    return
  }
}
//--- wide.mlir
// RUN: not coco-translate --emit-llvm %t/wide.mlir 2>&1 | FileCheck %s --check-prefix=WIDE
// WIDE: error: 'arith.constant' op has a value that has no translation to LLVM IR
func.func private @f() -> i128 {
  %0 = arith.constant 170141183460469231731687303715884105727 : i128
  return %0 : i128
}
func.func @main(%x: memref<4xf32>) attributes {coco.inputs = ["x"], coco.outputs = []} {
  return
}
