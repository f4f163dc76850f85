/* Reading the elements of dense attributes: lists, splats, hex strings, strings; dense arrays.
 *
 * The literals come before the type, so their tokens are kept (16 bytes of text view and a sign each)
 * and turned into bytes once the type is known. A complex element is two literals. */
#include "ir/printer.h"
#include "ir/text/parser_internal.h"

typedef struct literal {
  coco_token token;
  bool negative;
} literal;

enum { MAXIMUM_LITERAL_RANK = 64 };

typedef struct literal_list {
  COCO_VECTOR_OF(literal) items;
  int64_t shape[MAXIMUM_LITERAL_RANK];
  size_t rank;
  bool rank_known; /* the innermost list was seen */
  bool is_complex; /* every two literals are one element */
} literal_list;

/* ---- One element ---- */

static coco_status out_of_range(coco_parser *parser, const coco_token *token) {
  return coco_parser_error_at(parser, token->line, token->column, "integer constant out of range for attribute");
}

static bool is_hex(coco_string text) { return text.size > 2 && text.data[1] == 'x'; }


static bool to_unsigned(coco_string text, uint64_t *out) {
  uint64_t base = is_hex(text) ? 16 : 10, value = 0;
  for (size_t i = base == 16 ? 2 : 0; i < text.size; i++) {
    uint64_t digit = coco_digit_value(text.data[i]);
    if (value > (UINT64_MAX - digit) / base) return false;
    value = value * base + digit;
  }
  *out = value;
  return true;
}

coco_status coco_parse_integer_value(coco_parser *parser, const coco_token *token, bool negative,
                                     const coco_type *scalar, int64_t *out) {
  uint64_t magnitude;
  uint32_t width = coco_type_bits(scalar);
  bool is_signed = scalar->signedness == COCO_SIGNED || scalar->kind == COCO_TYPE_INDEX;
  if (!to_unsigned(token->text, &magnitude)) return out_of_range(parser, token);
  if (negative && scalar->signedness == COCO_UNSIGNED) {
    return coco_parser_error_at(parser, token->line, token->column, "negative integer literal not valid for unsigned integer type");
  }
  uint64_t half = (uint64_t)1 << (width - 1);
  bool is_bad = negative ? magnitude > half : is_signed ? magnitude >= half : width < 64 && magnitude >> width;
  if (is_bad) return out_of_range(parser, token);
  uint64_t bits = negative ? 0 - magnitude : magnitude;
  *out = width == 1 ? (int64_t)(bits & 1) : (int64_t)bits;
  return COCO_OK;
}

static coco_status integer_element(coco_parser *parser, const coco_token *token, bool negative, const coco_type *scalar,
                                   void *out) {
  int64_t value;
  COCO_TRY(coco_parse_integer_value(parser, token, negative, scalar, &value));
  coco_element_write_integer(scalar, out, value);
  return COCO_OK;
}

/* A float as its bits: 0x7FC00000 : f32. */
static coco_status float_bits(coco_parser *parser, const coco_token *token, const coco_type *scalar, void *out) {
  uint64_t bits;
  size_t size = coco_type_element_size(scalar);
  if (!to_unsigned(token->text, &bits) || (scalar->width < 64 && bits >> scalar->width) || size > 8) {
    return coco_parser_error_at(parser, token->line, token->column, "hexadecimal float constant out of range for type");
  }
  for (size_t i = 0; i < size; i++) ((uint8_t *)out)[i] = (uint8_t)(bits >> 8 * i);
  return COCO_OK;
}

static coco_status float_element(coco_parser *parser, const coco_token *token, bool negative, const coco_type *scalar, void *out) {
  if (token->kind == COCO_TOKEN_INTEGER) {
    if (!is_hex(token->text)) {
      return coco_parser_error_at(parser, token->line, token->column,
                                  "unexpected decimal integer literal for a floating point value; add a trailing dot to make it a float");
    }
    if (negative) {
      return coco_parser_error_at(parser, token->line, token->column, "hexadecimal float literal should not have a leading minus");
    }
    return float_bits(parser, token, scalar, out);
  }
  double value;
  if (!coco_string_to_double(token->text, &value)) {
    return coco_parser_error_at(parser, token->line, token->column, "floating point value too large");
  }
  coco_element_write_real(scalar, out, negative ? -value : value);
  return COCO_OK;
}

