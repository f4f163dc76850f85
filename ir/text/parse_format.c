/* Reading the custom form that a row's `format` describes.
 *
 * Elements are read in order into a plan: names of operands by group, types by group. When the text
 * is done, types of operands come from what was spelled, from the row's one-type traits, or from the
 * values themselves (where these come later, from the row and what was spelled); types of results from what was spelled or, left to creation, from `infer`. */
#include "ir/text/parser_internal.h"

typedef struct operand_group {
  coco_unresolved *names;
  size_t count;
  const coco_type **types; /* NULL: not spelled */
  size_t type_count;
} operand_group;

typedef struct type_group {
  const coco_type **types;
  size_t count;
  bool spelled;
} type_group;

typedef struct reading {
  coco_parser *parser;
  coco_frame *frame;
  const coco_operation_definition *definition;
  operand_group *operands;
  type_group *results;
  operand_group all_operands; /* of the directive `operands` */
  type_group all_operand_types, all_results;
} reading;

static coco_status spell(reading *plan, type_group *group, bool single) {
  group->spelled = true;
  if (!single) return coco_parse_type_list(plan->parser, &group->types, &group->count);
  group->types = coco_arena_allocate(&plan->frame->arena, sizeof *group->types);
  COCO_TRY(coco_made(group->types));
  group->count = 1;
  return coco_parse_type(plan->parser, group->types);
}

/* ---- Operands ---- */

static coco_status read_operands(reading *plan, size_t index) {
  operand_group *group = &plan->operands[index];
  const coco_operand_row *row = &plan->definition->operands[index];
  if (row->arity == COCO_MANY) return coco_parse_operands(plan->parser, &group->names, &group->count);
  if (row->arity == COCO_MAYBE && !coco_parse_at_operand(plan->parser)) return COCO_OK;
  group->names = coco_arena_allocate(&plan->frame->arena, sizeof *group->names);
  COCO_TRY(coco_made(group->names));
  group->count = 1;
  return coco_parse_operand(plan->parser, group->names);
}

static coco_status read_operand_type(reading *plan, size_t index) {
  operand_group *group = &plan->operands[index];
  bool single = plan->definition->operands[index].arity != COCO_MANY;
  type_group types = {0};
  if (!single && !coco_at_type(plan->parser)) {
    types.types = coco_arena_allocate(&plan->frame->arena, sizeof *types.types);
    COCO_TRY(coco_made(types.types));
  } else {
    COCO_TRY(spell(plan, &types, single));
  }
  group->types = types.types;
  group->type_count = types.count;
  return COCO_OK;
}

static coco_status read_result_type(reading *plan, size_t index) {
  bool single = plan->definition->results[index].arity != COCO_MANY;
  if (!single && !coco_at_type(plan->parser)) {
    plan->results[index].spelled = true;
    return COCO_OK;
  }
  return spell(plan, &plan->results[index], single);
}

static coco_status read_type_list(reading *plan, type_group *group, bool parentheses) {
  coco_parser *parser = plan->parser;
  group->spelled = true;
  if (!parentheses) return coco_at_type(parser) ? coco_parse_type_list(parser, &group->types, &group->count) : COCO_OK;
  if (!coco_take(parser, COCO_TOKEN_LEFT_PARENTHESIS)) return coco_parser_error(parser, "expected '('");
  if (!coco_at(parser, COCO_TOKEN_RIGHT_PARENTHESIS))
    COCO_TRY(coco_parse_type_list(parser, &group->types, &group->count));
  return coco_expect(parser, COCO_TOKEN_RIGHT_PARENTHESIS, "')'");
}

static coco_status read_functional_type(reading *plan, const coco_format_element *element) {
  type_group inputs = {0}, results = {0};
  COCO_TRY(read_type_list(plan, &inputs, true));
  COCO_TRY(coco_expect(plan->parser, COCO_TOKEN_ARROW, "'->' in function type"));
  if (coco_at(plan->parser, COCO_TOKEN_LEFT_PARENTHESIS)) COCO_TRY(read_type_list(plan, &results, true));
  else COCO_TRY(spell(plan, &results, true));
  if (element->index) {
    operand_group *group = &plan->operands[element->index - 1];
    group->types = inputs.types ? inputs.types : coco_arena_allocate(&plan->frame->arena, sizeof *group->types);
    COCO_TRY(coco_made(group->types));
    group->type_count = inputs.count;
  } else {
    plan->all_operand_types = inputs;
  }
  *(element->length ? &plan->results[element->length - 1] : &plan->all_results) = results;
  return COCO_OK;
}

