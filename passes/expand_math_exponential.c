/* Expansions of functions made of exponentials: exp, exp2, expm1, tanh, erf.
 *
 * Coefficients: least squares on 3000 Chebyshev nodes in double, reweighted until the error levels out (Lawson), with the relative
 * error of the whole function as the weight; coefficients are rounded to f32 one by one from the constant on, and the
 * rest is fitted again after each. The error bound of a function, over all its arguments, stands beside it; 1 ULP is
 * the distance of neighbouring floats at the true value.
 *
 * In a call at most one argument builds operations: C leaves the order of arguments open, and the IR must not depend on it. */
#include "passes/expand_math.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { MINUS_LN2_HIGH, MINUS_LN2_LOW };
/* -ln 2 as a sum of two floats. */
static const double minus_ln2[] = {-0x1.62e430p-1, 0x1.05c610p-29};
static const double log2_of_e = 0x1.715476p+0;

/* x = n ln 2 + r: r for a whole n. */
static coco_value *reduce(coco_expansion *e, coco_value *x, coco_value *n) {
  coco_value *r = coco_expand_fma(e, n, coco_expand_f32(e, minus_ln2[MINUS_LN2_HIGH]), x);
  return coco_expand_fma(e, n, coco_expand_f32(e, minus_ln2[MINUS_LN2_LOW]), r);
}

/* exp(r) = 1 + r + r^2 q(r), |r| <= ln 2 / 2; the fit is off by 2^-28 of the result. */
static coco_value *exp_of_rest(coco_expansion *e, coco_value *r) {
  static const double q[] = {0x1.fffffcp-2, 0x1.555492p-3, 0x1.5558b8p-5, 0x1.1239b0p-7, 0x1.6a4530p-10};
  coco_value *square = coco_expand_multiply(e, r, r);
  coco_value *rest = coco_expand_fma(e, square, coco_expand_polynomial(e, r, q, COUNT(q)), r);
  return coco_expand_add(e, coco_expand_f32(e, 1), rest);
}

/* p 2^n in two steps, each factor a normal number: only the last rounds, to a subnormal or to infinity. */
static coco_value *scale(coco_expansion *e, coco_value *p, coco_value *n) {
  coco_value *half = coco_expand_by(e, &coco_arith_shrsi, n, 1);
  coco_value *rest = coco_build_binary(&e->builder, &coco_arith_subi, n, half);
  coco_value *scaled = coco_expand_multiply(e, p, coco_expand_power_of_two(e, half));
  return coco_expand_multiply(e, scaled, coco_expand_power_of_two(e, rest));
}

/* exp(x) where the result and 2^n are normal numbers. */
static coco_value *exp_inside(coco_expansion *e, coco_value *x) {
  coco_value *n, *integer;
  coco_expand_nearest(e, x, log2_of_e, &n, &integer);
  coco_value *power = exp_of_rest(e, reduce(e, x, n));
  return coco_expand_multiply(e, power, coco_expand_power_of_two(e, integer));
}

/* exp(x) = 2^n exp(r), n = round(x / ln 2), r = x - n ln 2. */
coco_value *coco_expand_exp(coco_expansion *e, coco_value *const *operands) {
  coco_value *x = coco_expand_clamp(e, operands[0], -104, 89), *n, *integer;
  coco_expand_nearest(e, x, log2_of_e, &n, &integer);
  return scale(e, exp_of_rest(e, reduce(e, x, n)), integer);
}

/* exp2(x) = 2^n (1 + f q(f)), n = round(x), f = x - n; the fit is off by 2^-28. */
coco_value *coco_expand_exp2(coco_expansion *e, coco_value *const *operands) {
  static const double q[] = {0x1.62e430p-1, 0x1.ebfbdcp-3, 0x1.c6af7ap-5, 0x1.3b2ddap-7, 0x1.5f0976p-10, 0x1.417292p-13};
  coco_value *x = coco_expand_clamp(e, operands[0], -151, 129), *n, *integer;
  coco_expand_nearest(e, x, 1, &n, &integer);
  coco_value *f = coco_expand_subtract(e, x, n);
  coco_value *series = coco_expand_polynomial(e, f, q, COUNT(q));
  return scale(e, coco_expand_fma(e, f, series, coco_expand_f32(e, 1)), integer);
}

/* expm1(x) = 2^n q + (2^n - 1), q = r + r^2 p(r) = expm1(r), x = n ln 2 + r; |x| < 0.6: n = 0, so that nothing cancels. With 2^(n-1)
 * for 2^n and a doubling at the end nothing overflows too early. The fit is off by 2^-30. */
