/* Reading operations, and the top level of a text.
 *
 * Operation, region (parse_regions.c) and block follow each other in a recursion limited by COCO_MAXIMUM_NESTING. What
 * is read before the operation can be made is kept in a frame per depth. */
#include "ir/printer.h"
#include "ir/text/parser_internal.h"

/* ---- Frames ---- */

static coco_status frame_begin(coco_parser *parser, coco_frame **out) {
  coco_frame *frame = parser->frame ? parser->frame->inner : parser->first_frame;
  if (!frame) {
    frame = coco_arena_allocate_zeroed(&parser->arena, 1, sizeof *frame);
    COCO_TRY(coco_made(frame));
    frame->arena.allocator = parser->allocator;
    frame->outer = parser->frame;
    if (parser->frame) parser->frame->inner = frame;
    else parser->first_frame = frame;
  }
  if (frame->arena.total) coco_arena_reset(&frame->arena);
  frame->operands.count = frame->result_types.count = frame->attributes.count = 0;
  frame->successors.count = frame->regions.count = frame->names.count = 0;
  frame->unregistered_properties = NULL;
  frame->state = (coco_operation_state){.definition = NULL};
  parser->frame = frame;
  *out = frame;
  return COCO_OK;
}

/* Regions that no operation has taken go away with a failure. */
static void frame_end(coco_parser *parser, coco_frame *frame) {
  for (size_t i = 0; i < frame->regions.count; i++) {
    coco_region *region = frame->regions.items[i];
    while (region->first) coco_block_erase(parser->context, region->first);
  }
  frame->regions.count = 0;
  parser->frame = frame->outer;
}

static coco_frame *frame_of(const coco_parser *parser, const coco_operation_state *state) {
  return parser->frame && &parser->frame->state == state ? parser->frame : NULL;
}

/* ---- Filling the state: for hooks and for the readers here ---- */

coco_entry_vector *coco_parse_entries_of(coco_parser *parser, const coco_operation_state *state) {
  coco_frame *frame = frame_of(parser, state);
  return frame ? &frame->attributes : NULL;
}

coco_status coco_parse_new_entries(coco_parser *parser, coco_operation_state *state, size_t former) {
  const coco_entry_vector *entries = &parser->frame->attributes;
  for (size_t i = former; former && i < entries->count; i++) {
    for (size_t j = 0; j < former; j++) {
      if (!coco_string_equal(entries->items[j].name, entries->items[i].name)) continue;
      return coco_error(parser->context, state->location, "'%s' op attribute '%.*s' is given twice",
                        state->definition->name, COCO_PRINT(entries->items[i].name));
    }
  }
  state->attributes = entries->items;
  state->attribute_count = entries->count;
  return COCO_OK;
}

coco_status coco_parse_add_attribute(coco_parser *parser, coco_operation_state *state, const char *name,
                                     const coco_attribute *value) {
  coco_named_attribute entry = {coco_string_from(name), value};
  coco_entry_vector *entries = coco_parse_entries_of(parser, state);
  if (!entries) return COCO_INVALID_ARGUMENT;
  COCO_TRY(coco_vector_push(parser->allocator, entries, entry));
  return coco_parse_new_entries(parser, state, entries->count - 1);
}

coco_status coco_parse_add_result_type(coco_parser *parser, coco_operation_state *state, const coco_type *type) {
  coco_frame *frame = frame_of(parser, state);
  if (!frame) return COCO_INVALID_ARGUMENT;
  COCO_TRY(coco_vector_push(parser->allocator, &frame->result_types, type));
  state->result_types = frame->result_types.items;
  state->result_count = frame->result_types.count;
  return COCO_OK;
}

static coco_status add_value(coco_parser *parser, coco_operation_state *state, coco_value *value) {
  coco_frame *frame = frame_of(parser, state);
  if (!frame) return COCO_INVALID_ARGUMENT;
  COCO_TRY(coco_vector_push(parser->allocator, &frame->operands, value));
  state->operands = frame->operands.items;
  state->operand_count = frame->operands.count;
  return COCO_OK;
}

