/* Reading types. Shapes are read token by token, with the lexer put back behind each 'x'. */
#include "ir/printer.h"
#include "ir/text/parser_internal.h"

enum { MAXIMUM_INTEGER_WIDTH = (1 << 24) - 1, MAXIMUM_RANK = 64 };

static const struct {
  coco_string name;
  coco_float_format format;
} float_names[] = {
    {{"f32", 3}, COCO_F32},
    {{"f16", 3}, COCO_F16},
    {{"bf16", 4}, COCO_BF16},
    {{"f64", 3}, COCO_F64},
    {{"tf32", 4}, COCO_TF32},
    {{"f80", 3}, COCO_F80},
    {{"f128", 4}, COCO_F128},
    {{"f8E5M2", 6}, COCO_F8E5M2},
    {{"f8E4M3FN", 8}, COCO_F8E4M3FN},
    {{"f8E5M2FNUZ", 10}, COCO_F8E5M2FNUZ},
    {{"f8E4M3FNUZ", 10}, COCO_F8E4M3FNUZ},
    {{"f8E4M3B11FNUZ", 13}, COCO_F8E4M3B11FNUZ},
    {{"f8E4M3", 6}, COCO_F8E4M3},
    {{"f8E3M4", 6}, COCO_F8E3M4},
};
enum { FLOAT_NAME_COUNT = sizeof float_names / sizeof *float_names };

/* i32, si8, ui64: the digits after the prefix, or size 0. */
static coco_string integer_width(coco_string text, coco_signedness *out) {
  size_t prefix = 1;
  *out = COCO_SIGNLESS;
  if (text.size > 2 && text.data[0] == 's' && text.data[1] == 'i') *out = COCO_SIGNED, prefix = 2;
  if (text.size > 2 && text.data[0] == 'u' && text.data[1] == 'i') *out = COCO_UNSIGNED, prefix = 2;
  if (prefix == 1 && (text.size < 2 || text.data[0] != 'i')) return (coco_string){NULL, 0};
  for (size_t i = prefix; i < text.size; i++) {
    if (text.data[i] < '0' || text.data[i] > '9') return (coco_string){NULL, 0};
  }
  return (coco_string){text.data + prefix, text.size - prefix};
}

static bool is_type_word(coco_string text) {
  static const coco_string words[] = {{"tensor", 6}, {"vector", 6}, {"memref", 6}, {"index", 5},
                                      {"none", 4},   {"tuple", 5},  {"complex", 7}};
  coco_signedness signedness;
  if (integer_width(text, &signedness).size) return true;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (coco_string_equal(text, words[i])) return true;
  }
  for (size_t i = 0; i < FLOAT_NAME_COUNT; i++) {
    if (coco_string_equal(text, float_names[i].name)) return true;
  }
  return false;
}

bool coco_at_type(const coco_parser *parser) {
  coco_token_kind kind = parser->token.kind;
  if (kind == COCO_TOKEN_LEFT_PARENTHESIS || kind == COCO_TOKEN_BANG) return true;
  return kind == COCO_TOKEN_IDENTIFIER && is_type_word(parser->token.text);
}

/* ---- Shapes ---- */

typedef struct shape_builder {
  COCO_VECTOR_OF(int64_t) extents;
  COCO_VECTOR_OF(bool) scalable;
  bool any_scalable;
} shape_builder;

/* "x" between dimensions; the token may hold more ("x8xf32"). */
static coco_status take_x(coco_parser *parser) {
  if (!coco_at(parser, COCO_TOKEN_IDENTIFIER) || parser->token.text.data[0] != 'x') {
    return coco_parser_error(parser, "expected 'x' in dimension list");
  }
  coco_parser_seek(parser, parser->token.text.data + 1);
  return COCO_OK;
}

static coco_status extent(coco_parser *parser, int64_t *out) {
  coco_string text = parser->token.text;
  if (text.size > 1 && text.data[1] == 'x') { /* "0x8": a zero and the next dimension */
    *out = 0;
    coco_parser_seek(parser, text.data + 1);
    return COCO_OK;
  }
  if (!coco_string_to_int64(text, out)) return coco_parser_error(parser, "invalid dimension");
  coco_advance(parser);
  return COCO_OK;
}

