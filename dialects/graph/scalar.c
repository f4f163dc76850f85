/* The elementwise operations, one element at a time: what they compute, and the arith and math operations that compute
 * it.
 *
 * Meaning and emission of an operation stand side by side; evaluation works in double and rounds once to the element
 * type, so both agree within the roundings of the emitted operations. */
#include "dialects/graph/scalar.h"

#include <math.h>

#include "dialects/arith/arith.h"
#include "dialects/arith/predicates.h"
#include "dialects/builtin/builtin.h"
#include "dialects/math/math.h"
#include "ir/printer.h"

typedef coco_graph_scalar_task task;
typedef coco_graph_number number;

/* Numbers of the predicates of arith.cmpf and arith.cmpi. */
enum {
  CMPF_OEQ = 1,
  CMPF_OGT = 2,
  CMPF_OGE = 3,
  CMPF_OLT = 4,
  CMPF_UNE = 13,
  CMPI_EQ = 0,
  CMPI_NE = 1,
  CMPI_SLT = 2,
  CMPI_SGT = 4,
  CMPI_ULT = 6,
  CMPI_UGT = 8
};

static number real(double value) { return (number){.real = value}; }
static number integer(int64_t value) { return (number){.integer = value}; }

/* ---- Emission ---- */

static bool is_real(const coco_value *value) { return coco_type_is_float(value->type); }
static bool is_unsigned_type(const coco_type *type) {
  return type->signedness == COCO_UNSIGNED || coco_type_is_integer(type, 1);
}
/* Of the last operand. Bits are unsigned numbers: i1's 1 is not -1 here. */
static bool is_unsigned(const coco_operation *operation) {
  return is_unsigned_type(coco_operation_operand(operation, operation->operand_count - 1)->type->element);
}

/* The type that arith computes with: unsigned integers are signless ones that some operations read otherwise. */
static const coco_type *signless(coco_builder *b, const coco_type *type) {
  if (!coco_type_is(type, COCO_TYPE_INTEGER) || type->signedness == COCO_SIGNLESS) return type;
  const coco_type *same = coco_type_integer(b->context, type->width);
  if (!same) coco_builder_fail(b, COCO_OUT_OF_MEMORY);
  return same;
}

/* The same bits as TO, an integer type of another signedness. */
static coco_value *seen_as(coco_builder *b, coco_value *value, const coco_type *to) {
  if (!value || !to || value->type == to) return value;
  return coco_build_value(
      b, &(coco_operation_state){
             .definition = &coco_builtin_unrealized_conversion_cast, COCO_WITH_OPERANDS(value), COCO_WITH_RESULTS(to)});
}

static coco_value *constant(coco_builder *b, const coco_attribute *value) {
  if (value && coco_attribute_is(value, COCO_ATTRIBUTE_INTEGER) && signless(b, value->type) != value->type)
    value = coco_attribute_integer(b->context, signless(b, value->type), value->integer);
  if (!value) coco_builder_fail(b, COCO_OUT_OF_MEMORY);
  return coco_build_value(
      b, &(coco_operation_state){.definition = &coco_arith_constant, COCO_WITH_ATTRIBUTES(COCO_NAMED("value", value))});
}

static coco_value *constant_number(coco_builder *b, const coco_type *type, double value) {
  return constant(b, coco_type_is_float(type) ? coco_attribute_float(b->context, type, value)
                                              : coco_attribute_integer(b->context, type, (int64_t)value));
}

/* One operation for floats, one for integers. */
static coco_value *either(coco_builder *b, const coco_operation_definition *reals,
                          const coco_operation_definition *integers, coco_value *x, coco_value *y) {
  return coco_build_binary(b, is_real(x) ? reals : integers, x, y);
}

static coco_value *compare(coco_builder *b, int64_t real_predicate, int64_t integer_predicate, coco_value *x,
                           coco_value *y) {
  return is_real(x) ? coco_arith_compare(b, &coco_arith_cmpf, real_predicate, x, y)
                    : coco_arith_compare(b, &coco_arith_cmpi, integer_predicate, x, y);
}

static coco_value *select(coco_builder *b, coco_value *condition, coco_value *x, coco_value *y) {
  return coco_build_value(
      b, &(coco_operation_state){.definition = &coco_arith_select, COCO_WITH_OPERANDS(condition, x, y)});
}

