/* Simplifications of arith. All-constant operations need none: they are evaluated. Equations hold for scalars,
 * vectors and tensors alike; float ones hold bit by bit, so x + 0 is not among them (it is not x for x = -0). */
#include "dialects/arith/arith.h"
#include "dialects/arith/hooks.h"
#include "dialects/arith/predicates.h"

/* ---- What a constant is ---- */

static bool is_integer_type(const coco_type *scalar) {
  return scalar->kind == COCO_TYPE_INDEX || (scalar->kind == COCO_TYPE_INTEGER && scalar->width <= 64);
}

/* ATTRIBUTE is a number, or a splat of numbers, and it is VALUE. */
static bool is_integer(const coco_attribute *attribute, int64_t value) {
  if (coco_attribute_is(attribute, COCO_ATTRIBUTE_INTEGER)) return !attribute->words && attribute->integer == value;
  if (!coco_attribute_is(attribute, COCO_ATTRIBUTE_DENSE) || !attribute->splat) return false;
  const coco_type *scalar = attribute->type->element;
  return is_integer_type(scalar) && coco_element_read_integer(scalar, attribute->data) == value;
}

static bool is_real(const coco_attribute *attribute, double value) {
  if (coco_attribute_is(attribute, COCO_ATTRIBUTE_FLOAT)) return attribute->real == value;
  if (!coco_attribute_is(attribute, COCO_ATTRIBUTE_DENSE) || !attribute->splat) return false;
  const coco_type *scalar = attribute->type->element;
  return coco_type_is_float(scalar) && coco_element_read_real(scalar, attribute->data) == value;
}

/* All bits set. Of one bit: 1. */
static bool is_all_ones(const coco_attribute *attribute) {
  return attribute && attribute->type && is_integer(attribute, coco_type_is_integer(coco_type_scalar(attribute->type), 1) ? 1 : -1);
}

static bool same_operands(const coco_operation *operation) {
  return coco_operation_operand(operation, 0) == coco_operation_operand(operation, 1);
}

/* VALUE in every element of the result. */
static coco_status fold_to_integer(coco_operation *operation, coco_fold *fold, int64_t value) {
  const coco_type *type = operation->results[0].type;
  uint8_t element[8] = {0};
  if (!is_integer_type(coco_type_scalar(type)) || (type->element && coco_type_element_count(type) < 1)) return COCO_OK;
  coco_element_write_integer(coco_type_scalar(type), element, value);
  fold->results[0].attribute = type->element ? coco_attribute_dense(operation->context, type, element, coco_type_element_size(type))
                                             : coco_attribute_integer(operation->context, type, value);
  fold->folded = fold->results[0].attribute != NULL;
  return fold->folded ? COCO_OK : COCO_OUT_OF_MEMORY;
}

#define FOLD(name) coco_status coco_arith_fold_##name(coco_operation *operation, coco_fold *fold)
#define LEFT coco_operation_operand(operation, 0)
#define RIGHT coco_operation_operand(operation, 1)

/* ---- Integers ---- */

/* x + 0 = x;  (x - y) + y = x */
FOLD(addi) {
  if (is_integer(fold->operands[1], 0)) return coco_fold_to_value(fold, LEFT);
  coco_operation *difference = coco_value_defined_by(LEFT, &coco_arith_subi);
  if (difference && coco_operation_operand(difference, 1) == RIGHT) return coco_fold_to_value(fold, coco_operation_operand(difference, 0));
  return COCO_OK;
}

/* x - x = 0;  x - 0 = x;  (x + y) - y = x */
FOLD(subi) {
  if (same_operands(operation)) return fold_to_integer(operation, fold, 0);
  if (is_integer(fold->operands[1], 0)) return coco_fold_to_value(fold, LEFT);
  coco_operation *sum = coco_value_defined_by(LEFT, &coco_arith_addi);
  if (sum && coco_operation_operand(sum, 1) == RIGHT) return coco_fold_to_value(fold, coco_operation_operand(sum, 0));
  return COCO_OK;
}

/* x * 0 = 0;  x * 1 = x */
FOLD(muli) {
  if (is_integer(fold->operands[1], 0)) return coco_fold_to_value(fold, RIGHT);
  return is_integer(fold->operands[1], 1) ? coco_fold_to_value(fold, LEFT) : COCO_OK;
}

/* x << 0 = x and so on */
FOLD(shift) { return is_integer(fold->operands[1], 0) ? coco_fold_to_value(fold, LEFT) : COCO_OK; }

/* x / 1 = x; but a signed 1 of one bit is -1 */
FOLD(division) {
  bool is_signed = operation->definition != &coco_arith_divui && operation->definition != &coco_arith_ceildivui;
  if (is_signed && coco_type_is_integer(coco_type_scalar(LEFT->type), 1)) return COCO_OK;
  return is_integer(fold->operands[1], 1) ? coco_fold_to_value(fold, LEFT) : COCO_OK;
}

/* x mod 1 = 0 */
FOLD(remainder) { return is_integer(fold->operands[1], 1) ? fold_to_integer(operation, fold, 0) : COCO_OK; }

/* x & 0 = 0;  x & ~0 = x;  x & x = x */
FOLD(andi) {
  if (is_integer(fold->operands[1], 0)) return coco_fold_to_value(fold, RIGHT);
  return is_all_ones(fold->operands[1]) || same_operands(operation) ? coco_fold_to_value(fold, LEFT) : COCO_OK;
}

