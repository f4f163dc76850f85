// Groups stand in line; an output that is an input comes from an Identity.
// RUN: coco-translate --export-onnx %s -o %t.onnx && coco-translate --import-onnx %t.onnx | FileCheck %s
// CHECK: func.func @main(%[[X:.*]]: tensor<2x3xf32>) -> (tensor<2x3xf32>, tensor<2x3xf32>) attributes {coco.inputs = ["input0"], coco.outputs = ["sum", "output1"]}
// CHECK: %[[R:.*]] = graph.relu %[[X]]
// CHECK: %[[S:.*]] = graph.add %[[R]], %[[X]]
// CHECK: return %[[S]], %[[X]]
func.func @main(%x: tensor<2x3xf32>) -> (tensor<2x3xf32>, tensor<2x3xf32>) attributes {coco.outputs = ["sum"]} {
  %y = "graph.fused"(%x) ({
  ^bb0(%a: tensor<2x3xf32>):
    %r = graph.relu %a : tensor<2x3xf32>
    %s = graph.add %r, %a : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
    graph.yield %s : tensor<2x3xf32>
  }) : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return %y, %x : tensor<2x3xf32>, tensor<2x3xf32>
}
