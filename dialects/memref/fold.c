/* Simplifications of memref, and names of results. */
#include <stdio.h>

#include "dialects/memref/hooks.h"
#include "dialects/memref/memref.h"

/* dim(x, i) = the type's extent i, when it is static; of an allocation, the operand that gives it. */
coco_status coco_memref_fold_dim(coco_operation *operation, coco_fold *fold) {
  const coco_value *source = coco_operation_operand(operation, 0);
  const coco_type *type = source->type;
  if (!coco_attribute_is(fold->operands[1], COCO_ATTRIBUTE_INTEGER)) return COCO_OK;
  int64_t index = fold->operands[1]->integer;
  if (index < 0 || index >= type->rank) return COCO_OK;
  if (type->shape[index] != COCO_DYNAMIC) {
    return coco_fold_to_attribute(fold, coco_attribute_index(operation->context, type->shape[index]));
  }
  const coco_operation *allocation = coco_value_operation(source);
  if (!coco_operation_is(allocation, &coco_memref_alloc) && !coco_operation_is(allocation, &coco_memref_alloca)) return COCO_OK;
  size_t position = 0;
  for (int64_t i = 0; i < index; i++) position += type->shape[i] == COCO_DYNAMIC;
  if (position >= allocation->operand_count) return COCO_OK;
  return coco_fold_to_value(fold, coco_operation_operand(allocation, position));
}

/* cast(x) = x when the types are equal; cast(cast(x)) = x when that gives x's type back. */
coco_status coco_memref_fold_cast(coco_operation *operation, coco_fold *fold) {
  coco_value *source = coco_operation_operand(operation, 0);
  const coco_operation *inner = coco_value_defined_by(source, &coco_memref_cast);
  if (source->type != operation->results[0].type && inner) source = coco_operation_operand(inner, 0);
  if (source->type != operation->results[0].type) return COCO_OK;
  return coco_fold_to_value(fold, source);
}

/* The operation's own word: %alloc, %subview, %dim. */
void coco_memref_name_result(const coco_operation *operation, char *buffer, size_t size) {
  coco_string name = coco_operation_name(operation);
  const char *dot = memchr(name.data, '.', name.size);
  if (!dot) return;
  snprintf(buffer, size, "%.*s", (int)(name.size - (size_t)(dot + 1 - name.data)), dot + 1);
}
