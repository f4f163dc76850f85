/* Rules of vector that the rows cannot say. */
#include "dialects/vector/hooks.h"
#include "dialects/vector/vector.h"
#include "ir/printer.h"

enum { TYPE_TEXT = 128 };

static const coco_type *operand_type(const coco_operation *operation, size_t index) {
  return coco_operation_operand(operation, index)->type;
}

/* All entries of LIST are integers. */
static coco_status check_integers(coco_operation *operation, const coco_attribute *list, const char *what) {
  for (size_t i = 0; i < list->count; i++)
    if (!coco_attribute_is(list->elements[i], COCO_ATTRIBUTE_INTEGER))
      return coco_operation_error(operation, "expected integers in attribute '%s'", what);
  return COCO_OK;
}

/* ---- broadcast, splat, fma ---- */

coco_status coco_vector_verify_broadcast(coco_operation *operation) {
  const coco_type *from = operand_type(operation, 0), *to = operation->results[0].type;
  if (from->element && from->kind != COCO_TYPE_VECTOR)
    return coco_operation_error(operation, "source type must be a scalar or a vector");
  if (coco_type_scalar(from) != to->element)
    return coco_operation_error(operation, "source operand and result have same element type");
  if (!from->element) return COCO_OK;
  if (from->rank > to->rank) return coco_operation_error(operation, "source rank higher than destination rank");
  for (uint32_t i = 0; i < from->rank; i++) {
    int64_t a = from->shape[i], b = to->shape[to->rank - from->rank + i];
    if (a != 1 && a != b)
      return coco_operation_error(operation, "dimension mismatch (%lld vs. %lld)", (long long)a, (long long)b);
  }
  return COCO_OK;
}

coco_status coco_vector_verify_splat(coco_operation *operation) {
  if (operand_type(operation, 0) == operation->results[0].type->element) return COCO_OK;
  return coco_operation_error(operation, "failed to verify that operand type matches element type of result");
}

coco_status coco_vector_verify_fma(coco_operation *operation) {
  if (coco_type_is_float(operand_type(operation, 0)->element)) return COCO_OK;
  return coco_operation_error(operation, "operand #0 must be vector of floating-point values");
}

/* ---- Memory ---- */

/* A vector of TYPE at the indices (COUNT of them) of BASE. */
static coco_status check_slice(coco_operation *operation, const coco_type *base, const coco_type *type, size_t count) {
  int64_t strides[64], offset;
  if (base->element != type->element)
    return coco_operation_error(operation, "base and result element type should match");
  if (count != base->rank) return coco_operation_error(operation, "requires %u indices", base->rank);
  if (type->rank > base->rank)
    return coco_operation_error(operation, "destination memref has lower rank than the result vector");
  if (base->rank > 64 || !coco_memref_strides(base, strides, &offset) ||
      (base->rank && strides[base->rank - 1] != 1))
    return coco_operation_error(operation, "most minor memref dim must have unit stride");
  return COCO_OK;
}

coco_status coco_vector_verify_access(coco_operation *operation) {
  if (operation->definition == &coco_vector_load)
    return check_slice(operation, operand_type(operation, 0), operation->results[0].type, operation->operand_count - 1u);
  return check_slice(operation, operand_type(operation, 1), operand_type(operation, 0), operation->operand_count - 2u);
}

coco_status coco_vector_verify_masked(coco_operation *operation) {
  const coco_type *base = operand_type(operation, 0), *mask = operand_type(operation, operation->operand_count - 2u);
  const coco_type *value = operand_type(operation, operation->operand_count - 1u);
  if (base->element != value->element) return coco_operation_error(operation, "base and result element type should match");
  if (operation->operand_count - 3u != base->rank) return coco_operation_error(operation, "requires %u indices", base->rank);
  if (!coco_type_is_integer(mask->element, 1) || value->rank != 1 || !coco_type_same_shape(mask, value))
    return coco_operation_error(operation, "expected value dim to match mask dim");
  return COCO_OK;
}

/* ---- Masks ---- */

