// Every kind of reduction, over first, middle and last axes.
// RUN: %conform-exactly
func.func @main(%x: tensor<3x7x5xf32>) -> (tensor<7x5xf32>, tensor<3x1x5xf32>, tensor<3x7xf32>, tensor<3xf32>, tensor<1x1x1xf32>, tensor<3x7xf32>) {
  %0 = graph.reduce sum %x {axes = array<i64: 0>, keep_dimensions = false} : (tensor<3x7x5xf32>) -> tensor<7x5xf32>
  %1 = graph.reduce max %x {axes = array<i64: 1>, keep_dimensions = true} : (tensor<3x7x5xf32>) -> tensor<3x1x5xf32>
  %2 = graph.reduce min %x {axes = array<i64: 2>, keep_dimensions = false} : (tensor<3x7x5xf32>) -> tensor<3x7xf32>
  %3 = graph.reduce sum_square %x {axes = array<i64: 1, 2>, keep_dimensions = false} : (tensor<3x7x5xf32>) -> tensor<3xf32>
  %4 = graph.reduce l1 %x {axes = array<i64: 0, 1, 2>, keep_dimensions = true} : (tensor<3x7x5xf32>) -> tensor<1x1x1xf32>
  %5 = graph.reduce product %x {axes = array<i64: 2>, keep_dimensions = false} : (tensor<3x7x5xf32>) -> tensor<3x7xf32>
  return %0, %1, %2, %3, %4, %5 : tensor<7x5xf32>, tensor<3x1x5xf32>, tensor<3x7xf32>, tensor<3xf32>, tensor<1x1x1xf32>, tensor<3x7xf32>
}
