// RUN: coco-opt %s --canonicalize | FileCheck %s
// RUN: coco-opt %s --canonicalize --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=COUNTS
// RUN: coco-opt %s --canonicalize --mlir-debug-counter=pattern-count=0 | FileCheck %s --check-prefix=NONE

// Two constants, 3 and 5, become one. Each pattern is an equation, and is counted by its name.
// COUNTS: (S) {{ *}}14 patterns applied
// NONE-COUNT-2: arith.addi
// COUNTS-DAG: (P) {{ *}}2 addi-of-addi{{$}}
// COUNTS-DAG: (P) {{ *}}1 addi-of-subi{{$}}
// COUNTS-DAG: (P) {{ *}}1 addi-of-subi-from{{$}}
// COUNTS-DAG: (P) {{ *}}1 andi-of-andi{{$}}
// COUNTS-DAG: (P) {{ *}}1 muli-of-muli{{$}}
// COUNTS-DAG: (P) {{ *}}1 ori-of-ori{{$}}
// COUNTS-DAG: (P) {{ *}}1 subi-from-addi{{$}}
// COUNTS-DAG: (P) {{ *}}1 subi-from-subi{{$}}
// COUNTS-DAG: (P) {{ *}}1 subi-from-subi-from{{$}}
// COUNTS-DAG: (P) {{ *}}1 subi-of-addi{{$}}
// COUNTS-DAG: (P) {{ *}}1 subi-of-subi{{$}}
// COUNTS-DAG: (P) {{ *}}1 subi-of-subi-from{{$}}
// COUNTS-DAG: (P) {{ *}}1 xori-of-xori{{$}}

// CHECK-LABEL: func.func @addi_of_addi(
// CHECK: %[[R:.*]] = arith.addi %arg0, %c8_i32 : i32
// CHECK-NEXT: return %[[R]]
func.func @addi_of_addi(%x: i32) -> i32 {
  %c = arith.constant 3 : i32
  %d = arith.constant 5 : i32
  %s = arith.addi %x, %c : i32
  %r = arith.addi %s, %d : i32
  return %r : i32
}

// CHECK-LABEL: func.func @addi_of_subi(
// CHECK: %[[R:.*]] = arith.addi %arg0, %c2_i32 : i32
// CHECK-NEXT: return %[[R]]
func.func @addi_of_subi(%x: i32) -> i32 {
  %c = arith.constant 3 : i32
  %d = arith.constant 5 : i32
  %s = arith.subi %x, %c : i32
  %r = arith.addi %s, %d : i32
  return %r : i32
}

// CHECK-LABEL: func.func @addi_of_subi_from(
// CHECK: %[[R:.*]] = arith.subi %c8_i32, %arg0 : i32
// CHECK-NEXT: return %[[R]]
func.func @addi_of_subi_from(%x: i32) -> i32 {
  %c = arith.constant 3 : i32
  %d = arith.constant 5 : i32
  %s = arith.subi %c, %x : i32
  %r = arith.addi %s, %d : i32
  return %r : i32
}

// CHECK-LABEL: func.func @subi_of_addi(
// CHECK: %[[R:.*]] = arith.addi %arg0, %c-2_i32 : i32
// CHECK-NEXT: return %[[R]]
func.func @subi_of_addi(%x: i32) -> i32 {
  %c = arith.constant 3 : i32
  %d = arith.constant 5 : i32
  %s = arith.addi %x, %c : i32
  %r = arith.subi %s, %d : i32
  return %r : i32
}

// CHECK-LABEL: func.func @subi_of_subi(
// CHECK: %[[R:.*]] = arith.subi %arg0, %c8_i32 : i32
// CHECK-NEXT: return %[[R]]
func.func @subi_of_subi(%x: i32) -> i32 {
  %c = arith.constant 3 : i32
  %d = arith.constant 5 : i32
  %s = arith.subi %x, %c : i32
  %r = arith.subi %s, %d : i32
  return %r : i32
}

// CHECK-LABEL: func.func @subi_of_subi_from(
// CHECK: %[[R:.*]] = arith.subi %c-2_i32, %arg0 : i32
// CHECK-NEXT: return %[[R]]
func.func @subi_of_subi_from(%x: i32) -> i32 {
  %c = arith.constant 3 : i32
  %d = arith.constant 5 : i32
  %s = arith.subi %c, %x : i32
  %r = arith.subi %s, %d : i32
  return %r : i32
}

