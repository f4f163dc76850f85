/* Reading attributes, but dense elements (parse_elements.c) and affine maps (parse_affine.c). */
#include "ir/printer.h"
#include "ir/text/parser_internal.h"

/* ---- Numbers ---- */

/* The type behind a number, when it is written; else TYPE, else f64 or i64. */
static coco_status number_type(coco_parser *parser, const coco_type *type, bool bare, bool is_float,
                               const coco_type **out) {
  if (!(bare && type) && coco_take(parser, COCO_TOKEN_COLON)) return coco_parse_type(parser, out);
  if (!type) type = is_float ? coco_type_float(parser->context, COCO_F64) : coco_type_integer(parser->context, 64);
  return coco_made(*out = type);
}

static coco_status float_number(coco_parser *parser, const coco_token *token, bool negative, const coco_type *type,
                                const coco_attribute **out) {
  uint8_t bytes[16] = {0};
  COCO_TRY(coco_parse_element(parser, token, negative, type, bytes));
  return coco_made(*out = coco_attribute_float(parser->context, type, coco_element_read_real(type, bytes)));
}

static bool is_hex(coco_string text) { return text.size > 2 && text.data[1] == 'x'; }


/* WORDS = WORDS * BASE + DIGIT; false when it does not fit. */
static bool accumulate(uint64_t *words, size_t count, uint32_t base, uint32_t digit) {
  uint64_t carry = digit;
  for (size_t i = 0; i < count; i++) {
    uint64_t low = (words[i] & UINT32_MAX) * base + carry, high = (words[i] >> 32) * base + (low >> 32);
    words[i] = high << 32 | (low & UINT32_MAX);
    carry = high >> 32;
  }
  return carry == 0;
}

/* The bits of a wide integer fit WIDTH bits, and with a sign also the sign does. */
static bool fits(const uint64_t *words, size_t count, uint32_t width, bool negative, coco_signedness signedness) {
  uint32_t bits = 0;
  bool power_of_two = true;
  for (size_t i = count; i-- > 0;) {
    if (!words[i]) continue;
    if (!bits) {
      uint64_t word = words[i];
      while (word) word >>= 1, bits++;
      bits += (uint32_t)(64 * i);
      power_of_two = (words[i] & (words[i] - 1)) == 0;
    } else {
      power_of_two = false;
    }
  }
  if (negative) return bits < width || (bits == width && power_of_two);
  return signedness == COCO_SIGNED ? bits < width : bits <= width;
}

coco_status coco_parse_wide(coco_parser *parser, const coco_token *token, bool negative, const coco_type *type, uint64_t **out,
                            size_t *out_count) {
  size_t count = *out_count = (type->width + 63) / 64;
  uint32_t base = is_hex(token->text) ? 16 : 10;
  if (type->width > COCO_WIDEST_INTEGER) {
    return coco_parser_error_at(parser, token->line, token->column, "integer constants wider than %d bits are not supported", COCO_WIDEST_INTEGER);
  }
  if (token->text.size > 4 + (size_t)type->width) {
    return coco_parser_error_at(parser, token->line, token->column, "integer constant out of range for attribute");
  }
  uint64_t *words = coco_arena_allocate_zeroed(coco_parser_scratch(parser), count, sizeof *words);
  COCO_TRY(coco_made(words));
  bool is_good = true;
  for (size_t i = base == 16 ? 2 : 0; i < token->text.size; i++) {
    is_good = is_good && accumulate(words, count, base, coco_digit_value(token->text.data[i]));
  }
  if (!is_good || !fits(words, count, type->width, negative, type->signedness)) {
    return coco_parser_error_at(parser, token->line, token->column, "integer constant out of range for attribute");
  }
  uint64_t carry = negative;
  for (size_t i = 0; negative && i < count; i++) {
    words[i] = ~words[i] + carry;
    carry = carry && words[i] == 0;
  }
  *out = words;
  return COCO_OK;
}

static coco_status wide_number(coco_parser *parser, const coco_token *token, bool negative, const coco_type *type,
                               const coco_attribute **out) {
  uint64_t *words;
  size_t count;
  COCO_TRY(coco_parse_wide(parser, token, negative, type, &words, &count));
  return coco_made(*out = coco_attribute_integer_wide(parser->context, type, words, count));
}

