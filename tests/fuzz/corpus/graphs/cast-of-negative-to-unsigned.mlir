// What does not fit the integers becomes the closest that does; processors' own conversions differ there.
func.func @main(%arg0: tensor<3xf32>) -> (tensor<3xui8>, tensor<3xi8>) {
  %cst = graph.constant dense<256.0> : tensor<f32>
  %0 = graph.cast %arg0 {to = ui8} : (tensor<3xf32>) -> tensor<3xui8>
  %1 = graph.mul %arg0, %cst : (tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
  %2 = graph.cast %1 {to = i8} : (tensor<3xf32>) -> tensor<3xi8>
  return %0, %2 : tensor<3xui8>, tensor<3xi8>
}
