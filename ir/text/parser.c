/* Tokens, diagnostics and the entry points of the parser. */
#include <stdio.h>

#include "ir/text/parser_internal.h"

coco_context *coco_parser_context(coco_parser *parser) { return parser->context; }

coco_arena *coco_parser_scratch(coco_parser *parser) { return parser->frame ? &parser->frame->arena : &parser->arena; }

const coco_location *coco_parser_place(coco_parser *parser, uint32_t line, uint32_t column) {
  return coco_location_file(parser->context, parser->file, line, column);
}

const coco_location *coco_parser_location(coco_parser *parser) {
  return coco_parser_place(parser, parser->token.line, parser->token.column);
}

static coco_status report(coco_parser *parser, uint32_t line, uint32_t column, const char *format, va_list arguments) {
  char message[512];
  vsnprintf(message, sizeof message, format, arguments);
  const coco_location *place = coco_parser_place(parser, line, column);
  return place ? coco_error(parser->context, place, "%s", message) : COCO_OUT_OF_MEMORY;
}

coco_status coco_parser_error_at(coco_parser *parser, uint32_t line, uint32_t column, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  coco_status status = report(parser, line, column, format, arguments);
  va_end(arguments);
  return status;
}

coco_status coco_parser_error(coco_parser *parser, const char *format, ...) {
  if (parser->token.kind == COCO_TOKEN_ERROR) {
    return coco_parser_error_at(parser, parser->token.line, parser->token.column, "%s", parser->lexer.message);
  }
  va_list arguments;
  va_start(arguments, format);
  coco_status status = report(parser, parser->token.line, parser->token.column, format, arguments);
  va_end(arguments);
  return status;
}

bool coco_at_identifier(const coco_parser *parser, coco_string identifier) {
  return parser->token.kind == COCO_TOKEN_IDENTIFIER && coco_string_equal(parser->token.text, identifier);
}

bool coco_take_identifier(coco_parser *parser, coco_string identifier) {
  if (!coco_at_identifier(parser, identifier)) return false;
  coco_advance(parser);
  return true;
}

coco_status coco_parser_missing(coco_parser *parser, const char *before, const char *what, const char *after) {
  const char *last = parser->last_end, *line_start = parser->begin;
  bool is_here =
      !last || !memchr(last, '\n', (size_t)(parser->token.text.data - last)) || coco_at(parser, COCO_TOKEN_ERROR);
  if (is_here) return coco_parser_error(parser, "expected %s%s%s", before, what, after);
  uint32_t line = 1;
  for (const char *end; (end = memchr(line_start, '\n', (size_t)(last - line_start))) != NULL; line_start = end + 1)
    line++;
  return coco_parser_error_at(parser, line, (uint32_t)(last - line_start) + 1, "expected %s%s%s", before, what, after);
}

coco_status coco_parser_enter(coco_parser *parser) {
  if (parser->depth >= COCO_MAXIMUM_NESTING) {
    return coco_parser_error(parser, "nested deeper than %d levels", COCO_MAXIMUM_NESTING);
  }
  parser->depth++;
  return COCO_OK;
}

void coco_parser_seek(coco_parser *parser, const char *place) {
  coco_lexer_seek(&parser->lexer, place);
  coco_advance(parser);
}

coco_status coco_take_string(coco_parser *parser, coco_string *out) {
  if (!coco_at(parser, COCO_TOKEN_STRING)) return coco_parser_error(parser, "expected string");
  *out = coco_string_token_value(&parser->arena, parser->token.text);
  coco_advance(parser);
  return coco_made(out->data);
}

coco_status coco_parse_decimal(coco_parser *parser, int64_t *out) {
  if (!coco_at(parser, COCO_TOKEN_INTEGER)) return coco_parser_error(parser, "expected integer value");
  if (!coco_string_to_int64(parser->token.text, out)) return coco_parser_error(parser, "integer value too large");
  coco_advance(parser);
  return COCO_OK;
}

/* ---- Beginning and end ---- */

static void parser_begin(coco_parser *parser, coco_context *context, coco_string text, coco_string file) {
  const coco_allocator *allocator = coco_context_allocator(context);
  *parser = (coco_parser){.context = context, .allocator = allocator, .file = file, .arena = {.allocator = allocator},
                           .default_dialect = "builtin"};
  parser->type_aliases.allocator = parser->attribute_aliases.allocator = parser->resources.allocator = allocator;
  parser->distinct.allocator = allocator;
  parser->type_alias_sizes.allocator = parser->attribute_alias_sizes.allocator = allocator;
  parser->formats.map.allocator = allocator;
  parser->formats.arena = &parser->arena;
  if (!text.data) text = COCO_STRING("");
  coco_lexer_begin(&parser->lexer, text);
  parser->begin = text.data;
  coco_lexer_next(&parser->lexer, &parser->token);
}

static void frame_free(coco_parser *parser, coco_frame *frame) {
  coco_arena_destroy(&frame->arena);
  coco_vector_free(parser->allocator, &frame->operands);
  coco_vector_free(parser->allocator, &frame->result_types);
  coco_vector_free(parser->allocator, &frame->attributes);
  coco_vector_free(parser->allocator, &frame->successors);
  coco_vector_free(parser->allocator, &frame->regions);
  coco_vector_free(parser->allocator, &frame->names);
}

