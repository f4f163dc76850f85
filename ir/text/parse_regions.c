/* Reading regions and blocks, their arguments and what custom forms may leave out of them.
 *
 * The names that a region defines end with it; a label may be used before its block is there. Part of the recursion of
 * parse_operations.c. */
#include "ir/text/parser_internal.h"

coco_status coco_parse_argument_location(coco_parser *parser, coco_unresolved *argument) {
  coco_unresolved ignored = {.name = COCO_STRING("")};
  if (!coco_at_location(parser)) return COCO_OK;
  if (!argument) argument = &ignored;
  return coco_parse_location(parser, &argument->location, &argument->location_alias);
}

/* The location that was written behind the name of VALUE, else that of the name. */
static coco_status locate_argument(coco_parser *parser, const coco_unresolved *written, coco_value *value) {
  if (written->location_alias.data) {
    coco_deferred_location deferred = {
        .argument = value, .alias = written->location_alias, .line = written->line, .column = written->column};
    return coco_vector_push(parser->allocator, &parser->deferred_locations, deferred);
  }
  const coco_location *location = written->location;
  if (!location && written->name.size) location = coco_parser_place(parser, written->line, written->column);
  if (!location && written->name.size) return COCO_OUT_OF_MEMORY;
  if (location) coco_argument_set_location(value, location);
  return COCO_OK;
}

static coco_status block_argument(coco_parser *parser, coco_block *block) {
  coco_token name = parser->token;
  coco_unresolved written = {.name = name.text, .line = name.line, .column = name.column};
  if (name.kind != COCO_TOKEN_PERCENT) return coco_parser_error(parser, "expected SSA operand");
  coco_advance(parser);
  COCO_TRY(coco_expect(parser, COCO_TOKEN_COLON, "':' and type for SSA operand"));
  const coco_type *type;
  COCO_TRY(coco_parse_type(parser, &type));
  COCO_TRY(coco_parse_argument_location(parser, &written));
  coco_value *argument = coco_block_add_argument(parser->context, block, type);
  COCO_TRY(coco_made(argument));
  COCO_TRY(locate_argument(parser, &written, argument));
  return coco_names_define(parser, name.text, argument, 1, name.line, name.column);
}

static coco_status block_header(coco_parser *parser, coco_region *region, coco_block **out) {
  coco_token label = parser->token;
  coco_advance(parser);
  COCO_TRY(coco_names_block(parser, label.text, true, label.line, label.column, out));
  coco_region_insert_block(region, *out, NULL);
  if (coco_take(parser, COCO_TOKEN_LEFT_PARENTHESIS)) {
    while (!coco_at(parser, COCO_TOKEN_RIGHT_PARENTHESIS)) {
      COCO_TRY(block_argument(parser, *out));
      if (!coco_take(parser, COCO_TOKEN_COMMA)) break;
    }
    COCO_TRY(coco_expect(parser, COCO_TOKEN_RIGHT_PARENTHESIS, "')'"));
  }
  return coco_expect(parser, COCO_TOKEN_COLON, "':' after block name");
}

static coco_status block_body(coco_parser *parser, coco_block *block) {
  while (!coco_at(parser, COCO_TOKEN_CARET) && !coco_at(parser, COCO_TOKEN_RIGHT_BRACE)) {
    COCO_TRY(coco_parse_operation(parser, block));
  }
  return COCO_OK;
}

static coco_status entry_arguments(coco_parser *parser, coco_block *block, const coco_unresolved *arguments,
                                   const coco_type *const *types, size_t count) {
  for (size_t i = 0; i < count; i++) {
    coco_value *value = coco_block_add_argument(parser->context, block, types[i]);
    COCO_TRY(coco_made(value));
    COCO_TRY(locate_argument(parser, &arguments[i], value));
    if (!arguments[i].name.size) continue;
    COCO_TRY(coco_names_define(parser, arguments[i].name, value, 1, arguments[i].line, arguments[i].column));
  }
  return COCO_OK;
}

