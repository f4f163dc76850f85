// RUN: coco-opt %s --split-input-file --verify-diagnostics --interpret=@main
// What is seen only when extents and elements are known.

func.func @main() -> tensor<2xf32> {
  %x = arith.constant dense<[1.0, 2.0]> : tensor<2xf32>
  // expected-error@+1 {{'graph.bit_and' op is not defined for these elements}}
  %0 = "graph.bit_and"(%x, %x) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// -----

func.func @main() -> tensor<2xf32> {
  %x = arith.constant dense<> : tensor<0xf32>
  %pads = graph.constant dense<1> : tensor<2xi64>
  // expected-error@+1 {{'graph.pad' op cannot repeat elements of an empty input}}
  %0 = "graph.pad"(%x, %pads) <{mode = "edge"}> : (tensor<0xf32>, tensor<2xi64>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// -----

func.func @expand(%x: tensor<2xf32>, %shape: tensor<1xi64>) -> tensor<?xf32> {
  // expected-error@+1 {{'graph.expand' op expects an input that broadcasts against the shape}}
  %0 = "graph.expand"(%x, %shape) : (tensor<2xf32>, tensor<1xi64>) -> tensor<?xf32>
  return %0 : tensor<?xf32>
}
func.func @main() -> tensor<?xf32> {
  %x = arith.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %shape = arith.constant dense<3> : tensor<1xi64>
  %0 = call @expand(%x, %shape) : (tensor<2xf32>, tensor<1xi64>) -> tensor<?xf32>
  return %0 : tensor<?xf32>
}

// -----

// The shape that is asked for is not the one that the type promises.
func.func @reshape(%x: tensor<6xf32>, %shape: tensor<2xi64>) -> tensor<2x3xf32> {
  // expected-error@+1 {{'graph.reshape' op result #0 is of type 'tensor<3x2xf32>' now, which its own type does not allow}}
  %0 = "graph.reshape"(%x, %shape) <{allow_zero = false}> : (tensor<6xf32>, tensor<2xi64>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}
func.func @main() -> tensor<2x3xf32> {
  %x = arith.constant dense<1.0> : tensor<6xf32>
  %shape = arith.constant dense<[3, 2]> : tensor<2xi64>
  %0 = call @reshape(%x, %shape) : (tensor<6xf32>, tensor<2xi64>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// -----

// Two elements where three hundred are promised: an operation that reads them finds out first.
func.func @grow(%x: tensor<1xf32>, %shape: tensor<1xi64>) -> tensor<?xf32> {
  %0 = "graph.expand"(%x, %shape) : (tensor<1xf32>, tensor<1xi64>) -> tensor<?xf32>
  return %0 : tensor<?xf32>
}
func.func @main() -> tensor<300xf32> {
  %x = arith.constant dense<1.0> : tensor<1xf32>
  %shape = arith.constant dense<2> : tensor<1xi64>
  %0 = call @grow(%x, %shape) : (tensor<1xf32>, tensor<1xi64>) -> tensor<?xf32>
  // expected-error@+1 {{'graph.relu' op result #0 is of type 'tensor<2xf32>' now, which its own type does not allow}}
  %1 = "graph.relu"(%0) : (tensor<?xf32>) -> tensor<300xf32>
  return %1 : tensor<300xf32>
}

// -----

func.func @grow(%x: tensor<1xf32>, %shape: tensor<1xi64>) -> tensor<?xf32> {
  %0 = "graph.expand"(%x, %shape) : (tensor<1xf32>, tensor<1xi64>) -> tensor<?xf32>
  return %0 : tensor<?xf32>
}
func.func @main() -> tensor<300xf32> {
  %x = arith.constant dense<1.0> : tensor<1xf32>
  %shape = arith.constant dense<2> : tensor<1xi64>
  %0 = call @grow(%x, %shape) : (tensor<1xf32>, tensor<1xi64>) -> tensor<?xf32>
  // expected-error@+1 {{'graph.fused' op argument #0 is of type 'tensor<2xf32>' now, which its own type does not allow}}
  %1 = "graph.fused"(%0) ({
  ^bb0(%a: tensor<300xf32>):
    %2 = "graph.relu"(%a) : (tensor<300xf32>) -> tensor<300xf32>
    graph.yield %2 : tensor<300xf32>
  }) : (tensor<?xf32>) -> tensor<300xf32>
  return %1 : tensor<300xf32>
}

// -----

// As many parameters as channels, also where that is known now only.
func.func @grow(%x: tensor<1xf32>, %shape: tensor<1xi64>) -> tensor<?xf32> {
  %0 = "graph.expand"(%x, %shape) : (tensor<1xf32>, tensor<1xi64>) -> tensor<?xf32>
  return %0 : tensor<?xf32>
}
func.func @main() -> tensor<1x3x2xf32> {
  %x = arith.constant dense<1.0> : tensor<1x3x2xf32>
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %shape = arith.constant dense<2> : tensor<1xi64>
  %p = call @grow(%one, %shape) : (tensor<1xf32>, tensor<1xi64>) -> tensor<?xf32>
  // expected-error@+1 {{'graph.batch_norm' op expects operand 'scale' to have one element per channel}}
  %0 = "graph.batch_norm"(%x, %p, %p, %p, %p) <{epsilon = 1.0e-5 : f32}> : (tensor<1x3x2xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>) -> tensor<1x3x2xf32>
  return %0 : tensor<1x3x2xf32>
}
