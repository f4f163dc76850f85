// Integer products wrap around; unsigned ones are signless inside.
func.func @main(%arg0: tensor<3x20xi8>, %arg1: tensor<20x18xi8>, %arg2: tensor<4x5xui32>, %arg3: tensor<3x5xui32>, %arg4: tensor<3xui32>, %arg5: tensor<2x2x3xi64>, %arg6: tensor<2x3x2xi64>) -> (tensor<3x18xi8>, tensor<4x3xui32>, tensor<2x2x2xi64>) {
  %0 = graph.matmul %arg0, %arg1 : (tensor<3x20xi8>, tensor<20x18xi8>) -> tensor<3x18xi8>
  %1 = graph.gemm %arg2, %arg3, %arg4 {alpha = 1.0 : f32, beta = 1.0 : f32, trans_a = false, trans_b = true} : (tensor<4x5xui32>, tensor<3x5xui32>, tensor<3xui32>) -> tensor<4x3xui32>
  %2 = graph.matmul %arg5, %arg6 : (tensor<2x2x3xi64>, tensor<2x3x2xi64>) -> tensor<2x2x2xi64>
  return %0, %1, %2 : tensor<3x18xi8>, tensor<4x3xui32>, tensor<2x2x2xi64>
}
