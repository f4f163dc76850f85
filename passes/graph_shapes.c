/* Shapes of a network's inputs and results; see graph_shapes.h. */
#include "passes/graph_shapes.h"

#include <stdio.h>

#include "dialects/func/func.h"
#include "dialects/shared/shape.h"
#include "ir/base/buffer.h"
#include "ir/printer.h"

static const coco_attribute *input_names(const coco_operation *function) {
  const coco_attribute *names = coco_operation_get(function, COCO_STRING("coco.inputs"));
  return coco_attribute_is(names, COCO_ATTRIBUTE_ARRAY) ? names : NULL;
}

static coco_operation *find_network(coco_operation *module) {
  coco_block *block = coco_operation_body(module, 0);
  coco_operation *first = NULL;
  for (coco_operation *operation = block ? block->first : NULL; operation; operation = operation->next) {
    if (!coco_operation_is(operation, &coco_func_func) || !coco_operation_body(operation, 0)) continue;
    if (input_names(operation)) return operation;
    if (!first) first = operation;
  }
  return first;
}

/* The name of argument INDEX, in BUFFER when it has none but its number. */
static coco_string argument_name(const coco_attribute *names, size_t index, char *buffer, size_t size) {
  if (names && index < names->count && coco_attribute_is(names->elements[index], COCO_ATTRIBUTE_STRING))
    return names->elements[index]->text;
  snprintf(buffer, size, "%zu", index);
  return coco_string_from(buffer);
}

static coco_status no_such_input(const coco_operation *function, const coco_block *body, coco_string name) {
  coco_buffer list = COCO_BUFFER(coco_context_allocator(function->context));
  for (size_t i = 0; i < body->argument_count; ++i) {
    char number[24];
    if (i) coco_buffer_text(&list, ", ");
    coco_buffer_string(&list, argument_name(input_names(function), i, number, sizeof number));
  }
  const coco_string all = coco_buffer_view(&list);
  coco_status status =
      coco_error(function->context, function->location, "the network has no input '%.*s'; its inputs are: %.*s",
                 COCO_PRINT(name), COCO_PRINT(all));
  coco_buffer_free(&list);
  return status;
}

static coco_status set_argument_shape(const coco_operation *function, coco_value *argument, coco_string name,
                                      const int64_t *shape, size_t rank) {
  const coco_type *type = argument->type;
  int64_t count;
  if (!coco_type_is(type, COCO_TYPE_TENSOR))
    return coco_error(function->context, function->location, "input '%.*s' is not a tensor", COCO_PRINT(name));
  if (type->rank != rank)
    return coco_error(function->context, function->location,
                      "input '%.*s' has %u dimensions, but the given shape has %zu", COCO_PRINT(name),
                      (unsigned)type->rank, rank);
  for (size_t i = 0; i < rank; ++i) {
    if (shape[i] < 0)
      return coco_error(function->context, function->location, "input '%.*s': dimension %zu is negative",
                        COCO_PRINT(name), i);
    if (type->shape[i] != COCO_DYNAMIC && type->shape[i] != shape[i])
      return coco_error(function->context, function->location,
                        "input '%.*s': dimension %zu is %lld in the network, but %lld was given", COCO_PRINT(name), i,
                        (long long)type->shape[i], (long long)shape[i]);
  }
  if (!coco_extents_product(shape, rank, &count))
    return coco_error(function->context, function->location, "input '%.*s' would have too many elements",
                      COCO_PRINT(name));
  const coco_type *shaped = coco_type_with_shape(function->context, type, rank, shape);
  if (!shaped) return COCO_OUT_OF_MEMORY;
  argument->type = shaped;
  return COCO_OK;
}

coco_status coco_graph_update_function_type(coco_operation *function) {
  coco_block *body = coco_operation_body(function, 0);
  const coco_operation *terminator = body ? body->last : NULL;
  if (!coco_operation_is(terminator, &coco_func_return) || body->next) return COCO_OK;
  const size_t inputs = body->argument_count, results = terminator->operand_count,
               size = (inputs + results + 1) * sizeof(coco_type *);
  const coco_allocator *allocator = coco_context_allocator(function->context);
  const coco_type **types = coco_allocate(allocator, size);
  if (!types) return COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < inputs; ++i) types[i] = body->arguments[i]->type;
  for (size_t i = 0; i < results; ++i) types[inputs + i] = terminator->operands[i].value->type;
  const coco_type *type = coco_type_function(function->context, types, inputs, types + inputs, results);
  const coco_attribute *attribute = type ? coco_attribute_type(function->context, type) : NULL;
  coco_free(allocator, types, size);
  if (!attribute) return COCO_OUT_OF_MEMORY;
  coco_operation_set_property(function, COCO_PROPERTY_INDEX(func_func, function_type), attribute);
  return COCO_OK;
}

coco_status coco_graph_set_input_shape(coco_operation *module, coco_string name, const int64_t *shape, size_t rank) {
  coco_operation *function = find_network(module);
  if (!function)
    return coco_error(module->context, module->location, "there is no function whose input could get a shape");
  coco_block *body = coco_operation_body(function, 0);
  for (size_t i = 0; i < body->argument_count; ++i) {
    char number[24];
    const coco_string own = argument_name(input_names(function), i, number, sizeof number);
    if (name.size == 0 ? body->argument_count != 1 : !coco_string_equal(own, name)) continue;
    COCO_TRY(set_argument_shape(function, body->arguments[i], own, shape, rank));
    return coco_graph_update_function_type(function);
  }
  return no_such_input(function, body, name);
}
