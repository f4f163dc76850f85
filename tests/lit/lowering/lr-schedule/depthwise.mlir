// RUN: coco-opt %s --graph-to-lr --canonicalize --lr-schedule --split-input-file | FileCheck %s

// Between pointwise layers no layout changes, and the depthwise layer wants no border from its producer.
// CHECK-LABEL: func.func @inverted_residual
// CHECK-NOT: lr.relayout
// CHECK: "lr.conv"(%arg0, {{.*}}storage = "direct"
// CHECK: -> tensor<1x32x8x8xf32, #lr.layout<block = 16>>
// CHECK-NOT: lr.relayout
// CHECK: %[[W:.*]] = arith.constant dense_resource<packed_{{.*}}> : tensor<2x1x3x3x16xf32>
// CHECK: "lr.conv"(%{{.*}}, %[[W]]) <{device = "cpu", storage = "depthwise"
// CHECK-SAME: group = 32
// CHECK-SAME: tuning = #lr.tuning<columns = {{[0-9]+}}>
// CHECK-SAME: filters = 32 : i64
// CHECK: -> tensor<1x32x4x4xf32, #lr.layout<block = 16>>
// CHECK-NOT: lr.relayout
// CHECK: "lr.conv"{{.*}}storage = "gemm"
// CHECK: lr.relayout
func.func @inverted_residual(%x: tensor<1x16x8x8xf32>) -> tensor<1x16x4x4xf32> {
  %w = graph.constant dense<0.5> : tensor<32x16x1x1xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x8x8xf32>, tensor<32x16x1x1xf32>) -> tensor<1x32x8x8xf32>
  %v = graph.constant dense<0.25> : tensor<32x1x3x3xf32>
  %1 = graph.conv %0, %v {strides = array<i64: 2, 2>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 32 : i64} : (tensor<1x32x8x8xf32>, tensor<32x1x3x3xf32>) -> tensor<1x32x4x4xf32>
  %u = graph.constant dense<0.5> : tensor<16x32x1x1xf32>
  %2 = graph.conv %1, %u {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x32x4x4xf32>, tensor<16x32x1x1xf32>) -> tensor<1x16x4x4xf32>
  return %2 : tensor<1x16x4x4xf32>
}

// -----

// Weights that are no constant, and borders that are wider than code should be long, go over planes.
// CHECK-LABEL: func.func @not_at_hand
// CHECK: storage = "rows"
func.func @not_at_hand(%x: tensor<1x16x8x8xf32>, %w: tensor<16x1x3x3xf32>) -> tensor<1x16x8x8xf32> {
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 16 : i64} : (tensor<1x16x8x8xf32>, tensor<16x1x3x3xf32>) -> tensor<1x16x8x8xf32>
  return %0 : tensor<1x16x8x8xf32>
}

// -----

// CHECK-LABEL: func.func @wide_border
// CHECK: storage = "rows"
func.func @wide_border(%x: tensor<1x16x8x8xf32>) -> tensor<1x16x42x42xf32> {
  %w = graph.constant dense<0.5> : tensor<16x1x1x1xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 17, 17, 17, 17>, dilations = array<i64: 1, 1>, group = 16 : i64} : (tensor<1x16x8x8xf32>, tensor<16x1x1x1xf32>) -> tensor<1x16x42x42xf32>
  return %0 : tensor<1x16x42x42xf32>
}

// -----

// What no channel of a block uses is left out: rows of the kernel in blocks 0 and 2.
// CHECK-LABEL: func.func @zeros_of_whole_blocks
// CHECK: storage = "depthwise"
// CHECK-SAME: masks = array<i64: 3, 15, 12>
func.func @zeros_of_whole_blocks(%x: tensor<1x16x8x8xf32>) -> tensor<1x16x7x7xf32> {
  %w = graph.constant dense<"0x0000803F0000803F00000000000000000000004000000040000000000000000000004040000040400000000000000000000080400000804000000000000000000000A0400000A04000000000000000000000C0400000C04000000000000000000000E0400000E04000000000000000000000004100000041000000000000000000001041000010410000000000000000000020410000204100000000000000000000304100003041000000000000000000004041000040410000000000000000000050410000504100000000000000000000604100006041000000000000000000007041000070410000000000000000000080410000804100000000000000000000884100008841000000000000000000009041000090410000000000000000000098410000984100000000000000000000A0410000A041000000000000000000000000000000000000A8410000A84100000000000000000000B0410000B04100000000000000000000B8410000B84100000000000000000000C0410000C04100000000000000000000C8410000C84100000000000000000000D0410000D04100000000000000000000D8410000D84100000000000000000000E0410000E04100000000000000000000E8410000E84100000000000000000000F0410000F04100000000000000000000F8410000F841000000000000000000000042000000420000000000000000000004420000044200000000000000000000084200000842000000000000000000000C4200000C42000000000000000000001042000010420000000000000000000014420000144200000000000000000000184200001842000000000000000000001C4200001C42000000000000000000002042000020420000000000000000000024420000244200000000000000000000284200002842000000000000000000002C4200002C42000000000000000000003042000030420000000000000000000034420000344200000000000000000000384200003842000000000000000000003C4200003C4200000000000000000000404200004042"> : tensor<48x1x2x2xf32>
  %u = graph.constant dense<0.5> : tensor<48x16x1x1xf32>
  %v = graph.constant dense<0.5> : tensor<16x48x1x1xf32>
  %0 = graph.conv %x, %u {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x8x8xf32>, tensor<48x16x1x1xf32>) -> tensor<1x48x8x8xf32>
  %1 = graph.conv %0, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 48 : i64} : (tensor<1x48x8x8xf32>, tensor<48x1x2x2xf32>) -> tensor<1x48x7x7xf32>
  %2 = graph.conv %1, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x48x7x7xf32>, tensor<16x48x1x1xf32>) -> tensor<1x16x7x7xf32>
  return %2 : tensor<1x16x7x7xf32>
}

// -----

// Where every other channel uses another row, all blocks use all of the kernel.
// CHECK-LABEL: func.func @zeros_of_single_channels
// CHECK: storage = "depthwise"
// CHECK-NOT: masks
func.func @zeros_of_single_channels(%x: tensor<1x16x8x8xf32>) -> tensor<1x16x7x7xf32> {
  %w = graph.constant dense<"0x0000803F0000803F00000000000000000000000000000000000000400000004000004040000040400000000000000000000000000000000000008040000080400000A0400000A040000000000000000000000000000000000000C0400000C0400000E0400000E0400000000000000000000000000000000000000041000000410000104100001041000000000000000000000000000000000000204100002041000030410000304100000000000000000000000000000000000040410000404100005041000050410000000000000000000000000000000000006041000060410000704100007041000000000000000000000000000000000000804100008041"> : tensor<16x1x2x2xf32>
  %u = graph.constant dense<0.5> : tensor<16x16x1x1xf32>
  %v = graph.constant dense<0.5> : tensor<16x16x1x1xf32>
  %0 = graph.conv %x, %u {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x8x8xf32>, tensor<16x16x1x1xf32>) -> tensor<1x16x8x8xf32>
  %1 = graph.conv %0, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 16 : i64} : (tensor<1x16x8x8xf32>, tensor<16x1x2x2xf32>) -> tensor<1x16x7x7xf32>
  %2 = graph.conv %1, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x7x7xf32>, tensor<16x16x1x1xf32>) -> tensor<1x16x7x7xf32>
  return %2 : tensor<1x16x7x7xf32>
}
