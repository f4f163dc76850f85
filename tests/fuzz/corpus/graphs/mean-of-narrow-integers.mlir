// The sum that a mean or a root is taken of does not fit the element: it is kept whole.
func.func @main(%arg0: tensor<2x200xi8>, %arg1: tensor<200x20xui8>, %arg2: tensor<4xi1>) -> (tensor<2xi8>, tensor<20xui8>, tensor<2xi8>, tensor<i1>) {
  %ten = graph.constant dense<10> : tensor<i8>
  %0 = graph.abs %arg0 : tensor<2x200xi8>
  %1 = graph.mul %0, %ten : (tensor<2x200xi8>, tensor<i8>) -> tensor<2x200xi8>
  %2 = graph.reduce mean %1 {axes = array<i64: 1>, keep_dimensions = false} : (tensor<2x200xi8>) -> tensor<2xi8>
  %3 = graph.reduce mean %arg1 {axes = array<i64: 0>, keep_dimensions = false} : (tensor<200x20xui8>) -> tensor<20xui8>
  %4 = graph.reduce l2 %0 {axes = array<i64: 1>, keep_dimensions = false} : (tensor<2x200xi8>) -> tensor<2xi8>
  %5 = graph.reduce mean %arg2 {axes = array<i64: 0>, keep_dimensions = false} : (tensor<4xi1>) -> tensor<i1>
  return %2, %3, %4, %5 : tensor<2xi8>, tensor<20xui8>, tensor<2xi8>, tensor<i1>
}
