// Integers and truth values in and out.
// RUN: %conform-exactly
func.func @main(%x: tensor<4x6xi32>, %y: tensor<4x6xi32>, %b: tensor<4x6xi1>) -> (tensor<4x6xi32>, tensor<4x6xi32>, tensor<4x6xi1>, tensor<4x6xf32>, tensor<4x6xi64>) {
  %0 = graph.mul %x, %y : (tensor<4x6xi32>, tensor<4x6xi32>) -> tensor<4x6xi32>
  %1 = graph.sub %0, %x : (tensor<4x6xi32>, tensor<4x6xi32>) -> tensor<4x6xi32>
  %2 = graph.greater %1, %y : (tensor<4x6xi32>, tensor<4x6xi32>) -> tensor<4x6xi1>
  %3 = graph.and %2, %b : (tensor<4x6xi1>, tensor<4x6xi1>) -> tensor<4x6xi1>
  %4 = graph.where %3, %1, %x : (tensor<4x6xi1>, tensor<4x6xi32>, tensor<4x6xi32>) -> tensor<4x6xi32>
  %5 = graph.cast %4 {to = f32} : (tensor<4x6xi32>) -> tensor<4x6xf32>
  %6 = graph.cast %x {to = i64} : (tensor<4x6xi32>) -> tensor<4x6xi64>
  return %1, %4, %3, %5, %6 : tensor<4x6xi32>, tensor<4x6xi32>, tensor<4x6xi1>, tensor<4x6xf32>, tensor<4x6xi64>
}
