// The same for the maximum of integers.
func.func @main(%arg0: tensor<1x1x1xi64>) -> tensor<1x1x1xi64> {
  %0 = graph.max_pool %arg0 {kernel = array<i64: 1>, strides = array<i64: 3>, pads = array<i64: 1, 1>, dilations = array<i64: 1>, ceil_mode = true} : (tensor<1x1x1xi64>) -> tensor<1x1x1xi64>
  return %0 : tensor<1x1x1xi64>
}