static coco_status integer_number(coco_parser *parser, const coco_token *token, bool negative, const coco_type *type,
                                  const coco_attribute **out) {
  if (type->kind == COCO_TYPE_FLOAT) return float_number(parser, token, negative, type, out);
  if (type->kind != COCO_TYPE_INTEGER && type->kind != COCO_TYPE_INDEX) {
    return coco_parser_error_at(parser, token->line, token->column, "integer literal not valid for specified type");
  }
  if (type->kind == COCO_TYPE_INTEGER && type->width > 64) return wide_number(parser, token, negative, type, out);
  int64_t value;
  COCO_TRY(coco_parse_integer_value(parser, token, negative, type, &value));
  return coco_made(*out = coco_attribute_integer(parser->context, type, value));
}

coco_status coco_parse_number(coco_parser *parser, const coco_type *type, bool bare, const coco_attribute **out) {
  bool negative = coco_take(parser, COCO_TOKEN_MINUS);
  coco_token token = parser->token;
  bool is_float = token.kind == COCO_TOKEN_FLOAT;
  if (!is_float && token.kind != COCO_TOKEN_INTEGER) return coco_parser_error(parser, "expected constant integer or floating point value");
  coco_advance(parser);
  COCO_TRY(number_type(parser, type, bare, is_float, &type));
  if (!is_float) return integer_number(parser, &token, negative, type, out);
  if (type->kind != COCO_TYPE_FLOAT) {
    return coco_parser_error_at(parser, token.line, token.column, "floating point value not valid for specified type");
  }
  return float_number(parser, &token, negative, type, out);
}

coco_status coco_parse_integer_list(coco_parser *parser, bool question, int64_t **out, size_t *out_count) {
  COCO_VECTOR_OF(int64_t) values = {0};
  coco_status status = coco_expect(parser, COCO_TOKEN_LEFT_BRACKET, "'['");
  while (status == COCO_OK && !coco_at(parser, COCO_TOKEN_RIGHT_BRACKET)) {
    int64_t value = COCO_DYNAMIC;
    if (!(question && coco_take(parser, COCO_TOKEN_QUESTION))) status = coco_parse_integer(parser, &value);
    if (status == COCO_OK) status = coco_vector_push(parser->allocator, &values, value);
    if (!coco_take(parser, COCO_TOKEN_COMMA)) break;
  }
  if (status == COCO_OK) status = coco_expect(parser, COCO_TOKEN_RIGHT_BRACKET, "']'");
  *out = coco_arena_allocate(coco_parser_scratch(parser), (values.count + 1) * sizeof(int64_t));
  *out_count = values.count;
  if (status == COCO_OK) status = coco_made(*out);
  if (status == COCO_OK && values.count) memcpy(*out, values.items, values.count * sizeof(int64_t));
  coco_vector_free(parser->allocator, &values);
  return status;
}

coco_status coco_parse_strided(coco_parser *parser, const coco_attribute **out) {
  int64_t *strides, offset = 0;
  size_t count;
  coco_advance(parser);
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LESS, "'<' after 'strided'"));
  COCO_TRY(coco_parse_integer_list(parser, true, &strides, &count));
  if (coco_take(parser, COCO_TOKEN_COMMA)) {
    if (!coco_take_identifier(parser, COCO_STRING("offset"))) return coco_parser_error(parser, "expected 'offset' after comma");
    COCO_TRY(coco_expect(parser, COCO_TOKEN_COLON, "':' after 'offset'"));
    if (coco_take(parser, COCO_TOKEN_QUESTION)) offset = COCO_DYNAMIC;
    else COCO_TRY(coco_parse_integer(parser, &offset));
  }
  COCO_TRY(coco_expect(parser, COCO_TOKEN_GREATER, "'>'"));
  return coco_made(*out = coco_attribute_strided_layout(parser->context, offset, strides, count));
}

/* ---- Lists and dictionaries ---- */

static coco_status parse_array(coco_parser *parser, const coco_attribute **out) {
  COCO_VECTOR_OF(const coco_attribute *) elements = {0};
  coco_status status = COCO_OK;
  coco_advance(parser);
  while (status == COCO_OK && !coco_at(parser, COCO_TOKEN_RIGHT_BRACKET)) {
    const coco_attribute *element;
    status = coco_parse_attribute_nested(parser, NULL, &element);
    if (status == COCO_OK) status = coco_vector_push(parser->allocator, &elements, element);
    if (!coco_take(parser, COCO_TOKEN_COMMA)) break;
  }
  if (status == COCO_OK) status = coco_expect(parser, COCO_TOKEN_RIGHT_BRACKET, "']'");
  if (status == COCO_OK) status = coco_made(*out = coco_attribute_array(parser->context, elements.items, elements.count));
  coco_vector_free(parser->allocator, &elements);
  return status;
}

