/* Writing numbers of dense attributes, and floats as MLIR writes them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "ir/text/printer_internal.h"

/* ---- Floats ---- */

/* Significant digits that always lead back to the same value. */
static int exact_digits(const coco_type *type) {
  switch (type->format) {
    case COCO_F32: return 9;
    case COCO_F64: return 17;
    case COCO_F16: return 5;
    case COCO_BF16: return 4;
    case COCO_TF32: return 5;
    case COCO_F80: case COCO_F128: return 17;
    default: return 4;
  }
}

static bool reads_back(const coco_type *type, const char *text, const void *element) {
  double value;
  uint8_t again[16] = {0};
  bool negative = text[0] == '-';
  if (!coco_string_to_double(coco_string_from(text + negative), &value)) return false;
  coco_element_write_real(type, again, negative ? -value : value);
  return memcmp(again, element, coco_type_element_size(type)) == 0;
}

/* snprintf may write another decimal point than '.'. */
static void write_exponent_form(char *out, size_t size, int digits, double value) {
  snprintf(out, size, "%.*e", digits, value);
  for (char *c = out; *c; c++) {
    if ((*c < '0' || *c > '9') && *c != '-' && *c != '+' && *c != 'e') *c = '.';
  }
}

/* Six digits, filled up with zeros: 1.500000e+00. */
static void short_form(char *out, double value) {
  char text[64];
  write_exponent_form(text, sizeof text, 5, value);
  char *exponent = strchr(text, 'e');
  size_t digits = (size_t)(exponent - text);
  memcpy(out, text, digits);
  out[digits] = '0';
  strcpy(out + digits + 1, exponent);
}

/* All digits that matter: 3.14159274, or 1.23456791E-7 when many zeros would be needed. False: not a float's text. */
static bool long_form(char *out, size_t size, int digits, double value) {
  char text[64], mantissa[40];
  size_t count = 0;
  write_exponent_form(text, sizeof text, digits - 1, value);
  int exponent = atoi(strchr(text, 'e') + 1);
  for (char *c = text; *c != 'e'; c++) {
    if (*c >= '0' && *c <= '9') mantissa[count++] = *c;
  }
  while (count > 1 && mantissa[count - 1] == '0') count--;
  mantissa[count] = '\0';
  const char *sign = text[0] == '-' ? "-" : "";
  if (exponent >= 0 && (size_t)exponent + 1 < count) {
    snprintf(out, size, "%s%.*s.%s", sign, exponent + 1, mantissa, mantissa + exponent + 1);
  } else if (exponent < 0 && exponent >= -3) {
    snprintf(out, size, "%s0.%.*s%s", sign, -exponent - 1, "0000", mantissa);
  } else if (exponent >= 0 && (size_t)exponent + 1 - count <= 3 && exponent < digits) {
    return false; /* an integer's digits */
  } else {
    snprintf(out, size, "%s%c.%sE%c%d", sign, mantissa[0], count > 1 ? mantissa + 1 : "0", exponent < 0 ? '-' : '+',
             abs(exponent));
  }
  return true;
}

void coco_write_real(coco_buffer *buffer, const coco_type *type, const void *element) {
  double value = coco_element_read_real(type, element);
  char text[96];
  if (isfinite(value)) {
    short_form(text, value);
    if (reads_back(type, text, element)) {
      coco_buffer_text(buffer, text);
      return;
    }
    if (long_form(text, sizeof text, exact_digits(type), value) && reads_back(type, text, element)) {
      coco_buffer_text(buffer, text);
      return;
    }
  }
  size_t size = coco_type_element_size(type);
  coco_buffer_append(buffer, "0x", 2);
  for (size_t i = size; i-- > 0;) coco_buffer_hex(buffer, (const uint8_t *)element + i, 1);
}

/* ---- Elements ---- */