coco_status coco_parse_resolve(coco_parser *parser, const coco_unresolved *operand, const coco_type *type,
                               coco_value **out) {
  return coco_names_use(parser, operand, type, out);
}

coco_status coco_parse_add_operand(coco_parser *parser, coco_operation_state *state, const coco_unresolved *operand,
                                   const coco_type *type) {
  coco_value *value;
  COCO_TRY(coco_names_use(parser, operand, type, &value));
  return add_value(parser, state, value);
}

coco_status coco_parse_add_region(coco_parser *parser, coco_operation_state *state, coco_region **out) {
  coco_frame *frame = frame_of(parser, state);
  if (!frame) return COCO_INVALID_ARGUMENT;
  *out = coco_arena_allocate_zeroed(&frame->arena, 1, sizeof **out);
  COCO_TRY(coco_made(*out));
  COCO_TRY(coco_vector_push(parser->allocator, &frame->regions, *out));
  state->region_count = frame->regions.count;
  return COCO_OK;
}

coco_status coco_parse_empty_region(coco_parser *parser, coco_operation_state *state) {
  coco_region *region;
  return coco_parse_add_region(parser, state, &region);
}

coco_status coco_parse_successor(coco_parser *parser, coco_operation_state *state) {
  coco_frame *frame = frame_of(parser, state);
  if (!frame) return COCO_INVALID_ARGUMENT;
  coco_token token = parser->token;
  coco_block *block;
  if (token.kind != COCO_TOKEN_CARET) return coco_parser_error(parser, "expected branch destination");
  coco_advance(parser);
  COCO_TRY(coco_names_block(parser, token.text, false, token.line, token.column, &block));
  COCO_TRY(coco_vector_push(parser->allocator, &frame->successors, block));
  state->successors = frame->successors.items;
  state->successor_count = frame->successors.count;
  return COCO_OK;
}

coco_status coco_parse_successor_list(coco_parser *parser, coco_frame *frame) {
  do {
    COCO_TRY(coco_parse_successor(parser, &frame->state));
  } while (coco_take(parser, COCO_TOKEN_COMMA));
  return COCO_OK;
}

/* ---- The generic form ---- */

static coco_status generic_operands(coco_parser *parser, coco_unresolved **out, size_t *out_count) {
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LEFT_PARENTHESIS, "'(' to start operand list"));
  COCO_TRY(coco_parse_operands(parser, out, out_count));
  return coco_expect(parser, COCO_TOKEN_RIGHT_PARENTHESIS, "')' to end operand list");
}

static coco_status generic_properties(coco_parser *parser, coco_frame *frame) {
  coco_operation_state *state = &frame->state;
  coco_advance(parser);
  if (!coco_at(parser, COCO_TOKEN_LEFT_BRACE)) return coco_parser_error(parser, "expected '{' in properties");
  if (state->definition->is_registered) {
    COCO_TRY(coco_parse_attribute_dictionary(parser, state));
  } else {
    COCO_TRY(coco_parse_dictionary(parser, &frame->unregistered_properties));
  }
  return coco_expect(parser, COCO_TOKEN_GREATER, "'>' to close properties");
}

static coco_status generic_regions(coco_parser *parser, coco_frame *frame) {
  do {
    coco_region *region;
    COCO_TRY(coco_parse_add_region(parser, &frame->state, &region));
    COCO_TRY(coco_parse_region_body(parser, frame->state.definition, region, NULL, NULL, 0));
  } while (coco_take(parser, COCO_TOKEN_COMMA));
  return coco_expect(parser, COCO_TOKEN_RIGHT_PARENTHESIS, "')' to end region list");
}