/* NAME is none of the COUNT earlier entries. Few entries are compared, many are looked up. */
static coco_status check_new_key(coco_parser *parser, const coco_entry_vector *entries, size_t from,
                                 coco_string_map *seen, coco_string name) {
  bool is_old = false;
  for (size_t i = from; i < entries->count && entries->count - from <= 16; i++) {
    is_old |= coco_string_equal(entries->items[i].name, name);
  }
  if (entries->count - from == 16) {
    for (size_t i = from; i < entries->count; i++) {
      COCO_TRY(coco_string_map_set(seen, entries->items[i].name, parser));
    }
  }
  if (entries->count - from >= 16) {
    is_old |= coco_string_map_get(seen, name) != NULL;
    COCO_TRY(coco_string_map_set(seen, name, parser));
  }
  if (is_old) return coco_parser_error(parser, "duplicate key '%.*s' in dictionary attribute", COCO_PRINT(name));
  return COCO_OK;
}

static coco_status dictionary_entry(coco_parser *parser, coco_entry_vector *entries, size_t from,
                                    coco_string_map *seen) {
  coco_named_attribute entry = {.name = parser->token.text};
  if (coco_at(parser, COCO_TOKEN_STRING)) {
    entry.name = coco_string_token_value(&parser->arena, entry.name);
    COCO_TRY(coco_made(entry.name.data));
    if (!entry.name.size) return coco_parser_error(parser, "expected valid attribute name");
  } else if (!coco_at(parser, COCO_TOKEN_IDENTIFIER)) {
    return coco_parser_error(parser, "expected attribute name");
  }
  COCO_TRY(check_new_key(parser, entries, from, seen, entry.name));
  coco_advance(parser);
  if (coco_take(parser, COCO_TOKEN_EQUAL)) {
    COCO_TRY(coco_parse_attribute_nested(parser, NULL, &entry.value));
  } else {
    COCO_TRY(coco_made(entry.value = coco_attribute_unit(parser->context)));
  }
  return coco_vector_push(parser->allocator, entries, entry);
}

static coco_status dictionary_entries(coco_parser *parser, coco_entry_vector *entries) {
  coco_string_map seen = {.allocator = parser->allocator};
  size_t from = entries->count;
  coco_status status = coco_expect(parser, COCO_TOKEN_LEFT_BRACE, "'{' in attribute dictionary");
  while (status == COCO_OK && !coco_at(parser, COCO_TOKEN_RIGHT_BRACE)) {
    status = dictionary_entry(parser, entries, from, &seen);
    if (!coco_take(parser, COCO_TOKEN_COMMA)) break;
  }
  if (status == COCO_OK) status = coco_expect(parser, COCO_TOKEN_RIGHT_BRACE, "'}' in attribute dictionary");
  if (seen.capacity) coco_string_map_free(&seen);
  return status;
}

coco_status coco_parse_dictionary(coco_parser *parser, const coco_attribute **out) {
  coco_entry_vector entries = {0};
  coco_status status = dictionary_entries(parser, &entries);
  if (status == COCO_OK) status = coco_made(*out = coco_attribute_dictionary(parser->context, entries.items, entries.count));
  coco_vector_free(parser->allocator, &entries);
  return status;
}

coco_status coco_parse_attribute_dictionary(coco_parser *parser, coco_operation_state *state) {
  if (!coco_at(parser, COCO_TOKEN_LEFT_BRACE)) return COCO_OK;
  coco_entry_vector *entries = coco_parse_entries_of(parser, state);
  if (!entries) return COCO_INVALID_ARGUMENT;
  size_t former = entries->count;
  COCO_TRY(dictionary_entries(parser, entries));
  return coco_parse_new_entries(parser, state, former);
}

coco_status coco_parse_attribute_dictionary_with_keyword(coco_parser *parser, coco_operation_state *state) {
  if (!coco_take_identifier(parser, COCO_STRING("attributes"))) return COCO_OK;
  if (!coco_at(parser, COCO_TOKEN_LEFT_BRACE)) return coco_parser_error(parser, "expected '{' in attribute dictionary");
  return coco_parse_attribute_dictionary(parser, state);
}

/* ---- Symbols and strings ---- */

