/* Writing attributes, locations and affine maps. */
#include "ir/text/lexer.h"
#include "ir/text/printer_internal.h"

/* ---- Strings ---- */

/* The high bit of each byte of WORD that is zero, and perhaps of those behind it. */
static uint64_t zero_bytes(uint64_t word) { return (word - UINT64_C(0x0101010101010101)) & ~word; }

/* Eight bytes that stand for themselves in a string, being printable ASCII but '"' and '\\'. */
static bool are_plain(const char *eight) {
  const uint64_t each = UINT64_C(0x0101010101010101), high = each << 7;
  uint64_t word;
  memcpy(&word, eight, sizeof word);
  uint64_t strange = word | (word - each * 0x20) | zero_bytes(word ^ each * 0x7F) | zero_bytes(word ^ each * '"') |
                     zero_bytes(word ^ each * '\\');
  return (strange & high) == 0;
}

/* How many bytes at the start are known to stand for themselves; more may. */
static size_t plain_start(coco_string text) {
  size_t plain = 0;
  while (text.size - plain >= 8 && are_plain(text.data + plain)) plain += 8;
  if (plain && text.size - plain < 8 && are_plain(text.data + text.size - 8)) return text.size;
  return plain;
}

void coco_print_string_literal(coco_buffer *buffer, coco_string text) {
  static const char digits[] = "0123456789ABCDEF";
  coco_buffer_byte(buffer, '"');
  size_t plain = 0;
  for (size_t i = plain_start(text); i < text.size; i++) {
    unsigned char c = (unsigned char)text.data[i];
    if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\') continue;
    coco_buffer_append(buffer, text.data + plain, i - plain);
    plain = i + 1;
    char escape[3] = {'\\', digits[c >> 4], digits[c & 15]};
    if (c == '\\') coco_buffer_append(buffer, "\\\\", 2);
    else coco_buffer_append(buffer, escape, 3);
  }
  coco_buffer_append(buffer, text.data + plain, text.size - plain);
  coco_buffer_byte(buffer, '"');
}

void coco_write_key(coco_buffer *buffer, coco_string key) {
  if (coco_is_bare_identifier(key)) coco_buffer_string(buffer, key);
  else coco_print_string_literal(buffer, key);
}

void coco_print_symbol_name(coco_buffer *buffer, coco_string name) {
  coco_buffer_byte(buffer, '@');
  coco_write_key(buffer, name);
}

/* ---- Affine expressions ---- */

static bool is_constant(const coco_affine_expression *expression, int64_t value) {
  return expression->kind == COCO_AFFINE_CONSTANT && expression->value == value;
}

/* TIGHT: inside a product or quotient, where sums want parentheses. */
static void write_expression(coco_buffer *buffer, const coco_affine_expression *expression, bool tight);

static void write_sum(coco_buffer *buffer, const coco_affine_expression *expression) {
  const coco_affine_expression *left = expression->left, *right = expression->right;
  write_expression(buffer, left, false);
  if (right->kind == COCO_AFFINE_CONSTANT && right->value < 0 && right->value != INT64_MIN) {
    coco_buffer_text(buffer, " - ");
    coco_buffer_integer(buffer, -right->value);
  } else if (right->kind == COCO_AFFINE_MULTIPLY && is_constant(right->right, -1)) {
    coco_buffer_text(buffer, " - ");
    write_expression(buffer, right->left, right->left->kind == COCO_AFFINE_ADD);
  } else if (right->kind == COCO_AFFINE_MULTIPLY && right->right->kind == COCO_AFFINE_CONSTANT &&
             right->right->value < -1 && right->right->value != INT64_MIN) {
    coco_buffer_text(buffer, " - ");
    write_expression(buffer, right->left, true);
    coco_buffer_text(buffer, " * ");
    coco_buffer_integer(buffer, -right->right->value);
  } else {
    coco_buffer_text(buffer, " + ");
    write_expression(buffer, right, false);
  }
}

