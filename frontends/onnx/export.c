/* ONNX models out: see export.h. The message is built in an arena, with weights borrowed, then encoded once. */
#include "frontends/onnx/export.h"

#include "dialects/func/func.h"
#include "frontends/onnx/exporter.h"

/* ---- Memory and names ---- */

void coco_onnx_export_fail(coco_onnx_exporter *exporter, coco_status status) {
  if (exporter->status == COCO_OK) exporter->status = status;
}

void *coco_onnx_export_memory(coco_onnx_exporter *exporter, size_t count, size_t size) {
  if (exporter->status != COCO_OK) return NULL;
  void *memory = coco_arena_allocate_zeroed(&exporter->scratch, count ? count : 1, size);
  if (!memory) coco_onnx_export_fail(exporter, COCO_OUT_OF_MEMORY);
  return memory;
}

static char *copy_text(coco_onnx_exporter *exporter, coco_string text) {
  if (exporter->status != COCO_OK) return NULL;
  coco_string copy = coco_arena_copy(&exporter->scratch, text);
  if (!copy.data) coco_onnx_export_fail(exporter, COCO_OUT_OF_MEMORY);
  return (char *)(uintptr_t)copy.data;
}

/* A name like WISH that is not in TAKEN, put there. */
static char *unique_name(coco_onnx_exporter *exporter, coco_string_map *taken, coco_string wish) {
  coco_buffer text = COCO_BUFFER(exporter->allocator);
  coco_buffer_string(&text, wish.size ? wish : COCO_STRING("value"));
  size_t base = text.size;
  for (int64_t i = 1; text.status == COCO_OK && coco_string_map_get(taken, coco_buffer_view(&text)); ++i) {
    text.size = base;
    coco_buffer_format(&text, "_%lld", (long long)i);
  }
  if (text.status != COCO_OK) coco_onnx_export_fail(exporter, text.status);
  char *name = copy_text(exporter, coco_buffer_view(&text));
  if (name) coco_onnx_export_fail(exporter, coco_string_map_set(taken, coco_string_from(name), name));
  coco_buffer_free(&text);
  return name;
}

char *coco_onnx_new_name(coco_onnx_exporter *exporter, coco_string wish) {
  return unique_name(exporter, &exporter->taken, wish);
}

/* What stands for an input that is left out. The message is only read. */
static char *no_name(void) { return (char *)(uintptr_t)""; }

static void set_name(coco_onnx_exporter *exporter, const coco_value *value, char *name) {
  if (exporter->status == COCO_OK) coco_onnx_export_fail(exporter, coco_pointer_map_set(&exporter->names, value, name));
}

/* ---- Tensors ---- */

static CocoOnnx__TensorProto *new_tensor(coco_onnx_exporter *exporter, const coco_type *element, const int64_t *shape,
                                         size_t rank) {
  CocoOnnx__TensorProto *tensor = coco_onnx_export_memory(exporter, 1, sizeof *tensor);
  if (!tensor) return NULL;
  coco_onnx__tensor_proto__init(tensor);
  coco_onnx_data_type type = coco_onnx_data_type_of(element);
  if (type == COCO_ONNX_UNDEFINED) coco_onnx_export_fail(exporter, COCO_UNSUPPORTED);
  tensor->has_data_type = tensor->has_raw_data = 1;
  tensor->data_type = (int32_t)type;
  tensor->n_dims = rank;
  tensor->dims = (int64_t *)(uintptr_t)shape;
  return tensor;
}

/* Two 4-bit integers to a byte, the first in its low half. */
static void pack_halves(coco_onnx_exporter *exporter, CocoOnnx__TensorProto *tensor, const uint8_t *data,
                        size_t count) {
  uint8_t *packed = coco_onnx_export_memory(exporter, count / 2 + 1, 1);
  for (size_t i = 0; packed && i < count; ++i) packed[i / 2] |= (uint8_t)((data[i] & 0xf) << (i % 2 * 4));
  tensor->raw_data = (ProtobufCBinaryData){count / 2 + count % 2, packed};
}

