/* Expansions of functions made of logarithms: log, log2, log1p, powf. For coefficients and error bounds see
 * expand_math_exponential.c; those of powf are fitted and kept in f64. */
#include <math.h>

#include "passes/expand_math.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* x = 2^n m, sqrt(1/2) <= m < sqrt(2), for positive x, subnormal ones too. */
typedef struct split {
  coco_value *n; /* an i32 */
  coco_value *m;
} split;

static split split_float(coco_expansion *e, coco_value *x) {
  coco_value *tiny = coco_expand_compare_to(e, COCO_CMPF_OLT, x, 0x1p-126);
  x = coco_expand_select(e, tiny, coco_expand_multiply(e, x, coco_expand_f32(e, 0x1p24)), x);
  coco_value *bits = coco_expand_bits(e, x, e->i32);
  coco_value *n = coco_expand_by(e, &coco_arith_shrsi, coco_expand_by(e, &coco_arith_subi, bits, 0x3f3504f3), 23);
  coco_value *shifted = coco_expand_by(e, &coco_arith_shli, n, 23);
  coco_value *m = coco_expand_bits(e, coco_build_binary(&e->builder, &coco_arith_subi, bits, shifted), e->f32);
  coco_value *lift = coco_expand_integer(e, e->i32, 24), *none = coco_expand_integer(e, e->i32, 0);
  coco_value *lifted = coco_expand_select(e, tiny, lift, none);
  return (split){coco_build_binary(&e->builder, &coco_arith_subi, n, lifted), m};
}

/* RESULT where x > POLE and finite; x at +infinity, -infinity at POLE, NaN below and for NaN. */
static coco_value *guard(coco_expansion *e, coco_value *x, double pole, coco_value *result) {
  result = coco_expand_select(e, coco_expand_compare_to(e, COCO_CMPF_OLT, x, INFINITY), result, x);
  coco_value *infinity = coco_expand_f32(e, -INFINITY), *undefined = coco_expand_f32(e, NAN);
  coco_value *outside = coco_expand_select(e, coco_expand_compare_to(e, COCO_CMPF_OEQ, x, pole), infinity, undefined);
  return coco_expand_select(e, coco_expand_compare_to(e, COCO_CMPF_OGT, x, pole), result, outside);
}

/* log(2^n (1 + f)) = n ln 2 + f + f^2 q(f), ln 2 as a sum of two floats; the fit is off by 2^-27. */
static coco_value *log_of_parts(coco_expansion *e, coco_value *n, coco_value *f) {
  static const double q[] = {-0x1.fffff8p-2, 0x1.555550p-2, -0x1.000432p-2, 0x1.99a3e0p-3, -0x1.542574p-3,
                             0x1.227406p-3,  -0x1.0f4a04p-3, 0x1.083956p-3, -0x1.37a944p-4};
  coco_value *whole = coco_expand_cast(e, &coco_arith_sitofp, n, e->f32);
  coco_value *low = coco_expand_multiply(e, whole, coco_expand_f32(e, -0x1.05c610p-29)), *square = coco_expand_multiply(e, f, f);
  coco_value *tail = coco_expand_fma(e, square, coco_expand_polynomial(e, f, q, COUNT(q)), low);
  coco_value *ln2 = coco_expand_f32(e, 0x1.62e430p-1);
  return coco_expand_fma(e, whole, ln2, coco_expand_add(e, f, tail));
}

/* log(x) = log(2^n (1 + f)), f = m - 1, which is exact. */
coco_value *coco_expand_log(coco_expansion *e, coco_value *const *operands) {
  split x = split_float(e, operands[0]);
  coco_value *f = coco_expand_subtract(e, x.m, coco_expand_f32(e, 1));
  return guard(e, operands[0], 0, log_of_parts(e, x.n, f));
}

/* log2(2^n (1 + f)) = n + f + f q(f); the fit is off by 2^-27. */
coco_value *coco_expand_log2(coco_expansion *e, coco_value *const *operands) {
  static const double q[] = {0x1.c551dap-2, -0x1.715476p-1, 0x1.ec702cp-2, -0x1.715706p-2, 0x1.278a50p-2,
                             -0x1.eb5bcep-3, 0x1.a2357ep-3, -0x1.8223f6p-3, 0x1.7e9554p-3, -0x1.da0006p-4};
  split x = split_float(e, operands[0]);
  coco_value *f = coco_expand_subtract(e, x.m, coco_expand_f32(e, 1));
  coco_value *fraction = coco_expand_fma(e, f, coco_expand_polynomial(e, f, q, COUNT(q)), f);
  return guard(e, operands[0], 0, coco_expand_add(e, coco_expand_cast(e, &coco_arith_sitofp, x.n, e->f32), fraction));
}

/* With u = 1 + x rounded and c = 1 + x - u, what the rounding lost: log1p(x) = log(u + c) = log(2^n (m + c / 2^n)), u = 2^n m. So
 * f = m - 1 + c / 2^n, which is x where n is 0. The sign is that of x, also of zeros. */
coco_value *coco_expand_log1p(coco_expansion *e, coco_value *const *operands) {
  coco_value *x = operands[0], *one = coco_expand_f32(e, 1);
  coco_value *u = coco_expand_add(e, one, x);
  coco_value *large = coco_expand_compare(e, COCO_CMPF_OGT, x, one);
  coco_value *kept = coco_expand_subtract(e, u, coco_expand_select(e, large, x, one));
  coco_value *lost = coco_expand_subtract(e, coco_expand_select(e, large, one, x), kept);
  split parts = split_float(e, u);
  coco_value *exponent = coco_build_binary(&e->builder, &coco_arith_subi, coco_expand_integer(e, e->i32, 0), parts.n);
  exponent = coco_expand_by(e, &coco_arith_maxsi, exponent, -127); /* n = 128 near the largest float, where nothing is lost */
  coco_value *exact = coco_expand_subtract(e, parts.m, one);
  coco_value *f = coco_expand_fma(e, lost, coco_expand_power_of_two(e, exponent), exact);
  coco_value *result = guard(e, x, -1, log_of_parts(e, parts.n, f));
  return coco_build_binary(&e->builder, &coco_math_copysign, result, x);
}