/* ---- Attributes ---- */

static coco_status read_list(reading *plan, const coco_attribute_row *row, const coco_attribute **out) {
  coco_context *context = plan->parser->context;
  int64_t *values;
  size_t count;
  COCO_TRY(coco_parse_integer_list(plan->parser, false, &values, &count));
  if (row->kind == COCO_IS_I64_ARRAY) return coco_made(*out = coco_attribute_i64_array(context, values, count));
  int32_t *narrow = coco_arena_allocate(&plan->frame->arena, (count + 1) * sizeof *narrow);
  COCO_TRY(coco_made(narrow));
  for (size_t i = 0; i < count; i++) {
    if (values[i] < INT32_MIN || values[i] > INT32_MAX)
      return coco_parser_error(plan->parser, "'%s' has a number that does not fit 32 bits", row->name);
    narrow[i] = (int32_t)values[i];
  }
  return coco_made(*out = coco_attribute_i32_array(context, narrow, count));
}

static coco_status read_bools(reading *plan, const coco_attribute **out) {
  coco_parser *parser = plan->parser;
  COCO_VECTOR_OF(uint8_t) values = {0};
  coco_status status = coco_expect(parser, COCO_TOKEN_LEFT_BRACKET, "'['");
  while (status == COCO_OK && !coco_at(parser, COCO_TOKEN_RIGHT_BRACKET)) {
    bool value = coco_take_identifier(parser, COCO_STRING("true"));
    if (!value && !coco_take_identifier(parser, COCO_STRING("false")))
      status = coco_parser_error(parser, "expected 'true' or 'false'");
    if (status == COCO_OK) status = coco_vector_push(parser->allocator, &values, (uint8_t)value);
    if (!coco_take(parser, COCO_TOKEN_COMMA)) break;
  }
  if (status == COCO_OK) status = coco_expect(parser, COCO_TOKEN_RIGHT_BRACKET, "']'");
  const coco_type *bit = coco_type_integer(parser->context, 1);
  if (status == COCO_OK) status = coco_made(bit);
  if (status == COCO_OK)
    status = coco_made(*out = coco_attribute_dense_array(parser->context, bit, values.items, values.count));
  coco_vector_free(parser->allocator, &values);
  return status;
}

static coco_status read_choice(reading *plan, const coco_attribute_row *row, const coco_attribute **out) {
  coco_parser *parser = plan->parser;
  coco_string word;
  if (!row->detail) return coco_parse_attribute(parser, NULL, out);
  if (!coco_at(parser, COCO_TOKEN_IDENTIFIER) || !coco_choice_has(row->detail, parser->token.text)) {
    return coco_parser_error(parser, "expected '%s' to be one of %s", row->name, row->detail);
  }
  COCO_TRY(coco_parse_keyword(parser, &word));
  return coco_made(*out = coco_attribute_string(parser->context, word));
}

static coco_status read_bare_number(reading *plan, const coco_type *type, const coco_attribute **out) {
  COCO_TRY(coco_made(type));
  return coco_parse_number(plan->parser, type, true, out);
}

/* @name, kept as the string "name". */
static coco_status read_symbol_name(reading *plan, const coco_attribute_row *row, const coco_attribute **out) {
  const coco_attribute *symbol;
  COCO_TRY(coco_parse_symbol(plan->parser, &symbol));
  if (symbol->count) return coco_parser_error(plan->parser, "expected '%s' to be one name", row->name);
  return coco_made(*out = coco_attribute_string(plan->parser->context, symbol->text));
}

static coco_status read_value(reading *plan, const coco_attribute_row *row, const coco_attribute **out) {
  coco_context *context = plan->parser->context;
  switch (row->kind) {
    case COCO_IS_I64: return read_bare_number(plan, coco_type_integer(context, 64), out);
    case COCO_IS_I32: return read_bare_number(plan, coco_type_integer(context, 32), out);
    case COCO_IS_INDEX: return read_bare_number(plan, coco_type_index(context), out);
    case COCO_IS_F32: return read_bare_number(plan, coco_type_f32(context), out);
    case COCO_IS_STRING: return read_choice(plan, row, out);
    case COCO_IS_I64_ARRAY:
    case COCO_IS_I32_ARRAY: return read_list(plan, row, out);
    case COCO_IS_BOOL_ARRAY: return read_bools(plan, out);
    case COCO_IS_SYMBOL_NAME: return read_symbol_name(plan, row, out);
    case COCO_IS_SYMBOL:
    case COCO_IS_SYMBOL_REFERENCE: return coco_parse_symbol(plan->parser, out);
    default: return coco_parse_attribute(plan->parser, NULL, out);
  }
}

