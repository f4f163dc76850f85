// coco-opt --graph-to-lr
func.func @conv_takes_bias_residual_and_relu(%x: tensor<1x4x5x5xf32>, %w: tensor<6x4x3x3xf32>, %b: tensor<6xf32>, %r: tensor<1x6x3x3xf32>) -> tensor<1x6x3x3xf32> {
  %0 = "graph.fused"(%x, %w, %b, %r) ({
  ^bb0(%fx: tensor<1x4x5x5xf32>, %fw: tensor<6x4x3x3xf32>, %fb: tensor<6xf32>, %fr: tensor<1x6x3x3xf32>):
    %1 = graph.conv %fx, %fw, %fb {strides = array<i64: 2, 2>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x4x5x5xf32>, tensor<6x4x3x3xf32>, tensor<6xf32>) -> tensor<1x6x3x3xf32>
    %2 = graph.add %1, %fr : (tensor<1x6x3x3xf32>, tensor<1x6x3x3xf32>) -> tensor<1x6x3x3xf32>
    %3 = graph.relu %2 : tensor<1x6x3x3xf32>
    graph.yield %3 : tensor<1x6x3x3xf32>
  }) : (tensor<1x4x5x5xf32>, tensor<6x4x3x3xf32>, tensor<6xf32>, tensor<1x6x3x3xf32>) -> tensor<1x6x3x3xf32>
  return %0 : tensor<1x6x3x3xf32>
}
