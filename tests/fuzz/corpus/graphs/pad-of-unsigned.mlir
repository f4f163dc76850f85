// What fills the border of unsigned integers is a signless constant, cast.
func.func @main(%arg0: tensor<1x1x1x1xui8>) -> tensor<1x3x1x1xui8> {
  %cst = graph.constant dense<[0, 2, 0, 0, 0, 0, 0, 0]> : tensor<8xi64>
  %0 = graph.pad constant %arg0, %cst : (tensor<1x1x1x1xui8>, tensor<8xi64>) -> tensor<1x3x1x1xui8>
  return %0 : tensor<1x3x1x1xui8>
}
