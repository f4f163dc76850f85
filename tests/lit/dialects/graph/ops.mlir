// RUN: coco-opt %s | coco-opt | FileCheck %s
// RUN: coco-opt %s -mlir-print-op-generic | coco-opt | FileCheck %s
// RUN: coco-opt %s -mlir-print-op-generic | mlir-opt-19 --allow-unregistered-dialect | coco-opt | FileCheck %s

// CHECK-LABEL: func.func @layers
func.func @layers(%x: tensor<1x4x8x8xf32>, %w: tensor<6x2x3x3xf32>, %b: tensor<6xf32>, %p: tensor<6xf32>) -> tensor<1x6x4x4xf32> {
  // CHECK: graph.conv %{{.*}}, %{{.*}}, %{{.*}} {strides = array<i64: 2, 2>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 2 : i64} : (tensor<1x4x8x8xf32>, tensor<6x2x3x3xf32>, tensor<6xf32>) -> tensor<1x6x4x4xf32>
  %0 = graph.conv %x, %w, %b {strides = array<i64: 2, 2>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 2 : i64} : (tensor<1x4x8x8xf32>, tensor<6x2x3x3xf32>, tensor<6xf32>) -> tensor<1x6x4x4xf32>
  // CHECK: graph.batch_norm %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} {epsilon = {{.*}} : f32} : (
  %1 = graph.batch_norm %0, %b, %b, %p, %p {epsilon = 1.0e-05 : f32} : (tensor<1x6x4x4xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>, tensor<6xf32>) -> tensor<1x6x4x4xf32>
  return %1 : tensor<1x6x4x4xf32>
}

// CHECK-LABEL: func.func @conv_without_bias_of_a_dynamic_batch
func.func @conv_without_bias_of_a_dynamic_batch(%x: tensor<?x1x8xf32>, %w: tensor<2x1x3xf32>) -> tensor<?x2x6xf32> {
  // CHECK: graph.conv %{{.*}}, %{{.*}} {strides = array<i64: 1>, {{.*}}} : (tensor<?x1x8xf32>, tensor<2x1x3xf32>) -> tensor<?x2x6xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1>, pads = array<i64: 0, 0>, dilations = array<i64: 1>, group = 1 : i64} : (tensor<?x1x8xf32>, tensor<2x1x3xf32>) -> tensor<?x2x6xf32>
  return %0 : tensor<?x2x6xf32>
}

// CHECK-LABEL: func.func @products
func.func @products(%a: tensor<2x3xf32>, %b: tensor<4x3xf32>, %c: tensor<4xf32>, %d: tensor<5x4x7xf32>) -> tensor<5x2x7xf32> {
  // CHECK: graph.gemm %{{.*}}, %{{.*}}, %{{.*}} {alpha = 1.000000e+00 : f32, beta = 5.000000e-01 : f32, trans_a = false, trans_b = true} : (tensor<2x3xf32>, tensor<4x3xf32>, tensor<4xf32>) -> tensor<2x4xf32>
  %0 = graph.gemm %a, %b, %c {alpha = 1.0 : f32, beta = 0.5 : f32, trans_a = false, trans_b = true} : (tensor<2x3xf32>, tensor<4x3xf32>, tensor<4xf32>) -> tensor<2x4xf32>
  // CHECK: graph.matmul %{{.*}}, %{{.*}} : (tensor<2x4xf32>, tensor<5x4x7xf32>) -> tensor<5x2x7xf32>
  %1 = graph.matmul %0, %d : (tensor<2x4xf32>, tensor<5x4x7xf32>) -> tensor<5x2x7xf32>
  return %1 : tensor<5x2x7xf32>
}