static coco_status symbol_name(coco_parser *parser, coco_string *out) {
  if (!coco_at(parser, COCO_TOKEN_AT)) return coco_parser_error(parser, "expected symbol name");
  coco_string text = {parser->token.text.data + 1, parser->token.text.size - 1};
  *out = text.data[0] == '"' ? coco_string_token_value(&parser->arena, text) : text;
  COCO_TRY(coco_made(out->data));
  if (!out->size) return coco_parser_error(parser, "expected valid symbol name");
  coco_advance(parser);
  return COCO_OK;
}

coco_status coco_parse_symbol(coco_parser *parser, const coco_attribute **out) {
  coco_string root;
  COCO_TRY(symbol_name(parser, &root));
  if (!coco_at(parser, COCO_TOKEN_COLON_COLON)) return coco_made(*out = coco_attribute_symbol(parser->context, root));
  COCO_VECTOR_OF(const coco_attribute *) nested = {0};
  coco_status status = COCO_OK;
  while (status == COCO_OK && coco_take(parser, COCO_TOKEN_COLON_COLON)) {
    coco_string name;
    const coco_attribute *symbol = NULL;
    status = symbol_name(parser, &name);
    if (status == COCO_OK) status = coco_made(symbol = coco_attribute_symbol(parser->context, name));
    if (status == COCO_OK) status = coco_vector_push(parser->allocator, &nested, symbol);
  }
  if (status == COCO_OK) status = coco_made(*out = coco_attribute_symbol_nested(parser->context, root, nested.items, nested.count));
  coco_vector_free(parser->allocator, &nested);
  return status;
}

static coco_status string_attribute(coco_parser *parser, const coco_type *type, const coco_attribute **out) {
  coco_string text;
  COCO_TRY(coco_take_string(parser, &text));
  if (!type && coco_take(parser, COCO_TOKEN_COLON)) COCO_TRY(coco_parse_type(parser, &type));
  *out = type && type->kind != COCO_TYPE_NONE ? coco_attribute_string_typed(parser->context, text, type)
                                              : coco_attribute_string(parser->context, text);
  return coco_made(*out);
}

/* ---- Dialect attributes ---- */

static coco_status parameter_value(coco_parser *parser, const coco_parameter_row *row, const coco_attribute **out) {
  int64_t integer, *integers;
  size_t count;
  switch (row->kind) {
    case COCO_PARAMETER_INTEGER:
      COCO_TRY(coco_parse_integer(parser, &integer));
      return coco_made(*out = coco_attribute_i64(parser->context, integer));
    case COCO_PARAMETER_INTEGERS:
      COCO_TRY(coco_parse_integer_list(parser, false, &integers, &count));
      return coco_made(*out = coco_attribute_i64_array(parser->context, integers, count));
    case COCO_PARAMETER_KEYWORD:
      if (!coco_at(parser, COCO_TOKEN_IDENTIFIER)) return coco_parser_error(parser, "expected keyword for parameter '%s'", row->name);
      if (row->detail && !coco_choice_has(row->detail, parser->token.text)) {
        return coco_parser_error(parser, "parameter '%s' must be one of %s", row->name, row->detail);
      }
      COCO_TRY(coco_made(*out = coco_attribute_string(parser->context, parser->token.text)));
      coco_advance(parser);
      return COCO_OK;
    default: return coco_parse_attribute_nested(parser, NULL, out);
  }
}

static coco_status parameter(coco_parser *parser, const coco_attribute_definition *definition, const coco_attribute **values) {
  size_t i = 0;
  if (!coco_at(parser, COCO_TOKEN_IDENTIFIER)) return coco_parser_error(parser, "expected a parameter of '%s'", definition->name);
  while (i < definition->parameter_count && !coco_string_is(parser->token.text, definition->parameters[i].name)) i++;
  if (i == definition->parameter_count) {
    return coco_parser_error(parser, "'%s' has no parameter '%.*s'", definition->name, COCO_PRINT(parser->token.text));
  }
  if (values[i]) return coco_parser_error(parser, "parameter '%s' is given twice", definition->parameters[i].name);
  coco_advance(parser);
  COCO_TRY(coco_expect(parser, COCO_TOKEN_EQUAL, "'=' after a parameter's name"));
  return parameter_value(parser, &definition->parameters[i], &values[i]);
}

