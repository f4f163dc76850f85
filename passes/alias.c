/* Aliases by base: see alias.h. Linear in the views between a value and its base. */
#include "passes/alias.h"

#include "dialects/memref/memref.h"

const coco_value *coco_memory_base(const coco_value *value) {
  static const coco_operation_definition *const views[] = {
      &coco_memref_view, &coco_memref_subview,        &coco_memref_reinterpret_cast,
      &coco_memref_cast, &coco_memref_collapse_shape, &coco_memref_expand_shape};
  for (;;) {
    const coco_operation *operation = coco_value_operation(value);
    size_t i = 0;
    while (i < sizeof views / sizeof *views && !coco_operation_is(operation, views[i])) ++i;
    if (i == sizeof views / sizeof *views) return value;
    value = coco_operation_operand(operation, 0);
  }
}

typedef enum origin { UNKNOWN, ARGUMENT, ALLOCATION, GLOBAL } origin;

static origin origin_of(const coco_value *base) {
  const coco_operation *operation = coco_value_operation(base);
  if (!operation) {
    const coco_operation *parent = coco_value_argument_block(base)->region->owner;
    bool is_entry = coco_value_argument_block(base)->region->first == coco_value_argument_block(base);
    return is_entry && coco_operation_has_trait(parent, COCO_SYMBOL) ? ARGUMENT : UNKNOWN;
  }
  if (coco_operation_is(operation, &coco_memref_get_global)) return GLOBAL;
  return coco_operation_has_trait(operation, COCO_ALLOCATES) ? ALLOCATION : UNKNOWN;
}

bool coco_memory_may_alias(const coco_value *a, const coco_value *b, bool arguments_differ) {
  const coco_value *left = coco_memory_base(a), *right = coco_memory_base(b);
  if (left == right) return true;
  origin from_left = origin_of(left), from_right = origin_of(right);
  if (from_left == UNKNOWN || from_right == UNKNOWN) return true;
  if (from_left == ALLOCATION || from_right == ALLOCATION) return false;
  if (from_left == GLOBAL && from_right == GLOBAL)
    return COCO_PROPERTY(coco_value_operation(left), memref_get_global, name) ==
           COCO_PROPERTY(coco_value_operation(right), memref_get_global, name);
  return !arguments_differ;
}
