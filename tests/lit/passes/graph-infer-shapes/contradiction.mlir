// RUN: coco-opt %s -split-input-file -verify-diagnostics -graph-infer-shapes

func.func @declared_extent_contradicts_what_follows(%x: tensor<2x3xf32>) -> tensor<3x2xf32> {
  %0 = graph.shape %x : (tensor<2x3xf32>) -> tensor<2xi64>
  // expected-error@+1 {{is declared to have the result 'tensor<3x2xf32>', but has 'tensor<2x3xf32>'}}
  %1 = graph.reshape %x, %0 {allow_zero = false} : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<3x2xf32>
  %2 = graph.relu %1 : tensor<3x2xf32>
  return %2 : tensor<3x2xf32>
}
