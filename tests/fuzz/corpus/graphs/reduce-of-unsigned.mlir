// What has no lowering is refused on the way to lr, in one message, not by a later pass.
func.func @main(%arg0: tensor<1x1x1x1xui8>) -> (tensor<1x1x1x1xui8>, tensor<1x1xui8>) {
  %0 = graph.reduce sum %arg0 {axes = array<i64: 1, 3>, keep_dimensions = true} : (tensor<1x1x1x1xui8>) -> tensor<1x1x1x1xui8>
  %1 = graph.reduce l2 %arg0 {axes = array<i64: 1, 2>, keep_dimensions = false} : (tensor<1x1x1x1xui8>) -> tensor<1x1xui8>
  return %0, %1 : tensor<1x1x1x1xui8>, tensor<1x1xui8>
}
