/* What the expansions of math functions share. Private to the files passes/expand_math*.c.
 *
 * An expansion builds operations on values of one shape, scalars or lanes of a vector, before the operation that goes.
 * Numbers become constants of that shape; common ones are merged by cse. */
#ifndef COCO_PASSES_EXPAND_MATH_H
#define COCO_PASSES_EXPAND_MATH_H

#include "dialects/arith/arith.h"
#include "dialects/arith/predicates.h"
#include "dialects/math/math.h"
#include "ir/builder.h"

typedef struct coco_expansion {
  coco_builder builder;
  /* Of the shape at work. */
  const coco_type *f32, *f64, *i32, *i64;
} coco_expansion;

/* ---- Numbers (expand_math_build.c) ---- */
coco_value *coco_expand_real(coco_expansion *e, const coco_type *type, double value);
coco_value *coco_expand_integer(coco_expansion *e, const coco_type *type, int64_t value);
static inline coco_value *coco_expand_f32(coco_expansion *e, double value) { return coco_expand_real(e, e->f32, value); }

/* ---- Operations: the operands' type is the result's but where a type is named ---- */
coco_value *coco_expand_add(coco_expansion *e, coco_value *a, coco_value *b); /* floats */
coco_value *coco_expand_subtract(coco_expansion *e, coco_value *a, coco_value *b);
coco_value *coco_expand_multiply(coco_expansion *e, coco_value *a, coco_value *b);
coco_value *coco_expand_divide(coco_expansion *e, coco_value *a, coco_value *b);
coco_value *coco_expand_fma(coco_expansion *e, coco_value *a, coco_value *b, coco_value *c); /* a * b + c, rounded once */
coco_value *coco_expand_cast(coco_expansion *e, const coco_operation_definition *definition, coco_value *value, const coco_type *to);
static inline coco_value *coco_expand_bits(coco_expansion *e, coco_value *value, const coco_type *to) {
  return coco_expand_cast(e, &coco_arith_bitcast, value, to);
}
coco_value *coco_expand_by(coco_expansion *e, const coco_operation_definition *integer, coco_value *value, int64_t by);
coco_value *coco_expand_compare(coco_expansion *e, coco_float_predicate predicate, coco_value *a, coco_value *b);
static inline coco_value *coco_expand_compare_to(coco_expansion *e, coco_float_predicate predicate, coco_value *a, double b) {
  return coco_expand_compare(e, predicate, a, a ? coco_expand_real(e, a->type, b) : NULL);
}
coco_value *coco_expand_select(coco_expansion *e, coco_value *condition, coco_value *yes, coco_value *no);
/* VALUE between the bounds; NaN stays. */
coco_value *coco_expand_clamp(coco_expansion *e, coco_value *value, double low, double high);
/* coefficients[0] + coefficients[1] x + …, by Horner's rule with fma. */
coco_value *coco_expand_polynomial(coco_expansion *e, coco_value *x, const double *coefficients, size_t count);
/* The integer nearest to x * FACTOR as a float (*out) and as an i32 or i64 (*out_integer); |x * FACTOR| < 2^21. */
void coco_expand_nearest(coco_expansion *e, coco_value *x, double factor, coco_value **out, coco_value **out_integer);
/* 2^n as a float, n an i32 in [-126, 127]; 0 for -127. */
coco_value *coco_expand_power_of_two(coco_expansion *e, coco_value *n);

/* ---- The functions: NULL after a failure, which the builder keeps ---- */
coco_value *coco_expand_exp(coco_expansion *e, coco_value *const *operands);
coco_value *coco_expand_exp2(coco_expansion *e, coco_value *const *operands);
coco_value *coco_expand_expm1(coco_expansion *e, coco_value *const *operands);
coco_value *coco_expand_tanh(coco_expansion *e, coco_value *const *operands);
coco_value *coco_expand_erf(coco_expansion *e, coco_value *const *operands);
coco_value *coco_expand_log(coco_expansion *e, coco_value *const *operands);
coco_value *coco_expand_log2(coco_expansion *e, coco_value *const *operands);
coco_value *coco_expand_log1p(coco_expansion *e, coco_value *const *operands);
coco_value *coco_expand_powf(coco_expansion *e, coco_value *const *operands);

#endif
