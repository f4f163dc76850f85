/* The context: allocator, interning, registries, sources. */
#include "ir/context_internal.h"

#include "ir/equation.h"
#include "ir/operation_internal.h"

coco_status coco_context_create(const coco_allocator *allocator, coco_context **out) {
  *out = NULL;
  if (!allocator) allocator = &coco_heap;
  coco_context *context = coco_allocate_zeroed(allocator, 1, sizeof *context);
  if (!context) return COCO_OUT_OF_MEMORY;
  context->allocator = *allocator;
  context->arena.allocator = &context->allocator;
  context->pool.arena = &context->arena;
  context->operations.allocator = &context->allocator;
  context->attribute_definitions.allocator = &context->allocator;
  context->equations.allocator = &context->allocator;
  context->resources.allocator = &context->allocator;
  context->symbol_tables.allocator = context->symbol_hints.allocator = &context->allocator;
  context->f32 = coco_type_float(context, COCO_F32);
  context->index = coco_type_index(context);
  context->i1 = coco_type_integer(context, 1);
  context->i32 = coco_type_integer(context, 32);
  context->i64 = coco_type_integer(context, 64);
  context->unit = coco_attribute_unit(context);
  context->unknown_location = coco_location_unknown(context);
  if (!context->f32 || !context->index || !context->i1 || !context->i32 || !context->i64 || !context->unit ||
      !context->unknown_location) {
    coco_context_destroy(context);
    return COCO_OUT_OF_MEMORY;
  }
  *out = context;
  return COCO_OK;
}

static void free_unique_table(coco_context *context, coco_unique_table *table) {
  coco_free(&context->allocator, table->items, table->capacity * sizeof *table->items);
  coco_free(&context->allocator, table->hashes, table->capacity * sizeof *table->hashes);
}

void coco_context_destroy(coco_context *context) {
  if (!context) return;
  for (coco_resource *resource = context->first_resource; resource; resource = resource->next) {
    if (resource->release) resource->release(resource->owner, resource->data, resource->size);
  }
  free_unique_table(context, &context->types);
  free_unique_table(context, &context->attributes);
  free_unique_table(context, &context->expressions);
  free_unique_table(context, &context->maps);
  free_unique_table(context, &context->strings);
  coco_symbol_forget_all(context);
  coco_string_map_free(&context->operations);
  coco_string_map_free(&context->attribute_definitions);
  coco_pointer_map_free(&context->equations);
  coco_string_map_free(&context->resources);
  coco_vector_free(&context->allocator, &context->dialects);
  coco_vector_free(&context->allocator, &context->sources);
  coco_pool_destroy(&context->pool);
  coco_arena_destroy(&context->arena);
  coco_allocator allocator = context->allocator;
  coco_free(&allocator, context, sizeof *context);
}

const coco_allocator *coco_context_allocator(const coco_context *context) { return &context->allocator; }
coco_arena *coco_context_arena(coco_context *context) { return &context->arena; }
coco_pool *coco_context_pool(coco_context *context) {
  return context->sharing ? coco_sharing_pool(context->sharing) : &context->pool;
}
bool coco_context_allows_unregistered(const coco_context *context) { return context->allow_unregistered; }
void coco_context_allow_unregistered(coco_context *context, bool allow) { context->allow_unregistered = allow; }

/* ---- Uniquing ---- */

const void *coco_unique_find(const coco_unique_table *table, uint64_t hash, const void *key, coco_unique_equal equal) {
  if (table->capacity == 0) return NULL;
  size_t mask = table->capacity - 1;
  for (size_t slot = (size_t)hash & mask; table->items[slot]; slot = (slot + 1) & mask) {
    if (table->hashes[slot] == hash && equal(table->items[slot], key)) return table->items[slot];
  }
  return NULL;
}

static void unique_place(coco_unique_table *table, uint64_t hash, const void *item) {
  size_t mask = table->capacity - 1;
  size_t slot = (size_t)hash & mask;
  while (table->items[slot]) slot = (slot + 1) & mask;
  table->items[slot] = item;
  table->hashes[slot] = hash;
  ++table->count;
}

coco_status coco_unique_insert(coco_context *context, coco_unique_table *table, uint64_t hash, const void *item) {
  if ((table->count + 1) * 4 > table->capacity * 3) {
    coco_unique_table grown = {.capacity = table->capacity ? table->capacity * 2 : 64};
    grown.items = coco_allocate_zeroed(&context->allocator, grown.capacity, sizeof *grown.items);
    grown.hashes = coco_allocate_zeroed(&context->allocator, grown.capacity, sizeof *grown.hashes);
    if (!grown.items || !grown.hashes) {
      free_unique_table(context, &grown);
      return COCO_OUT_OF_MEMORY;
    }
    for (size_t i = 0; i < table->capacity; ++i) {
      if (table->items[i]) unique_place(&grown, table->hashes[i], table->items[i]);
    }
    free_unique_table(context, table);
    *table = grown;
  }
  unique_place(table, hash, item);
  return COCO_OK;
}

/* ---- Strings ---- */

static bool string_equal(const void *candidate, const void *key) {
  return coco_string_equal(*(const coco_string *)candidate, *(const coco_string *)key);
}

