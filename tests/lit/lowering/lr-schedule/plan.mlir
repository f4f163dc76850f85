// Storages and layouts are chosen together: what a change of layout costs decides, and it counts once for all readers.
// RUN: coco-opt %s --graph-to-lr --canonicalize --lr-schedule --split-input-file --mlir-pass-statistics 2>%t.statistics | FileCheck %s
// RUN: FileCheck %s --check-prefix=STATISTICS < %t.statistics

// STATISTICS: lr-schedule
// STATISTICS-NEXT: (S) 0 relayouts inserted
// STATISTICS-NEXT: (S) 0 weights packed
// STATISTICS-NEXT: (S) {{[1-9][0-9]*}} kilocycles predicted
// STATISTICS: lr-schedule
// STATISTICS-NEXT: (S) 1 relayouts inserted
// STATISTICS-NEXT: (S) 4 weights packed

// Alone between layers that take any layout, a small convolution is computed over planes, and nothing is converted.
// CHECK-LABEL: func.func @alone
// CHECK-NOT: layout
// CHECK: "lr.conv"{{.*}}storage = "rows"
// CHECK-NOT: layout
// CHECK: return
func.func @alone(%x: tensor<1x16x8x8xf32>) -> tensor<1x16x4x4xf32> {
  %w = graph.constant dense<0.5> : tensor<16x16x1x1xf32>
  %0 = graph.max_pool %x {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, ceil_mode = false} : (tensor<1x16x8x8xf32>) -> tensor<1x16x4x4xf32>
  %1 = graph.conv %0, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x4x4xf32>, tensor<16x16x1x1xf32>) -> tensor<1x16x4x4xf32>
  %2 = graph.sigmoid %1 : tensor<1x16x4x4xf32>
  return %2 : tensor<1x16x4x4xf32>
}

// -----

// The same convolution four times goes in blocks: one change of layout at the end serves all.
// CHECK-LABEL: func.func @chain
// CHECK: "lr.conv"{{.*}}storage = "direct"
// CHECK: -> tensor<1x16x4x4xf32, #lr.layout<block = 16>>
// CHECK-COUNT-3: "lr.conv"{{.*}}storage = "gemm"
// CHECK: lr.relayout
// CHECK-NOT: lr.relayout
// CHECK: return
func.func @chain(%x: tensor<1x16x8x8xf32>) -> tensor<1x16x4x4xf32> {
  %w = graph.constant dense<0.5> : tensor<16x16x1x1xf32>
  %0 = graph.max_pool %x {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, ceil_mode = false} : (tensor<1x16x8x8xf32>) -> tensor<1x16x4x4xf32>
  %1 = graph.conv %0, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x4x4xf32>, tensor<16x16x1x1xf32>) -> tensor<1x16x4x4xf32>
  %2 = graph.conv %1, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x4x4xf32>, tensor<16x16x1x1xf32>) -> tensor<1x16x4x4xf32>
  %3 = graph.conv %2, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x4x4xf32>, tensor<16x16x1x1xf32>) -> tensor<1x16x4x4xf32>
  %4 = graph.conv %3, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x4x4xf32>, tensor<16x16x1x1xf32>) -> tensor<1x16x4x4xf32>
  return %4 : tensor<1x16x4x4xf32>
}

// -----

// Winograd's algorithm would need blocks on both sides, and that costs more than it gains.
// CHECK-LABEL: func.func @winograd_alone
// CHECK: "lr.conv"{{.*}}storage = "rows"
module attributes {coco.target = {name = "host", variant = "avx512", vector_bits = 512 : i64, vector_registers = 32 : i64}} {
  func.func @winograd_alone(%x: tensor<1x24x20x20xf32>) -> tensor<1x4x20x20xf32> {
    %w = graph.constant dense<0.5> : tensor<4x24x3x3xf32>
    %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x24x20x20xf32>, tensor<4x24x3x3xf32>) -> tensor<1x4x20x20xf32>
    return %0 : tensor<1x4x20x20xf32>
  }
}

// -----

