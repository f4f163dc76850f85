// RUN: coco-opt %s --canonicalize --split-input-file | FileCheck %s

// CHECK-LABEL: func.func @relayout_to_the_same_layout_goes_away
// CHECK-SAME: (%[[X:.*]]: tensor<1x16x4x4xf32>)
// CHECK-NEXT: return %[[X]]
func.func @relayout_to_the_same_layout_goes_away(%x: tensor<1x16x4x4xf32>) -> tensor<1x16x4x4xf32> {
  %0 = lr.relayout %x cpu : tensor<1x16x4x4xf32> to tensor<1x16x4x4xf32>
  return %0 : tensor<1x16x4x4xf32>
}

// -----

// CHECK-LABEL: func.func @relayout_there_and_back_goes_away
// CHECK-SAME: (%[[X:.*]]: tensor<1x16x4x4xf32>)
// CHECK-NEXT: return %[[X]]
func.func @relayout_there_and_back_goes_away(%x: tensor<1x16x4x4xf32>) -> tensor<1x16x4x4xf32> {
  %0 = lr.relayout %x cpu : tensor<1x16x4x4xf32> to tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>>
  %1 = lr.relayout %0 cpu : tensor<1x16x4x4xf32, #lr.layout<block = 16, halo = [1, 1, 1, 1]>> to tensor<1x16x4x4xf32>
  return %1 : tensor<1x16x4x4xf32>
}

// -----

// CHECK-LABEL: func.func @relayout_twice_is_done_once
// CHECK-SAME: (%[[X:.*]]: tensor<1x16x4x4xf32>)
// CHECK-NEXT: %[[Y:.*]] = lr.relayout %[[X]] cpu : tensor<1x16x4x4xf32> to tensor<1x16x4x4xf32, #lr.layout<halo = [1, 1, 1, 1]>>
// CHECK-NEXT: return %[[Y]]
func.func @relayout_twice_is_done_once(%x: tensor<1x16x4x4xf32>) -> tensor<1x16x4x4xf32, #lr.layout<halo = [1, 1, 1, 1]>> {
  %0 = lr.relayout %x cpu : tensor<1x16x4x4xf32> to tensor<1x16x4x4xf32, #lr.layout<block = 16>>
  %1 = lr.relayout %0 cpu : tensor<1x16x4x4xf32, #lr.layout<block = 16>> to tensor<1x16x4x4xf32, #lr.layout<halo = [1, 1, 1, 1]>>
  return %1 : tensor<1x16x4x4xf32, #lr.layout<halo = [1, 1, 1, 1]>>
}

// -----

// Strides of two slices, then an offset of the padding: one move.
// CHECK-LABEL: func.func @strided_reads_are_merged
// CHECK-SAME: (%[[X:.*]]: tensor<8x8xf32>)
// CHECK-NEXT: %[[Y:.*]] = "lr.move"(%[[X]])
// CHECK-SAME: sources = [affine_map<(d0, d1) -> (d0 * 2, d1 * 2)>]
// CHECK-SAME: fill = 0.000000e+00 : f32
// CHECK-NEXT: return %[[Y]]
func.func @strided_reads_are_merged(%x: tensor<8x8xf32>) -> tensor<6x6xf32> {
  %0 = "lr.move"(%x) <{device = "cpu", shape = array<i64: 4, 8>, domains = [array<i64: 4, 8>], sources = [affine_map<(d0, d1) -> (d0 * 2, d1)>], destinations = [affine_map<(d0, d1) -> (d0, d1)>]}> : (tensor<8x8xf32>) -> tensor<4x8xf32>
  %1 = "lr.move"(%0) <{device = "cpu", shape = array<i64: 4, 4>, domains = [array<i64: 4, 4>], sources = [affine_map<(d0, d1) -> (d0, d1 * 2)>], destinations = [affine_map<(d0, d1) -> (d0, d1)>]}> : (tensor<4x8xf32>) -> tensor<4x4xf32>
  %2 = "lr.move"(%1) <{device = "cpu", shape = array<i64: 6, 6>, domains = [array<i64: 4, 4>], sources = [affine_map<(d0, d1) -> (d0, d1)>], destinations = [affine_map<(d0, d1) -> (d0 + 1, d1 + 1)>], fill = 0.0 : f32}> : (tensor<4x4xf32>) -> tensor<6x6xf32>
  return %2 : tensor<6x6xf32>
}

// -----

// CHECK-LABEL: func.func @reshape_there_and_back_goes_away
// CHECK-SAME: (%[[X:.*]]: tensor<6x4xf32>)
// CHECK-NEXT: return %[[X]]
func.func @reshape_there_and_back_goes_away(%x: tensor<6x4xf32>) -> tensor<6x4xf32> {
  %0 = "lr.move"(%x) <{device = "cpu", shape = array<i64: 8, 3>, domains = [array<i64: 8, 3>], sources = [affine_map<(d0, d1) -> ((d0 * 3 + d1) floordiv 4, (d0 * 3 + d1) mod 4)>], destinations = [affine_map<(d0, d1) -> (d0, d1)>]}> : (tensor<6x4xf32>) -> tensor<8x3xf32>
  %1 = "lr.move"(%0) <{device = "cpu", shape = array<i64: 6, 4>, domains = [array<i64: 6, 4>], sources = [affine_map<(d0, d1) -> ((d0 * 4 + d1) floordiv 3, (d0 * 4 + d1) mod 3)>], destinations = [affine_map<(d0, d1) -> (d0, d1)>]}> : (tensor<8x3xf32>) -> tensor<6x4xf32>
  return %1 : tensor<6x4xf32>
}

// -----

// A transpose of a reshape keeps both: merged, its map would divide at every element.
// CHECK-LABEL: func.func @divisions_do_not_pile_up
// CHECK-COUNT-2: "lr.move"
// CHECK-NOT: "lr.move"
func.func @divisions_do_not_pile_up(%x: tensor<6x4xf32>) -> tensor<3x8xf32> {
  %0 = "lr.move"(%x) <{device = "cpu", shape = array<i64: 8, 3>, domains = [array<i64: 8, 3>], sources = [affine_map<(d0, d1) -> ((d0 * 3 + d1) floordiv 4, (d0 * 3 + d1) mod 4)>], destinations = [affine_map<(d0, d1) -> (d0, d1)>]}> : (tensor<6x4xf32>) -> tensor<8x3xf32>
  %1 = "lr.move"(%0) <{device = "cpu", shape = array<i64: 3, 8>, domains = [array<i64: 3, 8>], sources = [affine_map<(d0, d1) -> (d1, d0)>], destinations = [affine_map<(d0, d1) -> (d0, d1)>]}> : (tensor<8x3xf32>) -> tensor<3x8xf32>
  return %1 : tensor<3x8xf32>
}
