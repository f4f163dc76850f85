/* Gathering symbol references: see symbol_uses.h. Attributes are shared, so each is looked into once. */
#include "passes/symbol_uses.h"

#include "dialects/func/func.h"

typedef struct gathering {
  const coco_allocator *allocator;
  coco_symbol_uses *uses;
  coco_pointer_map seen;
  COCO_VECTOR_OF(const coco_attribute *) pending;
} gathering;

static coco_status push(gathering *g, const coco_attribute *attribute) {
  if (!attribute || coco_pointer_map_contains(&g->seen, attribute)) return COCO_OK;
  COCO_TRY(coco_pointer_map_set(&g->seen, attribute, g));
  return coco_vector_push(g->allocator, &g->pending, attribute);
}

static coco_status note(coco_symbol_uses *uses, coco_string name) {
  if (coco_string_map_get(&uses->names, name)) return COCO_OK;
  COCO_TRY(coco_string_map_set(&uses->names, name, uses));
  return uses->found ? uses->found(uses->user, name) : COCO_OK;
}

static coco_status look_at(gathering *g, const coco_attribute *attribute) {
  size_t count = 0;
  switch (attribute->kind) {
    case COCO_ATTRIBUTE_SYMBOL:
      COCO_TRY(note(g->uses, attribute->text));
      count = attribute->count;
      break;
    case COCO_ATTRIBUTE_ARRAY:
      count = attribute->count;
      break;
    case COCO_ATTRIBUTE_DIALECT:
      count = attribute->definition->parameter_count;
      break;
    case COCO_ATTRIBUTE_DISTINCT:
      COCO_TRY(push(g, attribute->child));
      break;
    case COCO_ATTRIBUTE_DICTIONARY:
      for (size_t i = 0; i < attribute->count; ++i) COCO_TRY(push(g, attribute->entries[i].value));
      break;
    default:
      break;
  }
  for (size_t i = 0; i < count; ++i) COCO_TRY(push(g, attribute->elements[i]));
  return COCO_OK;
}

static coco_status look_at_operation(gathering *g, const coco_operation *operation) {
  const coco_attribute *callee = g->uses->skip_callees ? coco_callee_of(operation) : NULL;
  COCO_TRY(push(g, operation->attributes));
  size_t count = coco_operation_property_count(operation);
  for (size_t i = 0; i < count; ++i)
    if (!callee || operation->properties[i] != callee) COCO_TRY(push(g, operation->properties[i]));
  while (g->pending.count) COCO_TRY(look_at(g, g->pending.items[--g->pending.count]));
  return COCO_OK;
}

coco_status coco_symbol_uses_gather(coco_operation *root, coco_symbol_uses *uses) {
  const coco_allocator *allocator = coco_context_allocator(root->context);
  uses->names.allocator = allocator;
  gathering g = {.allocator = allocator, .uses = uses, .seen = {.allocator = allocator}};
  coco_status status = COCO_OK;
  for (coco_operation *operation = root; operation && status == COCO_OK;) {
    bool skipped = operation != root && uses->skip && coco_pointer_map_contains(uses->skip, operation);
    if (!skipped) status = look_at_operation(&g, operation);
    operation = skipped ? coco_walk_next_outside(operation, root) : coco_walk_next(operation, root);
  }
  coco_pointer_map_free(&g.seen);
  coco_vector_free(allocator, &g.pending);
  return status;
}

const coco_attribute *coco_callee_of(const coco_operation *operation) {
  if (!coco_operation_is(operation, &coco_func_call)) return NULL;
  const coco_attribute *callee = COCO_PROPERTY(operation, func_call, callee);
  return callee && callee->count == 0 ? callee : NULL;
}

coco_status coco_functions_by_name(coco_operation *table, coco_string_map *out) {
  for (size_t i = 0; i < table->region_count; ++i)
    for (coco_block *block = coco_operation_region(table, i)->first; block; block = block->next)
      for (coco_operation *operation = block->first; operation; operation = operation->next)
        if (coco_operation_is(operation, &coco_func_func) && coco_operation_region(operation, 0)->first)
          COCO_TRY(coco_string_map_set(out, coco_symbol_name(operation), operation));
  return COCO_OK;
}

bool coco_symbol_is_private(const coco_operation *operation) {
  const coco_attribute *visibility = coco_operation_get(operation, COCO_STRING("sym_visibility"));
  return coco_attribute_is(visibility, COCO_ATTRIBUTE_STRING) && coco_string_is(visibility->text, "private");
}
