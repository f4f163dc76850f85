// Layers of f16 are evaluated at the lr level too.
func.func @main(%arg0: tensor<3x1xf16>, %arg1: tensor<3xf16>) -> tensor<1xf16> {
  %0 = graph.matmul %arg1, %arg0 : (tensor<3xf16>, tensor<3x1xf16>) -> tensor<1xf16>
  return %0 : tensor<1xf16>
}
