// RUN: coco-opt %s --allow-unregistered-dialect | FileCheck %s
// RUN: coco-opt %s --allow-unregistered-dialect | coco-opt --allow-unregistered-dialect | FileCheck %s

// CHECK: a = dense_resource<w1> : tensor<4xf32>, b = [dense_resource<w.2> : tensor<2x2xi8>], c = dense_resource<w1> : tensor<2x2xf32>, d = dense_resource<__elided__> : tensor<9xf32>
"t.w"() {a = dense_resource<w1> : tensor<4xf32>, b = [dense_resource<w.2> : tensor<2x2xi8>], c = dense_resource<w1> : tensor<2x2xf32>, d = dense_resource<__elided__> : tensor<9xf32>} : () -> ()

// CHECK: {-#
// CHECK-NEXT: dialect_resources: {
// CHECK-NEXT: builtin: {
// CHECK-NEXT: w1: "0x040000000000803F000000400000404000008040",
// CHECK-NEXT: w.2: "0x0400000001020304"
// CHECK-NEXT: }
// CHECK-NEXT: }
// CHECK-NEXT: #-}
{-#
  dialect_resources: {
    builtin: {w1: "0x040000000000803F000000400000404000008040", w.2: "0x0400000001020304", unused: "0x0100000000"},
    other: {x: "0x01", y: true}
  },
  external_resources: {
    mlir_reproducer: {pipeline: "builtin.module()", disable_threading: true, verify_each: false}
  }
#-}
