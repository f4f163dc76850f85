// A picture becomes the channels of the input: (p - mean) * scale.
// RUN: coco-run %s %S/Inputs/image.png --mean=10,20,30 --scale=0.5,1,2 | FileCheck %s
// RUN: coco-run %s x=%S/Inputs/image.png --scale=2 | FileCheck %s --check-prefix=PLAIN
// CHECK: sums: tensor<1x3xf32>, min 90, max 360; largest: [2] 360 [1] 180 [0] 90
// PLAIN: sums: tensor<1x3xf32>, min 440, max 600; largest: [2] 600 [1] 520 [0] 440
func.func @main(%x: tensor<1x3x2x2xf32>) -> tensor<1x3xf32> attributes {coco.inputs = ["x"], coco.outputs = ["sums"]} {
  %0 = graph.reduce sum %x {axes = array<i64: 2, 3>, keep_dimensions = false} : (tensor<1x3x2x2xf32>) -> tensor<1x3xf32>
  return %0 : tensor<1x3xf32>
}
