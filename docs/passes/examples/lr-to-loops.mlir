// coco-opt --lower-to-lr --lr-to-loops
func.func @f(%x: tensor<2x6xf32>) -> tensor<6x2xf32> {
  %0 = graph.transpose %x {permutation = array<i64: 1, 0>} : (tensor<2x6xf32>) -> tensor<6x2xf32>
  return %0 : tensor<6x2xf32>
}