/* "(t, t) -> t": operands are resolved as their types come. */
static coco_status generic_types(coco_parser *parser, coco_frame *frame, const coco_unresolved *operands,
                                 size_t count) {
  coco_token at = parser->token;
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LEFT_PARENTHESIS, "function type"));
  size_t given = 0;
  while (!coco_at(parser, COCO_TOKEN_RIGHT_PARENTHESIS)) {
    const coco_type *type;
    COCO_TRY(coco_parse_type(parser, &type));
    if (given < count) COCO_TRY(coco_parse_add_operand(parser, &frame->state, &operands[given], type));
    given++;
    if (!coco_take(parser, COCO_TOKEN_COMMA)) break;
  }
  COCO_TRY(coco_expect(parser, COCO_TOKEN_RIGHT_PARENTHESIS, "')'"));
  if (given != count) {
    return coco_parser_error_at(parser, at.line, at.column, "expected %zu operand type%s but had %zu", count,
                                count == 1 ? "" : "s", given);
  }
  COCO_TRY(coco_expect(parser, COCO_TOKEN_ARROW, "'->' in function type"));
  const coco_type *type;
  if (!coco_take(parser, COCO_TOKEN_LEFT_PARENTHESIS)) {
    COCO_TRY(coco_parse_type(parser, &type));
    return coco_parse_add_result_type(parser, &frame->state, type);
  }
  while (!coco_at(parser, COCO_TOKEN_RIGHT_PARENTHESIS)) {
    COCO_TRY(coco_parse_type(parser, &type));
    COCO_TRY(coco_parse_add_result_type(parser, &frame->state, type));
    if (!coco_take(parser, COCO_TOKEN_COMMA)) break;
  }
  return coco_expect(parser, COCO_TOKEN_RIGHT_PARENTHESIS, "')'");
}

static const coco_type *const no_types[1];

static coco_status find_generic(coco_parser *parser, coco_frame *frame) {
  if (coco_string_equal(frame->generic_name, parser->token.text)) {
    frame->state.definition = frame->generic_row;
    return COCO_OK;
  }
  coco_string name = coco_string_token_value(&parser->arena, parser->token.text);
  COCO_TRY(coco_made(name.data));
  if (!name.size) return coco_parser_error(parser, "empty operation name is invalid");
  if (memchr(name.data, '\0', name.size))
    return coco_parser_error(parser, "null character not allowed in operation name");
  const coco_operation_definition *definition = coco_context_operation(parser->context, name);
  COCO_TRY(coco_made(definition));
  frame->state.definition = definition;
  if (definition->is_registered || coco_context_allows_unregistered(parser->context)) {
    frame->generic_name = parser->token.text;
    frame->generic_row = definition;
    return COCO_OK;
  }
  const char *dot = memchr(name.data, '.', name.size);
  coco_string dialect = {name.data, dot ? (size_t)(dot - name.data) : 0};
  if (coco_context_find_dialect(parser->context, dialect)) {
    return coco_parser_error(
        parser, "unregistered operation '%.*s' found in dialect ('%.*s') that does not allow unknown operations",
        COCO_PRINT(name), COCO_PRINT(dialect));
  }
  return coco_parser_error(parser,
                           "operation being parsed with an unregistered dialect. If this is intended, please use "
                           "-allow-unregistered-dialect with the tool used");
}

static coco_status parse_generic(coco_parser *parser, coco_frame *frame) {
  coco_unresolved *operands;
  size_t operand_count;
  COCO_TRY(find_generic(parser, frame));
  coco_advance(parser);
  COCO_TRY(generic_operands(parser, &operands, &operand_count));
  if (coco_take(parser, COCO_TOKEN_LEFT_BRACKET)) {
    COCO_TRY(coco_parse_successor_list(parser, frame));
    COCO_TRY(coco_expect(parser, COCO_TOKEN_RIGHT_BRACKET, "']'"));
  }
  if (coco_at(parser, COCO_TOKEN_LESS)) COCO_TRY(generic_properties(parser, frame));
  if (coco_take(parser, COCO_TOKEN_LEFT_PARENTHESIS)) COCO_TRY(generic_regions(parser, frame));
  COCO_TRY(coco_parse_attribute_dictionary(parser, &frame->state));
  COCO_TRY(coco_expect(parser, COCO_TOKEN_COLON, "':' followed by operation type"));
  frame->state.result_types = no_types;
  return generic_types(parser, frame, operands, operand_count);
}

