// Pooling: overlapping, padded, rounded up, with and without the padding in the mean.
// RUN: %conform-exactly
func.func @main(%x: tensor<1x5x9x9xf32>) -> (tensor<1x5x5x5xf32>, tensor<1x5x5x5xf32>, tensor<1x5x4x4xf32>, tensor<1x5x1x1xf32>) {
  %0 = graph.max_pool %x {kernel = array<i64: 3, 3>, strides = array<i64: 2, 2>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, ceil_mode = false} : (tensor<1x5x9x9xf32>) -> tensor<1x5x5x5xf32>
  %1 = graph.average_pool %x {kernel = array<i64: 3, 3>, strides = array<i64: 2, 2>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, ceil_mode = false, count_include_pad = false} : (tensor<1x5x9x9xf32>) -> tensor<1x5x5x5xf32>
  %2 = graph.max_pool %x {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, ceil_mode = false} : (tensor<1x5x9x9xf32>) -> tensor<1x5x4x4xf32>
  %3 = graph.reduce mean %x {axes = array<i64: 2, 3>, keep_dimensions = true} : (tensor<1x5x9x9xf32>) -> tensor<1x5x1x1xf32>
  return %0, %1, %2, %3 : tensor<1x5x5x5xf32>, tensor<1x5x5x5xf32>, tensor<1x5x4x4xf32>, tensor<1x5x1x1xf32>
}
