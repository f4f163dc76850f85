/* What must be known before a case can be compiled: the inputs that extents of tensors depend on become constants. */
#include <stdio.h>

#include "frontends/onnx/tensor.h"
#include "ir/base/file.h"
#include "tests/conformance/node_suite.h"

/* The inputs of operators that decide shapes: bit I for input I. A name that ends in '*' is a prefix. */
static const struct {
  const char *name;
  unsigned inputs;
} deciding[] = {
    {"Reshape", 1u << 1},      {"Expand", 1u << 1},    {"Slice", 0x1e},        {"Pad", 1u << 1 | 1u << 3},  {"Tile", 1u << 1},    {"Range", 0x7},
    {"Reduce*", 1u << 1},      {"Squeeze", 1u << 1},   {"Unsqueeze", 1u << 1}, {"ConstantOfShape", 1u << 0}, {"TopK", 1u << 1},    {"Resize", 0xe},
    {"Upsample", 1u << 1},     {"OneHot", 1u << 1},    {"CumSum", 1u << 1},    {"Split", 1u << 1},          {"Trilu", 1u << 1},   {"CenterCropPad", 1u << 1},
    {"Dropout", 0x6},          {"MaxUnpool", 1u << 2}, {"Col2Im", 0x6},        {"BlackmanWindow", 1u << 0}, {"DFT", 0x6},         {"HammingWindow", 1u << 0},
    {"HannWindow", 1u << 0},   {"STFT", 1u << 1 | 1u << 3}, {"AffineGrid", 1u << 1}, {"SplitToSequence", 1u << 1}, {"MelWeightMatrix", 0x1f}, {"CumProd", 1u << 1},
};

static unsigned deciding_inputs(const char *operator_name) {
  for (size_t i = 0; i < sizeof deciding / sizeof *deciding; ++i) {
    size_t size = strlen(deciding[i].name);
    bool prefix = deciding[i].name[size - 1] == '*';
    if (prefix ? strncmp(operator_name, deciding[i].name, size - 1) == 0 : strcmp(operator_name, deciding[i].name) == 0) return deciding[i].inputs;
  }
  return 0;
}

static coco_status unpack(coco_context *context, coco_string bytes, coco_wire_message *out, CocoOnnx__ModelProto **model) {
  const coco_location *location = coco_location_unknown(context);
  *out = (coco_wire_message){.allocator = coco_context_allocator(context)};
  if (!location) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_wire_unpack(context, &coco_onnx__model_proto__descriptor, bytes, NULL, location, "model", out));
  *model = (CocoOnnx__ModelProto *)out->message;
  return COCO_OK;
}

/* Marks the names whose elements decide shapes. Nodes come after those that they read from, so one walk from the last is enough. */
static coco_status find_deciding(const CocoOnnx__GraphProto *graph, coco_string_map *needed) {
  static char mark;
  for (size_t n = graph->n_node; n-- > 0;) {
    const CocoOnnx__NodeProto *node = graph->node[n];
    unsigned inputs = deciding_inputs(node->op_type);
    bool only_shape = strcmp(node->op_type, "Shape") == 0 || strcmp(node->op_type, "Size") == 0;
    for (size_t i = 0; i < node->n_output && !only_shape; ++i)
      if (*node->output[i] && coco_string_map_get(needed, coco_string_from(node->output[i]))) inputs = ~0u;
    for (size_t i = 0; i < node->n_input && i < 32; ++i)
      if ((inputs >> i & 1) && *node->input[i]) COCO_TRY(coco_string_map_set(needed, coco_string_from(node->input[i]), &mark));
  }
  return COCO_OK;
}

/* Reads the TensorProto of an input's file and gives it the input's name. The decoded message stays the caller's. */
static coco_status read_value(coco_context *context, const char *set, size_t index, coco_file *file, coco_wire_message *message, CocoOnnx__TensorProto **out) {
  char path[1100];
  const coco_location *location = coco_location_unknown(context);
  snprintf(path, sizeof path, "%s/input_%zu.pb", set, index);
  COCO_TRY(coco_file_open(&coco_heap, path, file, NULL));
  COCO_TRY(coco_wire_unpack(context, &coco_onnx__tensor_proto__descriptor, (coco_string){(const char *)file->data, file->size}, NULL, location, "tensor", message));
  *out = (CocoOnnx__TensorProto *)message->message;
  return COCO_OK;
}

