// Functions that no processor has as an instruction.
// RUN: %conform-closely
func.func @main(%x: tensor<2x19xf32>) -> (tensor<2x19xf32>, tensor<2x19xf32>, tensor<2x19xf32>, tensor<2x19xf32>, tensor<2x19xf32>, tensor<2x19xf32>, tensor<2x19xf32>) {
  %sigmoid = graph.sigmoid %x : tensor<2x19xf32>
  %tanh = graph.tanh %x : tensor<2x19xf32>
  %exp = graph.exp %x : tensor<2x19xf32>
  %erf = graph.erf %x : tensor<2x19xf32>
  %abs = graph.abs %x : tensor<2x19xf32>
  %log = graph.log %abs : tensor<2x19xf32>
  %soft = graph.softmax %x {axis = 1 : i64} : tensor<2x19xf32>
  %pow = graph.pow %abs, %x : (tensor<2x19xf32>, tensor<2x19xf32>) -> tensor<2x19xf32>
  return %sigmoid, %tanh, %exp, %erf, %log, %soft, %pow : tensor<2x19xf32>, tensor<2x19xf32>, tensor<2x19xf32>, tensor<2x19xf32>, tensor<2x19xf32>, tensor<2x19xf32>, tensor<2x19xf32>
}