// CHECK-LABEL: func.func @windows_and_reductions
func.func @windows_and_reductions(%x: tensor<1x2x6x6xf32>) -> tensor<2xf32> {
  // CHECK: graph.max_pool %{{.*}} {kernel = array<i64: 3, 3>, {{.*}}ceil_mode = true} : (tensor<1x2x6x6xf32>) -> tensor<1x2x3x3xf32>
  %0 = graph.max_pool %x {kernel = array<i64: 3, 3>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, ceil_mode = true} : (tensor<1x2x6x6xf32>) -> tensor<1x2x3x3xf32>
  // CHECK: graph.average_pool %{{.*}} {{{.*}}count_include_pad = false} : (tensor<1x2x3x3xf32>) -> tensor<1x2x2x2xf32>
  %1 = graph.average_pool %0 {kernel = array<i64: 2, 2>, strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, ceil_mode = false, count_include_pad = false} : (tensor<1x2x3x3xf32>) -> tensor<1x2x2x2xf32>
  // CHECK: graph.softmax %{{.*}} {axis = 1 : i64} : tensor<1x2x2x2xf32>
  %2 = graph.softmax %1 {axis = 1 : i64} : tensor<1x2x2x2xf32>
  // CHECK: graph.reduce mean %{{.*}} {axes = array<i64: 2, 3>, keep_dimensions = true} : (tensor<1x2x2x2xf32>) -> tensor<1x2x1x1xf32>
  %3 = graph.reduce mean %2 {axes = array<i64: 2, 3>, keep_dimensions = true} : (tensor<1x2x2x2xf32>) -> tensor<1x2x1x1xf32>
  // CHECK: graph.reduce sum_square %{{.*}} {axes = array<i64: 0, 2, 3>, keep_dimensions = false} : (tensor<1x2x1x1xf32>) -> tensor<2xf32>
  %4 = graph.reduce sum_square %3 {axes = array<i64: 0, 2, 3>, keep_dimensions = false} : (tensor<1x2x1x1xf32>) -> tensor<2xf32>
  return %4 : tensor<2xf32>
}

// CHECK-LABEL: func.func @one_operand
func.func @one_operand(%x: tensor<?x4xf32>) -> tensor<?x4xi1> {
  // CHECK: graph.relu %{{.*}} : tensor<?x4xf32>
  %0 = graph.relu %x : tensor<?x4xf32>
  // CHECK: graph.sigmoid
  %1 = graph.sigmoid %0 : tensor<?x4xf32>
  // CHECK: graph.tanh
  %2 = graph.tanh %1 : tensor<?x4xf32>
  // CHECK: graph.exp
  %3 = graph.exp %2 : tensor<?x4xf32>
  // CHECK: graph.log
  %4 = graph.log %3 : tensor<?x4xf32>
  // CHECK: graph.sqrt
  %5 = graph.sqrt %4 : tensor<?x4xf32>
  // CHECK: graph.reciprocal
  %6 = graph.reciprocal %5 : tensor<?x4xf32>
  // CHECK: graph.abs
  %7 = graph.abs %6 : tensor<?x4xf32>
  // CHECK: graph.neg
  %8 = graph.neg %7 : tensor<?x4xf32>
  // CHECK: graph.floor
  %9 = graph.floor %8 : tensor<?x4xf32>
  // CHECK: graph.ceil
  %10 = graph.ceil %9 : tensor<?x4xf32>
  // CHECK: graph.erf
  %11 = graph.erf %10 : tensor<?x4xf32>
  // CHECK: graph.leaky_relu %{{.*}} {alpha = 2.500000e-01 : f32} : tensor<?x4xf32>
  %12 = graph.leaky_relu %11 {alpha = 0.25 : f32} : tensor<?x4xf32>
  // CHECK: graph.clip %{{.*}} {minimum = 0.000000e+00 : f32, maximum = 6.000000e+00 : f32} : tensor<?x4xf32>
  %13 = graph.clip %12 {minimum = 0.0 : f32, maximum = 6.0 : f32} : tensor<?x4xf32>
  // CHECK: graph.clip %{{.*}} : tensor<?x4xf32>
  %14 = graph.clip %13 : tensor<?x4xf32>
  // CHECK: graph.cast %{{.*}} {to = i1} : (tensor<?x4xf32>) -> tensor<?x4xi1>
  %15 = graph.cast %14 {to = i1} : (tensor<?x4xf32>) -> tensor<?x4xi1>
  // CHECK: graph.not %{{.*}} : tensor<?x4xi1>
  %16 = graph.not %15 : tensor<?x4xi1>
  return %16 : tensor<?x4xi1>
}

