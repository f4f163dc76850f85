/* Custom forms of branches: a block, and the values for its arguments. */
#include "dialects/cf/cf.h"
#include "dialects/cf/hooks.h"
#include "dialects/shared/syntax.h"

/* ^block ( (operands : types) )? */
static coco_status parse_target(coco_parser *parser, coco_operation_state *state, int32_t *out_count) {
  coco_operand_list list;
  const coco_type **types = NULL;
  size_t type_count = 0;
  *out_count = 0;
  COCO_TRY(coco_parse_successor(parser, state));
  if (!coco_parse_optional(parser, "(")) return COCO_OK;
  if (coco_parse_optional(parser, ")")) return COCO_OK;
  COCO_TRY(coco_parse_operands(parser, &list.items, &list.count));
  COCO_TRY(coco_parse_expected(parser, ":"));
  COCO_TRY(coco_parse_type_list(parser, &types, &type_count));
  COCO_TRY(coco_parse_expected(parser, ")"));
  if (type_count != list.count || list.count > INT32_MAX)
    return coco_parser_error(parser, "%zu operands present, but expected %zu", list.count, type_count);
  *out_count = (int32_t)list.count;
  return coco_parse_add_operand_list(parser, state, &list, types);
}

static void print_target(coco_printer *printer, const coco_operation *operation, size_t successor, size_t group) {
  size_t start, count;
  coco_operation_operand_group(operation, group, &start, &count);
  coco_printer_successor(printer, coco_operation_successor(operation, successor));
  if (count == 0) return;
  coco_printer_text(printer, "(");
  coco_printer_values(printer, operation, start, count);
  coco_printer_text(printer, " : ");
  coco_printer_types_of_operands(printer, operation, start, count);
  coco_printer_text(printer, ")");
}

coco_status coco_cf_parse_br(coco_parser *parser, coco_operation_state *state) {
  int32_t count;
  COCO_TRY(parse_target(parser, state, &count));
  return coco_parse_attribute_dictionary(parser, state);
}

void coco_cf_print_br(coco_printer *printer, const coco_operation *operation) {
  coco_printer_text(printer, " ");
  print_target(printer, operation, 0, offsetof(struct coco_cf_br_operands, destOperands));
  coco_printer_attribute_dictionary(printer, operation, NULL, false);
}

coco_status coco_cf_parse_cond_br(coco_parser *parser, coco_operation_state *state) {
  coco_unresolved condition;
  int32_t sizes[3] = {1, 0, 0};
  const coco_type *bit = coco_type_integer(coco_parser_context(parser), 1);
  if (!bit) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_parse_operand(parser, &condition));
  COCO_TRY(coco_parse_add_operand(parser, state, &condition, bit));
  COCO_TRY(coco_parse_expected(parser, ","));
  COCO_TRY(parse_target(parser, state, &sizes[1]));
  COCO_TRY(coco_parse_expected(parser, ","));
  COCO_TRY(parse_target(parser, state, &sizes[2]));
  COCO_TRY(coco_parse_attribute_dictionary(parser, state));
  return coco_parse_set_segments(parser, state, sizes, 3);
}

void coco_cf_print_cond_br(coco_printer *printer, const coco_operation *operation) {
  static const char *const elided[] = {"operandSegmentSizes", NULL};
  coco_printer_text(printer, " ");
  coco_printer_values(printer, operation, 0, 1);
  coco_printer_text(printer, ", ");
  print_target(printer, operation, 0, offsetof(struct coco_cf_cond_br_operands, trueDestOperands));
  coco_printer_text(printer, ", ");
  print_target(printer, operation, 1, offsetof(struct coco_cf_cond_br_operands, falseDestOperands));
  coco_printer_attribute_dictionary(printer, operation, elided, false);
}
