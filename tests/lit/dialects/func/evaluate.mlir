// RUN: coco-opt %s --interpret=all | FileCheck %s

func.func @factorial(%n: i64) -> i64 {
  %z = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %end = arith.cmpi eq, %n, %z : i64
  %r = scf.if %end -> (i64) {
    scf.yield %one : i64
  } else {
    %m = arith.subi %n, %one : i64
    %f = func.call @factorial(%m) : (i64) -> i64
    %p = arith.muli %n, %f : i64
    scf.yield %p : i64
  }
  return %r : i64
}

// CHECK: @recursive = 2432902008176640000 : i64
func.func @recursive() -> i64 {
  %n = arith.constant 20 : i64
  %r = func.call @factorial(%n) : (i64) -> i64
  return %r : i64
}

// CHECK: @nothing returned
func.func @nothing() {
  return
}
