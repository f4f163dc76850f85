// RUN: coco-opt %s -split-input-file -verify-diagnostics

func.func @f() {
  // expected-error@+1 {{requires attribute 'value'}}
  %r = "graph.constant"() : () -> tensor<2xf32>
  return
}

// -----

func.func @f() {
  // expected-error@+1 {{inferred type(s) 'tensor<2xf32>' are incompatible with return type(s) of operation 'tensor<3xf32>'}}
  %r = "graph.constant"() <{value = dense<1.0> : tensor<2xf32>}> : () -> tensor<3xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error@+1 {{expects argument #0 of its body to have the operand's type}}
  %r = "graph.fused"(%x) ({
  ^bb0(%a: tensor<3xf32>):
    "graph.yield"(%a) : (tensor<3xf32>) -> ()
  }) : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error@+1 {{expects one argument of its body per operand, but there are 2 for 1}}
  %r = "graph.fused"(%x) ({
  ^bb0(%a: tensor<2xf32>, %b: tensor<2xf32>):
    "graph.yield"(%a) : (tensor<2xf32>) -> ()
  }) : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @f(%x: tensor<2x2xf32>) {
  %r = "graph.fused"(%x) ({
  ^bb0(%a: tensor<2x2xf32>):
    %1 = "graph.matmul"(%a, %a) : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
    // expected-error@+1 {{is a second operator of its group that is not elementwise}}
    %2 = "graph.matmul"(%1, %a) : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
    "graph.yield"(%2) : (tensor<2x2xf32>) -> ()
  }) : (tensor<2x2xf32>) -> tensor<2x2xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>, %y: tensor<3x2xf32>) {
  %r = "graph.fused"(%x, %y) ({
  ^bb0(%a: tensor<2xf32>, %b: tensor<3x2xf32>):
    // expected-error@+1 {{has another shape than the result of its group}}
    %1 = "graph.relu"(%a) : (tensor<2xf32>) -> tensor<2xf32>
    %2 = "graph.add"(%1, %b) : (tensor<2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
    "graph.yield"(%2) : (tensor<3x2xf32>) -> ()
  }) : (tensor<2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error@+1 {{expects parent op 'graph.fused'}}
  "graph.yield"(%x) : (tensor<2xf32>) -> ()
  return
}

// -----

func.func @f(%x: tensor<1x3x8x8xf32>, %w: tensor<4x2x3x3xf32>) {
  // expected-error@+1 {{expects an input of 2 channels (2 in each of 1 groups), but it has 3}}
  %r = "graph.conv"(%x, %w) <{strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64}> : (tensor<1x3x8x8xf32>, tensor<4x2x3x3xf32>) -> tensor<1x4x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x2x8x8xf32>, %w: tensor<4x2x3x3xf64>) {
  // expected-error@+1 {{expects operands of one element type, but got 'f32' and 'f64'}}
  %r = "graph.conv"(%x, %w) <{strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64}> : (tensor<1x2x8x8xf32>, tensor<4x2x3x3xf64>) -> tensor<1x4x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x2x8x8xf32>, %w: tensor<4x2x3xf32>) {
  // expected-error@+1 {{expects input and weight of one rank from 3 to 5, but they have 4 and 3}}
  %r = "graph.conv"(%x, %w) <{strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64}> : (tensor<1x2x8x8xf32>, tensor<4x2x3xf32>) -> tensor<1x4x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x2x8x8xf32>, %w: tensor<4x2x3x3xf32>) {
  // expected-error@+1 {{has a wrong window: needs one stride per spatial axis}}
  %r = "graph.conv"(%x, %w) <{strides = array<i64: 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64}> : (tensor<1x2x8x8xf32>, tensor<4x2x3x3xf32>) -> tensor<1x4x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x2x8x8xf32>, %w: tensor<4x2x3x3xf32>) {
  // expected-error@+1 {{has a wrong window: strides must be positive}}
  %r = "graph.conv"(%x, %w) <{strides = array<i64: 1, 0>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64}> : (tensor<1x2x8x8xf32>, tensor<4x2x3x3xf32>) -> tensor<1x4x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x2x8x8xf32>, %w: tensor<4x2x3x3xf32>) {
  // expected-error@+1 {{has a wrong window: needs two pads per spatial axis}}
  %r = "graph.conv"(%x, %w) <{strides = array<i64: 1, 1>, pads = array<i64: 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64}> : (tensor<1x2x8x8xf32>, tensor<4x2x3x3xf32>) -> tensor<1x4x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x2x8x8xf32>, %w: tensor<4x2x3x3xf32>) {
  // expected-error@+1 {{has a wrong window: pads must not be negative}}
  %r = "graph.conv"(%x, %w) <{strides = array<i64: 1, 1>, pads = array<i64: 0, 0, -1, 0>, dilations = array<i64: 1, 1>, group = 1 : i64}> : (tensor<1x2x8x8xf32>, tensor<4x2x3x3xf32>) -> tensor<1x4x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x2x8x8xf32>, %w: tensor<4x2x3x3xf32>) {
  // expected-error@+1 {{has a wrong window: dilations must be positive}}
  %r = "graph.conv"(%x, %w) <{strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 9223372036854775807, 1>, group = 1 : i64}> : (tensor<1x2x8x8xf32>, tensor<4x2x3x3xf32>) -> tensor<1x4x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x2x8x8xf32>, %w: tensor<4x2x9x3xf32>) {
  // expected-error@+1 {{expects a window that fits into the padded input, but along spatial axis 0 it does not}}
  %r = "graph.conv"(%x, %w) <{strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64}> : (tensor<1x2x8x8xf32>, tensor<4x2x9x3xf32>) -> tensor<1x4x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x2x8x8xf32>, %w: tensor<4x2x3x3xf32>) {
  // expected-error@+1 {{expects a group count of at least 1, but it is 0}}
  %r = "graph.conv"(%x, %w) <{strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 0 : i64}> : (tensor<1x2x8x8xf32>, tensor<4x2x3x3xf32>) -> tensor<1x4x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x9x8x8xf32>, %w: tensor<4x3x3x3xf32>) {
  // expected-error@+1 {{has 4 filters, which 3 groups do not divide}}
  %r = "graph.conv"(%x, %w) <{strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 3 : i64}> : (tensor<1x9x8x8xf32>, tensor<4x3x3x3xf32>) -> tensor<1x4x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x?x8x8xf32>, %w: tensor<4x9223372036854775807x1x1xf32>) {
  // expected-error@+1 {{has too many channels}}
  %r = "graph.conv"(%x, %w) <{strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 2 : i64}> : (tensor<1x?x8x8xf32>, tensor<4x9223372036854775807x1x1xf32>) -> tensor<1x4x8x8xf32>
  return
}

// -----

func.func @f(%x: tensor<1x2x8x8xf32>, %w: tensor<4x2x3x3xf32>, %b: tensor<3xf32>) {
  // expected-error@+1 {{expects a bias with one element per filter}}
  %r = "graph.conv"(%x, %w, %b) <{strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64}> : (tensor<1x2x8x8xf32>, tensor<4x2x3x3xf32>, tensor<3xf32>) -> tensor<1x4x6x6xf32>
  return
}

// -----

func.func @f(%x: tensor<1x2x8x8xf32>, %w: tensor<4x2x3x3xf32>) {
  // expected-error@+1 {{inferred type(s) 'tensor<1x4x6x6xf32>' are incompatible}}
  %r = "graph.conv"(%x, %w) <{strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64}> : (tensor<1x2x8x8xf32>, tensor<4x2x3x3xf32>) -> tensor<1x4x5x6xf32>
  return
}

// -----

func.func @f(%a: tensor<2x3xf32>, %b: tensor<4x5xf32>) {
  // expected-error@+1 {{expects matrices that multiply, but 3 columns meet 4 rows}}
  %r = "graph.gemm"(%a, %b) <{alpha = 1.0 : f32, beta = 1.0 : f32, trans_a = false, trans_b = false}> : (tensor<2x3xf32>, tensor<4x5xf32>) -> tensor<2x5xf32>
  return
}

// -----

func.func @f(%a: tensor<2x3x1xf32>, %b: tensor<3x5xf32>) {
  // expected-error@+1 {{expects two matrices, but the operands have ranks 3 and 2}}
  %r = "graph.gemm"(%a, %b) <{alpha = 1.0 : f32, beta = 1.0 : f32, trans_a = false, trans_b = false}> : (tensor<2x3x1xf32>, tensor<3x5xf32>) -> tensor<2x5xf32>
  return
}

// -----

func.func @f(%a: tensor<2x3xf32>, %b: tensor<3x5xf32>, %c: tensor<4xf32>) {
  // expected-error@+1 {{expects operand 'c' to broadcast to the product's shape}}
  %r = "graph.gemm"(%a, %b, %c) <{alpha = 1.0 : f32, beta = 1.0 : f32, trans_a = false, trans_b = false}> : (tensor<2x3xf32>, tensor<3x5xf32>, tensor<4xf32>) -> tensor<2x5xf32>
  return
}

// -----

func.func @f(%a: tensor<1x3xf32>, %b: tensor<3x5xf32>, %c: tensor<2x5xf32>) {
  // expected-error@+1 {{expects operand 'c' to broadcast to the product's shape}}
  %r = "graph.gemm"(%a, %b, %c) <{alpha = 1.0 : f32, beta = 1.0 : f32, trans_a = false, trans_b = false}> : (tensor<1x3xf32>, tensor<3x5xf32>, tensor<2x5xf32>) -> tensor<1x5xf32>
  return
}

// -----

func.func @f(%a: tensor<2x3xf32>, %b: tensor<4xf32>) {
  // expected-error@+1 {{expects matrices that multiply, but 3 columns meet 4 rows}}
  %r = "graph.matmul"(%a, %b) : (tensor<2x3xf32>, tensor<4xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @f(%a: tensor<f32>, %b: tensor<4xf32>) {
  // expected-error@+1 {{expects operands of rank 1 or more}}
  %r = "graph.matmul"(%a, %b) : (tensor<f32>, tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @f(%a: tensor<2x2x3xf32>, %b: tensor<3x3x4xf32>) {
  // expected-error@+1 {{expects batches that broadcast against each other}}
  %r = "graph.matmul"(%a, %b) : (tensor<2x2x3xf32>, tensor<3x3x4xf32>) -> tensor<2x2x4xf32>
  return
}

// -----

func.func @f(%x: tensor<1x3x2xf32>, %s: tensor<3xf32>, %t: tensor<2xf32>) {
  // expected-error@+1 {{expects operand 'variance' to have one element per channel}}
  %r = "graph.batch_norm"(%x, %s, %s, %s, %t) <{epsilon = 1.0e-5 : f32}> : (tensor<1x3x2xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<2xf32>) -> tensor<1x3x2xf32>
  return
}

// -----

func.func @f(%x: tensor<3xf32>, %s: tensor<3xf32>) {
  // expected-error@+1 {{expects an input of rank 2 or more, but it has rank 1}}
  %r = "graph.batch_norm"(%x, %s, %s, %s, %s) <{epsilon = 1.0e-5 : f32}> : (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xf32>) {
  // expected-error@+1 {{expects a kernel of 2 extents, but it has 1}}
  %r = "graph.max_pool"(%x) <{kernel = array<i64: 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, ceil_mode = false}> : (tensor<1x1x4x4xf32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<4x4xf32>) {
  // expected-error@+1 {{expects an input of rank 3 to 5, but it has rank 2}}
  %r = "graph.max_pool"(%x) <{kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, ceil_mode = false}> : (tensor<4x4xf32>) -> tensor<3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xf32>) {
  // expected-error@+1 {{has a wrong window: kernel extents must be positive}}
  %r = "graph.average_pool"(%x) <{kernel = array<i64: 0, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, ceil_mode = false, count_include_pad = false}> : (tensor<1x1x4x4xf32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<1x1x4x4xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.average_pool"(%x) <{kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, ceil_mode = false, count_include_pad = false}> : (tensor<1x1x4x4xi32>) -> tensor<1x1x3x3xi32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{expects axes that ascend and lie in 0 to 1}}
  %r = "graph.reduce"(%x) <{kind = "sum", axes = array<i64: 1, 0>, keep_dimensions = true}> : (tensor<2x3xf32>) -> tensor<1x1xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{expects axes that ascend and lie in 0 to 1}}
  %r = "graph.reduce"(%x) <{kind = "sum", axes = array<i64: 2>, keep_dimensions = true}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{attribute 'kind' failed to satisfy constraint}}
  %r = "graph.reduce"(%x) <{kind = "median", axes = array<i64: 1>, keep_dimensions = true}> : (tensor<2x3xf32>) -> tensor<2x1xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{expects an axis in 0 to 1, but it is -1}}
  %r = "graph.softmax"(%x) <{axis = -1 : i64}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.sigmoid"(%x) : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.tanh"(%x) : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.exp"(%x) : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.log"(%x) : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.sqrt"(%x) : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.reciprocal"(%x) : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.floor"(%x) : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.ceil"(%x) : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.erf"(%x) : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.relu"(%x) : (f32) -> f32
  return
}

// -----

func.func @f(%x: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.abs"(%x) : (f32) -> f32
  return
}

// -----

func.func @f(%x: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.neg"(%x) : (f32) -> f32
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error@+1 {{must have the same shape}}
  %r = "graph.relu"(%x) : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.not"(%x) : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error@+1 {{requires attribute 'alpha'}}
  %r = "graph.leaky_relu"(%x) : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error@+1 {{expects attribute 'minimum' to have the element's type}}
  %r = "graph.clip"(%x) <{minimum = 1 : i32}> : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error@+1 {{expects attribute 'maximum' to be a number}}
  %r = "graph.clip"(%x) <{maximum = dense<1.0> : tensor<2xf32>}> : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error@+1 {{expects attribute 'to' to be a type of numbers}}
  %r = "graph.cast"(%x) <{to = tensor<2xi32>}> : (tensor<2xf32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>, %y: tensor<3xf32>) {
  // expected-error@+1 {{expects operands whose shapes broadcast against each other}}
  %r = "graph.add"(%x, %y) : (tensor<2xf32>, tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>, %y: tensor<3xf32>) {
  // expected-error@+1 {{expects operands whose shapes broadcast against each other}}
  %r = "graph.sub"(%x, %y) : (tensor<2xf32>, tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>, %y: tensor<3xf32>) {
  // expected-error@+1 {{expects operands whose shapes broadcast against each other}}
  %r = "graph.mul"(%x, %y) : (tensor<2xf32>, tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>, %y: tensor<3xf32>) {
  // expected-error@+1 {{expects operands whose shapes broadcast against each other}}
  %r = "graph.div"(%x, %y) : (tensor<2xf32>, tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>, %y: tensor<3xf32>) {
  // expected-error@+1 {{expects operands whose shapes broadcast against each other}}
  %r = "graph.pow"(%x, %y) : (tensor<2xf32>, tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>, %y: tensor<3xf32>) {
  // expected-error@+1 {{expects operands whose shapes broadcast against each other}}
  %r = "graph.maximum"(%x, %y) : (tensor<2xf32>, tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>, %y: tensor<3xf32>) {
  // expected-error@+1 {{expects operands whose shapes broadcast against each other}}
  %r = "graph.minimum"(%x, %y) : (tensor<2xf32>, tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>, %y: tensor<2xf64>) {
  // expected-error@+1 {{expects operands of one element type, but got 'f32' and 'f64'}}
  %r = "graph.add"(%x, %y) : (tensor<2xf32>, tensor<2xf64>) -> tensor<2xf32>
  return
}

// -----

func.func @f(%x: tensor<9223372036854775807x1xf32>, %y: tensor<2xf32>) {
  // expected-error@+1 {{result has too many elements}}
  %r = "graph.add"(%x, %y) : (tensor<9223372036854775807x1xf32>, tensor<2xf32>) -> tensor<9223372036854775807x2xf32>
  return
}

// -----

func.func @f(%x: tensor<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1xf32>) {
  // expected-error@+1 {{does not support tensors of a rank over 32}}
  %r = "graph.add"(%x, %x) : (tensor<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1xf32>, tensor<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1xf32>) -> tensor<1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>, %y: tensor<3xf32>) {
  // expected-error@+1 {{expects operands whose shapes broadcast against each other}}
  %r = "graph.equal"(%x, %y) : (tensor<2xf32>, tensor<3xf32>) -> tensor<3xi1>
  return
}

// -----

func.func @f(%x: tensor<2xf32>, %y: tensor<3xf32>) {
  // expected-error@+1 {{expects operands whose shapes broadcast against each other}}
  %r = "graph.less"(%x, %y) : (tensor<2xf32>, tensor<3xf32>) -> tensor<3xi1>
  return
}

// -----

func.func @f(%x: tensor<2xf32>, %y: tensor<3xf32>) {
  // expected-error@+1 {{expects operands whose shapes broadcast against each other}}
  %r = "graph.greater"(%x, %y) : (tensor<2xf32>, tensor<3xf32>) -> tensor<3xi1>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error@+1 {{expects operands with elements of type 'i1'}}
  %r = "graph.and"(%x, %x) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error@+1 {{expects operands with elements of type 'i1'}}
  %r = "graph.or"(%x, %x) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
  return
}

// -----

func.func @f(%c: tensor<2xi1>, %x: tensor<2xf32>, %y: tensor<2xi32>) {
  // expected-error@+1 {{expects operands of one element type, but got 'f32' and 'i32'}}
  %r = "graph.where"(%c, %x, %y) : (tensor<2xi1>, tensor<2xf32>, tensor<2xi32>) -> tensor<2xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{inferred type(s) 'tensor<2xi64>' are incompatible}}
  %r = "graph.shape"(%x) : (tensor<2x3xf32>) -> tensor<3xi64>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  %s = graph.constant dense<[4, 2]> : tensor<2xi64>
  // expected-error@+1 {{shape has another number of elements than the input}}
  %r = "graph.reshape"(%x, %s) <{allow_zero = false}> : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<?x?xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  %s = graph.constant dense<[4, -1]> : tensor<2xi64>
  // expected-error@+1 {{shape does not divide the input's elements}}
  %r = "graph.reshape"(%x, %s) <{allow_zero = false}> : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<?x?xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  %s = graph.constant dense<[-1, -1]> : tensor<2xi64>
  // expected-error@+1 {{shape has more than one -1}}
  %r = "graph.reshape"(%x, %s) <{allow_zero = false}> : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<?x?xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  %s = graph.constant dense<[-2, 3]> : tensor<2xi64>
  // expected-error@+1 {{shape has a negative extent}}
  %r = "graph.reshape"(%x, %s) <{allow_zero = false}> : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<?x?xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  %s = graph.constant dense<[6, 1, 0]> : tensor<3xi64>
  // expected-error@+1 {{shape copies an extent that the input does not have}}
  %r = "graph.reshape"(%x, %s) <{allow_zero = false}> : (tensor<2x3xf32>, tensor<3xi64>) -> tensor<?x?x?xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  %s = graph.constant dense<[0, -1]> : tensor<2xi64>
  // expected-error@+1 {{cannot work out -1 beside an extent of 0}}
  %r = "graph.reshape"(%x, %s) <{allow_zero = true}> : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<?x?xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  %s = graph.constant dense<[9223372036854775807, 9223372036854775807]> : tensor<2xi64>
  // expected-error@+1 {{has too many elements}}
  %r = "graph.reshape"(%x, %s) <{allow_zero = false}> : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<?x?xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>, %s: tensor<?xi64>) {
  // expected-error@+1 {{needs a shape operand whose length is known}}
  %r = "graph.reshape"(%x, %s) <{allow_zero = false}> : (tensor<2x3xf32>, tensor<?xi64>) -> tensor<6xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>, %s: tensor<1x2xi64>) {
  // expected-error@+1 {{expects operand 'shape' of rank 1, but it has rank 2}}
  %r = "graph.reshape"(%x, %s) <{allow_zero = false}> : (tensor<2x3xf32>, tensor<1x2xi64>) -> tensor<6xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{cannot drop axis 1 of extent 3}}
  %r = "graph.squeeze"(%x) <{axes = array<i64: 1>}> : (tensor<2x3xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{expects axes that ascend and lie in 0 to 2}}
  %r = "graph.unsqueeze"(%x) <{axes = array<i64: 3>}> : (tensor<2x3xf32>) -> tensor<2x3x1xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{expects an axis in 0 to 2, but it is 3}}
  %r = "graph.flatten"(%x) <{axis = 3 : i64}> : (tensor<2x3xf32>) -> tensor<6x1xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{expects a permutation of the input's 2 axes}}
  %r = "graph.transpose"(%x) <{permutation = array<i64: 1, 1>}> : (tensor<2x3xf32>) -> tensor<3x3xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{expects a permutation of the input's 2 axes}}
  %r = "graph.transpose"(%x) <{permutation = array<i64: 0>}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{expects at least one operand}}
  %r = "graph.concat"() <{axis = 0 : i64}> : () -> tensor<2x3xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>, %y: tensor<2x4xf32>) {
  // expected-error@+1 {{expects operands that differ along axis 0 only, but operand #1 differs along axis 1}}
  %r = "graph.concat"(%x, %y) <{axis = 0 : i64}> : (tensor<2x3xf32>, tensor<2x4xf32>) -> tensor<4x3xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>, %y: tensor<2xf32>) {
  // expected-error@+1 {{expects operands of one rank}}
  %r = "graph.concat"(%x, %y) <{axis = 0 : i64}> : (tensor<2x3xf32>, tensor<2xf32>) -> tensor<4x3xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  %s = graph.constant dense<[0]> : tensor<1xi64>
  %e = graph.constant dense<[1]> : tensor<1xi64>
  %a = graph.constant dense<[2]> : tensor<1xi64>
  %t = graph.constant dense<[1]> : tensor<1xi64>
  // expected-error@+1 {{has an axis out of range}}
  %r = "graph.slice"(%x, %s, %e, %a, %t) <{operandSegmentSizes = array<i32: 1, 1, 1, 1, 1>}> : (tensor<2x3xf32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<?x?xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  %s = graph.constant dense<[0]> : tensor<1xi64>
  %e = graph.constant dense<[1]> : tensor<1xi64>
  %a = graph.constant dense<[-9223372036854775808]> : tensor<1xi64>
  %t = graph.constant dense<[1]> : tensor<1xi64>
  // expected-error@+1 {{has an axis out of range}}
  %r = "graph.slice"(%x, %s, %e, %a, %t) <{operandSegmentSizes = array<i32: 1, 1, 1, 1, 1>}> : (tensor<2x3xf32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<?x?xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  %s = graph.constant dense<[0]> : tensor<1xi64>
  %e = graph.constant dense<[1]> : tensor<1xi64>
  %a = graph.constant dense<[0]> : tensor<1xi64>
  %t = graph.constant dense<[0]> : tensor<1xi64>
  // expected-error@+1 {{has a step of 0}}
  %r = "graph.slice"(%x, %s, %e, %a, %t) <{operandSegmentSizes = array<i32: 1, 1, 1, 1, 1>}> : (tensor<2x3xf32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<?x?xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  %s = graph.constant dense<[0, 0]> : tensor<2xi64>
  %e = graph.constant dense<[1, 1]> : tensor<2xi64>
  %a = graph.constant dense<[0, -2]> : tensor<2xi64>
  %t = graph.constant dense<[1, 1]> : tensor<2xi64>
  // expected-error@+1 {{has an axis twice}}
  %r = "graph.slice"(%x, %s, %e, %a, %t) <{operandSegmentSizes = array<i32: 1, 1, 1, 1, 1>}> : (tensor<2x3xf32>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<?x?xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  %s = graph.constant dense<[0, 0, 0]> : tensor<3xi64>
  %e = graph.constant dense<[1, 1, 1]> : tensor<3xi64>
  %a = graph.constant dense<[0, 1, 2]> : tensor<3xi64>
  %t = graph.constant dense<[1, 1, 1]> : tensor<3xi64>
  // expected-error@+1 {{has more bounds than the input has axes}}
  %r = "graph.slice"(%x, %s, %e, %a, %t) <{operandSegmentSizes = array<i32: 1, 1, 1, 1, 1>}> : (tensor<2x3xf32>, tensor<3xi64>, tensor<3xi64>, tensor<3xi64>, tensor<3xi64>) -> tensor<?x?xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  %s = graph.constant dense<[0]> : tensor<1xi64>
  %e = graph.constant dense<[1, 1]> : tensor<2xi64>
  // expected-error@+1 {{expects starts, ends, axes and steps of one length}}
  %r = "graph.slice"(%x, %s, %e) <{operandSegmentSizes = array<i32: 1, 1, 1, 0, 0>}> : (tensor<2x3xf32>, tensor<1xi64>, tensor<2xi64>) -> tensor<?x?xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  %p = graph.constant dense<[1, 1]> : tensor<2xi64>
  // expected-error@+1 {{expects two pads per axis of the input, 4, but there are 2}}
  %r = "graph.pad"(%x, %p) <{mode = "constant"}> : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<?x?xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  %p = graph.constant dense<[-3, 0, 0, 0]> : tensor<4xi64>
  // expected-error@+1 {{crops more than there is}}
  %r = "graph.pad"(%x, %p) <{mode = "constant"}> : (tensor<2x3xf32>, tensor<4xi64>) -> tensor<?x?xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  %p = graph.constant dense<[9223372036854775807, 0, 0, 0]> : tensor<4xi64>
  // expected-error@+1 {{has a pad that is too large}}
  %r = "graph.pad"(%x, %p) <{mode = "constant"}> : (tensor<2x3xf32>, tensor<4xi64>) -> tensor<?x?xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  %p = graph.constant dense<[0, 0, 0, 0]> : tensor<4xi64>
  // expected-error@+1 {{expects a padding value of one element, of the input's element type}}
  %r = "graph.pad"(%x, %p, %x) <{mode = "constant"}> : (tensor<2x3xf32>, tensor<4xi64>, tensor<2x3xf32>) -> tensor<?x?xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>, %i: tensor<1xi64>) {
  // expected-error@+1 {{expects an axis in 0 to 1, but it is 2}}
  %r = "graph.gather"(%x, %i) <{axis = 2 : i64}> : (tensor<2x3xf32>, tensor<1xi64>) -> tensor<2x1xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  %s = graph.constant dense<[4, 3]> : tensor<2xi64>
  // expected-error@+1 {{expects an input that broadcasts against the shape}}
  %r = "graph.expand"(%x, %s) : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<?x?xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  %s = graph.constant dense<[2, -3]> : tensor<2xi64>
  // expected-error@+1 {{shape has a negative extent}}
  %r = "graph.expand"(%x, %s) : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<?x?xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  %s = graph.constant dense<[-2]> : tensor<1xi64>
  // expected-error@+1 {{shape has a negative extent}}
  %r = "graph.constant_of_shape"(%s) <{value = 1.0 : f32}> : (tensor<1xi64>) -> tensor<?xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  %s = graph.constant dense<[2]> : tensor<1xi64>
  // expected-error@+1 {{expects attribute 'value' to be a number}}
  %r = "graph.constant_of_shape"(%s) <{value = dense<1.0> : tensor<1xf32>}> : (tensor<1xi64>) -> tensor<?xf32>
  return
}

// -----

func.func @f(%x: tensor<2x3xf32>) {
  %s = graph.constant dense<[9223372036854775807, 3]> : tensor<2xi64>
  // expected-error@+1 {{result has too many elements}}
  %r = "graph.constant_of_shape"(%s) <{value = 1.0 : f32}> : (tensor<2xi64>) -> tensor<?x?xf32>
  return
}

// -----

func.func @f(%x: tensor<5x4xf32>, %i: tensor<3xi64>, %u: tensor<2x4xf32>) {
  // expected-error@+1 {{expects updates that are slices of the input, one for each index}}
  %r = "graph.scatter"(%x, %i, %u) <{reduction = "none"}> : (tensor<5x4xf32>, tensor<3xi64>, tensor<2x4xf32>) -> tensor<5x4xf32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.round"(%x) : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.sin"(%x) : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.cos"(%x) : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.tan"(%x) : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.asin"(%x) : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.acos"(%x) : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.atan"(%x) : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.sinh"(%x) : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.cosh"(%x) : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.asinh"(%x) : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.acosh"(%x) : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.softplus"(%x) : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.atanh"(%x) : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error@+1 {{operand #0 must be}}
  %r = "graph.bit_not"(%x) : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  // expected-error@+1 {{inferred type(s) 'tensor<2xf32>' are incompatible}}
  %r = "graph.sign"(%x) : (tensor<2xf32>) -> tensor<2xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>, %y: tensor<3xi32>) {
  // expected-error@+1 {{graph.modulo' op expects}}
  %r = "graph.modulo"(%x, %y) : (tensor<2xi32>, tensor<3xi32>) -> tensor<3xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>, %y: tensor<3xi32>) {
  // expected-error@+1 {{graph.remainder' op expects}}
  %r = "graph.remainder"(%x, %y) : (tensor<2xi32>, tensor<3xi32>) -> tensor<3xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>, %y: tensor<3xi32>) {
  // expected-error@+1 {{graph.bit_and' op expects}}
  %r = "graph.bit_and"(%x, %y) : (tensor<2xi32>, tensor<3xi32>) -> tensor<3xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>, %y: tensor<3xi32>) {
  // expected-error@+1 {{graph.bit_or' op expects}}
  %r = "graph.bit_or"(%x, %y) : (tensor<2xi32>, tensor<3xi32>) -> tensor<3xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>, %y: tensor<3xi32>) {
  // expected-error@+1 {{graph.bit_xor' op expects}}
  %r = "graph.bit_xor"(%x, %y) : (tensor<2xi32>, tensor<3xi32>) -> tensor<3xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>, %y: tensor<3xi32>) {
  // expected-error@+1 {{graph.shift_left' op expects}}
  %r = "graph.shift_left"(%x, %y) : (tensor<2xi32>, tensor<3xi32>) -> tensor<3xi32>
  return
}

// -----

func.func @f(%x: tensor<2xi32>, %y: tensor<3xi32>) {
  // expected-error@+1 {{graph.shift_right' op expects}}
  %r = "graph.shift_right"(%x, %y) : (tensor<2xi32>, tensor<3xi32>) -> tensor<3xi32>
  return
}

// -----

func.func @f(%x: tensor<1x3x2xf32>, %p: tensor<3xf32>, %q: tensor<3xf64>) {
  // expected-error@+1 {{'graph.batch_norm' op expects operand 'mean' to have the input's element type}}
  %r = "graph.batch_norm"(%x, %p, %p, %q, %p) <{epsilon = 1.0e-5 : f32}> : (tensor<1x3x2xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf64>, tensor<3xf32>) -> tensor<1x3x2xf32>
  return
}

// -----

func.func @f(%x: tensor<2xf32>) {
  %0 = "graph.fused"(%x) ({
  ^bb0(%a: tensor<2xf32>):
    // expected-error@+1 {{'graph.constant' op cannot stand in a group}}
    %c = graph.constant dense<1.0> : tensor<2xf32>
    %1 = "graph.add"(%a, %c) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
    graph.yield %1 : tensor<2xf32>
  }) : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @f(%x: tensor<1x2x4x4xf32>, %w: tensor<3x2x1x1xf32>) {
  // expected-error@+1 {{has a wrong window: needs one dilation per spatial axis}}
  %r = "graph.conv"(%x, %w) <{strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1>, group = 1 : i64}> : (tensor<1x2x4x4xf32>, tensor<3x2x1x1xf32>) -> tensor<1x3x4x4xf32>
  return
}
