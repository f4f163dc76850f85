// Two operands of different shapes; comparisons and a choice.
// RUN: %conform-exactly
func.func @main(%x: tensor<2x1x5xf32>, %y: tensor<3x1xf32>) -> (tensor<2x3x5xf32>, tensor<2x3x5xf32>, tensor<2x3x5xf32>, tensor<2x3x5xf32>, tensor<2x3x5xi1>) {
  %0 = graph.add %x, %y : (tensor<2x1x5xf32>, tensor<3x1xf32>) -> tensor<2x3x5xf32>
  %1 = graph.sub %0, %x : (tensor<2x3x5xf32>, tensor<2x1x5xf32>) -> tensor<2x3x5xf32>
  %2 = graph.mul %1, %y : (tensor<2x3x5xf32>, tensor<3x1xf32>) -> tensor<2x3x5xf32>
  %3 = graph.maximum %2, %x : (tensor<2x3x5xf32>, tensor<2x1x5xf32>) -> tensor<2x3x5xf32>
  %4 = graph.minimum %3, %y : (tensor<2x3x5xf32>, tensor<3x1xf32>) -> tensor<2x3x5xf32>
  %5 = graph.less %4, %x : (tensor<2x3x5xf32>, tensor<2x1x5xf32>) -> tensor<2x3x5xi1>
  %6 = graph.where %5, %x, %4 : (tensor<2x3x5xi1>, tensor<2x1x5xf32>, tensor<2x3x5xf32>) -> tensor<2x3x5xf32>
  %7 = graph.div %6, %y : (tensor<2x3x5xf32>, tensor<3x1xf32>) -> tensor<2x3x5xf32>
  return %2, %4, %6, %7, %5 : tensor<2x3x5xf32>, tensor<2x3x5xf32>, tensor<2x3x5xf32>, tensor<2x3x5xf32>, tensor<2x3x5xi1>
}
