// Types that mlir-opt knows only since version 20.
// RUN: coco-opt %s --allow-unregistered-dialect | FileCheck %s
// RUN: coco-opt %s --allow-unregistered-dialect | coco-opt --allow-unregistered-dialect | FileCheck %s

// CHECK: {a = f8E3M4, b = 5.000000e-01 : f8E3M4}
"t.types"() {a = f8E3M4, b = 0.5 : f8E3M4} : () -> ()
