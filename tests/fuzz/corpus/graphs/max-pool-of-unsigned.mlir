// Likewise.
func.func @main(%arg0: tensor<1x1x1x2xui8>) -> tensor<1x1x1x1xui8> {
  %0 = graph.max_pool %arg0 {kernel = array<i64: 2, 3>, strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 0, 0>, dilations = array<i64: 1, 1>, ceil_mode = true} : (tensor<1x1x1x2xui8>) -> tensor<1x1x1x1xui8>
  return %0 : tensor<1x1x1x1xui8>
}