/* x | 0 = x;  x | ~0 = ~0;  x | x = x */
FOLD(ori) {
  if (is_all_ones(fold->operands[1])) return coco_fold_to_value(fold, RIGHT);
  return is_integer(fold->operands[1], 0) || same_operands(operation) ? coco_fold_to_value(fold, LEFT) : COCO_OK;
}

/* x ^ 0 = x;  x ^ x = 0;  (x ^ y) ^ y = x */
FOLD(xori) {
  if (is_integer(fold->operands[1], 0)) return coco_fold_to_value(fold, LEFT);
  if (same_operands(operation)) return fold_to_integer(operation, fold, 0);
  coco_operation *inner = coco_value_defined_by(LEFT, &coco_arith_xori);
  if (inner && coco_operation_operand(inner, 1) == RIGHT) return coco_fold_to_value(fold, coco_operation_operand(inner, 0));
  return COCO_OK;
}

/* max(x, x) = x, NaN included */
FOLD(same) {
  return same_operands(operation) ? coco_fold_to_value(fold, LEFT) : COCO_OK;
}

/* x == x and so on */
FOLD(cmpi) {
  if (!same_operands(operation)) return COCO_OK;
  switch (coco_property_integer(COCO_PROPERTY(operation, arith_cmpi, predicate), -1)) {
    case COCO_CMPI_EQ:
    case COCO_CMPI_SLE:
    case COCO_CMPI_SGE:
    case COCO_CMPI_ULE:
    case COCO_CMPI_UGE: return fold_to_integer(operation, fold, 1);
    default: return fold_to_integer(operation, fold, 0);
  }
}

/* ---- Floats ---- */

/* x + -0 = x */
FOLD(addf) {
  const coco_attribute *right = fold->operands[1];
  if (!is_real(right, 0)) return COCO_OK;
  double zero = right->kind == COCO_ATTRIBUTE_FLOAT ? right->real : coco_element_read_real(right->type->element, right->data);
  return 1 / zero < 0 ? coco_fold_to_value(fold, LEFT) : COCO_OK;
}

/* x - +0 = x */
FOLD(subf) {
  const coco_attribute *right = fold->operands[1];
  if (!is_real(right, 0)) return COCO_OK;
  double zero = right->kind == COCO_ATTRIBUTE_FLOAT ? right->real : coco_element_read_real(right->type->element, right->data);
  return 1 / zero > 0 ? coco_fold_to_value(fold, LEFT) : COCO_OK;
}

/* x * 1 = x;  x / 1 = x */
FOLD(mulf) { return is_real(fold->operands[1], 1) ? coco_fold_to_value(fold, LEFT) : COCO_OK; }
FOLD(divf) { return is_real(fold->operands[1], 1) ? coco_fold_to_value(fold, LEFT) : COCO_OK; }

/* cmpf false = 0, cmpf true = 1 */
FOLD(cmpf) {
  int64_t predicate = coco_property_integer(COCO_PROPERTY(operation, arith_cmpf, predicate), -1);
  if (predicate == COCO_CMPF_FALSE) return fold_to_integer(operation, fold, 0);
  return predicate == COCO_CMPF_TRUE ? fold_to_integer(operation, fold, 1) : COCO_OK;
}

/* ---- select, casts ---- */

/* select(c, x, x) = x;  select(1, x, y) = x;  select(0, x, y) = y;  select(c, 1, 0) = c of one bit */
FOLD(select) {
  coco_value *condition = LEFT, *yes = RIGHT, *no = coco_operation_operand(operation, 2);
  if (yes == no) return coco_fold_to_value(fold, yes);
  if (is_integer(fold->operands[0], 1)) return coco_fold_to_value(fold, yes);
  if (is_integer(fold->operands[0], 0)) return coco_fold_to_value(fold, no);
  if (condition->type == yes->type && is_integer(fold->operands[1], 1) && is_integer(fold->operands[2], 0))
    return coco_fold_to_value(fold, condition);
  return COCO_OK;
}

/* bitcast(x) = x of one type;  cast(cast(x)) = x where the first one loses nothing: to index and back, wider and back */
coco_status coco_arith_fold_cast(coco_operation *operation, coco_fold *fold) {
  const coco_operation_definition *row = operation->definition;
  coco_value *source = LEFT;
  if (row == &coco_arith_bitcast && source->type == operation->results[0].type) return coco_fold_to_value(fold, source);
  const coco_operation *inner = coco_value_operation(source);
  if (!inner || inner->operand_count != 1) return COCO_OK;
  const coco_operation_definition *first = inner->definition;
  coco_value *origin = coco_operation_operand(inner, 0);
  bool is_index_cast = row == &coco_arith_index_cast || row == &coco_arith_index_castui;
  bool widens = coco_type_scalar(origin->type)->kind == COCO_TYPE_INTEGER && coco_type_scalar(origin->type)->width <= 64;
  bool undone = (row == &coco_arith_trunci && (first == &coco_arith_extsi || first == &coco_arith_extui)) ||
                (row == &coco_arith_bitcast && first == &coco_arith_bitcast) || (is_index_cast && first == row && widens);
  return undone && origin->type == operation->results[0].type ? coco_fold_to_value(fold, origin) : COCO_OK;
}
