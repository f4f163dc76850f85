// coco-opt --lower-to-lr
func.func @main(%x: tensor<1x2x2x2xf32>) -> tensor<2x4xf32> {
  %w = graph.constant dense<0.5> : tensor<2x2x1x1xf32>
  %v = graph.constant dense<0.5> : tensor<2x2x1x1xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x2x2xf32>, tensor<2x2x1x1xf32>) -> tensor<1x2x2x2xf32>
  %1 = graph.conv %0, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x2x2xf32>, tensor<2x2x1x1xf32>) -> tensor<1x2x2x2xf32>
  %s = graph.constant dense<[2, -1]> : tensor<2xi64>
  %2 = graph.reshape %1, %s {allow_zero = false} : (tensor<1x2x2x2xf32>, tensor<2xi64>) -> tensor<2x4xf32>
  return %2 : tensor<2x4xf32>
}
