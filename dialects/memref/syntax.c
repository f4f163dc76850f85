/* Custom forms of memref operations with lists of numbers and operands, and of globals. */
#include "dialects/shared/syntax.h"

#include "dialects/memref/hooks.h"
#include "dialects/memref/memref.h"

/* ---- memref.alloc(%sizes)[%symbols] {…} : type ---- */

coco_status coco_memref_parse_alloc(coco_parser *parser, coco_operation_state *state) {
  const coco_type *type, *index = coco_type_index(coco_parser_context(parser));
  size_t sizes = 0, symbols = 0;
  if (!index) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_parse_expected(parser, "("));
  if (!coco_parse_at(parser, ")")) COCO_TRY(coco_parse_and_add_operands(parser, state, index, &sizes));
  COCO_TRY(coco_parse_expected(parser, ")"));
  if (coco_parse_optional(parser, "[")) {
    if (!coco_parse_at(parser, "]")) COCO_TRY(coco_parse_and_add_operands(parser, state, index, &symbols));
    COCO_TRY(coco_parse_expected(parser, "]"));
  }
  COCO_TRY(coco_parse_attribute_dictionary(parser, state));
  COCO_TRY(coco_parse_expected(parser, ":"));
  COCO_TRY(coco_parse_type(parser, &type));
  COCO_TRY(coco_parse_set_segments(parser, state, (const int32_t[]){(int32_t)sizes, (int32_t)symbols}, 2));
  return coco_parse_add_result_type(parser, state, type);
}

void coco_memref_print_alloc(coco_printer *printer, const coco_operation *operation) {
  static const char *const elided[] = {"operandSegmentSizes", NULL};
  size_t start, count;
  COCO_OPERAND_GROUP(operation, memref_alloc, dynamicSizes, &start, &count);
  coco_printer_text(printer, "(");
  coco_printer_values(printer, operation, start, count);
  coco_printer_text(printer, ")");
  COCO_OPERAND_GROUP(operation, memref_alloc, symbolOperands, &start, &count);
  if (count) {
    coco_printer_text(printer, "[");
    coco_printer_values(printer, operation, start, count);
    coco_printer_text(printer, "]");
  }
  coco_printer_attribute_dictionary(printer, operation, elided, false);
  coco_printer_text(printer, " : ");
  coco_printer_type(printer, operation->results[0].type);
}

/* ---- memref.prefetch %m[%i], read, locality<3>, data {…} : type ---- */

/* ", YES" or ", NO" as the property NAME. */
static coco_status parse_choice(coco_parser *parser, coco_operation_state *state, const char *name, const char *yes,
                                const char *no) {
  coco_string word;
  COCO_TRY(coco_parse_expected(parser, ","));
  COCO_TRY(coco_parse_keyword(parser, &word));
  const bool is_yes = coco_string_is(word, yes);
  if (!is_yes && !coco_string_is(word, no)) return coco_parser_error(parser, "expected '%s' or '%s'", yes, no);
  const coco_attribute *value = coco_attribute_bool(coco_parser_context(parser), is_yes);
  return value ? coco_parse_add_attribute(parser, state, name, value) : COCO_OUT_OF_MEMORY;
}

static coco_status parse_locality(coco_parser *parser, coco_operation_state *state) {
  int64_t locality;
  COCO_TRY(coco_parse_expected(parser, ","));
  COCO_TRY(coco_parse_expected(parser, "locality"));
  COCO_TRY(coco_parse_expected(parser, "<"));
  COCO_TRY(coco_parse_integer(parser, &locality));
  COCO_TRY(coco_parse_expected(parser, ">"));
  if (locality < 0 || locality > INT32_MAX) return coco_parser_error(parser, "expected a locality of 0 to 3");
  const coco_attribute *value = coco_attribute_i32(coco_parser_context(parser), (int32_t)locality);
  return value ? coco_parse_add_attribute(parser, state, "localityHint", value) : COCO_OUT_OF_MEMORY;
}

