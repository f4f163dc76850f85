// Concatenation, transposition, slices, padding, reshape.
// RUN: %conform-exactly
func.func @main(%a: tensor<1x3x4x5xf32>, %b: tensor<1x2x4x5xf32>) -> (tensor<1x4x5x5xf32>, tensor<1x2x2x2xf32>, tensor<1x5x6x5xf32>, tensor<20x5xf32>) {
  %starts = graph.constant dense<[1, 0, 4]> : tensor<3xi64>
  %ends = graph.constant dense<[3, 4, 0]> : tensor<3xi64>
  %axes = graph.constant dense<[1, 2, 3]> : tensor<3xi64>
  %steps = graph.constant dense<[1, 2, -2]> : tensor<3xi64>
  %pads = graph.constant dense<[0, 0, 1, 0, 0, 0, 1, 0]> : tensor<8xi64>
  %shape = graph.constant dense<[-1, 5]> : tensor<2xi64>
  %0 = graph.concat %a, %b {axis = 1 : i64} : (tensor<1x3x4x5xf32>, tensor<1x2x4x5xf32>) -> tensor<1x5x4x5xf32>
  %1 = graph.transpose %0 {permutation = array<i64: 0, 2, 3, 1>} : (tensor<1x5x4x5xf32>) -> tensor<1x4x5x5xf32>
  %2 = "graph.slice"(%0, %starts, %ends, %axes, %steps) <{operandSegmentSizes = array<i32: 1, 1, 1, 1, 1>}> : (tensor<1x5x4x5xf32>, tensor<3xi64>, tensor<3xi64>, tensor<3xi64>, tensor<3xi64>) -> tensor<1x2x2x2xf32>
  %3 = graph.pad constant %0, %pads {} : (tensor<1x5x4x5xf32>, tensor<8xi64>) -> tensor<1x5x6x5xf32>
  %4 = graph.reshape %0, %shape {allow_zero = false} : (tensor<1x5x4x5xf32>, tensor<2xi64>) -> tensor<20x5xf32>
  return %1, %2, %3, %4 : tensor<1x4x5x5xf32>, tensor<1x2x2x2xf32>, tensor<1x5x6x5xf32>, tensor<20x5xf32>
}
