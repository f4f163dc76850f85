// Loads of input vectors for one kernel of each mask, in a register block of U rows by one column: 4 U as written; afterwards the four
// 2x2 squares, which share a body, need 2 (U + 1), the T shapes along a row 3 U + 1, those along a column 2 (U + 1).
// RUN: sed 's/ROWS/1/' %s | coco-opt --lr-to-loops | grep -c 'vector.load .*xf32, strided<' | FileCheck %s --check-prefix=BEFORE1
// RUN: sed 's/ROWS/2/' %s | coco-opt --lr-to-loops | grep -c 'vector.load .*xf32, strided<' | FileCheck %s --check-prefix=BEFORE2
// RUN: sed 's/ROWS/4/' %s | coco-opt --lr-to-loops | grep -c 'vector.load .*xf32, strided<' | FileCheck %s --check-prefix=BEFORE4
// RUN: sed 's/ROWS/8/' %s | coco-opt --lr-to-loops | grep -c 'vector.load .*xf32, strided<' | FileCheck %s --check-prefix=BEFORE8
// RUN: sed 's/ROWS/1/' %s | coco-opt --lower-to-loops | grep -c 'vector.load .*xf32, strided<' | FileCheck %s --check-prefix=AFTER1
// RUN: sed 's/ROWS/2/' %s | coco-opt --lower-to-loops | grep -c 'vector.load .*xf32, strided<' | FileCheck %s --check-prefix=AFTER2
// RUN: sed 's/ROWS/4/' %s | coco-opt --lower-to-loops | grep -c 'vector.load .*xf32, strided<' | FileCheck %s --check-prefix=AFTER4
// RUN: sed 's/ROWS/8/' %s | coco-opt --lower-to-loops | grep -c 'vector.load .*xf32, strided<' | FileCheck %s --check-prefix=AFTER8

// One square, two T shapes along a row, two along a column.
// BEFORE1: {{^20$}}
// BEFORE2: {{^40$}}
// BEFORE4: {{^80$}}
// BEFORE8: {{^160$}}
// AFTER1: {{^20$}}
// AFTER2: {{^32$}}
// AFTER4: {{^56$}}
// AFTER8: {{^104$}}
#patches = #lr.layout<halo = [1, 1, 1, 1], patches = [2, 8]>
#whole = #lr.layout<patches = [2, 8]>
func.func @main(%x: tensor<1x1x16x8xf32, #patches>) -> tensor<1x1x16x8xf32, #whole> {
  %offset = "graph.constant"() <{value = dense<[0, 1]> : tensor<2xui8>}> : () -> tensor<2xui8>
  %reorder = "graph.constant"() <{value = dense<0> : tensor<1xui8>}> : () -> tensor<1xui8>
  %index = "graph.constant"() <{value = dense<0> : tensor<1xui8>}> : () -> tensor<1xui8>
  %runs = "graph.constant"() <{value = dense<[[[0, 1, 1, 1, 1, 1]]]> : tensor<1x1x6xui8>}> : () -> tensor<1x1x6xui8>
  %weights = arith.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  %out = "lr.pattern_conv"(%x, %offset, %reorder, %index, %runs, %weights) <{device = "cpu", info = #lr.window<kernel = [3, 3], strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 27, 58, 23, 89, 154>, filters = 1 : i64, span = 1 : i64, shifts = array<i64: 0, 0, 0, 1, 1, 0, 1, 1>, tuning = #lr.tuning<columns = 1, rows = ROWS>, maps = []}> ({
  ^bb0(%acc: f32):
    lr.yield %acc : f32
  }) : (tensor<1x1x16x8xf32, #patches>, tensor<2xui8>, tensor<1xui8>, tensor<1xui8>, tensor<1x1x6xui8>, tensor<4xf32>) -> tensor<1x1x16x8xf32, #whole>
  return %out : tensor<1x1x16x8xf32, #whole>
}