coco_status coco_memref_parse_prefetch(coco_parser *parser, coco_operation_state *state) {
  coco_unresolved memory;
  coco_operand_list indices;
  const coco_type *type, *index = coco_type_index(coco_parser_context(parser));
  if (!index) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_parse_operand(parser, &memory));
  COCO_TRY(coco_parse_expected(parser, "["));
  COCO_TRY(coco_parse_operands(parser, &indices.items, &indices.count));
  COCO_TRY(coco_parse_expected(parser, "]"));
  COCO_TRY(parse_choice(parser, state, "isWrite", "write", "read"));
  COCO_TRY(parse_locality(parser, state));
  COCO_TRY(parse_choice(parser, state, "isDataCache", "data", "instr"));
  COCO_TRY(coco_parse_attribute_dictionary(parser, state));
  COCO_TRY(coco_parse_expected(parser, ":"));
  COCO_TRY(coco_parse_type(parser, &type));
  COCO_TRY(coco_parse_add_operand(parser, state, &memory, type));
  for (size_t i = 0; i < indices.count; i++) COCO_TRY(coco_parse_add_operand(parser, state, &indices.items[i], index));
  return COCO_OK;
}

void coco_memref_print_prefetch(coco_printer *printer, const coco_operation *operation) {
  static const char *const elided[] = {"isWrite", "localityHint", "isDataCache", NULL};
  coco_printer_text(printer, " ");
  coco_printer_values(printer, operation, 0, 1);
  coco_printer_text(printer, "[");
  coco_printer_values(printer, operation, 1, operation->operand_count - 1u);
  coco_printer_text(printer, COCO_PROPERTY(operation, memref_prefetch, isWrite)->integer ? "], write, locality<"
                                                                                         : "], read, locality<");
  coco_printer_attribute_without_type(printer, COCO_PROPERTY(operation, memref_prefetch, localityHint));
  coco_printer_text(printer, COCO_PROPERTY(operation, memref_prefetch, isDataCache)->integer ? ">, data" : ">, instr");
  coco_printer_attribute_dictionary(printer, operation, elided, false);
  coco_printer_text(printer, " : ");
  coco_printer_types_of_operands(printer, operation, 0, 1);
}

/* ---- Views: offsets, sizes, strides ---- */

static const char *const view_lists[3] = {"static_offsets", "static_sizes", "static_strides"};
static const char *const view_elided[] = {"operandSegmentSizes", "static_offsets", "static_sizes", "static_strides",
                                          NULL};

/* source list list list attr-dict : type to type. BEFORE_LIST reads what stands before each. */
static coco_status parse_view(coco_parser *parser, coco_operation_state *state,
                              coco_status (*before_list)(coco_parser *parser, size_t index)) {
  coco_unresolved source;
  coco_operand_list lists[3];
  int32_t sizes[4] = {1};
  const coco_type *index = coco_type_index(coco_parser_context(parser)), *from, *to;
  if (!index) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_parse_operand(parser, &source));
  for (size_t i = 0; i < 3; i++) {
    const coco_attribute *statics;
    COCO_TRY(before_list(parser, i));
    COCO_TRY(coco_parse_index_list(parser, &statics, &lists[i].items, &lists[i].count));
    COCO_TRY(coco_parse_add_attribute(parser, state, view_lists[i], statics));
    sizes[i + 1] = (int32_t)lists[i].count;
  }
  COCO_TRY(coco_parse_attribute_dictionary(parser, state));
  COCO_TRY(coco_parse_expected(parser, ":"));
  COCO_TRY(coco_parse_type(parser, &from));
  COCO_TRY(coco_parse_expected(parser, "to"));
  COCO_TRY(coco_parse_type(parser, &to));
  COCO_TRY(coco_parse_add_operand(parser, state, &source, from));
  for (size_t i = 0; i < 3; i++)
    for (size_t j = 0; j < lists[i].count; j++)
      COCO_TRY(coco_parse_add_operand(parser, state, &lists[i].items[j], index));
  COCO_TRY(coco_parse_set_segments(parser, state, sizes, 4));
  return coco_parse_add_result_type(parser, state, to);
}

