// RUN: coco-opt %s --graph-optimize --graph-to-lr --canonicalize --lr-schedule --lr-chain | FileCheck %s
// RUN: coco-opt %s -p 'builtin.module(graph-optimize,graph-to-lr,canonicalize,lr-schedule,lr-chain{chains=none})' | FileCheck %s --check-prefix=NONE
// RUN: coco-opt %s -p 'builtin.module(graph-optimize,graph-to-lr,canonicalize,lr-schedule,lr-chain{chains=all})' | FileCheck %s --check-prefix=ALL
// RUN: coco-opt %s --graph-optimize --graph-to-lr --canonicalize --lr-schedule --lr-chain --lr-chain --mlir-pass-statistics 2>&1 | FileCheck %s --check-prefix=AGAIN
// RUN: not coco-opt %s -p 'builtin.module(lr-chain{chains=some})' 2>&1 | FileCheck %s --check-prefix=WRONG

// NONE-NOT: lr.chain
// WRONG: error: lr-chain: chains=some is none of auto, none, all

module attributes {coco.target = {fma_latency = 4 : i64, fma_per_cycle = 2 : i64, l1_bytes = 32768 : i64, l2_bytes = 1048576 : i64, l2_rate = 50 : i64, l3_bytes = 33554432 : i64, l3_rate = 10 : i64, loads_per_cycle = 2 : i64, memory_rate = 4 : i64, vector_bits = 512 : i64, vector_registers = 32 : i64}} {
// What lies between is 4.8 and 1.2 MB: nothing of it leaves the second cache. The block sizes are those of rows.
// CHECK-LABEL: func.func @large
// CHECK: "lr.chain"({{.*}}) <{device = "cpu", tuning = #lr.tuning<filters = 3, pieces = 4, rows = 2>}>
// CHECK: storage = "gemm"
// CHECK: storage = "depthwise"
// CHECK: storage = "gemm"
// CHECK: lr.yield %{{.*}} : tensor<1x24x56x56xf32, #lr.layout<block = 16>>
// CHECK-NOT: "lr.conv"
// ALL-LABEL: func.func @large
// ALL: "lr.chain"
func.func @large(%x: tensor<1x16x112x112xf32>) -> tensor<1x24x56x56xf32> {
  %u = graph.constant dense<0.25> : tensor<96x16x1x1xf32>
  %v = graph.constant dense<0.25> : tensor<96x1x3x3xf32>
  %w = graph.constant dense<0.25> : tensor<24x96x1x1xf32>
  %0 = graph.conv %x, %u {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x112x112xf32>, tensor<96x16x1x1xf32>) -> tensor<1x96x112x112xf32>
  %1 = graph.conv %0, %v {strides = array<i64: 2, 2>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 96 : i64} : (tensor<1x96x112x112xf32>, tensor<96x1x3x3xf32>) -> tensor<1x96x56x56xf32>
  %2 = graph.conv %1, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x96x56x56xf32>, tensor<24x96x1x1xf32>) -> tensor<1x24x56x56xf32>
  return %2 : tensor<1x24x56x56xf32>
}

// All of this fits.
// CHECK-LABEL: func.func @small
// CHECK-NOT: lr.chain
// ALL-LABEL: func.func @small
// ALL: "lr.chain"
func.func @small(%x: tensor<1x16x8x8xf32>) -> tensor<1x16x8x8xf32> {
  %u = graph.constant dense<0.25> : tensor<32x16x1x1xf32>
  %v = graph.constant dense<0.25> : tensor<32x1x3x3xf32>
  %w = graph.constant dense<0.25> : tensor<16x32x1x1xf32>
  %0 = graph.conv %x, %u {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x8x8xf32>, tensor<32x16x1x1xf32>) -> tensor<1x32x8x8xf32>
  %1 = graph.conv %0, %v {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 32 : i64} : (tensor<1x32x8x8xf32>, tensor<32x1x3x3xf32>) -> tensor<1x32x8x8xf32>
  %2 = graph.conv %1, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x32x8x8xf32>, tensor<16x32x1x1xf32>) -> tensor<1x16x8x8xf32>
  return %2 : tensor<1x16x8x8xf32>
}

