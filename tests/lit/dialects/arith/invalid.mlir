// RUN: coco-opt %s --split-input-file --verify-diagnostics

func.func @addf_types(%a: f32, %b: f64) {
  // expected-error@+1 {{requires the same type for all operands and results}}
  %0 = "arith.addf"(%a, %b) : (f32, f64) -> f32
  return
}

// -----

func.func @subf_types(%a: f32, %b: f64) {
  // expected-error@+1 {{requires the same type for all operands and results}}
  %0 = "arith.subf"(%a, %b) : (f32, f64) -> f32
  return
}

// -----

func.func @mulf_types(%a: f32, %b: f64) {
  // expected-error@+1 {{requires the same type for all operands and results}}
  %0 = "arith.mulf"(%a, %b) : (f32, f64) -> f32
  return
}

// -----

func.func @divf_types(%a: f32, %b: f64) {
  // expected-error@+1 {{requires the same type for all operands and results}}
  %0 = "arith.divf"(%a, %b) : (f32, f64) -> f32
  return
}

// -----

func.func @remf_types(%a: f32, %b: f64) {
  // expected-error@+1 {{requires the same type for all operands and results}}
  %0 = "arith.remf"(%a, %b) : (f32, f64) -> f32
  return
}

// -----

func.func @maximumf_types(%a: f32, %b: f64) {
  // expected-error@+1 {{requires the same type for all operands and results}}
  %0 = "arith.maximumf"(%a, %b) : (f32, f64) -> f32
  return
}

// -----

func.func @minimumf_types(%a: f32, %b: f64) {
  // expected-error@+1 {{requires the same type for all operands and results}}
  %0 = "arith.minimumf"(%a, %b) : (f32, f64) -> f32
  return
}

// -----

func.func @maxnumf_types(%a: f32, %b: f64) {
  // expected-error@+1 {{requires the same type for all operands and results}}
  %0 = "arith.maxnumf"(%a, %b) : (f32, f64) -> f32
  return
}

// -----

func.func @minnumf_types(%a: f32, %b: f64) {
  // expected-error@+1 {{requires the same type for all operands and results}}
  %0 = "arith.minnumf"(%a, %b) : (f32, f64) -> f32
  return
}

// -----

func.func @addi_kind(%a: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = "arith.addi"(%a, %a) : (f32, f32) -> f32
  return
}

// -----

func.func @subi_kind(%a: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = "arith.subi"(%a, %a) : (f32, f32) -> f32
  return
}

// -----

func.func @muli_kind(%a: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = "arith.muli"(%a, %a) : (f32, f32) -> f32
  return
}

// -----

func.func @shli_kind(%a: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = "arith.shli"(%a, %a) : (f32, f32) -> f32
  return
}

// -----

func.func @divsi_kind(%a: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = "arith.divsi"(%a, %a) : (f32, f32) -> f32
  return
}

// -----

func.func @divui_kind(%a: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = "arith.divui"(%a, %a) : (f32, f32) -> f32
  return
}

// -----

func.func @ceildivsi_kind(%a: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = "arith.ceildivsi"(%a, %a) : (f32, f32) -> f32
  return
}

// -----

func.func @ceildivui_kind(%a: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = "arith.ceildivui"(%a, %a) : (f32, f32) -> f32
  return
}

// -----

func.func @floordivsi_kind(%a: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = "arith.floordivsi"(%a, %a) : (f32, f32) -> f32
  return
}

// -----

func.func @remsi_kind(%a: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = "arith.remsi"(%a, %a) : (f32, f32) -> f32
  return
}

// -----

func.func @remui_kind(%a: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = "arith.remui"(%a, %a) : (f32, f32) -> f32
  return
}

// -----

func.func @andi_kind(%a: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = "arith.andi"(%a, %a) : (f32, f32) -> f32
  return
}

// -----

func.func @ori_kind(%a: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = "arith.ori"(%a, %a) : (f32, f32) -> f32
  return
}

// -----

func.func @xori_kind(%a: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = "arith.xori"(%a, %a) : (f32, f32) -> f32
  return
}

// -----

func.func @shrsi_kind(%a: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = "arith.shrsi"(%a, %a) : (f32, f32) -> f32
  return
}

// -----

func.func @shrui_kind(%a: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = "arith.shrui"(%a, %a) : (f32, f32) -> f32
  return
}

// -----

func.func @maxsi_kind(%a: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = "arith.maxsi"(%a, %a) : (f32, f32) -> f32
  return
}

// -----

func.func @minsi_kind(%a: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = "arith.minsi"(%a, %a) : (f32, f32) -> f32
  return
}

// -----

func.func @maxui_kind(%a: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = "arith.maxui"(%a, %a) : (f32, f32) -> f32
  return
}

