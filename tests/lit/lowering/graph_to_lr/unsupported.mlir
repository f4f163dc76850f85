// RUN: coco-opt %s --graph-to-lr --split-input-file --verify-diagnostics

func.func @everything_that_is_unsupported_is_said_at_once(%x: tensor<4x4xf32>, %i: tensor<2xi64>, %p: tensor<4xi64>) -> (tensor<2x4xf32>, tensor<2x4xf32>) {
  // expected-error@+1 {{cannot be lowered to lr: graph.gather with indices that are not a few constants (2 times), graph.pad of another mode than constant (1 time)}}
  %0 = graph.gather %x, %i {axis = 0 : i64} : (tensor<4x4xf32>, tensor<2xi64>) -> tensor<2x4xf32>
  %1 = graph.gather %x, %i {axis = 0 : i64} : (tensor<4x4xf32>, tensor<2xi64>) -> tensor<2x4xf32>
  %c = graph.constant dense<1> : tensor<4xi64>
  %2 = graph.pad reflect %x, %c : (tensor<4x4xf32>, tensor<4xi64>) -> tensor<6x6xf32>
  return %0, %1 : tensor<2x4xf32>, tensor<2x4xf32>
}

// -----

func.func @dynamic_shapes_name_the_option(%x: tensor<?x4xf32>) -> tensor<?x4xf32> {
  // expected-error@+1 {{'graph.relu' op has a shape that is not static, which the lr level cannot take: give the extents of the network's inputs with --shape}}
  %0 = graph.relu %x : tensor<?x4xf32>
  return %0 : tensor<?x4xf32>
}
