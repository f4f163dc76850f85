// Long lists print as hex strings; booleans eight to a byte. Both forms read back to the same bits.
// RUN: coco-opt %s --allow-unregistered-dialect | FileCheck %s
// RUN: coco-opt %s --allow-unregistered-dialect | coco-opt --allow-unregistered-dialect | FileCheck %s

// CHECK: a = dense<"0x010000{{0+}}02{{0+}}80"> : tensor<101xi8>
// CHECK-SAME: b = dense<"0xFF000000000000000000000000"> : tensor<101xi1>
// CHECK-SAME: c = dense<1> : tensor<200xi8>
"t.hex"() {
  a = dense<"0x0100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000002000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000080"> : tensor<101xi8>,
  b = dense<"0xFF000000000000000000000000"> : tensor<101xi1>,
  c = dense<1> : tensor<200xi8>} : () -> ()