// -----

func.func @minui_kind(%a: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = "arith.minui"(%a, %a) : (f32, f32) -> f32
  return
}

// -----

func.func @negf_kind(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = "arith.negf"(%i) : (i32) -> i32
  return
}

// -----

func.func @flags(%a: f32) {
  // expected-error@+1 {{attribute 'fastmath' failed to satisfy constraint}}
  %0 = arith.addf %a, %a fastmath<quick> : f32
  return
}

// -----

func.func @overflow(%i: i32) {
  // expected-error@+1 {{attribute 'overflowFlags' failed to satisfy constraint}}
  %0 = "arith.addi"(%i, %i) <{overflowFlags = 1 : i32}> : (i32, i32) -> i32
  return
}

// -----

func.func @constant_type() {
  // expected-error@+1 {{are incompatible with return type}}
  %0 = "arith.constant"() <{value = 1 : i32}> : () -> i64
  return
}

// -----

func.func @constant_without_value() {
  // expected-error@+1 {{requires attribute 'value'}}
  %0 = "arith.constant"() : () -> i32
  return
}

// -----

func.func @cmpf_predicate(%a: f32) {
  // expected-error@+1 {{has no predicate 'eq'}}
  %0 = arith.cmpf eq, %a, %a : f32
  return
}

// -----

func.func @cmpf_result(%a: f32) {
  // expected-error@+1 {{result #0 must be}}
  %0 = "arith.cmpf"(%a, %a) <{predicate = 1 : i64}> : (f32, f32) -> f32
  return
}

// -----

func.func @cmpi_predicate(%a: i32) {
  // expected-error@+1 {{attribute 'predicate' failed to satisfy constraint}}
  %0 = "arith.cmpi"(%a, %a) <{predicate = 10 : i64}> : (i32, i32) -> i1
  return
}

// -----

func.func @cmpi_types(%a: i32, %b: i64) {
  // expected-error@+1 {{requires all operands to have the same type}}
  %0 = "arith.cmpi"(%a, %b) <{predicate = 0 : i64}> : (i32, i64) -> i1
  return
}

// -----

func.func @select_condition(%a: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = "arith.select"(%a, %a, %a) : (i32, i32, i32) -> i32
  return
}

// -----

func.func @select_values(%c: i1, %a: i32, %b: i64) {
  // expected-error@+1 {{have same type}}
  %0 = "arith.select"(%c, %a, %b) : (i1, i32, i64) -> i32
  return
}

// -----

func.func @index_cast(%a: i32) {
  // expected-error@+1 {{cast incompatible}}
  %0 = arith.index_cast %a : i32 to i64
  return
}

// -----

func.func @index_castui(%a: index) {
  // expected-error@+1 {{cast incompatible}}
  %0 = arith.index_castui %a : index to index
  return
}

// -----

func.func @extsi(%a: i32) {
  // expected-error@+1 {{must be wider than operand type}}
  %0 = arith.extsi %a : i32 to i16
  return
}

// -----

func.func @extui(%a: i32) {
  // expected-error@+1 {{must be wider than operand type}}
  %0 = arith.extui %a : i32 to i32
  return
}

// -----

func.func @trunci(%a: i32) {
  // expected-error@+1 {{must be shorter than operand type}}
  %0 = arith.trunci %a : i32 to i64
  return
}

// -----

func.func @sitofp(%a: vector<4xi32>) {
  // expected-error@+1 {{all results must be non-scalar}}
  %0 = arith.sitofp %a : vector<4xi32> to f32
  return
}

// -----

func.func @uitofp(%a: vector<4xi32>) {
  // expected-error@+1 {{must have the same shape and base type}}
  %0 = arith.uitofp %a : vector<4xi32> to vector<2xf32>
  return
}

// -----

func.func @fptosi(%a: f32) {
  // expected-error@+1 {{result #0 must be}}
  %0 = arith.fptosi %a : f32 to index
  return
}

// -----

func.func @fptoui(%a: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = arith.fptoui %a : i32 to i32
  return
}

// -----

func.func @extf(%a: f64) {
  // expected-error@+1 {{must be wider than operand type}}
  %0 = arith.extf %a : f64 to f32
  return
}

// -----

func.func @truncf(%a: f32) {
  // expected-error@+1 {{must be shorter than operand type}}
  %0 = arith.truncf %a : f32 to f64
  return
}

// -----

func.func @truncf_mode(%a: f64) {
  // expected-error@+1 {{no rounding mode 'sideways'}}
  %0 = arith.truncf %a sideways : f64 to f32
  return
}

// -----

func.func @bitcast(%a: f32) {
  // expected-error@+1 {{cast incompatible}}
  %0 = arith.bitcast %a : f32 to i64
  return
}