static coco_value *convert(coco_builder *b, const coco_operation_definition *row, coco_value *x, const coco_type *to) {
  return coco_build_value(b, &(coco_operation_state){.definition = row, COCO_WITH_OPERANDS(x), COCO_WITH_RESULTS(to)});
}

static coco_value *larger(coco_builder *b, const coco_operation *operation, coco_value *x, coco_value *y) {
  return either(b, &coco_arith_maximumf, is_unsigned(operation) ? &coco_arith_maxui : &coco_arith_maxsi, x, y);
}
static coco_value *smaller(coco_builder *b, const coco_operation *operation, coco_value *x, coco_value *y) {
  return either(b, &coco_arith_minimumf, is_unsigned(operation) ? &coco_arith_minui : &coco_arith_minsi, x, y);
}

/* ---- relu: NaN stays NaN ---- */
static number relu_real(task *t, const number *x) {
  (void)t;
  return real(x->real > 0 || isnan(x->real) ? x->real : 0);
}
static number relu_integer(task *t, const number *x) {
  return integer(x->integer > 0 || t->is_unsigned ? x->integer : 0);
}
static coco_value *relu_emit(coco_builder *b, const coco_operation *operation, coco_value *const *x) {
  return larger(b, operation, x[0], constant_number(b, x[0]->type, 0));
}

/* ---- Functions of math, and those made of them ---- */
#define REAL_FUNCTION(name, expression)                    \
  static number name##_real(task *t, const number *operand) { \
    (void)t;                                               \
    const double x = operand->real;                        \
    return real(expression);                               \
  }
#define MATH_EMISSION(name, row)                                                                                     \
  static coco_value *name##_emit(coco_builder *b, const coco_operation *operation, coco_value *const *x) {          \
    (void)operation;                                                                                                 \
    return coco_build_unary(b, row, x[0]);                                                                           \
  }
REAL_FUNCTION(sigmoid, 1 / (1 + exp(-x)))
REAL_FUNCTION(softplus, (x > 0 || isnan(x) ? x : 0) + log1p(exp(-fabs(x))))
REAL_FUNCTION(tanh, tanh(x))
REAL_FUNCTION(exp, exp(x))
REAL_FUNCTION(log, log(x))
REAL_FUNCTION(sqrt, sqrt(x))
REAL_FUNCTION(reciprocal, 1 / x)
REAL_FUNCTION(abs, fabs(x))
REAL_FUNCTION(neg, -x)
REAL_FUNCTION(floor, floor(x))
REAL_FUNCTION(ceil, ceil(x))
REAL_FUNCTION(erf, erf(x))
REAL_FUNCTION(round, copysign(fabs(x - trunc(x)) == 0.5 ? 2 * round(x / 2) : round(x), x))
REAL_FUNCTION(sin, sin(x))
REAL_FUNCTION(cos, cos(x))
REAL_FUNCTION(tan, tan(x))
REAL_FUNCTION(asin, asin(x))
REAL_FUNCTION(acos, acos(x))
REAL_FUNCTION(atan, atan(x))
REAL_FUNCTION(sinh, sinh(x))
REAL_FUNCTION(cosh, cosh(x))
REAL_FUNCTION(asinh, asinh(x))
REAL_FUNCTION(acosh, acosh(x))
REAL_FUNCTION(atanh, atanh(x))
REAL_FUNCTION(sign, x > 0 ? 1 : x < 0 ? -1 : x)
MATH_EMISSION(tanh, &coco_math_tanh)
MATH_EMISSION(exp, &coco_math_exp)
MATH_EMISSION(log, &coco_math_log)
MATH_EMISSION(sqrt, &coco_math_sqrt)
MATH_EMISSION(abs, is_real(x[0]) ? &coco_math_absf : &coco_math_absi)
MATH_EMISSION(floor, &coco_math_floor)
MATH_EMISSION(ceil, &coco_math_ceil)
MATH_EMISSION(erf, &coco_math_erf)
MATH_EMISSION(round, &coco_math_roundeven)
MATH_EMISSION(sin, &coco_math_sin)
MATH_EMISSION(cos, &coco_math_cos)
MATH_EMISSION(tan, &coco_math_tan)
MATH_EMISSION(asin, &coco_math_asin)
MATH_EMISSION(acos, &coco_math_acos)
MATH_EMISSION(atan, &coco_math_atan)
MATH_EMISSION(sinh, &coco_math_sinh)
MATH_EMISSION(cosh, &coco_math_cosh)
MATH_EMISSION(asinh, &coco_math_asinh)
MATH_EMISSION(acosh, &coco_math_acosh)
MATH_EMISSION(atanh, &coco_math_atanh)
#undef REAL_FUNCTION
#undef MATH_EMISSION

