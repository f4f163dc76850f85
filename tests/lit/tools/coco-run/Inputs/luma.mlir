func.func @main(%x: tensor<1x1x2x3xf32>) -> (tensor<1x1x4x6xf32>, tensor<3xf32>) attributes {coco.inputs = ["x"], coco.outputs = ["twice", "classes"]} {
  %shape = graph.constant dense<[1, 1, 2, 1, 3, 1]> : tensor<6xi64>
  %kept = graph.constant dense<[1, 1, 4, 6]> : tensor<4xi64>
  %0 = graph.reshape %x, %shape {allow_zero = false} : (tensor<1x1x2x3xf32>, tensor<6xi64>) -> tensor<1x1x2x1x3x1xf32>
  %twos = graph.constant dense<1.0> : tensor<1x1x2x2x3x2xf32>
  %1 = graph.mul %0, %twos : (tensor<1x1x2x1x3x1xf32>, tensor<1x1x2x2x3x2xf32>) -> tensor<1x1x2x2x3x2xf32>
  %2 = graph.reshape %1, %kept {allow_zero = false} : (tensor<1x1x2x2x3x2xf32>, tensor<4xi64>) -> tensor<1x1x4x6xf32>
  %3 = graph.reduce sum %x {axes = array<i64: 0, 1, 2>, keep_dimensions = false} : (tensor<1x1x2x3xf32>) -> tensor<3xf32>
  return %2, %3 : tensor<1x1x4x6xf32>, tensor<3xf32>
}
