/* Reference meaning of arith's float operations. Sums, differences, products and quotients of floats of up to
 * 32 bits are computed in double, which holds more than twice their digits: rounding twice gives the same as once. */
#include <math.h>

#include "dialects/arith/arith.h"
#include "dialects/arith/hooks.h"
#include "dialects/arith/lanes.h"

static double maximum(double a, double b) {
  if (isnan(a) || isnan(b)) return NAN;
  if (a == b) return signbit(a) ? b : a;
  return a > b ? a : b;
}
static double minimum(double a, double b) {
  if (isnan(a) || isnan(b)) return NAN;
  if (a == b) return signbit(a) ? a : b;
  return a < b ? a : b;
}

#define FLOATS(name, expression)                                                                                       \
  static const char *lane_##name(const coco_type *from, const coco_type *to, const coco_lane *in, coco_lane *out) {    \
    double a = in[0].real, b = in[1].real;                                                                             \
    (void)from, (void)to;                                                                                              \
    out->real = (expression);                                                                                          \
    return NULL;                                                                                                       \
  }                                                                                                                    \
  coco_status coco_arith_evaluate_##name(coco_evaluation *evaluation, const coco_operation *operation,                 \
                                         const coco_runtime_value *operands, coco_runtime_value *results) {            \
    return coco_evaluate_lanes(evaluation, operation, operands, results, lane_##name);                                 \
  }

FLOATS(addf, a + b)
FLOATS(subf, a - b)
FLOATS(mulf, a *b)
FLOATS(divf, a / b)
FLOATS(remf, fmod(a, b))
FLOATS(maximumf, maximum(a, b))
FLOATS(minimumf, minimum(a, b))
FLOATS(maxnumf, isnan(a) ? b : isnan(b) ? a : maximum(a, b))
FLOATS(minnumf, isnan(a) ? b : isnan(b) ? a : minimum(a, b))

static const char *lane_negf(const coco_type *from, const coco_type *to, const coco_lane *in, coco_lane *out) {
  (void)from, (void)to;
  out->real = -in[0].real;
  return NULL;
}

coco_status coco_arith_evaluate_negf(coco_evaluation *evaluation, const coco_operation *operation,
                                     const coco_runtime_value *operands, coco_runtime_value *results) {
  return coco_evaluate_lanes(evaluation, operation, operands, results, lane_negf);
}

coco_lane_function coco_arith_float_combiner(coco_string kind) {
  static const struct {
    const char *kind;
    coco_lane_function function;
  } table[] = {{"add", lane_addf},         {"mul", lane_mulf},         {"minnumf", lane_minnumf},
               {"maxnumf", lane_maxnumf}, {"minimumf", lane_minimumf}, {"maximumf", lane_maximumf}};
  for (size_t i = 0; i < sizeof table / sizeof *table; i++)
    if (coco_string_is(kind, table[i].kind)) return table[i].function;
  return NULL;
}