coco_status coco_vector_verify_mask(coco_operation *operation) {
  const coco_type *type = operation->results[0].type;
  bool is_constant = operation->definition == &coco_vector_constant_mask;
  const coco_attribute *sizes = is_constant ? COCO_PROPERTY(operation, vector_constant_mask, mask_dim_sizes) : NULL;
  size_t count = is_constant ? sizes->count : operation->operand_count;
  if (!coco_type_is_integer(type->element, 1)) return coco_operation_error(operation, "result #0 must be vector of 1-bit signless integer values");
  if (count != (type->rank || !is_constant ? type->rank : 1))
    return coco_operation_error(operation, is_constant ? "must specify array attr of size equal vector result rank"
                                                       : "must specify an operand for each result vector dimension");
  if (!is_constant) return COCO_OK;
  COCO_TRY(check_integers(operation, sizes, "mask_dim_sizes"));
  for (size_t i = 0; i < count; i++) {
    int64_t limit = sizes->elements[i]->integer;
    if (limit < 0 || limit > (type->rank ? type->shape[i] : 1))
      return coco_operation_error(operation, "array attr of size out of bounds of vector result dimension size");
  }
  return COCO_OK;
}

/* ---- extract, insert ---- */

static coco_status check_position(coco_operation *operation, const coco_type *type, const coco_attribute *position, size_t operands) {
  if (position->count > type->rank)
    return coco_operation_error(operation, "expected position attribute of rank no greater than vector rank");
  if (coco_count_dynamic(coco_attribute_i64s(position), position->count) != operands)
    return coco_operation_error(operation, "mismatch between dynamic and static positions");
  for (size_t i = 0; i < position->count; i++) {
    int64_t at = coco_attribute_i64s(position)[i];
    if (at != COCO_DYNAMIC && (at < 0 || at >= type->shape[i]))
      return coco_operation_error(operation, "expected position attribute #%zu to be a non-negative integer smaller than the "
                                             "corresponding vector dimension", i + 1);
  }
  return COCO_OK;
}

coco_status coco_vector_verify_extract(coco_operation *operation) {
  return check_position(operation, operand_type(operation, 0), COCO_PROPERTY(operation, vector_extract, static_position),
                        operation->operand_count - 1u);
}

coco_status coco_vector_verify_insert(coco_operation *operation) {
  const coco_attribute *position = COCO_PROPERTY(operation, vector_insert, static_position);
  const coco_type *source = operand_type(operation, 0), *dest = operand_type(operation, 1);
  COCO_TRY(check_position(operation, dest, position, operation->operand_count - 2u));
  bool fits = coco_type_scalar(source) == dest->element && source->rank == dest->rank - position->count;
  for (uint32_t i = 0; fits && i < source->rank; i++) fits = source->shape[i] == dest->shape[position->count + i];
  if (fits) return COCO_OK;
  char text[TYPE_TEXT];
  return coco_operation_error(operation, "expected position attribute rank + source rank to match dest vector rank; the source is '%s'",
                              coco_type_text(source, text, sizeof text));
}

coco_status coco_vector_verify_insert_strided_slice(coco_operation *operation) {
  const coco_attribute *offsets = COCO_PROPERTY(operation, vector_insert_strided_slice, offsets);
  const coco_attribute *strides = COCO_PROPERTY(operation, vector_insert_strided_slice, strides);
  const coco_type *source = operand_type(operation, 0), *dest = operand_type(operation, 1);
  COCO_TRY(check_integers(operation, offsets, "offsets"));
  COCO_TRY(check_integers(operation, strides, "strides"));
  if (source->element != dest->element) return coco_operation_error(operation, "expected source and destination of one element type");
  if (offsets->count != dest->rank)
    return coco_operation_error(operation, "expected offsets of same size as destination vector rank");
  if (strides->count != source->rank)
    return coco_operation_error(operation, "expected strides of same size as source vector rank");
  if (source->rank > dest->rank)
    return coco_operation_error(operation, "expected source rank to be no greater than destination rank");
  for (size_t i = 0; i < strides->count; i++)
    if (strides->elements[i]->integer != 1) return coco_operation_error(operation, "expected strides to be confined to [1, 2)");
  for (size_t i = 0; i < dest->rank; i++) {
    size_t lead = dest->rank - source->rank;
    int64_t extent = i < lead ? 1 : source->shape[i - lead], offset = offsets->elements[i]->integer;
    if (offset < 0 || offset > dest->shape[i] || extent > dest->shape[i] - offset)
      return coco_operation_error(operation, "expected the slice to lie within dimension %zu of the destination", i);
  }
  return COCO_OK;
}

static coco_status check_element(coco_operation *operation, const coco_type *type, size_t operands_before) {
  bool has_position = operation->operand_count > operands_before;
  if (type->rank > 1) return coco_operation_error(operation, "unexpected >1 vector rank");
  if (type->rank == 0 && has_position) return coco_operation_error(operation, "expected position to be empty with 0-D vector");
  if (type->rank == 1 && !has_position) return coco_operation_error(operation, "expected position for 1-D vector");
  if (has_position && operand_type(operation, operands_before)->element)
    return coco_operation_error(operation, "expected an integer or index as position");
  return COCO_OK;
}

