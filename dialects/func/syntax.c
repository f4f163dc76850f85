/* Custom form of a function: visibility, name, arguments and results with their attributes, body. */
#include "dialects/func/func.h"
#include "dialects/func/hooks.h"
#include "dialects/shared/syntax.h"

/* What is collected while a signature is read. */
typedef struct function_signature {
  const coco_allocator *allocator;
  COCO_VECTOR_OF(coco_unresolved) names; /* of the arguments; empty for a declaration without names */
  COCO_VECTOR_OF(const coco_type *) inputs;
  COCO_VECTOR_OF(const coco_type *) results;
  COCO_VECTOR_OF(const coco_attribute *) input_attributes;
  COCO_VECTOR_OF(const coco_attribute *) result_attributes;
} function_signature;

static void signature_free(function_signature *signature) {
  coco_vector_free(signature->allocator, &signature->names);
  coco_vector_free(signature->allocator, &signature->inputs);
  coco_vector_free(signature->allocator, &signature->results);
  coco_vector_free(signature->allocator, &signature->input_attributes);
  coco_vector_free(signature->allocator, &signature->result_attributes);
}

/* Optional { … }; an empty dictionary when it is not there. */
static coco_status parse_dictionary(coco_parser *parser, const coco_attribute **out) {
  if (coco_parse_at(parser, "{")) return coco_parse_attribute(parser, NULL, out);
  *out = coco_attribute_dictionary(coco_parser_context(parser), NULL, 0);
  return *out ? COCO_OK : COCO_OUT_OF_MEMORY;
}

/* ( (%name :)? type {attributes}? loc(…)?, … ) */
static coco_status parse_arguments(coco_parser *parser, function_signature *signature) {
  COCO_TRY(coco_parse_expected(parser, "("));
  if (coco_parse_optional(parser, ")")) return COCO_OK;
  do {
    const coco_type *type;
    const coco_attribute *attributes;
    if (coco_parse_at_operand(parser)) {
      coco_unresolved name;
      COCO_TRY(coco_parse_operand(parser, &name));
      COCO_TRY(coco_parse_expected(parser, ":"));
      if (signature->names.count != signature->inputs.count)
        return coco_parser_error(parser, "expected type instead of SSA identifier");
      COCO_TRY(coco_vector_push(signature->allocator, &signature->names, name));
    } else if (signature->names.count) {
      return coco_parser_error(parser, "expected SSA identifier");
    }
    COCO_TRY(coco_parse_type(parser, &type));
    COCO_TRY(parse_dictionary(parser, &attributes));
    size_t named = signature->names.count;
    COCO_TRY(coco_parse_argument_location(parser, named ? &signature->names.items[named - 1] : NULL));
    COCO_TRY(coco_vector_push(signature->allocator, &signature->inputs, type));
    COCO_TRY(coco_vector_push(signature->allocator, &signature->input_attributes, attributes));
  } while (coco_parse_optional(parser, ","));
  return coco_parse_expected(parser, ")");
}

static coco_status parse_one_result(coco_parser *parser, function_signature *signature, bool with_attributes) {
  const coco_type *type;
  const coco_attribute *attributes = NULL;
  COCO_TRY(coco_parse_type(parser, &type));
  if (with_attributes) {
    COCO_TRY(parse_dictionary(parser, &attributes));
  } else if (!(attributes = coco_attribute_dictionary(coco_parser_context(parser), NULL, 0))) {
    return COCO_OUT_OF_MEMORY;
  }
  COCO_TRY(coco_vector_push(signature->allocator, &signature->results, type));
  return coco_vector_push(signature->allocator, &signature->result_attributes, attributes);
}

/* -> type, or -> ( type {attributes}?, … ) */
static coco_status parse_results(coco_parser *parser, function_signature *signature) {
  if (!coco_parse_optional(parser, "->")) return COCO_OK;
  if (!coco_parse_optional(parser, "(")) return parse_one_result(parser, signature, false);
  if (coco_parse_optional(parser, ")")) return COCO_OK;
  do {
    COCO_TRY(parse_one_result(parser, signature, true));
  } while (coco_parse_optional(parser, ","));
  return coco_parse_expected(parser, ")");
}

/* One dictionary per argument, left out when all are empty. */
static coco_status add_dictionaries(coco_parser *parser, coco_operation_state *state, const char *name,
                                    const coco_attribute *const *items, size_t count) {
  bool any = false;
  for (size_t i = 0; i < count; i++) any = any || items[i]->count;
  if (!any) return COCO_OK;
  const coco_attribute *array = coco_attribute_array(coco_parser_context(parser), items, count);
  return array ? coco_parse_add_attribute(parser, state, name, array) : COCO_OUT_OF_MEMORY;
}

