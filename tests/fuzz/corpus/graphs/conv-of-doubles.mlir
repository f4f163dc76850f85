// Layers of f64 are evaluated at the lr level too.
func.func @main(%arg0: tensor<1x1x1x1xf64>) -> tensor<1x1x3x2xf64> {
  %cst = graph.constant dense<-0.18750361686326361> : tensor<1x1x1x1xf64>
  %cst_0 = graph.constant dense<-0.60546875> : tensor<1xf64>
  %0 = graph.conv %arg0, %cst, %cst_0 {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 2, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x1x1xf64>, tensor<1x1x1x1xf64>, tensor<1xf64>) -> tensor<1x1x3x2xf64>
  return %0 : tensor<1x1x3x2xf64>
}