/* Sign-extended words of a wide integer's bytes. */
static void write_wide_element(coco_buffer *buffer, const coco_type *scalar, const uint8_t *element) {
  uint64_t words[COCO_WIDEST_INTEGER / 64] = {0};
  size_t size = coco_type_element_size(scalar), count = (scalar->width + 63) / 64;
  if (count > sizeof words / sizeof *words) return;
  for (size_t i = 0; i < size && i < 8 * count; i++) words[i / 8] |= (uint64_t)element[i] << 8 * (i % 8);
  uint32_t top = scalar->width % 64;
  bool negative = scalar->signedness != COCO_UNSIGNED && words[(scalar->width - 1) / 64] >> (scalar->width - 1) % 64 & 1;
  if (negative && top) words[count - 1] |= UINT64_MAX << top;
  coco_write_wide(buffer, scalar, words);
}

static void write_element(coco_buffer *buffer, const coco_type *scalar, const void *element) {
  if (scalar->kind == COCO_TYPE_COMPLEX) {
    coco_buffer_byte(buffer, '(');
    write_element(buffer, scalar->element, element);
    coco_buffer_byte(buffer, ',');
    write_element(buffer, scalar->element, (const uint8_t *)element + coco_type_element_size(scalar->element));
    coco_buffer_byte(buffer, ')');
    return;
  }
  if (scalar->kind == COCO_TYPE_INTEGER && scalar->width > 64) {
    write_wide_element(buffer, scalar, element);
    return;
  }
  if (scalar->kind == COCO_TYPE_FLOAT) {
    coco_write_real(buffer, scalar, element);
    return;
  }
  int64_t value = coco_element_read_integer(scalar, element);
  if (coco_type_is_integer(scalar, 1)) coco_buffer_text(buffer, value ? "true" : "false");
  else if (scalar->signedness == COCO_UNSIGNED) coco_buffer_unsigned(buffer, (uint64_t)value);
  else coco_buffer_integer(buffer, value);
}

typedef struct element_writer {
  coco_buffer *buffer;
  const coco_type *type;
  const coco_attribute *attribute;
  size_t size, next;
} element_writer;

static void write_one(element_writer *writer) {
  const coco_attribute *attribute = writer->attribute;
  if (attribute->kind == COCO_ATTRIBUTE_DENSE_STRINGS)
    coco_print_string_literal(writer->buffer, attribute->elements[writer->next]->text);
  else
    write_element(writer->buffer, writer->type->element,
                  (const uint8_t *)attribute->data + writer->next * writer->size);
  writer->next++;
}

/* The lists from dimension LEVEL on. */
static void write_nested(element_writer *writer, uint32_t level) {
  if (level == writer->type->rank) {
    write_one(writer);
    return;
  }
  coco_buffer_byte(writer->buffer, '[');
  for (int64_t i = 0; i < writer->type->shape[level] && writer->buffer->status == COCO_OK; i++) {
    if (i) coco_buffer_append(writer->buffer, ", ", 2);
    write_nested(writer, level + 1);
  }
  coco_buffer_byte(writer->buffer, ']');
}

static void write_bits(coco_buffer *buffer, const uint8_t *bools, size_t count) {
  for (size_t i = 0; i < count; i += 8) {
    uint8_t byte = 0;
    for (size_t j = 0; j < 8 && i + j < count; j++) byte = (uint8_t)(byte | (bools[i + j] & 1) << j);
    coco_buffer_hex(buffer, &byte, 1);
  }
}

static void write_packed(coco_buffer *buffer, const coco_attribute *attribute) {
  size_t size = coco_type_element_size(attribute->type->element), packed = coco_packed_size(attribute->type->element);
  if (size == packed) {
    coco_buffer_hex(buffer, attribute->data, attribute->data_size);
    return;
  }
  for (size_t i = 0; i + size <= attribute->data_size; i += size)
    coco_buffer_hex(buffer, (const uint8_t *)attribute->data + i, packed);
}

static void write_hex(coco_buffer *buffer, const coco_attribute *attribute) {
  coco_buffer_append(buffer, "\"0x", 3);
  if (coco_type_is_integer(attribute->type->element, 1)) write_bits(buffer, attribute->data, attribute->data_size);
  else write_packed(buffer, attribute);
  coco_buffer_byte(buffer, '"');
}

