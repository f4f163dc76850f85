/* ONNX models in: see import.h. Needs a decoded, checked model; leaves a module whose types are all inferred. */
#include "frontends/onnx/import.h"

#include "dialects/builtin/builtin.h"
#include "dialects/func/func.h"
#include "frontends/onnx/import_check.h"

/* ---- The function ---- */

static coco_status input_type(coco_onnx_importer *importer, const CocoOnnx__ValueInfoProto *info,
                              const coco_location *location, const coco_type **out) {
  coco_context *context = importer->context;
  const CocoOnnx__TypeProto__Tensor *tensor = info->type ? info->type->tensor_type : NULL;
  if (!tensor) return coco_error(context, location, "input '%s' is not a tensor", info->name);
  const coco_type *element;
  if (!coco_onnx_element_type(context, tensor->elem_type, &element)) return COCO_OUT_OF_MEMORY;
  if (!element)
    return coco_error(context, location, "input '%s' has elements of a type that is not supported: %s", info->name,
                      coco_onnx_data_type_name(tensor->elem_type));
  if (!tensor->shape)
    return coco_error(context, location, "input '%s' has no shape: its rank must be known", info->name);
  size_t rank = tensor->shape->n_dim;
  int64_t shape[COCO_ONNX_MAXIMUM_RANK];
  if (rank > COCO_ONNX_MAXIMUM_RANK)
    return coco_error(context, location, "input '%s' has %zu dimensions; at most %d are allowed", info->name, rank,
                      COCO_ONNX_MAXIMUM_RANK);
  for (size_t i = 0; i < rank; ++i) {
    const CocoOnnx__TensorShapeProto__Dimension *dim = tensor->shape->dim[i];
    shape[i] = dim->has_dim_value && dim->dim_value >= 0 ? dim->dim_value : COCO_DYNAMIC;
  }
  *out = coco_type_tensor(context, rank, shape, element, NULL);
  return *out ? COCO_OK : COCO_OUT_OF_MEMORY;
}

/* An array attribute of names. */
static coco_status set_names(coco_onnx_importer *importer, const char *attribute,
                             CocoOnnx__ValueInfoProto *const *infos, size_t count, const bool *skip) {
  const coco_attribute **names = coco_arena_allocate(&importer->scratch, (count + 1) * sizeof *names);
  if (!names) return COCO_OUT_OF_MEMORY;
  size_t kept = 0;
  for (size_t i = 0; i < count; ++i) {
    if (skip && skip[i]) continue;
    names[kept] = coco_attribute_string(importer->context, coco_string_from(infos[i]->name));
    if (!names[kept++]) return COCO_OUT_OF_MEMORY;
  }
  const coco_attribute *array = coco_attribute_array(importer->context, names, kept);
  return array ? coco_operation_set(importer->function, coco_string_from(attribute), array) : COCO_OUT_OF_MEMORY;
}

static coco_status build_function(coco_onnx_importer *importer, const coco_location *location) {
  coco_context *context = importer->context;
  const CocoOnnx__GraphProto *graph = importer->graph;
  const coco_type **types = coco_arena_allocate(&importer->scratch, (graph->n_input + 1) * sizeof *types);
  bool *is_constant = coco_arena_allocate_zeroed(&importer->scratch, graph->n_input + 1, 1);
  if (!types || !is_constant) return COCO_OUT_OF_MEMORY;
  size_t count = 0;
  for (size_t i = 0; i < graph->n_input; ++i) {
    const coco_onnx_name *entry = coco_string_map_get(&importer->names, coco_string_from(graph->input[i]->name));
    is_constant[i] = entry->initializer != NULL;
    if (!is_constant[i]) COCO_TRY(input_type(importer, graph->input[i], location, &types[count++]));
  }
  COCO_TRY(coco_operation_create(
      context, &(coco_operation_state){.definition = &coco_builtin_module, .location = location}, &importer->module));
  coco_block *body = coco_region_append_block(context, coco_operation_region(importer->module, 0));
  const coco_type *type = coco_type_function(context, types, count, NULL, 0);
  const coco_attribute *name = coco_attribute_string(context, COCO_STRING("main")),
                       *type_attribute = type ? coco_attribute_type(context, type) : NULL;
  if (!body || !name || !type_attribute) return COCO_OUT_OF_MEMORY;
  importer->builder = coco_builder_at_end(context, body, location);
  importer->function = coco_build(
      &importer->builder, &(coco_operation_state){.definition = &coco_func_func,
                                                  COCO_WITH_ATTRIBUTES(COCO_NAMED("sym_name", name),
                                                                       COCO_NAMED("function_type", type_attribute))});
  if (!importer->function) return importer->builder.status;
  coco_block *entry = coco_build_block(&importer->builder, importer->function, 0, types, count);
  if (!entry) return importer->builder.status;
  coco_builder_to_end(&importer->builder, entry);
  for (size_t i = 0, at = 0; i < graph->n_input; ++i)
    if (!is_constant[i])
      ((coco_onnx_name *)coco_string_map_get(&importer->names, coco_string_from(graph->input[i]->name)))->value =
          entry->arguments[at++];
  return set_names(importer, "coco.inputs", graph->input, graph->n_input, is_constant);
}

