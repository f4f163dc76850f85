func.func @main(%x: tensor<2x3xf32>, %y: tensor<3xf32>) -> (tensor<2x3xf32>, tensor<2xf32>) attributes {coco.inputs = ["left", "right"], coco.outputs = ["sum", "total"]} {
  %0 = graph.add %x, %y : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32> loc("add")
  %1 = graph.reduce sum %0 {axes = array<i64: 1>, keep_dimensions = false} : (tensor<2x3xf32>) -> tensor<2xf32> loc("sum")
  return %0, %1 : tensor<2x3xf32>, tensor<2xf32>
}
