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
// CHECK: "t.g"()
// CHECK-NEXT: ^bb0(%arg0: i32 loc("arg"), %arg1: i32 loc("late"), %arg2: i32 loc({{.*}}locations.mlir":[[#@LINE+2]]:46)):
"t.g"() ({
^bb0(%a: i32 loc("arg"), %b: i32 loc(#last), %c: i32):
  "t.end"() : () -> ()
}) : () -> ()
// CHECK: func.func @f(%arg0: i32 {x.y} loc("p"), %arg1: i32 loc("late"))
func.func @f(%a: i32 {x.y} loc("p"), %b: i32 loc(#last)) { return }
#last = loc("late")
