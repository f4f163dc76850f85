/* See model.h. */
#include "tools/common/model.h"

#include <stdio.h>

#include "api/registry.h"
#include "dialects/func/func.h"
#include "frontends/onnx/import.h"
#include "ir/parser.h"
#include "ir/printer.h"
#include "ir/verifier.h"

static bool ends_with(const char *text, const char *end) {
  size_t size = strlen(text), tail = strlen(end);
  return size >= tail && strcmp(text + size - tail, end) == 0;
}

coco_status coco_model_load(coco_tool *tool, const char *path, coco_operation **out) {
  coco_string bytes = {(const char *)tool->input.data, tool->input.size};
  *out = NULL;
  const bool onnx = ends_with(path, ".onnx");
  if (!bytes.data) COCO_TRY(onnx ? coco_tool_read(tool, path, &bytes) : coco_tool_read_text(tool, path, &bytes));
  if (onnx) {
    COCO_TRY(coco_onnx_import_file(tool->context, &tool->input, coco_string_from(path), out));
  } else {
    COCO_TRY(coco_parse_module(tool->context, bytes, coco_string_from(path), out));
  }
  coco_status status = coco_verify(*out);
  if (status == COCO_OK) return COCO_OK;
  coco_operation_erase(*out);
  *out = NULL;
  return status;
}

coco_operation *coco_model_entry(coco_operation *module) {
  coco_operation *entry = coco_symbol_lookup_in(module, COCO_STRING("main"));
  if (coco_operation_is(entry, &coco_func_func) && coco_operation_body(entry, 0)) return entry;
  if (coco_error(module->context, module->location, "the module has no function @main") == COCO_OUT_OF_MEMORY)
    return NULL;
  return NULL;
}

bool coco_model_is_loops(coco_operation *module) {
  const coco_operation *entry = coco_symbol_lookup_in(module, COCO_STRING("main"));
  if (!coco_operation_is(entry, &coco_func_func)) return false;
  const coco_type *type = COCO_PROPERTY(entry, func_func, function_type)->type;
  return type->input_count && type->inputs[0]->kind == COCO_TYPE_MEMREF;
}

/* ---- Inputs and outputs ---- */

static coco_status read_tensors(coco_operation *entry, const char *attribute, const char *fallback,
                                const coco_type *const *types, size_t count, coco_model_tensors *out) {
  const coco_attribute *names = coco_operation_get(entry, coco_string_from(attribute));
  bool named = coco_attribute_is(names, COCO_ATTRIBUTE_ARRAY) && names->count == count;
  for (size_t i = 0; named && i < count; ++i) named = coco_attribute_is(names->elements[i], COCO_ATTRIBUTE_STRING);
  if (count > COCO_MODEL_MAXIMUM_TENSORS)
    return coco_operation_error(entry, "has %zu %ss: at most %d can be run", count, fallback,
                                COCO_MODEL_MAXIMUM_TENSORS);
  out->count = count;
  for (size_t i = 0; i < count; ++i) {
    char text[32];
    snprintf(text, sizeof text, "%s_%zu", fallback, i);
    coco_string name = named ? names->elements[i]->text : coco_context_intern(entry->context, coco_string_from(text));
    if (!name.data) return COCO_OUT_OF_MEMORY;
    out->items[i] = (coco_model_tensor){name, types[i]};
  }
  return COCO_OK;
}

static size_t name_count(const coco_operation *entry, const char *attribute) {
  const coco_attribute *names = coco_operation_get(entry, coco_string_from(attribute));
  return coco_attribute_is(names, COCO_ATTRIBUTE_ARRAY) ? names->count : 0;
}

coco_status coco_model_inputs(coco_operation *module, coco_model_tensors *out) {
  coco_operation *entry = coco_model_entry(module);
  if (!entry) return COCO_REPORTED;
  const coco_type *type = COCO_PROPERTY(entry, func_func, function_type)->type;
  size_t count = coco_model_is_loops(module) ? name_count(entry, "coco.inputs") : type->input_count;
  if (count > type->input_count) return coco_operation_error(entry, "has fewer arguments than coco.inputs names");
  return read_tensors(entry, "coco.inputs", "input", type->inputs, count, out);
}