static coco_status dimension(coco_parser *parser, bool dynamic, bool scalable, int64_t *out, bool *out_scalable) {
  *out_scalable = false;
  if (coco_at(parser, COCO_TOKEN_QUESTION)) {
    if (!dynamic) return coco_parser_error(parser, "expected static shape");
    coco_advance(parser);
    *out = COCO_DYNAMIC;
    return COCO_OK;
  }
  if (scalable && coco_take(parser, COCO_TOKEN_LEFT_BRACKET)) {
    *out_scalable = true;
    if (!coco_at(parser, COCO_TOKEN_INTEGER))
      return coco_parser_error(parser, "expected integer size in scalable dimension");
    COCO_TRY(extent(parser, out));
    return coco_expect(parser, COCO_TOKEN_RIGHT_BRACKET, "']' after scalable dimension");
  }
  return extent(parser, out);
}

static coco_status shape_body(coco_parser *parser, bool dynamic, bool scalable, shape_builder *shape) {
  while (coco_at(parser, COCO_TOKEN_INTEGER) || coco_at(parser, COCO_TOKEN_QUESTION) ||
         (scalable && coco_at(parser, COCO_TOKEN_LEFT_BRACKET))) {
    int64_t size;
    bool is_scalable;
    if (shape->extents.count >= MAXIMUM_RANK) return coco_parser_error(parser, "too many dimensions");
    COCO_TRY(dimension(parser, dynamic, scalable, &size, &is_scalable));
    COCO_TRY(coco_vector_push(parser->allocator, &shape->extents, size));
    COCO_TRY(coco_vector_push(parser->allocator, &shape->scalable, is_scalable));
    shape->any_scalable |= is_scalable;
    COCO_TRY(take_x(parser));
  }
  return COCO_OK;
}

static void shape_free(coco_parser *parser, shape_builder *shape) {
  coco_vector_free(parser->allocator, &shape->extents);
  coco_vector_free(parser->allocator, &shape->scalable);
}

/* ---- Lists ---- */

typedef COCO_VECTOR_OF(const coco_type *) type_vector;

static coco_status type_list(coco_parser *parser, coco_token_kind end, type_vector *types) {
  if (coco_at(parser, end)) return COCO_OK;
  do {
    const coco_type *type;
    COCO_TRY(coco_parse_type(parser, &type));
    COCO_TRY(coco_vector_push(parser->allocator, types, type));
  } while (coco_take(parser, COCO_TOKEN_COMMA));
  return COCO_OK;
}

static coco_status function_type(coco_parser *parser, type_vector *inputs, type_vector *results,
                                 const coco_type **out) {
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LEFT_PARENTHESIS, "'('"));
  COCO_TRY(type_list(parser, COCO_TOKEN_RIGHT_PARENTHESIS, inputs));
  COCO_TRY(coco_expect(parser, COCO_TOKEN_RIGHT_PARENTHESIS, "')'"));
  COCO_TRY(coco_expect(parser, COCO_TOKEN_ARROW, "'->'"));
  if (coco_take(parser, COCO_TOKEN_LEFT_PARENTHESIS)) {
    COCO_TRY(type_list(parser, COCO_TOKEN_RIGHT_PARENTHESIS, results));
    COCO_TRY(coco_expect(parser, COCO_TOKEN_RIGHT_PARENTHESIS, "')'"));
  } else {
    const coco_type *type;
    COCO_TRY(coco_parse_type(parser, &type));
    COCO_TRY(coco_vector_push(parser->allocator, results, type));
  }
  *out = coco_type_function(parser->context, inputs->items, inputs->count, results->items, results->count);
  return coco_made(*out);
}

static coco_status parse_function(coco_parser *parser, const coco_type **out) {
  type_vector inputs = {0}, results = {0};
  coco_status status = function_type(parser, &inputs, &results, out);
  coco_vector_free(parser->allocator, &inputs);
  coco_vector_free(parser->allocator, &results);
  return status;
}

static coco_status parse_tuple(coco_parser *parser, const coco_type **out) {
  type_vector types = {0};
  coco_status status = coco_expect(parser, COCO_TOKEN_LESS, "'<' in tuple type");
  if (status == COCO_OK) status = type_list(parser, COCO_TOKEN_GREATER, &types);
  if (status == COCO_OK) status = coco_expect(parser, COCO_TOKEN_GREATER, "'>' in tuple type");
  if (status == COCO_OK) status = coco_made(*out = coco_type_tuple(parser->context, types.items, types.count));
  coco_vector_free(parser->allocator, &types);
  return status;
}

