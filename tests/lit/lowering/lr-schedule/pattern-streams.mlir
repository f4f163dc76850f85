// What would fill the last cache is written past it, where sums do not wait in the output: all channels are one group, or
// the stack has room for the sums of all filters.
// RUN: sed 's/SIZE/224/g' %s | coco-opt --lr-schedule | FileCheck %s --check-prefix=PAST
// RUN: sed 's/SIZE/112/g' %s | coco-opt --lr-schedule | FileCheck %s --check-prefix=NEAR
// RUN: sed 's/SIZE/224/g; s/span = 64/span = 32/; s/65xui8/129xui8/g; s/<1x64x2xui8/<2x64x2xui8/g' %s > %t.groups
// RUN: coco-opt %t.groups --lr-schedule | FileCheck %s --check-prefix=PAST
// PAST: tuning = #lr.tuning<{{.*}}streams = 1
// NEAR: tuning
// NEAR-NOT: streams
module attributes {coco.target = {name = "host", variant = "avx512", vector_bits = 512 : i64, vector_registers = 32 : i64, l3_bytes = 33554432 : i64}} {
func.func @main(%x: tensor<1x64xSIZExSIZExf32>, %offset: tensor<65xui8>, %reorder: tensor<64xui8>, %index: tensor<1xui8>, %runs: tensor<1x64x2xui8>, %weights: tensor<4xf32>) -> tensor<1x64xSIZExSIZExf32> {
  %0 = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 432>, filters = 64 : i64, span = 64 : i64, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x64xSIZExSIZExf32>, tensor<65xui8>, tensor<64xui8>, tensor<1xui8>, tensor<1x64x2xui8>, tensor<4xf32>) -> tensor<1x64xSIZExSIZExf32>
  return %0 : tensor<1x64xSIZExSIZExf32>
}
}
