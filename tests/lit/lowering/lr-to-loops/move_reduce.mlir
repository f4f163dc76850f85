// RUN: coco-opt %s --pass-pipeline='builtin.module(lower-to-loops)' | FileCheck %s
// RUN: coco-opt %s --pass-pipeline='builtin.module(lower-to-loops)' | mlir-opt-19 -o /dev/null

#rows = affine_map<(d0, d1) -> (d0, d1)>

// Rows are copied by vectors, and the rest of them element by element.
// CHECK-LABEL: func.func private @pad(
// CHECK: vector.store
// CHECK: vector.load
// CHECK: memref.load

// The largest of each row, in order; then the sum of each column, 16 at once.
// CHECK-LABEL: func.func private @rowmax(
// CHECK-NOT: vector
// CHECK: arith.maximumf {{.*}}f32
// CHECK-LABEL: func.func private @column_sum(
// CHECK: arith.addf {{.*}}vector<16xf32>
func.func @main(%x: tensor<5x20xf32>) -> (tensor<6x35xf32>, tensor<6xf32>, tensor<1x35xf32>) {
  %0 = "lr.move"(%x) <{device = "cpu", shape = array<i64: 6, 35>, fill = 1.0 : f32, domains = [array<i64: 5, 20>], sources = [#rows], destinations = [affine_map<(d0, d1) -> (d0 + 1, d1 + 3)>]}> : (tensor<5x20xf32>) -> tensor<6x35xf32> loc("pad")
  %1 = "lr.reduce"(%0) <{device = "cpu", kind = "max", axes = array<i64: 1>, keep_dimensions = false, maps = []}> ({
  ^bb0(%a: f32):
    lr.yield %a : f32
  }) : (tensor<6x35xf32>) -> tensor<6xf32> loc("rowmax")
  %2 = "lr.reduce"(%0) <{device = "cpu", kind = "sum", axes = array<i64: 0>, keep_dimensions = true, maps = []}> ({
  ^bb0(%a: f32):
    lr.yield %a : f32
  }) : (tensor<6x35xf32>) -> tensor<1x35xf32> loc("column sum")
  func.return %0, %1, %2 : tensor<6x35xf32>, tensor<6xf32>, tensor<1x35xf32>
}