coco_status coco_vector_verify_extractelement(coco_operation *operation) {
  return check_element(operation, operand_type(operation, 0), 1);
}

coco_status coco_vector_verify_insertelement(coco_operation *operation) {
  if (operand_type(operation, 0) != operand_type(operation, 1)->element)
    return coco_operation_error(operation, "failed to verify that source operand type matches element type of result");
  return check_element(operation, operand_type(operation, 1), 2);
}

/* ---- reduction, shuffle ---- */

coco_string coco_vector_reduction_kind(const coco_operation *operation) {
  const coco_attribute *kind = COCO_PROPERTY(operation, vector_reduction, kind);
  coco_string prefix = COCO_STRING("vector.kind<");
  if (!coco_attribute_is(kind, COCO_ATTRIBUTE_OPAQUE) || !coco_string_starts_with(kind->text, prefix)) return (coco_string){0};
  return (coco_string){kind->text.data + prefix.size, kind->text.size - prefix.size - 1};
}

coco_status coco_vector_verify_reduction(coco_operation *operation) {
  static const char *const for_floats[] = {"add", "mul", "minnumf", "maxnumf", "minimumf", "maximumf"};
  static const char *const for_integers[] = {"add", "mul", "minui", "minsi", "maxui", "maxsi", "and", "or", "xor"};
  const coco_type *type = operand_type(operation, 0);
  bool is_float = coco_type_is_float(type->element), known = false;
  coco_string kind = coco_vector_reduction_kind(operation);
  const char *const *kinds = is_float ? for_floats : for_integers;
  size_t count = is_float ? sizeof for_floats / sizeof *for_floats : sizeof for_integers / sizeof *for_integers;
  for (size_t i = 0; i < count; i++) known = known || coco_string_is(kind, kinds[i]);
  if (type->rank > 1) return coco_operation_error(operation, "unsupported reduction rank: %u", type->rank);
  if (!known) {
    char text[TYPE_TEXT];
    return coco_operation_error(operation, "unsupported reduction type '%s' for kind '%.*s'",
                                coco_type_text(type->element, text, sizeof text), COCO_PRINT(kind));
  }
  if (operation->operand_count > 1 && operand_type(operation, 1) != type->element)
    return coco_operation_error(operation, "expected the accumulator to have the type of the result");
  return COCO_OK;
}

coco_status coco_vector_verify_shuffle(coco_operation *operation) {
  const coco_type *a = operand_type(operation, 0), *b = operand_type(operation, 1);
  const coco_attribute *mask = COCO_PROPERTY(operation, vector_shuffle, mask);
  bool fits = a->element == b->element && a->rank == b->rank;
  for (uint32_t i = 1; fits && i < a->rank; i++) fits = a->shape[i] == b->shape[i];
  if (!fits) return coco_operation_error(operation, "dimension mismatch");
  COCO_TRY(check_integers(operation, mask, "mask"));
  int64_t count = a->rank ? a->shape[0] + b->shape[0] : 2;
  for (size_t i = 0; i < mask->count; i++)
    if (mask->elements[i]->integer < 0 || mask->elements[i]->integer >= count)
      return coco_operation_error(operation, "mask index #%zu out of range", i + 1);
  return COCO_OK;
}

/* ---- Casts ---- */

coco_status coco_vector_verify_bitcast(coco_operation *operation) {
  const coco_type *from = operand_type(operation, 0), *to = operation->results[0].type;
  if (from->rank != to->rank) return coco_operation_error(operation, "failed to verify that all of {source, result} have same rank");
  for (uint32_t i = 0; i + 1 < from->rank; i++)
    if (from->shape[i] != to->shape[i]) return coco_operation_error(operation, "dimension size mismatch at: %u", i);
  uint64_t last_from = from->rank ? (uint64_t)from->shape[from->rank - 1] : 1, last_to = to->rank ? (uint64_t)to->shape[to->rank - 1] : 1;
  if (from->element->width * last_from != to->element->width * last_to)
    return coco_operation_error(operation, "source/result bitwidth of the minor 1-D vectors must be equal");
  return COCO_OK;
}

coco_status coco_vector_verify_shape_cast(coco_operation *operation) {
  const coco_type *from = operand_type(operation, 0), *to = operation->results[0].type;
  if (from->element != to->element) return coco_operation_error(operation, "source/result vectors must have same element type");
  if (coco_type_element_count(from) != coco_type_element_count(to))
    return coco_operation_error(operation, "source/result number of elements must match");
  return COCO_OK;
}
