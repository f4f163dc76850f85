// By squaring, bit by bit; negative exponents serve 1 and -1 only.
func.func @main(%arg0: tensor<40xi32>, %arg1: tensor<40xi32>, %arg2: tensor<6xui8>) -> (tensor<40xi32>, tensor<40xi32>, tensor<6xui8>) {
  %least = graph.constant dense<0> : tensor<i32>
  %one = graph.constant dense<1> : tensor<i32>
  %minus = graph.constant dense<-1> : tensor<i32>
  %0 = graph.maximum %arg1, %least : (tensor<40xi32>, tensor<i32>) -> tensor<40xi32>
  %1 = graph.pow %arg0, %0 : (tensor<40xi32>, tensor<40xi32>) -> tensor<40xi32>
  %2 = graph.less %arg0, %least : (tensor<40xi32>, tensor<i32>) -> tensor<40xi1>
  %3 = graph.where %2, %minus, %one : (tensor<40xi1>, tensor<i32>, tensor<i32>) -> tensor<40xi32>
  %4 = graph.pow %3, %arg1 : (tensor<40xi32>, tensor<40xi32>) -> tensor<40xi32>
  %5 = graph.pow %arg2, %arg2 : (tensor<6xui8>, tensor<6xui8>) -> tensor<6xui8>
  return %1, %4, %5 : tensor<40xi32>, tensor<40xi32>, tensor<6xui8>
}