typedef struct frozen_value {
  coco_file file;
  coco_wire_message message;
  CocoOnnx__TensorProto *tensor;
  char *own_name;
} frozen_value;

static coco_status pack_frozen(CocoOnnx__ModelProto *model, frozen_value *values, const bool *frozen, coco_buffer *out) {
  CocoOnnx__GraphProto *graph = model->graph;
  CocoOnnx__TensorProto *list[2 * COCO_MODEL_MAXIMUM_TENSORS];
  size_t count = graph->n_initializer;
  if (count > COCO_MODEL_MAXIMUM_TENSORS) return COCO_UNSUPPORTED;
  for (size_t i = 0; i < count; ++i) list[i] = graph->initializer[i];
  for (size_t i = 0; i < graph->n_input; ++i)
    if (frozen[i]) list[count++] = values[i].tensor;
  CocoOnnx__TensorProto **old = graph->initializer;
  size_t old_count = graph->n_initializer;
  graph->initializer = list;
  graph->n_initializer = count;
  coco_status status = coco_wire_pack(&model->base, out);
  graph->initializer = old;
  graph->n_initializer = old_count;
  return status;
}

coco_status suite_freeze(coco_context *context, coco_string bytes, const char *set, bool *frozen, size_t *out_count, coco_buffer *out) {
  coco_wire_message message;
  CocoOnnx__ModelProto *model = NULL;
  coco_string_map needed = {.allocator = coco_context_allocator(context)};
  frozen_value values[COCO_MODEL_MAXIMUM_TENSORS] = {0};
  *out_count = 0;
  COCO_TRY(unpack(context, bytes, &message, &model));
  size_t inputs = model->graph && model->graph->n_input <= COCO_MODEL_MAXIMUM_TENSORS ? model->graph->n_input : 0;
  coco_status status = inputs ? find_deciding(model->graph, &needed) : COCO_OK;
  for (size_t i = 0; i < inputs && status == COCO_OK; ++i) {
    frozen[i] = coco_string_map_get(&needed, coco_string_from(model->graph->input[i]->name)) != NULL;
    if (!frozen[i]) continue;
    values[i].message.allocator = coco_context_allocator(context);
    status = read_value(context, set, i, &values[i].file, &values[i].message, &values[i].tensor);
    if (status != COCO_OK) break;
    values[i].own_name = values[i].tensor->name;
    values[i].tensor->name = model->graph->input[i]->name;
    ++*out_count;
  }
  if (status == COCO_OK && *out_count) status = pack_frozen(model, values, frozen, out);
  for (size_t i = 0; i < inputs; ++i) {
    if (values[i].tensor) values[i].tensor->name = values[i].own_name;
    if (values[i].message.message) coco_wire_free(&values[i].message);
    coco_file_close(&values[i].file);
  }
  coco_string_map_free(&needed);
  coco_wire_free(&message);
  return status;
}

void suite_list_operators(coco_context *context, coco_string bytes, char *out, size_t size) {
  coco_wire_message message;
  CocoOnnx__ModelProto *model = NULL;
  out[0] = '\0';
  if (unpack(context, bytes, &message, &model) != COCO_OK) return;
  for (size_t i = 0; model->graph && i < model->graph->n_node; ++i) {
    const char *name = model->graph->node[i]->op_type;
    char padded[80], known[260];
    snprintf(padded, sizeof padded, " %s ", name);
    snprintf(known, sizeof known, " %s ", out);
    size_t used = strlen(out);
    if (strcmp(name, "Constant") == 0 || strstr(known, padded) || used + strlen(name) + 2 > size) continue;
    snprintf(out + used, size - used, "%s%s", used ? " " : "", name);
  }
  coco_wire_free(&message);
}
