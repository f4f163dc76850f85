func.func @main(%x: tensor<2x3xf32>) -> tensor<2x3xf32> attributes {coco.inputs = ["x"], coco.outputs = ["z"]} {
  %0 = graph.relu %x : tensor<2x3xf32> loc("y")
  return %0 : tensor<2x3xf32>
}
