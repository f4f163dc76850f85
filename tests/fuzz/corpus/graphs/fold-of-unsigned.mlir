// x - x of unsigned integers folds on signless ones: no constant of an unsigned scalar is made.
func.func @main(%arg0: tensor<1x1x1x1xui8>) -> tensor<1x1x1x1xui8> {
  %0 = graph.sub %arg0, %arg0 : (tensor<1x1x1x1xui8>, tensor<1x1x1x1xui8>) -> tensor<1x1x1x1xui8>
  return %0 : tensor<1x1x1x1xui8>
}