static coco_value *reciprocal_of(coco_builder *b, coco_value *x) {
  return coco_build_binary(b, &coco_arith_divf, x ? constant_number(b, x->type, 1) : NULL, x);
}
static coco_value *reciprocal_emit(coco_builder *b, const coco_operation *operation, coco_value *const *x) {
  (void)operation;
  return reciprocal_of(b, x[0]);
}
/* 1 / (1 + exp(-x)) */
static coco_value *sigmoid_emit(coco_builder *b, const coco_operation *operation, coco_value *const *x) {
  (void)operation;
  coco_value *power = coco_build_unary(b, &coco_math_exp, coco_build_unary(b, &coco_arith_negf, x[0]));
  return reciprocal_of(b, coco_build_binary(b, &coco_arith_addf, power, constant_number(b, x[0]->type, 1)));
}
/* max(x, 0) + log1p(exp(-|x|)) */
static coco_value *softplus_emit(coco_builder *b, const coco_operation *operation, coco_value *const *x) {
  (void)operation;
  coco_value *distance = coco_build_unary(b, &coco_arith_negf, coco_build_unary(b, &coco_math_absf, x[0]));
  coco_value *rest = coco_build_unary(b, &coco_math_log1p, coco_build_unary(b, &coco_math_exp, distance));
  coco_value *positive = coco_build_binary(b, &coco_arith_maximumf, x[0], constant_number(b, x[0]->type, 0));
  return coco_build_binary(b, &coco_arith_addf, positive, rest);
}
static number abs_integer(task *t, const number *x) {
  return integer(x->integer < 0 && !t->is_unsigned ? (int64_t)(0 - (uint64_t)x->integer) : x->integer);
}
static number neg_integer(task *t, const number *x) {
  (void)t;
  return integer((int64_t)(0 - (uint64_t)x->integer));
}
static coco_value *neg_emit(coco_builder *b, const coco_operation *operation, coco_value *const *x) {
  (void)operation;
  if (is_real(x[0])) return coco_build_unary(b, &coco_arith_negf, x[0]);
  return coco_build_binary(b, &coco_arith_subi, constant_number(b, x[0]->type, 0), x[0]);
}
static number not_integer(task *t, const number *x) {
  (void)t;
  return integer(x->integer == 0);
}
static coco_value *not_emit(coco_builder *b, const coco_operation *operation, coco_value *const *x) {
  (void)operation;
  return coco_build_binary(b, &coco_arith_xori, x[0], constant_number(b, x[0]->type, 1));
}

/* ---- leaky_relu: x where x >= 0, else alpha * x ---- */
static number leaky_relu_real(task *t, const number *x) {
  return real(x->real >= 0 ? x->real : COCO_PROPERTY(t->operation, graph_leaky_relu, alpha)->real * x->real);
}
static coco_value *leaky_relu_emit(coco_builder *b, const coco_operation *operation, coco_value *const *x) {
  const double alpha = COCO_PROPERTY(operation, graph_leaky_relu, alpha)->real;
  coco_value *scaled = coco_build_binary(b, &coco_arith_mulf, x[0], constant_number(b, x[0]->type, alpha));
  return select(b, compare(b, CMPF_OGE, 0, x[0], constant_number(b, x[0]->type, 0)), x[0], scaled);
}

/* ---- The larger and the smaller: NaN wins, -0 is below +0 ---- */
static double larger_real(double x, double y) {
  if (isnan(x) || isnan(y)) return NAN;
  if (x == y) return signbit(x) ? y : x;
  return x > y ? x : y;
}
static double smaller_real(double x, double y) { return -larger_real(-x, -y); }
static bool below(const task *t, int64_t x, int64_t y) { return t->is_unsigned ? (uint64_t)x < (uint64_t)y : x < y; }

