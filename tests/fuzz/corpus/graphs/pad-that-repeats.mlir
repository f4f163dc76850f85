// Edge, reflect and wrap are boxes of an axis whose sources go up, go down or stay; cropped on one side, wrapped more than once on the other.
func.func @main(%arg0: tensor<1x2x3x4xf32>, %arg1: tensor<3xui8>) -> (tensor<1x2x6x5xf32>, tensor<1x4x9x9xf32>, tensor<1x2x4x13xf32>, tensor<12xui8>) {
  %edge = graph.constant dense<[0, 0, 2, -1, 0, 0, 1, 2]> : tensor<8xi64>
  %reflect = graph.constant dense<[0, 1, 2, 3, 0, 1, 4, 2]> : tensor<8xi64>
  %wrap = graph.constant dense<[0, 0, 1, 9, 0, 0, 0, 0]> : tensor<8xi64>
  %line = graph.constant dense<[7, 2]> : tensor<2xi64>
  %0 = graph.pad edge %arg0, %edge : (tensor<1x2x3x4xf32>, tensor<8xi64>) -> tensor<1x2x6x5xf32>
  %1 = graph.pad reflect %arg0, %reflect : (tensor<1x2x3x4xf32>, tensor<8xi64>) -> tensor<1x4x9x9xf32>
  %2 = graph.pad wrap %arg0, %wrap : (tensor<1x2x3x4xf32>, tensor<8xi64>) -> tensor<1x2x4x13xf32>
  %3 = graph.pad reflect %arg1, %line : (tensor<3xui8>, tensor<2xi64>) -> tensor<12xui8>
  return %0, %1, %2, %3 : tensor<1x2x6x5xf32>, tensor<1x4x9x9xf32>, tensor<1x2x4x13xf32>, tensor<12xui8>
}