/* The elements of ELEMENTS: borrowed, unless they are a splat or packed. False: their bytes are not at hand. */
static bool put_elements(coco_onnx_exporter *exporter, CocoOnnx__TensorProto *tensor, const coco_attribute *elements) {
  bool splat;
  size_t size = coco_type_element_size(coco_type_scalar(elements->type)),
         count = (size_t)coco_type_element_count(elements->type);
  const uint8_t *data = coco_elements_data(elements, &splat);
  if (!data && count) return false;
  if (splat && count > 1) {
    uint8_t *all = coco_onnx_export_memory(exporter, count, size);
    for (size_t i = 0; all && i < count; ++i) memcpy(all + i * size, data, size);
    data = all;
  }
  if (data && coco_type_scalar(elements->type)->width == 4)
    pack_halves(exporter, tensor, data, count);
  else
    tensor->raw_data = (ProtobufCBinaryData){data ? count * size : 0, (uint8_t *)(uintptr_t)data};
  return true;
}

static void add_initializer(coco_onnx_exporter *exporter, CocoOnnx__TensorProto *tensor) {
  if (exporter->status == COCO_OK)
    coco_onnx_export_fail(exporter, coco_vector_push(exporter->allocator, &exporter->initializers, tensor));
}

/* A tensor of rank 0 with the number ATTRIBUTE. */
static CocoOnnx__TensorProto *number_tensor(coco_onnx_exporter *exporter, const coco_attribute *attribute) {
  CocoOnnx__TensorProto *tensor = new_tensor(exporter, attribute->type, NULL, 0);
  uint8_t *element = coco_onnx_export_memory(exporter, 1, 16);
  if (!tensor || !element) return NULL;
  if (attribute->kind == COCO_ATTRIBUTE_FLOAT)
    coco_element_write_real(attribute->type, element, attribute->real);
  else
    coco_element_write_integer(attribute->type, element, attribute->integer);
  tensor->raw_data = (ProtobufCBinaryData){coco_type_element_size(attribute->type), element};
  return tensor;
}

static void export_constant(coco_onnx_exporter *exporter, const coco_operation *operation) {
  const coco_attribute *value = COCO_PROPERTY(operation, graph_constant, value);
  const coco_type *type = operation->results[0].type;
  coco_string wish = coco_location_layer(operation->location);
  if (!wish.size && value->kind == COCO_ATTRIBUTE_DENSE_RESOURCE) wish = value->resource->name;
  CocoOnnx__TensorProto *tensor = new_tensor(exporter, type->element, type->shape, type->rank);
  if (!tensor) return;
  if (!put_elements(exporter, tensor, value))
    coco_onnx_export_fail(exporter, coco_operation_error(operation, "holds weights whose bytes are not at hand"));
  tensor->name = coco_onnx_new_name(exporter, wish);
  set_name(exporter, &operation->results[0], tensor->name);
  add_initializer(exporter, tensor);
}

/* ---- Attributes ---- */

static CocoOnnx__AttributeProto *put_attribute(coco_onnx_exporter *exporter, CocoOnnx__NodeProto *node,
                                               const char *name, int32_t type) {
  enum { CAPACITY = 8 };
  if (!node->attribute) node->attribute = coco_onnx_export_memory(exporter, CAPACITY, sizeof *node->attribute);
  CocoOnnx__AttributeProto *attribute = coco_onnx_export_memory(exporter, 1, sizeof *attribute);
  if (!attribute || !node->attribute || node->n_attribute == CAPACITY) {
    coco_onnx_export_fail(exporter, COCO_INVALID_ARGUMENT);
    return NULL;
  }
  coco_onnx__attribute_proto__init(attribute);
  attribute->name = (char *)(uintptr_t)name;
  attribute->has_type = 1;
  attribute->type = type;
  node->attribute[node->n_attribute++] = attribute;
  return attribute;
}

