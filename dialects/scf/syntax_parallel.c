/* Custom forms of scf.parallel and scf.reduce. */
#include "dialects/scf/scf.h"
#include "dialects/scf/hooks.h"
#include "dialects/shared/syntax.h"

static coco_status parse_parenthesised(coco_parser *parser, coco_operand_list *out) {
  *out = (coco_operand_list){0};
  COCO_TRY(coco_parse_expected(parser, "("));
  if (!coco_parse_at(parser, ")")) COCO_TRY(coco_parse_operands(parser, &out->items, &out->count));
  return coco_parse_expected(parser, ")");
}

/* scf.parallel (%i, …) = (lower) to (upper) step (step) (init (…))? (-> types)? { … } */
coco_status coco_scf_parse_parallel(coco_parser *parser, coco_operation_state *state) {
  static const char *const words[3] = {"=", "to", "step"};
  coco_operand_list counters, groups[4] = {{0}};
  const coco_type *index = coco_type_index(coco_parser_context(parser));
  if (!index) return COCO_OUT_OF_MEMORY;
  COCO_TRY(parse_parenthesised(parser, &counters));
  for (size_t i = 0; i < 3; i++) {
    COCO_TRY(coco_parse_expected(parser, words[i]));
    COCO_TRY(parse_parenthesised(parser, &groups[i]));
    if (groups[i].count != counters.count)
      return coco_parser_error(parser, "expected %zu operands, but found %zu", counters.count, groups[i].count);
  }
  if (coco_parse_optional(parser, "init")) COCO_TRY(parse_parenthesised(parser, &groups[3]));
  COCO_TRY(coco_parse_optional_arrow_results(parser, state, NULL));
  if (state->result_count != groups[3].count)
    return coco_parser_error(parser, "expects number of results: %zu to be the same as number of initial values: %zu",
                             state->result_count, groups[3].count);
  const coco_type **types = coco_arena_allocate_zeroed(coco_parser_scratch(parser), counters.count + 1, sizeof *types);
  if (!types) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < counters.count; i++) types[i] = index;
  for (size_t i = 0; i < 3; i++) COCO_TRY(coco_parse_add_operand_list(parser, state, &groups[i], types));
  COCO_TRY(coco_parse_add_operand_list(parser, state, &groups[3], state->result_types));
  int32_t sizes[4];
  for (size_t i = 0; i < 4; i++) sizes[i] = (int32_t)groups[i].count;
  COCO_TRY(coco_parse_set_segments(parser, state, sizes, 4));
  COCO_TRY(coco_parse_region(parser, state, counters.items, types, counters.count));
  return coco_parse_attribute_dictionary(parser, state);
}

void coco_scf_print_parallel(coco_printer *printer, const coco_operation *operation) {
  static const char *const elided[] = {"operandSegmentSizes", NULL};
  static const char *const words[4] = {") = (", ") to (", ") step (", ") init ("};
  const coco_block *body = coco_operation_body(operation, 0);
  coco_printer_text(printer, " (");
  for (size_t i = 0; i < body->argument_count; i++) {
    if (i) coco_printer_text(printer, ", ");
    coco_printer_value(printer, body->arguments[i]);
  }
  for (size_t group = 0; group < 4; group++) {
    size_t start, count;
    coco_operation_operand_group(operation, group, &start, &count);
    if (group == 3 && count == 0) break;
    coco_printer_text(printer, words[group]);
    coco_printer_values(printer, operation, start, count);
  }
  coco_printer_text(printer, ")");
  coco_printer_arrow_results(printer, operation, false);
  coco_printer_text(printer, " ");
  coco_printer_region(printer, coco_operation_region(operation, 0), false, true);
  coco_printer_attribute_dictionary(printer, operation, elided, false);
}

/* scf.reduce ( (operands : types) { … }, { … } )? */
coco_status coco_scf_parse_reduce(coco_parser *parser, coco_operation_state *state) {
  coco_operand_list operands = {0};
  const coco_type **types = NULL;
  size_t type_count = 0;
  if (coco_parse_optional(parser, "(") && !coco_parse_optional(parser, ")")) {
    COCO_TRY(coco_parse_operands(parser, &operands.items, &operands.count));
    COCO_TRY(coco_parse_expected(parser, ":"));
    COCO_TRY(coco_parse_type_list(parser, &types, &type_count));
    COCO_TRY(coco_parse_expected(parser, ")"));
    if (type_count != operands.count)
      return coco_parser_error(parser, "%zu operands present, but expected %zu", operands.count, type_count);
  }
  COCO_TRY(coco_parse_add_operand_list(parser, state, &operands, types));
  for (size_t i = 0; i < operands.count; i++) {
    if (i) COCO_TRY(coco_parse_expected(parser, ","));
    COCO_TRY(coco_parse_region(parser, state, NULL, NULL, 0));
  }
  return coco_parse_attribute_dictionary(parser, state);
}

void coco_scf_print_reduce(coco_printer *printer, const coco_operation *operation) {
  if (operation->operand_count) {
    coco_printer_text(printer, "(");
    coco_printer_values(printer, operation, 0, operation->operand_count);
    coco_printer_text(printer, " : ");
    coco_printer_types_of_operands(printer, operation, 0, operation->operand_count);
    coco_printer_text(printer, ")");
  }
  for (size_t i = 0; i < operation->region_count; i++) {
    coco_printer_text(printer, i ? ", " : " ");
    coco_printer_region(printer, coco_operation_region(operation, i), true, true);
  }
  coco_printer_attribute_dictionary(printer, operation, NULL, false);
}
