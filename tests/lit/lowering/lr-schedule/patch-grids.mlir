// Large images are cut into narrow patches, whose windows stand on few pages; not where planes would begin at the same sets of a
// cache (112 in 2 x 8 patches), nor where patches would be filled up with much (28 in 2 x 8). Of equal ones, the lowest.
// RUN: sed 's/SIZE/224/g' %s | coco-opt --lr-schedule | FileCheck %s --check-prefix=LARGE
// RUN: sed 's/SIZE/112/g' %s | coco-opt --lr-schedule | FileCheck %s --check-prefix=MIDDLE
// RUN: sed 's/SIZE/56/g' %s | coco-opt --lr-schedule | FileCheck %s --check-prefix=SMALL
// RUN: sed 's/SIZE/28/g' %s | coco-opt --lr-schedule | FileCheck %s --check-prefix=SMALLER
// RUN: sed 's/SIZE/14/g' %s | coco-opt --lr-schedule | FileCheck %s --check-prefix=SMALLEST
// LARGE: patches = [2, 8]
// MIDDLE: patches = [1, 16]
// SMALL: patches = [2, 8]
// SMALLER: patches = [4, 4]
// SMALLEST: patches = [8, 2]
func.func @main(%x: tensor<1x1xSIZExSIZExf32>, %offset: tensor<2xui8>, %reorder: tensor<1xui8>, %index: tensor<1xui8>, %runs: tensor<1x1x2xui8>, %weights: tensor<4xf32>) -> tensor<1x1xSIZExSIZExf32> {
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 432>, filters = 1 : i64, span = 1 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1xSIZExSIZExf32>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<4xf32>) -> tensor<1x1xSIZExSIZExf32>
  return %0 : tensor<1x1xSIZExSIZExf32>
}
