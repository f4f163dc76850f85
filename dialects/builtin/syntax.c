/* Custom form of a module: module @name attributes {…} { … }. */
#include "dialects/builtin/builtin.h"
#include "dialects/builtin/hooks.h"
#include "dialects/shared/syntax.h"

coco_status coco_builtin_parse_module(coco_parser *parser, coco_operation_state *state) {
  coco_string visibility;
  if (coco_parse_at(parser, "private") || coco_parse_at(parser, "public") || coco_parse_at(parser, "nested")) {
    COCO_TRY(coco_parse_keyword(parser, &visibility));
    COCO_TRY(coco_parse_add_string(parser, state, "sym_visibility", visibility));
  }
  if (coco_parse_at(parser, "@")) COCO_TRY(coco_parse_symbol_name(parser, state));
  COCO_TRY(coco_parse_attribute_dictionary_with_keyword(parser, state));
  return coco_parse_region(parser, state, NULL, NULL, 0);
}

void coco_builtin_print_module(coco_printer *printer, const coco_operation *operation) {
  static const char *const elided[] = {"sym_name", "sym_visibility", NULL};
  const coco_attribute *name = COCO_PROPERTY(operation, builtin_module, sym_name);
  const coco_attribute *visibility = COCO_PROPERTY(operation, builtin_module, sym_visibility);
  coco_buffer *buffer = coco_printer_buffer(printer);
  if (visibility) coco_buffer_format(buffer, " %.*s", COCO_PRINT(visibility->text));
  if (name) {
    coco_printer_text(printer, " ");
    coco_print_symbol_name(buffer, name->text);
  }
  coco_printer_attribute_dictionary(printer, operation, elided, true);
  coco_printer_text(printer, " ");
  coco_printer_region(printer, coco_operation_region(operation, 0), false, true);
}