/* Whether an optional attribute stands here, by its first token. */
static bool at_value(const coco_parser *parser, const coco_attribute_row *row) {
  coco_token_kind kind = parser->token.kind;
  bool is_number = kind == COCO_TOKEN_INTEGER || kind == COCO_TOKEN_MINUS;
  switch (row->kind) {
    case COCO_IS_BOOL:
      return coco_at_identifier(parser, COCO_STRING("true")) || coco_at_identifier(parser, COCO_STRING("false"));
    case COCO_IS_I64: case COCO_IS_I32: case COCO_IS_INDEX: case COCO_IS_INTEGER: return is_number;
    case COCO_IS_F32: case COCO_IS_FLOAT: return is_number || kind == COCO_TOKEN_FLOAT;
    case COCO_IS_STRING:
      return row->detail ? kind == COCO_TOKEN_IDENTIFIER && coco_choice_has(row->detail, parser->token.text)
                         : kind == COCO_TOKEN_STRING;
    case COCO_IS_I64_ARRAY: case COCO_IS_I32_ARRAY: case COCO_IS_BOOL_ARRAY: case COCO_IS_ARRAY:
    case COCO_IS_AFFINE_MAPS: return kind == COCO_TOKEN_LEFT_BRACKET;
    case COCO_IS_DICTIONARY: return kind == COCO_TOKEN_LEFT_BRACE;
    case COCO_IS_SYMBOL: case COCO_IS_SYMBOL_NAME: case COCO_IS_SYMBOL_REFERENCE: return kind == COCO_TOKEN_AT;
    case COCO_IS_TYPE: case COCO_IS_FUNCTION_TYPE: return coco_at_type(parser);
    case COCO_IS_DIALECT: return kind == COCO_TOKEN_HASH;
    case COCO_IS_AFFINE_MAP: return kind == COCO_TOKEN_HASH || coco_at_identifier(parser, COCO_STRING("affine_map"));
    case COCO_IS_ELEMENTS:
    case COCO_IS_TYPED:
      return is_number || kind == COCO_TOKEN_FLOAT || kind == COCO_TOKEN_IDENTIFIER;
    default: return false;
  }
}

static coco_status read_attribute(reading *plan, size_t index) {
  const coco_attribute_row *row = &plan->definition->attributes[index];
  const coco_attribute *value = NULL;
  if (row->optional && row->kind != COCO_IS_UNIT && !at_value(plan->parser, row)) return COCO_OK;
  if (row->kind == COCO_IS_UNIT) COCO_TRY(coco_made(value = coco_attribute_unit(plan->parser->context)));
  else COCO_TRY(read_value(plan, row, &value));
  return coco_parse_add_attribute(plan->parser, &plan->frame->state, row->name, value);
}

/* ---- Elements ---- */

static bool literal_here(coco_parser *parser, coco_string text) {
  coco_token_kind kind = parser->token.kind;
  return kind != COCO_TOKEN_END && kind != COCO_TOKEN_ERROR && kind != COCO_TOKEN_STRING &&
         coco_string_equal(parser->token.text, text);
}

static coco_status read_literal(reading *plan, coco_string text) {
  if (!literal_here(plan->parser, text)) return coco_parser_error(plan->parser, "expected '%.*s'", COCO_PRINT(text));
  coco_advance(plan->parser);
  return COCO_OK;
}

static coco_status read_regions(reading *plan) {
  while (coco_at(plan->parser, COCO_TOKEN_LEFT_BRACE)) {
    COCO_TRY(coco_parse_region(plan->parser, &plan->frame->state, NULL, NULL, 0));
    if (!coco_take(plan->parser, COCO_TOKEN_COMMA)) break;
  }
  return COCO_OK;
}