static coco_string intern(coco_context *context, coco_string text) {
  uint64_t hash = coco_hash_bytes(text.data, text.size, 1);
  const coco_string *found = coco_unique_find(&context->strings, hash, &text, string_equal);
  if (found) return *found;
  coco_string *kept = coco_arena_allocate(&context->arena, sizeof *kept);
  if (!kept) return (coco_string){NULL, 0};
  *kept = coco_arena_copy(&context->arena, text);
  if (!kept->data || coco_unique_insert(context, &context->strings, hash, kept) != COCO_OK)
    return (coco_string){NULL, 0};
  return *kept;
}

coco_string coco_context_intern(coco_context *context, coco_string text) {
  coco_context_enter(context);
  coco_string kept = intern(context, text);
  coco_context_leave(context);
  return kept;
}

/* ---- Dialects and rows ---- */

static coco_status read_equations(coco_context *context, const coco_dialect *dialect) {
  for (const coco_pattern *pattern = dialect->patterns; pattern && pattern->name; ++pattern) {
    if (!pattern->equation) continue;
    const coco_equation *equation;
    COCO_TRY(coco_equation_read(context, &context->arena, pattern, &equation));
    COCO_TRY(coco_pointer_map_set(&context->equations, pattern, (void *)(uintptr_t)equation));
  }
  return COCO_OK;
}

coco_status coco_context_register_dialect(coco_context *context, const coco_dialect *dialect) {
  for (size_t i = 0; i < context->dialects.count; ++i) {
    if (context->dialects.items[i] == dialect) return COCO_OK;
  }
  COCO_TRY(coco_vector_push(&context->allocator, &context->dialects, dialect));
  for (size_t i = 0; i < dialect->operation_count; ++i) {
    const coco_operation_definition *definition = dialect->operations[i];
    COCO_TRY(coco_string_map_set(&context->operations, coco_string_from(definition->name), (void *)(uintptr_t)definition));
  }
  for (size_t i = 0; i < dialect->attribute_count; ++i) {
    const coco_attribute_definition *definition = dialect->attributes[i];
    COCO_TRY(coco_string_map_set(&context->attribute_definitions, coco_string_from(definition->name), (void *)(uintptr_t)definition));
  }
  return read_equations(context, dialect);
}

const coco_equation *coco_context_find_equation(const coco_context *context, const coco_pattern *pattern) {
  return coco_pointer_map_get(&context->equations, pattern);
}

const coco_dialect *coco_context_find_dialect(const coco_context *context, coco_string name) {
  for (size_t i = 0; i < context->dialects.count; ++i) {
    if (coco_string_is(name, context->dialects.items[i]->name)) return context->dialects.items[i];
  }
  return NULL;
}

size_t coco_context_dialect_count(const coco_context *context) { return context->dialects.count; }
const coco_dialect *coco_context_dialect(const coco_context *context, size_t index) {
  return context->dialects.items[index];
}

const coco_operation_definition *coco_context_find_operation(const coco_context *context, coco_string name) {
  coco_context_enter(context);
  const coco_operation_definition *definition = coco_string_map_get(&context->operations, name);
  coco_context_leave(context);
  return definition && definition->is_registered ? definition : NULL;
}

static const coco_operation_definition *definition_of(coco_context *context, coco_string name) {
  const coco_operation_definition *known = coco_string_map_get(&context->operations, name);
  if (known) return known;
  coco_string kept = coco_context_intern(context, name);
  coco_operation_definition *made = coco_arena_allocate_zeroed(&context->arena, 1, sizeof *made);
  if (!kept.data || !made) return NULL;
  made->name = kept.data; /* interned strings end in NUL */
  made->documentation = "An operation of no registered dialect.";
  made->attribute_count = 1;
  made->variadic_regions = true;
  if (coco_string_map_set(&context->operations, kept, made) != COCO_OK) return NULL;
  return made;
}

const coco_operation_definition *coco_context_operation(coco_context *context, coco_string name) {
  coco_context_enter(context);
  const coco_operation_definition *definition = definition_of(context, name);
  coco_context_leave(context);
  return definition;
}

const coco_attribute_definition *coco_context_find_attribute(const coco_context *context, coco_string name) {
  return coco_string_map_get(&context->attribute_definitions, name);
}

/* ---- Sources ---- */

coco_status coco_context_add_source(coco_context *context, coco_string file, coco_string text) {
  for (size_t i = 0; i < context->sources.count; ++i) {
    if (!coco_string_equal(context->sources.items[i].file, file)) continue;
    context->sources.items[i].text = text;
    context->shown.text = NULL;
    return COCO_OK;
  }
  context->shown.text = NULL;
  coco_source source = {coco_context_intern(context, file), text};
  if (!source.file.data) return COCO_OUT_OF_MEMORY;
  return coco_vector_push(&context->allocator, &context->sources, source);
}

coco_string coco_context_find_source(const coco_context *context, coco_string file) {
  for (size_t i = 0; i < context->sources.count; ++i) {
    if (coco_string_equal(context->sources.items[i].file, file)) return context->sources.items[i].text;
  }
  return (coco_string){NULL, 0};
}