/* ---- The custom form ---- */

/* The row of a name; one without a dialect is of the default dialect of the region around. */
static coco_status find_row(coco_parser *parser, coco_string name, const coco_operation_definition **out) {
  *out = coco_context_find_operation(parser->context, name);
  if (*out) return COCO_OK;
  if (!parser->default_dialect || memchr(name.data, '.', name.size))
    return coco_parser_error(parser, "custom op '%.*s' is unknown", COCO_PRINT(name));
  coco_buffer whole = COCO_BUFFER(parser->allocator);
  coco_buffer_format(&whole, "%s.%.*s", parser->default_dialect, COCO_PRINT(name));
  coco_status status = whole.status;
  if (status == COCO_OK) *out = coco_context_find_operation(parser->context, coco_buffer_view(&whole));
  coco_buffer_free(&whole);
  if (status != COCO_OK || *out) return status;
  return coco_parser_error(parser, "custom op '%.*s' is unknown (tried '%s.%.*s' as well)", COCO_PRINT(name),
                           parser->default_dialect, COCO_PRINT(name));
}

static coco_status find_custom(coco_parser *parser, coco_frame *frame) {
  const coco_operation_definition *definition;
  COCO_TRY(find_row(parser, parser->token.text, &definition));
  if (!definition->parse && !definition->format) {
    return coco_parser_error(parser, "custom op '%s' has no custom assembly form", definition->name);
  }
  frame->state.definition = definition;
  return COCO_OK;
}

static coco_status parse_custom(coco_parser *parser, coco_frame *frame) {
  COCO_TRY(find_custom(parser, frame));
  coco_token name = parser->token;
  coco_advance(parser);
  if (frame->state.definition->parse) return frame->state.definition->parse(parser, &frame->state);
  const coco_format *format = coco_formats_get(&parser->formats, frame->state.definition);
  COCO_TRY(coco_made(format));
  if (format->error) {
    return coco_parser_error_at(parser, name.line, name.column, "the assembly format of '%s' is wrong: %s",
                                frame->state.definition->name, format->error);
  }
  return coco_parse_custom_format(parser, frame, format);
}

/* ---- Making the operation ---- */

static coco_status segment_error(coco_parser *parser, const coco_frame *frame, const char *what) {
  return coco_error(parser->context, frame->state.location, "'%s' op %s", frame->state.definition->name, what);
}

/* Rows with operand segments: their sizes come from the property when nobody has set them. */
static coco_status find_segments(coco_parser *parser, coco_frame *frame) {
  coco_operation_state *state = &frame->state;
  const coco_operation_definition *definition = state->definition;
  if (!(definition->traits & COCO_OPERAND_SEGMENTS) || state->segment_sizes) return COCO_OK;
  const coco_attribute *sizes = NULL;
  for (size_t i = 0; i < state->attribute_count; i++) {
    if (coco_string_equal(state->attributes[i].name, COCO_STRING("operandSegmentSizes")))
      sizes = state->attributes[i].value;
  }
  if (!sizes) return segment_error(parser, frame, "missing segment sizes attribute 'operandSegmentSizes'");
  if (sizes->kind != COCO_ATTRIBUTE_DENSE_ARRAY || !coco_type_is_integer(sizes->type, 32) ||
      sizes->count != definition->operand_row_count) {
    return segment_error(parser, frame,
                         "'operandSegmentSizes' must be an array<i32: ...> with one size for each operand group");
  }
  int64_t total = 0;
  const int32_t *values = sizes->data;
  for (size_t i = 0; i < sizes->count; i++) {
    if (values[i] < 0)
      return segment_error(parser, frame, "'operandSegmentSizes' attribute cannot have negative elements");
    total += values[i];
  }
  if (total != (int64_t)state->operand_count) {
    return coco_error(parser->context, state->location,
                      "'%s' op operand count (%zu) does not match with the total size (%lld) specified in attribute "
                      "'operandSegmentSizes'",
                      definition->name, state->operand_count, (long long)total);
  }
  state->segment_sizes = values;
  return COCO_OK;
}