enum { /* AttributeProto.AttributeType */
       FLOAT = 1,
       INT = 2,
       STRING = 3,
       TENSOR = 4,
       INTS = 7
};

void coco_onnx_put_integer(coco_onnx_exporter *exporter, CocoOnnx__NodeProto *node, const char *name, int64_t value) {
  CocoOnnx__AttributeProto *attribute = put_attribute(exporter, node, name, INT);
  if (attribute) attribute->has_i = 1, attribute->i = value;
}

void coco_onnx_put_float(coco_onnx_exporter *exporter, CocoOnnx__NodeProto *node, const char *name, double value) {
  CocoOnnx__AttributeProto *attribute = put_attribute(exporter, node, name, FLOAT);
  if (attribute) attribute->has_f = 1, attribute->f = (float)value;
}

void coco_onnx_put_string(coco_onnx_exporter *exporter, CocoOnnx__NodeProto *node, const char *name,
                          coco_string value) {
  CocoOnnx__AttributeProto *attribute = put_attribute(exporter, node, name, STRING);
  if (attribute)
    attribute->has_s = 1, attribute->s = (ProtobufCBinaryData){value.size, (uint8_t *)(uintptr_t)value.data};
}

void coco_onnx_put_integers(coco_onnx_exporter *exporter, CocoOnnx__NodeProto *node, const char *name,
                            const coco_attribute *i64_array) {
  CocoOnnx__AttributeProto *attribute = put_attribute(exporter, node, name, INTS);
  if (!i64_array) coco_onnx_export_fail(exporter, COCO_OUT_OF_MEMORY);
  if (attribute && i64_array)
    attribute->n_ints = i64_array->count, attribute->ints = (int64_t *)(uintptr_t)coco_attribute_i64s(i64_array);
}

void coco_onnx_put_tensor(coco_onnx_exporter *exporter, CocoOnnx__NodeProto *node, const char *name,
                          const coco_attribute *number) {
  static const int64_t one = 1;
  CocoOnnx__AttributeProto *attribute = put_attribute(exporter, node, name, TENSOR);
  CocoOnnx__TensorProto *tensor = number_tensor(exporter, number);
  if (!attribute || !tensor) return;
  tensor->n_dims = 1;
  tensor->dims = (int64_t *)(uintptr_t)&one;
  attribute->t = tensor;
}

void coco_onnx_put_input(coco_onnx_exporter *exporter, CocoOnnx__NodeProto *node, const coco_attribute *value) {
  char *name = no_name();
  if (value) {
    bool is_list = value->kind == COCO_ATTRIBUTE_DENSE_ARRAY;
    int64_t *extent = coco_onnx_export_memory(exporter, 1, sizeof *extent);
    if (!extent) return;
    *extent = (int64_t)value->count;
    CocoOnnx__TensorProto *tensor = is_list ? new_tensor(exporter, coco_type_integer(exporter->context, 64), extent, 1)
                                            : number_tensor(exporter, value);
    if (!tensor) return;
    if (is_list)
      tensor->raw_data = (ProtobufCBinaryData){value->count * sizeof(int64_t), (uint8_t *)(uintptr_t)value->data};
    tensor->name = name = coco_onnx_new_name(exporter, COCO_STRING("constant"));
    add_initializer(exporter, tensor);
  }
  char **inputs = coco_onnx_export_memory(exporter, node->n_input + 1, sizeof *inputs);
  if (!inputs) return;
  if (node->n_input) memcpy(inputs, node->input, node->n_input * sizeof *inputs);
  inputs[node->n_input++] = name;
  node->input = inputs;
}

/* ---- Nodes ---- */