/* Integers are stored least significant byte first, with zeros behind their bits. */
static void clear_behind(uint8_t *element, size_t size, uint32_t width) {
  for (size_t i = width / 8; i < size; i++) element[i] = i == width / 8 ? (uint8_t)(element[i] & ((1u << width % 8) - 1)) : 0;
}

static coco_status wide_element(coco_parser *parser, const coco_token *token, bool negative, const coco_type *scalar, void *out) {
  uint64_t *words;
  size_t count, size = coco_type_element_size(scalar);
  COCO_TRY(coco_parse_wide(parser, token, negative, scalar, &words, &count));
  for (size_t i = 0; i < size; i++) ((uint8_t *)out)[i] = i / 8 < count ? (uint8_t)(words[i / 8] >> 8 * (i % 8)) : 0;
  clear_behind(out, size, scalar->width);
  return COCO_OK;
}

coco_status coco_parse_element(coco_parser *parser, const coco_token *token, bool negative, const coco_type *scalar, void *out) {
  bool is_bool = token->kind == COCO_TOKEN_IDENTIFIER;
  if (is_bool && !coco_type_is_integer(scalar, 1)) {
    return coco_parser_error_at(parser, token->line, token->column, "expected i1 type for 'true' or 'false' values");
  }
  if (is_bool) {
    *(uint8_t *)out = token->text.data[0] == 't';
    return COCO_OK;
  }
  if (scalar->kind == COCO_TYPE_FLOAT) return float_element(parser, token, negative, scalar, out);
  if (token->kind == COCO_TOKEN_FLOAT) {
    return coco_parser_error_at(parser, token->line, token->column, "expected integer elements, but parsed floating-point");
  }
  if (scalar->kind == COCO_TYPE_INTEGER && scalar->width > 64) return wide_element(parser, token, negative, scalar, out);
  return integer_element(parser, token, negative, scalar, out);
}

/* ---- Literals ---- */

static coco_status scalar_literal(coco_parser *parser, literal_list *list) {
  bool negative = coco_take(parser, COCO_TOKEN_MINUS);
  literal item = {.negative = negative, .token = parser->token};
  coco_token_kind kind = item.token.kind;
  bool is_bool = coco_at_identifier(parser, COCO_STRING("true")) || coco_at_identifier(parser, COCO_STRING("false"));
  bool is_number = kind == COCO_TOKEN_INTEGER || kind == COCO_TOKEN_FLOAT;
  if (!is_number && (item.negative || (!is_bool && kind != COCO_TOKEN_STRING))) {
    return coco_parser_error(parser, "expected element literal of primitive type");
  }
  coco_advance(parser);
  return coco_vector_push(parser->allocator, &list->items, item);
}

/* A scalar, or "(real, imaginary)"; all elements of one literal are of one kind. */
static coco_status element_literal(coco_parser *parser, literal_list *list) {
  bool is_complex = coco_at(parser, COCO_TOKEN_LEFT_PARENTHESIS);
  if (list->items.count && list->is_complex != is_complex)
    return coco_parser_error(parser, "some elements are complex and some are not");
  list->is_complex = is_complex;
  if (!is_complex) return scalar_literal(parser, list);
  coco_advance(parser);
  COCO_TRY(scalar_literal(parser, list));
  COCO_TRY(coco_expect(parser, COCO_TOKEN_COMMA, "',' between the parts of a complex element"));
  COCO_TRY(scalar_literal(parser, list));
  return coco_expect(parser, COCO_TOKEN_RIGHT_PARENTHESIS, "')' after a complex element");
}