coco_value *coco_expand_expm1(coco_expansion *e, coco_value *const *operands) {
  static const double p[] = {0x1.000000p-1, 0x1.555558p-3, 0x1.555558p-5, 0x1.110df6p-7, 0x1.6c12b4p-10, 0x1.a400aap-13, 0x1.a3f112p-16};
  coco_value *x = coco_expand_clamp(e, operands[0], -20, 89), *n, *integer;
  coco_value *small = coco_expand_compare_to(e, COCO_CMPF_OLT, coco_build_unary(&e->builder, &coco_math_absf, x), 0.6);
  coco_expand_nearest(e, x, log2_of_e, &n, &integer);
  coco_value *r = coco_expand_select(e, small, x, reduce(e, x, n));
  coco_value *square = coco_expand_multiply(e, r, r);
  coco_value *q = coco_expand_fma(e, square, coco_expand_polynomial(e, r, p, COUNT(p)), r);
  coco_value *half = coco_expand_power_of_two(e, coco_expand_by(e, &coco_arith_subi, integer, 1));
  coco_value *sum = coco_expand_fma(e, half, q, coco_expand_subtract(e, half, coco_expand_f32(e, 0.5)));
  coco_value *result = coco_expand_select(e, small, q, coco_expand_add(e, sum, sum));
  return coco_build_binary(&e->builder, &coco_math_copysign, result, operands[0]);
}

/* With t = |x|: tanh(t) = t + t s q(s), s = t^2, below 0.6 (the fit is off by 2^-27), else 1 - 2 / (exp(2 t) + 1). */
coco_value *coco_expand_tanh(coco_expansion *e, coco_value *const *operands) {
  static const double q[] = {-0x1.555534p-2, 0x1.110760p-3, -0x1.b84340p-5, 0x1.52509ep-6, -0x1.76922ap-8};
  coco_value *t = coco_expand_clamp(e, coco_build_unary(&e->builder, &coco_math_absf, operands[0]), 0, 9.5);
  coco_value *s = coco_expand_multiply(e, t, t), *cube = coco_expand_multiply(e, t, s), *one = coco_expand_f32(e, 1), *two = coco_expand_f32(e, 2);
  coco_value *near = coco_expand_fma(e, cube, coco_expand_polynomial(e, s, q, COUNT(q)), t);
  coco_value *power = exp_inside(e, coco_expand_add(e, t, t));
  coco_value *far = coco_expand_subtract(e, one, coco_expand_divide(e, two, coco_expand_add(e, power, one)));
  coco_value *result = coco_expand_select(e, coco_expand_compare_to(e, COCO_CMPF_OLT, t, 0.6), near, far);
  return coco_build_binary(&e->builder, &coco_math_copysign, result, operands[0]);
}

/* With t = |x|: erf(t) = t + t q(t^2) below 0.92 (the fit is off by 2^-29), else 1 - exp(-t p(t)), where t p(t) = -ln erfc(t), until 3.95,
 * from where on the nearest float is 1. */
coco_value *coco_expand_erf(coco_expansion *e, coco_value *const *operands) {
  static const double q[] = {0x1.06eba8p-3, -0x1.812740p-2, 0x1.ce2d60p-4, -0x1.b80076p-6, 0x1.5441cep-8, -0x1.a5b066p-11, 0x1.4e11b6p-14};
  static const double p[] = {0x1.20ee5cp+0, 0x1.4538aep-1, 0x1.b2d3bep-4, -0x1.8435b2p-6, 0x1.d9340ap-9, -0x1.4a1ef4p-12, 0x1.5df090p-17};
  coco_value *t = coco_expand_clamp(e, coco_build_unary(&e->builder, &coco_math_absf, operands[0]), 0, 3.95);
  coco_value *near = coco_expand_fma(e, t, coco_expand_polynomial(e, coco_expand_multiply(e, t, t), q, COUNT(q)), t);
  coco_value *negated = coco_build_unary(&e->builder, &coco_arith_negf, t), *one = coco_expand_f32(e, 1);
  coco_value *exponent = coco_expand_multiply(e, negated, coco_expand_polynomial(e, t, p, COUNT(p)));
  coco_value *far = coco_expand_subtract(e, one, exp_inside(e, exponent));
  coco_value *result = coco_expand_select(e, coco_expand_compare_to(e, COCO_CMPF_OLT, t, 0.92), near, far);
  return coco_build_binary(&e->builder, &coco_math_copysign, result, operands[0]);
}
