/* Custom forms of arith and math that the format language cannot say: flags, predicates, rounding modes. */
#include "dialects/arith/arith.h"
#include "dialects/arith/hooks.h"
#include "dialects/arith/predicates.h"
#include "dialects/shared/syntax.h"

/* The flag property of a row: its name, the keyword before it, and its attribute's name. */
typedef struct flag_kind {
  const char *property, *keyword, *attribute, *separator;
} flag_kind;
static const flag_kind flag_kinds[] = {{"fastmath", "fastmath", "arith.fastmath", ","},
                                       {"overflowFlags", "overflow", "arith.overflow", ", "}};

/* The flags of OPERATION's row; *out_index is its property. NULL: it has none. */
static const flag_kind *flags_of(const coco_operation_definition *definition, size_t *out_index) {
  for (size_t i = 0; i < sizeof flag_kinds / sizeof *flag_kinds; i++) {
    *out_index = coco_definition_attribute_index(definition, coco_string_from(flag_kinds[i].property));
    if (*out_index < definition->attribute_count) return &flag_kinds[i];
  }
  return NULL;
}

static coco_status parse_optional_flags(coco_parser *parser, coco_operation_state *state) {
  size_t index;
  const flag_kind *kind = flags_of(state->definition, &index);
  if (!kind || !coco_parse_optional(parser, kind->keyword)) return COCO_OK;
  const coco_attribute *flags;
  COCO_TRY(coco_parse_flags(parser, kind->attribute, kind->separator, &flags));
  return coco_parse_add_attribute(parser, state, kind->property, flags);
}

static void print_flags(coco_printer *printer, const coco_operation *operation) {
  size_t index;
  const flag_kind *kind = flags_of(operation->definition, &index);
  if (kind) coco_printer_flags(printer, kind->keyword, operation->properties[index]);
}

static coco_status parse_row_operands(coco_parser *parser, coco_operation_state *state, coco_operand_list *out) {
  size_t wanted = state->definition->operand_row_count;
  COCO_TRY(coco_parse_operands(parser, &out->items, &out->count));
  if (out->count != wanted)
    return coco_parser_error(parser, "'%s' expected %zu operand%s", state->definition->name, wanted,
                             wanted == 1 ? "" : "s");
  return COCO_OK;
}

static coco_status add_operands(coco_parser *parser, coco_operation_state *state, const coco_operand_list *list,
                                const coco_type *type) {
  for (size_t i = 0; i < list->count; i++) COCO_TRY(coco_parse_add_operand(parser, state, &list->items[i], type));
  return COCO_OK;
}

/* operands (flags)? attr-dict : type — one type for all operands and the result. */
coco_status coco_arith_parse_flagged(coco_parser *parser, coco_operation_state *state) {
  coco_operand_list operands;
  const coco_type *type;
  COCO_TRY(parse_row_operands(parser, state, &operands));
  COCO_TRY(parse_optional_flags(parser, state));
  COCO_TRY(coco_parse_attribute_dictionary(parser, state));
  COCO_TRY(coco_parse_expected(parser, ":"));
  COCO_TRY(coco_parse_type(parser, &type));
  COCO_TRY(add_operands(parser, state, &operands, type));
  return coco_parse_add_result_type(parser, state, type);
}

void coco_arith_print_flagged(coco_printer *printer, const coco_operation *operation) {
  static const char *const elided[] = {"fastmath", "overflowFlags", NULL};
  coco_printer_text(printer, " ");
  coco_printer_values(printer, operation, 0, operation->operand_count);
  print_flags(printer, operation);
  coco_printer_attribute_dictionary(printer, operation, elided, false);
  coco_printer_text(printer, " : ");
  coco_printer_type(printer, operation->results[0].type);
}

/* predicate, lhs, rhs (flags)? attr-dict : type of the operands */
coco_status coco_arith_parse_compare(coco_parser *parser, coco_operation_state *state) {
  coco_string word;
  coco_operand_list operands;
  const coco_type *type;
  COCO_TRY(coco_parse_keyword(parser, &word));
  int64_t predicate = coco_arith_predicate_from_text(state->definition == &coco_arith_cmpf, word);
  if (predicate < 0)
    return coco_parser_error(parser, "'%s' has no predicate '%.*s'", state->definition->name, COCO_PRINT(word));
  const coco_attribute *attribute = coco_attribute_i64(coco_parser_context(parser), predicate);
  if (!attribute) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_parse_add_attribute(parser, state, "predicate", attribute));
  COCO_TRY(coco_parse_expected(parser, ","));
  COCO_TRY(parse_row_operands(parser, state, &operands));
  COCO_TRY(parse_optional_flags(parser, state));
  COCO_TRY(coco_parse_attribute_dictionary(parser, state));
  COCO_TRY(coco_parse_expected(parser, ":"));
  COCO_TRY(coco_parse_type(parser, &type));
  return add_operands(parser, state, &operands, type);
}

