// coco-opt --strip-debuginfo --mlir-print-debuginfo
func.func @f(%x: f32) -> f32 {
  %0 = arith.mulf %x, %x : f32 loc("layer"("network.onnx":3:1))
  return %0 : f32 loc("network.onnx":4:1)
} loc("network.onnx":1:1)
