// A module has one block, whose operations cannot be split: the conversion fails there, and undoes all that it had done
// elsewhere, blocks that were made, moved and split included.
// RUN: coco-opt %s --convert-scf-to-cf --verify-diagnostics
// RUN: coco-opt %s --mlir-print-op-generic > %t.before
// RUN: not coco-opt %s --convert-scf-to-cf --mlir-print-ir-after-failure -o /dev/null 2>&1 | sed -n '/^"builtin.module"/,/^})/p' | diff %t.before -

%yes = arith.constant true
// expected-error@below {{'scf.if' op cannot be legalized, and was marked illegal}}
scf.if %yes {
  %no = arith.constant false
}

func.func @loops(%n: index, %init: f32) -> (f32, f32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %init) -> (f32) {
    %s = scf.parallel (%j, %k) = (%c0, %c0) to (%n, %i) step (%c1, %c1) init (%a) -> f32 {
      scf.reduce(%init : f32) {
      ^bb0(%x: f32, %y: f32):
        %z = arith.addf %x, %y : f32
        scf.reduce.return %z : f32
      }
    }
    scf.yield %s : f32
  }
  %w:2 = scf.while (%a = %r, %b = %init) : (f32, f32) -> (f32, f32) {
    %less = arith.cmpf olt, %a, %b : f32
    scf.condition(%less) %b, %a : f32, f32
  } do {
  ^bb0(%a: f32, %b: f32):
    %e = scf.execute_region -> f32 {
      cf.br ^end(%b : f32)
    ^end(%v: f32):
      scf.yield %v : f32
    }
    %less = arith.cmpf olt, %e, %init : f32
    %d = scf.if %less -> (f32) {
      scf.yield %e : f32
    } else {
      scf.yield %a : f32
    }
    scf.yield %d, %e : f32, f32
  }
  return %w#0, %w#1 : f32, f32
}
