func.func @main(%x: tensor<1x3x10x20xf32>) -> (tensor<1x4x2xf32>, tensor<1x4x4xf32>) attributes {coco.inputs = ["x"], coco.outputs = ["scores", "boxes"]} {
  %zero = graph.constant dense<0.0> : tensor<1x1x1xf32>
  %scores = graph.constant dense<[[[0.1, 0.9], [0.2, 0.8], [0.3, 0.7], [0.9, 0.1]]]> : tensor<1x4x2xf32>
  %boxes = graph.constant dense<[[[0.1, 0.1, 0.5, 0.5], [0.1, 0.1, 0.5, 0.6], [0.6, 0.5, 1.0, 1.0], [0.0, 0.0, 1.0, 1.0]]]> : tensor<1x4x4xf32>
  %0 = graph.reduce sum %x {axes = array<i64: 0, 1, 2, 3>, keep_dimensions = false} : (tensor<1x3x10x20xf32>) -> tensor<f32>
  %1 = graph.mul %0, %zero : (tensor<f32>, tensor<1x1x1xf32>) -> tensor<1x1x1xf32>
  %2 = graph.add %1, %scores : (tensor<1x1x1xf32>, tensor<1x4x2xf32>) -> tensor<1x4x2xf32>
  %3 = graph.add %1, %boxes : (tensor<1x1x1xf32>, tensor<1x4x4xf32>) -> tensor<1x4x4xf32>
  return %2, %3 : tensor<1x4x2xf32>, tensor<1x4x4xf32>
}
