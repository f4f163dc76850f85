// coco-opt --pattern-fold-permutation
pattern.set @s {kernel = array<i64: 1, 1>, masks = array<i64: 1>}

func.func @into_the_next_layers(%x: tensor<1x2x3x3xf32>) -> (tensor<1x2x3x3xf32>, tensor<1x1x3x3xf32>) {
  %o = graph.constant dense<[0, 2, 3]> : tensor<3xui8>
  %r = graph.constant dense<[1, 0]> : tensor<2xui8>
  %i = graph.constant dense<[0, 1, 0]> : tensor<3xui8>
  %s = graph.constant dense<[[[0, 2], [0, 1]]]> : tensor<1x2x2xui8>
  %w = graph.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %b = graph.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %v = graph.constant dense<[[[[5.0]], [[6.0]]]]> : tensor<1x2x1x1xf32>
  %0 = pattern.conv @s %x, %o, %r, %i, %s, %w, %b {kernel = array<i64: 1, 1>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64} : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x2xui8>, tensor<3xf32>, tensor<2xf32>) -> tensor<1x2x3x3xf32>
  %1 = graph.relu %0 : tensor<1x2x3x3xf32>
  %2 = pattern.conv @s %1, %o, %r, %i, %s, %w {kernel = array<i64: 1, 1>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64, filters = 2 : i64, span = 2 : i64} : (tensor<1x2x3x3xf32>, tensor<3xui8>, tensor<2xui8>, tensor<3xui8>, tensor<1x2x2xui8>, tensor<3xf32>) -> tensor<1x2x3x3xf32>
  %3 = graph.conv %1, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x3x3xf32>, tensor<1x2x1x1xf32>) -> tensor<1x1x3x3xf32>
  return %2, %3 : tensor<1x2x3x3xf32>, tensor<1x1x3x3xf32>
}
