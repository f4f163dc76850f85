/* Custom forms of vector operations with positions and reduction kinds. */
#include "dialects/vector/vector.h"
#include "dialects/vector/hooks.h"
#include "dialects/shared/syntax.h"

static const char *const position_elided[] = {"static_position", NULL};

static coco_status parse_position(coco_parser *parser, coco_operation_state *state, coco_operand_list *out) {
  const coco_attribute *statics;
  COCO_TRY(coco_parse_index_list(parser, &statics, &out->items, &out->count));
  return coco_parse_add_attribute(parser, state, "static_position", statics);
}

static coco_status add_position(coco_parser *parser, coco_operation_state *state, const coco_operand_list *position) {
  const coco_type *index = coco_type_index(coco_parser_context(parser));
  if (!index) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < position->count; i++)
    COCO_TRY(coco_parse_add_operand(parser, state, &position->items[i], index));
  return COCO_OK;
}

/* vector[position] attr-dict : result from vector */
coco_status coco_vector_parse_extract(coco_parser *parser, coco_operation_state *state) {
  coco_unresolved vector;
  coco_operand_list position;
  const coco_type *result, *from;
  COCO_TRY(coco_parse_operand(parser, &vector));
  COCO_TRY(parse_position(parser, state, &position));
  COCO_TRY(coco_parse_attribute_dictionary(parser, state));
  COCO_TRY(coco_parse_expected(parser, ":"));
  COCO_TRY(coco_parse_type(parser, &result));
  COCO_TRY(coco_parse_expected(parser, "from"));
  COCO_TRY(coco_parse_type(parser, &from));
  COCO_TRY(coco_parse_add_operand(parser, state, &vector, from));
  COCO_TRY(add_position(parser, state, &position));
  return coco_parse_add_result_type(parser, state, result);
}

void coco_vector_print_extract(coco_printer *printer, const coco_operation *operation) {
  coco_printer_text(printer, " ");
  coco_printer_values(printer, operation, 0, 1);
  coco_printer_index_list(printer, COCO_PROPERTY(operation, vector_extract, static_position), operation, 1);
  coco_printer_attribute_dictionary(printer, operation, position_elided, false);
  coco_printer_text(printer, " : ");
  coco_printer_type(printer, operation->results[0].type);
  coco_printer_text(printer, " from ");
  coco_printer_types_of_operands(printer, operation, 0, 1);
}

/* source, dest [position] attr-dict : source into dest */
coco_status coco_vector_parse_insert(coco_parser *parser, coco_operation_state *state) {
  coco_unresolved source, dest;
  coco_operand_list position;
  const coco_type *types[2];
  COCO_TRY(coco_parse_operand(parser, &source));
  COCO_TRY(coco_parse_expected(parser, ","));
  COCO_TRY(coco_parse_operand(parser, &dest));
  COCO_TRY(parse_position(parser, state, &position));
  COCO_TRY(coco_parse_attribute_dictionary(parser, state));
  COCO_TRY(coco_parse_expected(parser, ":"));
  COCO_TRY(coco_parse_type(parser, &types[0]));
  COCO_TRY(coco_parse_expected(parser, "into"));
  COCO_TRY(coco_parse_type(parser, &types[1]));
  COCO_TRY(coco_parse_add_operand(parser, state, &source, types[0]));
  COCO_TRY(coco_parse_add_operand(parser, state, &dest, types[1]));
  COCO_TRY(add_position(parser, state, &position));
  return coco_parse_add_result_type(parser, state, types[1]);
}

void coco_vector_print_insert(coco_printer *printer, const coco_operation *operation) {
  coco_printer_text(printer, " ");
  coco_printer_values(printer, operation, 0, 2);
  coco_printer_text(printer, " ");
  coco_printer_index_list(printer, COCO_PROPERTY(operation, vector_insert, static_position), operation, 2);
  coco_printer_attribute_dictionary(printer, operation, position_elided, false);
  coco_printer_text(printer, " : ");
  coco_printer_types_of_operands(printer, operation, 0, 1);
  coco_printer_text(printer, " into ");
  coco_printer_types_of_operands(printer, operation, 1, 1);
}

/* <kind>, vector (, acc)? (fastmath<…>)? attr-dict : vector into result */
coco_status coco_vector_parse_reduction(coco_parser *parser, coco_operation_state *state) {
  const coco_attribute *attribute;
  coco_operand_list operands;
  const coco_type *from, *to;
  COCO_TRY(coco_parse_flags(parser, "vector.kind", ",", &attribute));
  COCO_TRY(coco_parse_add_attribute(parser, state, "kind", attribute));
  COCO_TRY(coco_parse_expected(parser, ","));
  COCO_TRY(coco_parse_operands(parser, &operands.items, &operands.count));
  if (operands.count < 1 || operands.count > 2)
    return coco_parser_error(parser, "expected a vector and maybe an accumulator");
  if (coco_parse_optional(parser, "fastmath")) {
    COCO_TRY(coco_parse_flags(parser, "arith.fastmath", ",", &attribute));
    COCO_TRY(coco_parse_add_attribute(parser, state, "fastmath", attribute));
  }
  COCO_TRY(coco_parse_attribute_dictionary(parser, state));
  COCO_TRY(coco_parse_expected(parser, ":"));
  COCO_TRY(coco_parse_type(parser, &from));
  COCO_TRY(coco_parse_expected(parser, "into"));
  COCO_TRY(coco_parse_type(parser, &to));
  COCO_TRY(coco_parse_add_operand_list(parser, state, &operands, (const coco_type *const[]){from, to}));
  return coco_parse_add_result_type(parser, state, to);
}

void coco_vector_print_reduction(coco_printer *printer, const coco_operation *operation) {
  static const char *const elided[] = {"kind", "fastmath", NULL};
  coco_printer_flags(printer, "", COCO_PROPERTY(operation, vector_reduction, kind));
  coco_printer_text(printer, ", ");
  coco_printer_values(printer, operation, 0, operation->operand_count);
  coco_printer_flags(printer, "fastmath", COCO_PROPERTY(operation, vector_reduction, fastmath));
  coco_printer_attribute_dictionary(printer, operation, elided, false);
  coco_printer_text(printer, " : ");
  coco_printer_types_of_operands(printer, operation, 0, 1);
  coco_printer_text(printer, " into ");
  coco_printer_type(printer, operation->results[0].type);
}