static void print_view(coco_printer *printer, const coco_operation *operation, const char *const *words) {
  coco_printer_text(printer, " ");
  coco_printer_values(printer, operation, 0, 1);
  for (size_t i = 0; i < 3; i++) {
    size_t start, count;
    coco_operation_operand_group(operation, i + 1, &start, &count);
    coco_printer_text(printer, words[i]);
    coco_printer_index_list(printer, coco_operation_get(operation, coco_string_from(view_lists[i])), operation, start);
  }
  coco_printer_attribute_dictionary(printer, operation, view_elided, false);
  coco_printer_text(printer, " : ");
  coco_printer_types_of_operands(printer, operation, 0, 1);
  coco_printer_text(printer, " to ");
  coco_printer_type(printer, operation->results[0].type);
}

static coco_status nothing_before(coco_parser *parser, size_t index) {
  (void)parser, (void)index;
  return COCO_OK;
}

/* source[offsets] [sizes] [strides] */
coco_status coco_memref_parse_subview(coco_parser *parser, coco_operation_state *state) {
  return parse_view(parser, state, nothing_before);
}

void coco_memref_print_subview(coco_printer *printer, const coco_operation *operation) {
  static const char *const words[3] = {"", " ", " "};
  print_view(printer, operation, words);
}

static coco_status word_before(coco_parser *parser, size_t index) {
  static const char *const words[3] = {"offset", "sizes", "strides"};
  COCO_TRY(coco_parse_expected(parser, index ? "," : "to"));
  COCO_TRY(coco_parse_expected(parser, words[index]));
  return coco_parse_expected(parser, ":");
}

/* source to offset: [o], sizes: [s, …], strides: [t, …] */
coco_status coco_memref_parse_reinterpret_cast(coco_parser *parser, coco_operation_state *state) {
  return parse_view(parser, state, word_before);
}

void coco_memref_print_reinterpret_cast(coco_printer *printer, const coco_operation *operation) {
  static const char *const words[3] = {" to offset: ", ", sizes: ", ", strides: "};
  print_view(printer, operation, words);
}

/* ---- memref.expand_shape %x [[0, 1], [2]] output_shape [2, %n, 4] : type into type ---- */

coco_status coco_memref_parse_expand_shape(coco_parser *parser, coco_operation_state *state) {
  coco_unresolved source;
  coco_operand_list shape;
  const coco_attribute *reassociation, *statics;
  const coco_type *from, *to, *index = coco_type_index(coco_parser_context(parser));
  if (!index) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_parse_operand(parser, &source));
  COCO_TRY(coco_parse_attribute(parser, NULL, &reassociation));
  COCO_TRY(coco_parse_add_attribute(parser, state, "reassociation", reassociation));
  COCO_TRY(coco_parse_expected(parser, "output_shape"));
  COCO_TRY(coco_parse_index_list(parser, &statics, &shape.items, &shape.count));
  COCO_TRY(coco_parse_add_attribute(parser, state, "static_output_shape", statics));
  COCO_TRY(coco_parse_attribute_dictionary(parser, state));
  COCO_TRY(coco_parse_expected(parser, ":"));
  COCO_TRY(coco_parse_type(parser, &from));
  COCO_TRY(coco_parse_expected(parser, "into"));
  COCO_TRY(coco_parse_type(parser, &to));
  COCO_TRY(coco_parse_add_operand(parser, state, &source, from));
  for (size_t i = 0; i < shape.count; i++) COCO_TRY(coco_parse_add_operand(parser, state, &shape.items[i], index));
  return coco_parse_add_result_type(parser, state, to);
}