/* A list at depth LEVEL; all lists of one level have one length. */
static coco_status nested_literals(coco_parser *parser, literal_list *list, size_t level) {
  int64_t count = 0;
  if (level == MAXIMUM_LITERAL_RANK) return coco_parser_error(parser, "tensor literal is nested too deeply");
  bool is_first = list->rank <= level && !list->rank_known;
  if (list->rank_known && level >= list->rank) {
    return coco_parser_error(parser, "tensor literal is invalid; ranks are not consistent between elements");
  }
  if (is_first) list->rank = level + 1, list->shape[level] = -1;
  coco_advance(parser);
  while (!coco_at(parser, COCO_TOKEN_RIGHT_BRACKET)) {
    bool is_list = coco_at(parser, COCO_TOKEN_LEFT_BRACKET);
    if (!is_list) {
      list->rank_known = true;
      if (level + 1 != list->rank) {
        return coco_parser_error(parser, "tensor literal is invalid; ranks are not consistent between elements");
      }
    }
    COCO_TRY(is_list ? nested_literals(parser, list, level + 1) : element_literal(parser, list));
    count++;
    if (!coco_take(parser, COCO_TOKEN_COMMA)) break;
  }
  COCO_TRY(coco_expect(parser, COCO_TOKEN_RIGHT_BRACKET, "']'"));
  if (list->shape[level] == -1) list->shape[level] = count;
  if (list->shape[level] != count) {
    return coco_parser_error(parser, "tensor literal is invalid; ranks are not consistent between elements");
  }
  return COCO_OK;
}

static void shape_text(coco_buffer *buffer, const int64_t *shape, size_t rank) {
  coco_buffer_byte(buffer, '[');
  for (size_t i = 0; i < rank; i++) {
    if (i) coco_buffer_text(buffer, ", ");
    coco_buffer_integer(buffer, shape[i]);
  }
  coco_buffer_byte(buffer, ']');
}

static coco_status check_shape(coco_parser *parser, const coco_token *at, const literal_list *list, const coco_type *type) {
  if (list->rank == 0) return COCO_OK;
  bool is_equal = list->rank == type->rank && (!type->rank || !memcmp(list->shape, type->shape, list->rank * sizeof(int64_t)));
  if (is_equal) return COCO_OK;
  coco_buffer text = COCO_BUFFER(parser->allocator);
  coco_buffer_text(&text, "inferred shape of elements literal (");
  shape_text(&text, list->shape, list->rank);
  coco_buffer_text(&text, ") does not match type (");
  shape_text(&text, type->shape, type->rank);
  coco_buffer_byte(&text, ')');
  coco_status status = text.status;
  if (status == COCO_OK) status = coco_parser_error_at(parser, at->line, at->column, "%.*s", (int)text.size, text.data);
  coco_buffer_free(&text);
  return status;
}

static coco_status build_strings(coco_parser *parser, const literal_list *list, const coco_type *type, const coco_attribute **out) {
  COCO_VECTOR_OF(const coco_attribute *) strings = {0};
  coco_status status = COCO_OK;
  for (size_t i = 0; status == COCO_OK && i < list->items.count; i++) {
    const literal *item = &list->items.items[i];
    if (item->token.kind != COCO_TOKEN_STRING) {
      status = coco_parser_error_at(parser, item->token.line, item->token.column, "expected string element");
      break;
    }
    coco_string text = coco_string_token_value(&parser->arena, item->token.text);
    const coco_attribute *string = text.data ? coco_attribute_string(parser->context, text) : NULL;
    status = coco_made(string);
    if (status == COCO_OK) status = coco_vector_push(parser->allocator, &strings, string);
  }
  if (status == COCO_OK) status = coco_made(*out = coco_attribute_dense_strings(parser->context, type, strings.items, strings.count));
  coco_vector_free(parser->allocator, &strings);
  return status;
}

