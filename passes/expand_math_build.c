/* The steps from which expansions of math functions are built. See expand_math.h. */
#include "passes/expand_math.h"


static coco_value *constant(coco_expansion *e, const coco_type *type, const coco_attribute *scalar) {
  if (e->builder.status != COCO_OK) return NULL;
  const coco_attribute *value = scalar;
  if (scalar && type->kind == COCO_TYPE_VECTOR) {
    uint8_t bytes[8] = {0};
    if (scalar->kind == COCO_ATTRIBUTE_FLOAT) coco_element_write_real(type->element, bytes, scalar->real);
    else coco_element_write_integer(type->element, bytes, scalar->integer);
    value = coco_attribute_dense(e->builder.context, type, bytes, coco_type_element_size(type->element));
  }
  if (!value) {
    coco_builder_fail(&e->builder, COCO_OUT_OF_MEMORY);
    return NULL;
  }
  return coco_build_value(&e->builder, &(coco_operation_state){.definition = &coco_arith_constant, COCO_WITH_ATTRIBUTES(COCO_NAMED("value", value))});
}

coco_value *coco_expand_real(coco_expansion *e, const coco_type *type, double value) {
  return constant(e, type, coco_attribute_float(e->builder.context, coco_type_scalar(type), value));
}
coco_value *coco_expand_integer(coco_expansion *e, const coco_type *type, int64_t value) {
  return constant(e, type, coco_attribute_integer(e->builder.context, coco_type_scalar(type), value));
}

coco_value *coco_expand_add(coco_expansion *e, coco_value *a, coco_value *b) { return coco_build_binary(&e->builder, &coco_arith_addf, a, b); }
coco_value *coco_expand_subtract(coco_expansion *e, coco_value *a, coco_value *b) { return coco_build_binary(&e->builder, &coco_arith_subf, a, b); }
coco_value *coco_expand_multiply(coco_expansion *e, coco_value *a, coco_value *b) { return coco_build_binary(&e->builder, &coco_arith_mulf, a, b); }
coco_value *coco_expand_divide(coco_expansion *e, coco_value *a, coco_value *b) { return coco_build_binary(&e->builder, &coco_arith_divf, a, b); }

coco_value *coco_expand_fma(coco_expansion *e, coco_value *a, coco_value *b, coco_value *c) {
  coco_value *operands[] = {a, b, c};
  return coco_build_value(&e->builder, &(coco_operation_state){.definition = &coco_math_fma, .operands = operands, .operand_count = 3});
}

coco_value *coco_expand_cast(coco_expansion *e, const coco_operation_definition *definition, coco_value *value, const coco_type *to) {
  return coco_build_value(&e->builder, &(coco_operation_state){.definition = definition, .operands = &value, .operand_count = 1, COCO_WITH_RESULTS(to)});
}

coco_value *coco_expand_by(coco_expansion *e, const coco_operation_definition *integer, coco_value *value, int64_t by) {
  return value ? coco_build_binary(&e->builder, integer, value, coco_expand_integer(e, value->type, by)) : NULL;
}

coco_value *coco_expand_compare(coco_expansion *e, coco_float_predicate predicate, coco_value *a, coco_value *b) {
  if (e->builder.status != COCO_OK) return NULL;
  const coco_attribute *number = coco_attribute_i64(e->builder.context, predicate);
  if (!number) {
    coco_builder_fail(&e->builder, COCO_OUT_OF_MEMORY);
    return NULL;
  }
  coco_value *operands[] = {a, b};
  return coco_build_value(&e->builder, &(coco_operation_state){.definition = &coco_arith_cmpf,
                                                               .operands = operands,
                                                               .operand_count = 2,
                                                               COCO_WITH_ATTRIBUTES(COCO_NAMED("predicate", number))});
}

coco_value *coco_expand_select(coco_expansion *e, coco_value *condition, coco_value *yes, coco_value *no) {
  coco_value *operands[] = {condition, yes, no};
  return coco_build_value(&e->builder, &(coco_operation_state){.definition = &coco_arith_select, .operands = operands, .operand_count = 3});
}

coco_value *coco_expand_clamp(coco_expansion *e, coco_value *value, double low, double high) {
  if (!value) return NULL;
  coco_value *top = coco_expand_real(e, value->type, high), *bottom = coco_expand_real(e, value->type, low);
  value = coco_expand_select(e, coco_expand_compare(e, COCO_CMPF_OGT, value, top), top, value);
  return coco_expand_select(e, coco_expand_compare(e, COCO_CMPF_OLT, value, bottom), bottom, value);
}

coco_value *coco_expand_polynomial(coco_expansion *e, coco_value *x, const double *coefficients, size_t count) {
  if (!x) return NULL;
  coco_value *sum = coco_expand_real(e, x->type, coefficients[count - 1]);
  for (size_t i = count - 1; i-- > 0;) sum = coco_expand_fma(e, sum, x, coco_expand_real(e, x->type, coefficients[i]));
  return sum;
}

/* x * FACTOR + 1.5 * 2^p, p the number of bits of a significand less one, has no bits below the units: they are in its low bits. */
void coco_expand_nearest(coco_expansion *e, coco_value *x, double factor, coco_value **out, coco_value **out_integer) {
  *out = *out_integer = NULL;
  if (!x) return;
  const bool single = x->type == e->f32;
  coco_value *magic = coco_expand_real(e, x->type, single ? 0x1.8p23 : 0x1.8p52);
  coco_value *sum = coco_expand_fma(e, x, coco_expand_real(e, x->type, factor), magic);
  *out = coco_expand_subtract(e, sum, magic);
  *out_integer = coco_expand_by(e, &coco_arith_subi, coco_expand_bits(e, sum, single ? e->i32 : e->i64), single ? 0x4b400000 : INT64_C(0x4338000000000000));
}

coco_value *coco_expand_power_of_two(coco_expansion *e, coco_value *n) {
  return coco_expand_bits(e, coco_expand_by(e, &coco_arith_shli, coco_expand_by(e, &coco_arith_addi, n, 127), 23), e->f32);
}
