// coco-opt --prune-check
pattern.set @squares {kernel = array<i64: 3, 3>, masks = array<i64: 27, 432>}

func.func @f(%x: tensor<1x1x3x3xf32>) -> tensor<1x1x1x1xf32> {
  %w = graph.constant dense<[[[[1.0, 0.0, 9.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]]]> : tensor<1x1x3x3xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, prune.scheme = #prune.scheme<kind = pattern, set = @squares, rate = 1.0 : f64>} : (tensor<1x1x3x3xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x1x1xf32>
  return %0 : tensor<1x1x1x1xf32>
}
