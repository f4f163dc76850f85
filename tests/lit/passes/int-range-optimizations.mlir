// RUN: coco-opt %s -p 'func.func(int-range-optimizations,canonicalize)' --mlir-pass-statistics 2> %t.statistics | FileCheck %s
// RUN: FileCheck %s --check-prefix=STATISTICS < %t.statistics
// STATISTICS: 3 values replaced by constants
// STATISTICS: 2 remainders that are the dividend

// Bounds of loops decide comparisons and remainders.
// CHECK-LABEL: func.func @loop
// CHECK-NOT: arith.remui
// CHECK-NOT: arith.remsi
// CHECK: %[[T:.*]] = arith.constant true
// CHECK: scf.for %[[I:.*]] =
// CHECK-NEXT: func.call @use(%[[I]], %[[I]], %[[T]])
func.func @loop() {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  scf.for %i = %c0 to %c8 step %c1 {
    %r = arith.remui %i, %c8 : index
    %s = arith.remsi %r, %c8 : index
    %in = arith.cmpi ult, %i, %c8 : index
    func.call @use(%r, %s, %in) : (index, index, i1) -> ()
  }
  return
}
func.func private @use(index, index, i1)

// Two values that are one number each, one behind the other.
// CHECK-LABEL: func.func @chain
// CHECK: %[[C:.*]] = arith.constant 7 : i32
// CHECK-NEXT: return %[[C]]
func.func @chain(%x: i32) -> i32 {
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  %c7 = arith.constant 7 : i32
  %zero = arith.remui %x, %c1 : i32
  %seven = arith.addi %zero, %c7 : i32
  return %seven : i32
}

// What may be larger stays.
// CHECK-LABEL: func.func @unknown
// CHECK: arith.remui
// CHECK: arith.cmpi
func.func @unknown(%n: index) -> (index, i1) {
  %c8 = arith.constant 8 : index
  %r = arith.remui %n, %c8 : index
  %in = arith.cmpi ult, %n, %c8 : index
  return %r, %in : index, i1
}
