// RUN: coco-opt %s --graph-to-lr --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s

// CHECK-LABEL: func.func @layers_keep_their_names
// CHECK: "lr.map"
// CHECK: }) : (tensor<4xf32>) -> tensor<4xf32> loc("first/relu")
func.func @layers_keep_their_names(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = graph.relu %x : tensor<4xf32> loc("first/relu")
  return %0 : tensor<4xf32>
}