// The residual is read where the result is written, and is the input too: it is one operand.
// CHECK-LABEL: func.func @residual
// CHECK: %[[IN:.*]] = lr.relayout
// CHECK: "lr.chain"(%[[IN]], %{{[^,]*}}, %{{[^,]*}}, %{{[^,]*}}) <
// CHECK: "lr.conv"(%[[X:.*]], %
// CHECK: "lr.conv"(%{{.*}}, %{{[^,]*}}, %[[X]]) <{device = "cpu", storage = "gemm"
func.func @residual(%x: tensor<1x32x56x56xf32>) -> tensor<1x32x56x56xf32> {
  %u = graph.constant dense<0.25> : tensor<144x32x1x1xf32>
  %v = graph.constant dense<0.25> : tensor<144x1x3x3xf32>
  %w = graph.constant dense<0.25> : tensor<32x144x1x1xf32>
  %0 = graph.conv %x, %u {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x32x56x56xf32>, tensor<144x32x1x1xf32>) -> tensor<1x144x56x56xf32>
  %1 = graph.conv %0, %v {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 144 : i64} : (tensor<1x144x56x56xf32>, tensor<144x1x3x3xf32>) -> tensor<1x144x56x56xf32>
  %2 = graph.conv %1, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x144x56x56xf32>, tensor<32x144x1x1xf32>) -> tensor<1x32x56x56xf32>
  %3 = graph.add %2, %x : (tensor<1x32x56x56xf32>, tensor<1x32x56x56xf32>) -> tensor<1x32x56x56xf32>
  return %3 : tensor<1x32x56x56xf32>
}

// What others read too is made.
// CHECK-LABEL: func.func @two_readers
// CHECK: "lr.chain"
// CHECK: storage = "gemm"
// CHECK: storage = "depthwise"
// CHECK: lr.yield %{{.*}} : tensor<1x96x56x56xf32, #lr.layout<block = 16>>
// CHECK: "lr.conv"{{.*}}storage = "gemm"
func.func @two_readers(%x: tensor<1x16x112x112xf32>) -> (tensor<1x24x56x56xf32>, tensor<1x96x56x56xf32>) {
  %u = graph.constant dense<0.25> : tensor<96x16x1x1xf32>
  %v = graph.constant dense<0.25> : tensor<96x1x3x3xf32>
  %w = graph.constant dense<0.25> : tensor<24x96x1x1xf32>
  %0 = graph.conv %x, %u {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x112x112xf32>, tensor<96x16x1x1xf32>) -> tensor<1x96x112x112xf32>
  %1 = graph.conv %0, %v {strides = array<i64: 2, 2>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 96 : i64} : (tensor<1x96x112x112xf32>, tensor<96x1x3x3xf32>) -> tensor<1x96x56x56xf32>
  %2 = graph.conv %1, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x96x56x56xf32>, tensor<24x96x1x1xf32>) -> tensor<1x24x56x56xf32>
  return %2, %1 : tensor<1x24x56x56xf32>, tensor<1x96x56x56xf32>
}

// The last block of 100 channels is not full: it is computed like the others.
// CHECK-LABEL: func.func @odd_channels
// CHECK: lr.chain
// ALL-LABEL: func.func @odd_channels
// ALL: lr.chain
func.func @odd_channels(%x: tensor<1x16x112x112xf32>) -> tensor<1x24x56x56xf32> {
  %u = graph.constant dense<0.25> : tensor<100x16x1x1xf32>
  %v = graph.constant dense<0.25> : tensor<100x1x3x3xf32>
  %w = graph.constant dense<0.25> : tensor<24x100x1x1xf32>
  %0 = graph.conv %x, %u {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x112x112xf32>, tensor<100x16x1x1xf32>) -> tensor<1x100x112x112xf32>
  %1 = graph.conv %0, %v {strides = array<i64: 2, 2>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 100 : i64} : (tensor<1x100x112x112xf32>, tensor<100x1x3x3xf32>) -> tensor<1x100x56x56xf32>
  %2 = graph.conv %1, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x100x56x56xf32>, tensor<24x100x1x1xf32>) -> tensor<1x24x56x56xf32>
  return %2 : tensor<1x24x56x56xf32>
}
}

// A second time there is nothing left to do.
// AGAIN: (S) {{ *}}4 chains
// AGAIN: (S) {{ *}}0 chains