// CHECK-LABEL: func.func @subi_from_addi(
// CHECK: %[[R:.*]] = arith.subi %c-2_i32, %arg0 : i32
// CHECK-NEXT: return %[[R]]
func.func @subi_from_addi(%x: i32) -> i32 {
  %c = arith.constant 3 : i32
  %d = arith.constant 5 : i32
  %s = arith.addi %x, %d : i32
  %r = arith.subi %c, %s : i32
  return %r : i32
}

// CHECK-LABEL: func.func @subi_from_subi(
// CHECK: %[[R:.*]] = arith.subi %c8_i32, %arg0 : i32
// CHECK-NEXT: return %[[R]]
func.func @subi_from_subi(%x: i32) -> i32 {
  %c = arith.constant 3 : i32
  %d = arith.constant 5 : i32
  %s = arith.subi %x, %d : i32
  %r = arith.subi %c, %s : i32
  return %r : i32
}

// CHECK-LABEL: func.func @subi_from_subi_from(
// CHECK: %[[R:.*]] = arith.addi %arg0, %c-2_i32 : i32
// CHECK-NEXT: return %[[R]]
func.func @subi_from_subi_from(%x: i32) -> i32 {
  %c = arith.constant 3 : i32
  %d = arith.constant 5 : i32
  %s = arith.subi %d, %x : i32
  %r = arith.subi %c, %s : i32
  return %r : i32
}

// CHECK-LABEL: func.func @muli_of_muli(
// CHECK: %[[R:.*]] = arith.muli %arg0, %c15_i32 : i32
// CHECK-NEXT: return %[[R]]
func.func @muli_of_muli(%x: i32) -> i32 {
  %c = arith.constant 3 : i32
  %d = arith.constant 5 : i32
  %s = arith.muli %x, %c : i32
  %r = arith.muli %s, %d : i32
  return %r : i32
}

// CHECK-LABEL: func.func @andi_of_andi(
// CHECK: %[[R:.*]] = arith.andi %arg0, %c1_i32 : i32
// CHECK-NEXT: return %[[R]]
func.func @andi_of_andi(%x: i32) -> i32 {
  %c = arith.constant 3 : i32
  %d = arith.constant 5 : i32
  %s = arith.andi %x, %c : i32
  %r = arith.andi %s, %d : i32
  return %r : i32
}

// CHECK-LABEL: func.func @ori_of_ori(
// CHECK: %[[R:.*]] = arith.ori %arg0, %c7_i32 : i32
// CHECK-NEXT: return %[[R]]
func.func @ori_of_ori(%x: i32) -> i32 {
  %c = arith.constant 3 : i32
  %d = arith.constant 5 : i32
  %s = arith.ori %x, %c : i32
  %r = arith.ori %s, %d : i32
  return %r : i32
}

// CHECK-LABEL: func.func @xori_of_xori(
// CHECK: %[[R:.*]] = arith.xori %arg0, %c6_i32 : i32
// CHECK-NEXT: return %[[R]]
func.func @xori_of_xori(%x: i32) -> i32 {
  %c = arith.constant 3 : i32
  %d = arith.constant 5 : i32
  %s = arith.xori %x, %c : i32
  %r = arith.xori %s, %d : i32
  return %r : i32
}

// Flags promise what the joined sum cannot keep; variables are not joined.
// CHECK-LABEL: func.func @stays(
// CHECK: %[[A:.*]] = arith.addi %arg0, %c3_i32 overflow<nsw>
// CHECK: arith.addi %[[A]], %c5_i32
// CHECK: %[[B:.*]] = arith.addi %arg0, %arg1
// CHECK: arith.addi %[[B]], %c5_i32
func.func @stays(%x: i32, %y: i32) -> (i32, i32) {
  %c = arith.constant 3 : i32
  %d = arith.constant 5 : i32
  %0 = arith.addi %x, %c overflow<nsw> : i32
  %1 = arith.addi %0, %d : i32
  %2 = arith.addi %x, %y : i32
  %3 = arith.addi %2, %d : i32
  return %1, %3 : i32, i32
}

// Lanes alike, and wrapped around.
// CHECK-LABEL: func.func @lanes(
// CHECK: %[[C:.*]] = arith.constant dense<[-127, 7]> : vector<2xi8>
// CHECK: arith.addi %arg0, %[[C]] : vector<2xi8>
func.func @lanes(%x: vector<2xi8>) -> vector<2xi8> {
  %c = arith.constant dense<[127, 3]> : vector<2xi8>
  %d = arith.constant dense<[2, 4]> : vector<2xi8>
  %0 = arith.addi %x, %c : vector<2xi8>
  %1 = arith.addi %0, %d : vector<2xi8>
  return %1 : vector<2xi8>
}
