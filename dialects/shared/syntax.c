/* Pieces of upstream syntax that several dialects' hooks share. */
#include "dialects/shared/syntax.h"

coco_status coco_parse_and_add_operands(coco_parser *parser, coco_operation_state *state, const coco_type *type,
                                        size_t *out_count) {
  coco_operand_list list;
  COCO_TRY(coco_parse_operands(parser, &list.items, &list.count));
  for (size_t i = 0; i < list.count; i++) COCO_TRY(coco_parse_add_operand(parser, state, &list.items[i], type));
  if (out_count) *out_count = list.count;
  return COCO_OK;
}

coco_status coco_parse_add_operand_list(coco_parser *parser, coco_operation_state *state, const coco_operand_list *list,
                                        const coco_type *const *types) {
  for (size_t i = 0; i < list->count; i++)
    COCO_TRY(coco_parse_add_operand(parser, state, &list->items[i], types ? types[i] : NULL));
  return COCO_OK;
}

coco_status coco_parse_result_list(coco_parser *parser, coco_operation_state *state) {
  const coco_type **types = NULL, *single = NULL;
  size_t count = 0;
  if (coco_parse_optional(parser, "(")) {
    if (!coco_parse_at(parser, ")")) COCO_TRY(coco_parse_type_list(parser, &types, &count));
    COCO_TRY(coco_parse_expected(parser, ")"));
  } else {
    COCO_TRY(coco_parse_type(parser, &single));
    types = &single;
    count = 1;
  }
  for (size_t i = 0; i < count; i++) COCO_TRY(coco_parse_add_result_type(parser, state, types[i]));
  return COCO_OK;
}

coco_status coco_parse_optional_arrow_results(coco_parser *parser, coco_operation_state *state, bool *out_found) {
  bool found = coco_parse_optional(parser, "->");
  if (out_found) *out_found = found;
  return found ? coco_parse_result_list(parser, state) : COCO_OK;
}

coco_status coco_parse_set_segments(coco_parser *parser, coco_operation_state *state, const int32_t *sizes,
                                    size_t count) {
  int32_t *kept = coco_arena_copy_bytes(coco_parser_scratch(parser), sizes, count * sizeof *sizes);
  if (!kept) return COCO_OUT_OF_MEMORY;
  state->segment_sizes = kept;
  return COCO_OK;
}

coco_status coco_parse_flags(coco_parser *parser, const char *name, const char *separator, const coco_attribute **out) {
  coco_context *context = coco_parser_context(parser);
  coco_buffer text = COCO_BUFFER(coco_context_allocator(context));
  coco_buffer_text(&text, name);
  coco_buffer_byte(&text, '<');
  coco_status status = coco_parse_expected(parser, "<");
  for (bool more = true, first = true; more && status == COCO_OK; first = false) {
    coco_string word;
    status = coco_parse_keyword(parser, &word);
    if (status != COCO_OK) break;
    if (!first) coco_buffer_text(&text, separator);
    coco_buffer_string(&text, word);
    more = coco_parse_optional(parser, ",");
  }
  if (status == COCO_OK) status = coco_parse_expected(parser, ">");
  coco_buffer_byte(&text, '>');
  if (status == COCO_OK) status = text.status;
  if (status == COCO_OK && !(*out = coco_attribute_opaque(context, coco_buffer_view(&text), NULL)))
    status = COCO_OUT_OF_MEMORY;
  coco_buffer_free(&text);
  return status;
}

coco_status coco_parse_assignments(coco_parser *parser, coco_operand_list *out_names, coco_operand_list *out_values) {
  const coco_allocator *allocator = coco_context_allocator(coco_parser_context(parser));
  COCO_VECTOR_OF(coco_unresolved) names = {0}, values = {0};
  coco_status status = coco_parse_expected(parser, "(");
  for (bool more = status == COCO_OK && !coco_parse_at(parser, ")"); more && status == COCO_OK;) {
    coco_unresolved name, value;
    status = coco_parse_operand(parser, &name);
    if (status == COCO_OK) status = coco_parse_expected(parser, "=");
    if (status == COCO_OK) status = coco_parse_operand(parser, &value);
    if (status == COCO_OK) status = coco_vector_push(allocator, &names, name);
    if (status == COCO_OK) status = coco_vector_push(allocator, &values, value);
    more = status == COCO_OK && coco_parse_optional(parser, ",");
  }
  if (status == COCO_OK) status = coco_parse_expected(parser, ")");
  size_t bytes = names.count * sizeof *names.items;
  *out_names = *out_values = (coco_operand_list){NULL, names.count};
  if (status == COCO_OK && names.count) {
    out_names->items = coco_arena_copy_bytes(coco_parser_scratch(parser), names.items, bytes);
    out_values->items = coco_arena_copy_bytes(coco_parser_scratch(parser), values.items, bytes);
    if (!out_names->items || !out_values->items) status = COCO_OUT_OF_MEMORY;
  }
  coco_vector_free(allocator, &names);
  coco_vector_free(allocator, &values);
  return status;
}

coco_status coco_parse_add_string(coco_parser *parser, coco_operation_state *state, const char *name,
                                  coco_string text) {
  const coco_attribute *attribute = coco_attribute_string(coco_parser_context(parser), text);
  return attribute ? coco_parse_add_attribute(parser, state, name, attribute) : COCO_OUT_OF_MEMORY;
}

coco_status coco_parse_symbol_name(coco_parser *parser, coco_operation_state *state) {
  const coco_attribute *symbol;
  COCO_TRY(coco_parse_symbol(parser, &symbol));
  if (symbol->count) return coco_parser_error(parser, "a symbol's own name cannot be nested");
  return coco_parse_add_string(parser, state, "sym_name", symbol->text);
}

void coco_printer_types_of_operands(coco_printer *printer, const coco_operation *operation, size_t start,
                                    size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (i) coco_printer_text(printer, ", ");
    coco_printer_type(printer, coco_operation_operand(operation, start + i)->type);
  }
}

void coco_printer_arrow_results(coco_printer *printer, const coco_operation *operation, bool parentheses) {
  if (operation->result_count == 0) return;
  parentheses = parentheses || operation->result_count > 1 || operation->results[0].type->kind == COCO_TYPE_FUNCTION;
  coco_printer_text(printer, parentheses ? " -> (" : " -> ");
  for (size_t i = 0; i < operation->result_count; i++) {
    if (i) coco_printer_text(printer, ", ");
    coco_printer_type(printer, operation->results[i].type);
  }
  if (parentheses) coco_printer_text(printer, ")");
}

void coco_printer_flags(coco_printer *printer, const char *prefix, const coco_attribute *attribute) {
  if (!coco_attribute_is(attribute, COCO_ATTRIBUTE_OPAQUE)) return;
  const char *bracket = memchr(attribute->text.data, '<', attribute->text.size);
  if (!bracket) return;
  coco_string words = {bracket, attribute->text.size - (size_t)(bracket - attribute->text.data)};
  if (coco_string_is(words, "<none>")) return;
  coco_buffer *buffer = coco_printer_buffer(printer);
  coco_buffer_byte(buffer, ' ');
  coco_buffer_text(buffer, prefix);
  coco_buffer_string(buffer, words);
}
