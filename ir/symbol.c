/* Symbols: names of operations inside a symbol table, and looking them up.
 *
 * Tables of many operations are indexed when they are first searched, so that looking up all of N symbols costs N. An
 * entry of the index is only a hint: it counts when its operation still stands in the table under that name, else the
 * table is gone through. An operation that is erased takes its hint with it (coco_symbol_forget). Looking for a name
 * that is nowhere costs the size of the table. */
#include "ir/context_internal.h"
#include "ir/operation_internal.h"

/* Where a name was last found; NULL since that is erased. */
typedef struct hint {
  coco_operation *operation;
} hint;

typedef struct symbol_table {
  coco_string_map by_name; /* to hint */
} symbol_table;

coco_string coco_symbol_name(const coco_operation *operation) {
  if (!(operation->definition->traits & COCO_SYMBOL)) return (coco_string){0};
  const coco_attribute *name = coco_operation_get(operation, COCO_STRING("sym_name"));
  return coco_attribute_is(name, COCO_ATTRIBUTE_STRING) ? name->text : (coco_string){0};
}

static coco_operation *next_in_table(coco_operation *table, coco_operation *operation) {
  if (!operation) return coco_walk_first_inside(table);
  return coco_walk_next_outside(operation, table);
}

/* The first of the table's operations, or of their first LIMIT, with that name. */
static coco_operation *search(coco_operation *table, coco_string name, size_t limit, bool *out_all) {
  coco_operation *operation = next_in_table(table, NULL);
  for (size_t i = 0; operation && i < limit; ++i, operation = next_in_table(table, operation))
    if (coco_string_equal(coco_symbol_name(operation), name)) return operation;
  *out_all = operation == NULL;
  return NULL;
}

/* Without memory there is no hint, and searching goes on to be slow. */
static void hint_at(coco_context *context, symbol_table *index, coco_operation *operation) {
  coco_string name = coco_symbol_name(operation);
  if (!name.size) return;
  hint *known = coco_pointer_map_get(&context->symbol_hints, operation);
  if (!known) {
    known = coco_arena_allocate(&context->arena, sizeof *known);
    if (!known || coco_pointer_map_set(&context->symbol_hints, operation, known) != COCO_OK) return;
    known->operation = operation;
  }
  coco_status status = coco_string_map_set(&index->by_name, name, known);
  (void)status;
}

static symbol_table *index_of(coco_context *context, coco_operation *table) {
  symbol_table *index = coco_pointer_map_get(&context->symbol_tables, table);
  if (index) return index;
  index = coco_allocate_zeroed(&context->allocator, 1, sizeof *index);
  if (!index) return NULL;
  index->by_name.allocator = &context->allocator;
  if (coco_pointer_map_set(&context->symbol_tables, table, index) != COCO_OK) {
    coco_free(&context->allocator, index, sizeof *index);
    return NULL;
  }
  for (coco_operation *operation = NULL; (operation = next_in_table(table, operation)) != NULL;)
    if (!coco_string_map_get(&index->by_name, coco_symbol_name(operation))) hint_at(context, index, operation);
  return index;
}

static coco_operation *look_up(coco_context *context, coco_operation *table, coco_string name) {
  symbol_table *index = index_of(context, table);
  const hint *known = index ? coco_string_map_get(&index->by_name, name) : NULL;
  if (known && known->operation && coco_operation_parent(known->operation) == table &&
      coco_string_equal(coco_symbol_name(known->operation), name))
    return known->operation;
  bool all;
  coco_operation *found = search(table, name, SIZE_MAX, &all);
  if (found && index) hint_at(context, index, found);
  return found;
}

coco_operation *coco_symbol_lookup_in(coco_operation *table, coco_string name) {
  enum { FEW = 64 };
  bool all = true;
  if (name.size == 0) return NULL;
  coco_operation *found = search(table, name, FEW, &all);
  if (found || all) return found;
  coco_context_enter(table->context);
  found = look_up(table->context, table, name);
  coco_context_leave(table->context);
  return found;
}

static void forget_table(coco_context *context, symbol_table *index) {
  coco_string_map_free(&index->by_name);
  coco_free(&context->allocator, index, sizeof *index);
}

void coco_symbol_forget(coco_operation *operation) {
  coco_context *context = operation->context;
  coco_context_enter(context);
  if (context->symbol_tables.count) {
    hint *known = coco_pointer_map_get(&context->symbol_hints, operation);
    if (known) known->operation = NULL;
    coco_pointer_map_remove(&context->symbol_hints, operation);
    symbol_table *index = coco_pointer_map_get(&context->symbol_tables, operation);
    if (index) forget_table(context, index);
    coco_pointer_map_remove(&context->symbol_tables, operation);
  }
  coco_context_leave(context);
}

void coco_symbol_forget_all(coco_context *context) {
  for (size_t i = 0; i < context->symbol_tables.capacity; ++i)
    if (context->symbol_tables.values[i]) forget_table(context, context->symbol_tables.values[i]);
  coco_pointer_map_free(&context->symbol_tables);
  coco_pointer_map_free(&context->symbol_hints);
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