/* ---- clip: min(max(x, minimum), maximum) ---- */
static number clip_real(task *t, const number *x) {
  const coco_attribute *low = COCO_PROPERTY(t->operation, graph_clip, minimum),
                       *high = COCO_PROPERTY(t->operation, graph_clip, maximum);
  double value = x->real;
  if (low) value = larger_real(value, low->real);
  return real(high ? smaller_real(value, high->real) : value);
}
static number clip_integer(task *t, const number *x) {
  const coco_attribute *low = COCO_PROPERTY(t->operation, graph_clip, minimum),
                       *high = COCO_PROPERTY(t->operation, graph_clip, maximum);
  int64_t value = x->integer;
  if (low && below(t, value, low->integer)) value = low->integer;
  return integer(high && below(t, high->integer, value) ? high->integer : value);
}
static coco_value *clip_emit(coco_builder *b, const coco_operation *operation, coco_value *const *x) {
  const coco_attribute *low = COCO_PROPERTY(operation, graph_clip, minimum),
                       *high = COCO_PROPERTY(operation, graph_clip, maximum);
  coco_value *value = x[0];
  if (low) value = larger(b, operation, value, constant(b, low));
  if (high && value) value = smaller(b, operation, value, constant(b, high));
  return value;
}

/* ---- cast ---- */

/* The integer closest to a truncated REAL; NaN: 0. */
static int64_t truncate(double value, const coco_type *to) {
  if (isnan(value)) return 0;
  if (to->signedness == COCO_UNSIGNED) {
    const double limit = ldexp(1, (int)to->width);
    if (value <= 0) return 0;
    return value >= limit ? (int64_t)(to->width == 64 ? UINT64_MAX : (UINT64_C(1) << to->width) - 1)
                          : (int64_t)(uint64_t)value;
  }
  const int width = coco_type_is(to, COCO_TYPE_INDEX) ? 64 : (int)to->width;
  const double limit = ldexp(1, width - 1);
  if (value <= -limit) return width == 64 ? INT64_MIN : -(INT64_C(1) << (width - 1));
  return value >= limit ? (width == 64 ? INT64_MAX : (INT64_C(1) << (width - 1)) - 1) : (int64_t)value;
}
static number cast_real(task *t, const number *x) {
  if (coco_type_is_float(t->to)) return *x;
  return integer(coco_type_is_integer(t->to, 1) ? x->real != 0 : truncate(x->real, t->to));
}
static number cast_integer(task *t, const number *x) {
  if (coco_type_is_float(t->to)) return real(t->is_unsigned ? (double)(uint64_t)x->integer : (double)x->integer);
  return integer(coco_type_is_integer(t->to, 1) ? x->integer != 0 : x->integer);
}
static coco_value *cast_emit(coco_builder *b, const coco_operation *operation, coco_value *const *x) {
  const coco_type *wanted = COCO_PROPERTY(operation, graph_cast, to)->type, *from = x[0]->type,
                  *to = signless(b, wanted);
  const bool from_unsigned = is_unsigned(operation);
  if (!to || from == to) return x[0];
  if (coco_type_is_integer(to, 1)) return compare(b, CMPF_UNE, CMPI_NE, x[0], constant_number(b, from, 0));
  if (coco_type_is(from, COCO_TYPE_INDEX) || coco_type_is(to, COCO_TYPE_INDEX))
    return is_real(x[0]) || coco_type_is_float(to)
               ? NULL
               : convert(b, from_unsigned ? &coco_arith_index_castui : &coco_arith_index_cast, x[0], to);
  if (is_real(x[0]) && coco_type_is_float(to)) {
    if (from->width == to->width) return NULL;
    return convert(b, from->width < to->width ? &coco_arith_extf : &coco_arith_truncf, x[0], to);
  }
  if (is_real(x[0])) return convert(b, is_unsigned_type(wanted) ? &coco_arith_fptoui : &coco_arith_fptosi, x[0], to);
  if (coco_type_is_float(to)) return convert(b, from_unsigned ? &coco_arith_uitofp : &coco_arith_sitofp, x[0], to);
  if (from->width > to->width) return convert(b, &coco_arith_trunci, x[0], to);
  return convert(b, from_unsigned ? &coco_arith_extui : &coco_arith_extsi, x[0], to);
}