static coco_status read_element(reading *plan, const coco_format_element *element) {
  coco_parser *parser = plan->parser;
  coco_operation_state *state = &plan->frame->state;
  switch (element->kind) {
    case COCO_FORMAT_LITERAL: return read_literal(plan, element->text);
    case COCO_FORMAT_OPERAND: return read_operands(plan, element->index);
    case COCO_FORMAT_OPERANDS: return coco_parse_operands(parser, &plan->all_operands.names, &plan->all_operands.count);
    case COCO_FORMAT_ATTRIBUTE: return read_attribute(plan, element->index);
    case COCO_FORMAT_REGION: return coco_parse_region(parser, state, NULL, NULL, 0);
    case COCO_FORMAT_REGIONS: return read_regions(plan);
    case COCO_FORMAT_SUCCESSORS: return coco_parse_successor_list(parser, plan->frame);
    case COCO_FORMAT_OPERAND_TYPE: return read_operand_type(plan, element->index);
    case COCO_FORMAT_OPERAND_TYPES: return read_type_list(plan, &plan->all_operand_types, false);
    case COCO_FORMAT_RESULT_TYPE: return read_result_type(plan, element->index);
    case COCO_FORMAT_RESULT_TYPES: return read_type_list(plan, &plan->all_results, false);
    case COCO_FORMAT_FUNCTIONAL_TYPE: return read_functional_type(plan, element);
    case COCO_FORMAT_DICTIONARY: return coco_parse_attribute_dictionary(parser, state);
    case COCO_FORMAT_DICTIONARY_WITH_KEYWORD: return coco_parse_attribute_dictionary_with_keyword(parser, state);
    default: return COCO_OK;
  }
}

/* Whether an optional group stands here, by the first token of its first element. */
static bool group_here(reading *plan, const coco_format_element *first) {
  coco_parser *parser = plan->parser;
  switch (first->kind) {
    case COCO_FORMAT_LITERAL: return literal_here(parser, first->text);
    case COCO_FORMAT_OPERAND:
    case COCO_FORMAT_OPERANDS: return coco_parse_at_operand(parser);
    case COCO_FORMAT_ATTRIBUTE: return at_value(parser, &plan->definition->attributes[first->index]);
    case COCO_FORMAT_REGION:
    case COCO_FORMAT_REGIONS: return coco_at(parser, COCO_TOKEN_LEFT_BRACE);
    case COCO_FORMAT_SUCCESSORS: return coco_at(parser, COCO_TOKEN_CARET);
    case COCO_FORMAT_OPERAND_TYPE:
    case COCO_FORMAT_OPERAND_TYPES:
    case COCO_FORMAT_RESULT_TYPE:
    case COCO_FORMAT_RESULT_TYPES: return coco_at_type(parser);
    default: return false;
  }
}

static coco_status read_elements(reading *plan, const coco_format *format) {
  for (size_t i = 0; i < format->count; i++) {
    const coco_format_element *element = &format->elements[i];
    if (element->kind == COCO_FORMAT_GROUP) {
      const coco_format_element *first = element + 1;
      while (first->kind == COCO_FORMAT_SPACE) first++;
      if (!group_here(plan, first)) i += element->length;
      continue;
    }
    COCO_TRY(read_element(plan, element));
  }
  return COCO_OK;
}

/* ---- Putting it together ---- */

/* The type that all operands have by the row's traits, when one is spelled anywhere; else NULL. */
static const coco_type *common_type(const reading *plan) {
  uint32_t traits = plan->definition->traits;
  if (!(traits & (COCO_SAME_TYPE | COCO_SAME_OPERAND_TYPES))) return NULL;
  for (size_t i = 0; i < plan->definition->operand_row_count; i++) {
    if (plan->operands[i].type_count) return plan->operands[i].types[0];
  }
  if (plan->all_operand_types.count) return plan->all_operand_types.types[0];
  if (!(traits & COCO_SAME_TYPE)) return NULL;
  for (size_t i = 0; i < plan->definition->result_row_count; i++) {
    if (plan->results[i].count) return plan->results[i].types[0];
  }
  return plan->all_results.count ? plan->all_results.types[0] : NULL;
}

static coco_status count_error(reading *plan, size_t names, size_t types) {
  return coco_error(plan->parser->context, plan->frame->state.location,
                    "'%s' op number of operands and types do not match: got %zu operands and %zu types",
                    plan->definition->name, names, types);
}

/* The first type that is spelled, of results before operands; NULL: none is. */
static const coco_type *first_spelled(const reading *plan) {
  for (size_t i = 0; i < plan->definition->result_row_count; i++)
    if (plan->results[i].count) return plan->results[i].types[0];
  if (plan->all_results.count) return plan->all_results.types[0];
  for (size_t i = 0; i < plan->definition->operand_row_count; i++)
    if (plan->operands[i].type_count) return plan->operands[i].types[0];
  return NULL;
}

/* The type of an operand of ROW that is not spelled and whose value comes later in the text: what the row says, else that
 * of the type which is spelled; a value of any type is one element of that. The value's own type is checked when it
 * comes. */
