/* What parse hooks use of the parser besides types, attributes, operands and regions: tokens and lists. */
#include "ir/text/parser_internal.h"

bool coco_parse_at(coco_parser *parser, const char *token) {
  coco_token_kind kind = parser->token.kind;
  bool is_prefix = token[0] && !token[1] && strchr("@%#!^\"", token[0]);
  if (kind == COCO_TOKEN_END || kind == COCO_TOKEN_ERROR) return false;
  if (kind == COCO_TOKEN_STRING && !is_prefix) return false;
  if (is_prefix) return parser->token.text.data[0] == token[0];
  return coco_string_is(parser->token.text, token);
}

bool coco_parse_optional(coco_parser *parser, const char *token) {
  if (!coco_parse_at(parser, token)) return false;
  coco_advance(parser);
  return true;
}

coco_status coco_parse_expected(coco_parser *parser, const char *token) {
  return coco_parse_optional(parser, token) ? COCO_OK : coco_parser_missing(parser, "'", token, "'");
}

bool coco_parse_optional_keyword(coco_parser *parser, coco_string *out) {
  if (!coco_at(parser, COCO_TOKEN_IDENTIFIER)) return false;
  *out = parser->token.text;
  coco_advance(parser);
  return true;
}

coco_status coco_parse_keyword(coco_parser *parser, coco_string *out) {
  return coco_parse_optional_keyword(parser, out) ? COCO_OK : coco_parser_error(parser, "expected valid keyword");
}

bool coco_parse_at_operand(coco_parser *parser) { return coco_at(parser, COCO_TOKEN_PERCENT); }

coco_status coco_parse_operand(coco_parser *parser, coco_unresolved *out) {
  if (!coco_at(parser, COCO_TOKEN_PERCENT)) return coco_parser_error(parser, "expected SSA operand");
  *out = (coco_unresolved){.name = parser->token.text, .line = parser->token.line, .column = parser->token.column};
  coco_advance(parser);
  if (!coco_at(parser, COCO_TOKEN_HASH)) return COCO_OK;
  int64_t number;
  coco_string digits = {parser->token.text.data + 1, parser->token.text.size - 1};
  if (!coco_string_to_int64(digits, &number) || number < 0 || number > UINT32_MAX) {
    return coco_parser_error(parser, "expected SSA value number");
  }
  out->number = (uint32_t)number;
  coco_advance(parser);
  return COCO_OK;
}

coco_status coco_parse_operands(coco_parser *parser, coco_unresolved **out, size_t *out_count) {
  enum { FIRST = 8 };
  coco_arena *arena = coco_parser_scratch(parser);
  size_t capacity = FIRST, count = 0;
  *out_count = 0;
  *out = NULL;
  if (!coco_at(parser, COCO_TOKEN_PERCENT)) return COCO_OK;
  coco_unresolved *list = coco_arena_allocate(arena, capacity * sizeof *list);
  COCO_TRY(coco_made(list));
  do {
    if (count == capacity) {
      coco_unresolved *longer = coco_arena_allocate(arena, 2 * capacity * sizeof *list);
      COCO_TRY(coco_made(longer));
      memcpy(longer, list, capacity * sizeof *list);
      list = longer;
      capacity *= 2;
    }
    COCO_TRY(coco_parse_operand(parser, &list[count]));
    count++;
  } while (coco_take(parser, COCO_TOKEN_COMMA));
  *out = list;
  *out_count = count;
  return COCO_OK;
}

coco_status coco_parse_integer(coco_parser *parser, int64_t *out) {
  bool negative = coco_take(parser, COCO_TOKEN_MINUS);
  if (negative && coco_at(parser, COCO_TOKEN_INTEGER) &&
      coco_string_equal(parser->token.text, COCO_STRING("9223372036854775808"))) {
    coco_advance(parser);
    *out = INT64_MIN;
    return COCO_OK;
  }
  COCO_TRY(coco_parse_decimal(parser, out));
  if (negative) *out = -*out;
  return COCO_OK;
}

coco_status coco_parse_string(coco_parser *parser, coco_string *out) { return coco_take_string(parser, out); }

coco_status coco_parse_index_list(coco_parser *parser, const coco_attribute **out_static, coco_unresolved **out,
                                  size_t *out_count) {
  COCO_VECTOR_OF(int64_t) statics = {0};
  COCO_VECTOR_OF(coco_unresolved) operands = {0};
  coco_status status = coco_expect(parser, COCO_TOKEN_LEFT_BRACKET, "'['");
  while (status == COCO_OK && !coco_at(parser, COCO_TOKEN_RIGHT_BRACKET)) {
    int64_t value = COCO_DYNAMIC;
    if (coco_at(parser, COCO_TOKEN_PERCENT)) {
      coco_unresolved operand;
      status = coco_parse_operand(parser, &operand);
      if (status == COCO_OK) status = coco_vector_push(parser->allocator, &operands, operand);
    } else {
      status = coco_parse_integer(parser, &value);
    }
    if (status == COCO_OK) status = coco_vector_push(parser->allocator, &statics, value);
    if (!coco_take(parser, COCO_TOKEN_COMMA)) break;
  }
  if (status == COCO_OK) status = coco_expect(parser, COCO_TOKEN_RIGHT_BRACKET, "']'");
  if (status == COCO_OK)
    status = coco_made(*out_static = coco_attribute_i64_array(parser->context, statics.items, statics.count));
  *out = coco_arena_allocate(coco_parser_scratch(parser), (operands.count + 1) * sizeof **out);
  *out_count = operands.count;
  if (status == COCO_OK) status = coco_made(*out);
  if (status == COCO_OK && operands.count) memcpy(*out, operands.items, operands.count * sizeof **out);
  coco_vector_free(parser->allocator, &statics);
  coco_vector_free(parser->allocator, &operands);
  return status;
}
