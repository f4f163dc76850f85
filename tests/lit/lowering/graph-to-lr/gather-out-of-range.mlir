// A constant index that leads outside is an error, not a read of other memory.
// RUN: not coco-opt %s --graph-to-lr --split-input-file 2>&1 | FileCheck %s

// CHECK: error: {{.*}}index 9 is out of range for an extent of 4
func.func @beyond(%x: tensor<4xf32>) -> tensor<f32> {
  %i = graph.constant dense<9> : tensor<i64>
  %0 = graph.gather %x, %i {axis = 0 : i64} : (tensor<4xf32>, tensor<i64>) -> tensor<f32>
  return %0 : tensor<f32>
}

// -----

// CHECK: error: {{.*}}index -5 is out of range for an extent of 4
func.func @below(%x: tensor<4xf32>) -> tensor<1xf32> {
  %i = graph.constant dense<-5> : tensor<1xi64>
  %0 = graph.gather %x, %i {axis = 0 : i64} : (tensor<4xf32>, tensor<1xi64>) -> tensor<1xf32>
  return %0 : tensor<1xf32>
}

// -----

// CHECK: error: {{.*}}index 9 is out of range for an extent of 4
func.func @falling(%x: tensor<4xf32>) -> tensor<3xf32> {
  %i = graph.constant dense<[9, 5, 1]> : tensor<3xi64>
  %0 = graph.gather %x, %i {axis = 0 : i64} : (tensor<4xf32>, tensor<3xi64>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
