/* Reference meaning of math: computed in double and rounded once to the type, so that results of f32 and less
 * are the nearest numbers but for very rare ties, and do not depend on a library's float functions. */
#include <math.h>

#include "dialects/math/math.h"
#include "dialects/math/hooks.h"
#include "ir/evaluate_lanes.h"

#define FUNCTION(name, expression)                                                                                     \
  static const char *lane_##name(const coco_type *from, const coco_type *to, const coco_lane *in, coco_lane *out) {    \
    double x = in[0].real;                                                                                             \
    (void)from, (void)to;                                                                                              \
    out->real = (expression);                                                                                          \
    return NULL;                                                                                                       \
  }                                                                                                                    \
  HOOK(name)
#define HOOK(name)                                                                                                     \
  coco_status coco_math_evaluate_##name(coco_evaluation *evaluation, const coco_operation *operation,                  \
                                        const coco_runtime_value *operands, coco_runtime_value *results) {             \
    return coco_evaluate_lanes(evaluation, operation, operands, results, lane_##name);                                 \
  }

/* The nearest integer, halves to the even one, whatever the rounding mode. */
static double round_even(double x) {
  double rounded = round(x);
  return fabs(x - trunc(x)) == 0.5 ? 2 * round(x / 2) : rounded;
}

FUNCTION(exp, exp(x))
FUNCTION(exp2, exp2(x))
FUNCTION(expm1, expm1(x))
FUNCTION(log, log(x))
FUNCTION(log2, log2(x))
FUNCTION(log1p, log1p(x))
FUNCTION(tanh, tanh(x))
FUNCTION(erf, erf(x))
FUNCTION(sqrt, sqrt(x))
FUNCTION(rsqrt, 1 / sqrt(x))
FUNCTION(absf, fabs(x))
FUNCTION(floor, floor(x))
FUNCTION(ceil, ceil(x))
FUNCTION(round, round(x))
FUNCTION(roundeven, copysign(round_even(x), x))
FUNCTION(trunc, trunc(x))
FUNCTION(sin, sin(x))
FUNCTION(cos, cos(x))
FUNCTION(tan, tan(x))
FUNCTION(atan, atan(x))
FUNCTION(asin, asin(x))
FUNCTION(acos, acos(x))
FUNCTION(sinh, sinh(x))
FUNCTION(cosh, cosh(x))
FUNCTION(asinh, asinh(x))
FUNCTION(acosh, acosh(x))
FUNCTION(atanh, atanh(x))
FUNCTION(powf, pow(x, in[1].real))
FUNCTION(copysign, copysign(x, in[1].real))

static const char *lane_absi(const coco_type *from, const coco_type *to, const coco_lane *in, coco_lane *out) {
  (void)from, (void)to;
  int64_t value = in[0].integer;
  out->integer = value < 0 ? (int64_t)(UINT64_C(0) - (uint64_t)value) : value;
  return NULL;
}
HOOK(absi)

static const char *lane_fma(const coco_type *from, const coco_type *to, const coco_lane *in, coco_lane *out) {
  (void)from;
  out->real = coco_lane_fma(to, in[0].real, in[1].real, in[2].real);
  return NULL;
}
HOOK(fma)