static void write_binary(coco_buffer *buffer, const coco_affine_expression *expression, bool tight) {
  if (tight) coco_buffer_byte(buffer, '(');
  if (expression->kind == COCO_AFFINE_ADD) {
    write_sum(buffer, expression);
  } else if (expression->kind == COCO_AFFINE_MULTIPLY && is_constant(expression->right, -1)) {
    coco_buffer_byte(buffer, '-');
    write_expression(buffer, expression->left, true);
  } else {
    write_expression(buffer, expression->left, true);
    coco_buffer_text(buffer, expression->kind == COCO_AFFINE_MULTIPLY       ? " * "
                             : expression->kind == COCO_AFFINE_MODULO       ? " mod "
                             : expression->kind == COCO_AFFINE_FLOOR_DIVIDE ? " floordiv "
                                                                            : " ceildiv ");
    write_expression(buffer, expression->right, true);
  }
  if (tight) coco_buffer_byte(buffer, ')');
}

static void write_expression(coco_buffer *buffer, const coco_affine_expression *expression, bool tight) {
  switch (expression->kind) {
    case COCO_AFFINE_CONSTANT: coco_buffer_integer(buffer, expression->value); return;
    case COCO_AFFINE_DIMENSION:
    case COCO_AFFINE_SYMBOL:
      coco_buffer_byte(buffer, expression->kind == COCO_AFFINE_DIMENSION ? 'd' : 's');
      coco_buffer_integer(buffer, expression->value);
      return;
    default: write_binary(buffer, expression, tight);
  }
}

static void write_names(coco_buffer *buffer, char letter, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    if (i) coco_buffer_append(buffer, ", ", 2);
    coco_buffer_byte(buffer, letter);
    coco_buffer_unsigned(buffer, i);
  }
}

static void write_map_head(coco_buffer *buffer, const coco_affine_map *map) {
  coco_buffer_byte(buffer, '(');
  write_names(buffer, 'd', map->dimension_count);
  coco_buffer_byte(buffer, ')');
  if (!map->symbol_count) return;
  coco_buffer_byte(buffer, '[');
  write_names(buffer, 's', map->symbol_count);
  coco_buffer_byte(buffer, ']');
}

void coco_print_affine_map(coco_buffer *buffer, const coco_affine_map *map) {
  write_map_head(buffer, map);
  coco_buffer_text(buffer, " -> (");
  for (uint32_t i = 0; i < map->result_count; i++) {
    if (i) coco_buffer_append(buffer, ", ", 2);
    write_expression(buffer, map->results[i], false);
  }
  coco_buffer_byte(buffer, ')');
}

static void write_set(coco_buffer *buffer, const coco_attribute *attribute) {
  coco_buffer_text(buffer, "affine_set<");
  write_map_head(buffer, attribute->map);
  coco_buffer_text(buffer, " : (");
  for (uint32_t i = 0; i < attribute->map->result_count; i++) {
    if (i) coco_buffer_append(buffer, ", ", 2);
    write_expression(buffer, attribute->map->results[i], false);
    coco_buffer_text(buffer, attribute->flags[i] ? " == 0" : " >= 0");
  }
  coco_buffer_text(buffer, ")>");
}

/* ---- Locations ---- */

static void write_locations(coco_printer *printer, coco_buffer *buffer, const coco_attribute *location);

static void write_fused(coco_printer *printer, coco_buffer *buffer, const coco_attribute *location) {
  coco_buffer_text(buffer, "fused");
  if (location->child) {
    coco_buffer_byte(buffer, '<');
    coco_write_attribute(printer, buffer, location->child, COCO_KEEP_TYPE);
    coco_buffer_byte(buffer, '>');
  }
  coco_buffer_byte(buffer, '[');
  for (size_t i = 0; i < location->count; i++) {
    if (i) coco_buffer_append(buffer, ", ", 2);
    write_locations(printer, buffer, location->elements[i]);
  }
  coco_buffer_byte(buffer, ']');
}