static coco_status check_counts(coco_parser *parser, const coco_frame *frame) {
  if (frame->state.region_count > UINT16_MAX || frame->state.successor_count > UINT16_MAX ||
      frame->state.operand_count > UINT32_MAX || frame->state.result_count > UINT32_MAX)
    return coco_parser_error(parser, "too many operands, results, successors or regions");
  return COCO_OK;
}

/* Creates the operation; its region count is what was read, even none, so that the verifier judges it. */
static coco_status make_operation(coco_parser *parser, coco_frame *frame, coco_operation **out) {
  COCO_TRY(check_counts(parser, frame));
  COCO_TRY(find_segments(parser, frame));
  /* A name used before its definition may have been defined since, in the operation's own regions. */
  for (size_t i = 0; i < frame->operands.count; i++)
    frame->operands.items[i] = coco_names_resolved(frame->operands.items[i]);
  COCO_TRY(coco_operation_create(parser->context, &frame->state, out));
  if (frame->unregistered_properties) coco_operation_set_property(*out, 0, frame->unregistered_properties);
  for (size_t i = 0; i < frame->regions.count && i < (*out)->region_count; i++) {
    coco_region_take(coco_operation_region(*out, i), frame->regions.items[i]);
  }
  return COCO_OK;
}

static coco_status name_results(coco_parser *parser, const coco_frame *frame, coco_operation *operation) {
  size_t total = 0, start = 0;
  for (size_t i = 0; i < frame->names.count; i++) total += frame->names.items[i].count;
  if (!frame->names.count) return COCO_OK;
  const coco_result_name *first = &frame->names.items[0];
  if (operation->result_count == 0)
    return coco_parser_error_at(parser, first->line, first->column, "cannot name an operation with no results");
  if (total != operation->result_count) {
    return coco_parser_error_at(parser, first->line, first->column,
                                "operation defines %u result%s but was provided %zu to bind", operation->result_count,
                                operation->result_count == 1 ? "" : "s", total);
  }
  for (size_t i = 0; i < frame->names.count; i++) {
    const coco_result_name *name = &frame->names.items[i];
    COCO_TRY(coco_names_define(parser, name->name, &operation->results[start], name->count, name->line, name->column));
    start += name->count;
  }
  return COCO_OK;
}

static coco_status result_names(coco_parser *parser, coco_frame *frame) {
  do {
    coco_token token = parser->token;
    int64_t count = 1;
    if (token.kind != COCO_TOKEN_PERCENT) return coco_parser_error(parser, "expected valid ssa identifier");
    coco_advance(parser);
    if (coco_take(parser, COCO_TOKEN_COLON)) {
      if (!coco_at(parser, COCO_TOKEN_INTEGER)) return coco_parser_error(parser, "expected integer number of results");
      COCO_TRY(coco_parse_decimal(parser, &count));
      if (count < 1 || count > UINT32_MAX)
        return coco_parser_error(parser, "expected named operation to have at least 1 result");
    }
    coco_result_name name = {token.text, (uint32_t)count, token.line, token.column};
    COCO_TRY(coco_vector_push(parser->allocator, &frame->names, name));
  } while (coco_take(parser, COCO_TOKEN_COMMA));
  return coco_expect(parser, COCO_TOKEN_EQUAL, "'=' after SSA name");
}

static coco_status operation_text(coco_parser *parser, coco_frame *frame) {
  if (coco_at(parser, COCO_TOKEN_PERCENT)) COCO_TRY(result_names(parser, frame));
  frame->state.location = coco_parser_location(parser);
  COCO_TRY(coco_made(frame->state.location));
  if (coco_at(parser, COCO_TOKEN_STRING)) return parse_generic(parser, frame);
  if (coco_at(parser, COCO_TOKEN_IDENTIFIER)) return parse_custom(parser, frame);
  return coco_parser_error(parser, "expected operation name in quotes");
}