// CHECK-LABEL: func.func @more_operands
func.func @more_operands(%x: tensor<2x1xf32>, %y: tensor<3xf32>) -> tensor<2x3xf32> {
  // CHECK: graph.add %{{.*}}, %{{.*}} : (tensor<2x1xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  %0 = graph.add %x, %y : (tensor<2x1xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  // CHECK: graph.sub
  %1 = graph.sub %0, %y : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  // CHECK: graph.mul
  %2 = graph.mul %1, %x : (tensor<2x3xf32>, tensor<2x1xf32>) -> tensor<2x3xf32>
  // CHECK: graph.div
  %3 = graph.div %2, %x : (tensor<2x3xf32>, tensor<2x1xf32>) -> tensor<2x3xf32>
  // CHECK: graph.pow
  %4 = graph.pow %3, %x : (tensor<2x3xf32>, tensor<2x1xf32>) -> tensor<2x3xf32>
  // CHECK: graph.maximum
  %5 = graph.maximum %4, %x : (tensor<2x3xf32>, tensor<2x1xf32>) -> tensor<2x3xf32>
  // CHECK: graph.minimum
  %6 = graph.minimum %5, %x : (tensor<2x3xf32>, tensor<2x1xf32>) -> tensor<2x3xf32>
  // CHECK: graph.equal %{{.*}}, %{{.*}} : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xi1>
  %7 = graph.equal %6, %y : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xi1>
  // CHECK: graph.less
  %8 = graph.less %6, %y : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xi1>
  // CHECK: graph.greater
  %9 = graph.greater %6, %y : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xi1>
  // CHECK: graph.and
  %10 = graph.and %7, %8 : (tensor<2x3xi1>, tensor<2x3xi1>) -> tensor<2x3xi1>
  // CHECK: graph.or
  %11 = graph.or %9, %10 : (tensor<2x3xi1>, tensor<2x3xi1>) -> tensor<2x3xi1>
  // CHECK: graph.where %{{.*}}, %{{.*}}, %{{.*}} : (tensor<2x3xi1>, tensor<2x1xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  %12 = graph.where %11, %x, %y : (tensor<2x3xi1>, tensor<2x1xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %12 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @more_functions_of_one_operand
func.func @more_functions_of_one_operand(%x: tensor<2x4xf32>, %i: tensor<3xi32>) -> tensor<3xi32> {
  // CHECK: graph.round %{{.*}} : tensor<2x4xf32>
  %0 = graph.round %x : tensor<2x4xf32>
  // CHECK: graph.sin %{{.*}} : tensor<2x4xf32>
  %1 = graph.sin %0 : tensor<2x4xf32>
  // CHECK: graph.cos %{{.*}} : tensor<2x4xf32>
  %2 = graph.cos %1 : tensor<2x4xf32>
  // CHECK: graph.tan %{{.*}} : tensor<2x4xf32>
  %3 = graph.tan %2 : tensor<2x4xf32>
  // CHECK: graph.asin %{{.*}} : tensor<2x4xf32>
  %4 = graph.asin %3 : tensor<2x4xf32>
  // CHECK: graph.acos %{{.*}} : tensor<2x4xf32>
  %5 = graph.acos %4 : tensor<2x4xf32>
  // CHECK: graph.atan %{{.*}} : tensor<2x4xf32>
  %6 = graph.atan %5 : tensor<2x4xf32>
  // CHECK: graph.sinh %{{.*}} : tensor<2x4xf32>
  %7 = graph.sinh %6 : tensor<2x4xf32>
  // CHECK: graph.cosh %{{.*}} : tensor<2x4xf32>
  %8 = graph.cosh %7 : tensor<2x4xf32>
  // CHECK: graph.asinh %{{.*}} : tensor<2x4xf32>
  %9 = graph.asinh %8 : tensor<2x4xf32>
  // CHECK: graph.acosh %{{.*}} : tensor<2x4xf32>
  %10 = graph.acosh %9 : tensor<2x4xf32>
  // CHECK: graph.atanh %{{.*}} : tensor<2x4xf32>
  %11 = graph.atanh %10 : tensor<2x4xf32>
  // CHECK: graph.softplus %{{.*}} : tensor<2x4xf32>
  %15 = graph.softplus %11 : tensor<2x4xf32>
  // CHECK: graph.sign %{{.*}} : tensor<2x4xf32>
  %12 = graph.sign %15 : tensor<2x4xf32>
  // CHECK: graph.sign %{{.*}} : tensor<3xi32>
  %13 = graph.sign %i : tensor<3xi32>
  // CHECK: graph.bit_not %{{.*}} : tensor<3xi32>
  %14 = graph.bit_not %13 : tensor<3xi32>
  return %14 : tensor<3xi32>
}

// CHECK-LABEL: func.func @integers_and_bits
func.func @integers_and_bits(%x: tensor<2x1xui8>, %y: tensor<3xui8>) -> tensor<2x3xui8> {
  // CHECK: graph.modulo %{{.*}}, %{{.*}} : (tensor<2x1xui8>, tensor<3xui8>) -> tensor<2x3xui8>
  %0 = graph.modulo %x, %y : (tensor<2x1xui8>, tensor<3xui8>) -> tensor<2x3xui8>
  // CHECK: graph.remainder %{{.*}}, %{{.*}} : (tensor<2x3xui8>, tensor<3xui8>) -> tensor<2x3xui8>
  %1 = graph.remainder %0, %y : (tensor<2x3xui8>, tensor<3xui8>) -> tensor<2x3xui8>
  // CHECK: graph.bit_and %{{.*}}, %{{.*}} : (tensor<2x3xui8>, tensor<3xui8>) -> tensor<2x3xui8>
  %2 = graph.bit_and %1, %y : (tensor<2x3xui8>, tensor<3xui8>) -> tensor<2x3xui8>
  // CHECK: graph.bit_or %{{.*}}, %{{.*}} : (tensor<2x3xui8>, tensor<3xui8>) -> tensor<2x3xui8>
  %3 = graph.bit_or %2, %y : (tensor<2x3xui8>, tensor<3xui8>) -> tensor<2x3xui8>
  // CHECK: graph.bit_xor %{{.*}}, %{{.*}} : (tensor<2x3xui8>, tensor<3xui8>) -> tensor<2x3xui8>
  %4 = graph.bit_xor %3, %y : (tensor<2x3xui8>, tensor<3xui8>) -> tensor<2x3xui8>
  // CHECK: graph.shift_left %{{.*}}, %{{.*}} : (tensor<2x3xui8>, tensor<3xui8>) -> tensor<2x3xui8>
  %5 = graph.shift_left %4, %y : (tensor<2x3xui8>, tensor<3xui8>) -> tensor<2x3xui8>
  // CHECK: graph.shift_right %{{.*}}, %{{.*}} : (tensor<2x3xui8>, tensor<3xui8>) -> tensor<2x3xui8>
  %6 = graph.shift_right %5, %y : (tensor<2x3xui8>, tensor<3xui8>) -> tensor<2x3xui8>
  return %6 : tensor<2x3xui8>
}

// CHECK-LABEL: func.func @movement
func.func @movement(%x: tensor<2x3x4xf32>, %s: tensor<f32>) -> tensor<6x6xf32> {
  // CHECK: graph.shape %{{.*}} : (tensor<2x3x4xf32>) -> tensor<3xi64>
  %0 = graph.shape %x : (tensor<2x3x4xf32>) -> tensor<3xi64>
  // CHECK: graph.reshape %{{.*}}, %{{.*}} {allow_zero = false} : (tensor<2x3x4xf32>, tensor<3xi64>) -> tensor<?x?x?xf32>
  %1 = graph.reshape %x, %0 {allow_zero = false} : (tensor<2x3x4xf32>, tensor<3xi64>) -> tensor<?x?x?xf32>
  // CHECK: graph.unsqueeze %{{.*}} {axes = array<i64: 0, 4>} : (tensor<2x3x4xf32>) -> tensor<1x2x3x4x1xf32>
  %2 = graph.unsqueeze %x {axes = array<i64: 0, 4>} : (tensor<2x3x4xf32>) -> tensor<1x2x3x4x1xf32>
  // CHECK: graph.squeeze %{{.*}} {axes = array<i64: 0, 4>} : (tensor<1x2x3x4x1xf32>) -> tensor<2x3x4xf32>
  %3 = graph.squeeze %2 {axes = array<i64: 0, 4>} : (tensor<1x2x3x4x1xf32>) -> tensor<2x3x4xf32>
  // CHECK: graph.flatten %{{.*}} {axis = 2 : i64} : (tensor<2x3x4xf32>) -> tensor<6x4xf32>
  %4 = graph.flatten %3 {axis = 2 : i64} : (tensor<2x3x4xf32>) -> tensor<6x4xf32>
  // CHECK: graph.transpose %{{.*}} {permutation = array<i64: 1, 0>} : (tensor<6x4xf32>) -> tensor<4x6xf32>
  %5 = graph.transpose %4 {permutation = array<i64: 1, 0>} : (tensor<6x4xf32>) -> tensor<4x6xf32>
  // CHECK: graph.concat %{{.*}}, %{{.*}} {axis = 0 : i64} : (tensor<4x6xf32>, tensor<4x6xf32>) -> tensor<8x6xf32>
  %6 = graph.concat %5, %5 {axis = 0 : i64} : (tensor<4x6xf32>, tensor<4x6xf32>) -> tensor<8x6xf32>
  // CHECK: graph.constant dense<[0, -5]> : tensor<2xi64>
  %start = graph.constant dense<[0, -5]> : tensor<2xi64>
  %end = graph.constant dense<[4, 1000]> : tensor<2xi64>
  // CHECK: "graph.slice"(%{{.*}}, %{{.*}}, %{{.*}}) <{operandSegmentSizes = array<i32: 1, 1, 1, 0, 0>}> : (tensor<8x6xf32>, tensor<2xi64>, tensor<2xi64>) -> tensor<4x5xf32>
  %7 = "graph.slice"(%6, %start, %end) <{operandSegmentSizes = array<i32: 1, 1, 1, 0, 0>}> : (tensor<8x6xf32>, tensor<2xi64>, tensor<2xi64>) -> tensor<4x5xf32>
  %pads = graph.constant dense<[1, 0, 1, 1]> : tensor<4xi64>
  // CHECK: graph.pad edge %{{.*}}, %{{.*}} : (tensor<4x5xf32>, tensor<4xi64>) -> tensor<6x6xf32>
  %8 = graph.pad edge %7, %pads : (tensor<4x5xf32>, tensor<4xi64>) -> tensor<6x6xf32>
  // CHECK: graph.pad constant %{{.*}}, %{{.*}}, %{{.*}} : (tensor<4x5xf32>, tensor<4xi64>, tensor<f32>) -> tensor<6x6xf32>
  %9 = graph.pad constant %7, %pads, %s : (tensor<4x5xf32>, tensor<4xi64>, tensor<f32>) -> tensor<6x6xf32>
  %rows = graph.constant dense<[[5], [-1]]> : tensor<2x1xi64>
  // CHECK: graph.gather %{{.*}}, %{{.*}} {axis = 0 : i64} : (tensor<6x6xf32>, tensor<2x1xi64>) -> tensor<2x1x6xf32>
  %10 = graph.gather %9, %rows {axis = 0 : i64} : (tensor<6x6xf32>, tensor<2x1xi64>) -> tensor<2x1x6xf32>
  %two = graph.constant dense<[1, 1]> : tensor<2xi64>
  %updates = graph.constant dense<2.0> : tensor<2x6xf32>
  // CHECK: graph.scatter add %{{.*}}, %{{.*}}, %{{.*}} : (tensor<6x6xf32>, tensor<2xi64>, tensor<2x6xf32>) -> tensor<6x6xf32>
  %scattered = graph.scatter add %9, %two, %updates : (tensor<6x6xf32>, tensor<2xi64>, tensor<2x6xf32>) -> tensor<6x6xf32>
  %shape = graph.constant dense<[2, 6, 6]> : tensor<3xi64>
  // CHECK: graph.expand %{{.*}}, %{{.*}} : (tensor<2x1x6xf32>, tensor<3xi64>) -> tensor<2x6x6xf32>
  %11 = graph.expand %10, %shape : (tensor<2x1x6xf32>, tensor<3xi64>) -> tensor<2x6x6xf32>
  // CHECK: graph.constant_of_shape %{{.*}} {value = 1.500000e+00 : f32} : (tensor<3xi64>) -> tensor<2x6x6xf32>
  %12 = graph.constant_of_shape %shape {value = 1.5 : f32} : (tensor<3xi64>) -> tensor<2x6x6xf32>
  return %8 : tensor<6x6xf32>
}

// CHECK-LABEL: func.func @group
func.func @group(%a: tensor<2x3xf32>, %b: tensor<3x4xf32>, %r: tensor<2x4xf32>) -> tensor<2x4xf32> {
  // CHECK: "graph.fused"(%{{.*}}, %{{.*}}, %{{.*}}) ({
  // CHECK: ^bb0(%[[A:.*]]: tensor<2x3xf32>, %[[B:.*]]: tensor<3x4xf32>, %[[R:.*]]: tensor<2x4xf32>):
  // CHECK: graph.matmul %[[A]], %[[B]]
  // CHECK: graph.yield %{{.*}} : tensor<2x4xf32>
  // CHECK: }) : (tensor<2x3xf32>, tensor<3x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  %0 = "graph.fused"(%a, %b, %r) ({
  ^bb0(%x: tensor<2x3xf32>, %y: tensor<3x4xf32>, %z: tensor<2x4xf32>):
    %1 = graph.matmul %x, %y : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
    %2 = graph.add %1, %z : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
    graph.yield %2 : tensor<2x4xf32>
  }) : (tensor<2x3xf32>, tensor<3x4xf32>, tensor<2x4xf32>) -> tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}
