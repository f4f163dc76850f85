/* Names of values and blocks, given as mlir-opt gives them.
 *
 * A region's values are numbered in order before those of the regions inside it; a region inside goes
 * on where its parent ended, so siblings use the same numbers; an isolated function or module starts anew. Arguments
 * of entry blocks are %arg0, …; a row may suggest a name (%c0, %cst), made unique with _0, _1, ….
 * Cost: a constant number of table operations for each value. */
#include "ir/text/printer_internal.h"

/* What a region inherits. */
typedef struct name_counters {
  size_t value, argument, conflict;
} name_counters;

typedef struct naming {
  coco_printer *printer;
  coco_string_map used; /* suggested names in scope; never removed within one root: unique is unique */
  coco_status status;
} naming;

static void set_name(naming *namer, const coco_value *value, void *name) {
  if (namer->status == COCO_OK) namer->status = coco_pointer_map_set(&namer->printer->values, value, name);
}

static void number_value(naming *namer, const coco_value *value, name_counters *counters) {
  set_name(namer, value, (void *)(uintptr_t)(counters->value++ * 2 + 1));
}

/* The text in the arena, unique among the suggested names; names of arguments are unique by their number. */
static void suggest_name(naming *namer, const coco_value *value, const char *text, name_counters *counters) {
  coco_buffer candidate = COCO_BUFFER(namer->printer->arena.allocator);
  coco_buffer_text(&candidate, text);
  while (candidate.status == COCO_OK && coco_string_map_get(&namer->used, coco_buffer_view(&candidate))) {
    coco_buffer_clear(&candidate);
    coco_buffer_text(&candidate, text);
    coco_buffer_byte(&candidate, '_');
    coco_buffer_unsigned(&candidate, counters->conflict++);
  }
  coco_string kept = coco_arena_copy(&namer->printer->arena, coco_buffer_view(&candidate));
  if (candidate.status != COCO_OK || !kept.data) namer->status = COCO_OUT_OF_MEMORY;
  else if (namer->status == COCO_OK) namer->status = coco_string_map_set(&namer->used, kept, namer);
  if (namer->status == COCO_OK) set_name(namer, value, (void *)(uintptr_t)kept.data);
  coco_buffer_free(&candidate);
}

static void name_argument(naming *namer, const coco_value *value, name_counters *counters) {
  char text[32];
  coco_buffer digits = COCO_BUFFER(namer->printer->arena.allocator);
  coco_buffer_text(&digits, "arg");
  coco_buffer_unsigned(&digits, counters->argument++);
  size_t size = digits.size < sizeof text ? digits.size : sizeof text - 1;
  if (size) memcpy(text, digits.data, size);
  text[size] = '\0';
  coco_buffer_free(&digits);
  coco_string kept = coco_arena_copy(&namer->printer->arena, (coco_string){text, size});
  if (!kept.data) namer->status = COCO_OUT_OF_MEMORY;
  set_name(namer, value, (void *)(uintptr_t)kept.data);
}

static void name_results(naming *namer, const coco_operation *operation, name_counters *counters) {
  if (!operation->result_count) return;
  char text[64] = "";
  if (operation->definition->result_name) operation->definition->result_name(operation, text, sizeof text);
  text[sizeof text - 1] = '\0';
  if (text[0]) suggest_name(namer, &operation->results[0], text, counters);
  else number_value(namer, &operation->results[0], counters);
}

static void name_region(naming *namer, const coco_region *region, name_counters *counters) {
  size_t number = 0;
  for (const coco_block *block = region->first; block && namer->status == COCO_OK; block = block->next) {
    namer->status = coco_pointer_map_set(&namer->printer->blocks, block, (void *)(uintptr_t)++number);
    for (uint32_t i = 0; i < block->argument_count; i++) {
      if (block == region->first) name_argument(namer, block->arguments[i], counters);
      else number_value(namer, block->arguments[i], counters);
    }
    for (const coco_operation *operation = block->first; operation; operation = operation->next) {
      name_results(namer, operation, counters);
    }
  }
}

static void name_inside(naming *namer, const coco_operation *operation, name_counters counters);

static void name_regions_of(naming *namer, const coco_region *region, const name_counters *now) {
  for (const coco_block *block = region->first; block; block = block->next) {
    for (const coco_operation *operation = block->first; operation; operation = operation->next) {
      if (operation->region_count) name_inside(namer, operation, *now);
    }
  }
}

static void name_inside(naming *namer, const coco_operation *operation, name_counters counters) {
  coco_string_map outer = namer->used;
  /* Only functions and modules: a parser that does not know other operations cannot know that they are isolated. */
  bool isolated = (operation->definition->traits & COCO_ISOLATED) && (operation->definition->traits & (COCO_SYMBOL | COCO_SYMBOL_TABLE));
  if (namer->status != COCO_OK || namer->printer->depth > 2 * 1000) return;
  namer->printer->depth++;
  if (isolated) {
    memset(&counters, 0, sizeof counters);
    namer->used = (coco_string_map){.allocator = outer.allocator};
  }
  for (uint16_t i = 0; i < operation->region_count; i++) {
    name_counters inner = counters;
    name_region(namer, &operation->regions[i], &inner);
    name_regions_of(namer, &operation->regions[i], &inner);
  }
  if (isolated) {
    coco_string_map_free(&namer->used);
    namer->used = outer;
  }
  namer->printer->depth--;
}

coco_status coco_name_values(coco_printer *printer, coco_operation *root) {
  naming namer = {.printer = printer, .used = {.allocator = printer->arena.allocator}};
  name_counters counters = {0, 0, 0};
  if (!root->block) name_results(&namer, root, &counters);
  name_inside(&namer, root, counters);
  coco_string_map_free(&namer.used);
  return namer.status;
}

/* ---- Writing names ---- */

static void *name_of(const coco_printer *printer, const coco_value *value) {
  return value ? coco_pointer_map_get(&printer->values, value) : NULL;
}

void coco_write_value(coco_printer *printer, const coco_value *value) {
  coco_buffer *buffer = printer->buffer;
  const coco_value *first = value;
  uint32_t count = 1;
  if (value && !value->is_argument) {
    const coco_operation *operation = value->owner;
    first = operation->results;
    count = operation->result_count;
  }
  uintptr_t name = (uintptr_t)name_of(printer, first);
  if (!name) {
    coco_buffer_text(buffer, value ? "<<UNKNOWN SSA VALUE>>" : "<<NULL VALUE>>");
    return;
  }
  coco_buffer_byte(buffer, '%');
  if (name & 1) coco_buffer_unsigned(buffer, name / 2);
  else coco_buffer_text(buffer, (const char *)name);
  if (count == 1) return;
  coco_buffer_byte(buffer, '#');
  coco_buffer_unsigned(buffer, value->index);
}

void coco_write_block_name(coco_printer *printer, const coco_block *block) {
  uintptr_t number = (uintptr_t)coco_pointer_map_get(&printer->blocks, block);
  if (!number) {
    coco_buffer_text(printer->buffer, "<<UNKNOWN BLOCK>>");
    return;
  }
  coco_buffer_text(printer->buffer, "^bb");
  coco_buffer_unsigned(printer->buffer, number - 1);
}
