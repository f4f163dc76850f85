/* Custom forms of structured control flow: scf.for, scf.if, scf.while, scf.execute_region. */
#include "dialects/scf/scf.h"
#include "dialects/scf/hooks.h"
#include "dialects/shared/syntax.h"

/* ---- scf.for %i = %lb to %ub step %s iter_args(%a = %b) -> (t) : i32 { … } ---- */

typedef struct for_parts {
  coco_unresolved counter, bounds[3];
  coco_operand_list names, inits;
} for_parts;

static coco_status parse_for_head(coco_parser *parser, coco_operation_state *state, for_parts *parts) {
  static const char *const words[3] = {"=", "to", "step"};
  COCO_TRY(coco_parse_operand(parser, &parts->counter));
  for (size_t i = 0; i < 3; i++) {
    COCO_TRY(coco_parse_expected(parser, words[i]));
    COCO_TRY(coco_parse_operand(parser, &parts->bounds[i]));
  }
  if (!coco_parse_optional(parser, "iter_args")) return COCO_OK;
  COCO_TRY(coco_parse_assignments(parser, &parts->names, &parts->inits));
  COCO_TRY(coco_parse_expected(parser, "->"));
  return coco_parse_result_list(parser, state);
}

coco_status coco_scf_parse_for(coco_parser *parser, coco_operation_state *state) {
  for_parts parts = {.names.count = 0};
  coco_arena *scratch = coco_parser_scratch(parser);
  COCO_TRY(parse_for_head(parser, state, &parts));
  size_t carried = parts.inits.count;
  if (state->result_count != carried)
    return coco_parser_error(parser, "mismatch in number of loop-carried values and defined values");
  const coco_type *type = coco_type_index(coco_parser_context(parser));
  if (coco_parse_optional(parser, ":")) COCO_TRY(coco_parse_type(parser, &type));
  const coco_type **types = coco_arena_allocate_zeroed(scratch, carried + 1, sizeof *types);
  coco_unresolved *names = coco_arena_allocate_zeroed(scratch, carried + 1, sizeof *names);
  if (!type || !types || !names) return COCO_OUT_OF_MEMORY;
  types[0] = type;
  names[0] = parts.counter;
  for (size_t i = 0; i < carried; i++) {
    types[i + 1] = state->result_types[i];
    names[i + 1] = parts.names.items[i];
  }
  for (size_t i = 0; i < 3; i++) COCO_TRY(coco_parse_add_operand(parser, state, &parts.bounds[i], type));
  COCO_TRY(coco_parse_add_operand_list(parser, state, &parts.inits, types + 1));
  COCO_TRY(coco_parse_region(parser, state, names, types, carried + 1));
  return coco_parse_attribute_dictionary(parser, state);
}

void coco_scf_print_for(coco_printer *printer, const coco_operation *operation) {
  const coco_block *body = coco_operation_body(operation, 0);
  static const char *const words[3] = {" = ", " to ", " step "};
  coco_printer_text(printer, " ");
  coco_printer_value(printer, body->arguments[0]);
  for (size_t i = 0; i < 3; i++) {
    coco_printer_text(printer, words[i]);
    coco_printer_value(printer, coco_operation_operand(operation, i));
  }
  for (size_t i = 3; i < operation->operand_count; i++) {
    coco_printer_text(printer, i == 3 ? " iter_args(" : ", ");
    coco_printer_value(printer, body->arguments[i - 2]);
    coco_printer_text(printer, " = ");
    coco_printer_value(printer, coco_operation_operand(operation, i));
  }
  if (operation->operand_count > 3) coco_printer_text(printer, ")");
  coco_printer_arrow_results(printer, operation, true);
  if (body->arguments[0]->type->kind != COCO_TYPE_INDEX) {
    coco_printer_text(printer, " : ");
    coco_printer_type(printer, body->arguments[0]->type);
  }
  coco_printer_text(printer, " ");
  coco_printer_region(printer, coco_operation_region(operation, 0), false, operation->result_count > 0);
  coco_printer_attribute_dictionary(printer, operation, NULL, false);
}

/* ---- scf.if %c -> (t) { … } else { … } ---- */

