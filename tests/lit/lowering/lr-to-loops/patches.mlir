// Images in patches: changes of layout in tiles, pixels that are picked, and the largest of several.
// RUN: split-file %s %t
// RUN: coco-opt %t/tiles.mlir --lr-to-loops --canonicalize --cse | FileCheck %t/tiles.mlir
// RUN: coco-opt %t/tiles.mlir --lr-to-loops -o %t/loops.mlir
// RUN: coco-run %t/loops.mlir --compare=interpreter --atol=0 --rtol=0 | FileCheck %s --check-prefix=AGREE
// RUN: coco-run %t/loops.mlir --threads=2 --variant=avx2 --compare=interpreter --atol=0 --rtol=0 | FileCheck %s --check-prefix=AGREE
// RUN: coco-opt %t/halved.mlir --lr-to-loops --canonicalize --cse | FileCheck %t/halved.mlir
// RUN: coco-run %t/halved.mlir --compare=interpreter --atol=0 --rtol=0 | FileCheck %s --check-prefix=AGREE
// RUN: coco-run %t/picked.mlir --compare=interpreter --atol=0 --rtol=0 | FileCheck %s --check-prefix=AGREE
// RUN: coco-opt %t/largest.mlir --lr-to-loops --canonicalize --cse --redundant-load-elimination | FileCheck %t/largest.mlir
// RUN: coco-run %t/largest.mlir --compare=interpreter --atol=0 --rtol=0 | FileCheck %s --check-prefix=AGREE
// RUN: coco-run %t/pooled.mlir --threads=2 --compare=interpreter --atol=0 --rtol=0 | FileCheck %s --check-prefix=AGREE
// RUN: %if arm64 %{ coco-run %t/pooled.mlir --target=arm64 --compare=interpreter --atol=0 --rtol=0 | FileCheck %s --check-prefix=AGREE %}
// RUN: %if arm64 %{ coco-run %t/loops.mlir --target=arm64 --compare=interpreter --atol=0 --rtol=0 | FileCheck %s --check-prefix=AGREE %}
// RUN: %if arm64 %{ coco-run %t/picked.mlir --target=arm64 --compare=interpreter --atol=0 --rtol=0 | FileCheck %s --check-prefix=AGREE %}
// AGREE: output_0: agrees with interpreter

//--- tiles.mlir
// One pixel of 16 patches by 16 channels is a tile of 64 shuffles. 13 rows in 4 patches: 4 rows each but for the last, which has one,
// so that there are two ranges of rows; and of columns likewise; and so for the three channels that are left.
// CHECK-LABEL: func.func private {{.*}}(%arg0: memref<1x2x13x9x16xf32>, %arg1: memref<1x19x6x5x16xf32>)
// CHECK-COUNT-16: vector.load %arg0{{.*}} vector<16xf32>
// CHECK-COUNT-64: vector.shuffle
// CHECK-COUNT-16: vector.store {{.*}}%arg1{{.*}} vector<16xf32>
// CHECK-COUNT-12: vector.load %arg0{{.*}} vector<16xf32>
// CHECK-COUNT-64: vector.shuffle
// Lowered before it is compiled: relayouts that follow each other would become one, which does nothing.
func.func @main(%x: tensor<1x19x13x9xf32>) -> tensor<1x19x13x9xf32> attributes {coco.inputs = ["input_0"], coco.outputs = ["output_0"]} {
  %0 = lr.relayout %x cpu : tensor<1x19x13x9xf32> to tensor<1x19x13x9xf32, #lr.layout<block = 16>>
  %1 = lr.relayout %0 cpu : tensor<1x19x13x9xf32, #lr.layout<block = 16>> to tensor<1x19x13x9xf32, #lr.layout<halo = [1, 1, 1, 1], patches = [4, 4]>>
  %2 = lr.relayout %1 cpu : tensor<1x19x13x9xf32, #lr.layout<halo = [1, 1, 1, 1], patches = [4, 4]>> to tensor<1x19x13x9xf32, #lr.layout<block = 16, halo = [0, 2, 0, 1]>>
  %3 = lr.relayout %2 cpu : tensor<1x19x13x9xf32, #lr.layout<block = 16, halo = [0, 2, 0, 1]>> to tensor<1x19x13x9xf32>
  return %3 : tensor<1x19x13x9xf32>
}

