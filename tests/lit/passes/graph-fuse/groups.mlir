// RUN: coco-opt %s -graph-fuse | FileCheck %s
// RUN: coco-opt %s -graph-fuse -mlir-print-debuginfo -mlir-print-local-scope | FileCheck %s --check-prefix=NAMES

// CHECK-LABEL: func.func @a_layer_its_residual_and_its_activation
// CHECK-SAME: (%[[X:.*]]: tensor<1x2x4x4xf32>, %[[W:.*]]: tensor<2x2x1x1xf32>, %[[R:.*]]: tensor<1x2x4x4xf32>)
// CHECK: "graph.fused"(%[[X]], %[[W]], %[[R]]) ({
// CHECK: ^bb0(%[[A:.*]]: tensor<1x2x4x4xf32>, %[[B:.*]]: tensor<2x2x1x1xf32>, %[[C:.*]]: tensor<1x2x4x4xf32>):
// CHECK: %[[P:.*]] = graph.conv %[[A]], %[[B]]
// CHECK: %[[S:.*]] = graph.add %[[C]], %[[P]]
// CHECK: %[[T:.*]] = graph.relu %[[S]]
// CHECK: graph.yield %[[T]]
// The name of the layer stays the first.
// NAMES: graph.yield
// NAMES-NEXT: }) : {{.*}} loc(fused["layer", {{.*}}])
func.func @a_layer_its_residual_and_its_activation(%x: tensor<1x2x4x4xf32>, %w: tensor<2x2x1x1xf32>, %r: tensor<1x2x4x4xf32>) -> tensor<1x2x4x4xf32> {
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x2x4x4xf32>, tensor<2x2x1x1xf32>) -> tensor<1x2x4x4xf32> loc("layer")
  %1 = graph.add %r, %0 : (tensor<1x2x4x4xf32>, tensor<1x2x4x4xf32>) -> tensor<1x2x4x4xf32>
  %2 = graph.relu %1 : tensor<1x2x4x4xf32>
  return %2 : tensor<1x2x4x4xf32>
}

// x * sigmoid(x): the layer's result is used twice, but only inside.
// CHECK-LABEL: func.func @a_value_with_two_uses_inside
// CHECK: "graph.fused"
// CHECK: graph.matmul
// CHECK: graph.sigmoid
// CHECK: graph.mul
// CHECK: graph.yield
// CHECK: }) : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
// CHECK-NEXT: return
func.func @a_value_with_two_uses_inside(%x: tensor<2x2xf32>, %w: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %0 = graph.matmul %x, %w : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  %1 = graph.sigmoid %0 : tensor<2x2xf32>
  %2 = graph.mul %0, %1 : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  return %2 : tensor<2x2xf32>
}

// CHECK-LABEL: func.func @a_value_with_a_use_outside_ends_the_group
// CHECK: %[[G:.*]] = "graph.fused"
// CHECK: graph.matmul
// CHECK-NEXT: graph.relu
// CHECK-NEXT: graph.yield
// CHECK: %[[S:.*]] = graph.softmax %[[G]]
// CHECK-NEXT: %[[A:.*]] = graph.add %[[G]], %[[S]]
// CHECK-NEXT: return %[[A]]
func.func @a_value_with_a_use_outside_ends_the_group(%x: tensor<2x2xf32>, %w: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %0 = graph.matmul %x, %w : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  %1 = graph.relu %0 : tensor<2x2xf32>
  %2 = graph.softmax %1 {axis = 1 : i64} : tensor<2x2xf32>
  %3 = graph.add %1, %2 : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  return %3 : tensor<2x2xf32>
}

// CHECK-LABEL: func.func @a_sum_of_two_layers_joins_the_later_one
// CHECK: %[[A:.*]] = graph.matmul %arg0, %arg1
// CHECK: "graph.fused"(%arg0, %arg2, %[[A]])
// CHECK: graph.matmul
// CHECK-NEXT: graph.add
func.func @a_sum_of_two_layers_joins_the_later_one(%x: tensor<2x2xf32>, %v: tensor<2x2xf32>, %w: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %0 = graph.matmul %x, %v : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  %1 = graph.matmul %x, %w : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  %2 = graph.add %0, %1 : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  return %2 : tensor<2x2xf32>
}

// What is used later than the layer may be defined later: the group stands where its last member stood.
// CHECK-LABEL: func.func @an_operand_defined_after_the_layer
// CHECK: %[[L:.*]] = graph.transpose
// CHECK: "graph.fused"(%{{.*}}, %{{.*}}, %[[L]])
func.func @an_operand_defined_after_the_layer(%x: tensor<2x2xf32>, %w: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %0 = graph.matmul %x, %w : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  %1 = graph.transpose %x {permutation = array<i64: 1, 0>} : (tensor<2x2xf32>) -> tensor<2x2xf32>
  %2 = graph.add %0, %1 : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  return %2 : tensor<2x2xf32>
}

// CHECK-LABEL: func.func @a_chain_without_a_layer
// CHECK: "graph.fused"
// CHECK: graph.exp
// CHECK-NEXT: graph.add
// CHECK-NEXT: graph.yield
func.func @a_chain_without_a_layer(%x: tensor<4xf32>, %y: tensor<1xf32>) -> tensor<4xf32> {
  %0 = graph.exp %x : tensor<4xf32>
  %1 = graph.add %0, %y : (tensor<4xf32>, tensor<1xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// CHECK-LABEL: func.func @one_that_stretches_does_not_join
// CHECK-NOT: graph.fused
// CHECK: return
func.func @one_that_stretches_does_not_join(%x: tensor<1x2xf32>, %w: tensor<2x2xf32>, %y: tensor<3x2xf32>) -> tensor<3x2xf32> {
  %0 = graph.matmul %x, %w : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  %1 = graph.add %0, %y : (tensor<1x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  return %1 : tensor<3x2xf32>
}

// CHECK-LABEL: func.func @nothing_to_group
// CHECK-NOT: graph.fused
// CHECK: return
func.func @nothing_to_group(%x: tensor<?x2xf32>, %w: tensor<2x2xf32>) -> tensor<?x2xf32> {
  %0 = graph.matmul %x, %w : (tensor<?x2xf32>, tensor<2x2xf32>) -> tensor<?x2xf32>
  %1 = graph.relu %0 : tensor<?x2xf32>
  return %1 : tensor<?x2xf32>
}