coco_status coco_parse_type_list(coco_parser *parser, const coco_type ***out, size_t *out_count) {
  type_vector types = {0};
  coco_status status = type_list(parser, COCO_TOKEN_END, &types);
  *out_count = types.count;
  *out = coco_arena_allocate(coco_parser_scratch(parser), (types.count + 1) * sizeof *types.items);
  if (status == COCO_OK) status = coco_made(*out);
  if (status == COCO_OK && types.count) memcpy(*out, types.items, types.count * sizeof *types.items);
  coco_vector_free(parser->allocator, &types);
  return status;
}

/* ---- Shaped types ---- */

static coco_status element_error(coco_parser *parser, const coco_token *at, const char *what,
                                 const coco_type *element) {
  char text[160];
  coco_type_text(element, text, sizeof text);
  return coco_parser_error_at(parser, at->line, at->column, what, text);
}

static bool is_number(const coco_type *type) {
  return type->kind == COCO_TYPE_INTEGER || type->kind == COCO_TYPE_INDEX || type->kind == COCO_TYPE_FLOAT;
}

static coco_status vector_body(coco_parser *parser, shape_builder *shape, const coco_type **out) {
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LESS, "'<' in vector type"));
  COCO_TRY(shape_body(parser, false, true, shape));
  coco_token at = parser->token;
  const coco_type *element;
  COCO_TRY(coco_parse_type(parser, &element));
  COCO_TRY(coco_expect(parser, COCO_TOKEN_GREATER, "'>' in vector type"));
  if (!is_number(element))
    return element_error(parser, &at, "vector elements must be int/index/float type but got '%s'", element);
  for (size_t i = 0; i < shape->extents.count; i++) {
    if (shape->extents.items[i] <= 0) {
      return coco_parser_error_at(parser, at.line, at.column, "vector types must have positive constant sizes");
    }
  }
  *out = coco_type_vector(parser->context, shape->extents.count, shape->extents.items,
                          shape->any_scalable ? shape->scalable.items : NULL, element);
  return coco_made(*out);
}

static coco_status tensor_body(coco_parser *parser, shape_builder *shape, const coco_type **out) {
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LESS, "'<' in tensor type"));
  bool unranked = coco_take(parser, COCO_TOKEN_STAR);
  if (unranked) COCO_TRY(take_x(parser));
  if (!unranked) COCO_TRY(shape_body(parser, true, false, shape));
  coco_token at = parser->token;
  const coco_type *element;
  const coco_attribute *encoding = NULL;
  COCO_TRY(coco_parse_type(parser, &element));
  if (!unranked && coco_take(parser, COCO_TOKEN_COMMA)) COCO_TRY(coco_parse_attribute_nested(parser, NULL, &encoding));
  COCO_TRY(coco_expect(parser, COCO_TOKEN_GREATER, "'>' in tensor type"));
  bool is_valid = is_number(element) || element->kind == COCO_TYPE_COMPLEX || element->kind == COCO_TYPE_VECTOR ||
                  element->kind == COCO_TYPE_OPAQUE;
  if (!is_valid) return element_error(parser, &at, "invalid tensor element type: '%s'", element);
  *out = unranked ? coco_type_unranked_tensor(parser->context, element)
                  : coco_type_tensor(parser->context, shape->extents.count, shape->extents.items, element, encoding);
  return coco_made(*out);
}

static bool is_layout(const coco_attribute *attribute) {
  return attribute->kind == COCO_ATTRIBUTE_AFFINE_MAP || attribute->kind == COCO_ATTRIBUTE_STRIDED_LAYOUT;
}

static coco_status check_layout(coco_parser *parser, const coco_token *at, const coco_attribute *layout, size_t rank) {
  bool is_map = layout->kind == COCO_ATTRIBUTE_AFFINE_MAP;
  size_t given = is_map ? layout->map->dimension_count : layout->count;
  if (given == rank) return COCO_OK;
  return coco_parser_error_at(parser, at->line, at->column,
                              is_map ? "memref layout mismatch between rank and affine map: %zu != %zu"
                                     : "memref layout mismatch between rank and strides: %zu != %zu",
                              rank, given);
}