/* ---- Values and nodes ---- */

/* The value of NAME; an initializer becomes a constant at its first use. NULL in *out: the producer does not answer it.
 */
static coco_status find_value(coco_onnx_importer *importer, const char *name, coco_value **out) {
  coco_onnx_name *entry = coco_string_map_get(&importer->names, coco_string_from(name));
  if (entry && !entry->value && entry->initializer) {
    const coco_location *file = coco_location_file(importer->context, importer->path, 0, 0);
    const coco_location *location = file ? coco_location_name(importer->context, coco_string_from(name), file) : NULL;
    if (!location) return COCO_OUT_OF_MEMORY;
    entry->value = coco_onnx_tensor_constant(importer, entry->initializer, coco_string_from(name), location);
    if (!entry->value) return importer->builder.status;
  }
  *out = entry ? entry->value : NULL;
  return COCO_OK;
}

static coco_status read_inputs(coco_onnx_node *node) {
  node->input_count = node->proto->n_input;
  for (size_t i = 0; i < node->input_count; ++i) {
    if (!*node->proto->input[i]) continue;
    COCO_TRY(find_value(node->importer, node->proto->input[i], &node->inputs[i]));
    if (!node->inputs[i])
      return coco_onnx_node_error(node, "reads '%s', an output that is not supported of the node that produces it",
                                  node->proto->input[i]);
  }
  return COCO_OK;
}

static coco_status check_attributes(const coco_onnx_node *node) {
  for (size_t i = 0; i < node->proto->n_attribute; ++i) {
    const CocoOnnx__AttributeProto *attribute = node->proto->attribute[i];
    const char *name = attribute->name ? attribute->name : "";
    if (attribute->ref_attr_name && *attribute->ref_attr_name)
      return coco_onnx_node_error(node, "attribute '%s' refers to a function's attribute", name);
    if (!node->read[i]) return coco_onnx_node_error(node, "attribute '%s' is not known, or is there twice", name);
  }
  return COCO_OK;
}

static coco_status import_node(coco_onnx_importer *importer, size_t number) {
  const CocoOnnx__NodeProto *proto = importer->graph->node[number];
  coco_onnx_node node = {.importer = importer, .context = importer->context, .proto = proto};
  node.operator_row = coco_onnx_find_operator(coco_string_from(proto->op_type), importer->opset, &node.version);
  const coco_location *file = coco_location_file(importer->context, importer->path, (int64_t)number + 1, 1);
  node.location = file ? coco_location_name(importer->context, coco_onnx_node_name(proto), file) : NULL;
  node.inputs = coco_arena_allocate_zeroed(&importer->scratch, proto->n_input + 1, sizeof *node.inputs);
  node.outputs = coco_arena_allocate_zeroed(&importer->scratch, proto->n_output + 1, sizeof *node.outputs);
  node.read = coco_arena_allocate_zeroed(&importer->scratch, proto->n_attribute + 1, sizeof *node.read);
  if (!node.location || !node.inputs || !node.outputs || !node.read) return COCO_OUT_OF_MEMORY;
  importer->builder.location = node.location;
  COCO_TRY(read_inputs(&node));
  importer->builder.location = node.location;
  COCO_TRY(node.operator_row->import(&node));
  COCO_TRY(check_attributes(&node));
  for (size_t i = 0; i < proto->n_output; ++i)
    if (*proto->output[i])
      ((coco_onnx_name *)coco_string_map_get(&importer->names, coco_string_from(proto->output[i])))->value =
          node.outputs[i];
  return COCO_OK;
}

/* ---- Results ---- */

/* What a model says about an output must not contradict what was inferred; extents are only warned about. */
static coco_status check_output(coco_onnx_importer *importer, const CocoOnnx__ValueInfoProto *info,
                                const coco_type *type, const coco_location *location) {
  const CocoOnnx__TypeProto__Tensor *tensor = info->type ? info->type->tensor_type : NULL;
  if (!tensor) return COCO_OK;
  const coco_type *element;
  if (!coco_onnx_element_type(importer->context, tensor->elem_type, &element)) return COCO_OUT_OF_MEMORY;
  if (element && element != coco_type_scalar(type))
    return coco_error(importer->context, location, "output '%s' is said to have elements of type %s, and has others",
                      info->name, coco_onnx_data_type_name(tensor->elem_type));
  bool agrees = !tensor->shape || tensor->shape->n_dim == type->rank;
  for (size_t i = 0; agrees && tensor->shape && i < type->rank; ++i) {
    const CocoOnnx__TensorShapeProto__Dimension *dim = tensor->shape->dim[i];
    agrees =
        !dim->has_dim_value || dim->dim_value < 0 || type->shape[i] == COCO_DYNAMIC || dim->dim_value == type->shape[i];
  }
  if (!agrees)
    coco_warning(importer->context, location, "output '%s' has another shape than the model says", info->name);
  return COCO_OK;
}