static void parser_end(coco_parser *parser) {
  for (coco_frame *frame = parser->first_frame; frame; frame = frame->inner) frame_free(parser, frame);
  coco_names_free(parser);
  coco_string_map_free(&parser->type_aliases);
  coco_string_map_free(&parser->attribute_aliases);
  coco_string_map_free(&parser->type_alias_sizes);
  coco_string_map_free(&parser->attribute_alias_sizes);
  coco_string_map_free(&parser->resources);
  coco_pointer_map_free(&parser->distinct);
  coco_vector_free(parser->allocator, &parser->deferred_locations);
  coco_vector_free(parser->allocator, &parser->resource_uses);
  coco_formats_free(&parser->formats);
  coco_arena_destroy(&parser->arena);
}

/* Parsers begin with zero depth and no frame, so a type or an attribute needs nothing of operations. */
coco_status coco_parse_type_text(coco_context *context, coco_string text, const coco_type **out) {
  coco_parser parser;
  parser_begin(&parser, context, text, COCO_STRING("<type>"));
  coco_status status = coco_parse_type(&parser, out);
  if (status == COCO_OK && !coco_at(&parser, COCO_TOKEN_END))
    status = coco_parser_error(&parser, "expected end of the type");
  parser_end(&parser);
  return status;
}

coco_status coco_parse_attribute_text(coco_context *context, coco_string text, const coco_attribute **out) {
  coco_parser parser;
  parser_begin(&parser, context, text, COCO_STRING("<attribute>"));
  coco_status status = coco_parse_attribute(&parser, NULL, out);
  if (status == COCO_OK && !coco_at(&parser, COCO_TOKEN_END))
    status = coco_parser_error(&parser, "expected end of the attribute");
  if (status == COCO_OK) status = coco_check_resource_uses(&parser);
  parser_end(&parser);
  return status;
}

static coco_status resolve_locations(coco_parser *parser) {
  for (size_t i = 0; i < parser->deferred_locations.count; i++) {
    coco_deferred_location *deferred = &parser->deferred_locations.items[i];
    const coco_attribute *alias = coco_string_map_get(&parser->attribute_aliases, deferred->alias);
    if (!alias) {
      return coco_parser_error_at(parser, deferred->line, deferred->column,
                                  "operation location alias was never defined");
    }
    if (alias->kind < COCO_LOCATION_UNKNOWN) {
      return coco_parser_error_at(parser, deferred->line, deferred->column, "expected location, but found '%.*s'",
                                  COCO_PRINT(deferred->alias));
    }
    const coco_location *location = coco_location_from_attribute(parser->context, alias);
    COCO_TRY(coco_made(location));
    if (deferred->argument) coco_argument_set_location(deferred->argument, location);
    else deferred->operation->location = location;
  }
  return COCO_OK;
}

/* The module that was written, taken out of the implicit one around it; else the implicit one. */
static coco_operation *unwrap(coco_operation *implicit) {
  coco_block *body = coco_operation_body(implicit, 0);
  coco_operation *only = body->first;
  if (!only || only->next || only->definition != implicit->definition) return implicit;
  coco_operation_detach(only);
  coco_operation_erase(implicit);
  return only;
}

/* What was written must be one operation. On failure IMPLICIT is left to the caller. */
static coco_status unwrap_single(coco_operation *implicit, coco_operation **out) {
  size_t count = 0;
  coco_operation *only = coco_operation_body(implicit, 0)->first;
  for (const coco_operation *operation = only; operation; operation = operation->next) ++count;
  if (count != 1)
    return coco_error(implicit->context, count ? only->next->location : implicit->location,
                      "source must contain a single top-level operation, found: %zu", count);
  coco_operation_detach(only);
  coco_operation_erase(implicit);
  *out = only;
  return COCO_OK;
}

static coco_status parse_whole(coco_parser *parser, coco_operation *implicit) {
  coco_block *body = coco_region_append_block(parser->context, coco_operation_region(implicit, 0));
  COCO_TRY(coco_made(body));
  coco_scope scope;
  COCO_TRY(coco_names_push(parser, true, &scope));
  coco_status status = coco_parse_top(parser, body);
  coco_status popped = coco_names_pop(parser, &scope, status == COCO_OK);
  COCO_TRY(status);
  COCO_TRY(popped);
  COCO_TRY(resolve_locations(parser));
  return coco_check_resource_uses(parser);
}

coco_status coco_parse_source(coco_context *context, coco_string text, coco_string file,
                              const coco_parse_options *options, coco_operation **out) {
  *out = NULL;
  COCO_TRY(coco_context_add_source(context, file, text));
  const coco_operation_definition *definition = coco_context_operation(context, COCO_STRING("builtin.module"));
  COCO_TRY(coco_made(definition));
  coco_parser parser;
  parser_begin(&parser, context, text, coco_context_intern(context, file)); /* it is there: sources keep it */
  if (options) parser.options = *options;
  coco_operation_state state = {
      .definition = definition, .location = coco_parser_place(&parser, 1, 1), .region_count = 1};
  const coco_type *none = NULL;
  state.result_types = &none;
  coco_operation *implicit = NULL;
  coco_status status = coco_made(state.location);
  if (status == COCO_OK) status = coco_operation_create(context, &state, &implicit);
  if (status == COCO_OK) status = parse_whole(&parser, implicit);
  bool single = options && options->no_implicit_module;
  if (status == COCO_OK && single) status = unwrap_single(implicit, out);
  if (status == COCO_OK && !single) *out = unwrap(implicit);
  if (status != COCO_OK && implicit) coco_operation_erase(implicit);
  parser_end(&parser);
  return status;
}

coco_status coco_parse_module(coco_context *context, coco_string text, coco_string file, coco_operation **out) {
  return coco_parse_source(context, text, file, NULL, out);
}
