// RUN: coco-opt %s -p 'func.func(print-liveness)' --verify-diagnostics -o /dev/null
// Which values live across the borders of blocks, and where they are used last.

func.func @branches(%x: i32, %y: i32, %flag: i1) -> i32 {
  // expected-remark@+2 {{0 values live into this block, 2 out of it}}
  // expected-remark@+1 {{operand #0 is not used behind this}}
  cf.cond_br %flag, ^one, ^two
^one:
  // expected-remark@+3 {{1 values live into this block, 1 out of it}}
  // expected-remark@+2 {{operand #0 is not used behind this}}
  // expected-remark@+1 {{operand #1 is not used behind this}}
  %0 = arith.addi %x, %x : i32
  cf.br ^three
^two:
  // expected-remark@+3 {{1 values live into this block, 0 out of it}}
  // expected-remark@+2 {{operand #0 is not used behind this}}
  // expected-remark@+1 {{operand #1 is not used behind this}}
  %1 = arith.muli %y, %y : i32
  // expected-remark@+1 {{operand #0 is not used behind this}}
  return %1 : i32
^three:
  // expected-remark@+2 {{1 values live into this block, 0 out of it}}
  // expected-remark@+1 {{operand #0 is not used behind this}}
  return %0 : i32
}

// What is used inside a loop is used by the loop, and by each turn of it.
func.func @loop(%n: index, %x: i32) -> i32 {
  // expected-remark@+1 {{0 values live into this block, 0 out of it}}
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // expected-remark@+4 {{operand #0 is not used behind this}}
  // expected-remark@+3 {{operand #1 is not used behind this}}
  // expected-remark@+2 {{operand #2 is not used behind this}}
  // expected-remark@+1 {{operand #3 is not used behind this}}
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> (i32) {
    // expected-remark@+2 {{1 values live into this block, 0 out of it}}
    // expected-remark@+1 {{operand #0 is not used behind this}}
    %s = arith.addi %a, %x : i32
    // expected-remark@+1 {{operand #0 is not used behind this}}
    scf.yield %s : i32
  }
  // expected-remark@+1 {{operand #0 is not used behind this}}
  return %r : i32
}
