/* Third round of the verifier: values are defined before they are used and cross no border that
 * isolates; names in a symbol table are unique. */
#include "ir/operation_internal.h"
#include "ir/verifier_internal.h"

/* The isolated operation between USER and the region where VALUE is defined; NULL: none. */
static const coco_operation *isolating_border(const coco_value *value, const coco_operation *user) {
  const coco_region *region = coco_value_block(value)->region;
  const coco_operation *operation = user;
  while (operation && operation->block && operation->block->region != region) {
    operation = coco_operation_parent(operation);
    if (operation && operation->block && (operation->definition->traits & COCO_ISOLATED)) return operation;
  }
  return NULL;
}

static coco_status report_dominance(const coco_operation *user, size_t index, const coco_value *value) {
  const coco_operation *definer = coco_value_operation(value);
  const coco_operation *owner = definer ? definer : coco_value_block(value)->region->owner;
  const coco_location *at = owner ? owner->location : user->location;
  return coco_error_with_note(user->context, user->location, at,
                              definer ? "operand defined here" : "operand defined as a block argument here",
                              "operand #%zu does not dominate this use", index);
}

static coco_status check_operand(coco_dominance *dominance, coco_operation *user, size_t index) {
  const coco_value *value = coco_operation_operand(user, index);
  const coco_block *block = coco_value_block(value);
  if (!block || !block->region)
    return coco_operation_error(user, "operand #%zu is a value of an operation or block that stands nowhere", index);
  const coco_operation *border = isolating_border(value, user);
  if (border)
    return coco_error_with_note(user->context, user->location, border->location,
                                "required by region isolation constraints",
                                "'%s' op using value defined outside the region", user->definition->name);
  if (coco_value_dominates(dominance, value, user)) return COCO_OK;
  if (!coco_block_is_reachable(dominance, user->block)) return COCO_OK;
  return report_dominance(user, index, value);
}

coco_status coco_verify_dominance(coco_dominance *dominance, coco_operation *operation) {
  for (size_t i = 0; i < operation->operand_count; ++i) {
    /* The common case, a definition earlier in the same block, needs neither parents nor trees. */
    coco_operation *definer = coco_value_operation(coco_operation_operand(operation, i));
    if (definer && definer->block && definer->block == operation->block && definer != operation &&
        coco_operation_is_before(definer, operation))
      continue;
    COCO_TRY(check_operand(dominance, operation, i));
  }
  return COCO_OK;
}

/* ---- Symbols ---- */

static coco_status check_symbol(coco_operation *operation, coco_string_map *names) {
  if (!(operation->definition->traits & COCO_SYMBOL)) return COCO_OK;
  coco_string name = coco_symbol_name(operation);
  if (name.size == 0) return COCO_OK;
  const coco_operation *other = coco_string_map_get(names, name);
  if (other)
    return coco_error_with_note(operation->context, operation->location, other->location,
                                "see existing symbol definition here", "redefinition of symbol named '%.*s'",
                                COCO_PRINT(name));
  return coco_string_map_set(names, name, operation);
}

coco_status coco_verify_symbol_table(coco_operation *operation) {
  if (!(operation->definition->traits & COCO_SYMBOL_TABLE)) return COCO_OK;
  coco_string_map names = {.allocator = coco_context_allocator(operation->context)};
  coco_status result = COCO_OK;
  for (size_t i = 0; i < operation->region_count; ++i)
    for (coco_block *block = coco_operation_region(operation, i)->first; block; block = block->next)
      for (coco_operation *inner = block->first; inner; inner = inner->next) {
        coco_status status = check_symbol(inner, &names);
        if (status != COCO_OK) result = status;
      }
  coco_string_map_free(&names);
  return result;
}