//--- picked.mlir
func.func @main(%x: tensor<2x5x13x9xf32>) -> tensor<2x5x7x3xf32> {
  %0 = lr.relayout %x cpu : tensor<2x5x13x9xf32> to tensor<2x5x13x9xf32, #lr.layout<halo = [1, 1, 1, 1], patches = [2, 8]>>
  %1 = "lr.window"(%0) <{device = "cpu", kind = "max", info = #lr.window<kernel = [1, 1], strides = [2, 3], pads = [0, 0, 0, 0], dilations = [1, 1]>, count_include_pad = false, ceil_mode = false, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<2x5x13x9xf32, #lr.layout<halo = [1, 1, 1, 1], patches = [2, 8]>>) -> tensor<2x5x7x3xf32, #lr.layout<patches = [4, 4]>>
  %2 = lr.relayout %1 cpu : tensor<2x5x7x3xf32, #lr.layout<patches = [4, 4]>> to tensor<2x5x7x3xf32>
  return %2 : tensor<2x5x7x3xf32>
}

//--- halved.mlir
// 28 rows and 7 columns in a patch become 7 and 7: rows come from two places (0 and 14), columns from the same patches up to the
// fourth. Two loads and two shuffles for 16 pixels.
// CHECK-LABEL: func.func private @layer_1
// CHECK: vector.load
// CHECK-NEXT: vector.shuffle %{{.*}}, %{{.*}} [16, 18, 20, 22, 4, 5, 6, 7, 24, 26, 28, 30, 12, 13, 14, 15]
// CHECK: vector.load
// CHECK-NEXT: vector.shuffle %{{.*}}, %{{.*}} [0, 1, 2, 3, 16, 18, 20, 22, 8, 9, 10, 11, 24, 26, 28, 30]
// CHECK-NEXT: vector.store
// CHECK: vector.load
// CHECK-NEXT: vector.shuffle %{{.*}}, %{{.*}} [17, 19, 21, 23, 4, 5, 6, 7, 25, 27, 29, 31, 12, 13, 14, 15]
// CHECK: vector.load
// CHECK-NEXT: vector.shuffle
// CHECK-NEXT: vector.store
// CHECK-NOT: vector.{{load|shuffle}}
// CHECK: return
func.func @main(%x: tensor<1x2x56x56xf32>) -> tensor<1x2x28x28xf32> {
  %0 = lr.relayout %x cpu : tensor<1x2x56x56xf32> to tensor<1x2x56x56xf32, #lr.layout<patches = [2, 8]>>
  %1 = "lr.window"(%0) <{device = "cpu", kind = "max", info = #lr.window<kernel = [1, 1], strides = [2, 2], pads = [0, 0, 0, 0], dilations = [1, 1]>, count_include_pad = false, ceil_mode = false, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x56x56xf32, #lr.layout<patches = [2, 8]>>) -> tensor<1x2x28x28xf32, #lr.layout<patches = [4, 4]>>
  %2 = lr.relayout %1 cpu : tensor<1x2x28x28xf32, #lr.layout<patches = [4, 4]>> to tensor<1x2x28x28xf32>
  return %2 : tensor<1x2x28x28xf32>
}

//--- largest.mlir
// Patches of half the size cut alike: the lanes stay where they are.
// CHECK-LABEL: func.func private @layer_1
// CHECK: vector.load
// CHECK-NOT: vector.shuffle
// CHECK: vector.load
// CHECK-NEXT: arith.maximumf
// CHECK-NOT: vector.shuffle
// CHECK: vector.load
// CHECK-NEXT: arith.maximumf
// CHECK-NOT: vector.shuffle
// CHECK: vector.load
// CHECK-NEXT: arith.maximumf
// CHECK-NEXT: vector.store
// CHECK-NOT: {{vector.(load|shuffle|store)}}
// CHECK: return
func.func @main(%x: tensor<1x2x32x16xf32>) -> tensor<1x2x16x8xf32> {
  %0 = lr.relayout %x cpu : tensor<1x2x32x16xf32> to tensor<1x2x32x16xf32, #lr.layout<halo = [1, 1, 1, 1], patches = [4, 4]>>
  %1 = "lr.window"(%0) <{device = "cpu", kind = "max", info = #lr.window<kernel = [2, 2], strides = [2, 2], pads = [0, 0, 0, 0], dilations = [1, 1]>, count_include_pad = false, ceil_mode = false, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x2x32x16xf32, #lr.layout<halo = [1, 1, 1, 1], patches = [4, 4]>>) -> tensor<1x2x16x8xf32, #lr.layout<patches = [4, 4]>>
  %2 = lr.relayout %1 cpu : tensor<1x2x16x8xf32, #lr.layout<patches = [4, 4]>> to tensor<1x2x16x8xf32>
  return %2 : tensor<1x2x16x8xf32>
}

//--- pooled.mlir
// Other patches, which do not end where the image does, and a halo.
func.func @main(%x: tensor<2x5x9x9xf32>) -> tensor<2x5x3x3xf32> {
  %0 = lr.relayout %x cpu : tensor<2x5x9x9xf32> to tensor<2x5x9x9xf32, #lr.layout<halo = [0, 1, 1, 0], patches = [4, 4]>>
  %1 = "lr.window"(%0) <{device = "cpu", kind = "max", info = #lr.window<kernel = [3, 3], strides = [3, 3], pads = [0, 0, 0, 0], dilations = [1, 1]>, count_include_pad = false, ceil_mode = false, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<2x5x9x9xf32, #lr.layout<halo = [0, 1, 1, 0], patches = [4, 4]>>) -> tensor<2x5x3x3xf32, #lr.layout<halo = [1, 1, 1, 1], patches = [2, 8]>>
  %2 = lr.relayout %1 cpu : tensor<2x5x3x3xf32, #lr.layout<halo = [1, 1, 1, 1], patches = [2, 8]>> to tensor<2x5x3x3xf32>
  return %2 : tensor<2x5x3x3xf32>
}
