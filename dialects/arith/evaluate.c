/* Reference meaning of arith: integers and comparisons. Floats and casts: evaluate_float.c, evaluate_cast.c.
 *
 * A lane holds an integer sign-extended (i1: 0 or 1); results are cut to their width by the caller. */
#include "dialects/arith/arith.h"
#include "dialects/arith/hooks.h"
#include "dialects/arith/lanes.h"
#include "dialects/arith/predicates.h"
#include "ir/affine.h"

static const char division_by_zero[] = "division by zero";
static const char division_overflow[] = "the quotient does not fit";


/* The bits of VALUE as a signed and as an unsigned number. */
static int64_t as_signed(const coco_type *type, int64_t value) {
  return coco_type_bits(type) == 1 ? -(value & 1) : value;
}
static uint64_t as_unsigned(const coco_type *type, int64_t value) {
  unsigned width = coco_type_bits(type);
  return width >= 64 ? (uint64_t)value : (uint64_t)value & ((UINT64_C(1) << width) - 1);
}

#define LANE(name)                                                                                                     \
  static const char *name(const coco_type *from, const coco_type *to, const coco_lane *in, coco_lane *out)
#define HOOK(name, lane)                                                                                               \
  coco_status coco_arith_evaluate_##name(coco_evaluation *evaluation, const coco_operation *operation,                 \
                                         const coco_runtime_value *operands, coco_runtime_value *results) {            \
    return coco_evaluate_lanes(evaluation, operation, operands, results, lane);                                        \
  }