static coco_status build_numbers(coco_parser *parser, const literal_list *list, const coco_type *type, const coco_attribute **out) {
  const coco_type *scalar = type->element->kind == COCO_TYPE_COMPLEX ? type->element->element : type->element;
  size_t size = coco_type_element_size(scalar), count = list->items.count;
  if (count > SIZE_MAX / 1024) return COCO_OUT_OF_MEMORY;
  uint8_t *data = coco_allocate_zeroed(parser->allocator, count + 1, size);
  COCO_TRY(coco_made(data));
  coco_status status = COCO_OK;
  for (size_t i = 0; status == COCO_OK && i < count; i++) {
    const literal *item = &list->items.items[i];
    if (item->token.kind == COCO_TOKEN_STRING) {
      status = coco_parser_error_at(parser, item->token.line, item->token.column, "unexpected string element");
    } else {
      status = coco_parse_element(parser, &item->token, item->negative, scalar, data + i * size);
    }
  }
  if (status == COCO_OK) status = coco_made(*out = coco_attribute_dense(parser->context, type, data, count * size));
  coco_free(parser->allocator, data, (count + 1) * size);
  return status;
}

/* ---- Hex strings ---- */

static bool hex_bytes(coco_string digits, uint8_t *out) {
  for (size_t i = 0; i < digits.size; i++) {
    char c = digits.data[i];
    bool is_digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (!is_digit) return false;
    uint8_t value = (uint8_t)coco_digit_value(c);
    out[i / 2] = (uint8_t)(i % 2 ? out[i / 2] | value : value << 4);
  }
  return true;
}

/* Booleans stand eight to a byte in hex strings, lowest bit first. */
static coco_status build_bits(coco_parser *parser, const coco_token *at, const coco_type *type, const uint8_t *bits, size_t size,
                              int64_t count, const coco_attribute **out) {
  bool is_splat = size == 1 && count != 0 && (bits[0] == 0 || bits[0] == 0xFF);
  if (!is_splat && (int64_t)size != (count + 7) / 8) {
    return coco_parser_error_at(parser, at->line, at->column, "elements hex data size is invalid for provided type");
  }
  size_t bytes = is_splat ? 1 : (size_t)count;
  uint8_t *data = coco_allocate_zeroed(parser->allocator, bytes + 1, 1);
  COCO_TRY(coco_made(data));
  for (size_t i = 0; i < bytes; i++) data[i] = bits[i / 8] >> i % 8 & 1;
  *out = coco_attribute_dense(parser->context, type, data, bytes);
  coco_free(parser->allocator, data, bytes + 1);
  return coco_made(*out);
}

/* BYTES of COUNT numbers as they stand in the text, each as wide as it must be, to the wider places that they have here. */
static coco_status build_widened(coco_parser *parser, const coco_type *type, const uint8_t *bytes, size_t count, const coco_attribute **out) {
  size_t size = coco_type_element_size(type->element), packed = coco_packed_size(type->element);
  uint8_t *data = coco_allocate_zeroed(parser->allocator, count + 1, size);
  COCO_TRY(coco_made(data));
  for (size_t i = 0; i < count; i++) {
    memcpy(data + i * size, bytes + i * packed, packed);
    if (type->element->kind == COCO_TYPE_INTEGER) clear_behind(data + i * size, size, type->element->width);
  }
  *out = coco_attribute_dense(parser->context, type, data, count * size);
  coco_free(parser->allocator, data, (count + 1) * size);
  return coco_made(*out);
}