static void write_locations(coco_printer *printer, coco_buffer *buffer, const coco_attribute *location) {
  switch (location->kind) {
    case COCO_LOCATION_FILE:
      coco_print_string_literal(buffer, location->text);
      coco_buffer_byte(buffer, ':');
      coco_buffer_integer(buffer, location->line);
      coco_buffer_byte(buffer, ':');
      coco_buffer_integer(buffer, location->column);
      return;
    case COCO_LOCATION_NAME:
      coco_print_string_literal(buffer, location->text);
      if (!location->child) return;
      coco_buffer_byte(buffer, '(');
      write_locations(printer, buffer, location->child);
      coco_buffer_byte(buffer, ')');
      return;
    case COCO_LOCATION_CALL_SITE:
      coco_buffer_text(buffer, "callsite(");
      write_locations(printer, buffer, location->child);
      coco_buffer_text(buffer, " at ");
      write_locations(printer, buffer, location->caller);
      coco_buffer_byte(buffer, ')');
      return;
    case COCO_LOCATION_FUSED: write_fused(printer, buffer, location); return;
    default: coco_buffer_text(buffer, "unknown"); return;
  }
}

void coco_print_location(coco_buffer *buffer, const coco_context *context, const coco_location *location) {
  coco_attribute storage;
  write_locations(NULL, buffer, coco_location_read(context, location, &storage));
}

/* ---- Numbers ---- */

/* In decimal: divided by 10^9 until nothing is left. */
void coco_write_wide(coco_buffer *buffer, const coco_type *type, const uint64_t *from) {
  enum { LIMIT = COCO_WIDEST_INTEGER / 32 };
  uint32_t words[LIMIT];
  size_t count = (type->width + 63) / 64 * 2, used = 0;
  char digits[LIMIT * 10 + 9];
  if (count > LIMIT) count = LIMIT;
  bool negative = type->signedness != COCO_UNSIGNED && from[count / 2 - 1] >> 63;
  uint64_t carry = negative;
  for (size_t i = 0; i < count; i++) {
    uint32_t word = (uint32_t)(from[i / 2] >> 32 * (i % 2));
    uint64_t value = negative ? (uint64_t)(uint32_t)~word + carry : word;
    words[i] = (uint32_t)value;
    carry = value >> 32;
  }
  while (count && !words[count - 1]) count--;
  do {
    uint64_t rest = 0;
    for (size_t i = count; i-- > 0;) {
      rest = rest << 32 | words[i];
      words[i] = (uint32_t)(rest / 1000000000u);
      rest %= 1000000000u;
    }
    while (count && !words[count - 1]) count--;
    for (int i = 0; i < 9 && (count || rest || used == 0); i++, rest /= 10) digits[used++] = (char)('0' + rest % 10);
  } while (count);
  if (negative) coco_buffer_byte(buffer, '-');
  while (used) coco_buffer_byte(buffer, digits[--used]);
}

static void write_integer(coco_printer *printer, coco_buffer *buffer, const coco_attribute *attribute,
                          coco_type_elision elision) {
  const coco_type *type = attribute->type;
  if (coco_type_is_integer(type, 1)) {
    coco_buffer_text(buffer, attribute->integer & 1 ? "true" : "false");
    return;
  }
  if (type->kind == COCO_TYPE_INTEGER && type->width > 64) coco_write_wide(buffer, type, attribute->words);
  else if (type->signedness == COCO_UNSIGNED) coco_buffer_unsigned(buffer, (uint64_t)attribute->integer);
  else coco_buffer_integer(buffer, attribute->integer);
  if (elision == COCO_ELIDE_TYPE || (elision == COCO_ELIDE_COMMON_TYPE && coco_type_is_integer(type, 64))) return;
  coco_buffer_append(buffer, " : ", 3);
  coco_write_type(printer, buffer, type);
}

static void write_float(coco_printer *printer, coco_buffer *buffer, const coco_attribute *attribute,
                        coco_type_elision elision) {
  uint8_t element[16] = {0};
  coco_element_write_real(attribute->type, element, attribute->real);
  coco_write_real(buffer, attribute->type, element);
  if (elision == COCO_ELIDE_TYPE || (elision == COCO_ELIDE_COMMON_TYPE && attribute->type->format == COCO_F64)) return;
  coco_buffer_append(buffer, " : ", 3);
  coco_write_type(printer, buffer, attribute->type);
}

static void write_string(coco_printer *printer, coco_buffer *buffer, const coco_attribute *attribute,
                         coco_type_elision elision) {
  coco_print_string_literal(buffer, attribute->text);
  if (!attribute->type || attribute->type->kind == COCO_TYPE_NONE || elision == COCO_ELIDE_TYPE) return;
  coco_buffer_append(buffer, " : ", 3);
  coco_write_type(printer, buffer, attribute->type);
}

