// Results are the nearest numbers of their type.
// RUN: coco-opt %s --interpret=all | FileCheck %s
// RUN: coco-opt %s --canonicalize --interpret=all | FileCheck %s

// CHECK: @exponentials = 2.71828175 : f32, 8.000000e+00 : f32, 1.71828187 : f32, 0.99999994 : f32, 3.000000e+00 : f32, 0.693147182 : f32
func.func @exponentials() -> (f32, f32, f32, f32, f32, f32) {
  %1 = arith.constant 1.0 : f32
  %3 = arith.constant 3.0 : f32
  %8 = arith.constant 8.0 : f32
  %a = math.exp %1 : f32
  %b = math.exp2 %3 : f32
  %c = math.expm1 %1 : f32
  %d = math.log %a : f32
  %e = math.log2 %8 : f32
  %f = math.log1p %1 : f32
  return %a, %b, %c, %d, %e, %f : f32, f32, f32, f32, f32, f32
}

// CHECK: @others = 0.761594176 : f32, 0.842700779 : f32, 5.000000e-01 : f32, 2.560000e+02 : f32, -3.000000e+00 : f32
func.func @others() -> (f32, f32, f32, f32, f32) {
  %1 = arith.constant 1.0 : f32
  %4 = arith.constant 4.0 : f32
  %m3 = arith.constant -3.0 : f32
  %a = math.tanh %1 : f32
  %b = math.erf %1 : f32
  %c = math.rsqrt %4 : f32
  %d = math.powf %4, %4 : f32
  %e = math.copysign %m3, %m3 : f32
  return %a, %b, %c, %d, %e : f32, f32, f32, f32, f32
}

// CHECK: @angles = 0.841470957 : f32, 0.540302277 : f32, 1.55740774 : f32, 0.785398185 : f32
func.func @angles() -> (f32, f32, f32, f32) {
  %1 = arith.constant 1.0 : f32
  %a = math.sin %1 : f32
  %b = math.cos %1 : f32
  %c = math.tan %1 : f32
  %d = math.atan %1 : f32
  return %a, %b, %c, %d : f32, f32, f32, f32
}

// CHECK: @integers = dense<[-3.000000e+00, 2.000000e+00]> : vector<2xf32>
// CHECK-SAME: dense<[-2.000000e+00, 3.000000e+00]> : vector<2xf32>
// CHECK-SAME: dense<[-3.000000e+00, 3.000000e+00]> : vector<2xf32>
// CHECK-SAME: dense<[-2.000000e+00, 2.000000e+00]> : vector<2xf32>
// CHECK-SAME: dense<[-2.000000e+00, 2.000000e+00]> : vector<2xf32>
// CHECK-SAME: dense<2.500000e+00> : vector<2xf32>
func.func @integers() -> (vector<2xf32>, vector<2xf32>, vector<2xf32>, vector<2xf32>, vector<2xf32>, vector<2xf32>) {
  %v = arith.constant dense<[-2.5, 2.5]> : vector<2xf32>
  %a = math.floor %v : vector<2xf32>
  %b = math.ceil %v : vector<2xf32>
  %c = math.round %v : vector<2xf32>
  %d = math.roundeven %v : vector<2xf32>
  %e = math.trunc %v : vector<2xf32>
  %f = math.absf %v : vector<2xf32>
  return %a, %b, %c, %d, %e, %f : vector<2xf32>, vector<2xf32>, vector<2xf32>, vector<2xf32>, vector<2xf32>, vector<2xf32>
}

// (1 + 2^-12)^2 - (1 + 2^-11) = 2^-24 when rounded once, and 0 when the product is rounded too.
// CHECK: @fused = 5.96046448E-8 : f32, 0.000000e+00 : f32
func.func @fused() -> (f32, f32) {
  %x = arith.constant 1.000244140625 : f32
  %y = arith.constant -1.00048828125 : f32
  %0 = math.fma %x, %x, %y : f32
  %p = arith.mulf %x, %x : f32
  %1 = arith.addf %p, %y : f32
  return %0, %1 : f32, f32
}