static coco_status build_return(coco_onnx_importer *importer, const coco_location *location) {
  coco_context *context = importer->context;
  const CocoOnnx__GraphProto *graph = importer->graph;
  coco_value **values = coco_arena_allocate_zeroed(&importer->scratch, graph->n_output + 1, sizeof *values);
  const coco_type **types = coco_arena_allocate_zeroed(&importer->scratch, graph->n_output + 1, sizeof *types);
  if (!values || !types) return COCO_OUT_OF_MEMORY;
  if (graph->n_output == 0) return coco_error(context, location, "the graph has no outputs");
  importer->builder.location = location;
  for (size_t i = 0; i < graph->n_output; ++i) {
    const char *name = graph->output[i]->name ? graph->output[i]->name : "";
    COCO_TRY(find_value(importer, name, &values[i]));
    if (!values[i]) return coco_error(context, location, "output '%s' is produced by no node", name);
    types[i] = values[i]->type;
    COCO_TRY(check_output(importer, graph->output[i], types[i], location));
  }
  coco_build(
      &importer->builder,
      &(coco_operation_state){.definition = &coco_func_return, .operands = values, .operand_count = graph->n_output});
  COCO_TRY(importer->builder.status);
  const coco_type *old = COCO_PROPERTY(importer->function, func_func, function_type)->type;
  const coco_type *type = coco_type_function(context, old->inputs, old->input_count, types, graph->n_output);
  const coco_attribute *attribute = type ? coco_attribute_type(context, type) : NULL;
  if (!attribute) return COCO_OUT_OF_MEMORY;
  coco_operation_set_property(importer->function, COCO_PROPERTY_INDEX(func_func, function_type), attribute);
  return set_names(importer, "coco.outputs", graph->output, graph->n_output, NULL);
}

/* Constants whose users were folded away. */
static void erase_unused_constants(coco_operation *function) {
  coco_block *body = coco_operation_body(function, 0);
  for (coco_operation *operation = body->last, *previous; operation; operation = previous) {
    previous = operation->previous;
    if (coco_operation_is(operation, &coco_graph_constant) && coco_value_is_unused(&operation->results[0]))
      coco_operation_erase(operation);
  }
}

static coco_status import_model(coco_onnx_importer *importer, coco_string bytes) {
  const coco_location *location = coco_location_file(importer->context, importer->path, 0, 0);
  if (!location) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_wire_unpack(importer->context, &coco_onnx__model_proto__descriptor, bytes, &coco_onnx_raw_data_in_place,
                            location, "model", &importer->message));
  importer->model = (const CocoOnnx__ModelProto *)importer->message.message;
  COCO_TRY(coco_onnx_check_opset(importer));
  importer->graph = importer->model->graph;
  COCO_TRY(coco_onnx_check_operators(importer));
  COCO_TRY(coco_onnx_collect_names(importer));
  COCO_TRY(coco_onnx_order_nodes(importer));
  COCO_TRY(build_function(importer, location));
  for (size_t i = 0; i < importer->graph->n_node; ++i) COCO_TRY(import_node(importer, importer->order[i]));
  COCO_TRY(build_return(importer, location));
  erase_unused_constants(importer->function);
  return COCO_OK;
}

static coco_status import_bytes(coco_context *context, coco_string bytes, coco_resource_file *file, coco_string path,
                                coco_operation **out_module) {
  const coco_allocator *allocator = coco_context_allocator(context);
  coco_onnx_importer importer = {.context = context,
                                 .scratch = {.allocator = allocator},
                                 .file = file,
                                 .path = path,
                                 .names = {.allocator = allocator},
                                 .message = {.allocator = allocator}};
  coco_status status = import_model(&importer, bytes);
  if (status != COCO_OK && importer.module) coco_operation_erase(importer.module);
  *out_module = status == COCO_OK ? importer.module : NULL;
  coco_wire_free(&importer.message);
  coco_string_map_free(&importer.names);
  coco_arena_destroy(&importer.scratch);
  return status;
}

coco_status coco_onnx_import(coco_context *context, coco_string bytes, coco_string path, coco_operation **out_module) {
  return import_bytes(context, bytes, NULL, path, out_module);
}

coco_status coco_onnx_import_file(coco_context *context, coco_file *file, coco_string path, coco_operation **out_module) {
  coco_string bytes = {(const char *)file->data, file->size};
  coco_resource_file *held;
  *out_module = NULL;
  COCO_TRY(coco_resource_file_create(coco_context_allocator(context), file, &held));
  coco_status status = import_bytes(context, bytes, held, path, out_module);
  coco_resource_file_drop(held);
  return status;
}
