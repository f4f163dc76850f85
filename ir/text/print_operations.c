/* Writing operations, and what print hooks use. */
#include "ir/text/printer_internal.h"

enum { DEEPEST = 2000 };

/* ---- For hooks ---- */

coco_buffer *coco_printer_buffer(coco_printer *printer) { return printer->buffer; }
void coco_printer_text(coco_printer *printer, const char *text) { coco_buffer_text(printer->buffer, text); }
void coco_printer_value(coco_printer *printer, const coco_value *value) { coco_write_value(printer, value); }
void coco_printer_type(coco_printer *printer, const coco_type *type) {
  coco_write_type(printer, printer->buffer, type);
}
void coco_printer_attribute(coco_printer *printer, const coco_attribute *attribute) {
  coco_write_attribute(printer, printer->buffer, attribute, COCO_KEEP_TYPE);
}
void coco_printer_attribute_without_type(coco_printer *printer, const coco_attribute *attribute) {
  coco_write_attribute(printer, printer->buffer, attribute, COCO_ELIDE_TYPE);
}
void coco_printer_successor(coco_printer *printer, const coco_block *block) { coco_write_block_name(printer, block); }

static void write_location(coco_printer *printer, const coco_location *location) {
  if (printer->options.pretty_locations) {
    coco_buffer_byte(printer->buffer, ' ');
    coco_write_pretty_location(printer->buffer, printer->context, location);
    return;
  }
  coco_buffer_text(printer->buffer, " loc(");
  coco_print_location(printer->buffer, printer->context, location);
  coco_buffer_byte(printer->buffer, ')');
}

void coco_printer_argument_location(coco_printer *printer, const coco_value *argument) {
  if (printer->options.locations) write_location(printer, coco_argument_location(argument));
}

void coco_printer_newline(coco_printer *printer) {
  coco_buffer_byte(printer->buffer, '\n');
  coco_buffer_indent(printer->buffer, printer->indent);
}

void coco_printer_values(coco_printer *printer, const coco_operation *operation, size_t start, size_t count) {
  for (size_t i = 0; i < count && start + i < operation->operand_count; i++) {
    if (i) coco_buffer_append(printer->buffer, ", ", 2);
    coco_write_value(printer, operation->operands[start + i].value);
  }
}

void coco_printer_index_list(coco_printer *printer, const coco_attribute *statics, const coco_operation *operation,
                             size_t start) {
  const int64_t *values = coco_attribute_i64s(statics);
  coco_buffer_byte(printer->buffer, '[');
  for (size_t i = 0; statics && i < statics->count; i++) {
    if (i) coco_buffer_append(printer->buffer, ", ", 2);
    if (values[i] == COCO_DYNAMIC) coco_printer_values(printer, operation, start++, 1);
    else coco_buffer_integer(printer->buffer, values[i]);
  }
  coco_buffer_byte(printer->buffer, ']');
}

void coco_write_result_types(coco_printer *printer, const coco_value *results, size_t count) {
  bool bare = count == 1 && results[0].type && results[0].type->kind != COCO_TYPE_FUNCTION;
  if (!bare) coco_buffer_byte(printer->buffer, '(');
  for (size_t i = 0; i < count; i++) {
    if (i) coco_buffer_append(printer->buffer, ", ", 2);
    coco_printer_type(printer, results[i].type);
  }
  if (!bare) coco_buffer_byte(printer->buffer, ')');
}

void coco_write_segment_list(coco_printer *printer, const coco_operation *operation, size_t start, size_t count,
                             bool types) {
  for (size_t i = 0; i < count && start + i < operation->operand_count; i++) {
    const coco_value *value = operation->operands[start + i].value;
    if (i) coco_buffer_append(printer->buffer, ", ", 2);
    if (!types) coco_write_value(printer, value);
    else coco_printer_type(printer, value ? value->type : NULL);
  }
}

void coco_write_functional_type(coco_printer *printer, const coco_operation *operation) {
  coco_buffer_byte(printer->buffer, '(');
  coco_write_segment_list(printer, operation, 0, operation->operand_count, true);
  coco_buffer_append(printer->buffer, ") -> ", 5);
  coco_write_result_types(printer, operation->results, operation->result_count);
}

/* ---- Attributes of an operation ---- */

static bool is_elided(const char *const *elided, coco_string name) {
  for (; elided && *elided; elided++) {
    if (coco_string_is(name, *elided)) return true;
  }
  return false;
}

static void write_separated(coco_printer *printer, bool *any, const char *opening, coco_string name,
                            const coco_attribute *value) {
  coco_buffer_text(printer->buffer, *any ? ", " : opening);
  *any = true;
  coco_write_entry(printer, printer->buffer, name, value);
}

static void write_entries(coco_printer *printer, const coco_attribute *dictionary, const char *const *elided,
                          const char *opening, bool *any) {
  for (size_t i = 0; i < dictionary->count; i++) {
    if (is_elided(elided, dictionary->entries[i].name)) continue;
    write_separated(printer, any, opening, dictionary->entries[i].name, dictionary->entries[i].value);
  }
}