static CocoOnnx__NodeProto *new_node(coco_onnx_exporter *exporter, const char *op_type, coco_string name,
                                     size_t input_count) {
  CocoOnnx__NodeProto *node = coco_onnx_export_memory(exporter, 1, sizeof *node);
  char **inputs = coco_onnx_export_memory(exporter, input_count, sizeof *inputs),
       **outputs = coco_onnx_export_memory(exporter, 1, sizeof *outputs);
  if (!node || !inputs || !outputs) return NULL;
  coco_onnx__node_proto__init(node);
  node->op_type = (char *)(uintptr_t)op_type;
  node->name = unique_name(exporter, &exporter->node_names, name.size ? name : coco_string_from(op_type));
  node->input = inputs;
  node->output = outputs;
  node->n_output = 1;
  if (exporter->status == COCO_OK)
    coco_onnx_export_fail(exporter, coco_vector_push(exporter->allocator, &exporter->nodes, node));
  return exporter->status == COCO_OK ? node : NULL;
}

static char *name_of(coco_onnx_exporter *exporter, const coco_value *value) {
  return coco_pointer_map_get(&exporter->names, value);
}

/* One input per operand group: an empty name where an optional one is absent and another follows. */
static void put_operands(coco_onnx_exporter *exporter, const coco_operation *operation, CocoOnnx__NodeProto *node) {
  if (!coco_operation_has_trait(operation, COCO_OPERAND_SEGMENTS)) {
    for (size_t i = 0; i < operation->operand_count; ++i)
      node->input[node->n_input++] = name_of(exporter, operation->operands[i].value);
    return;
  }
  size_t used = 0;
  for (size_t group = 0; group < operation->definition->operand_row_count; ++group) {
    coco_value *value = coco_operation_group_value(operation, group);
    node->input[group] = value ? name_of(exporter, value) : no_name();
    if (value) used = group + 1;
  }
  node->n_input = used;
}

static void export_operation(coco_onnx_exporter *exporter, coco_operation *operation);

/* The body stands in line: its arguments are the operands, its yield the result. (No nesting: the verifier forbids it.)
 */
static void export_fused(coco_onnx_exporter *exporter, coco_operation *operation) {
  coco_block *body = coco_operation_body(operation, 0);
  for (size_t i = 0; i < body->argument_count; ++i)
    set_name(exporter, body->arguments[i], name_of(exporter, operation->operands[i].value));
  char *name = name_of(exporter, &operation->results[0]);
  coco_operation *last = coco_block_terminator(body);
  coco_value *result = last->operands[0].value;
  if (name && coco_value_operation(result) && !coco_value_constant(result))
    set_name(exporter, result, name); /* an output's name goes inwards */
  for (coco_operation *inner = body->first; inner && inner != last && exporter->status == COCO_OK; inner = inner->next)
    export_operation(exporter, inner);
  set_name(exporter, &operation->results[0], name_of(exporter, result));
}

static void export_operation(coco_onnx_exporter *exporter, coco_operation *operation) {
  if (coco_operation_is(operation, &coco_graph_constant)) {
    export_constant(exporter, operation);
    return;
  }
  if (coco_operation_is(operation, &coco_graph_fused)) {
    export_fused(exporter, operation);
    return;
  }
  const coco_onnx_export_row *row = coco_onnx_find_export(operation->definition);
  if (!row) {
    coco_onnx_export_fail(exporter, coco_operation_error(operation, "has no counterpart in ONNX"));
    return;
  }
  coco_string layer = coco_location_layer(operation->location);
  size_t inputs = operation->operand_count + operation->definition->operand_row_count;
  CocoOnnx__NodeProto *node = new_node(exporter, row->name, layer, inputs);
  if (!node) return;
  put_operands(exporter, operation, node);
  if (row->attributes) row->attributes(exporter, operation, node);
  coco_value *result = &operation->results[0];
  char *name = name_of(exporter, result);
  if (!name) set_name(exporter, result, name = coco_onnx_new_name(exporter, layer));
  node->output[0] = name;
}

/* ---- The graph ---- */