/* ---- Two operands ---- */
#define REAL_BINARY(name, expression)                      \
  static number name##_real(task *t, const number *operands) { \
    (void)t;                                               \
    const double x = operands[0].real, y = operands[1].real; \
    return expression;                                     \
  }
#define INTEGER_BINARY(name, expression)                   \
  static number name##_integer(task *t, const number *operands) { \
    (void)t;                                               \
    const int64_t x = operands[0].integer, y = operands[1].integer; \
    return integer(expression);                            \
  }
#define BINARY_EMISSION(name, expression)                                                                            \
  static coco_value *name##_emit(coco_builder *b, const coco_operation *operation, coco_value *const *x) {          \
    (void)operation;                                                                                                 \
    return expression;                                                                                               \
  }
REAL_BINARY(add, real(x + y))
REAL_BINARY(sub, real(x - y))
REAL_BINARY(mul, real(x *y))
REAL_BINARY(div, real(x / y))
REAL_BINARY(pow, real(pow(x, y)))
REAL_BINARY(maximum, real(larger_real(x, y)))
REAL_BINARY(minimum, real(smaller_real(x, y)))
REAL_BINARY(equal, integer(x == y))
REAL_BINARY(less, integer(x < y))
REAL_BINARY(greater, integer(x > y))
INTEGER_BINARY(add, (int64_t)((uint64_t)x + (uint64_t)y))
INTEGER_BINARY(sub, (int64_t)((uint64_t)x - (uint64_t)y))
INTEGER_BINARY(mul, (int64_t)((uint64_t)x * (uint64_t)y))
INTEGER_BINARY(maximum, below(t, x, y) ? y : x)
INTEGER_BINARY(minimum, below(t, x, y) ? x : y)
INTEGER_BINARY(equal, x == y)
INTEGER_BINARY(less, below(t, x, y))
INTEGER_BINARY(greater, below(t, y, x))
INTEGER_BINARY(bit_and, x &y)
INTEGER_BINARY(bit_or, x | y)
INTEGER_BINARY(bit_xor, x ^ y)
INTEGER_BINARY(and, x && y)
INTEGER_BINARY(or, x || y)
BINARY_EMISSION(add, either(b, &coco_arith_addf, &coco_arith_addi, x[0], x[1]))
BINARY_EMISSION(sub, either(b, &coco_arith_subf, &coco_arith_subi, x[0], x[1]))
BINARY_EMISSION(mul, either(b, &coco_arith_mulf, &coco_arith_muli, x[0], x[1]))
BINARY_EMISSION(div, either(b, &coco_arith_divf, is_unsigned(operation) ? &coco_arith_divui : &coco_arith_divsi, x[0], x[1]))
BINARY_EMISSION(maximum, larger(b, operation, x[0], x[1]))
BINARY_EMISSION(minimum, smaller(b, operation, x[0], x[1]))
BINARY_EMISSION(equal, compare(b, CMPF_OEQ, CMPI_EQ, x[0], x[1]))
BINARY_EMISSION(less, compare(b, CMPF_OLT, is_unsigned(operation) ? CMPI_ULT : CMPI_SLT, x[0], x[1]))
BINARY_EMISSION(greater, compare(b, CMPF_OGT, is_unsigned(operation) ? CMPI_UGT : CMPI_SGT, x[0], x[1]))
BINARY_EMISSION(bit_and, is_real(x[0]) ? NULL : coco_build_binary(b, &coco_arith_andi, x[0], x[1]))
BINARY_EMISSION(bit_or, is_real(x[0]) ? NULL : coco_build_binary(b, &coco_arith_ori, x[0], x[1]))
BINARY_EMISSION(bit_xor, is_real(x[0]) ? NULL : coco_build_binary(b, &coco_arith_xori, x[0], x[1]))
BINARY_EMISSION(and, coco_build_binary(b, &coco_arith_andi, x[0], x[1]))
BINARY_EMISSION(or, coco_build_binary(b, &coco_arith_ori, x[0], x[1]))
#undef REAL_BINARY
#undef INTEGER_BINARY
#undef BINARY_EMISSION

