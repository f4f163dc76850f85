/* Pieces of upstream syntax that several dialects' hooks share. */
#ifndef COCO_DIALECTS_SHARED_SYNTAX_H
#define COCO_DIALECTS_SHARED_SYNTAX_H

#include "ir/parser.h"
#include "ir/printer.h"

typedef struct coco_operand_list {
  coco_unresolved *items;
  size_t count;
} coco_operand_list;

/* operand , operand … up to what follows; appended to the state with TYPE (NULL: the values' own types). */
coco_status coco_parse_and_add_operands(coco_parser *parser, coco_operation_state *state, const coco_type *type,
                                        size_t *out_count) COCO_MUST_USE;
/* Appends LIST to the state's operands; TYPES (as many) may be NULL. */
coco_status coco_parse_add_operand_list(coco_parser *parser, coco_operation_state *state, const coco_operand_list *list,
                                        const coco_type *const *types) COCO_MUST_USE;
/* Optional -> t or -> (t, …), as result types; none are added when there is no arrow. */
coco_status coco_parse_optional_arrow_results(coco_parser *parser, coco_operation_state *state, bool *out_found) COCO_MUST_USE;
/* -> is taken already: t or (t, …). */
coco_status coco_parse_result_list(coco_parser *parser, coco_operation_state *state) COCO_MUST_USE;
/* The sizes of the operand groups, kept until the operation is made. */
coco_status coco_parse_set_segments(coco_parser *parser, coco_operation_state *state, const int32_t *sizes, size_t count) COCO_MUST_USE;
/* "<" word ("," word)* ">" as the dialect attribute #NAME<word, word>, with SEPARATOR as upstream writes this attribute. */
coco_status coco_parse_flags(coco_parser *parser, const char *name, const char *separator, const coco_attribute **out) COCO_MUST_USE;
/* (%a = %b, …): names to OUT_NAMES, values to OUT_VALUES. The parenthesis is to be read too. */
coco_status coco_parse_assignments(coco_parser *parser, coco_operand_list *out_names, coco_operand_list *out_values) COCO_MUST_USE;
/* @name as the property sym_name. */
coco_status coco_parse_symbol_name(coco_parser *parser, coco_operation_state *state) COCO_MUST_USE;
coco_status coco_parse_add_string(coco_parser *parser, coco_operation_state *state, const char *name, coco_string text) COCO_MUST_USE;

void coco_printer_types_of_operands(coco_printer *printer, const coco_operation *operation, size_t start, size_t count);
/* " -> t" or " -> (t, …)" of the results; with PARENTHESES also around one. Nothing when there are none. */
void coco_printer_arrow_results(coco_printer *printer, const coco_operation *operation, bool parentheses);
/* What stands in the brackets of an opaque attribute "name<words>", as " PREFIX<words>"; nothing for NULL and for <none>. */
void coco_printer_flags(coco_printer *printer, const char *prefix, const coco_attribute *attribute);

#endif