/* In custom forms the sizes of operand groups follow from the text. */
static bool is_segments(const coco_operation_definition *row, coco_string name) {
  if (row->traits & COCO_OPERAND_SEGMENTS && coco_string_equal(name, COCO_STRING("operandSegmentSizes"))) return true;
  return row->traits & COCO_RESULT_SEGMENTS && coco_string_equal(name, COCO_STRING("resultSegmentSizes"));
}

void coco_printer_attribute_dictionary(coco_printer *printer, const coco_operation *operation,
                                       const char *const *elided, bool with_keyword) {
  const char *opening = with_keyword ? " attributes {" : " {";
  const coco_operation_definition *row = operation->definition;
  bool any = false;
  if (!row->is_registered && operation->properties[0])
    write_entries(printer, operation->properties[0], elided, opening, &any);
  for (size_t i = 0; row->is_registered && i < row->attribute_count; i++) {
    coco_string name = coco_string_from(row->attributes[i].name);
    if (!operation->properties[i] || is_segments(row, name) || is_elided(elided, name)) continue;
    write_separated(printer, &any, opening, name, operation->properties[i]);
  }
  if (operation->attributes) write_entries(printer, operation->attributes, elided, opening, &any);
  if (any) coco_buffer_byte(printer->buffer, '}');
}

/* Properties of a row, by name. */
static void write_properties(coco_printer *printer, const coco_operation *operation) {
  const coco_operation_definition *row = operation->definition;
  bool any = false;
  if (!row->is_registered && operation->properties[0])
    write_entries(printer, operation->properties[0], NULL, " <{", &any);
  for (size_t i = 0; row->is_registered && i < row->attribute_count; i++) {
    if (!operation->properties[i]) continue;
    write_separated(printer, &any, " <{", coco_string_from(row->attributes[i].name), operation->properties[i]);
  }
  if (any) coco_buffer_append(printer->buffer, "}>", 2);
}

/* ---- Blocks and regions ---- */

static void write_block_header(coco_printer *printer, const coco_block *block) {
  coco_write_block_name(printer, block);
  for (uint32_t i = 0; i < block->argument_count; i++) {
    coco_buffer_text(printer->buffer, i ? ", " : "(");
    coco_write_value(printer, block->arguments[i]);
    coco_buffer_append(printer->buffer, ": ", 2);
    coco_printer_type(printer, block->arguments[i]->type);
    coco_printer_argument_location(printer, block->arguments[i]);
  }
  coco_buffer_text(printer->buffer, block->argument_count ? "):" : ":");
  coco_write_predecessors(printer, block);
}

static void write_block(coco_printer *printer, const coco_block *block, bool header, bool terminator) {
  if (header) {
    printer->indent -= 2;
    coco_printer_newline(printer);
    write_block_header(printer, block);
    printer->indent += 2;
  }
  if (printer->options.value_users) coco_write_argument_users(printer, block);
  for (const coco_operation *operation = block->first; operation; operation = operation->next) {
    if (!terminator && !operation->next && operation->definition->traits & COCO_TERMINATOR) break;
    coco_printer_newline(printer);
    coco_write_operation(printer, operation);
  }
}

void coco_printer_region(coco_printer *printer, const coco_region *region, bool print_entry_arguments,
                         bool print_terminator) {
  const char *outer_dialect = printer->default_dialect;
  printer->default_dialect = region->owner->definition->default_dialect;
  coco_buffer_byte(printer->buffer, '{');
  if (printer->options.skip_regions) {
    coco_buffer_text(printer->buffer, "...}");
    printer->default_dialect = outer_dialect;
    return;
  }
  printer->indent += 2;
  if (region->first != region->last || (region->first && region->first->last && region->first->last->successor_count))
    coco_find_predecessors(printer, region);
  for (const coco_block *block = region->first; block; block = block->next) {
    bool entry = block == region->first;
    /* An empty entry block without a name would read as no block at all. */
    bool empty = !block->first && (block->next || print_entry_arguments);
    write_block(printer, block, !entry || (print_entry_arguments && block->argument_count) || empty, print_terminator);
  }
  printer->indent -= 2;
  printer->default_dialect = outer_dialect;
  coco_printer_newline(printer);
  coco_buffer_byte(printer->buffer, '}');
}

/* ---- Operations ---- */

static void write_results(coco_printer *printer, const coco_operation *operation) {
  if (!operation->result_count) return;
  coco_write_value_name(printer, &operation->results[0]);
  if (operation->result_count > 1) {
    coco_buffer_byte(printer->buffer, ':');
    coco_buffer_unsigned(printer->buffer, operation->result_count);
  }
  coco_buffer_append(printer->buffer, " = ", 3);
}

