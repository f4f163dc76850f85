// RUN: split-file %s %t
// RUN: not coco-translate --emit-llvm %t/operation.mlir 2>&1 | FileCheck %s --check-prefix=OPERATION
// RUN: not coco-translate --emit-llvm %t/rank.mlir 2>&1 | FileCheck %s --check-prefix=RANK
// RUN: not coco-translate --emit-llvm %t/stride.mlir 2>&1 | FileCheck %s --check-prefix=STRIDE
// RUN: not coco-translate --emit-llvm %t/names.mlir 2>&1 | FileCheck %s --check-prefix=NAMES
// RUN: not coco-translate --emit-llvm %t/empty.mlir 2>&1 | FileCheck %s --check-prefix=EMPTY
// RUN: not coco-translate --emit-llvm %t/nested.mlir 2>&1 | FileCheck %s --check-prefix=NESTED
// RUN: not coco-translate --emit-llvm %t/body.mlir 2>&1 | FileCheck %s --check-prefix=BODY

//--- operation.mlir
// OPERATION: operation.mlir:3:8: error: 'memref.alloc' op has no translation to LLVM IR
func.func @main(%x: memref<4xf32>) attributes {coco.inputs = ["x"], coco.outputs = []} {
  %0 = memref.alloc() : memref<4xf32>
  return
}
//--- rank.mlir
// RANK: error: 'arith.constant' op has a vector that is not one-dimensional
func.func @main(%x: memref<4xf32>) attributes {coco.inputs = ["x"], coco.outputs = []} {
  %0 = arith.constant dense<0.0> : vector<2x2xf32>
  return
}
//--- stride.mlir
// STRIDE: error: 'memref.load' op uses memref<4xf32, strided<[?]>>: only memrefs with static strides
func.func private @f(%x: memref<4xf32, strided<[?]>>) {
  %c0 = arith.constant 0 : index
  %0 = memref.load %x[%c0] : memref<4xf32, strided<[?]>>
  return
}
func.func @main(%x: memref<4xf32>) attributes {coco.inputs = ["x"], coco.outputs = []} {
  return
}
//--- names.mlir
// NAMES: error: 'func.func' op lacks the attribute coco.inputs, which names arguments
func.func @main(%x: memref<4xf32>) {
  return
}
//--- empty.mlir
// EMPTY: error: the module has no function @main
module {
}
//--- nested.mlir
// NESTED: error: 'scf.parallel' op stands inside another scf.parallel
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
//--- body.mlir
// BODY: error: 'func.func' op has no body: code for it is not at hand
func.func private @elsewhere(memref<4xf32>)
func.func @main(%x: memref<4xf32>) attributes {coco.inputs = ["x"], coco.outputs = []} {
  call @elsewhere(%x) : (memref<4xf32>) -> ()
  return
}