static coco_status region_blocks(coco_parser *parser, coco_region *region, const coco_unresolved *arguments,
                                 const coco_type *const *types, size_t count) {
  coco_block *block = NULL;
  bool is_named = coco_at(parser, COCO_TOKEN_CARET), is_empty = coco_at(parser, COCO_TOKEN_RIGHT_BRACE);
  if (count && is_named) return coco_parser_error(parser, "invalid block name in region with named arguments");
  if (count || (!is_named && !is_empty)) {
    COCO_TRY(coco_made(block = coco_region_append_block(parser->context, region)));
    COCO_TRY(entry_arguments(parser, block, arguments, types, count));
    COCO_TRY(block_body(parser, block));
  }
  while (coco_at(parser, COCO_TOKEN_CARET)) {
    COCO_TRY(block_header(parser, region, &block));
    COCO_TRY(block_body(parser, block));
  }
  return coco_expect(parser, COCO_TOKEN_RIGHT_BRACE, "operation or '}'");
}

coco_status coco_parse_region_body(coco_parser *parser, const coco_operation_definition *owner, coco_region *region,
                                   const coco_unresolved *arguments, const coco_type *const *types, size_t count) {
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LEFT_BRACE, "'{' to begin a region"));
  coco_scope scope;
  COCO_TRY(coco_parser_enter(parser));
  const char *outer_dialect = parser->default_dialect;
  parser->default_dialect = owner->default_dialect;
  coco_status status = coco_names_push(parser, (owner->traits & COCO_ISOLATED) != 0, &scope);
  if (status == COCO_OK) {
    status = region_blocks(parser, region, arguments, types, count);
    coco_status popped = coco_names_pop(parser, &scope, status == COCO_OK);
    if (status == COCO_OK) status = popped;
  }
  parser->default_dialect = outer_dialect;
  parser->depth--;
  return status;
}

static coco_status add_terminator(coco_parser *parser, const coco_operation_state *state, coco_block *block) {
  const coco_operation_definition *row =
      coco_context_operation(parser->context, coco_string_from(state->definition->terminator));
  COCO_TRY(coco_made(row));
  const coco_type *none = NULL;
  coco_operation_state made = {.definition = row, .location = state->location, .result_types = &none};
  coco_operation *operation;
  COCO_TRY(coco_operation_create(parser->context, &made, &operation));
  coco_block_append(block, operation);
  return COCO_OK;
}

/* What a custom form may leave out: the only block when it is empty, and an implicit terminator. */
static coco_status complete_region(coco_parser *parser, const coco_operation_state *state, coco_region *region) {
  uint32_t traits = state->definition->traits;
  if (!region->first && traits & (COCO_IMPLICIT_TERMINATOR | COCO_NO_TERMINATOR)) {
    COCO_TRY(coco_made(coco_region_append_block(parser->context, region)));
  }
  if (!(traits & COCO_IMPLICIT_TERMINATOR) || !region->last || !state->definition->terminator) return COCO_OK;
  const coco_operation *last = region->last->last;
  if (last && last->definition->traits & COCO_TERMINATOR) return COCO_OK;
  return add_terminator(parser, state, region->last);
}

static coco_status parse_region(coco_parser *parser, coco_operation_state *state, const coco_unresolved *arguments,
                                const coco_type *const *types, size_t count, coco_region **out) {
  COCO_TRY(coco_parse_add_region(parser, state, out));
  COCO_TRY(coco_parse_region_body(parser, state->definition, *out, arguments, types, count));
  return complete_region(parser, state, *out);
}

coco_status coco_parse_region(coco_parser *parser, coco_operation_state *state, const coco_unresolved *arguments,
                              const coco_type *const *argument_types, size_t argument_count) {
  coco_region *region;
  return parse_region(parser, state, arguments, argument_types, argument_count, &region);
}

coco_status coco_parse_function_body(coco_parser *parser, coco_operation_state *state, const coco_unresolved *arguments,
                                     const coco_type *const *argument_types, size_t argument_count) {
  coco_token at = parser->token;
  coco_region *region;
  COCO_TRY(parse_region(parser, state, arguments, argument_types, argument_count, &region));
  if (region->first) return COCO_OK;
  return coco_parser_error_at(parser, at.line, at.column, "custom op '%s' expected non-empty function body",
                              state->definition->name);
}
