/* Symbols: names of operations inside a symbol table, and looking them up. */
#include "ir/operation_internal.h"

coco_string coco_symbol_name(const coco_operation *operation) {
  if (!(operation->definition->traits & COCO_SYMBOL)) return (coco_string){0};
  const coco_attribute *name = coco_operation_get(operation, COCO_STRING("sym_name"));
  return coco_attribute_is(name, COCO_ATTRIBUTE_STRING) ? name->text : (coco_string){0};
}

coco_operation *coco_symbol_lookup_in(coco_operation *table, coco_string name) {
  if (name.size == 0) return NULL;
  for (size_t i = 0; i < table->region_count; ++i)
    for (coco_block *block = coco_operation_region(table, i)->first; block; block = block->next)
      for (coco_operation *operation = block->first; operation; operation = operation->next)
        if (coco_string_equal(coco_symbol_name(operation), name)) return operation;
  return NULL;
}

/* Follows @root::@a::@b through nested tables. */
static coco_operation *lookup_path(coco_operation *table, const coco_attribute *symbol) {
  coco_operation *found = coco_symbol_lookup_in(table, symbol->text);
  for (size_t i = 0; found && i < symbol->count; ++i)
    found = coco_operation_has_trait(found, COCO_SYMBOL_TABLE) ? coco_symbol_lookup_in(found, symbol->elements[i]->text)
                                                               : NULL;
  return found;
}

coco_operation *coco_symbol_lookup(coco_operation *from, const coco_attribute *symbol) {
  if (!coco_attribute_is(symbol, COCO_ATTRIBUTE_SYMBOL)) return NULL;
  for (coco_operation *table = from; table; table = coco_operation_parent(table)) {
    if (!coco_operation_has_trait(table, COCO_SYMBOL_TABLE)) continue;
    coco_operation *found = lookup_path(table, symbol);
    if (found) return found;
  }
  return NULL;
}
