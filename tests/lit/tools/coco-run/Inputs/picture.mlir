func.func @main(%x: tensor<1x3x4x6xf32>) -> tensor<1x3x4x6xf32> attributes {coco.inputs = ["x"], coco.outputs = ["y"]} {
  %0 = graph.relu %x : tensor<1x3x4x6xf32> loc("copy")
  return %0 : tensor<1x3x4x6xf32>
}
