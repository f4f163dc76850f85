// Weights go to a file beside the text; what a pass makes of them is never spelled out in the text unasked.
// RUN: rm -rf %t && mkdir %t
// RUN: coco-opt %s --canonicalize --allow-unregistered-dialect --weights-out=%t/a.safetensors -o %t/a.mlir
// RUN: FileCheck %s --check-prefix=BESIDE < %t/a.mlir
// RUN: coco-opt %t/a.mlir --cse --allow-unregistered-dialect | FileCheck %s --check-prefix=BESIDE
// RUN: sed 's/"test.hide"/"graph.neg"/' %t/a.mlir > %t/b.mlir
// RUN: not coco-opt %t/b.mlir --canonicalize -o %t/c.mlir 2>&1 | FileCheck %s --check-prefix=UNASKED
// RUN: not ls %t/c.mlir
// RUN: coco-opt %t/b.mlir --canonicalize --weights-out=%t/c.safetensors -o %t/c.mlir
// RUN: coco-opt %t/c.mlir --verify-roundtrip | FileCheck %s --check-prefix=ASKED

// BESIDE: graph.constant dense_resource<{{.*}}> : tensor<2000xf32>
// BESIDE: weights: "a.safetensors"
// UNASKED: coco-opt: the passes made new weights ({{.*}}, 8000 bytes), which are not in the module's weights file; --weights-out=FILE says where to write them
// ASKED-NOT: graph.neg
// ASKED: weights: "c.safetensors"
func.func @f() -> tensor<2000xf32> {
  %0 = graph.constant dense<1.0> : tensor<1000xf32>
  %1 = graph.constant dense<2.0> : tensor<1000xf32>
  %2 = graph.concat %0, %1 {axis = 0 : i64} : (tensor<1000xf32>, tensor<1000xf32>) -> tensor<2000xf32>
  %3 = "test.hide"(%2) : (tensor<2000xf32>) -> tensor<2000xf32>
  return %3 : tensor<2000xf32>
}