/* ", layout" and ", memory space", in this order, each optional. */
static coco_status memref_tail(coco_parser *parser, bool unranked, size_t rank, const coco_attribute **layout,
                               const coco_attribute **space) {
  while (coco_take(parser, COCO_TOKEN_COMMA)) {
    coco_token at = parser->token;
    const coco_attribute *attribute;
    COCO_TRY(coco_parse_attribute_nested(parser, NULL, &attribute));
    if (*space)
      return coco_parser_error_at(parser, at.line, at.column, "multiple memory spaces specified in memref type");
    if (!is_layout(attribute)) {
      *space = attribute;
      continue;
    }
    if (unranked)
      return coco_parser_error_at(parser, at.line, at.column, "cannot have affine map for unranked memref type");
    if (*layout) return coco_parser_error_at(parser, at.line, at.column, "multiple layouts specified in memref type");
    COCO_TRY(check_layout(parser, &at, attribute, rank));
    *layout = attribute;
  }
  return COCO_OK;
}

static coco_status memref_body(coco_parser *parser, shape_builder *shape, const coco_type **out) {
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LESS, "'<' in memref type"));
  bool unranked = coco_take(parser, COCO_TOKEN_STAR);
  if (unranked) COCO_TRY(take_x(parser));
  if (!unranked) COCO_TRY(shape_body(parser, true, false, shape));
  coco_token at = parser->token;
  const coco_type *element;
  const coco_attribute *layout = NULL, *space = NULL;
  COCO_TRY(coco_parse_type(parser, &element));
  bool is_valid = is_number(element) || element->kind == COCO_TYPE_COMPLEX || element->kind == COCO_TYPE_VECTOR ||
                  element->kind == COCO_TYPE_MEMREF || element->kind == COCO_TYPE_UNRANKED_MEMREF ||
                  element->kind == COCO_TYPE_OPAQUE;
  if (!is_valid) return coco_parser_error_at(parser, at.line, at.column, "invalid memref element type");
  COCO_TRY(memref_tail(parser, unranked, shape->extents.count, &layout, &space));
  COCO_TRY(coco_expect(parser, COCO_TOKEN_GREATER, "'>' in memref type"));
  *out = unranked
             ? coco_type_unranked_memref(parser->context, element, space)
             : coco_type_memref(parser->context, shape->extents.count, shape->extents.items, element, layout, space);
  return coco_made(*out);
}

static coco_status parse_shaped(coco_parser *parser, coco_type_kind kind, const coco_type **out) {
  shape_builder shape = {0};
  coco_advance(parser);
  coco_status status = kind == COCO_TYPE_VECTOR   ? vector_body(parser, &shape, out)
                       : kind == COCO_TYPE_TENSOR ? tensor_body(parser, &shape, out)
                                                  : memref_body(parser, &shape, out);
  shape_free(parser, &shape);
  return status;
}

static coco_status parse_complex(coco_parser *parser, const coco_type **out) {
  coco_advance(parser);
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LESS, "'<' in complex type"));
  coco_token at = parser->token;
  const coco_type *element;
  COCO_TRY(coco_parse_type(parser, &element));
  COCO_TRY(coco_expect(parser, COCO_TOKEN_GREATER, "'>' in complex type"));
  if (element->kind != COCO_TYPE_INTEGER && element->kind != COCO_TYPE_FLOAT) {
    return coco_parser_error_at(parser, at.line, at.column, "invalid element type for complex");
  }
  *out = coco_type_complex(parser->context, element);
  return coco_made(*out);
}

/* ---- Words and names ---- */

/* Types that are one word come in long runs, so the last ones are remembered by the bytes of the word. */
static uint64_t bytes_of_word(coco_string text) {
  uint64_t bytes = 0;
  for (size_t i = 0; i < text.size; i++) bytes = bytes << 8 | (unsigned char)text.data[i];
  return bytes;
}

/* Where the type that the next token is would be remembered; NULL: it cannot be. */
static coco_word_type *remembered(coco_parser *parser) {
  if (parser->token.kind != COCO_TOKEN_IDENTIFIER || parser->token.text.size > sizeof(uint64_t)) return NULL;
  uint64_t word = bytes_of_word(parser->token.text);
  coco_word_type *slot = &parser->word_types[(word ^ word >> 8) % COCO_WORD_TYPES];
  if (slot->word != word) *slot = (coco_word_type){word, NULL};
  return slot;
}

static coco_status parse_integer_type(coco_parser *parser, coco_string digits, coco_signedness signedness,
                                      const coco_type **out) {
  int64_t width;
  if (!coco_string_to_int64(digits, &width) || width > MAXIMUM_INTEGER_WIDTH || width < 1) {
    return coco_parser_error(parser, "invalid integer width");
  }
  coco_advance(parser);
  *out = coco_type_integer_signed(parser->context, (uint32_t)width, signedness);
  return coco_made(*out);
}

