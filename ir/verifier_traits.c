/* Second round of the verifier: what an operation's traits demand of its types. */
#include "ir/verifier_internal.h"

static const coco_type *type_at(const coco_operation *operation, size_t index) {
  return index < operation->operand_count ? operation->operands[index].value->type
                                          : operation->results[index - operation->operand_count].type;
}

/* The first COUNT of operands and results have one type. */
static bool have_one_type(const coco_operation *operation, size_t count) {
  for (size_t i = 1; i < count; ++i)
    if (type_at(operation, i) != type_at(operation, 0)) return false;
  return true;
}

static bool is_container(const coco_type *type) {
  return type->kind == COCO_TYPE_VECTOR || type->kind == COCO_TYPE_TENSOR || type->kind == COCO_TYPE_UNRANKED_TENSOR;
}

static bool same_container(const coco_type *a, const coco_type *b) {
  if ((a->kind == COCO_TYPE_VECTOR) != (b->kind == COCO_TYPE_VECTOR)) return false;
  if (a->kind == COCO_TYPE_UNRANKED_TENSOR || b->kind == COCO_TYPE_UNRANKED_TENSOR) return true;
  if (a->rank != b->rank) return false;
  for (uint32_t i = 0; i < a->rank; ++i)
    if (a->shape[i] != b->shape[i] && a->shape[i] != COCO_DYNAMIC && b->shape[i] != COCO_DYNAMIC) return false;
  return true;
}

static coco_status check_elementwise(const coco_operation *operation) {
  size_t count = (size_t)operation->operand_count + operation->result_count, containers_of_results = 0;
  const coco_type *container = NULL;
  for (size_t i = 0; i < count; ++i) {
    const coco_type *type = type_at(operation, i);
    if (!is_container(type)) continue;
    containers_of_results += i >= operation->operand_count;
    if (container && !same_container(container, type))
      return coco_operation_error(operation, "all non-scalar operands/results must have the same shape and base type");
    if (!container) container = type;
  }
  if (container && containers_of_results != operation->result_count)
    return coco_operation_error(operation, "if an operand is non-scalar, then all results must be non-scalar");
  if (container && operation->operand_count) {
    bool operands_scalar = true;
    for (size_t i = 0; i < operation->operand_count; ++i)
      operands_scalar = operands_scalar && !is_container(type_at(operation, i));
    if (operands_scalar)
      return coco_operation_error(operation, "if a result is non-scalar, then at least one operand must be non-scalar");
  }
  return COCO_OK;
}

/* Where a symbol stands, so that it can be found, and its own attributes: custom forms write them as a bare word and as
 * @name. */
static coco_status check_symbol(const coco_operation *operation) {
  const coco_operation *parent = coco_operation_parent(operation);
  if (parent && parent->definition->is_registered && !coco_operation_has_trait(parent, COCO_SYMBOL_TABLE))
    return coco_operation_error(operation, "symbol's parent must have the SymbolTable trait");
  const coco_attribute *name = coco_operation_get(operation, COCO_STRING("sym_name"));
  const coco_attribute *visibility = coco_operation_get(operation, COCO_STRING("sym_visibility"));
  if (coco_attribute_is(name, COCO_ATTRIBUTE_STRING) && name->text.size == 0)
    return coco_operation_error(operation, "a symbol's name must not be empty");
  if (!visibility) return COCO_OK;
  if (coco_attribute_is(visibility, COCO_ATTRIBUTE_STRING) &&
      (coco_string_is(visibility->text, "public") || coco_string_is(visibility->text, "private") ||
       coco_string_is(visibility->text, "nested")))
    return COCO_OK;
  return coco_operation_error(operation, "visibility expected to be one of [\"public\", \"private\", \"nested\"]");
}

coco_status coco_verify_traits(coco_operation *operation) {
  uint32_t traits = operation->definition->traits;
  size_t operands = operation->operand_count;
  if ((traits & COCO_SAME_TYPE) && !have_one_type(operation, operands + operation->result_count))
    return coco_operation_error(operation, "requires the same type for all operands and results");
  if ((traits & COCO_SAME_OPERAND_TYPES) && !have_one_type(operation, operands))
    return coco_operation_error(operation, "requires all operands to have the same type");
  if (traits & COCO_SYMBOL) COCO_TRY(check_symbol(operation));
  return (traits & COCO_ELEMENTWISE) ? check_elementwise(operation) : COCO_OK;
}
