// The first layer of each kind is named.
// RUN: not coco-opt %s --graph-to-lr 2>&1 | FileCheck %s

// CHECK: error: cannot be lowered to lr: graph.gather with indices that are not a few constants (2 times, first in 'embedding')
func.func @f(%x: tensor<4x4xf32>, %i: tensor<2xi64>) -> (tensor<2x4xf32>, tensor<2x4xf32>) {
  %0 = graph.gather %x, %i {axis = 0 : i64} : (tensor<4x4xf32>, tensor<2xi64>) -> tensor<2x4xf32> loc("embedding")
  %1 = graph.gather %x, %i {axis = 0 : i64} : (tensor<4x4xf32>, tensor<2xi64>) -> tensor<2x4xf32> loc("second")
  return %0, %1 : tensor<2x4xf32>, tensor<2x4xf32>
}
