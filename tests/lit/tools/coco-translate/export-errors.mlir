// RUN: not coco-translate --export-onnx %s 2>&1 | FileCheck %s
// CHECK: error: 'arith.negf' op has no counterpart in ONNX
func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
  %y = arith.negf %x : tensor<2xf32>
  return %y : tensor<2xf32>
}