static coco_status registered_attribute(coco_parser *parser, const coco_attribute_definition *definition, const coco_attribute **out) {
  coco_token at = parser->token;
  const coco_attribute **values = coco_arena_allocate_zeroed(coco_parser_scratch(parser), definition->parameter_count + 1, sizeof *values);
  COCO_TRY(coco_made(values));
  coco_advance(parser);
  if (coco_take(parser, COCO_TOKEN_LESS)) {
    while (!coco_at(parser, COCO_TOKEN_GREATER)) {
      COCO_TRY(parameter(parser, definition, values));
      if (!coco_take(parser, COCO_TOKEN_COMMA)) break;
    }
    COCO_TRY(coco_expect(parser, COCO_TOKEN_GREATER, "'>' after the parameters"));
  }
  for (size_t i = 0; i < definition->parameter_count; i++) {
    if (values[i] || definition->parameters[i].optional) continue;
    return coco_parser_error_at(parser, at.line, at.column, "'%s' needs the parameter '%s'", definition->name, definition->parameters[i].name);
  }
  COCO_TRY(coco_made(*out = coco_attribute_dialect(parser->context, definition, values)));
  if (!definition->verify) return COCO_OK;
  const coco_location *place = coco_parser_place(parser, at.line, at.column);
  COCO_TRY(coco_made(place));
  return definition->verify(parser->context, place, *out);
}

static coco_status opaque_attribute(coco_parser *parser, coco_string name, coco_string dialect, bool has_body, const coco_attribute **out) {
  const coco_type *type = NULL;
  const coco_dialect *known = coco_context_find_dialect(parser->context, dialect);
  if (known && known->attribute_count) {
    return coco_parser_error(parser, "unknown attribute `%.*s` in dialect `%.*s`", (int)(name.size - dialect.size - 1),
                             name.data + dialect.size + 1, COCO_PRINT(dialect));
  }
  if (!known && !coco_context_allows_unregistered(parser->context)) {
    return coco_parser_error(parser, "attribute created with unregistered dialect '%.*s'; it is allowed with --allow-unregistered-dialect",
                             COCO_PRINT(dialect));
  }
  coco_string body = {NULL, 0};
  if (has_body) {
    body = coco_lexer_balanced(&parser->lexer, name.data + name.size);
    if (!body.data) return coco_parser_error(parser, "unbalanced '<' in an attribute of dialect '%.*s'", COCO_PRINT(dialect));
  }
  coco_advance(parser);
  if (coco_take(parser, COCO_TOKEN_COLON)) COCO_TRY(coco_parse_type(parser, &type));
  return coco_made(*out = coco_attribute_opaque(parser->context, (coco_string){name.data, name.size + body.size}, type));
}

coco_status coco_parse_dialect_attribute(coco_parser *parser, const coco_attribute **out) {
  coco_string name = {parser->token.text.data + 1, parser->token.text.size - 1};
  const char *dot = memchr(name.data, '.', name.size);
  bool has_body = name.data + name.size < parser->lexer.end && name.data[name.size] == '<';
  if (!dot && !has_body) {
    const void *alias;
    COCO_TRY(coco_parse_alias_use(parser, false, name, &alias));
    *out = alias;
    if (!alias) return coco_parser_error(parser, "undefined symbol alias id '%.*s'", COCO_PRINT(name));
    coco_advance(parser);
    return COCO_OK;
  }
  const coco_attribute_definition *definition = coco_context_find_attribute(parser->context, name);
  if (definition) return registered_attribute(parser, definition, out);
  coco_string dialect = {name.data, dot ? (size_t)(dot - name.data) : name.size};
  return opaque_attribute(parser, name, dialect, has_body, out);
}

/* ---- Any attribute ---- */

static coco_status type_attribute(coco_parser *parser, const coco_attribute **out) {
  const coco_type *type;
  COCO_TRY(coco_parse_type(parser, &type));
  return coco_made(*out = coco_attribute_type(parser->context, type));
}

static coco_status boolean(coco_parser *parser, const coco_type *type, const coco_attribute **out) {
  if (type && !coco_type_is_integer(type, 1)) return coco_parser_error(parser, "expected i1 type for 'true' or 'false' values");
  bool value = coco_at_identifier(parser, COCO_STRING("true"));
  coco_advance(parser);
  return coco_made(*out = coco_attribute_bool(parser->context, value));
}

