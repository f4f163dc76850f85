// However often the pass looks for innermost loops, a run makes no more than 2^18 operations: each repetition leaves twice
// as many loops, those of what is left over among them. What it leaves is told.
// RUN: coco-opt %s --scf-loop-unroll="unroll-factor=2 unroll-num-reps=1000" --print-op-stats --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s
// CHECK: arith.addi {{ *}}, 259952
// CHECK: 4096 loops too large to unroll
func.func @main(%n: index) -> i64 {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %none = arith.constant 0 : i64
  %i1 = arith.constant 1 : i64
  %sum = scf.for %i = %zero to %n step %one iter_args(%a = %none) -> i64 {
    %b = arith.addi %a, %i1 : i64
    scf.yield %b : i64
  }
  return %sum : i64
}