coco_status coco_model_outputs(coco_operation *module, coco_model_tensors *out) {
  coco_operation *entry = coco_model_entry(module);
  if (!entry) return COCO_REPORTED;
  const coco_type *type = COCO_PROPERTY(entry, func_func, function_type)->type;
  if (!coco_model_is_loops(module))
    return read_tensors(entry, "coco.outputs", "output", type->results, type->result_count, out);
  size_t first = name_count(entry, "coco.inputs"), count = name_count(entry, "coco.outputs");
  if (first + count > type->input_count)
    return coco_operation_error(entry, "has fewer arguments than coco.inputs and coco.outputs name");
  return read_tensors(entry, "coco.outputs", "output", type->inputs + first, count, out);
}

/* ---- Shapes ---- */

coco_status coco_model_set_input(coco_operation *module, size_t index, const coco_type *type) {
  coco_operation *entry = coco_model_entry(module);
  if (!entry) return COCO_REPORTED;
  coco_value *argument = coco_operation_body(entry, 0)->arguments[index];
  if (argument->type == type) return COCO_OK;
  char is[96], wanted[96];
  if (argument->type->kind != COCO_TYPE_TENSOR || !coco_type_compatible(argument->type, type))
    return coco_error(module->context, entry->location, "input %zu is %s: %s does not fit", index,
                      coco_type_text(argument->type, is, sizeof is), coco_type_text(type, wanted, sizeof wanted));
  argument->type = type;
  return COCO_OK;
}

/* "1x3x224x224" */
static bool parse_shape(coco_string text, int64_t *shape, size_t *out_rank) {
  *out_rank = 0;
  while (text.size) {
    const char *cross = memchr(text.data, 'x', text.size);
    coco_string part = {text.data, cross ? (size_t)(cross - text.data) : text.size};
    if (*out_rank == COCO_MODEL_MAXIMUM_RANK || !coco_string_to_int64(part, &shape[*out_rank]) || shape[*out_rank] < 1)
      return false;
    ++*out_rank;
    text = cross ? (coco_string){cross + 1, text.size - part.size - 1} : (coco_string){0};
    if (cross && !text.size) return false;
  }
  return *out_rank > 0;
}

static coco_status apply_shape(coco_tool *tool, coco_operation *module, const coco_model_tensors *inputs,
                               const char *text) {
  const char *equals = strrchr(text, '=');
  coco_string name = {text, equals ? (size_t)(equals - text) : 0};
  int64_t shape[COCO_MODEL_MAXIMUM_RANK];
  size_t rank, index = 0;
  if (!parse_shape(coco_string_from(equals ? equals + 1 : text), shape, &rank))
    return coco_tool_error(tool, "--shape=%s: expected NAME=1x3x224x224", text);
  if (!equals && inputs->count != 1)
    return coco_tool_error(tool, "--shape=%s: the model has %zu inputs, so a name is needed", text, inputs->count);
  while (equals && index < inputs->count && !coco_string_equal(inputs->items[index].name, name)) ++index;
  if (index == inputs->count)
    return coco_tool_error(tool, "--shape=%s: the model has no input '%.*s'", text, COCO_PRINT(name));
  const coco_type *type = coco_type_with_shape(module->context, inputs->items[index].type, rank, shape);
  return type ? coco_model_set_input(module, index, type) : COCO_OUT_OF_MEMORY;
}

coco_status coco_model_apply_shapes(coco_tool *tool, coco_operation *module, const coco_tool_texts *shapes) {
  coco_model_tensors inputs;
  COCO_TRY(coco_model_inputs(module, &inputs));
  for (size_t i = 0; i < shapes->count; ++i) COCO_TRY(apply_shape(tool, module, &inputs, shapes->items[i]));
  return COCO_OK;
}

coco_status coco_model_refine(coco_operation *module) {
  coco_operation *entry = coco_model_entry(module);
  if (!entry) return COCO_REPORTED;
  if (coco_model_is_loops(module)) return COCO_OK;
  coco_model_tensors inputs;
  COCO_TRY(coco_model_inputs(module, &inputs));
  const coco_block *body = coco_operation_body(entry, 0);
  for (uint32_t i = 0; i < body->argument_count; ++i) {
    char text[96];
    if (body->arguments[i]->type->kind == COCO_TYPE_TENSOR && !coco_type_has_static_shape(body->arguments[i]->type))
      return coco_error(module->context, entry->location,
                        "input '%.*s' has the shape %s: give its extents with --shape=%.*s=1x3x224x224",
                        COCO_PRINT(inputs.items[i].name), coco_type_text(body->arguments[i]->type, text, sizeof text),
                        COCO_PRINT(inputs.items[i].name));
  }
  return coco_run_pipeline(module->context, coco_all_passes(), "graph-infer-shapes", module);
}