static void write_generic(coco_printer *printer, const coco_operation *operation) {
  coco_buffer *buffer = printer->buffer;
  coco_print_string_literal(buffer, coco_operation_name(operation));
  coco_buffer_byte(buffer, '(');
  coco_printer_values(printer, operation, 0, operation->operand_count);
  coco_buffer_byte(buffer, ')');
  for (uint16_t i = 0; i < operation->successor_count; i++) {
    coco_buffer_text(buffer, i ? ", " : "[");
    coco_write_block_name(printer, coco_operation_successor(operation, i));
  }
  if (operation->successor_count) coco_buffer_byte(buffer, ']');
  write_properties(printer, operation);
  for (uint16_t i = 0; i < operation->region_count; i++) {
    coco_buffer_text(buffer, i ? ", " : " (");
    coco_printer_region(printer, coco_operation_region(operation, i), true, true);
  }
  if (operation->region_count) coco_buffer_byte(buffer, ')');
  bool any = false;
  if (operation->attributes) write_entries(printer, operation->attributes, NULL, " {", &any);
  if (any) coco_buffer_byte(buffer, '}');
  coco_buffer_append(buffer, " : ", 3);
  coco_write_functional_type(printer, operation);
}

/* The name of a row as its custom form has it: without the dialect of the region around when nothing else is dotted. */
static const char *name_here(const coco_printer *printer, const char *name) {
  size_t size = printer->default_dialect ? strlen(printer->default_dialect) : 0;
  bool is_default = size && strncmp(name, printer->default_dialect, size) == 0 && name[size] == '.';
  return is_default && !strchr(name + size + 1, '.') ? name + size + 1 : name;
}

/* The row's own form when it has one that can be written; false: nothing was written. */
static bool write_custom(coco_printer *printer, const coco_operation *operation) {
  const coco_operation_definition *row = operation->definition;
  const coco_format *format = NULL;
  if (!row->print && !row->format) return false;
  if (!row->print) {
    format = coco_formats_get(&printer->formats, row);
    if (!format || format->error) return false;
  }
  coco_buffer_text(printer->buffer, name_here(printer, row->name));
  if (row->print) row->print(printer, operation);
  else coco_write_custom_format(printer, operation, format);
  return true;
}

void coco_write_operation(coco_printer *printer, const coco_operation *operation) {
  if (printer->buffer->status != COCO_OK) return;
  if (printer->depth >= DEEPEST) {
    coco_buffer_text(printer->buffer, "\"builtin.too_deep\"() : () -> ()");
    return;
  }
  printer->depth++;
  write_results(printer, operation);
  coco_printed_names outer;
  bool entered = coco_names_enter(printer, operation, &outer);
  if (printer->options.generic || !write_custom(printer, operation)) write_generic(printer, operation);
  if (entered) coco_names_leave(printer, &outer);
  if (printer->options.locations) write_location(printer, operation->location);
  if (printer->options.value_users) coco_write_operation_users(printer, operation);
  printer->depth--;
}

/* ---- The whole text ---- */

void coco_printer_resource(coco_printer *printer, coco_resource *resource) {
  if (coco_pointer_map_contains(&printer->seen_resources, resource)) return;
  coco_status status = coco_pointer_map_set(&printer->seen_resources, resource, resource);
  if (status == COCO_OK) status = coco_vector_push(printer->arena.allocator, &printer->resources, resource);
  if (status != COCO_OK) printer->buffer->status = status;
}

/* Names depend on all of the innermost isolated operation around, also when only a part is printed. */
static coco_operation *naming_root(coco_operation *operation) {
  coco_operation *root = operation;
  while (!(root->definition->traits & COCO_ISOLATED) && coco_operation_parent(root)) root = coco_operation_parent(root);
  if (root == operation && operation->result_count && coco_operation_parent(root)) {
    root = coco_operation_parent(root);
    while (!(root->definition->traits & COCO_ISOLATED) && coco_operation_parent(root))
      root = coco_operation_parent(root);
  }
  return root;
}

static void printer_end(coco_printer *printer) {
  const coco_allocator *allocator = printer->arena.allocator;
  coco_printed_names_free(&printer->names);
  coco_printed_names_free(&printer->spare);
  coco_pointer_map_free(&printer->seen_resources);
  coco_pointer_map_free(&printer->distinct);
  coco_pointer_map_free(&printer->predecessors);
  coco_vector_free(allocator, &printer->resources);
  coco_formats_free(&printer->formats);
  coco_arena_destroy(&printer->arena);
}

coco_status coco_print_operation(coco_buffer *buffer, const coco_operation *operation,
                                 const coco_print_options *options) {
  const coco_allocator *allocator = coco_context_allocator(operation->context);
  coco_printer printer = {
      .context = operation->context, .buffer = buffer, .arena = {.allocator = allocator}, .default_dialect = "builtin"};
  if (options) printer.options = *options;
  printer.names = printer.spare = (coco_printed_names){{.allocator = allocator}, {.allocator = allocator}};
  printer.distinct.allocator = printer.predecessors.allocator = printer.seen_resources.allocator = allocator;
  printer.formats.map.allocator = allocator;
  printer.formats.arena = &printer.arena;
  /* Naming reads only; navigation upwards wants a pointer that is not const. */
  coco_status status = coco_name_values(&printer, naming_root((coco_operation *)(uintptr_t)operation));
  if (status == COCO_OK) {
    coco_write_operation(&printer, operation);
    coco_buffer_byte(buffer, '\n');
    if (!printer.options.no_resources) coco_write_resources(&printer, operation);
    status = buffer->status;
  }
  printer_end(&printer);
  return status;
}