/* ---- Collections ---- */

void coco_write_entry(coco_printer *printer, coco_buffer *buffer, coco_string name, const coco_attribute *value) {
  coco_write_key(buffer, name);
  if (value && value->kind == COCO_ATTRIBUTE_UNIT) return;
  coco_buffer_append(buffer, " = ", 3);
  coco_write_attribute(printer, buffer, value, COCO_KEEP_TYPE);
}

static void write_dictionary(coco_printer *printer, coco_buffer *buffer, const coco_attribute *attribute) {
  coco_buffer_byte(buffer, '{');
  for (size_t i = 0; i < attribute->count; i++) {
    if (i) coco_buffer_append(buffer, ", ", 2);
    coco_write_entry(printer, buffer, attribute->entries[i].name, attribute->entries[i].value);
  }
  coco_buffer_byte(buffer, '}');
}

static void write_array(coco_printer *printer, coco_buffer *buffer, const coco_attribute *attribute) {
  coco_buffer_byte(buffer, '[');
  for (size_t i = 0; i < attribute->count; i++) {
    if (i) coco_buffer_append(buffer, ", ", 2);
    coco_write_attribute(printer, buffer, attribute->elements[i], COCO_ELIDE_COMMON_TYPE);
  }
  coco_buffer_byte(buffer, ']');
}

static void write_strided(coco_buffer *buffer, const coco_attribute *attribute) {
  coco_buffer_text(buffer, "strided<[");
  for (size_t i = 0; i < attribute->count; i++) {
    if (i) coco_buffer_append(buffer, ", ", 2);
    if (attribute->integers[i] == COCO_DYNAMIC) coco_buffer_byte(buffer, '?');
    else coco_buffer_integer(buffer, attribute->integers[i]);
  }
  coco_buffer_byte(buffer, ']');
  if (attribute->integer) coco_buffer_text(buffer, ", offset: ");
  if (attribute->integer == COCO_DYNAMIC) coco_buffer_byte(buffer, '?');
  else if (attribute->integer) coco_buffer_integer(buffer, attribute->integer);
  coco_buffer_byte(buffer, '>');
}

static void write_symbol(coco_buffer *buffer, const coco_attribute *attribute) {
  coco_print_symbol_name(buffer, attribute->text);
  for (size_t i = 0; i < attribute->count; i++) {
    coco_buffer_append(buffer, "::", 2);
    coco_print_symbol_name(buffer, attribute->elements[i]->text);
  }
}

static void write_parameter(coco_printer *printer, coco_buffer *buffer, const coco_parameter_row *row,
                            const coco_attribute *value) {
  coco_buffer_text(buffer, row->name);
  coco_buffer_append(buffer, " = ", 3);
  if (row->kind == COCO_PARAMETER_INTEGER && value->kind == COCO_ATTRIBUTE_INTEGER) {
    coco_buffer_integer(buffer, value->integer);
  } else if (row->kind == COCO_PARAMETER_KEYWORD && value->kind == COCO_ATTRIBUTE_STRING) {
    coco_buffer_string(buffer, value->text);
  } else if (row->kind == COCO_PARAMETER_INTEGERS && value->kind == COCO_ATTRIBUTE_DENSE_ARRAY) {
    coco_buffer_byte(buffer, '[');
    for (size_t i = 0; i < value->count; i++) {
      if (i) coco_buffer_append(buffer, ", ", 2);
      coco_buffer_integer(buffer, coco_attribute_i64s(value)[i]);
    }
    coco_buffer_byte(buffer, ']');
  } else {
    coco_write_attribute(printer, buffer, value, COCO_KEEP_TYPE);
  }
}

static void write_dialect(coco_printer *printer, coco_buffer *buffer, const coco_attribute *attribute) {
  const coco_attribute_definition *definition = attribute->definition;
  bool any = false;
  coco_buffer_byte(buffer, '#');
  coco_buffer_text(buffer, definition->name);
  for (size_t i = 0; i < definition->parameter_count; i++) {
    if (!attribute->elements[i]) continue;
    coco_buffer_text(buffer, any ? ", " : "<");
    any = true;
    write_parameter(printer, buffer, &definition->parameters[i], attribute->elements[i]);
  }
  if (any) coco_buffer_byte(buffer, '>');
}