/* distinct[3]<attribute>: the number says within one text which are the same. */
static coco_status distinct(coco_parser *parser, const coco_attribute **out) {
  coco_token at = parser->token;
  int64_t number;
  coco_advance(parser);
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LEFT_BRACKET, "'[' after 'distinct'"));
  COCO_TRY(coco_parse_decimal(parser, &number));
  COCO_TRY(coco_expect(parser, COCO_TOKEN_RIGHT_BRACKET, "']' to close distinct ID"));
  COCO_TRY(coco_expect(parser, COCO_TOKEN_LESS, "'<' after distinct ID"));
  const coco_attribute *child = coco_attribute_unit(parser->context);
  COCO_TRY(coco_made(child));
  if (!coco_at(parser, COCO_TOKEN_GREATER)) COCO_TRY(coco_parse_attribute_nested(parser, NULL, &child));
  COCO_TRY(coco_expect(parser, COCO_TOKEN_GREATER, "'>' to close distinct attribute"));
  _Static_assert(sizeof(uintptr_t) >= sizeof number, "each number is a key of its own");
  const void *key = (const void *)((uintptr_t)number + 1); /* numbers as keys: never NULL, never followed */
  const coco_attribute *known = coco_pointer_map_get(&parser->distinct, key);
  if (!known) {
    COCO_TRY(coco_made(known = coco_attribute_distinct(parser->context, child)));
    COCO_TRY(coco_pointer_map_set(&parser->distinct, key, (void *)(uintptr_t)known));
  }
  if (known->child != child)
    return coco_parser_error_at(parser, at.line, at.column, "referenced attribute does not match previous definition of distinct ID %lld", (long long)number);
  *out = known;
  return COCO_OK;
}

static coco_status location_attribute(coco_parser *parser, const coco_attribute **out) {
  const coco_location *location;
  COCO_TRY(coco_parse_location(parser, &location, NULL));
  return coco_made(*out = coco_location_attribute(parser->context, location));
}

static coco_status word_attribute(coco_parser *parser, const coco_type *type, const coco_attribute **out) {
  coco_string text = parser->token.text;
  if (coco_string_equal(text, COCO_STRING("true")) || coco_string_equal(text, COCO_STRING("false"))) return boolean(parser, type, out);
  if (coco_string_equal(text, COCO_STRING("dense"))) return coco_parse_dense(parser, type, out);
  if (coco_string_equal(text, COCO_STRING("array"))) return coco_parse_dense_array(parser, out);
  if (coco_string_equal(text, COCO_STRING("dense_resource"))) return coco_parse_dense_resource(parser, type, out);
  if (coco_string_equal(text, COCO_STRING("affine_map"))) return coco_parse_affine_attribute(parser, out);
  if (coco_string_equal(text, COCO_STRING("affine_set"))) return coco_parse_affine_attribute(parser, out);
  if (coco_string_equal(text, COCO_STRING("strided"))) return coco_parse_strided(parser, out);
  if (coco_string_equal(text, COCO_STRING("loc"))) return location_attribute(parser, out);
  if (coco_take_identifier(parser, COCO_STRING("unit"))) return coco_made(*out = coco_attribute_unit(parser->context));
  if (coco_string_equal(text, COCO_STRING("sparse"))) return coco_parse_sparse(parser, type, out);
  if (coco_string_equal(text, COCO_STRING("distinct"))) return distinct(parser, out);
  if (coco_at_type(parser)) return type_attribute(parser, out);
  return coco_parser_error(parser, "expected attribute value");
}

static coco_status parse_attribute(coco_parser *parser, const coco_type *type, const coco_attribute **out) {
  switch (parser->token.kind) {
    case COCO_TOKEN_IDENTIFIER: return word_attribute(parser, type, out);
    case COCO_TOKEN_INTEGER:
    case COCO_TOKEN_FLOAT:
    case COCO_TOKEN_MINUS: return coco_parse_number(parser, type, false, out);
    case COCO_TOKEN_STRING: return string_attribute(parser, type, out);
    case COCO_TOKEN_LEFT_BRACKET: return parse_array(parser, out);
    case COCO_TOKEN_LEFT_BRACE: return coco_parse_dictionary(parser, out);
    case COCO_TOKEN_AT: return coco_parse_symbol(parser, out);
    case COCO_TOKEN_HASH: return coco_parse_dialect_attribute(parser, out);
    case COCO_TOKEN_LEFT_PARENTHESIS:
    case COCO_TOKEN_BANG: return type_attribute(parser, out);
    default: return coco_parser_error(parser, "expected attribute value");
  }
}

coco_status coco_parse_attribute_nested(coco_parser *parser, const coco_type *type, const coco_attribute **out) {
  *out = NULL;
  COCO_TRY(coco_parser_enter(parser));
  coco_status status = parse_attribute(parser, type, out);
  parser->depth--;
  return status;
}

coco_status coco_parse_attribute(coco_parser *parser, const coco_type *type, const coco_attribute **out) {
  return coco_parse_attribute_nested(parser, type, out);
}
