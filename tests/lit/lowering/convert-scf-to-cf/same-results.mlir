// Branches give what structured control flow gave; loops of no turns, of other types and of one dimension among it.
// RUN: coco-opt %s --interpret=all > %t.before
// RUN: coco-opt %s --convert-scf-to-cf --interpret=all | diff %t.before -
// RUN: coco-opt %s --convert-scf-to-cf --canonicalize --cse --sccp --interpret=all | diff %t.before -
// RUN: FileCheck %s < %t.before

// CHECK: @for = 3628800 : i64, 7 : i64
// CHECK: @while = 111 : i32
// CHECK: @parallel = 1.320000e+02 : f32, 1.900000e+01 : f32
// CHECK: @blocks = 4 : i32
func.func @for() -> (i64, i64) {
  %one = arith.constant 1 : i64
  %eleven = arith.constant 11 : i64
  %seven = arith.constant 7 : i64
  %product = scf.for %i = %one to %eleven step %one iter_args(%a = %one) -> (i64) : i64 {
    %b = arith.muli %a, %i : i64
    scf.yield %b : i64
  }
  %none = scf.for %i = %eleven to %one step %one iter_args(%a = %seven) -> (i64) : i64 {
    scf.yield %i : i64
  }
  return %product, %none : i64, i64
}
// How many turns 3n + 1 takes from 27 to 1.
func.func @while() -> i32 {
  %zero = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  %two = arith.constant 2 : i32
  %three = arith.constant 3 : i32
  %start = arith.constant 27 : i32
  %r:2 = scf.while (%n = %start, %turns = %zero) : (i32, i32) -> (i32, i32) {
    %more = arith.cmpi ne, %n, %one : i32
    scf.condition(%more) %n, %turns : i32, i32
  } do {
  ^bb0(%n: i32, %turns: i32):
    %rest = arith.remsi %n, %two : i32
    %even = arith.cmpi eq, %rest, %zero : i32
    %next = scf.if %even -> (i32) {
      %half = arith.divsi %n, %two : i32
      scf.yield %half : i32
    } else {
      %m = arith.muli %n, %three : i32
      %m1 = arith.addi %m, %one : i32
      scf.yield %m1 : i32
    }
    %count = arith.addi %turns, %one : i32
    scf.yield %next, %count : i32, i32
  }
  return %r#1 : i32
}
func.func @parallel() -> (f32, f32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c4 = arith.constant 4 : index
  %x = arith.constant 0.0 : f32
  %r:2 = scf.parallel (%i, %j, %k) = (%c0, %c0, %c1) to (%c2, %c3, %c4) step (%c1, %c2, %c1) init (%x, %x) -> (f32, f32) {
    %m = arith.muli %i, %c4 : index
    %n = arith.muli %j, %c3 : index
    %p = arith.muli %k, %c3 : index
    %mn = arith.addi %m, %n : index
    %mnp = arith.addi %mn, %p : index
    %integer = arith.index_cast %mnp : index to i32
    %v = arith.sitofp %integer : i32 to f32
    scf.reduce(%v, %v : f32, f32) {
    ^bb0(%a: f32, %b: f32):
      %s = arith.addf %a, %b : f32
      scf.reduce.return %s : f32
    }, {
    ^bb0(%a: f32, %b: f32):
      %s = arith.maximumf %a, %b : f32
      scf.reduce.return %s : f32
    }
  }
  scf.parallel (%i) = (%c4) to (%c0) step (%c1) {
    %never = arith.divsi %i, %c0 : index
    scf.reduce
  }
  return %r#0, %r#1 : f32, f32
}
func.func @blocks() -> i32 {
  %c = arith.constant false
  %x = arith.constant 3 : i32
  %y = arith.constant 4 : i32
  %r = scf.execute_region -> i32 {
    cf.cond_br %c, ^left(%x : i32), ^right
  ^left(%a: i32):
    scf.yield %a : i32
  ^right:
    cf.br ^left(%y : i32)
  }
  return %r : i32
}
