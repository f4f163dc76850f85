// The first layer of each kind is named.
// RUN: not coco-opt %s --graph-to-lr 2>&1 | FileCheck %s

// CHECK: error: cannot be lowered to lr: graph.pad with a value that is not a constant (2 times, first in 'border')
func.func @f(%x: tensor<4x4xf32>, %v: tensor<f32>) -> (tensor<6x6xf32>, tensor<6x6xf32>) {
  %c = graph.constant dense<1> : tensor<4xi64>
  %0 = graph.pad constant %x, %c, %v : (tensor<4x4xf32>, tensor<4xi64>, tensor<f32>) -> tensor<6x6xf32> loc("border")
  %1 = graph.pad constant %x, %c, %v : (tensor<4x4xf32>, tensor<4xi64>, tensor<f32>) -> tensor<6x6xf32> loc("second")
  return %0, %1 : tensor<6x6xf32>, tensor<6x6xf32>
}