/* The elements between '<' and '>': one for all of them, hexadecimal digits when more than LIMIT, or lists. */
static void write_literal(coco_buffer *buffer, const coco_attribute *attribute, size_t limit) {
  const coco_type *type = attribute->type;
  bool strings = attribute->kind == COCO_ATTRIBUTE_DENSE_STRINGS;
  element_writer writer = {buffer, type, attribute, strings ? 0 : coco_type_element_size(type->element), 0};
  size_t count = type->scalable ? 1 : (size_t)coco_type_element_count(type);
  if (count && (strings ? attribute->count == 1 : attribute->splat || type->scalable)) write_one(&writer);
  else if (count > limit && !strings) write_hex(buffer, attribute);
  else if (count) write_nested(&writer, 0);
}

static void write_dense(coco_printer *printer, coco_buffer *buffer, const coco_attribute *attribute) {
  const coco_type *type = attribute->type;
  bool strings = attribute->kind == COCO_ATTRIBUTE_DENSE_STRINGS;
  size_t count = type->scalable ? 1 : (size_t)coco_type_element_count(type);
  size_t limit = printer && printer->options.hex_elements_over ? printer->options.hex_elements_over : 100;
  size_t elide = printer ? printer->options.elide_elements_over : 0;
  bool splat = count && (strings ? attribute->count == 1 : attribute->splat || type->scalable);
  if (!splat && elide && count > elide) {
    coco_buffer_text(buffer, "dense_resource<__elided__>");
  } else {
    coco_buffer_text(buffer, "dense<");
    write_literal(buffer, attribute, limit);
    coco_buffer_byte(buffer, '>');
  }
}

static void write_dense_array(coco_printer *printer, coco_buffer *buffer, const coco_attribute *attribute) {
  size_t size = coco_type_element_size(attribute->type);
  coco_buffer_text(buffer, "array<");
  coco_write_type(printer, buffer, attribute->type);
  for (size_t i = 0; i < attribute->count; i++) {
    coco_buffer_text(buffer, i ? ", " : ": ");
    write_element(buffer, attribute->type, (const uint8_t *)attribute->data + i * size);
  }
  coco_buffer_byte(buffer, '>');
}

static void write_sparse(coco_printer *printer, coco_buffer *buffer, const coco_attribute *attribute) {
  const coco_attribute *indices = attribute->elements[0], *values = attribute->elements[1];
  size_t limit = printer && printer->options.hex_elements_over ? printer->options.hex_elements_over : 100;
  coco_buffer_text(buffer, "sparse<");
  if (coco_type_element_count(indices->type)) {
    write_literal(buffer, indices, SIZE_MAX);
    coco_buffer_append(buffer, ", ", 2);
    write_literal(buffer, values, limit);
  }
  coco_buffer_byte(buffer, '>');
}

void coco_write_elements(coco_printer *printer, coco_buffer *buffer, const coco_attribute *attribute,
                         coco_type_elision elision) {
  if (attribute->kind == COCO_ATTRIBUTE_DENSE_ARRAY) {
    write_dense_array(printer, buffer, attribute);
    return;
  }
  if (attribute->kind == COCO_ATTRIBUTE_DENSE_RESOURCE) {
    coco_buffer_text(buffer, "dense_resource<");
    coco_write_key(buffer, attribute->resource->name);
    coco_buffer_byte(buffer, '>');
    if (printer) coco_printer_resource(printer, attribute->resource);
  } else if (attribute->kind == COCO_ATTRIBUTE_SPARSE) {
    write_sparse(printer, buffer, attribute);
  } else {
    write_dense(printer, buffer, attribute);
  }
  if (elision == COCO_ELIDE_TYPE) return;
  coco_buffer_append(buffer, " : ", 3);
  coco_write_type(printer, buffer, attribute->type);
}
