// The pipeline, on a network with kernels of 5x5: patterns of 8 entries with the centre in each, one kernel in two.
// RUN: coco-opt %s --pass-pipeline='builtin.module(prune-pattern)' --mlir-pass-statistics 2>&1 >%t.mlir | FileCheck %s --check-prefix=STATISTICS
// RUN: FileCheck %s < %t.mlir
// RUN: coco-opt %t.mlir --pass-pipeline='builtin.module(prune-check)' -o /dev/null
// RUN: not coco-opt %S/../dialects/prune/ops.mlir --pass-pipeline='builtin.module(prune-plan)' 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: no layer of the network is to be pruned
// STATISTICS: prune-plan
// STATISTICS-NEXT: 1 layers with a scheme
// STATISTICS-NEXT: 1 layers without
// STATISTICS: prune-project
// STATISTICS-NEXT: 1 layers
// STATISTICS-NEXT: 17 weights made zero
// STATISTICS: prune-check
// STATISTICS-NEXT: 1 layers that obey

// The last eight positions, but the centre in the place of the weakest of them.
// CHECK: pattern.set @patterns_5x5 {kernel = array<i64: 5, 5>, masks = array<i64: 33296384>}
// CHECK{LITERAL}: dense<[[[[0.000000e+00, 0.000000e+00, 0.000000e+00, 0.000000e+00, 0.000000e+00], [0.000000e+00, 0.000000e+00, 0.000000e+00, 0.000000e+00, 0.000000e+00], [0.000000e+00, 0.000000e+00, 1.300000e+01, 0.000000e+00, 0.000000e+00], [0.000000e+00, 0.000000e+00, 0.000000e+00, 1.900000e+01, 2.000000e+01], [2.100000e+01, 2.200000e+01, 2.300000e+01, 2.400000e+01, 2.500000e+01]]]]>
func.func @main(%x: tensor<1x1x5x5xf32>) -> tensor<1x1x1x1xf32> {
  %v = graph.constant dense<[[[[2.0]]]]> : tensor<1x1x1x1xf32>
  %0 = graph.conv %x, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x5x5xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x5x5xf32>
  %w = graph.constant dense<[[[[1.0, 2.0, 3.0, 4.0, 5.0], [6.0, 7.0, 8.0, 9.0, 10.0], [11.0, 12.0, 13.0, 14.0, 15.0], [16.0, 17.0, 18.0, 19.0, 20.0], [21.0, 22.0, 23.0, 24.0, 25.0]]]]> : tensor<1x1x5x5xf32>
  %1 = graph.conv %0, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x1x5x5xf32>, tensor<1x1x5x5xf32>) -> tensor<1x1x1x1xf32>
  return %1 : tensor<1x1x1x1xf32>
}
