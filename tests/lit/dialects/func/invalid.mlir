// RUN: coco-opt %s --split-input-file --verify-diagnostics

func.func @return_count(%a: f32) {
  // expected-error@+1 {{has 1 operands, but enclosing function (@return_count) returns 0}}
  func.return %a : f32
}

// -----

func.func @call_unknown() {
  // expected-error@+1 {{'nobody' does not reference a valid function}}
  func.call @nobody() : () -> ()
  return
}

// -----

func.func private @callee(f32)
func.func @call_count() {
  // expected-error@+1 {{incorrect number of operands for callee: expected 1, but provided 0}}
  func.call @callee() : () -> ()
  return
}

// -----

func.func private @callee(f32)
func.func @call_type(%i: i32) {
  // expected-error@+1 {{operand type mismatch: expected operand type 'f32', but provided 'i32' for operand number 0}}
  func.call @callee(%i) : (i32) -> ()
  return
}

// -----

func.func private @callee() -> f32
func.func @call_results() {
  // expected-error@+1 {{incorrect number of results for callee: expected 1, but provided 0}}
  func.call @callee() : () -> ()
  return
}

// -----

func.func private @callee() -> f32
func.func @call_result_type() {
  // expected-error@+1 {{result type mismatch at index 0: expected 'f32', but provided 'i32'}}
  %0 = func.call @callee() : () -> i32
  return
}

// -----

func.func @return_type(%i: i32) -> f32 {
  // expected-error@+1 {{type of return operand 0 ('i32') doesn't match function result type ('f32') in function @return_type}}
  func.return %i : i32
}

// -----

// expected-error@+1 {{symbol declaration cannot have public visibility}}
func.func @public_declaration()

// -----

// expected-error@+1 {{entry block must have 1 arguments to match function signature}}
"func.func"() <{function_type = (f32) -> (), sym_name = "arguments"}> ({
  "func.return"() : () -> ()
}) : () -> ()

// -----

// expected-error@+1 {{type of entry block argument #0('i32') must match the type of the corresponding argument in function signature('f32')}}
"func.func"() <{function_type = (f32) -> (), sym_name = "types"}> ({
^bb0(%i: i32):
  "func.return"() : () -> ()
}) : () -> ()

// -----

// expected-error@+1 {{expects argument attribute array to have the same number of elements}}
"func.func"() <{arg_attrs = [{}, {}], function_type = (f32) -> (), sym_name = "attributes", sym_visibility = "private"}> ({
}) : () -> ()

// -----

// expected-error@+1 {{a function with a body needs names for its arguments}}
func.func @nameless(f32) {
  return
}

// -----

// expected-error@+1 {{custom op 'func.func' expected non-empty function body}}
func.func @empty_body() {}

// -----

// expected-error@+1 {{arguments may only have dialect attributes: 'b' has no dialect}}
func.func private @argument_attribute(f32 {b})

// -----

// expected-error@+1 {{results may only have dialect attributes: 'c' has no dialect}}
func.func private @result_attribute() -> (f32 {c})

// -----

func.func private @callee()
func.func @call_in_loop(%n: index) {
  scf.for %i = %n to %n step %n {
    // expected-error@+1 {{custom op 'call' is unknown}}
    call @callee() : () -> ()
  }
  return
}

// -----

// expected-error@+1 {{custom op 'return' is unknown (tried 'builtin.return' as well)}}
return
