// RUN: coco-opt %s --split-input-file --verify-diagnostics

func.func @exp(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.exp %i : i32
  return
}

// -----

func.func @exp2(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.exp2 %i : i32
  return
}

// -----

func.func @expm1(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.expm1 %i : i32
  return
}

// -----

func.func @log(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.log %i : i32
  return
}

// -----

func.func @log2(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.log2 %i : i32
  return
}

// -----

func.func @log1p(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.log1p %i : i32
  return
}

// -----

func.func @tanh(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.tanh %i : i32
  return
}

// -----

func.func @erf(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.erf %i : i32
  return
}

// -----

func.func @sqrt(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.sqrt %i : i32
  return
}

// -----

func.func @rsqrt(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.rsqrt %i : i32
  return
}

// -----

func.func @absf(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.absf %i : i32
  return
}

// -----

func.func @floor(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.floor %i : i32
  return
}

// -----

func.func @ceil(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.ceil %i : i32
  return
}

// -----

func.func @round(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.round %i : i32
  return
}

// -----

func.func @roundeven(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.roundeven %i : i32
  return
}

// -----

func.func @trunc(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.trunc %i : i32
  return
}

// -----

func.func @sin(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.sin %i : i32
  return
}

// -----

func.func @cos(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.cos %i : i32
  return
}

// -----

func.func @tan(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.tan %i : i32
  return
}

// -----

func.func @atan(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.atan %i : i32
  return
}

// -----

func.func @absi(%a: f32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.absi %a : f32
  return
}

// -----

func.func @powf(%a: f32, %b: f64) {
  // expected-error@+1 {{requires the same type for all operands and results}}
  %0 = "math.powf"(%a, %b) : (f32, f64) -> f32
  return
}

// -----

func.func @copysign(%a: f32) {
  // expected-error@+1 {{expected 2 operands}}
  %0 = math.copysign %a : f32
  return
}

// -----

func.func @fma(%a: f32) {
  // expected-error@+1 {{expected 3 operands}}
  %0 = "math.fma"(%a, %a) : (f32, f32) -> f32
  return
}

// -----

func.func @asin(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.asin %i : i32
  return
}

// -----

func.func @acos(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.acos %i : i32
  return
}

// -----

func.func @sinh(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.sinh %i : i32
  return
}

// -----

func.func @cosh(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.cosh %i : i32
  return
}

// -----

func.func @asinh(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.asinh %i : i32
  return
}

// -----

func.func @acosh(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.acosh %i : i32
  return
}

// -----

func.func @atanh(%i: i32) {
  // expected-error@+1 {{operand #0 must be}}
  %0 = math.atanh %i : i32
  return
}