static number div_integer(task *t, const number *x) {
  if (x[1].integer == 0) {
    t->problem = "divides by zero";
    return integer(0);
  }
  if (t->is_unsigned) return integer((int64_t)((uint64_t)x[0].integer / (uint64_t)x[1].integer));
  if (x[1].integer == -1) return neg_integer(t, x); /* the smallest one wraps around */
  return integer(x[0].integer / x[1].integer);
}

/* By squaring; wraps around. A negative exponent gives the truncated reciprocal. */
static number pow_integer(task *t, const number *x) {
  uint64_t base = (uint64_t)x[0].integer, exponent = (uint64_t)x[1].integer, result = 1;
  if (x[1].integer < 0 && !t->is_unsigned) {
    if (x[0].integer == 0) t->problem = "divides by zero";
    if (x[0].integer == -1) return integer(exponent % 2 ? -1 : 1);
    return integer(x[0].integer == 1);
  }
  for (; exponent; exponent >>= 1, base *= base)
    if (exponent & 1) result *= base;
  return integer((int64_t)result);
}

/* The same without a loop: one step for each bit of the exponent. Of a negative one the bits serve 1 and -1, and any other
 * base gives 0, 0 too. */
static coco_value *pow_emit(coco_builder *b, const coco_operation *operation, coco_value *const *x) {
  if (is_real(x[0])) return coco_build_binary(b, &coco_math_powf, x[0], x[1]);
  const coco_type *type = x[0]->type;
  coco_value *base = x[0], *exponent = x[1], *zero = constant_number(b, type, 0), *one = constant_number(b, type, 1), *result = one;
  for (uint32_t bit = 0; bit < type->width; ++bit) {
    coco_value *odd = compare(b, 0, CMPI_NE, coco_build_binary(b, &coco_arith_andi, exponent, one), zero);
    result = select(b, odd, coco_build_binary(b, &coco_arith_muli, result, base), result);
    if (bit + 1 == type->width) break;
    base = coco_build_binary(b, &coco_arith_muli, base, base);
    exponent = coco_build_binary(b, &coco_arith_shrui, exponent, one);
  }
  if (is_unsigned(operation)) return result;
  coco_value *unit = coco_build_binary(b, &coco_arith_ori, compare(b, 0, CMPI_EQ, x[0], one),
                                       compare(b, 0, CMPI_EQ, x[0], constant_number(b, type, -1)));
  coco_value *negative = compare(b, 0, CMPI_SLT, x[1], zero);
  return select(b, negative, select(b, unit, result, zero), result);
}

/* ---- modulo (y's sign) and remainder (x's sign): x is a multiple of y, or the signs decide ---- */
static number remainder_real(task *t, const number *x) {
  (void)t;
  return real(fmod(x[0].real, x[1].real));
}
static number modulo_real(task *t, const number *x) {
  const double rest = remainder_real(t, x).real;
  return real(rest != 0 && (rest < 0) != (x[1].real < 0) ? rest + x[1].real : rest);
}
static number remainder_integer(task *t, const number *x) {
  if (x[1].integer == 0) {
    t->problem = "divides by zero";
    return integer(0);
  }
  if (t->is_unsigned) return integer((int64_t)((uint64_t)x[0].integer % (uint64_t)x[1].integer));
  return integer(x[1].integer == -1 ? 0 : x[0].integer % x[1].integer);
}
static number modulo_integer(task *t, const number *x) {
  const int64_t rest = remainder_integer(t, x).integer;
  return integer(!t->is_unsigned && rest != 0 && (rest < 0) != (x[1].integer < 0) ? rest + x[1].integer : rest);
}
/* A divisor of -1, which overflows for the smallest number, has the remainder of 1. */
static coco_value *remainder_emit(coco_builder *b, const coco_operation *operation, coco_value *const *x) {
  if (is_real(x[0])) return coco_build_binary(b, &coco_arith_remf, x[0], x[1]);
  if (is_unsigned(operation)) return coco_build_binary(b, &coco_arith_remui, x[0], x[1]);
  coco_value *minus = compare(b, 0, CMPI_EQ, x[1], constant_number(b, x[1]->type, -1));
  return coco_build_binary(b, &coco_arith_remsi, x[0], select(b, minus, constant_number(b, x[1]->type, 1), x[1]));
}
static coco_value *modulo_emit(coco_builder *b, const coco_operation *operation, coco_value *const *x) {
  coco_value *rest = remainder_emit(b, operation, x);
  if (!rest || (is_unsigned(operation) && !is_real(x[0]))) return rest;
  coco_value *zero = constant_number(b, x[0]->type, 0);
  coco_value *negative = compare(b, CMPF_OLT, CMPI_SLT, rest, zero),
             *below_zero = compare(b, CMPF_OLT, CMPI_SLT, x[1], zero);
  coco_value *apart = coco_build_binary(b, &coco_arith_xori, negative, below_zero);
  coco_value *inexact = compare(b, CMPF_UNE, CMPI_NE, rest, zero);
  coco_value *moved = either(b, &coco_arith_addf, &coco_arith_addi, rest, x[1]);
  return select(b, coco_build_binary(b, &coco_arith_andi, apart, inexact), moved, rest);
}

