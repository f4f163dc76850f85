// coco-opt --prune-project
module {
  pattern.set @patterns_3x3 {kernel = array<i64: 3, 3>, masks = array<i64: 23, 464>}
  func.func @f(%arg0: tensor<1x1x4x4xf32>) -> tensor<1x2x4x4xf32> {
    %cst = graph.constant dense<[[[[1.000000e-01, 2.000000e-01, 3.000000e-01], [4.000000e-01, 5.000000e-01, 6.000000e-01], [7.000000e-01, 8.000000e-01, 9.000000e-01]]], [[[9.000000e-01, 8.000000e-01, 7.000000e-01], [6.000000e-01, 5.000000e-01, 4.000000e-01], [3.000000e-01, 2.000000e-01, 1.000000e-01]]]]> : tensor<2x1x3x3xf32>
    %0 = graph.conv %arg0, %cst {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64, prune.scheme = #prune.scheme<kind = pattern, set = @patterns_3x3, rate = 1.000000e+00 : f64>} : (tensor<1x1x4x4xf32>, tensor<2x1x3x3xf32>) -> tensor<1x2x4x4xf32>
    return %0 : tensor<1x2x4x4xf32>
  }
}