static CocoOnnx__ValueInfoProto *value_info(coco_onnx_exporter *exporter, const coco_type *type, char *name) {
  CocoOnnx__ValueInfoProto *info = coco_onnx_export_memory(exporter, 1, sizeof *info);
  CocoOnnx__TypeProto *outer = coco_onnx_export_memory(exporter, 1, sizeof *outer);
  CocoOnnx__TypeProto__Tensor *tensor = coco_onnx_export_memory(exporter, 1, sizeof *tensor);
  CocoOnnx__TensorShapeProto *shape = coco_onnx_export_memory(exporter, 1, sizeof *shape);
  CocoOnnx__TensorShapeProto__Dimension *dims = coco_onnx_export_memory(exporter, type->rank, sizeof *dims),
                                        **list = coco_onnx_export_memory(exporter, type->rank, sizeof *list);
  if (!info || !outer || !tensor || !shape || !dims || !list) return NULL;
  coco_onnx__value_info_proto__init(info);
  coco_onnx__type_proto__init(outer);
  coco_onnx__type_proto__tensor__init(tensor);
  coco_onnx__tensor_shape_proto__init(shape);
  for (uint32_t i = 0; i < type->rank; ++i) {
    coco_onnx__tensor_shape_proto__dimension__init(list[i] = &dims[i]);
    dims[i].has_dim_value = type->shape[i] != COCO_DYNAMIC;
    dims[i].dim_value = dims[i].has_dim_value ? type->shape[i] : 0;
  }
  shape->n_dim = type->rank;
  shape->dim = list;
  tensor->has_elem_type = 1;
  tensor->elem_type = (int32_t)coco_onnx_data_type_of(coco_type_scalar(type));
  if (tensor->elem_type == COCO_ONNX_UNDEFINED) coco_onnx_export_fail(exporter, COCO_UNSUPPORTED);
  tensor->shape = shape;
  outer->tensor_type = tensor;
  info->name = name;
  info->type = outer;
  return info;
}

/* Entry INDEX of the array of names ATTRIBUTE, else FALLBACK and the index. */
static char *interface_name(coco_onnx_exporter *exporter, const coco_operation *function, coco_string attribute,
                            size_t index, const char *fallback) {
  const coco_attribute *names = coco_operation_get(function, attribute);
  if (coco_attribute_is(names, COCO_ATTRIBUTE_ARRAY) && index < names->count &&
      coco_attribute_is(names->elements[index], COCO_ATTRIBUTE_STRING))
    return coco_onnx_new_name(exporter, names->elements[index]->text);
  coco_buffer text = COCO_BUFFER(exporter->allocator);
  coco_buffer_format(&text, "%s%zu", fallback, index);
  if (text.status != COCO_OK) coco_onnx_export_fail(exporter, text.status);
  char *name = coco_onnx_new_name(exporter, coco_buffer_view(&text));
  coco_buffer_free(&text);
  return name;
}

/* Names the outputs before the nodes; those that are no operation's own result come from an Identity. */
static void export_body(coco_onnx_exporter *exporter, coco_operation *function, CocoOnnx__GraphProto *graph) {
  coco_block *body = coco_operation_body(function, 0);
  coco_operation *last = body ? coco_block_terminator(body) : NULL;
  if (!last || !coco_operation_is(last, &coco_func_return)) {
    coco_onnx_export_fail(exporter, coco_operation_error(function, "has no body of one block"));
    return;
  }
  graph->input = coco_onnx_export_memory(exporter, body->argument_count, sizeof *graph->input);
  graph->output = coco_onnx_export_memory(exporter, last->operand_count, sizeof *graph->output);
  char **names = coco_onnx_export_memory(exporter, last->operand_count, sizeof *names);
  if (!graph->input || !graph->output || !names) return;
  for (size_t i = 0; i < body->argument_count; ++i) {
    char *name = interface_name(exporter, function, COCO_STRING("coco.inputs"), i, "input");
    set_name(exporter, body->arguments[i], name);
    graph->input[graph->n_input++] = value_info(exporter, body->arguments[i]->type, name);
  }
  for (size_t i = 0; i < last->operand_count; ++i) {
    coco_value *value = last->operands[i].value;
    names[i] = interface_name(exporter, function, COCO_STRING("coco.outputs"), i, "output");
    if (coco_value_operation(value) && !coco_value_constant(value) && !name_of(exporter, value))
      set_name(exporter, value, names[i]);
    graph->output[graph->n_output++] = value_info(exporter, value->type, names[i]);
  }
  for (coco_operation *operation = body->first; operation && operation != last && exporter->status == COCO_OK;
       operation = operation->next)
    export_operation(exporter, operation);
  for (size_t i = 0; i < last->operand_count && exporter->status == COCO_OK; ++i) {
    char *name = name_of(exporter, last->operands[i].value);
    if (name == names[i]) continue;
    CocoOnnx__NodeProto *node = new_node(exporter, "Identity", coco_string_from(names[i]), 1);
    if (!node) return;
    node->input[node->n_input++] = name;
    node->output[0] = names[i];
  }
}

