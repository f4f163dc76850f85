// RUN: coco-opt %s --allow-unregistered-dialect --mlir-print-debuginfo | FileCheck %s
// RUN: coco-opt %s --allow-unregistered-dialect --mlir-print-debuginfo | coco-opt --allow-unregistered-dialect --mlir-print-debuginfo | FileCheck %s

#first = loc("model.onnx":1:2)
// CHECK: "t.a"() : () -> () loc("model.onnx":1:2)
"t.a"() : () -> () loc(#first)
// CHECK: "t.b"() : () -> () loc("layer"("model.onnx":3:4))
"t.b"() : () -> () loc("layer"("model.onnx":3:4))
// CHECK: "t.c"() : () -> () loc(fused<"fusion">["a", callsite("b" at "c":1:2)])
"t.c"() : () -> () loc(fused<"fusion">["a", callsite("b" at "c":1:2), unknown])
// CHECK: "t.d"() : () -> () loc(unknown)
"t.d"() : () -> () loc(unknown)
// CHECK: "t.e"() : () -> () loc({{.*}}:14:1)
"t.e"() : () -> ()
// An alias that is defined behind its use, as mlir-opt prints them.
// CHECK: "t.f"() : () -> () loc("late")
"t.f"() : () -> () loc(#last)
// Locations of block arguments are read over.
// CHECK: "t.g"()
"t.g"() ({
^bb0(%a: i32 loc("arg"), %b: i32 loc(#last)):
  "t.end"() : () -> ()
}) : () -> ()
#last = loc("late")
