// RUN: coco-opt %s --graph-to-lr --split-input-file --verify-diagnostics

func.func @everything_that_is_unsupported_is_said_at_once(%x: tensor<4x4xf32>, %v: tensor<f32>, %i: tensor<4x4xi32>) -> (tensor<6x6xf32>, tensor<6x6xf32>) {
  %c = graph.constant dense<1> : tensor<4xi64>
  // expected-error@+1 {{cannot be lowered to lr: graph.pad with a value that is not a constant (2 times), graph.gemm of integers with other factors than 1 (1 time)}}
  %0 = graph.pad constant %x, %c, %v : (tensor<4x4xf32>, tensor<4xi64>, tensor<f32>) -> tensor<6x6xf32>
  %1 = graph.pad constant %x, %c, %v : (tensor<4x4xf32>, tensor<4xi64>, tensor<f32>) -> tensor<6x6xf32>
  %2 = graph.gemm %i, %i {alpha = 2.0 : f32, beta = 1.0 : f32, trans_a = false, trans_b = false} : (tensor<4x4xi32>, tensor<4x4xi32>) -> tensor<4x4xi32>
  return %0, %1 : tensor<6x6xf32>, tensor<6x6xf32>
}

// -----

func.func @dynamic_shapes_name_the_option(%x: tensor<?x4xf32>) -> tensor<?x4xf32> {
  // expected-error@+1 {{'graph.relu' op has a shape that is not static, which the lr level cannot take: give the extents of the network's inputs with --shape}}
  %0 = graph.relu %x : tensor<?x4xf32>
  return %0 : tensor<?x4xf32>
}

// -----

func.func @pads_from_outside(%x: tensor<2xf32>, %p: tensor<2xi64>) -> tensor<4xf32> {
  // expected-error@+1 {{cannot be lowered to lr: graph.pad with pads that are not constants (1 time)}}
  %y = "graph.pad"(%x, %p) <{mode = "constant"}> : (tensor<2xf32>, tensor<2xi64>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// -----

func.func @nothing_has_no_edge(%x: tensor<0xf32>) -> tensor<0xf32> {
  %p = graph.constant dense<0> : tensor<2xi64>
  // expected-error@+1 {{cannot be lowered to lr: graph.pad of no elements in another mode than constant (1 time)}}
  %y = "graph.pad"(%x, %p) <{mode = "edge"}> : (tensor<0xf32>, tensor<2xi64>) -> tensor<0xf32>
  return %y : tensor<0xf32>
}

// -----

func.func @many_copies(%x: tensor<2xf32>) -> tensor<4002xf32> {
  %p = graph.constant dense<2000> : tensor<2xi64>
  // expected-error@+1 {{cannot be lowered to lr: graph.pad that repeats its input many times (1 time)}}
  %y = "graph.pad"(%x, %p) <{mode = "wrap"}> : (tensor<2xf32>, tensor<2xi64>) -> tensor<4002xf32>
  return %y : tensor<4002xf32>
}

// -----

// Graphs have tensors of more dimensions than layers.
func.func @seventeen_dimensions(%x: tensor<2xf32>) -> tensor<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x2xf32> {
  %s = graph.constant dense<[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2]> : tensor<17xi64>
  // expected-error@+1 {{'graph.reshape' op has more dimensions than a layer can take}}
  %0 = graph.reshape %x, %s {allow_zero = false} : (tensor<2xf32>, tensor<17xi64>) -> tensor<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x2xf32>
  return %0 : tensor<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x2xf32>
}