// Where the neighbours have blocks anyway, it gains.
// CHECK-LABEL: func.func @winograd_among_blocks
// CHECK: "lr.conv"{{.*}}storage = "direct"
// CHECK: -> tensor<1x24x20x20xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>
// CHECK: "lr.conv"{{.*}}storage = "winograd4"
// CHECK: "lr.conv"{{.*}}storage = "gemm"
module attributes {coco.target = {name = "host", variant = "avx512", vector_bits = 512 : i64, vector_registers = 32 : i64}} {
  func.func @winograd_among_blocks(%x: tensor<1x24x20x20xf32>) -> tensor<1x24x20x20xf32> {
    %v = graph.constant dense<0.5> : tensor<24x24x1x1xf32>
    %w = graph.constant dense<0.5> : tensor<4x24x3x3xf32>
    %u = graph.constant dense<0.5> : tensor<24x4x1x1xf32>
    %0 = graph.conv %x, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x24x20x20xf32>, tensor<24x24x1x1xf32>) -> tensor<1x24x20x20xf32>
    %1 = graph.conv %0, %w {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x24x20x20xf32>, tensor<4x24x3x3xf32>) -> tensor<1x4x20x20xf32>
    %2 = graph.conv %1, %u {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x4x20x20xf32>, tensor<24x4x1x1xf32>) -> tensor<1x24x20x20xf32>
    return %2 : tensor<1x24x20x20xf32>
  }
}

// -----

// Planes after planes: the first writes the border that the second reads.
// CHECK-LABEL: func.func @planes_with_borders
// CHECK: lr.relayout %arg0 cpu : tensor<1x4x40x40xf32> to tensor<1x4x40x40xf32, #lr.layout<halo = [1, 1, 1, 1]>>
// CHECK: "lr.conv"{{.*}}storage = "rows"
// CHECK: -> tensor<1x1x40x40xf32, #lr.layout<halo = [1, 1, 1, 1]>>
// CHECK-NOT: lr.relayout
// CHECK: "lr.conv"{{.*}}storage = "rows"
// CHECK-NOT: lr.relayout
// CHECK: return
func.func @planes_with_borders(%x: tensor<1x4x40x40xf32>) -> tensor<1x1x40x40xf32> {
  %w = graph.constant dense<0.5> : tensor<1x4x3x3xf32>
  %v = graph.constant dense<0.5> : tensor<1x1x3x3xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x4x40x40xf32>, tensor<1x4x3x3xf32>) -> tensor<1x1x40x40xf32>
  %1 = graph.conv %0, %v {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x40x40xf32>, tensor<1x1x3x3xf32>) -> tensor<1x1x40x40xf32>
  return %1 : tensor<1x1x40x40xf32>
}

// -----

// Two branches that meet, and both forms of one value: the sum is dense where its reader is, and the input of both
// branches is converted once.
// CHECK-LABEL: func.func @join
// CHECK-COUNT-1: lr.relayout %arg0
// CHECK-COUNT-2: "lr.conv"{{.*}}storage = "direct"
// CHECK: "lr.map"
// CHECK: -> tensor<1x32x12x12xf32, #lr.layout<block = 16>>
// CHECK: lr.relayout
// CHECK-NOT: lr.relayout
// CHECK: "lr.move"
func.func @join(%x: tensor<1x32x12x12xf32>) -> tensor<1x4608xf32> {
  %w = graph.constant dense<0.5> : tensor<32x32x5x5xf32>
  %v = graph.constant dense<0.25> : tensor<32x32x5x5xf32>
  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 2, 2, 2, 2>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x32x12x12xf32>, tensor<32x32x5x5xf32>) -> tensor<1x32x12x12xf32>
  %1 = graph.conv %x, %v {strides = array<i64: 1, 1>, pads = array<i64: 2, 2, 2, 2>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x32x12x12xf32>, tensor<32x32x5x5xf32>) -> tensor<1x32x12x12xf32>
  %2 = graph.add %0, %1 : (tensor<1x32x12x12xf32>, tensor<1x32x12x12xf32>) -> tensor<1x32x12x12xf32>
  %3 = graph.flatten %2 {axis = 1 : i64} : (tensor<1x32x12x12xf32>) -> tensor<1x4608xf32>
  return %3 : tensor<1x4608xf32>
}
