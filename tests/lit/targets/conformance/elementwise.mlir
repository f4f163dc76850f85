// Functions of one number that are exact.
// RUN: %conform-exactly
func.func @main(%x: tensor<2x19xf32>) -> (tensor<2x19xf32>, tensor<2x19xf32>, tensor<2x19xf32>, tensor<2x19xf32>, tensor<2x19xf32>, tensor<2x19xf32>, tensor<2x19xf32>, tensor<2x19xf32>) {
  %relu = graph.relu %x : tensor<2x19xf32>
  %abs = graph.abs %x : tensor<2x19xf32>
  %neg = graph.neg %x : tensor<2x19xf32>
  %floor = graph.floor %x : tensor<2x19xf32>
  %ceil = graph.ceil %x : tensor<2x19xf32>
  %reciprocal = graph.reciprocal %x : tensor<2x19xf32>
  %sqrt = graph.sqrt %abs : tensor<2x19xf32>
  %clip = graph.clip %x {minimum = -0.5 : f32, maximum = 0.5 : f32} : tensor<2x19xf32>
  return %relu, %abs, %neg, %floor, %ceil, %reciprocal, %sqrt, %clip : tensor<2x19xf32>, tensor<2x19xf32>, tensor<2x19xf32>, tensor<2x19xf32>, tensor<2x19xf32>, tensor<2x19xf32>, tensor<2x19xf32>, tensor<2x19xf32>
}