static const coco_type *implied_type(const reading *plan, const coco_operand_row *row) {
  coco_context *context = plan->parser->context;
  if (row->kind == COCO_KIND_INDEX) return coco_type_index(context);
  if (row->kind == COCO_KIND_BOOL) return coco_type_integer(context, 1);
  const coco_type *type = first_spelled(plan);
  return type && row->kind == COCO_KIND_ANY ? coco_type_scalar(type) : type;
}

/* ROW: the group's, NULL for all operands together. */
static coco_status add_group(reading *plan, const operand_group *group, const coco_operand_row *row,
                             const coco_type *common) {
  if (group->types && group->count != group->type_count) return count_error(plan, group->count, group->type_count);
  for (size_t i = 0; i < group->count; i++) {
    const coco_type *type = group->types ? group->types[i] : common;
    if (!type && row && !coco_names_is_defined(plan->parser, group->names[i].name)) type = implied_type(plan, row);
    COCO_TRY(coco_parse_add_operand(plan->parser, &plan->frame->state, &group->names[i], type));
  }
  return COCO_OK;
}

/* Types spelled for all operands at once are handed to the groups. */
static coco_status share_types(reading *plan) {
  size_t groups = plan->definition->operand_row_count, next = 0, total = plan->all_operands.count;
  if (!plan->all_operand_types.spelled) return COCO_OK;
  type_group *all = &plan->all_operand_types;
  for (size_t i = 0; i < groups; i++) total += plan->operands[i].count;
  if (total != all->count) return count_error(plan, total, all->count);
  for (size_t i = 0; i < groups; i++) {
    if (!plan->operands[i].count) continue;
    plan->operands[i].types = all->types + next;
    plan->operands[i].type_count = plan->operands[i].count;
    next += plan->operands[i].count;
  }
  if (plan->all_operands.count) plan->all_operands.types = all->types + next;
  plan->all_operands.type_count = plan->all_operands.count;
  return COCO_OK;
}

static coco_status add_operands(reading *plan) {
  COCO_TRY(share_types(plan));
  const coco_type *common = common_type(plan);
  size_t groups = plan->definition->operand_row_count;
  COCO_TRY(add_group(plan, &plan->all_operands, NULL, common));
  for (size_t i = 0; i < groups; i++)
    COCO_TRY(add_group(plan, &plan->operands[i], &plan->definition->operands[i], common));
  if (!(plan->definition->traits & COCO_OPERAND_SEGMENTS) || plan->all_operands.names) return COCO_OK;
  int32_t *sizes = coco_arena_allocate(&plan->frame->arena, (groups + 1) * sizeof *sizes);
  COCO_TRY(coco_made(sizes));
  for (size_t i = 0; i < groups; i++) sizes[i] = (int32_t)plan->operands[i].count;
  plan->frame->state.segment_sizes = sizes;
  return COCO_OK;
}

static coco_status add_results(reading *plan) {
  coco_operation_state *state = &plan->frame->state;
  static const coco_type *const none[1];
  bool spelled = plan->all_results.spelled;
  for (size_t i = 0; i < plan->definition->result_row_count; i++) spelled |= plan->results[i].spelled;
  if (spelled) state->result_types = none;
  for (size_t i = 0; i < plan->all_results.count; i++) {
    COCO_TRY(coco_parse_add_result_type(plan->parser, state, plan->all_results.types[i]));
  }
  for (size_t i = 0; i < plan->definition->result_row_count; i++) {
    for (size_t j = 0; j < plan->results[i].count; j++) {
      COCO_TRY(coco_parse_add_result_type(plan->parser, state, plan->results[i].types[j]));
    }
  }
  if (spelled || plan->definition->infer || plan->definition->result_row_count != 1) return COCO_OK;
  if (!(plan->definition->traits & COCO_SAME_TYPE) || !state->operand_count) return COCO_OK;
  return coco_parse_add_result_type(plan->parser, state, state->operands[0]->type);
}

coco_status coco_parse_custom_format(coco_parser *parser, coco_frame *frame, const coco_format *format) {
  const coco_operation_definition *definition = frame->state.definition;
  reading plan = {.parser = parser, .frame = frame, .definition = definition};
  plan.operands = coco_arena_allocate_zeroed(&frame->arena, definition->operand_row_count + 1u, sizeof *plan.operands);
  plan.results = coco_arena_allocate_zeroed(&frame->arena, definition->result_row_count + 1u, sizeof *plan.results);
  if (!plan.operands || !plan.results) return COCO_OUT_OF_MEMORY;
  COCO_TRY(read_elements(&plan, format));
  COCO_TRY(add_operands(&plan));
  return add_results(&plan);
}
