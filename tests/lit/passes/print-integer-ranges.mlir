// RUN: coco-opt %s -p 'func.func(print-integer-ranges)' --verify-diagnostics -o /dev/null
// What is known of integers.

func.func @arithmetic(%x: i32, %flag: i1, %m: memref<?xf32>) -> i32 {
  %c0 = arith.constant 0 : index
  %c3 = arith.constant 3 : i32
  %c10 = arith.constant 10 : i32
  %c12 = arith.constant 12 : i32
  // expected-remark@+1 {{result #0 stays in -9 to 9}}
  %rem = arith.remsi %x, %c10 : i32
  // expected-remark@+1 {{result #0 stays in 0 to 9}}
  %urem = arith.remui %x, %c10 : i32
  // expected-remark@+1 {{result #0 stays in -6 to 12}}
  %sum = arith.addi %rem, %c3 : i32
  // expected-remark@+1 {{result #0 stays in -12 to 6}}
  %difference = arith.subi %rem, %c3 : i32
  // expected-remark@+1 {{result #0 stays in -27 to 27}}
  %product = arith.muli %rem, %c3 : i32
  // expected-remark@+1 {{result #0 stays in -3 to 3}}
  %quotient = arith.divsi %rem, %c3 : i32
  // expected-remark@+1 {{result #0 stays in 0 to 3}}
  %uquotient = arith.divui %urem, %c3 : i32
  // expected-remark@+1 {{result #0 stays in 0 to 12}}
  %and = arith.andi %x, %c12 : i32
  // expected-remark@+1 {{result #0 stays in 0 to 15}}
  %or = arith.ori %urem, %c12 : i32
  // expected-remark@+1 {{result #0 stays in 0 to 15}}
  %xor = arith.xori %urem, %urem : i32
  // expected-remark@+1 {{result #0 stays in -72 to 72}}
  %shl = arith.shli %rem, %c3 : i32
  // expected-remark@+1 {{result #0 stays in 0 to 1}}
  %shr = arith.shrui %urem, %c3 : i32
  // expected-remark@+1 {{result #0 stays in 0 to 1}}
  %sshr = arith.shrsi %urem, %c3 : i32
  // expected-remark@+1 {{result #0 stays in -2147483648 to 3}}
  %min = arith.minsi %x, %c3 : i32
  // expected-remark@+1 {{result #0 stays in 3 to 2147483647}}
  %max = arith.maxsi %x, %c3 : i32
  // expected-remark@+1 {{result #0 stays in 0 to 3}}
  %umin = arith.minui %urem, %c3 : i32
  // expected-remark@+1 {{result #0 stays in 3 to 9}}
  %umax = arith.maxui %urem, %c3 : i32
  // expected-remark@+1 {{result #0 stays in 3 to 12}}
  %select = arith.select %flag, %c3, %c12 : i32
  // expected-remark@+1 {{result #0 stays in 1 to 1}}
  %less = arith.cmpi slt, %urem, %c12 : i32
  // expected-remark@+1 {{result #0 stays in 0 to 0}}
  %equal = arith.cmpi eq, %urem, %c12 : i32
  // expected-remark@+1 {{result #0 stays in 3 to 3}}
  %chosen = arith.select %less, %c3, %c12 : i32
  // Nothing is known of these: the first may wrap around.
  %wraps = arith.addi %max, %c3 : i32
  %unknown = arith.cmpi ult, %rem, %c3 : i32
  // expected-remark@+1 {{result #0 stays in 0 to 9223372036854775807}}
  %dim = memref.dim %m, %c0 : memref<?xf32>
  return %sum : i32
}

func.func @casts(%x: i8, %flag: i1, %y: i64) {
  // expected-remark@+1 {{result #0 stays in -128 to 127}}
  %wide = arith.extsi %x : i8 to i32
  // expected-remark@+1 {{result #0 stays in 0 to 255}}
  %uwide = arith.extui %x : i8 to i32
  // expected-remark@+1 {{result #0 stays in 0 to 1}}
  %bit = arith.extui %flag : i1 to i32
  // expected-remark@+1 {{result #0 stays in -1 to 0}}
  %sbit = arith.extsi %flag : i1 to i32
  // expected-remark@+1 {{result #0 stays in -128 to 127}}
  %index = arith.index_cast %wide : i32 to index
  // expected-remark@+1 {{result #0 stays in 0 to 255}}
  %short = arith.trunci %uwide : i32 to i16
  %cut = arith.trunci %y : i64 to i8
  return
}

func.func @loops(%n: index, %flag: i1) -> index {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %c10 = arith.constant 10 : index
  // expected-remark@+1 {{argument #0 stays in 0 to 9}}
  scf.for %i = %c0 to %c10 step %c3 {
    // expected-remark@+1 {{argument #0 stays in 0 to 8}}
    scf.for %j = %c0 to %i step %c1 {
    }
  }
  // expected-remark@+1 {{argument #0 stays in 10 to 10}}
  scf.for %i = %c10 to %c0 step %c3 {
  }
  // expected-remark@+1 {{argument #0 stays in 0 to 9223372036854775806}}
  scf.for %i = %c0 to %n step %c1 {
  }
  // expected-remark@+2 {{argument #0 stays in 0 to 9}}
  // expected-remark@+1 {{argument #1 stays in 1 to 2}}
  scf.parallel (%i, %j) = (%c0, %c1) to (%c10, %c3) step (%c1, %c1) {
  }
  // expected-remark@+1 {{result #0 stays in 3 to 10}}
  %r = scf.if %flag -> index {
    scf.yield %c3 : index
  } else {
    scf.yield %c10 : index
  }
  return %r : index
}
