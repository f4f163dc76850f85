/* Rules of functions that the rows cannot say. */
#include "dialects/func/func.h"
#include "dialects/func/hooks.h"
#include "ir/printer.h"

enum { TYPE_TEXT = 128 };

static coco_status check_dictionaries(coco_operation *operation, const coco_attribute *list, size_t count,
                                      const char *what) {
  if (!list) return COCO_OK;
  if (list->count != count)
    return coco_operation_error(operation,
                                "expects %s attribute array to have the same number of elements as the number of "
                                "function %ss, got %zu, but expected %zu",
                                what, what, list->count, count);
  for (size_t i = 0; i < count; i++) {
    const coco_attribute *dictionary = list->elements[i];
    if (!coco_attribute_is(dictionary, COCO_ATTRIBUTE_DICTIONARY))
      return coco_operation_error(operation, "expects %s attribute dictionary to be a DictionaryAttr", what);
    for (size_t k = 0; k < dictionary->count; k++)
      if (!memchr(dictionary->entries[k].name.data, '.', dictionary->entries[k].name.size))
        return coco_operation_error(operation, "%ss may only have dialect attributes: '%.*s' has no dialect", what,
                                    COCO_PRINT(dictionary->entries[k].name));
  }
  return COCO_OK;
}

coco_status coco_func_verify_func(coco_operation *operation) {
  const coco_type *type = COCO_PROPERTY(operation, func_func, function_type)->type;
  const coco_attribute *visibility = COCO_PROPERTY(operation, func_func, sym_visibility);
  const coco_block *body = coco_operation_body(operation, 0);
  COCO_TRY(check_dictionaries(operation, COCO_PROPERTY(operation, func_func, arg_attrs), type->input_count, "argument"));
  COCO_TRY(check_dictionaries(operation, COCO_PROPERTY(operation, func_func, res_attrs), type->result_count, "result"));
  if (!body) {
    if (!visibility || coco_string_is(visibility->text, "public"))
      return coco_operation_error(operation, "symbol declaration cannot have public visibility");
    return COCO_OK;
  }
  if (body->argument_count != type->input_count)
    return coco_operation_error(operation, "entry block must have %u arguments to match function signature",
                                type->input_count);
  for (size_t i = 0; i < body->argument_count; i++) {
    if (body->arguments[i]->type == type->inputs[i]) continue;
    char given[TYPE_TEXT], wanted[TYPE_TEXT];
    return coco_operation_error(operation,
                                "type of entry block argument #%zu('%s') must match the type of the corresponding "
                                "argument in function signature('%s')",
                                i, coco_type_text(body->arguments[i]->type, given, sizeof given),
                                coco_type_text(type->inputs[i], wanted, sizeof wanted));
  }
  return COCO_OK;
}

coco_status coco_func_verify_return(coco_operation *operation) {
  const coco_operation *function = coco_operation_parent_of(operation, &coco_func_func);
  if (!function) return COCO_OK;
  const coco_attribute *attribute = COCO_PROPERTY(function, func_func, function_type);
  if (!coco_attribute_is(attribute, COCO_ATTRIBUTE_TYPE) || attribute->type->kind != COCO_TYPE_FUNCTION) return COCO_OK;
  const coco_type *type = attribute->type;
  if (operation->operand_count != type->result_count)
    return coco_operation_error(operation, "has %u operands, but enclosing function (@%.*s) returns %u",
                                operation->operand_count, COCO_PRINT(coco_symbol_name(function)), type->result_count);
  for (size_t i = 0; i < type->result_count; i++) {
    const coco_type *given = coco_operation_operand(operation, i)->type;
    if (given == type->results[i]) continue;
    char text[TYPE_TEXT], wanted[TYPE_TEXT];
    return coco_operation_error(
        operation, "type of return operand %zu ('%s') doesn't match function result type ('%s') in function @%.*s", i,
        coco_type_text(given, text, sizeof text), coco_type_text(type->results[i], wanted, sizeof wanted),
        COCO_PRINT(coco_symbol_name(function)));
  }
  return COCO_OK;
}

coco_status coco_func_verify_call(coco_operation *operation) {
  const coco_attribute *callee = COCO_PROPERTY(operation, func_call, callee);
  const coco_operation *function = coco_symbol_lookup(operation, callee);
  if (!coco_operation_is(function, &coco_func_func))
    return coco_operation_error(operation, "'%.*s' does not reference a valid function", COCO_PRINT(callee->text));
  const coco_attribute *attribute = COCO_PROPERTY(function, func_func, function_type);
  if (!coco_attribute_is(attribute, COCO_ATTRIBUTE_TYPE) || attribute->type->kind != COCO_TYPE_FUNCTION) return COCO_OK;
  const coco_type *type = attribute->type;
  char given[TYPE_TEXT], wanted[TYPE_TEXT];
  if (operation->operand_count != type->input_count)
    return coco_operation_error(operation, "incorrect number of operands for callee: expected %u, but provided %u",
                                type->input_count, operation->operand_count);
  for (size_t i = 0; i < type->input_count; i++)
    if (coco_operation_operand(operation, i)->type != type->inputs[i])
      return coco_operation_error(
          operation, "operand type mismatch: expected operand type '%s', but provided '%s' for operand number %zu",
          coco_type_text(type->inputs[i], wanted, sizeof wanted),
          coco_type_text(coco_operation_operand(operation, i)->type, given, sizeof given), i);
  if (operation->result_count != type->result_count)
    return coco_operation_error(operation, "incorrect number of results for callee: expected %u, but provided %u",
                                type->result_count, operation->result_count);
  for (size_t i = 0; i < type->result_count; i++)
    if (operation->results[i].type != type->results[i])
      return coco_operation_error(operation, "result type mismatch at index %zu: expected '%s', but provided '%s'", i,
                                  coco_type_text(type->results[i], wanted, sizeof wanted),
                                  coco_type_text(operation->results[i].type, given, sizeof given));
  return COCO_OK;
}
