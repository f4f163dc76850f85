// coco-opt --graph-to-blocks
func.func @gemm(%x: tensor<2x4xf32>) -> tensor<2x2xf32> {
  %w = graph.constant dense<[[1.0, 0.0, -0.0, 2.0], [3.0, 0.0, 0.0, -0.0]]> : tensor<2x4xf32>
  %c = graph.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %0 = graph.gemm %x, %w, %c {alpha = 1.0 : f32, beta = 1.0 : f32, trans_a = false, trans_b = true} : (tensor<2x4xf32>, tensor<2x4xf32>, tensor<2xf32>) -> tensor<2x2xf32>
  return %0 : tensor<2x2xf32>
}
