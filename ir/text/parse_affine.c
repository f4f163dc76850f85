/* Reading affine maps and integer sets: (d0, d1)[s0] -> (…) and (d0)[s0] : (… >= 0, … == 0). */
#include "ir/text/parser_internal.h"

typedef struct affine_names {
  COCO_VECTOR_OF(coco_string) names; /* dimensions, then symbols */
  size_t dimension_count;
  size_t operators; /* so far; limited, so that the depth of the trees is */
} affine_names;

enum { MAXIMUM_OPERATORS = 2000 };

typedef COCO_VECTOR_OF(const coco_affine_expression *) expression_vector;
typedef COCO_VECTOR_OF(uint8_t) flag_vector;

static coco_status expression(coco_parser *parser, affine_names *names, const coco_affine_expression **out);

static coco_status name_list(coco_parser *parser, affine_names *names, coco_token_kind end) {
  while (!coco_at(parser, end)) {
    if (!coco_at(parser, COCO_TOKEN_IDENTIFIER)) return coco_parser_error(parser, "expected bare identifier");
    for (size_t i = 0; i < names->names.count; i++) {
      if (coco_string_equal(names->names.items[i], parser->token.text)) {
        return coco_parser_error(parser, "redefinition of identifier '%.*s'", COCO_PRINT(parser->token.text));
      }
    }
    if (names->names.count >= 4096) return coco_parser_error(parser, "too many dimensions");
    COCO_TRY(coco_vector_push(parser->allocator, &names->names, parser->token.text));
    coco_advance(parser);
    if (!coco_take(parser, COCO_TOKEN_COMMA)) break;
  }
  return COCO_OK;
}

static coco_status header(coco_parser *parser, affine_names *names) {
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LEFT_PARENTHESIS, "'('"));
  COCO_TRY(name_list(parser, names, COCO_TOKEN_RIGHT_PARENTHESIS));
  COCO_TRY(coco_expect(parser, COCO_TOKEN_RIGHT_PARENTHESIS, "')'"));
  names->dimension_count = names->names.count;
  if (!coco_take(parser, COCO_TOKEN_LEFT_BRACKET)) return COCO_OK;
  COCO_TRY(name_list(parser, names, COCO_TOKEN_RIGHT_BRACKET));
  return coco_expect(parser, COCO_TOKEN_RIGHT_BRACKET, "']'");
}

static coco_status identifier(coco_parser *parser, affine_names *names, const coco_affine_expression **out) {
  for (size_t i = 0; i < names->names.count; i++) {
    if (!coco_string_equal(names->names.items[i], parser->token.text)) continue;
    coco_advance(parser);
    *out = i < names->dimension_count ? coco_affine_dimension(parser->context, (uint32_t)i)
                                      : coco_affine_symbol(parser->context, (uint32_t)(i - names->dimension_count));
    return coco_made(*out);
  }
  return coco_parser_error(parser, "use of undeclared identifier");
}

/* One level of nesting costs one token, so the depth is counted here. */
static coco_status operand(coco_parser *parser, affine_names *names, const coco_affine_expression **out) {
  if (coco_at(parser, COCO_TOKEN_IDENTIFIER)) return identifier(parser, names, out);
  if (coco_at(parser, COCO_TOKEN_INTEGER)) {
    int64_t value;
    COCO_TRY(coco_parse_decimal(parser, &value));
    return coco_made(*out = coco_affine_constant(parser->context, value));
  }
  COCO_TRY(coco_parser_enter(parser));
  coco_status status = COCO_OK;
  if (coco_take(parser, COCO_TOKEN_MINUS)) {
    const coco_affine_expression *inner = NULL, *minus = NULL;
    status = operand(parser, names, &inner);
    if (status == COCO_OK) status = coco_made(minus = coco_affine_constant(parser->context, -1));
    if (status == COCO_OK)
      status = coco_made(*out = coco_affine_binary(parser->context, COCO_AFFINE_MULTIPLY, inner, minus));
  } else if (coco_take(parser, COCO_TOKEN_LEFT_PARENTHESIS)) {
    status = expression(parser, names, out);
    if (status == COCO_OK) status = coco_expect(parser, COCO_TOKEN_RIGHT_PARENTHESIS, "')'");
  } else {
    status = coco_parser_error(parser, "expected affine expression");
  }
  parser->depth--;
  return status;
}

