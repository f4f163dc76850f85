/* What may be assumed about an operation from its traits: whether it may be merged, erased, folded. */
#include "ir/operation_internal.h"

bool coco_operation_has_trait(const coco_operation *operation, uint32_t trait) {
  return (operation->definition->traits & trait) != 0;
}

/* Whether OPERATION by itself, its regions left aside, does nothing beyond ALLOWED effects. */
static bool is_harmless(const coco_operation *operation, uint32_t allowed) {
  uint32_t traits = operation->definition->traits;
  return (traits & (COCO_PURE | COCO_RECURSIVE_EFFECTS | allowed)) != 0;
}

static bool is_harmless_with_regions(coco_operation *operation, uint32_t allowed) {
  if (!is_harmless(operation, allowed)) return false;
  for (coco_operation *inner = operation; (inner = coco_walk_next(inner, operation)) != NULL;)
    if (!is_harmless(inner, allowed | COCO_TERMINATOR)) return false;
  return true;
}

bool coco_operation_is_pure(coco_operation *operation) { return is_harmless_with_regions(operation, 0); }

bool coco_operation_is_trivially_dead(coco_operation *operation) {
  if (operation->definition->traits & (COCO_TERMINATOR | COCO_SYMBOL)) return false;
  for (size_t i = 0; i < operation->result_count; ++i)
    if (operation->results[i].first_use) return false;
  return is_harmless_with_regions(operation, COCO_READS | COCO_ALLOCATES);
}

const coco_attribute *coco_value_constant(const coco_value *value) {
  const coco_operation *operation = coco_value_operation(value);
  if (!operation || !(operation->definition->traits & COCO_CONSTANT_LIKE)) return NULL;
  size_t index = coco_definition_attribute_index(operation->definition, COCO_STRING("value"));
  return index < operation->definition->attribute_count ? operation->properties[index] : NULL;
}