/* ---- Bits ---- */
static number bit_not_integer(task *t, const number *x) {
  return integer(coco_type_is_integer(t->to, 1) ? x->integer == 0 : ~x->integer);
}
static coco_value *bit_not_emit(coco_builder *b, const coco_operation *operation, coco_value *const *x) {
  (void)operation;
  return coco_build_binary(b, &coco_arith_xori, x[0],
                           constant_number(b, x[0]->type, coco_type_is_integer(x[0]->type, 1) ? 1 : -1));
}
static uint64_t width_mask(const task *t) {
  return t->to->width >= 64 ? UINT64_MAX : (UINT64_C(1) << t->to->width) - 1;
}
static number shift_left_integer(task *t, const number *x) {
  const uint64_t by = (uint64_t)x[1].integer & width_mask(t);
  return integer(by >= t->to->width ? 0 : (int64_t)((uint64_t)x[0].integer << by));
}
static number shift_right_integer(task *t, const number *x) {
  const uint64_t by = (uint64_t)x[1].integer & width_mask(t);
  return integer(by >= t->to->width ? 0 : (int64_t)(((uint64_t)x[0].integer & width_mask(t)) >> by));
}
/* Shifting by the width or more is not defined in arith. */
static coco_value *shift(coco_builder *b, const coco_operation_definition *row, coco_value *const *x) {
  if (is_real(x[0])) return NULL;
  coco_value *zero = constant_number(b, x[0]->type, 0);
  coco_value *fits = compare(b, 0, CMPI_ULT, x[1], constant_number(b, x[0]->type, x[0]->type->width));
  return select(b, fits, coco_build_binary(b, row, x[0], select(b, fits, x[1], zero)), zero);
}
static coco_value *shift_left_emit(coco_builder *b, const coco_operation *operation, coco_value *const *x) {
  (void)operation;
  return shift(b, &coco_arith_shli, x);
}
static coco_value *shift_right_emit(coco_builder *b, const coco_operation *operation, coco_value *const *x) {
  (void)operation;
  return shift(b, &coco_arith_shrui, x);
}

/* ---- sign ---- */
static number sign_integer(task *t, const number *x) {
  return integer(t->is_unsigned ? x->integer != 0 : (x->integer > 0) - (x->integer < 0));
}
static coco_value *sign_emit(coco_builder *b, const coco_operation *operation, coco_value *const *x) {
  coco_value *zero = constant_number(b, x[0]->type, 0), *one = constant_number(b, x[0]->type, 1);
  const bool unsigned_number = is_unsigned(operation);
  coco_value *rest =
      unsigned_number ? zero
                      : select(b, compare(b, CMPF_OLT, CMPI_SLT, x[0], zero), constant_number(b, x[0]->type, -1), x[0]);
  return select(b, compare(b, CMPF_OGT, unsigned_number ? CMPI_UGT : CMPI_SGT, x[0], zero), one, rest);
}

static number where_number(task *t, const number *x) {
  (void)t;
  return x[0].integer ? x[1] : x[2];
}
static coco_value *where_emit(coco_builder *b, const coco_operation *operation, coco_value *const *x) {
  (void)operation;
  return select(b, x[0], x[1], x[2]);
}