static bool take_tight(coco_parser *parser, coco_affine_kind *out) {
  if (coco_take(parser, COCO_TOKEN_STAR)) *out = COCO_AFFINE_MULTIPLY;
  else if (coco_take_identifier(parser, COCO_STRING("floordiv"))) *out = COCO_AFFINE_FLOOR_DIVIDE;
  else if (coco_take_identifier(parser, COCO_STRING("ceildiv"))) *out = COCO_AFFINE_CEIL_DIVIDE;
  else if (coco_take_identifier(parser, COCO_STRING("mod"))) *out = COCO_AFFINE_MODULO;
  else return false;
  return true;
}

static bool has_dimension(const coco_affine_expression *expression_) {
  if (expression_->kind == COCO_AFFINE_DIMENSION) return true;
  if (expression_->kind < COCO_AFFINE_ADD) return false;
  return has_dimension(expression_->left) || has_dimension(expression_->right);
}

static coco_status check_tight(coco_parser *parser, const coco_token *at, coco_affine_kind kind,
                               const coco_affine_expression *left, const coco_affine_expression *right) {
  const char *what =
      kind == COCO_AFFINE_MULTIPLY
          ? "non-affine expression: at least one of the multiply operands has to be either a constant or symbolic"
      : kind == COCO_AFFINE_FLOOR_DIVIDE
          ? "non-affine expression: right operand of floordiv has to be either a constant or symbolic"
      : kind == COCO_AFFINE_CEIL_DIVIDE
          ? "non-affine expression: right operand of ceildiv has to be either a constant or symbolic"
          : "non-affine expression: right operand of mod has to be either a constant or symbolic";
  bool is_bad = has_dimension(right) && (kind != COCO_AFFINE_MULTIPLY || has_dimension(left));
  return is_bad ? coco_parser_error_at(parser, at->line, at->column, "%s", what) : COCO_OK;
}

static coco_status term(coco_parser *parser, affine_names *names, const coco_affine_expression **out) {
  COCO_TRY(operand(parser, names, out));
  for (;;) {
    coco_token at = parser->token;
    coco_affine_kind kind;
    const coco_affine_expression *right = NULL;
    if (!take_tight(parser, &kind)) return COCO_OK;
    if (++names->operators > MAXIMUM_OPERATORS) return coco_parser_error(parser, "affine expression is too long");
    COCO_TRY(operand(parser, names, &right));
    COCO_TRY(check_tight(parser, &at, kind, *out, right));
    COCO_TRY(coco_made(*out = coco_affine_binary(parser->context, kind, *out, right)));
  }
}

static coco_status subtract(coco_parser *parser, const coco_affine_expression *left,
                            const coco_affine_expression *right, const coco_affine_expression **out) {
  const coco_affine_expression *minus = coco_affine_constant(parser->context, -1);
  COCO_TRY(coco_made(minus));
  right = coco_affine_binary(parser->context, COCO_AFFINE_MULTIPLY, right, minus);
  COCO_TRY(coco_made(right));
  return coco_made(*out = coco_affine_binary(parser->context, COCO_AFFINE_ADD, left, right));
}

static coco_status expression(coco_parser *parser, affine_names *names, const coco_affine_expression **out) {
  COCO_TRY(term(parser, names, out));
  for (;;) {
    bool plus = coco_take(parser, COCO_TOKEN_PLUS);
    if (!plus && !coco_take(parser, COCO_TOKEN_MINUS)) return COCO_OK;
    if (++names->operators > MAXIMUM_OPERATORS) return coco_parser_error(parser, "affine expression is too long");
    const coco_affine_expression *right = NULL;
    COCO_TRY(term(parser, names, &right));
    if (!plus) COCO_TRY(subtract(parser, *out, right, out));
    if (plus) COCO_TRY(coco_made(*out = coco_affine_binary(parser->context, COCO_AFFINE_ADD, *out, right)));
  }
}

