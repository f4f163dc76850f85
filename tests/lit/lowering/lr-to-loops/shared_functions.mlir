// RUN: coco-opt %s --pass-pipeline='builtin.module(lr-to-loops)' | FileCheck %s
// RUN: coco-opt %s --pass-pipeline='builtin.module(lr-to-loops)' | mlir-opt-19 -o /dev/null

#same = affine_map<(d0) -> (d0)>

// Layers that are alike share a function, whatever their names; another body, or writing over the operand, makes another one.
// CHECK-LABEL: func.func @main(
// CHECK: call @first(
// CHECK: call @first(
// CHECK: call @third_layer(
// CHECK: call @fourth(
// CHECK-COUNT-3: func.func private
// CHECK-NOT: func.func
func.func @main(%x: tensor<40xf32>, %y: tensor<40xf32>) -> (tensor<40xf32>, tensor<40xf32>, tensor<40xf32>) {
  %0 = "lr.map"(%x) <{device = "cpu", shape = array<i64: 40>, maps = [#same]}> ({
  ^bb0(%a: f32):
    %n = arith.negf %a : f32
    lr.yield %n : f32
  }) : (tensor<40xf32>) -> tensor<40xf32> loc("first")
  %1 = "lr.map"(%y) <{device = "cpu", shape = array<i64: 40>, maps = [#same]}> ({
  ^bb0(%a: f32):
    %n = arith.negf %a : f32
    lr.yield %n : f32
  }) : (tensor<40xf32>) -> tensor<40xf32> loc("second")
  %2 = "lr.map"(%y) <{device = "cpu", shape = array<i64: 40>, maps = [#same]}> ({
  ^bb0(%a: f32):
    %n = math.exp %a : f32
    lr.yield %n : f32
  }) : (tensor<40xf32>) -> tensor<40xf32> loc("third/layer")
  %3 = "lr.map"(%2, %1) <{device = "cpu", shape = array<i64: 40>, maps = [#same, #same]}> ({
  ^bb0(%a: f32, %b: f32):
    %n = arith.addf %a, %b : f32
    lr.yield %n : f32
  }) : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xf32> loc("fourth")
  func.return %0, %1, %3 : tensor<40xf32>, tensor<40xf32>, tensor<40xf32>
}