#define ROW(name, reals, integers) {&coco_graph_##name, reals, integers, name##_emit}
static const coco_graph_scalar_rule rules[] = {
    ROW(relu, relu_real, relu_integer),
    ROW(sigmoid, sigmoid_real, NULL),
    ROW(softplus, softplus_real, NULL),
    ROW(tanh, tanh_real, NULL),
    ROW(exp, exp_real, NULL),
    ROW(log, log_real, NULL),
    ROW(sqrt, sqrt_real, NULL),
    ROW(reciprocal, reciprocal_real, NULL),
    ROW(abs, abs_real, abs_integer),
    ROW(neg, neg_real, neg_integer),
    ROW(floor, floor_real, NULL),
    ROW(ceil, ceil_real, NULL),
    ROW(erf, erf_real, NULL),
    ROW(round, round_real, NULL),
    ROW(sin, sin_real, NULL),
    ROW(cos, cos_real, NULL),
    ROW(tan, tan_real, NULL),
    ROW(asin, asin_real, NULL),
    ROW(acos, acos_real, NULL),
    ROW(atan, atan_real, NULL),
    ROW(sinh, sinh_real, NULL),
    ROW(cosh, cosh_real, NULL),
    ROW(asinh, asinh_real, NULL),
    ROW(acosh, acosh_real, NULL),
    ROW(atanh, atanh_real, NULL),
    ROW(sign, sign_real, sign_integer),
    ROW(not, NULL, not_integer),
    ROW(bit_not, NULL, bit_not_integer),
    ROW(bit_and, NULL, bit_and_integer),
    ROW(bit_or, NULL, bit_or_integer),
    ROW(bit_xor, NULL, bit_xor_integer),
    ROW(shift_left, NULL, shift_left_integer),
    ROW(shift_right, NULL, shift_right_integer),
    ROW(modulo, modulo_real, modulo_integer),
    ROW(remainder, remainder_real, remainder_integer),
    ROW(leaky_relu, leaky_relu_real, NULL),
    ROW(clip, clip_real, clip_integer),
    ROW(cast, cast_real, cast_integer),
    ROW(add, add_real, add_integer),
    ROW(sub, sub_real, sub_integer),
    ROW(mul, mul_real, mul_integer),
    ROW(div, div_real, div_integer),
    ROW(pow, pow_real, pow_integer),
    ROW(maximum, maximum_real, maximum_integer),
    ROW(minimum, minimum_real, minimum_integer),
    ROW(equal, equal_real, equal_integer),
    ROW(less, less_real, less_integer),
    ROW(greater, greater_real, greater_integer),
    ROW(and, NULL, and_integer),
    ROW(or, NULL, or_integer),
    ROW(where, where_number, where_number),
};
#undef ROW

const coco_graph_scalar_rule *coco_graph_scalar_rule_of(const coco_operation *operation) {
  for (size_t i = 0; i < sizeof rules / sizeof *rules; ++i)
    if (rules[i].row == operation->definition) return &rules[i];
  return NULL;
}

bool coco_graph_is_elementwise(const coco_operation *operation) { return coco_graph_scalar_rule_of(operation) != NULL; }

/* Whether arith computes with this type, or with the signless one that stands for it. */
static bool is_computable(const coco_type *type) {
  if (coco_type_is(type, COCO_TYPE_INTEGER)) return type->width <= 64;
  return coco_type_is_float(type) || coco_type_is(type, COCO_TYPE_INDEX);
}

coco_status coco_graph_emit_scalar(coco_builder *b, const coco_operation *operation, coco_value *const *scalars,
                                   size_t count, coco_value **out) {
  const coco_graph_scalar_rule *rule = coco_graph_scalar_rule_of(operation);
  const coco_type *result = operation->results[0].type->element;
  coco_value *operands[COCO_GRAPH_MAXIMUM_SCALARS];
  *out = NULL;
  if (!rule || count != operation->operand_count || count > COCO_GRAPH_MAXIMUM_SCALARS) return COCO_INVALID_ARGUMENT;
  bool computable = is_computable(result);
  for (size_t i = 0; i < count; ++i) {
    computable = computable && is_computable(scalars[i]->type);
    operands[i] = computable ? seen_as(b, scalars[i], signless(b, scalars[i]->type)) : scalars[i];
  }
  if (computable && b->status == COCO_OK) *out = seen_as(b, rule->emit(b, operation, operands), result);
  if (b->status != COCO_OK || *out) return b->status;
  char text[64];
  return coco_operation_error(operation, "cannot be computed for elements of type '%s'",
                              coco_type_text(scalars[0]->type, text, sizeof text));
}
