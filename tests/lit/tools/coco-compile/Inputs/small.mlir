func.func @main(%x: tensor<1x3x8x8xf32>) -> tensor<1x20xf32> attributes {coco.inputs = ["image"], coco.outputs = ["scores"]} {
  %w = graph.constant dense<0.0625> : tensor<20x3x3x3xf32>
  %b = graph.constant dense<[0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, -0.5, -1.5, -2.5, -3.5, -4.5, -5.5, -6.5, -7.5, -8.5, -9.5]> : tensor<20xf32>
  %0 = graph.conv %x, %w, %b {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x3x8x8xf32>, tensor<20x3x3x3xf32>, tensor<20xf32>) -> tensor<1x20x8x8xf32> loc("conv1")
  %1 = graph.relu %0 : tensor<1x20x8x8xf32> loc("relu1")
  %2 = graph.reduce mean %1 {axes = array<i64: 2, 3>, keep_dimensions = false} : (tensor<1x20x8x8xf32>) -> tensor<1x20xf32> loc("pool1")
  return %2 : tensor<1x20xf32>
}