void coco_memref_print_expand_shape(coco_printer *printer, const coco_operation *operation) {
  static const char *const elided[] = {"reassociation", "static_output_shape", NULL};
  coco_printer_text(printer, " ");
  coco_printer_values(printer, operation, 0, 1);
  coco_printer_text(printer, " ");
  coco_printer_attribute(printer, COCO_PROPERTY(operation, memref_expand_shape, reassociation));
  coco_printer_text(printer, " output_shape ");
  coco_printer_index_list(printer, COCO_PROPERTY(operation, memref_expand_shape, static_output_shape), operation, 1);
  coco_printer_attribute_dictionary(printer, operation, elided, false);
  coco_printer_text(printer, " : ");
  coco_printer_types_of_operands(printer, operation, 0, 1);
  coco_printer_text(printer, " into ");
  coco_printer_type(printer, operation->results[0].type);
}

/* ---- memref.global "private" constant @g : type = value {…} ---- */

static coco_status parse_initial_value(coco_parser *parser, coco_operation_state *state, const coco_type *memref) {
  coco_context *context = coco_parser_context(parser);
  const coco_attribute *value;
  if (coco_parse_optional(parser, "uninitialized")) {
    value = coco_attribute_unit(context);
    return value ? coco_parse_add_attribute(parser, state, "initial_value", value) : COCO_OUT_OF_MEMORY;
  }
  if (memref->kind != COCO_TYPE_MEMREF || !coco_type_has_static_shape(memref))
    return coco_parser_error(parser, "type should be static shaped memref, when it has a value");
  const coco_type *type = coco_type_tensor(context, memref->rank, memref->shape, memref->element, NULL);
  if (!type) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_parse_attribute(parser, type, &value));
  return coco_parse_add_attribute(parser, state, "initial_value", value);
}

coco_status coco_memref_parse_global(coco_parser *parser, coco_operation_state *state) {
  coco_context *context = coco_parser_context(parser);
  coco_string visibility;
  const coco_type *type;
  if (coco_parse_at(parser, "\"")) {
    COCO_TRY(coco_parse_string(parser, &visibility));
    COCO_TRY(coco_parse_add_string(parser, state, "sym_visibility", visibility));
  }
  if (coco_parse_optional(parser, "constant")) {
    const coco_attribute *unit = coco_attribute_unit(context);
    if (!unit) return COCO_OUT_OF_MEMORY;
    COCO_TRY(coco_parse_add_attribute(parser, state, "constant", unit));
  }
  COCO_TRY(coco_parse_symbol_name(parser, state));
  COCO_TRY(coco_parse_expected(parser, ":"));
  COCO_TRY(coco_parse_type(parser, &type));
  const coco_attribute *attribute = coco_attribute_type(context, type);
  if (!attribute) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_parse_add_attribute(parser, state, "type", attribute));
  if (coco_parse_optional(parser, "=")) COCO_TRY(parse_initial_value(parser, state, type));
  return coco_parse_attribute_dictionary(parser, state);
}

void coco_memref_print_global(coco_printer *printer, const coco_operation *operation) {
  static const char *const elided[] = {"sym_name", "sym_visibility", "constant", "initial_value", "type", NULL};
  const coco_attribute *visibility = COCO_PROPERTY(operation, memref_global, sym_visibility);
  const coco_attribute *value = COCO_PROPERTY(operation, memref_global, initial_value);
  coco_buffer *buffer = coco_printer_buffer(printer);
  if (visibility) {
    coco_printer_text(printer, " ");
    coco_print_string_literal(buffer, visibility->text);
  }
  if (COCO_PROPERTY(operation, memref_global, constant)) coco_printer_text(printer, " constant");
  coco_printer_text(printer, " ");
  coco_print_symbol_name(buffer, COCO_PROPERTY(operation, memref_global, sym_name)->text);
  coco_printer_text(printer, " : ");
  coco_printer_type(printer, COCO_PROPERTY(operation, memref_global, type)->type);
  if (value) {
    coco_printer_text(printer, " = ");
    if (value->kind == COCO_ATTRIBUTE_UNIT)
      coco_printer_text(printer, "uninitialized");
    else
      coco_printer_attribute_without_type(printer, value);
  }
  coco_printer_attribute_dictionary(printer, operation, elided, false);
}