static coco_status map_body(coco_parser *parser, affine_names *names, expression_vector *results) {
  COCO_TRY(coco_expect(parser, COCO_TOKEN_ARROW, "'->' or ':'"));
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LEFT_PARENTHESIS, "'('"));
  while (!coco_at(parser, COCO_TOKEN_RIGHT_PARENTHESIS)) {
    const coco_affine_expression *result = NULL;
    COCO_TRY(expression(parser, names, &result));
    COCO_TRY(coco_vector_push(parser->allocator, results, result));
    if (!coco_take(parser, COCO_TOKEN_COMMA)) break;
  }
  return coco_expect(parser, COCO_TOKEN_RIGHT_PARENTHESIS, "')'");
}

static coco_status constraint(coco_parser *parser, affine_names *names, expression_vector *results,
                              flag_vector *flags) {
  const coco_affine_expression *left = NULL, *right = NULL;
  COCO_TRY(expression(parser, names, &left));
  coco_token_kind kind = parser->token.kind;
  if (kind != COCO_TOKEN_GREATER_EQUAL && kind != COCO_TOKEN_LESS_EQUAL && kind != COCO_TOKEN_EQUAL_EQUAL) {
    return coco_parser_error(parser, "expected '==', '<=' or '>=' at end of affine constraint");
  }
  coco_advance(parser);
  COCO_TRY(expression(parser, names, &right));
  bool is_zero = right->kind == COCO_AFFINE_CONSTANT && right->value == 0;
  if (kind == COCO_TOKEN_LESS_EQUAL) {
    COCO_TRY(subtract(parser, right, left, &left));
  } else if (!is_zero) {
    COCO_TRY(subtract(parser, left, right, &left));
  }
  COCO_TRY(coco_vector_push(parser->allocator, results, left));
  return coco_vector_push(parser->allocator, flags, (uint8_t)(kind == COCO_TOKEN_EQUAL_EQUAL));
}

static coco_status set_body(coco_parser *parser, affine_names *names, expression_vector *results, flag_vector *flags) {
  COCO_TRY(coco_expect(parser, COCO_TOKEN_COLON, "'->' or ':'"));
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LEFT_PARENTHESIS, "'('"));
  while (!coco_at(parser, COCO_TOKEN_RIGHT_PARENTHESIS)) {
    COCO_TRY(constraint(parser, names, results, flags));
    if (!coco_take(parser, COCO_TOKEN_COMMA)) break;
  }
  COCO_TRY(coco_expect(parser, COCO_TOKEN_RIGHT_PARENTHESIS, "')'"));
  if (results->count) return COCO_OK;
  const coco_affine_expression *zero = coco_affine_constant(parser->context, 0); /* no constraint is one that holds: 0 == 0 */
  COCO_TRY(coco_made(zero));
  COCO_TRY(coco_vector_push(parser->allocator, results, zero));
  return coco_vector_push(parser->allocator, flags, 1);
}

static coco_status affine_body(coco_parser *parser, bool is_map, affine_names *names, expression_vector *results,
                               flag_vector *flags, const coco_attribute **out) {
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LESS, is_map ? "'<' in affine map" : "'<' in integer set"));
  COCO_TRY(header(parser, names));
  COCO_TRY(is_map ? map_body(parser, names, results) : set_body(parser, names, results, flags));
  COCO_TRY(coco_expect(parser, COCO_TOKEN_GREATER, is_map ? "'>' in affine map" : "'>' in integer set"));
  uint32_t symbols = (uint32_t)(names->names.count - names->dimension_count);
  const coco_affine_map *map = coco_affine_map_create(parser->context, (uint32_t)names->dimension_count, symbols,
                                                      results->items, (uint32_t)results->count);
  COCO_TRY(coco_made(map));
  *out = is_map ? coco_attribute_affine_map(parser->context, map)
                : coco_attribute_integer_set(parser->context, map, flags->items);
  return coco_made(*out);
}

coco_status coco_parse_affine_attribute(coco_parser *parser, const coco_attribute **out) {
  bool is_map = coco_at_identifier(parser, COCO_STRING("affine_map"));
  coco_advance(parser);
  affine_names names = {.dimension_count = 0};
  expression_vector results = {0};
  flag_vector flags = {0};
  coco_status status = affine_body(parser, is_map, &names, &results, &flags, out);
  coco_vector_free(parser->allocator, &names.names);
  coco_vector_free(parser->allocator, &results);
  coco_vector_free(parser->allocator, &flags);
  return status;
}
