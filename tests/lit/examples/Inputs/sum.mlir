func.func @main(%x: tensor<4x3xf32>) -> tensor<4xf32> {
  %0 = graph.reduce sum %x {axes = array<i64: 1>, keep_dimensions = false} : (tensor<4x3xf32>) -> tensor<4xf32>
  %1 = graph.add %0, %0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %2 = graph.add %1, %0 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %3 = graph.add %2, %2 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %3 : tensor<4xf32>
}
