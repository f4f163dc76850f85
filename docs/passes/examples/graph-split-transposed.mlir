// The image with zeros between its elements is what a transposed convolution of stride 2 is imported as.
// coco-opt --graph-split-transposed
func.func @halves(%x: tensor<2x8x5x4xf32>) -> tensor<2x2x10x8xf32> {
  %apart = graph.constant dense<[2, 8, 5, 1, 4, 1]> : tensor<6xi64>
  %zeros = graph.constant dense<[0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1]> : tensor<12xi64>
  %joined = graph.constant dense<[2, 8, 10, 8]> : tensor<4xi64>
  %w = graph.constant dense<1.0> : tensor<2x8x3x3xf32>
  %b = graph.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %0 = graph.reshape %x, %apart {allow_zero = true} : (tensor<2x8x5x4xf32>, tensor<6xi64>) -> tensor<2x8x5x1x4x1xf32>
  %1 = graph.pad constant %0, %zeros : (tensor<2x8x5x1x4x1xf32>, tensor<12xi64>) -> tensor<2x8x5x2x4x2xf32>
  %2 = graph.reshape %1, %joined {allow_zero = true} : (tensor<2x8x5x2x4x2xf32>, tensor<4xi64>) -> tensor<2x8x10x8xf32>
  %3 = graph.conv %2, %w, %b {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<2x8x10x8xf32>, tensor<2x8x3x3xf32>, tensor<2xf32>) -> tensor<2x2x10x8xf32>
  %4 = graph.relu %3 : tensor<2x2x10x8xf32>
  return %4 : tensor<2x2x10x8xf32>
}
