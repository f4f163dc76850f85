// Why layers are left alone is said of each.
// RUN: rm -rf %t && mkdir %t
// RUN: echo "depth scheme=connectivity rate=2" > %t/layers && echo "point rate=1" >> %t/layers
// RUN: coco-prune --list --first --layers=%t/layers %s | FileCheck %s
// CHECK: depth {{.*}}depthwise: a kernel less is a channel less
// CHECK: point {{.*}}nothing is to be removed
// A rate of all layers leaves the patterns of depthwise ones.
// RUN: echo "* rate=2" > %t/layers
// RUN: coco-prune --list --layers=%t/layers %s | FileCheck %s --check-prefix=RATE
// RATE: depth {{.*}}pattern{{$}}
// RUN: sed "s/dense<1.0> : tensor<8x8x4x4xf32>/dense<0.0> : tensor<8x8x4x4xf32>/" %s > %t/zeros.mlir && coco-prune --list %t/zeros.mlir | FileCheck %s --check-prefix=ZERO
// ZERO: four {{.*}}its weights are all zero
// RUN: echo "four entries=16 rate=2" > %t/layers
// RUN: coco-prune --list --layers=%t/layers %s | FileCheck %s --check-prefix=POSITIONS
// POSITIONS: four {{.*}}its kernels have too few positions for patterns
// RUN: echo "point scheme=pattern rate=1" > %t/layers
// RUN: coco-prune --list --layers=%t/layers %s | FileCheck %s --check-prefix=ENTRIES
// ENTRIES: point {{.*}}no number of entries is usual for its kernels
func.func @main(%x: tensor<1x8x8x8xf32>) -> tensor<1x8x8x8xf32> attributes {coco.inputs = ["x"], coco.outputs = ["y"]} {
  %w = graph.constant dense<1.0> : tensor<8x1x3x3xf32>
  %y = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 8 : i64} : (tensor<1x8x8x8xf32>, tensor<8x1x3x3xf32>) -> tensor<1x8x8x8xf32> loc("depth")
  %v = graph.constant dense<1.0> : tensor<8x8x1x1xf32>
  %z = graph.conv %y, %v {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x8x8x8xf32>, tensor<8x8x1x1xf32>) -> tensor<1x8x8x8xf32> loc("point")
  %u = graph.constant dense<1.0> : tensor<8x8x4x4xf32>
  %t = graph.conv %z, %u {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 2, 2>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x8x8x8xf32>, tensor<8x8x4x4xf32>) -> tensor<1x8x8x8xf32> loc("four")
  return %t : tensor<1x8x8x8xf32>
}