static coco_status build_hex(coco_parser *parser, const coco_token *at, const coco_type *type, const coco_attribute **out) {
  coco_string digits = {at->text.data + 3, at->text.size - 4};
  size_t size = digits.size / 2, element = coco_packed_size(type->element);
  int64_t count = coco_type_element_count(type), total = coco_type_byte_count(type);
  bool is_splat = size == element && count != 0;
  uint8_t *data = coco_allocate_zeroed(parser->allocator, size + 1, 1);
  COCO_TRY(coco_made(data));
  coco_status status;
  if (digits.size % 2 || !hex_bytes(digits, data)) {
    status = coco_parser_error_at(parser, at->line, at->column, "elements hex string is invalid");
  } else if (coco_type_is_integer(type->element, 1)) {
    status = build_bits(parser, at, type, data, size, count, out);
  } else if (!element || total < 0 || (size / element != (size_t)count && !is_splat) || size % element) {
    status = coco_parser_error_at(parser, at->line, at->column, "elements hex data size is invalid for provided type");
  } else {
    status = build_widened(parser, type, data, size / element, out);
  }
  coco_free(parser->allocator, data, size + 1);
  return status;
}

/* ---- dense<…> : type ---- */

static bool is_hex_string(const literal_list *list) {
  if (list->rank || list->items.count != 1 || list->items.items[0].token.kind != COCO_TOKEN_STRING) return false;
  return coco_string_starts_with(list->items.items[0].token.text, COCO_STRING("\"0x"));
}

/* ": type", or EXPECTED, the type that the syntax around gives (NULL: none). */
static coco_status elements_type(coco_parser *parser, const coco_type *expected, const coco_type **out) {
  coco_token at = parser->token;
  bool spelled = !expected || !coco_type_is_shaped(expected) || coco_at(parser, COCO_TOKEN_COLON);
  *out = expected;
  if (spelled) {
    COCO_TRY(coco_expect(parser, COCO_TOKEN_COLON, "':'"));
    at = parser->token;
    COCO_TRY(coco_parse_type(parser, out));
  }
  const coco_type *type = *out;
  if (type->kind != COCO_TYPE_TENSOR && type->kind != COCO_TYPE_VECTOR) {
    return coco_parser_error_at(parser, at.line, at.column, "elements literal must be a shaped type");
  }
  if (!type->scalable && (!coco_type_has_static_shape(type) || coco_type_element_count(type) < 0)) {
    return coco_parser_error_at(parser, at.line, at.column, "elements literal type must have static shape");
  }
  return COCO_OK;
}

static coco_status build_dense(coco_parser *parser, const literal_list *list, const coco_token *at, const coco_type *type,
                               const coco_attribute **out) {
  const coco_type *element = type->element;
  const coco_type *scalar = element->kind == COCO_TYPE_COMPLEX ? element->element : element;
  bool is_number = scalar->kind == COCO_TYPE_INTEGER || scalar->kind == COCO_TYPE_INDEX || scalar->kind == COCO_TYPE_FLOAT;
  int64_t count = coco_type_element_count(type);
  if (type->scalable && (list->rank || !is_number || list->is_complex || is_hex_string(list))) {
    return coco_parser_error_at(parser, at->line, at->column, "elements of a scalable vector must all be one number");
  }
  COCO_TRY(check_shape(parser, at, list, type));
  if (is_number && list->items.count && list->is_complex != (element->kind == COCO_TYPE_COMPLEX) && !is_hex_string(list)) {
    return coco_parser_error_at(parser, at->line, at->column, "complex elements are for complex element types, and no others");
  }
  if (!is_number && element->kind != COCO_TYPE_OPAQUE) {
    return coco_parser_error_at(parser, at->line, at->column, "dense elements of this type are not supported");
  }
  if (is_number && is_hex_string(list)) return build_hex(parser, &list->items.items[0].token, type, out);
  if (list->items.count == 0 && count != 0) {
    return coco_parser_error_at(parser, at->line, at->column, "expected elements for a type that has some");
  }
  if (list->rank == 0 && list->items.count && count == 0) {
    return coco_parser_error_at(parser, at->line, at->column, "a splat of a type without elements");
  }
  if (!is_number) return build_strings(parser, list, type, out);
  if (coco_type_element_size(element) == 0 || (!type->scalable && coco_type_byte_count(type) < 0)) {
    return coco_parser_error_at(parser, at->line, at->column, "dense elements of this type are not supported");
  }
  return build_numbers(parser, list, type, out);
}