coco_status coco_scf_parse_if(coco_parser *parser, coco_operation_state *state) {
  coco_unresolved condition;
  const coco_type *bit = coco_type_integer(coco_parser_context(parser), 1);
  if (!bit) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_parse_operand(parser, &condition));
  COCO_TRY(coco_parse_add_operand(parser, state, &condition, bit));
  COCO_TRY(coco_parse_optional_arrow_results(parser, state, NULL));
  COCO_TRY(coco_parse_region(parser, state, NULL, NULL, 0));
  if (coco_parse_optional(parser, "else"))
    COCO_TRY(coco_parse_region(parser, state, NULL, NULL, 0));
  else
    COCO_TRY(coco_parse_empty_region(parser, state));
  return coco_parse_attribute_dictionary(parser, state);
}

void coco_scf_print_if(coco_printer *printer, const coco_operation *operation) {
  bool has_results = operation->result_count > 0;
  coco_printer_text(printer, " ");
  coco_printer_values(printer, operation, 0, 1);
  coco_printer_arrow_results(printer, operation, true);
  coco_printer_text(printer, " ");
  coco_printer_region(printer, coco_operation_region(operation, 0), false, has_results);
  if (coco_operation_region(operation, 1)->first) {
    coco_printer_text(printer, " else ");
    coco_printer_region(printer, coco_operation_region(operation, 1), false, has_results);
  }
  coco_printer_attribute_dictionary(printer, operation, NULL, false);
}

/* ---- scf.while (%a = %b) : (t) -> t { … } do { … } ---- */

coco_status coco_scf_parse_while(coco_parser *parser, coco_operation_state *state) {
  coco_operand_list names = {0}, inits = {0};
  const coco_type *type;
  if (coco_parse_at(parser, "(")) COCO_TRY(coco_parse_assignments(parser, &names, &inits));
  COCO_TRY(coco_parse_expected(parser, ":"));
  COCO_TRY(coco_parse_type(parser, &type));
  if (type->kind != COCO_TYPE_FUNCTION) return coco_parser_error(parser, "expected a function type");
  if (type->input_count != inits.count)
    return coco_parser_error(parser, "expected as many input types as operands (expected %zu got %u)", inits.count,
                             type->input_count);
  for (size_t i = 0; i < type->result_count; i++) COCO_TRY(coco_parse_add_result_type(parser, state, type->results[i]));
  COCO_TRY(coco_parse_add_operand_list(parser, state, &inits, type->inputs));
  COCO_TRY(coco_parse_region(parser, state, names.items, type->inputs, names.count));
  COCO_TRY(coco_parse_expected(parser, "do"));
  COCO_TRY(coco_parse_region(parser, state, NULL, NULL, 0));
  return coco_parse_attribute_dictionary_with_keyword(parser, state);
}

void coco_scf_print_while(coco_printer *printer, const coco_operation *operation) {
  const coco_block *before = coco_operation_body(operation, 0);
  for (size_t i = 0; i < operation->operand_count; i++) {
    coco_printer_text(printer, i ? ", " : " (");
    coco_printer_value(printer, before->arguments[i]);
    coco_printer_text(printer, " = ");
    coco_printer_value(printer, coco_operation_operand(operation, i));
  }
  coco_printer_text(printer, operation->operand_count ? ") : (" : " : (");
  coco_printer_types_of_operands(printer, operation, 0, operation->operand_count);
  coco_printer_text(printer, ")");
  if (operation->result_count == 0) coco_printer_text(printer, " -> ()");
  coco_printer_arrow_results(printer, operation, false);
  coco_printer_text(printer, " ");
  coco_printer_region(printer, coco_operation_region(operation, 0), false, true);
  coco_printer_text(printer, " do ");
  coco_printer_region(printer, coco_operation_region(operation, 1), true, true);
  coco_printer_attribute_dictionary(printer, operation, NULL, true);
}

/* ---- scf.execute_region -> t { … } ---- */

coco_status coco_scf_parse_execute_region(coco_parser *parser, coco_operation_state *state) {
  COCO_TRY(coco_parse_optional_arrow_results(parser, state, NULL));
  COCO_TRY(coco_parse_region(parser, state, NULL, NULL, 0));
  return coco_parse_attribute_dictionary(parser, state);
}

void coco_scf_print_execute_region(coco_printer *printer, const coco_operation *operation) {
  coco_printer_arrow_results(printer, operation, false);
  coco_printer_text(printer, " ");
  coco_printer_region(printer, coco_operation_region(operation, 0), false, true);
  coco_printer_attribute_dictionary(printer, operation, NULL, false);
}