static coco_status parse_word(coco_parser *parser, const coco_type **out) {
  coco_string text = parser->token.text;
  coco_signedness signedness;
  coco_string digits = integer_width(text, &signedness);
  if (digits.size) return parse_integer_type(parser, digits, signedness, out);
  if (coco_string_equal(text, COCO_STRING("tensor"))) return parse_shaped(parser, COCO_TYPE_TENSOR, out);
  if (coco_string_equal(text, COCO_STRING("memref"))) return parse_shaped(parser, COCO_TYPE_MEMREF, out);
  if (coco_string_equal(text, COCO_STRING("vector"))) return parse_shaped(parser, COCO_TYPE_VECTOR, out);
  if (coco_string_equal(text, COCO_STRING("complex"))) return parse_complex(parser, out);
  for (size_t i = 0; i < FLOAT_NAME_COUNT; i++) {
    if (!coco_string_equal(text, float_names[i].name)) continue;
    coco_advance(parser);
    return coco_made(*out = coco_type_float(parser->context, float_names[i].format));
  }
  if (coco_take_identifier(parser, COCO_STRING("index"))) return coco_made(*out = coco_type_index(parser->context));
  if (coco_take_identifier(parser, COCO_STRING("none"))) return coco_made(*out = coco_type_none(parser->context));
  if (coco_take_identifier(parser, COCO_STRING("tuple"))) return parse_tuple(parser, out);
  return coco_parser_error(parser, "expected non-function type");
}

/* !alias, or !dialect.name<…> kept as text. */
static coco_status parse_bang(coco_parser *parser, const coco_type **out) {
  coco_token token = parser->token;
  coco_string name = {token.text.data + 1, token.text.size - 1};
  const char *dot = memchr(name.data, '.', name.size);
  bool has_body = name.data + name.size < parser->lexer.end && name.data[name.size] == '<';
  if (!dot && !has_body) {
    const void *alias;
    COCO_TRY(coco_parse_alias_use(parser, true, name, &alias));
    *out = alias;
    if (!alias) return coco_parser_error(parser, "undefined symbol alias id '%.*s'", COCO_PRINT(name));
    coco_advance(parser);
    return COCO_OK;
  }
  coco_string dialect = {name.data, dot ? (size_t)(dot - name.data) : name.size};
  if (coco_context_find_dialect(parser->context, dialect)) {
    return coco_parser_error(parser, "unknown type in dialect `%.*s`", COCO_PRINT(dialect));
  }
  if (!coco_context_allows_unregistered(parser->context)) {
    return coco_parser_error(
        parser, "type created with unregistered dialect '%.*s'; it is allowed with --allow-unregistered-dialect",
        COCO_PRINT(dialect));
  }
  coco_string body = {name.data + name.size, 0};
  if (has_body) {
    body = coco_lexer_balanced(&parser->lexer, body.data);
    if (!body.data) return coco_parser_error(parser, "unbalanced '<' in a type of dialect '%.*s'", COCO_PRINT(dialect));
  }
  *out = coco_type_opaque(parser->context, (coco_string){name.data, name.size + body.size});
  coco_advance(parser);
  return coco_made(*out);
}

static coco_status parse_type(coco_parser *parser, const coco_type **out) {
  switch (parser->token.kind) {
    case COCO_TOKEN_LEFT_PARENTHESIS: return parse_function(parser, out);
    case COCO_TOKEN_BANG: return parse_bang(parser, out);
    case COCO_TOKEN_IDENTIFIER: return parse_word(parser, out);
    default: return coco_parser_error(parser, "expected type");
  }
}

static bool is_one_word(const coco_type *type) {
  return type->kind == COCO_TYPE_INTEGER || type->kind == COCO_TYPE_FLOAT || type->kind == COCO_TYPE_INDEX;
}

coco_status coco_parse_type(coco_parser *parser, const coco_type **out) {
  coco_word_type *slot = remembered(parser);
  if (slot && slot->type) {
    *out = slot->type;
    coco_advance(parser);
    return COCO_OK;
  }
  *out = NULL;
  COCO_TRY(coco_parser_enter(parser));
  coco_status status = parse_type(parser, out);
  parser->depth--;
  if (status == COCO_OK && slot && is_one_word(*out)) slot->type = *out;
  return status;
}
