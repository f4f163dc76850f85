// RUN: coco-opt %s --split-input-file --verify-diagnostics --allow-unregistered-dialect

func.func @operand_of_a_wrong_type(%a: f32) {
  // expected-error@+1 {{'arith.addi' op operand #0 must be signless-integer-like, but got 'f32'}}
  %0 = "arith.addi"(%a, %a) : (f32, f32) -> f32
  return
}

// -----

func.func @too_few_operands(%a: f32) {
  // expected-error@+1 {{'arith.addf' op expected 2 operands, but found 1}}
  %0 = "arith.addf"(%a) : (f32) -> f32
  return
}

// -----

func.func @too_many_results(%a: f32) {
  // expected-error@+1 {{'arith.addf' op requires one result, but found 2}}
  %0:2 = "arith.addf"(%a, %a) : (f32, f32) -> (f32, f32)
  return
}

// -----

func.func @missing_attribute() {
  // expected-error@+1 {{'arith.constant' op requires attribute 'value'}}
  %0 = "arith.constant"() : () -> f32
  return
}

// -----

func.func @attribute_of_a_wrong_kind(%a: f32) {
  // expected-error@+1 {{'func.call' op attribute 'callee' failed to satisfy constraint: flat symbol reference attribute}}
  "func.call"() <{callee = 5 : i32}> : () -> ()
  return
}

// -----

func.func @types_that_differ(%a: f32, %b: f64) {
  // expected-error@+1 {{'arith.addf' op requires the same type for all operands and results}}
  %0 = "arith.addf"(%a, %b) : (f32, f64) -> f32
  return
}

// -----

func.func @shapes_that_differ(%c: vector<4xi1>, %a: vector<8xf32>) {
  // expected-error@+1 {{'arith.select' op}}
  %0 = "arith.select"(%c, %a, %a) : (vector<4xi1>, vector<8xf32>, vector<8xf32>) -> vector<8xf32>
  return
}

// -----

func.func @result_type_is_not_the_inferred_one(%a: memref<f32>) {
  // expected-error@+1 {{'memref.load' op inferred type(s) 'f32' are incompatible with return type(s) of operation 'f64'}}
  %0 = "memref.load"(%a) : (memref<f32>) -> f64
  return
}

// -----

func.func @no_terminator(%a: f32) {
  // expected-error@+1 {{block with no terminator}}
  %0 = arith.negf %a : f32
}

// -----

// expected-error@+1 {{empty block: expect at least a terminator}}
"func.func"() <{function_type = () -> (), sym_name = "empty_block"}> ({
^bb0:
}) : () -> ()

// -----

func.func @terminator_in_the_middle() {
  // expected-error@+1 {{'func.return' op must be the last operation in the parent block}}
  "func.return"() : () -> ()
  "func.return"() : () -> ()
}

// -----

// expected-error@+1 {{'func.return' op expects parent op 'func.func'}}
"func.return"() : () -> ()

// -----

func.func @more_blocks_than_allowed(%lb: index) {
  // expected-error@+1 {{'scf.for' op expects region #0 to have 0 or 1 blocks}}
  "scf.for"(%lb, %lb, %lb) ({
  ^bb0(%i: index):
    "cf.br"()[^bb1] : () -> ()
  ^bb1:
    "scf.yield"() : () -> ()
  }) : (index, index, index) -> ()
  return
}

// -----

func.func @wrong_number_of_regions(%c: i1) {
  // expected-error@+1 {{'scf.if' op expected 2 regions, but found 1}}
  "scf.if"(%c) ({
    "scf.yield"() : () -> ()
  }) : (i1) -> ()
  return
}

// -----

func.func @wrong_terminator(%lb: index) {
  // expected-error@+1 {{'scf.for' op expects regions to end with 'scf.yield', found 'test.end'}}
  "scf.for"(%lb, %lb, %lb) ({
  ^bb0(%i: index):
    "test.end"() : () -> ()
  }) : (index, index, index) -> ()
  return
}

// -----

func.func @entry_block_with_a_predecessor() {
  "test.holder"() ({
  ^entry:
    // expected-error@+1 {{entry block of region may not have predecessors}}
    "test.branch"()[^entry] : () -> ()
  }) : () -> ()
  return
}