static coco_operation *find_function(coco_operation *module) {
  coco_operation *only = NULL;
  coco_block *body = coco_operation_body(module, 0);
  for (coco_operation *operation = body ? body->first : NULL; operation; operation = operation->next) {
    if (!coco_operation_is(operation, &coco_func_func)) continue;
    if (coco_string_is(coco_symbol_name(operation), "main")) return operation;
    only = only ? module : operation; /* the module stands for "several" */
  }
  return only == module ? NULL : only;
}

static coco_status export_model(coco_onnx_exporter *exporter, coco_operation *function, coco_buffer *out) {
  CocoOnnx__GraphProto graph = COCO_ONNX__GRAPH_PROTO__INIT;
  CocoOnnx__OperatorSetIdProto opset = COCO_ONNX__OPERATOR_SET_ID_PROTO__INIT, *opsets[] = {&opset};
  CocoOnnx__ModelProto model = COCO_ONNX__MODEL_PROTO__INIT;
  export_body(exporter, function, &graph);
  if (exporter->status == COCO_UNSUPPORTED)
    return coco_operation_error(function, "has values of a type that ONNX does not know");
  graph.name = copy_text(exporter, coco_symbol_name(function));
  COCO_TRY(exporter->status);
  graph.n_node = exporter->nodes.count;
  graph.node = exporter->nodes.items;
  graph.n_initializer = exporter->initializers.count;
  graph.initializer = exporter->initializers.items;
  opset.domain = no_name();
  opset.has_version = model.has_ir_version = 1;
  opset.version = COCO_ONNX_EXPORT_OPSET;
  model.ir_version = COCO_ONNX_EXPORT_FORMAT;
  model.producer_name = (char *)(uintptr_t)"CoCo";
  model.graph = &graph;
  model.n_opset_import = 1;
  model.opset_import = opsets;
  return coco_wire_pack(&model.base, out);
}

coco_status coco_onnx_export(coco_operation *module, coco_buffer *out) {
  coco_operation *function = find_function(module);
  if (!function)
    return coco_operation_error(module, "has no function @main, and not exactly one other, to be exported");
  const coco_allocator *allocator = coco_context_allocator(module->context);
  coco_onnx_exporter exporter = {.context = module->context,
                                 .allocator = allocator,
                                 .scratch = {.allocator = allocator},
                                 .names = {.allocator = allocator},
                                 .taken = {.allocator = allocator},
                                 .node_names = {.allocator = allocator}};
  coco_status status = export_model(&exporter, function, out);
  coco_vector_free(allocator, &exporter.nodes);
  coco_vector_free(allocator, &exporter.initializers);
  coco_pointer_map_free(&exporter.names);
  coco_string_map_free(&exporter.taken);
  coco_string_map_free(&exporter.node_names);
  coco_arena_destroy(&exporter.scratch);
  return status;
}
