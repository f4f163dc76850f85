/* Names of values and blocks, given as mlir-opt gives them.
 *
 * A region's values are numbered in order before those of the regions inside it; a region inside goes
 * on where its parent ended, so siblings use the same numbers. Arguments of entry blocks are %arg0, …;
 * a row may suggest a name (%c0, %cst), made unique with _0, _1, … among the names in scope. In the
 * generic form numbers are never used again and nothing is suggested.
 * Cost: a constant number of table operations for each value; no recursion. */
#include <stdio.h>

#include "ir/text/printer_internal.h"

enum { LONGEST_NAME = 64, IS_NUMBER = 1, IS_ARGUMENT = 2 }; /* tags of names that are no pointers to text */

/* What a region inherits. */
typedef struct name_counters {
  size_t value, argument, conflict;
} name_counters;

/* Suggested names are in scope as long as the region that has them, or one inside it, is worked on. */
typedef struct name_scope {
  struct name_scope *parent;
  bool alive;
} name_scope;

typedef struct pending_region {
  const coco_region *region;
  name_counters counters;
  name_scope *scope; /* of the region around */
} pending_region;

typedef struct naming {
  coco_printer *printer;
  name_counters counters;
  coco_string_map used; /* suggested name to the scope that has it */
  name_scope *scope;
  COCO_VECTOR_OF(pending_region) pending; /* last in, first out */
  coco_status status;
} naming;

static void set_name(naming *namer, const void *value, void *name) {
  if (namer->status == COCO_OK) namer->status = coco_pointer_map_set(&namer->printer->names.values, value, name);
}

static void number_value(naming *namer, const coco_value *value) {
  set_name(namer, value, (void *)(uintptr_t)(namer->counters.value++ * 4 + IS_NUMBER));
}

static void name_argument(naming *namer, const coco_value *value) {
  set_name(namer, value, (void *)(uintptr_t)(namer->counters.argument++ * 4 + IS_ARGUMENT));
}

static bool is_used(const naming *namer, coco_string name) {
  const name_scope *scope = coco_string_map_get(&namer->used, name);
  return scope && scope->alive;
}

/* The text in the arena, unique among the suggested names; names of arguments are unique by their number. */
static void suggest_name(naming *namer, const coco_value *value, const char *text) {
  char candidate[LONGEST_NAME + 24];
  size_t size = strlen(text);
  memcpy(candidate, text, size);
  coco_string name = {candidate, size};
  while (is_used(namer, name)) {
    int digits = snprintf(candidate + size, sizeof candidate - size, "_%zu", namer->counters.conflict++);
    name.size = size + (size_t)digits;
  }
  coco_string kept = coco_arena_copy(&namer->printer->arena, name);
  if (!kept.data) namer->status = COCO_OUT_OF_MEMORY;
  else if (namer->status == COCO_OK) namer->status = coco_string_map_set(&namer->used, kept, namer->scope);
  if (namer->status == COCO_OK) set_name(namer, value, (void *)(uintptr_t)kept.data);
}

/* The name of the operation's location, as far as it can name a value: other bytes than letters, digits, '$', '.', '-'
 * become '_', and a digit at the start gets one before it. Names that look like numbered arguments are left alone. */
static void name_of_location(const coco_location *location, char *buffer, size_t size) {
  buffer[0] = '\0';
  if (coco_location_kind(location) != COCO_LOCATION_NAME) return;
  coco_string name = coco_location_layer(location);
  if (!name.size || name.size + 2 > size) return;
  bool is_argument = name.size > 3 && memcmp(name.data, "arg", 3) == 0;
  for (size_t i = 3; i < name.size; i++) is_argument = is_argument && name.data[i] >= '0' && name.data[i] <= '9';
  if (is_argument) return;
  size_t at = 0;
  if (name.data[0] >= '0' && name.data[0] <= '9') buffer[at++] = '_';
  for (size_t i = 0; i < name.size; i++) {
    char c = name.data[i];
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("$._-", c));
    buffer[at++] = plain ? c : '_';
  }
  buffer[at] = '\0';
}

static void name_results(naming *namer, const coco_operation *operation) {
  const coco_print_options *options = &namer->printer->options;
  if (!operation->result_count) {
    if (options->value_users) set_name(namer, operation, (void *)(uintptr_t)(namer->counters.value++ * 4 + IS_NUMBER));
    return;
  }
  char text[LONGEST_NAME] = "";
  if (options->location_names) name_of_location(operation->location, text, sizeof text);
  if (!text[0] && operation->definition->result_name && !options->generic)
    operation->definition->result_name(operation, text, sizeof text);
  text[sizeof text - 1] = '\0';
  if (text[0]) suggest_name(namer, &operation->results[0], text);
  else number_value(namer, &operation->results[0]);
}

static void name_region(naming *namer, const coco_region *region) {
  size_t number = 0;
  for (const coco_block *block = region->first; block && namer->status == COCO_OK; block = block->next) {
    namer->status = coco_pointer_map_set(&namer->printer->names.blocks, block, (void *)(uintptr_t)++number);
    for (uint32_t i = 0; i < block->argument_count; i++) {
      if (block == region->first) name_argument(namer, block->arguments[i]);
      else number_value(namer, block->arguments[i]);
    }
    for (const coco_operation *operation = block->first; operation; operation = operation->next) {
      name_results(namer, operation);
    }
  }
}