static coco_status finish_operation(coco_parser *parser, coco_frame *frame, coco_block *block) {
  coco_deferred_location deferred = {.line = parser->token.line, .column = parser->token.column};
  if (coco_at_location(parser)) {
    const coco_location *location;
    COCO_TRY(coco_parse_location(parser, &location, &deferred.alias));
    if (location) frame->state.location = location;
  }
  coco_operation *operation;
  COCO_TRY(make_operation(parser, frame, &operation));
  coco_block_append(block, operation);
  if (deferred.alias.data) {
    deferred.operation = operation;
    COCO_TRY(coco_vector_push(parser->allocator, &parser->deferred_locations, deferred));
  }
  return name_results(parser, frame, operation);
}

coco_status coco_parse_operation(coco_parser *parser, coco_block *block) {
  coco_frame *frame;
  COCO_TRY(frame_begin(parser, &frame));
  coco_status status = operation_text(parser, frame);
  if (status == COCO_OK) status = finish_operation(parser, frame, block);
  frame_end(parser, frame);
  return status;
}

/* ---- The top level ---- */

enum { LARGEST_ALIAS = 1 << 20, LARGEST_EXPANSION = 1 << 28 };

coco_status coco_parse_alias_use(coco_parser *parser, bool is_type, coco_string name, const void **out) {
  *out = coco_string_map_get(is_type ? &parser->type_aliases : &parser->attribute_aliases, name);
  if (!*out) return COCO_OK;
  size_t size = (size_t)(uintptr_t)coco_string_map_get(
      is_type ? &parser->type_alias_sizes : &parser->attribute_alias_sizes, name);
  parser->expanded += size;
  if (size <= LARGEST_ALIAS && parser->expanded <= LARGEST_EXPANSION) return COCO_OK;
  return coco_parser_error(parser, "aliases stand for too much text");
}

static coco_status alias(coco_parser *parser) {
  bool is_type = coco_at(parser, COCO_TOKEN_BANG);
  coco_string name = {parser->token.text.data + 1, parser->token.text.size - 1};
  coco_string_map *map = is_type ? &parser->type_aliases : &parser->attribute_aliases;
  if (memchr(name.data, '.', name.size)) {
    return coco_parser_error(parser, "%s names with a '.' are reserved for dialect-defined names",
                             is_type ? "type" : "attribute");
  }
  if (coco_string_map_get(map, name))
    return coco_parser_error(parser, "redefinition of %s alias id '%.*s'", is_type ? "type" : "attribute",
                             COCO_PRINT(name));
  coco_advance(parser);
  const char *start = parser->token.text.data;
  size_t expanded = parser->expanded;
  COCO_TRY(coco_expect(parser, COCO_TOKEN_EQUAL, is_type ? "'=' in type alias definition" : "'=' in attribute alias definition"));
  const coco_type *type = NULL;
  const coco_attribute *attribute = NULL;
  COCO_TRY(is_type ? coco_parse_type(parser, &type) : coco_parse_attribute_nested(parser, NULL, &attribute));
  size_t size = (size_t)(parser->token.text.data - start) + (parser->expanded - expanded);
  coco_string_map *sizes = is_type ? &parser->type_alias_sizes : &parser->attribute_alias_sizes;
  COCO_TRY(coco_string_map_set(sizes, name, (void *)(uintptr_t)size));
  return coco_string_map_set(map, name, is_type ? (void *)(uintptr_t)type : (void *)(uintptr_t)attribute);
}

coco_status coco_parse_top(coco_parser *parser, coco_block *block) {
  while (!coco_at(parser, COCO_TOKEN_END)) {
    if (coco_at(parser, COCO_TOKEN_HASH) || coco_at(parser, COCO_TOKEN_BANG)) {
      COCO_TRY(alias(parser));
    } else if (coco_at(parser, COCO_TOKEN_METADATA_BEGIN)) {
      COCO_TRY(coco_parse_metadata(parser));
    } else {
      COCO_TRY(coco_parse_operation(parser, block));
    }
  }
  return COCO_OK;
}