/* Numbered in the order in which they are met; without a printer, as they were made. */
static void write_distinct(coco_printer *printer, coco_buffer *buffer, const coco_attribute *attribute) {
  uint64_t number = (uint64_t)attribute->integer;
  if (printer) {
    number = (uint64_t)(uintptr_t)coco_pointer_map_get(&printer->distinct, attribute);
    if (!number) {
      number = printer->distinct.count + 1;
      coco_status status = coco_pointer_map_set(&printer->distinct, attribute, (void *)(uintptr_t)number);
      if (status != COCO_OK) buffer->status = status;
    }
    number--;
  }
  coco_buffer_format(buffer, "distinct[%llu]<", (unsigned long long)number);
  if (attribute->child->kind != COCO_ATTRIBUTE_UNIT) coco_write_attribute(printer, buffer, attribute->child, COCO_KEEP_TYPE);
  coco_buffer_byte(buffer, '>');
}

/* ---- Any attribute ---- */

static void write_collection(coco_printer *printer, coco_buffer *buffer, const coco_attribute *attribute,
                             coco_type_elision elision) {
  switch (attribute->kind) {
    case COCO_ATTRIBUTE_ARRAY: write_array(printer, buffer, attribute); return;
    case COCO_ATTRIBUTE_DICTIONARY: write_dictionary(printer, buffer, attribute); return;
    case COCO_ATTRIBUTE_STRIDED_LAYOUT: write_strided(buffer, attribute); return;
    case COCO_ATTRIBUTE_DIALECT: write_dialect(printer, buffer, attribute); return;
    default: coco_write_elements(printer, buffer, attribute, elision); return;
  }
}

void coco_write_attribute(coco_printer *printer, coco_buffer *buffer, const coco_attribute *attribute,
                          coco_type_elision elision) {
  if (!attribute) {
    coco_buffer_text(buffer, "<<NULL ATTRIBUTE>>");
    return;
  }
  switch (attribute->kind) {
    case COCO_ATTRIBUTE_UNIT: coco_buffer_text(buffer, "unit"); return;
    case COCO_ATTRIBUTE_INTEGER: write_integer(printer, buffer, attribute, elision); return;
    case COCO_ATTRIBUTE_FLOAT: write_float(printer, buffer, attribute, elision); return;
    case COCO_ATTRIBUTE_STRING: write_string(printer, buffer, attribute, elision); return;
    case COCO_ATTRIBUTE_TYPE: coco_write_type(printer, buffer, attribute->type); return;
    case COCO_ATTRIBUTE_SYMBOL: write_symbol(buffer, attribute); return;
    case COCO_ATTRIBUTE_AFFINE_MAP:
      coco_buffer_text(buffer, "affine_map<");
      coco_print_affine_map(buffer, attribute->map);
      coco_buffer_byte(buffer, '>');
      return;
    case COCO_ATTRIBUTE_INTEGER_SET: write_set(buffer, attribute); return;
    case COCO_ATTRIBUTE_OPAQUE:
      coco_buffer_byte(buffer, '#');
      coco_buffer_string(buffer, attribute->text);
      if (!attribute->type || elision == COCO_ELIDE_TYPE) return;
      coco_buffer_append(buffer, " : ", 3);
      coco_write_type(printer, buffer, attribute->type);
      return;
    case COCO_ATTRIBUTE_DISTINCT: write_distinct(printer, buffer, attribute); return;
    case COCO_LOCATION_UNKNOWN: case COCO_LOCATION_FILE: case COCO_LOCATION_NAME: case COCO_LOCATION_CALL_SITE:
    case COCO_LOCATION_FUSED:
      coco_buffer_text(buffer, "loc(");
      write_locations(printer, buffer, attribute);
      coco_buffer_byte(buffer, ')');
      return;
    default: write_collection(printer, buffer, attribute, elision); return;
  }
}

void coco_print_attribute(coco_buffer *buffer, const coco_attribute *attribute) {
  coco_write_attribute(NULL, buffer, attribute, COCO_KEEP_TYPE);
}