static void push_regions(naming *namer, const coco_operation *operation) {
  for (uint16_t i = 0; i < operation->region_count && namer->status == COCO_OK; i++) {
    pending_region next = {coco_operation_region(operation, i), namer->counters, namer->scope};
    namer->status = coco_vector_push(namer->printer->arena.allocator, &namer->pending, next);
  }
}

/* Numbers that go on through the whole text depend on all that is before; else one that inherits nothing can wait. */
static bool can_wait(const naming *namer, const coco_operation *operation) {
  const coco_print_options *options = &namer->printer->options;
  const name_counters *counters = &namer->counters;
  return (operation->definition->traits & COCO_ISOLATED) && !options->generic && !options->unique_names &&
         !counters->value && !counters->argument && !counters->conflict && !namer->used.count;
}

static void enter_scope(naming *namer, name_scope *parent) {
  for (; namer->scope != parent; namer->scope = namer->scope->parent)
    namer->scope->alive = namer->printer->options.unique_names;
  name_scope *scope = coco_arena_allocate(&namer->printer->arena, sizeof *scope);
  if (!scope) {
    namer->status = COCO_OUT_OF_MEMORY;
    return;
  }
  *scope = (name_scope){parent, true};
  namer->scope = scope;
}

static void name_pending(naming *namer) {
  while (namer->pending.count && namer->status == COCO_OK) {
    pending_region next = namer->pending.items[--namer->pending.count];
    enter_scope(namer, next.scope);
    if (namer->status != COCO_OK) return;
    if (!namer->printer->options.generic && !namer->printer->options.unique_names) namer->counters = next.counters;
    name_region(namer, next.region);
    for (const coco_block *block = next.region->first; block; block = block->next) {
      for (const coco_operation *operation = block->first; operation; operation = operation->next) {
        if (!can_wait(namer, operation)) push_regions(namer, operation);
      }
    }
  }
}

coco_status coco_name_values(coco_printer *printer, const coco_operation *root) {
  naming namer = {.printer = printer, .used = {.allocator = printer->arena.allocator}};
  enter_scope(&namer, NULL);
  if (namer.status == COCO_OK && !root->block && root->result_count) name_results(&namer, root);
  push_regions(&namer, root);
  name_pending(&namer);
  coco_string_map_free(&namer.used);
  coco_vector_free(printer->arena.allocator, &namer.pending);
  return namer.status;
}

bool coco_names_enter(coco_printer *printer, const coco_operation *operation, coco_printed_names *out_outer) {
  const coco_block *first = NULL;
  for (size_t i = 0; i < operation->region_count && !first; i++) first = coco_operation_region(operation, i)->first;
  bool waits = (operation->definition->traits & COCO_ISOLATED) && first &&
               !coco_pointer_map_contains(&printer->names.blocks, first);
  if (!waits) return false;
  *out_outer = printer->names;
  printer->names = printer->spare;
  const coco_allocator *allocator = printer->arena.allocator;
  printer->spare = (coco_printed_names){{.allocator = allocator}, {.allocator = allocator}};
  coco_status status = coco_name_values(printer, operation);
  if (status != COCO_OK) printer->buffer->status = status;
  return true;
}

void coco_names_leave(coco_printer *printer, const coco_printed_names *outer) {
  coco_printed_names_free(&printer->spare);
  printer->spare = printer->names;
  printer->names = *outer;
  coco_pointer_map_clear(&printer->spare.values);
  coco_pointer_map_clear(&printer->spare.blocks);
}

void coco_printed_names_free(coco_printed_names *names) {
  coco_pointer_map_free(&names->values);
  coco_pointer_map_free(&names->blocks);
}

/* ---- Writing names ---- */

void coco_write_value_name(coco_printer *printer, const void *first) {
  coco_buffer *buffer = printer->buffer;
  uintptr_t name = (uintptr_t)coco_pointer_map_get(&printer->names.values, first);
  if (!name) {
    coco_buffer_text(buffer, "<<UNKNOWN SSA VALUE>>");
    return;
  }
  coco_buffer_byte(buffer, '%');
  if (name & IS_ARGUMENT) coco_buffer_append(buffer, "arg", 3);
  if (name & (IS_NUMBER | IS_ARGUMENT)) coco_buffer_unsigned(buffer, name / 4);
  else coco_buffer_text(buffer, (const char *)name);
}

void coco_write_value(coco_printer *printer, const coco_value *value) {
  if (!value) {
    coco_buffer_text(printer->buffer, "<<NULL VALUE>>");
    return;
  }
  const coco_operation *operation = value->is_argument ? NULL : value->owner;
  coco_write_value_name(printer, operation ? operation->results : value);
  if (!operation || operation->result_count == 1) return;
  coco_buffer_byte(printer->buffer, '#');
  coco_buffer_unsigned(printer->buffer, value->index);
}

void coco_write_block_name(coco_printer *printer, const coco_block *block) {
  uintptr_t number = (uintptr_t)coco_pointer_map_get(&printer->names.blocks, block);
  if (!number) {
    coco_buffer_text(printer->buffer, "<<UNKNOWN BLOCK>>");
    return;
  }
  coco_buffer_text(printer->buffer, "^bb");
  coco_buffer_unsigned(printer->buffer, number - 1);
}
