// Every operation round-trips through the custom and the generic form, and through upstream's own parser and verifier.
// RUN: coco-opt %s | coco-opt | FileCheck %s
// RUN: coco-opt %s --mlir-print-op-generic | coco-opt | FileCheck %s
// RUN: coco-opt %s --verify-roundtrip | FileCheck %s
// RUN: %if mlir-opt %{ coco-opt %s | mlir-opt-19 | coco-opt | FileCheck %s %}
// RUN: %if mlir-opt %{ coco-opt %s --mlir-print-op-generic | mlir-opt-19 --mlir-print-op-generic | coco-opt | FileCheck %s %}

// CHECK-LABEL: func.func @unary(
func.func @unary(%a: f32, %v: vector<4xf32>, %i: i32, %w: vector<4xi32>) {
  // CHECK: math.exp %{{[-_a-z0-9#]+}} : f32
  %exp = math.exp %a : f32
  // CHECK: math.exp2 %{{[-_a-z0-9#]+}} : f32
  %exp2 = math.exp2 %a : f32
  // CHECK: math.expm1 %{{[-_a-z0-9#]+}} : f32
  %expm1 = math.expm1 %a : f32
  // CHECK: math.log %{{[-_a-z0-9#]+}} : f32
  %log = math.log %a : f32
  // CHECK: math.log2 %{{[-_a-z0-9#]+}} : f32
  %log2 = math.log2 %a : f32
  // CHECK: math.log1p %{{[-_a-z0-9#]+}} : f32
  %log1p = math.log1p %a : f32
  // CHECK: math.tanh %{{[-_a-z0-9#]+}} : f32
  %tanh = math.tanh %a : f32
  // CHECK: math.erf %{{[-_a-z0-9#]+}} : f32
  %erf = math.erf %a : f32
  // CHECK: math.sqrt %{{[-_a-z0-9#]+}} : f32
  %sqrt = math.sqrt %a : f32
  // CHECK: math.rsqrt %{{[-_a-z0-9#]+}} : f32
  %rsqrt = math.rsqrt %a : f32
  // CHECK: math.absf %{{[-_a-z0-9#]+}} : f32
  %absf = math.absf %a : f32
  // CHECK: math.floor %{{[-_a-z0-9#]+}} : f32
  %floor = math.floor %a : f32
  // CHECK: math.ceil %{{[-_a-z0-9#]+}} : f32
  %ceil = math.ceil %a : f32
  // CHECK: math.round %{{[-_a-z0-9#]+}} : f32
  %round = math.round %a : f32
  // CHECK: math.roundeven %{{[-_a-z0-9#]+}} : f32
  %roundeven = math.roundeven %a : f32
  // CHECK: math.trunc %{{[-_a-z0-9#]+}} : f32
  %trunc = math.trunc %a : f32
  // CHECK: math.sin %{{[-_a-z0-9#]+}} : f32
  %sin = math.sin %a : f32
  // CHECK: math.cos %{{[-_a-z0-9#]+}} : f32
  %cos = math.cos %a : f32
  // CHECK: math.tan %{{[-_a-z0-9#]+}} : f32
  %tan = math.tan %a : f32
  // CHECK: math.atan %{{[-_a-z0-9#]+}} : f32
  %atan = math.atan %a : f32
  // CHECK: math.asin %{{[-_a-z0-9#]+}} : f32
  %asin = math.asin %a : f32
  // CHECK: math.acos %{{[-_a-z0-9#]+}} : f32
  %acos = math.acos %a : f32
  // CHECK: math.sinh %{{[-_a-z0-9#]+}} : f32
  %sinh = math.sinh %a : f32
  // CHECK: math.cosh %{{[-_a-z0-9#]+}} : f32
  %cosh = math.cosh %a : f32
  // CHECK: math.asinh %{{[-_a-z0-9#]+}} : f32
  %asinh = math.asinh %a : f32
  // CHECK: math.acosh %{{[-_a-z0-9#]+}} : f32
  %acosh = math.acosh %a : f32
  // CHECK: math.atanh %{{[-_a-z0-9#]+}} : f32
  %atanh = math.atanh %a : f32
  // CHECK: math.exp %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vexp = math.exp %v : vector<4xf32>
  // CHECK: math.exp2 %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vexp2 = math.exp2 %v : vector<4xf32>
  // CHECK: math.expm1 %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vexpm1 = math.expm1 %v : vector<4xf32>
  // CHECK: math.log %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vlog = math.log %v : vector<4xf32>
  // CHECK: math.log2 %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vlog2 = math.log2 %v : vector<4xf32>
  // CHECK: math.log1p %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vlog1p = math.log1p %v : vector<4xf32>
  // CHECK: math.tanh %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vtanh = math.tanh %v : vector<4xf32>
  // CHECK: math.erf %{{[-_a-z0-9#]+}} : vector<4xf32>
  %verf = math.erf %v : vector<4xf32>
  // CHECK: math.sqrt %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vsqrt = math.sqrt %v : vector<4xf32>
  // CHECK: math.rsqrt %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vrsqrt = math.rsqrt %v : vector<4xf32>
  // CHECK: math.absf %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vabsf = math.absf %v : vector<4xf32>
  // CHECK: math.floor %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vfloor = math.floor %v : vector<4xf32>
  // CHECK: math.ceil %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vceil = math.ceil %v : vector<4xf32>
  // CHECK: math.round %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vround = math.round %v : vector<4xf32>
  // CHECK: math.roundeven %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vroundeven = math.roundeven %v : vector<4xf32>
  // CHECK: math.trunc %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vtrunc = math.trunc %v : vector<4xf32>
  // CHECK: math.sin %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vsin = math.sin %v : vector<4xf32>
  // CHECK: math.cos %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vcos = math.cos %v : vector<4xf32>
  // CHECK: math.tan %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vtan = math.tan %v : vector<4xf32>
  // CHECK: math.atan %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vatan = math.atan %v : vector<4xf32>
  // CHECK: math.asin %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vasin = math.asin %v : vector<4xf32>
  // CHECK: math.acos %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vacos = math.acos %v : vector<4xf32>
  // CHECK: math.sinh %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vsinh = math.sinh %v : vector<4xf32>
  // CHECK: math.cosh %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vcosh = math.cosh %v : vector<4xf32>
  // CHECK: math.asinh %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vasinh = math.asinh %v : vector<4xf32>
  // CHECK: math.acosh %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vacosh = math.acosh %v : vector<4xf32>
  // CHECK: math.atanh %{{[-_a-z0-9#]+}} : vector<4xf32>
  %vatanh = math.atanh %v : vector<4xf32>
  // CHECK: math.absi %{{[-_a-z0-9#]+}} : i32
  %absi = math.absi %i : i32
  // CHECK: math.absi %{{[-_a-z0-9#]+}} : vector<4xi32>
  %vabsi = math.absi %w : vector<4xi32>
  // CHECK: math.exp %{{[-_a-z0-9#]+}} fastmath<afn> : f32
  %f = math.exp %a fastmath<afn> : f32
  return
}

// CHECK-LABEL: func.func @more(
func.func @more(%a: f32, %b: f32, %c: f32, %v: vector<4xf64>) {
  // CHECK: math.powf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %0 = math.powf %a, %b : f32
  // CHECK: math.copysign %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %1 = math.copysign %a, %b : f32
  // CHECK: math.fma %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %2 = math.fma %a, %b, %c : f32
  // CHECK: math.fma %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} fastmath<contract> : vector<4xf64>
  %3 = math.fma %v, %v, %v fastmath<contract> : vector<4xf64>
  // CHECK: math.powf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} fastmath<fast> : vector<4xf64>
  %4 = math.powf %v, %v fastmath<fast> : vector<4xf64>
  return
}