void coco_arith_print_compare(coco_printer *printer, const coco_operation *operation) {
  static const char *const elided[] = {"predicate", "fastmath", NULL};
  bool is_float = operation->definition == &coco_arith_cmpf;
  const coco_attribute *predicate =
      is_float ? COCO_PROPERTY(operation, arith_cmpf, predicate) : COCO_PROPERTY(operation, arith_cmpi, predicate);
  coco_printer_text(printer, " ");
  coco_printer_text(printer, coco_arith_predicate_text(is_float, coco_property_integer(predicate, 0)));
  coco_printer_text(printer, ", ");
  coco_printer_values(printer, operation, 0, operation->operand_count);
  print_flags(printer, operation);
  coco_printer_attribute_dictionary(printer, operation, elided, false);
  coco_printer_text(printer, " : ");
  coco_printer_type(printer, coco_operation_operand(operation, 0)->type);
}

/* condition, a, b attr-dict : (type of the condition,)? type of the values */
coco_status coco_arith_parse_select(coco_parser *parser, coco_operation_state *state) {
  coco_operand_list operands;
  const coco_type *types[3];
  COCO_TRY(parse_row_operands(parser, state, &operands));
  COCO_TRY(coco_parse_attribute_dictionary(parser, state));
  COCO_TRY(coco_parse_expected(parser, ":"));
  COCO_TRY(coco_parse_type(parser, &types[1]));
  if (coco_parse_optional(parser, ",")) {
    types[0] = types[1];
    COCO_TRY(coco_parse_type(parser, &types[1]));
  } else {
    types[0] = coco_type_integer(coco_parser_context(parser), 1);
    if (!types[0]) return COCO_OUT_OF_MEMORY;
  }
  types[2] = types[1];
  COCO_TRY(coco_parse_add_operand_list(parser, state, &operands, types));
  return coco_parse_add_result_type(parser, state, types[1]);
}

void coco_arith_print_select(coco_printer *printer, const coco_operation *operation) {
  const coco_type *condition = coco_operation_operand(operation, 0)->type;
  coco_printer_text(printer, " ");
  coco_printer_values(printer, operation, 0, operation->operand_count);
  coco_printer_attribute_dictionary(printer, operation, NULL, false);
  coco_printer_text(printer, " : ");
  if (condition->kind != COCO_TYPE_INTEGER) {
    coco_printer_type(printer, condition);
    coco_printer_text(printer, ", ");
  }
  coco_printer_type(printer, operation->results[0].type);
}

/* in (rounding mode)? attr-dict : type to type */
coco_status coco_arith_parse_truncf(coco_parser *parser, coco_operation_state *state) {
  coco_unresolved operand;
  coco_string word;
  const coco_type *from, *to;
  COCO_TRY(coco_parse_operand(parser, &operand));
  if (coco_parse_optional_keyword(parser, &word)) {
    int64_t mode = coco_arith_rounding_from_text(word);
    if (mode < 0) return coco_parser_error(parser, "'arith.truncf' has no rounding mode '%.*s'", COCO_PRINT(word));
    const coco_attribute *attribute = coco_attribute_i32(coco_parser_context(parser), (int32_t)mode);
    if (!attribute) return COCO_OUT_OF_MEMORY;
    COCO_TRY(coco_parse_add_attribute(parser, state, "roundingmode", attribute));
  }
  COCO_TRY(coco_parse_attribute_dictionary(parser, state));
  COCO_TRY(coco_parse_expected(parser, ":"));
  COCO_TRY(coco_parse_type(parser, &from));
  COCO_TRY(coco_parse_expected(parser, "to"));
  COCO_TRY(coco_parse_type(parser, &to));
  COCO_TRY(coco_parse_add_operand(parser, state, &operand, from));
  return coco_parse_add_result_type(parser, state, to);
}

void coco_arith_print_truncf(coco_printer *printer, const coco_operation *operation) {
  static const char *const elided[] = {"roundingmode", NULL};
  const coco_attribute *mode = COCO_PROPERTY(operation, arith_truncf, roundingmode);
  coco_printer_text(printer, " ");
  coco_printer_values(printer, operation, 0, 1);
  if (mode) {
    coco_printer_text(printer, " ");
    coco_printer_text(printer, coco_arith_rounding_text(coco_property_integer(mode, 0)));
  }
  coco_printer_attribute_dictionary(printer, operation, elided, false);
  coco_printer_text(printer, " : ");
  coco_printer_types_of_operands(printer, operation, 0, 1);
  coco_printer_text(printer, " to ");
  coco_printer_type(printer, operation->results[0].type);
}