static coco_status parse_with(coco_parser *parser, coco_operation_state *state, function_signature *signature) {
  coco_context *context = coco_parser_context(parser);
  if (coco_parse_at(parser, "private") || coco_parse_at(parser, "public") || coco_parse_at(parser, "nested")) {
    coco_string visibility;
    COCO_TRY(coco_parse_keyword(parser, &visibility));
    COCO_TRY(coco_parse_add_string(parser, state, "sym_visibility", visibility));
  }
  COCO_TRY(coco_parse_symbol_name(parser, state));
  COCO_TRY(parse_arguments(parser, signature));
  COCO_TRY(parse_results(parser, signature));
  const coco_type *type = coco_type_function(context, signature->inputs.items, signature->inputs.count,
                                             signature->results.items, signature->results.count);
  const coco_attribute *attribute = type ? coco_attribute_type(context, type) : NULL;
  if (!attribute) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_parse_add_attribute(parser, state, "function_type", attribute));
  COCO_TRY(add_dictionaries(parser, state, "arg_attrs", signature->input_attributes.items, signature->inputs.count));
  COCO_TRY(add_dictionaries(parser, state, "res_attrs", signature->result_attributes.items, signature->results.count));
  COCO_TRY(coco_parse_attribute_dictionary_with_keyword(parser, state));
  if (!coco_parse_at(parser, "{")) return coco_parse_empty_region(parser, state);
  if (signature->names.count != signature->inputs.count)
    return coco_parser_error(parser, "a function with a body needs names for its arguments");
  return coco_parse_function_body(parser, state, signature->names.items, signature->inputs.items,
                                  signature->inputs.count);
}

coco_status coco_func_parse_func(coco_parser *parser, coco_operation_state *state) {
  function_signature signature = {.allocator = coco_context_allocator(coco_parser_context(parser))};
  coco_status status = parse_with(parser, state, &signature);
  signature_free(&signature);
  return status;
}

/* The INDEXth dictionary of LIST when it has entries. */
static void print_dictionary(coco_printer *printer, const coco_attribute *list, size_t index) {
  if (!coco_attribute_is(list, COCO_ATTRIBUTE_ARRAY) || index >= list->count) return;
  if (!coco_attribute_is(list->elements[index], COCO_ATTRIBUTE_DICTIONARY) || list->elements[index]->count == 0) return;
  coco_printer_text(printer, " ");
  coco_printer_attribute(printer, list->elements[index]);
}

static void print_results(coco_printer *printer, const coco_type *type, const coco_attribute *attributes) {
  if (type->result_count == 0) return;
  bool alone = type->result_count == 1 && type->results[0]->kind != COCO_TYPE_FUNCTION && !attributes;
  coco_printer_text(printer, alone ? " -> " : " -> (");
  for (size_t i = 0; i < type->result_count; i++) {
    if (i) coco_printer_text(printer, ", ");
    coco_printer_type(printer, type->results[i]);
    print_dictionary(printer, attributes, i);
  }
  if (!alone) coco_printer_text(printer, ")");
}

void coco_func_print_func(coco_printer *printer, const coco_operation *operation) {
  static const char *const elided[] = {"sym_name", "sym_visibility", "function_type", "arg_attrs", "res_attrs", NULL};
  const coco_attribute *visibility = COCO_PROPERTY(operation, func_func, sym_visibility);
  const coco_type *type = COCO_PROPERTY(operation, func_func, function_type)->type;
  const coco_block *body = coco_operation_body(operation, 0);
  coco_buffer *buffer = coco_printer_buffer(printer);
  if (visibility) coco_buffer_format(buffer, " %.*s", COCO_PRINT(visibility->text));
  coco_printer_text(printer, " ");
  coco_print_symbol_name(buffer, COCO_PROPERTY(operation, func_func, sym_name)->text);
  coco_printer_text(printer, "(");
  for (size_t i = 0; i < type->input_count; i++) {
    if (i) coco_printer_text(printer, ", ");
    if (body) {
      coco_printer_value(printer, body->arguments[i]);
      coco_printer_text(printer, ": ");
    }
    coco_printer_type(printer, type->inputs[i]);
    print_dictionary(printer, COCO_PROPERTY(operation, func_func, arg_attrs), i);
    if (body) coco_printer_argument_location(printer, body->arguments[i]);
  }
  coco_printer_text(printer, ")");
  print_results(printer, type, COCO_PROPERTY(operation, func_func, res_attrs));
  coco_printer_attribute_dictionary(printer, operation, elided, true);
  if (!body) return;
  coco_printer_text(printer, " ");
  coco_printer_region(printer, coco_operation_region(operation, 0), false, true);
}
