/* Writing the custom form that a row's `format` describes. Spaces follow the rules in docs/assembly-format.md. */
#include "ir/text/printer_internal.h"

typedef struct writing {
  coco_printer *printer;
  const coco_operation *operation;
  const coco_format *format;
  bool space;            /* the next element may want a space before it */
  bool last_punctuation; /* the last literal was punctuation */
} writing;

static bool is_one_of(char c, const char *set) { return c && strchr(set, c); }

static bool wants_space(coco_string literal, bool last_punctuation) {
  bool arrow = coco_string_equal(literal, COCO_STRING("->"));
  if (literal.size != 1 && !arrow) return true;
  return !is_one_of(literal.data[0], last_punctuation ? ">)}]," : "<>(){}[],");
}

static void write_literal(writing *w, coco_string text) {
  coco_buffer *buffer = w->printer->buffer;
  if (w->space && wants_space(text, w->last_punctuation)) coco_buffer_byte(buffer, ' ');
  coco_buffer_string(buffer, text);
  char first = text.data[0];
  w->space = text.size != 1 || !is_one_of(first, "<({[");
  w->last_punctuation = first != '_' && !((first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z'));
}

static void begin_value(writing *w) {
  if (w->space || !w->last_punctuation) coco_buffer_byte(w->printer->buffer, ' ');
  w->space = true;
  w->last_punctuation = false;
}

/* ---- Attributes ---- */

static void write_numbers(coco_buffer *buffer, const coco_attribute *list) {
  coco_buffer_byte(buffer, '[');
  for (size_t i = 0; i < list->count; i++) {
    if (i) coco_buffer_append(buffer, ", ", 2);
    size_t size = coco_type_element_size(list->type);
    int64_t value = coco_element_read_integer(list->type, (const uint8_t *)list->data + i * size);
    if (coco_type_is_integer(list->type, 1)) coco_buffer_text(buffer, value ? "true" : "false");
    else coco_buffer_integer(buffer, value);
  }
  coco_buffer_byte(buffer, ']');
}

static void write_attribute(writing *w, size_t index) {
  const coco_attribute_row *row = &w->operation->definition->attributes[index];
  const coco_attribute *value = w->operation->properties[index];
  coco_printer *printer = w->printer;
  if (!value || row->kind == COCO_IS_UNIT) return;
  begin_value(w);
  switch (row->kind) {
    case COCO_IS_I64: case COCO_IS_I32: case COCO_IS_INDEX: case COCO_IS_F32:
      coco_printer_attribute_without_type(printer, value);
      return;
    case COCO_IS_STRING:
      if (row->detail && value->kind == COCO_ATTRIBUTE_STRING) coco_buffer_string(printer->buffer, value->text);
      else coco_printer_attribute(printer, value);
      return;
    case COCO_IS_SYMBOL_NAME:
      if (value->kind == COCO_ATTRIBUTE_STRING) coco_print_symbol_name(printer->buffer, value->text);
      else coco_printer_attribute(printer, value);
      return;
    case COCO_IS_I64_ARRAY: case COCO_IS_I32_ARRAY: case COCO_IS_BOOL_ARRAY:
      if (value->kind == COCO_ATTRIBUTE_DENSE_ARRAY) write_numbers(printer->buffer, value);
      else coco_printer_attribute(printer, value);
      return;
    default: coco_printer_attribute(printer, value);
  }
}

/* ---- Regions, successors, types ---- */

/* A terminator that reading would add by itself. */
static bool is_implicit(const coco_operation *operation, const coco_region *region) {
  const coco_operation_definition *row = operation->definition;
  const coco_operation *last = region->last ? region->last->last : NULL;
  if (!(row->traits & COCO_IMPLICIT_TERMINATOR) || !row->terminator || !last) return false;
  if (strcmp(last->definition->name, row->terminator) || last->operand_count || last->successor_count ||
      last->attributes)
    return false;
  for (size_t i = 0; i < last->definition->attribute_count; i++) {
    if (last->properties[i]) return false;
  }
  return !region->first->next;
}

static void write_region(writing *w, size_t index) {
  const coco_region *region = coco_operation_region(w->operation, index);
  if (index >= w->operation->region_count) return;
  begin_value(w);
  coco_printer_region(w->printer, region, true, !is_implicit(w->operation, region));
}

static void write_regions(writing *w) {
  for (uint16_t i = 0; i < w->operation->region_count; i++) {
    if (i) coco_buffer_byte(w->printer->buffer, ',');
    write_region(w, i);
  }
}

static void write_successors(writing *w) {
  begin_value(w);
  for (uint16_t i = 0; i < w->operation->successor_count; i++) {
    if (i) coco_buffer_append(w->printer->buffer, ", ", 2);
    coco_write_block_name(w->printer, coco_operation_successor(w->operation, i));
  }
}

static void write_operand_group(writing *w, size_t group, bool types) {
  size_t start, count;
  coco_operation_operand_group(w->operation, group, &start, &count);
  if (!count) return;
  begin_value(w);
  coco_write_segment_list(w->printer, w->operation, start, count, types);
}

static void write_all_operands(writing *w, bool types) {
  if (!w->operation->operand_count) return;
  begin_value(w);
  coco_write_segment_list(w->printer, w->operation, 0, w->operation->operand_count, types);
}

static void write_results(writing *w, size_t start, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (i) coco_buffer_append(w->printer->buffer, ", ", 2);
    coco_printer_type(w->printer, w->operation->results[start + i].type);
  }
}

static void write_result_group(writing *w, size_t group) {
  size_t start, count;
  coco_operation_result_group(w->operation, group, &start, &count);
  if (!count || start + count > w->operation->result_count) return;
  begin_value(w);
  write_results(w, start, count);
}

static void write_functional(writing *w, const coco_format_element *element) {
  const coco_operation *operation = w->operation;
  size_t start = 0, count = operation->operand_count, first = 0, results = operation->result_count;
  if (element->index) coco_operation_operand_group(operation, element->index - 1u, &start, &count);
  if (element->length) coco_operation_result_group(operation, element->length - 1u, &first, &results);
  begin_value(w);
  coco_buffer_byte(w->printer->buffer, '(');
  coco_write_segment_list(w->printer, operation, start, count, true);
  coco_buffer_append(w->printer->buffer, ") -> ", 5);
  coco_write_result_types(w->printer, operation->results + first, results);
}

/* ---- Elements ---- */

static void write_element(writing *w, const coco_format_element *element) {
  switch (element->kind) {
    case COCO_FORMAT_LITERAL: write_literal(w, element->text); return;
    case COCO_FORMAT_SPACE:
      coco_buffer_string(w->printer->buffer, element->text);
      w->space = false;
      w->last_punctuation = true;
      return;
    case COCO_FORMAT_OPERAND: write_operand_group(w, element->index, false); return;
    case COCO_FORMAT_OPERANDS: write_all_operands(w, false); return;
    case COCO_FORMAT_ATTRIBUTE: write_attribute(w, element->index); return;
    case COCO_FORMAT_REGION: write_region(w, element->index); return;
    case COCO_FORMAT_REGIONS: write_regions(w); return;
    case COCO_FORMAT_SUCCESSORS: write_successors(w); return;
    case COCO_FORMAT_OPERAND_TYPE: write_operand_group(w, element->index, true); return;
    case COCO_FORMAT_OPERAND_TYPES: write_all_operands(w, true); return;
    case COCO_FORMAT_RESULT_TYPE: write_result_group(w, element->index); return;
    case COCO_FORMAT_RESULT_TYPES:
      if (w->operation->result_count) begin_value(w);
      write_results(w, 0, w->operation->result_count);
      return;
    case COCO_FORMAT_FUNCTIONAL_TYPE: write_functional(w, element); return;
    case COCO_FORMAT_DICTIONARY:
    case COCO_FORMAT_DICTIONARY_WITH_KEYWORD:
      coco_printer_attribute_dictionary(w->printer, w->operation, w->format->elided,
                                        element->kind == COCO_FORMAT_DICTIONARY_WITH_KEYWORD);
      w->space = true;
      w->last_punctuation = false;
      return;
    case COCO_FORMAT_GROUP: return;
  }
}

/* Whether what anchors an optional group is there. */
static bool is_present(const writing *w, const coco_format_element *anchor) {
  const coco_operation *operation = w->operation;
  size_t start, count = 0;
  switch (anchor->kind) {
    case COCO_FORMAT_OPERAND:
    case COCO_FORMAT_OPERAND_TYPE: coco_operation_operand_group(operation, anchor->index, &start, &count); return count;
    case COCO_FORMAT_RESULT_TYPE: coco_operation_result_group(operation, anchor->index, &start, &count); return count;
    case COCO_FORMAT_OPERANDS:
    case COCO_FORMAT_OPERAND_TYPES: return operation->operand_count;
    case COCO_FORMAT_RESULT_TYPES: return operation->result_count;
    case COCO_FORMAT_ATTRIBUTE: return operation->properties[anchor->index];
    case COCO_FORMAT_REGION:
      return anchor->index < operation->region_count && coco_operation_region(operation, anchor->index)->first;
    case COCO_FORMAT_REGIONS: return operation->region_count;
    case COCO_FORMAT_SUCCESSORS: return operation->successor_count;
    default: return true;
  }
}

void coco_write_custom_format(coco_printer *printer, const coco_operation *operation, const coco_format *format) {
  writing whole = {printer, operation, format, true, false};
  for (size_t i = 0; i < format->count; i++) {
    const coco_format_element *element = &format->elements[i];
    if (element->kind == COCO_FORMAT_GROUP) {
      if (!is_present(&whole, element + 1 + element->index)) i += element->length;
    } else {
      write_element(&whole, element);
    }
  }
}
