// RUN: coco-opt %s --split-input-file --verify-diagnostics

func.func @for_types(%i: index, %j: i32) {
  // expected-error@+1 {{have same type}}
  "scf.for"(%i, %i, %j) ({
  ^bb0(%k: index):
    "scf.yield"() : () -> ()
  }) : (index, index, i32) -> ()
  return
}

// -----

func.func @for_counter(%i: index) {
  // expected-error@+1 {{induction variable to be same type as bounds and step}}
  "scf.for"(%i, %i, %i) ({
  ^bb0(%k: i32):
    "scf.yield"() : () -> ()
  }) : (index, index, index) -> ()
  return
}

// -----

func.func @for_yield(%i: index, %a: f32) {
  // expected-error@+1 {{region hands on 'index' where 'f32' is expected for result 0}}
  %r = scf.for %k = %i to %i step %i iter_args(%x = %a) -> (f32) {
    scf.yield %k : index
  }
  return
}

// -----

func.func @for_results(%i: index, %a: f32) {
  // expected-error@+1 {{initial values}}
  "scf.for"(%i, %i, %i, %a) ({
  ^bb0(%k: index, %x: f32):
    "scf.yield"() : () -> ()
  }) : (index, index, index, f32) -> ()
  return
}

// -----

func.func @for_carried(%i: index, %a: f32) {
  // expected-error@+1 {{mismatch in number of loop-carried values and defined values}}
  %r = scf.for %k = %i to %i step %i iter_args(%x = %a) -> (f32, f32) {
  }
  return
}

// -----

func.func @if_else(%c: i1, %a: f32) {
  // expected-error@+1 {{must have an else block if defining values}}
  %r = scf.if %c -> (f32) {
    scf.yield %a : f32
  }
  return
}

// -----

func.func @if_yield(%c: i1, %a: f32) {
  // expected-error@+1 {{region hands on 0 values for 1 results}}
  %r = scf.if %c -> (f32) {
    scf.yield %a : f32
  } else {
    scf.yield
  }
  return
}

// -----

func.func @if_condition(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  "scf.if"(%i) ({
    "scf.yield"() : () -> ()
  }, {
  }) : (i32) -> ()
  return
}

// -----

func.func @while_condition(%c: i1) {
  // expected-error@+1 {{expects the 'before' region to terminate with 'scf.condition'}}
  scf.while : () -> () {
    scf.yield
  } do {
    scf.yield
  }
  return
}

// -----

func.func @while_results(%c: i1, %a: f32) {
  // expected-error@+1 {{region hands on 'f32' where 'i32' is expected for result 0}}
  %r = scf.while (%x = %a) : (f32) -> i32 {
    scf.condition(%c) %x : f32
  } do {
  ^bb0(%y: i32):
    scf.yield %a : f32
  }
  return
}

// -----

func.func @condition_place(%c: i1) {
  scf.execute_region {
    // expected-error@+1 {{expects parent op 'scf.while'}}
    "scf.condition"(%c) : (i1) -> ()
  }
  return
}

// -----

func.func @yield_place() {
  // expected-error@+1 {{expects parent op to be one of}}
  scf.yield
  return
}

// -----

func.func @parallel_bounds(%i: index) {
  // expected-error@+1 {{expects as many lower bounds, upper bounds and steps}}
  "scf.parallel"(%i, %i, %i, %i) <{operandSegmentSizes = array<i32: 1, 2, 1, 0>}> ({
  ^bb0(%k: index):
    "scf.reduce"() : () -> ()
  }) : (index, index, index, index) -> ()
  return
}

// -----

func.func @parallel_reductions(%i: index, %a: f32) {
  // expected-error@+1 {{to be the same as number of reductions: 0}}
  %r = scf.parallel (%k) = (%i) to (%i) step (%i) init (%a) -> f32 {
    scf.reduce
  }
  return
}

// -----

func.func @reduce_place() {
  // expected-error@+1 {{expects parent op 'scf.parallel'}}
  scf.reduce
  return
}

// -----

func.func @reduce_regions(%i: index, %a: f32) {
  %r = scf.parallel (%k) = (%i) to (%i) step (%i) init (%a) -> f32 {
    // expected-error@+1 {{expects as many regions as operands: 1, but found 0}}
    "scf.reduce"(%a) : (f32) -> ()
  }
  return
}

// -----

func.func @reduce_return_type(%i: index, %a: f32) {
  %r = scf.parallel (%k) = (%i) to (%i) step (%i) init (%a) -> f32 {
    // expected-error@+1 {{expects region #0 to return a value of the operand's type}}
    scf.reduce(%a : f32) {
    ^bb0(%x: f32, %y: f32):
      scf.reduce.return %i : index
    }
  }
  return
}

// -----

func.func @execute_region_empty() {
  // expected-error@+1 {{region needs to have at least one block}}
  "scf.execute_region"() ({
  }) : () -> ()
  return
}

// -----

func.func @execute_region_yield(%a: f32) {
  // expected-error@+1 {{region hands on 1 values for 0 results}}
  scf.execute_region {
    scf.yield %a : f32
  }
  return
}

// -----

// An argument of its own region is not seen by the operation itself.
// expected-note@+1 {{required by region isolation constraints}}
func.func @own_argument(%c: i1) {
  // expected-error@+1 {{using value defined outside the region}}
  %r = scf.while (%x = %x) : (f32) -> f32 {
    scf.condition(%c) %x : f32
  } do {
  ^bb0(%y: f32):
    scf.yield %y : f32
  }
  return
}

// -----

func.func @empty_block() {
  %c = arith.constant true
  // expected-error@+1 {{expects region #0 to have a block that ends with 'scf.yield'}}
  "scf.if"(%c) ({
  ^a:
  }, {
  }) : (i1) -> ()
  return
}

// -----

func.func @two_conditions(%x: i1) {
  // expected-error@+1 {{'scf.while' op expects the 'after' region to terminate with 'scf.yield'}}
  "scf.while"() ({
    scf.condition(%x)
  }, {
    scf.condition(%x)
  }) : () -> ()
  return
}
