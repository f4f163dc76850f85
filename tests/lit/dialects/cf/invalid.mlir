// RUN: coco-opt %s --split-input-file --verify-diagnostics

func.func @br_count(%a: f32) {
  // expected-error@+1 {{branch has 0 operands for successor #0, but target block has 1}}
  cf.br ^bb1
  ^bb1(%x: f32):
  return
}

// -----

func.func @br_type(%a: f32) {
  // expected-error@+1 {{type mismatch for bb argument #0 of successor #0: 'f32' given, 'i32' expected}}
  cf.br ^bb1(%a : f32)
  ^bb1(%x: i32):
  return
}

// -----

func.func @br_successors() {
  // expected-error@+1 {{requires 1 successor but found 0}}
  "cf.br"() : () -> ()
}

// -----

func.func @cond_br_condition(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  "cf.cond_br"(%i)[^bb1, ^bb1] <{operandSegmentSizes = array<i32: 1, 0, 0>}> : (i32) -> ()
  ^bb1:
  return
}

// -----

func.func @cond_br_count(%c: i1, %a: f32) {
  // expected-error@+1 {{branch has 0 operands for successor #1, but target block has 1}}
  cf.cond_br %c, ^bb1(%a : f32), ^bb1
  ^bb1(%x: f32):
  return
}

// -----

func.func @cond_br_entry(%c: i1) {
  cf.br ^bb1
  ^bb1:
  // expected-error@+1 {{requires 2 successors but found 1}}
  "cf.cond_br"(%c)[^bb1] <{operandSegmentSizes = array<i32: 1, 0, 0>}> : (i1) -> ()
}
