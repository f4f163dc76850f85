// RUN: coco-opt %s --split-input-file --verify-diagnostics --pass-pipeline='builtin.module(lr-to-loops)'

func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error@+1 {{cannot be lowered to loops: only lr operations and constants can}}
  %0 = arith.negf %x : tensor<4xf32>
  func.return %0 : tensor<4xf32>
}

// -----

// expected-error@+1 {{has an argument that is no static tensor}}
func.func @main(%x: tensor<?xf32>) -> tensor<?xf32> {
  func.return %x : tensor<?xf32>
}
