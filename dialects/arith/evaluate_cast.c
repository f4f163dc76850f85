/* Reference meaning of arith's casts. */
#include <math.h>

#include "dialects/arith/arith.h"
#include "dialects/arith/hooks.h"
#include "dialects/arith/predicates.h"
#include "ir/evaluate_lanes.h"


static uint64_t as_unsigned(const coco_type *type, int64_t value) {
  unsigned width = coco_type_bits(type);
  return width >= 64 ? (uint64_t)value : (uint64_t)value & ((UINT64_C(1) << width) - 1);
}
static int64_t as_signed(const coco_type *type, int64_t value) { return coco_type_bits(type) == 1 ? -(value & 1) : value; }

/* The closest integer towards zero within [LOW, HIGH], both exact or just outside as doubles. */
static int64_t to_signed(double value, unsigned width) {
  if (isnan(value)) return 0;
  double limit = ldexp(1.0, (int)width - 1);
  if (value >= limit) return (int64_t)((UINT64_C(1) << (width - 1)) - 1);
  if (value < -limit) return -(int64_t)((UINT64_C(1) << (width - 1)) - 1) - 1;
  return (int64_t)value;
}
static uint64_t to_unsigned(double value, unsigned width) {
  if (isnan(value) || value <= 0) return 0;
  if (value >= ldexp(1.0, (int)width)) return width >= 64 ? UINT64_MAX : (UINT64_C(1) << width) - 1;
  return (uint64_t)value;
}

/* The double nearest to an integer, made so that a second rounding to f32 or less cannot change the result:
 * bits that a double cannot hold are folded into its last one (round to odd). */
static double exact_enough(uint64_t magnitude, const coco_type *to) {
  if (to->width >= 64 || magnitude < UINT64_C(1) << 53) return (double)magnitude;
  unsigned shift = 0;
  while (magnitude >> shift >= UINT64_C(1) << 53) shift++;
  uint64_t kept = magnitude >> shift, lost = magnitude & ((UINT64_C(1) << shift) - 1);
  return ldexp((double)(kept | (lost != 0)), (int)shift);
}

static double from_signed(int64_t value, const coco_type *to) {
  return value < 0 ? -exact_enough(UINT64_C(0) - (uint64_t)value, to) : exact_enough((uint64_t)value, to);
}

#define CAST(name, statement)                                                                                          \
  static const char *lane_##name(const coco_type *from, const coco_type *to, const coco_lane *in, coco_lane *out) {    \
    (void)from, (void)to;                                                                                              \
    statement;                                                                                                         \
    return NULL;                                                                                                       \
  }                                                                                                                    \
  coco_status coco_arith_evaluate_##name(coco_evaluation *evaluation, const coco_operation *operation,                 \
                                         const coco_runtime_value *operands, coco_runtime_value *results) {            \
    return coco_evaluate_lanes(evaluation, operation, operands, results, lane_##name);                                 \
  }

CAST(index_cast, out->integer = as_signed(from, in[0].integer))
CAST(index_castui, out->integer = (int64_t)as_unsigned(from, in[0].integer))
CAST(extsi, out->integer = as_signed(from, in[0].integer))
CAST(extui, out->integer = (int64_t)as_unsigned(from, in[0].integer))
CAST(trunci, out->integer = in[0].integer)
CAST(sitofp, out->real = from_signed(as_signed(from, in[0].integer), to))
CAST(uitofp, out->real = exact_enough(as_unsigned(from, in[0].integer), to))
CAST(fptosi, out->integer = to_signed(in[0].real, coco_type_bits(to)))
CAST(fptoui, out->integer = (int64_t)to_unsigned(in[0].real, coco_type_bits(to)))
CAST(extf, out->real = in[0].real)

/* ---- bitcast: through the bytes of one element ---- */

CAST(bitcast, {
  uint8_t bytes[8] = {0};
  coco_lane_write(from, bytes, in[0]);
  *out = coco_lane_read(to, bytes);
})

/* ---- truncf ---- */

/* VALUE as a number of FORMAT, rounded as MODE says, given what rounding to nearest gives. */
static double round_directed(coco_float_format format, double value, double nearest, int64_t mode) {
  if (nearest == value || isnan(value) || isinf(value)) return nearest;
  bool up = mode == COCO_ROUND_UPWARD || (mode == COCO_ROUND_TOWARD_ZERO && value < 0);
  if (mode == COCO_ROUND_NEAREST_AWAY) {
    double other = 2 * value - nearest; /* a tie's other neighbour */
    return coco_round_to_format(format, other) == other && fabs(other) > fabs(nearest) ? other : nearest;
  }
  if (up ? nearest > value : nearest < value) return nearest;
  /* The neighbour on the other side: go a little further until rounding gives it. */
  for (double step = fabs(value - nearest), at = value; step > 0; step *= 2) {
    at = up ? value + step : value - step;
    double rounded = coco_round_to_format(format, at);
    if (up ? rounded > value : rounded < value) return rounded;
  }
  return nearest;
}

#define ROUNDING(name, mode)                                                                                           \
  static const char *truncf_##name(const coco_type *from, const coco_type *to, const coco_lane *in, coco_lane *out) {  \
    (void)from;                                                                                                        \
    out->real = round_directed(to->format, in[0].real, coco_round_to_format(to->format, in[0].real), mode);            \
    return NULL;                                                                                                       \
  }
ROUNDING(downward, COCO_ROUND_DOWNWARD)
ROUNDING(upward, COCO_ROUND_UPWARD)
ROUNDING(toward_zero, COCO_ROUND_TOWARD_ZERO)
ROUNDING(nearest_away, COCO_ROUND_NEAREST_AWAY)

coco_status coco_arith_evaluate_truncf(coco_evaluation *evaluation, const coco_operation *operation,
                                       const coco_runtime_value *operands, coco_runtime_value *results) {
  static const coco_lane_function functions[COCO_ROUND_COUNT] = {lane_extf, truncf_downward, truncf_upward, truncf_toward_zero,
                                                                 truncf_nearest_away};
  int64_t mode = coco_property_integer(COCO_PROPERTY(operation, arith_truncf, roundingmode), COCO_ROUND_NEAREST_EVEN);
  if (mode < 0 || mode >= COCO_ROUND_COUNT) return COCO_INVALID_ARGUMENT;
  return coco_evaluate_lanes(evaluation, operation, operands, results, functions[mode]);
}
