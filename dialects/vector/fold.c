/* Simplifications of vector. */
#include "dialects/vector/hooks.h"
#include "dialects/vector/vector.h"

/* f(x) = x when the types are equal. */
coco_status coco_vector_fold_identity(coco_operation *operation, coco_fold *fold) {
  coco_value *source = coco_operation_operand(operation, 0);
  if (source->type != operation->results[0].type) return COCO_OK;
  return coco_fold_to_value(fold, source);
}

/* broadcast(x) = x when the types are equal; broadcast(constant scalar) = a splat. */
coco_status coco_vector_fold_broadcast(coco_operation *operation, coco_fold *fold) {
  COCO_TRY(coco_vector_fold_identity(operation, fold));
  const coco_attribute *value = fold->operands[0];
  if (fold->folded || !value) return COCO_OK;
  const coco_type *type = operation->results[0].type;
  uint8_t element[16] = {0};
  size_t size = coco_type_element_size(type);
  if (value->kind == COCO_ATTRIBUTE_FLOAT && size <= 8)
    coco_element_write_real(type->element, element, value->real);
  else if (value->kind == COCO_ATTRIBUTE_INTEGER && !value->words && size <= 8)
    coco_element_write_integer(type->element, element, value->integer);
  else
    return COCO_OK;
  return coco_fold_to_attribute(fold, coco_attribute_dense(operation->context, type, element, size));
}

/* shuffle(x, y)[0, 1, ...] = x, and shuffle(x, y)[n, n + 1, ...] = y, where all lanes of the one are picked. */
coco_status coco_vector_fold_shuffle(coco_operation *operation, coco_fold *fold) {
  const coco_attribute *mask = COCO_PROPERTY(operation, vector_shuffle, mask);
  const coco_type *first = coco_operation_operand(operation, 0)->type;
  if (mask->count == 0 || first->rank == 0) return COCO_OK;
  const int64_t begin = mask->elements[0]->integer;
  const size_t source = begin > 0;
  if (source && begin != first->shape[0]) return COCO_OK;
  coco_value *value = coco_operation_operand(operation, source);
  for (uint32_t i = 1; i < mask->count; ++i)
    if (mask->elements[i]->integer != begin + i) return COCO_OK;
  return value->type == operation->results[0].type ? coco_fold_to_value(fold, value) : COCO_OK;
}

/* extract(broadcast(scalar)) = scalar; extract(x)[] = x. */
coco_status coco_vector_fold_extract(coco_operation *operation, coco_fold *fold) {
  COCO_TRY(coco_vector_fold_identity(operation, fold));
  if (fold->folded) return COCO_OK;
  const coco_operation *source = coco_value_operation(coco_operation_operand(operation, 0));
  if (!coco_operation_is(source, &coco_vector_broadcast) && !coco_operation_is(source, &coco_vector_splat)) return COCO_OK;
  coco_value *scalar = coco_operation_operand(source, 0);
  if (scalar->type != operation->results[0].type) return COCO_OK;
  return coco_fold_to_value(fold, scalar);
}