/* A function of two integers: a, b are signed, x, y unsigned. */
#define INTEGERS(name, expression)                                                                                     \
  LANE(lane_##name) {                                                                                                  \
    int64_t a = as_signed(from, in[0].integer), b = as_signed(from, in[1].integer);                                    \
    uint64_t x = as_unsigned(from, in[0].integer), y = as_unsigned(from, in[1].integer);                               \
    (void)to, (void)a, (void)b, (void)x, (void)y;                                                                      \
    out->integer = (int64_t)(expression);                                                                              \
    return NULL;                                                                                                       \
  }                                                                                                                    \
  HOOK(name, lane_##name)
/* A quotient or remainder of signed integers, for which b != 0 and a / b fits. */
#define SIGNED_DIVISION(name, expression)                                                                              \
  LANE(lane_##name) {                                                                                                  \
    int64_t a = as_signed(from, in[0].integer), b = as_signed(from, in[1].integer);                                    \
    (void)to;                                                                                                          \
    if (b == 0) return division_by_zero;                                                                               \
    if (b == -1 && a == smallest(from)) return division_overflow;                                                      \
    out->integer = (expression);                                                                                       \
    return NULL;                                                                                                       \
  }                                                                                                                    \
  HOOK(name, lane_##name)
#define UNSIGNED_DIVISION(name, expression)                                                                            \
  LANE(lane_##name) {                                                                                                  \
    uint64_t x = as_unsigned(from, in[0].integer), y = as_unsigned(from, in[1].integer);                               \
    (void)to;                                                                                                          \
    if (y == 0) return division_by_zero;                                                                               \
    out->integer = (int64_t)(expression);                                                                              \
    return NULL;                                                                                                       \
  }                                                                                                                    \
  HOOK(name, lane_##name)

static int64_t smallest(const coco_type *type) { return -(int64_t)((UINT64_C(1) << (coco_type_bits(type) - 1)) - 1) - 1; }

static int64_t ceil_divide(int64_t a, int64_t b) { return a / b + (a % b != 0 && (a % b < 0) == (b < 0)); }
static int64_t shift_right(int64_t a, uint64_t by) { return a >= 0 ? a >> by : ~(~a >> by); }

INTEGERS(addi, x + y)
INTEGERS(subi, x - y)
INTEGERS(muli, x *y)
INTEGERS(andi, x &y)
INTEGERS(ori, x | y)
INTEGERS(xori, x ^ y)
INTEGERS(shli, y >= coco_type_bits(from) ? 0 : x << y)
INTEGERS(shrui, y >= coco_type_bits(from) ? 0 : x >> y)
INTEGERS(shrsi, y >= coco_type_bits(from) ? (a < 0 ? -1 : 0) : shift_right(a, y))
INTEGERS(maxsi, a > b ? a : b)
INTEGERS(minsi, a < b ? a : b)
INTEGERS(maxui, x > y ? x : y)
INTEGERS(minui, x < y ? x : y)
SIGNED_DIVISION(divsi, a / b)
SIGNED_DIVISION(floordivsi, coco_floor_divide(a, b))
SIGNED_DIVISION(ceildivsi, ceil_divide(a, b))
UNSIGNED_DIVISION(divui, x / y)
UNSIGNED_DIVISION(ceildivui, x / y + (x % y != 0))
UNSIGNED_DIVISION(remui, x % y)

LANE(lane_remsi) {
  int64_t a = as_signed(from, in[0].integer), b = as_signed(from, in[1].integer);
  (void)to;
  if (b == 0) return division_by_zero;
  out->integer = b == -1 ? 0 : a % b;
  return NULL;
}
HOOK(remsi, lane_remsi)

/* ---- Comparisons ---- */

/* One lane function per predicate, so that the predicate is not looked at in each lane. */
#define COMPARE_INTEGERS(name, expression)                                                                             \
  LANE(compare_##name) {                                                                                               \
    int64_t a = as_signed(from, in[0].integer), b = as_signed(from, in[1].integer);                                    \
    uint64_t x = as_unsigned(from, in[0].integer), y = as_unsigned(from, in[1].integer);                               \
    (void)to, (void)a, (void)b, (void)x, (void)y;                                                                      \
    out->integer = (expression);                                                                                       \
    return NULL;                                                                                                       \
  }
COMPARE_INTEGERS(eq, x == y)
COMPARE_INTEGERS(ne, x != y)
COMPARE_INTEGERS(slt, a < b)
COMPARE_INTEGERS(sle, a <= b)
COMPARE_INTEGERS(sgt, a > b)
COMPARE_INTEGERS(sge, a >= b)
COMPARE_INTEGERS(ult, x < y)
COMPARE_INTEGERS(ule, x <= y)
COMPARE_INTEGERS(ugt, x > y)
COMPARE_INTEGERS(uge, x >= y)

coco_status coco_arith_evaluate_cmpi(coco_evaluation *evaluation, const coco_operation *operation,
                                     const coco_runtime_value *operands, coco_runtime_value *results) {
  static const coco_lane_function functions[COCO_CMPI_COUNT] = {compare_eq,  compare_ne,  compare_slt, compare_sle,
                                                                compare_sgt, compare_sge, compare_ult, compare_ule,
                                                                compare_ugt, compare_uge};
  int64_t predicate = coco_property_integer(COCO_PROPERTY(operation, arith_cmpi, predicate), -1);
  if (predicate < 0 || predicate >= COCO_CMPI_COUNT) return COCO_INVALID_ARGUMENT;
  return coco_evaluate_lanes(evaluation, operation, operands, results, functions[predicate]);
}

#define COMPARE_FLOATS(name, expression)                                                                               \
  LANE(compare_##name) {                                                                                               \
    double a = in[0].real, b = in[1].real;                                                                             \
    bool unordered = a != a || b != b;                                                                                 \
    (void)from, (void)to, (void)unordered;                                                                             \
    out->integer = (expression);                                                                                       \
    return NULL;                                                                                                       \
  }
COMPARE_FLOATS(false, 0)
COMPARE_FLOATS(oeq, a == b)
COMPARE_FLOATS(ogt, a > b)
COMPARE_FLOATS(oge, a >= b)
COMPARE_FLOATS(olt, a < b)
COMPARE_FLOATS(ole, a <= b)
COMPARE_FLOATS(one, !unordered && a != b)
COMPARE_FLOATS(ord, !unordered)
COMPARE_FLOATS(ueq, unordered || a == b)
COMPARE_FLOATS(fugt, unordered || a > b)
COMPARE_FLOATS(fuge, unordered || a >= b)
COMPARE_FLOATS(fult, unordered || a < b)
COMPARE_FLOATS(fule, unordered || a <= b)
COMPARE_FLOATS(une, unordered || a != b)
COMPARE_FLOATS(uno, unordered)
COMPARE_FLOATS(true, 1)

coco_status coco_arith_evaluate_cmpf(coco_evaluation *evaluation, const coco_operation *operation,
                                     const coco_runtime_value *operands, coco_runtime_value *results) {
  static const coco_lane_function functions[COCO_CMPF_COUNT] = {
      compare_false, compare_oeq,  compare_ogt,  compare_oge,  compare_olt,  compare_ole, compare_one, compare_ord,
      compare_ueq,   compare_fugt, compare_fuge, compare_fult, compare_fule, compare_une, compare_uno, compare_true};
  int64_t predicate = coco_property_integer(COCO_PROPERTY(operation, arith_cmpf, predicate), -1);
  if (predicate < 0 || predicate >= COCO_CMPF_COUNT) return COCO_INVALID_ARGUMENT;
  return coco_evaluate_lanes(evaluation, operation, operands, results, functions[predicate]);
}

/* ---- Constants and selection ---- */

coco_status coco_arith_evaluate_constant(coco_evaluation *evaluation, const coco_operation *operation,
                                         const coco_runtime_value *operands, coco_runtime_value *results) {
  (void)operands;
  const coco_attribute *value = COCO_PROPERTY(operation, arith_constant, value);
  coco_status status = coco_runtime_from_attribute(evaluation, value, operation->results[0].type, &results[0]);
  if (status == COCO_OUT_OF_MEMORY || status == COCO_OK) return status;
  return coco_evaluation_error(evaluation, operation,
                               status == COCO_IO_ERROR ? "has a value whose bytes are not at hand" : "has a value that cannot be evaluated");
}

LANE(lane_select) {
  (void)from, (void)to;
  *out = in[in[0].integer ? 1 : 2];
  return NULL;
}

coco_status coco_arith_evaluate_select(coco_evaluation *evaluation, const coco_operation *operation,
                                       const coco_runtime_value *operands, coco_runtime_value *results) {
  if (operands[0].type->element) return coco_evaluate_lanes(evaluation, operation, operands, results, lane_select);
  results[0] = coco_runtime_retain(&operands[operands[0].integer ? 1 : 2]);
  return COCO_OK;
}

coco_lane_function coco_arith_integer_combiner(coco_string kind) {
  static const struct {
    const char *kind;
    coco_lane_function function;
  } table[] = {{"add", lane_addi},     {"mul", lane_muli},     {"and", lane_andi},     {"or", lane_ori},      {"xor", lane_xori},
               {"minsi", lane_minsi}, {"maxsi", lane_maxsi}, {"minui", lane_minui}, {"maxui", lane_maxui}};
  for (size_t i = 0; i < sizeof table / sizeof *table; i++)
    if (coco_string_is(kind, table[i].kind)) return table[i].function;
  return NULL;
}
