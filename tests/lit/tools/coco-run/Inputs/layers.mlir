func.func @main(%x: tensor<1x8x6x6xf32>) -> (tensor<1x4x6x6xf32>, tensor<1x8x6x6xf32>) {
  %weights = graph.constant dense<0.125> : tensor<4x8x1x1xf32> loc("weights")
  %0 = graph.abs %x : tensor<1x8x6x6xf32> loc("magnitude")
  %1 = graph.softmax %0 {axis = 1} : tensor<1x8x6x6xf32> loc("shares")
  %2 = graph.conv %1, %weights {pads = array<i64: 0, 0, 0, 0>, strides = array<i64: 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x8x6x6xf32>, tensor<4x8x1x1xf32>) -> tensor<1x4x6x6xf32> loc("conv")
  %3 = graph.relu %2 : tensor<1x4x6x6xf32> loc("relu")
  %4 = graph.transpose %0 {permutation = array<i64: 0, 1, 3, 2>} : (tensor<1x8x6x6xf32>) -> tensor<1x8x6x6xf32> loc("turned")
  return %3, %4 : tensor<1x4x6x6xf32>, tensor<1x8x6x6xf32>
}