/* log2(x) in f64 for x >= 0: n + s p(s^2), s = f / (2 + f), f = m - 1; off by 2^-48 of the fraction. Infinity and NaN stay. */
static coco_value *log2_wide(coco_expansion *e, coco_value *x) {
  static const double p[] = {0x1.71547652b8300p+1, 0x1.ec709dc39b773p-1, 0x1.2776c51836c94p-1, 0x1.a61754cd43913p-2,
                             0x1.48501525daf95p-2, 0x1.0babb6758a3a1p-2, 0x1.f28eb5c97991dp-3};
  split parts = split_float(e, x);
  coco_value *m = coco_expand_cast(e, &coco_arith_extf, parts.m, e->f64), *one = coco_expand_real(e, e->f64, 1);
  coco_value *sum = coco_expand_add(e, m, one);
  coco_value *s = coco_expand_divide(e, coco_expand_subtract(e, m, one), sum);
  coco_value *series = coco_expand_polynomial(e, coco_expand_multiply(e, s, s), p, COUNT(p));
  coco_value *result = coco_expand_fma(e, s, series, coco_expand_cast(e, &coco_arith_sitofp, parts.n, e->f64));
  coco_value *wide = coco_expand_cast(e, &coco_arith_extf, x, e->f64), *pole = coco_expand_real(e, e->f64, -INFINITY);
  result = coco_expand_select(e, coco_expand_compare_to(e, COCO_CMPF_OLT, x, INFINITY), result, wide);
  return coco_expand_select(e, coco_expand_compare_to(e, COCO_CMPF_OEQ, x, 0), pole, result);
}

/* 2^t in f64, rounded to f32: 2^n p(f), n = round(t), f = t - n; off by 2^-34. n is added to the exponent. */
static coco_value *exp2_wide(coco_expansion *e, coco_value *t) {
  static const double p[] = {0x1.ffffffffa6e82p-1, 0x1.62e42fef6cc82p-1, 0x1.ebfbe0aa42283p-3, 0x1.c6b08e070c774p-5,
                             0x1.3b29d88866988p-7, 0x1.5d87159656c69p-10, 0x1.446ca1c65059fp-13, 0x1.00f7c27a612fbp-16};
  coco_value *n, *integer;
  coco_value *bounded = coco_expand_clamp(e, t, -200, 200);
  coco_expand_nearest(e, bounded, 1, &n, &integer);
  coco_value *power = coco_expand_polynomial(e, coco_expand_subtract(e, bounded, n), p, COUNT(p));
  coco_value *biased = coco_expand_by(e, &coco_arith_addi, integer, 1023);
  coco_value *factor = coco_expand_bits(e, coco_expand_by(e, &coco_arith_shli, biased, 52), e->f64);
  return coco_expand_cast(e, &coco_arith_truncf, coco_expand_multiply(e, power, factor), e->f32);
}

static coco_value *both(coco_expansion *e, coco_value *a, coco_value *b) { return coco_build_binary(&e->builder, &coco_arith_andi, a, b); }

/* pow(x, y) = ± 2^(y log2 |x|) in f64, since an error of the exponent, up to 150, becomes one of the result. Minus: x is negative and
 * y odd. NaN: x is negative and finite, and y is not whole. 1: y is 0, x is 1, or x is -1 and y not NaN. */
coco_value *coco_expand_powf(coco_expansion *e, coco_value *const *operands) {
  coco_value *x = operands[0], *y = operands[1], *magnitude = coco_build_unary(&e->builder, &coco_math_absf, x), *one = coco_expand_f32(e, 1);
  coco_value *wide = coco_expand_cast(e, &coco_arith_extf, y, e->f64), *exponent = coco_expand_multiply(e, wide, log2_wide(e, magnitude));
  coco_value *at_one = coco_expand_compare(e, COCO_CMPF_OEQ, magnitude, one);
  coco_value *unit = both(e, at_one, coco_expand_compare(e, COCO_CMPF_ORD, y, y));
  coco_value *result = coco_expand_select(e, unit, one, exp2_wide(e, exponent));

  coco_value *whole = coco_expand_compare(e, COCO_CMPF_UEQ, coco_build_unary(&e->builder, &coco_math_floor, y), y);
  coco_value *half = coco_expand_multiply(e, y, coco_expand_f32(e, 0.5));
  coco_value *halves = coco_expand_compare(e, COCO_CMPF_ONE, coco_build_unary(&e->builder, &coco_math_floor, half), half);
  coco_value *odd = both(e, whole, halves);
  result = coco_expand_select(e, odd, coco_build_binary(&e->builder, &coco_math_copysign, result, x), result);

  coco_value *finite = coco_expand_compare_to(e, COCO_CMPF_OGT, x, -INFINITY);
  coco_value *negative = both(e, finite, coco_expand_compare_to(e, COCO_CMPF_OLT, x, 0));
  coco_value *defined = coco_expand_select(e, whole, result, coco_expand_f32(e, NAN));
  result = coco_expand_select(e, negative, defined, result);
  result = coco_expand_select(e, coco_expand_compare_to(e, COCO_CMPF_OEQ, y, 0), one, result);
  return coco_expand_select(e, coco_expand_compare(e, COCO_CMPF_OEQ, x, one), one, result);
}
