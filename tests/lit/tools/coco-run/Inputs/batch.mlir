func.func @main(%x: tensor<?x4xf32>) -> tensor<?xf32> attributes {coco.inputs = ["x"], coco.outputs = ["y"]} {
  %0 = graph.relu %x : tensor<?x4xf32>
  %1 = graph.reduce sum %0 {axes = array<i64: 1>, keep_dimensions = false} : (tensor<?x4xf32>) -> tensor<?xf32>
  return %1 : tensor<?xf32>
}