static coco_status dense_body(coco_parser *parser, literal_list *list, const coco_type *expected, const coco_attribute **out) {
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LESS, "'<' after 'dense'"));
  coco_token at = parser->token;
  const coco_type *type;
  if (coco_at(parser, COCO_TOKEN_LEFT_BRACKET)) COCO_TRY(nested_literals(parser, list, 0));
  else if (!coco_at(parser, COCO_TOKEN_GREATER)) COCO_TRY(element_literal(parser, list));
  COCO_TRY(coco_expect(parser, COCO_TOKEN_GREATER, "'>'"));
  COCO_TRY(elements_type(parser, expected, &type));
  return build_dense(parser, list, &at, type, out);
}

coco_status coco_parse_dense(coco_parser *parser, const coco_type *expected, const coco_attribute **out) {
  literal_list list = {.rank = 0};
  coco_advance(parser);
  coco_status status = dense_body(parser, &list, expected, out);
  coco_vector_free(parser->allocator, &list.items);
  return status;
}

coco_status coco_parse_dense_resource(coco_parser *parser, const coco_type *expected, const coco_attribute **out) {
  coco_advance(parser);
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LESS, "'<' after 'dense_resource'"));
  coco_token at = parser->token;
  coco_string name = at.text;
  coco_resource *resource;
  if (coco_at(parser, COCO_TOKEN_STRING)) {
    name = coco_string_token_value(&parser->arena, name);
    COCO_TRY(coco_made(name.data));
  } else if (!coco_at(parser, COCO_TOKEN_IDENTIFIER)) {
    return coco_parser_error(parser, "expected identifier key for 'resource' entry");
  }
  coco_advance(parser);
  COCO_TRY(coco_parse_resource_reference(parser, name, &resource));
  COCO_TRY(coco_expect(parser, COCO_TOKEN_GREATER, "'>'"));
  const coco_type *type;
  COCO_TRY(elements_type(parser, expected, &type));
  coco_resource_use use = {resource, type, at.line, at.column};
  COCO_TRY(coco_vector_push(parser->allocator, &parser->resource_uses, use));
  return coco_made(*out = coco_attribute_dense_resource(parser->context, type, resource));
}

/* ---- array<i64: 1, 2> ---- */

static coco_status array_elements(coco_parser *parser, const coco_type *element, literal_list *list, const coco_attribute **out) {
  size_t size = coco_type_element_size(element);
  if (coco_take(parser, COCO_TOKEN_COLON)) {
    do {
      COCO_TRY(scalar_literal(parser, list));
      if (list->items.items[list->items.count - 1].token.kind == COCO_TOKEN_STRING) {
        return coco_parser_error(parser, "expected number in dense array");
      }
    } while (coco_take(parser, COCO_TOKEN_COMMA));
  }
  COCO_TRY(coco_expect(parser, COCO_TOKEN_GREATER, "'>' to close an array attribute"));
  size_t count = list->items.count;
  uint8_t *data = coco_allocate_zeroed(parser->allocator, count + 1, size);
  COCO_TRY(coco_made(data));
  coco_status status = COCO_OK;
  for (size_t i = 0; status == COCO_OK && i < count; i++) {
    status = coco_parse_element(parser, &list->items.items[i].token, list->items.items[i].negative, element, data + i * size);
  }
  if (status == COCO_OK) status = coco_made(*out = coco_attribute_dense_array(parser->context, element, data, count));
  coco_free(parser->allocator, data, (count + 1) * size);
  return status;
}

