// Functions of math are CoCo's own arithmetic: every processor and every width of vectors gives the same bits.
// RUN: %same-bits
func.func @main(%x: tensor<3x37xf32>) -> (tensor<3x37xf32>, tensor<3x37xf32>, tensor<3x37xf32>, tensor<3x37xf32>, tensor<3x37xf32>, tensor<3x37xf32>, tensor<3x37xf32>) {
  %sigmoid = graph.sigmoid %x : tensor<3x37xf32>
  %tanh = graph.tanh %x : tensor<3x37xf32>
  %exp = graph.exp %x : tensor<3x37xf32>
  %erf = graph.erf %x : tensor<3x37xf32>
  %log = graph.log %exp : tensor<3x37xf32>
  %soft = graph.softmax %x {axis = 1 : i64} : tensor<3x37xf32>
  %pow = graph.pow %exp, %x : (tensor<3x37xf32>, tensor<3x37xf32>) -> tensor<3x37xf32>
  return %sigmoid, %tanh, %exp, %erf, %log, %soft, %pow : tensor<3x37xf32>, tensor<3x37xf32>, tensor<3x37xf32>, tensor<3x37xf32>, tensor<3x37xf32>, tensor<3x37xf32>, tensor<3x37xf32>
}
