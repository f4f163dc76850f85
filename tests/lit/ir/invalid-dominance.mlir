// RUN: coco-opt %s --split-input-file --verify-diagnostics --allow-unregistered-dialect

func.func @use_before_definition(%a: i32) {
  // expected-error@+1 {{operand #0 does not dominate this use}}
  %0 = arith.addi %1, %a : i32
  // expected-note@+1 {{operand defined here}}
  %1 = arith.addi %a, %a : i32
  return
}

// -----

func.func @value_of_one_branch_in_the_other(%c: i1, %a: i32) {
  cf.cond_br %c, ^left, ^right
^left:
  // expected-note@+1 {{operand defined here}}
  %0 = arith.addi %a, %a : i32
  cf.br ^end
^right:
  // expected-error@+1 {{operand #1 does not dominate this use}}
  %1 = arith.muli %a, %0 : i32
  cf.br ^end
^end:
  return
}

// -----

func.func @own_result_inside_its_region(%a: i32) {
  // expected-note@+1 {{operand defined here}}
  %0 = "test.holder"() ({
    // expected-error@+1 {{operand #0 does not dominate this use}}
    "test.use"(%0) : (i32) -> ()
  }) : () -> i32
  return
}

// -----

func.func @unreachable_code_may_use_anything(%a: i32) {
  return
^unreachable:
  %0 = arith.addi %1, %a : i32
  %1 = arith.addi %0, %a : i32
  cf.br ^unreachable
}

// -----

// -----

// Names from outside are not known inside an isolated region: already the parser says so.
%outside = arith.constant 1 : i32
func.func @value_from_outside_an_isolated_region() {
  // expected-error@+1 {{use of undeclared SSA value name}}
  "test.use"(%outside) : (i32) -> ()
  return
}

// -----

// In a graph region, such as a module's, order does not matter.
%late = arith.addi %early, %early : i32
%early = arith.constant 1 : i32