coco_status coco_parse_dense_array(coco_parser *parser, const coco_attribute **out) {
  coco_advance(parser);
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LESS, "'<' after 'array'"));
  coco_token at = parser->token;
  const coco_type *element;
  COCO_TRY(coco_parse_type(parser, &element));
  uint32_t width = element->kind == COCO_TYPE_INTEGER || element->kind == COCO_TYPE_FLOAT ? element->width : 0;
  bool is_good = element->kind == COCO_TYPE_INDEX || coco_type_is_integer(element, 1) || (width && width % 8 == 0);
  if (!is_good || coco_type_element_size(element) == 0) {
    return coco_parser_error_at(parser, at.line, at.column, "element type of a dense array must be i1, index, or a number of whole bytes");
  }
  literal_list list = {.rank = 0};
  coco_status status = array_elements(parser, element, &list, out);
  coco_vector_free(parser->allocator, &list.items);
  return status;
}

/* ---- sparse<indices, values> : type ---- */

static coco_status build_sparse(coco_parser *parser, const coco_token *at, const literal_list *indices, const literal_list *values,
                                const coco_type *type, const coco_attribute **out) {
  const coco_type *i64 = coco_type_integer(parser->context, 64);
  const int64_t one[] = {1, type->rank}, none[] = {0, type->rank};
  bool empty = indices->items.count == 0;
  const int64_t *shape = empty ? none : indices->rank ? indices->shape : one;
  size_t rank = empty || !indices->rank ? 2 : indices->rank;
  const coco_type *index_type = i64 ? coco_type_tensor(parser->context, rank, shape, i64, NULL) : NULL;
  const coco_type *value_type = coco_type_tensor(parser->context, 1, shape, type->element, NULL);
  COCO_TRY(coco_made(index_type));
  COCO_TRY(coco_made(value_type));
  if (rank != 2 || shape[1] != type->rank) {
    return coco_parser_error_at(parser, at->line, at->column, "sparse indices must be rows of %u numbers", type->rank);
  }
  const coco_attribute *rows, *elements;
  literal_list no_list = {.rank = 0};
  COCO_TRY(build_dense(parser, empty ? &no_list : indices, at, index_type, &rows));
  COCO_TRY(build_dense(parser, empty ? &no_list : values, at, value_type, &elements));
  for (int64_t i = 0; i < shape[0] * shape[1]; i++) {
    int64_t index = coco_element_read_integer(i64, coco_elements_at(rows, i));
    if (index >= 0 && index < type->shape[i % shape[1]]) continue;
    return coco_parser_error_at(parser, at->line, at->column, "sparse index #%lld is not contained within the value shape", (long long)(i / shape[1]));
  }
  return coco_made(*out = coco_attribute_sparse(parser->context, type, rows, elements));
}

static coco_status literals(coco_parser *parser, literal_list *list) {
  return coco_at(parser, COCO_TOKEN_LEFT_BRACKET) ? nested_literals(parser, list, 0) : element_literal(parser, list);
}

static coco_status sparse_body(coco_parser *parser, literal_list *indices, literal_list *values, const coco_type *expected,
                               const coco_attribute **out) {
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LESS, "'<' after 'sparse'"));
  coco_token at = parser->token;
  const coco_type *type;
  if (!coco_at(parser, COCO_TOKEN_GREATER)) {
    COCO_TRY(literals(parser, indices));
    COCO_TRY(coco_expect(parser, COCO_TOKEN_COMMA, "',' between the indices and the values"));
    COCO_TRY(literals(parser, values));
  }
  COCO_TRY(coco_expect(parser, COCO_TOKEN_GREATER, "'>'"));
  COCO_TRY(elements_type(parser, expected, &type));
  if (type->scalable) return coco_parser_error_at(parser, at.line, at.column, "elements literal type must have static shape");
  return build_sparse(parser, &at, indices, values, type, out);
}

coco_status coco_parse_sparse(coco_parser *parser, const coco_type *expected, const coco_attribute **out) {
  literal_list indices = {.rank = 0}, values = {.rank = 0};
  coco_advance(parser);
  coco_status status = sparse_body(parser, &indices, &values, expected, out);
  coco_vector_free(parser->allocator, &indices.items);
  coco_vector_free(parser->allocator, &values.items);
  return status;
}
