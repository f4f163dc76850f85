/* Small ONNX models for tests: see onnx_models.h. Messages are put together inside out, by ONNX's field numbers. */
#include "tests/support/onnx_models.h"

#include <string.h>

/* ---- The wire format ---- */

static void put_byte(test_bytes *out, uint8_t byte) {
  if (out->size < TEST_MODEL_CAPACITY) out->data[out->size++] = byte;
}

static void put_varint(test_bytes *out, uint64_t value) {
  for (; value >= 0x80; value >>= 7) put_byte(out, (uint8_t)(value | 0x80));
  put_byte(out, (uint8_t)value);
}

static void put_bytes(test_bytes *out, unsigned field, const void *data, size_t size) {
  put_varint(out, field << 3 | 2);
  put_varint(out, size);
  for (size_t i = 0; i < size; ++i) put_byte(out, ((const uint8_t *)data)[i]);
}

static void put_text(test_bytes *out, unsigned field, const char *text) { put_bytes(out, field, text, strlen(text)); }
static void put_message(test_bytes *out, unsigned field, const test_bytes *message) {
  put_bytes(out, field, message->data, message->size);
}

static void put_integer(test_bytes *out, unsigned field, int64_t value) {
  put_varint(out, field << 3);
  put_varint(out, (uint64_t)value);
}

/* ---- Messages ---- */

enum { FLOAT32 = 1, INT64 = 7, STRING = 8 };

/* An extent of -1 is symbolic. */
static void put_value_info(test_bytes *graph, unsigned field, const char *name, int64_t element, const int64_t *shape,
                           size_t rank) {
  test_bytes info = {.size = 0}, type = {.size = 0}, tensor = {.size = 0}, extents = {.size = 0};
  for (size_t i = 0; i < rank; ++i) {
    test_bytes extent = {.size = 0};
    if (shape[i] < 0)
      put_text(&extent, 2, "n");
    else
      put_integer(&extent, 1, shape[i]);
    put_message(&extents, 1, &extent);
  }
  put_integer(&tensor, 1, element);
  put_message(&tensor, 2, &extents);
  put_message(&type, 1, &tensor);
  put_text(&info, 1, name);
  put_message(&info, 2, &type);
  put_message(graph, field, &info);
}

static void put_input(test_bytes *graph, const char *name, int64_t a, int64_t b) {
  put_value_info(graph, 11, name, FLOAT32, (int64_t[]){a, b}, 2);
}

static void put_output(test_bytes *graph, const char *name) {
  test_bytes info = {.size = 0};
  put_text(&info, 1, name);
  put_message(graph, 12, &info);
}

/* INPUTS: names with a space between; an empty one is "-". */
static void start_node(test_bytes *node, const char *operator_name, const char *name, const char *inputs,
                       const char *output) {
  while (*inputs) {
    size_t size = strcspn(inputs, " ");
    put_bytes(node, 1, inputs, size == 1 && *inputs == '-' ? 0 : size);
    inputs += size + (inputs[size] == ' ');
  }
  put_text(node, 2, output);
  put_text(node, 3, name);
  put_text(node, 4, operator_name);
}

static void put_node(test_bytes *graph, const char *operator_name, const char *name, const char *inputs,
                     const char *output) {
  test_bytes node = {.size = 0};
  start_node(&node, operator_name, name, inputs, output);
  put_message(graph, 1, &node);
}

static void put_attribute(test_bytes *node, const char *name, int64_t type, int64_t value) {
  test_bytes attribute = {.size = 0};
  put_text(&attribute, 1, name);
  put_integer(&attribute, 3, value);
  put_integer(&attribute, 20, type);
  put_message(node, 5, &attribute);
}

static void put_list_attribute(test_bytes *node, const char *name, const int64_t *values, size_t count) {
  test_bytes attribute = {.size = 0};
  put_text(&attribute, 1, name);
  for (size_t i = 0; i < count; ++i) put_integer(&attribute, 8, values[i]);
  put_integer(&attribute, 20, 7);
  put_message(node, 5, &attribute);
}

static void make_tensor(test_bytes *tensor, const char *name, int64_t element, const int64_t *shape, size_t rank,
                        const void *data, size_t size) {
  for (size_t i = 0; i < rank; ++i) put_integer(tensor, 1, shape[i]);
  put_integer(tensor, 2, element);
  put_text(tensor, 8, name);
  if (data) put_bytes(tensor, 9, data, size);
}

static void put_initializer(test_bytes *graph, const char *name, int64_t element, const int64_t *shape, size_t rank,
                            const void *data, size_t size) {
  test_bytes tensor = {.size = 0};
  make_tensor(&tensor, name, element, shape, rank, data, size);
  put_message(graph, 5, &tensor);
}

static void put_model(test_bytes *out, const test_bytes *graph, int64_t opset) {
  test_bytes set = {.size = 0};
  put_integer(out, 1, 7);
  put_message(out, 7, graph);
  put_integer(&set, 2, opset);
  put_message(out, 8, &set);
}

/* ---- Valid models ---- */

static void relu(test_bytes *out) {
  test_bytes graph = {.size = 0};
  put_node(&graph, "Relu", "first", "x", "y");
  put_input(&graph, "x", 2, 3);
  put_output(&graph, "y");
  put_model(out, &graph, 14);
}

static void convolution(test_bytes *out) {
  test_bytes graph = {.size = 0}, node = {.size = 0};
  float weight[2 * 1 * 3 * 3];
  for (size_t i = 0; i < sizeof weight / sizeof *weight; ++i) weight[i] = (float)i;
  start_node(&node, "Conv", "conv", "x w", "y");
  put_list_attribute(&node, "pads", (int64_t[]){1, 1, 1, 1}, 4);
  put_list_attribute(&node, "kernel_shape", (int64_t[]){3, 3}, 2);
  put_message(&graph, 1, &node);
  put_initializer(&graph, "w", FLOAT32, (int64_t[]){2, 1, 3, 3}, 4, weight, sizeof weight);
  put_value_info(&graph, 11, "x", FLOAT32, (int64_t[]){1, 1, 5, 5}, 4);
  put_value_info(&graph, 11, "w", FLOAT32, (int64_t[]){2, 1, 3, 3}, 4); /* a default value, as old models have */
  put_output(&graph, "y");
  put_model(out, &graph, 11);
}

/* The second half of what exporters make of x.view(x.size(0), -1). */
static void shape_chain(test_bytes *out) {
  test_bytes graph = {.size = 0}, concat = {.size = 0};
  put_node(&graph, "Shape", "shape", "x", "s");
  put_node(&graph, "Gather", "gather", "s zero", "n");
  put_node(&graph, "Unsqueeze", "unsqueeze", "n axes", "u");
  start_node(&concat, "Concat", "concat", "u rest", "target");
  put_attribute(&concat, "axis", 2, 0);
  put_message(&graph, 1, &concat);
  put_node(&graph, "Reshape", "reshape", "x target", "y");
  put_initializer(&graph, "zero", INT64, NULL, 0, (int64_t[]){0}, 8);
  put_initializer(&graph, "axes", INT64, (int64_t[]){1}, 1, (int64_t[]){0}, 8);
  put_initializer(&graph, "rest", INT64, (int64_t[]){1}, 1, (int64_t[]){-1}, 8);
  put_value_info(&graph, 11, "x", FLOAT32, (int64_t[]){2, 3, 4}, 3);
  put_output(&graph, "y");
  put_model(out, &graph, 13);
}

/* Before version 7: the right operand's extents match from an axis on. */
static void legacy_broadcast(test_bytes *out) {
  test_bytes graph = {.size = 0}, node = {.size = 0};
  start_node(&node, "Add", "add", "x b", "y");
  put_attribute(&node, "broadcast", 2, 1);
  put_attribute(&node, "axis", 2, 1);
  put_message(&graph, 1, &node);
  put_initializer(&graph, "b", FLOAT32, (int64_t[]){3}, 1, (float[]){1, 2, 3}, 12);
  put_value_info(&graph, 11, "x", FLOAT32, (int64_t[]){2, 3, 4, 5}, 4);
  put_output(&graph, "y");
  put_model(out, &graph, 6);
}

static void symbolic(test_bytes *out) {
  test_bytes graph = {.size = 0};
  put_node(&graph, "Relu", "", "x", "y");
  put_input(&graph, "x", -1, 3);
  put_output(&graph, "y");
  put_model(out, &graph, 14);
}

static void unsorted(test_bytes *out) {
  test_bytes graph = {.size = 0};
  put_node(&graph, "Neg", "last", "b", "y");
  put_node(&graph, "Exp", "middle", "a", "b");
  put_node(&graph, "Relu", "first", "x", "a");
  put_input(&graph, "x", 2, 3);
  put_output(&graph, "y");
  put_model(out, &graph, 14);
}

static void external_from(test_bytes *out, const char *location, const char *offset) {
  test_bytes graph = {.size = 0}, tensor = {.size = 0}, place = {.size = 0}, start = {.size = 0};
  make_tensor(&tensor, "w", FLOAT32, (int64_t[]){2, 3}, 2, NULL, 0);
  put_text(&place, 1, "location");
  put_text(&place, 2, location);
  put_text(&start, 1, "offset");
  put_text(&start, 2, offset);
  put_message(&tensor, 13, &place);
  put_message(&tensor, 13, &start);
  put_integer(&tensor, 14, 1);
  put_node(&graph, "Add", "add", "x w", "y");
  put_message(&graph, 5, &tensor);
  put_input(&graph, "x", 2, 3);
  put_output(&graph, "y");
  put_model(out, &graph, 14);
}

static void external(test_bytes *out) { external_from(out, "weights.bin", "0"); }

/* ---- Models that must be refused ---- */

static void external_absolute(test_bytes *out) { external_from(out, "/etc/passwd", "0"); }
static void external_parent(test_bytes *out) { external_from(out, "data/../../weights.bin", "0"); }
static void external_missing(test_bytes *out) { external_from(out, "no-such-file.bin", "0"); }
static void external_beyond(test_bytes *out) { external_from(out, "weights.bin", "9223372036854775800"); }
static void external_negative(test_bytes *out) { external_from(out, "weights.bin", "-8"); }
static void external_link(test_bytes *out) { external_from(out, "link.bin", "0"); }
static void external_folder(test_bytes *out) { external_from(out, "folder", "0"); }

static void cycle(test_bytes *out) {
  test_bytes graph = {.size = 0};
  put_node(&graph, "Add", "one", "x b", "a");
  put_node(&graph, "Relu", "two", "a", "b");
  put_input(&graph, "x", 2, 3);
  put_output(&graph, "b");
  put_model(out, &graph, 14);
}

static void missing_name(test_bytes *out) {
  test_bytes graph = {.size = 0};
  put_node(&graph, "Add", "sum", "x nowhere", "y");
  put_input(&graph, "x", 2, 3);
  put_output(&graph, "y");
  put_model(out, &graph, 14);
}

static void missing_output(test_bytes *out) {
  test_bytes graph = {.size = 0};
  put_node(&graph, "Relu", "first", "x", "y");
  put_input(&graph, "x", 2, 3);
  put_output(&graph, "z");
  put_model(out, &graph, 14);
}

static void duplicate_output(test_bytes *out) {
  test_bytes graph = {.size = 0};
  put_node(&graph, "Relu", "one", "x", "y");
  put_node(&graph, "Neg", "two", "x", "y");
  put_input(&graph, "x", 2, 3);
  put_output(&graph, "y");
  put_model(out, &graph, 14);
}

static void duplicate_input(test_bytes *out) {
  test_bytes graph = {.size = 0};
  put_node(&graph, "Relu", "one", "x", "y");
  put_input(&graph, "x", 2, 3);
  put_input(&graph, "x", 2, 3);
  put_output(&graph, "y");
  put_model(out, &graph, 14);
}

static void with_weight(test_bytes *out, int64_t element, const int64_t *shape, size_t rank, const void *data,
                        size_t size) {
  test_bytes graph = {.size = 0};
  put_node(&graph, "Add", "sum", "x w", "y");
  put_initializer(&graph, "w", element, shape, rank, data, size);
  put_input(&graph, "x", 2, 3);
  put_output(&graph, "y");
  put_model(out, &graph, 14);
}

static void negative_extent(test_bytes *out) { with_weight(out, FLOAT32, (int64_t[]){-2, -3}, 2, (float[6]){0}, 24); }
static void huge_extents(test_bytes *out) {
  with_weight(out, FLOAT32, (int64_t[]){INT64_MAX, INT64_MAX}, 2, (float[6]){0}, 24);
}
static void lying_size(test_bytes *out) {
  with_weight(out, FLOAT32, (int64_t[]){1000000, 1000000}, 2, (float[6]){0}, 24);
}
static void short_data(test_bytes *out) { with_weight(out, FLOAT32, (int64_t[]){2, 3}, 2, (float[6]){0}, 23); }
static void no_data(test_bytes *out) { with_weight(out, FLOAT32, (int64_t[]){2, 3}, 2, NULL, 0); }
static void string_tensor(test_bytes *out) { with_weight(out, STRING, (int64_t[]){1}, 1, "abc", 3); }
static void unknown_element(test_bytes *out) { with_weight(out, 1000, (int64_t[]){1}, 1, "abcd", 4); }
static void wrong_element(test_bytes *out) { with_weight(out, INT64, (int64_t[]){1}, 1, (int64_t[]){1}, 8); }

static void large_weight(test_bytes *out) {
  static float numbers[400 * 6];
  for (size_t i = 0; i < 400 * 6; ++i) numbers[i] = (float)i;
  with_weight(out, FLOAT32, (int64_t[]){400, 2, 3}, 3, numbers, sizeof numbers);
}

/* A weight whose bytes are said to be somewhere in memory, by the fields that only the decoder may set. */
static void own_fields(test_bytes *out) {
  test_bytes tensor = {.size = 0}, graph = {.size = 0};
  make_tensor(&tensor, "w", FLOAT32, (int64_t[]){2, 3}, 2, NULL, 0);
  put_integer(&tensor, 1000, 0x12345678);
  put_integer(&tensor, 1001, 24);
  put_message(&graph, 5, &tensor);
  put_node(&graph, "Add", "sum", "x w", "y");
  put_input(&graph, "x", 2, 3);
  put_output(&graph, "y");
  put_model(out, &graph, 14);
}

static void raw_data_twice(test_bytes *out) {
  test_bytes tensor = {.size = 0}, graph = {.size = 0};
  make_tensor(&tensor, "w", FLOAT32, (int64_t[]){2, 3}, 2, (float[6]){0}, 24);
  put_bytes(&tensor, 9, (float[6]){1}, 24);
  put_message(&graph, 5, &tensor);
  put_node(&graph, "Add", "sum", "x w", "y");
  put_input(&graph, "x", 2, 3);
  put_output(&graph, "y");
  put_model(out, &graph, 14);
}

static void many_extents(test_bytes *out) {
  int64_t shape[1000];
  for (size_t i = 0; i < 1000; ++i) shape[i] = 1;
  with_weight(out, FLOAT32, shape, 1000, (float[]){1}, 4);
}

static void unknown_operators(test_bytes *out) {
  test_bytes graph = {.size = 0}, foreign = {.size = 0};
  put_node(&graph, "Frobnicate", "one", "x", "a");
  put_node(&graph, "Relu", "two", "a", "b");
  put_node(&graph, "Frobnicate", "three", "b", "c");
  start_node(&foreign, "Gelu", "four", "c", "y");
  put_text(&foreign, 7, "com.example");
  put_message(&graph, 1, &foreign);
  put_input(&graph, "x", 2, 3);
  put_output(&graph, "y");
  put_model(out, &graph, 14);
}

static void unknown_attribute(test_bytes *out) {
  test_bytes graph = {.size = 0}, node = {.size = 0};
  start_node(&node, "Relu", "first", "x", "y");
  put_attribute(&node, "slope", 2, 1);
  put_message(&graph, 1, &node);
  put_input(&graph, "x", 2, 3);
  put_output(&graph, "y");
  put_model(out, &graph, 14);
}

static void mistyped_attribute(test_bytes *out) {
  test_bytes graph = {.size = 0}, node = {.size = 0};
  start_node(&node, "Concat", "join", "x x", "y");
  put_list_attribute(&node, "axis", (int64_t[]){0}, 1);
  put_message(&graph, 1, &node);
  put_input(&graph, "x", 2, 3);
  put_output(&graph, "y");
  put_model(out, &graph, 14);
}

static void no_graph(test_bytes *out) { put_integer(out, 1, 7); }

static void no_opset(test_bytes *out) {
  test_bytes graph = {.size = 0};
  put_node(&graph, "Relu", "first", "x", "y");
  put_integer(out, 1, 7);
  put_message(out, 7, &graph);
}

static void no_shape(test_bytes *out) {
  test_bytes graph = {.size = 0}, info = {.size = 0}, type = {.size = 0}, tensor = {.size = 0};
  put_integer(&tensor, 1, FLOAT32);
  put_message(&type, 1, &tensor);
  put_text(&info, 1, "x");
  put_message(&info, 2, &type);
  put_node(&graph, "Relu", "first", "x", "y");
  put_message(&graph, 11, &info);
  put_output(&graph, "y");
  put_model(out, &graph, 14);
}

/* Graphs inside attributes of nodes inside graphs: LEVELS of them. */
static void deep_subgraphs(test_bytes *out) {
  test_bytes graph = {.size = 0};
  for (int level = 0; level < 100; ++level) {
    test_bytes attribute = {.size = 0}, node = {.size = 0}, outer = {.size = 0};
    put_message(&attribute, 6, &graph);
    put_message(&node, 5, &attribute);
    put_message(&outer, 1, &node);
    graph = outer;
  }
  put_model(out, &graph, 14);
}

/* Two bytes of input for a structure each: decoding would need fifty times the file. */
static void many_nodes(test_bytes *out) {
  test_bytes graph = {.size = 0};
  for (int i = 0; i < 10000; ++i) put_bytes(&graph, 1, "", 0);
  put_model(out, &graph, 14);
}

static void graph_twice(test_bytes *out) {
  relu(out);
  test_bytes graph = {.size = 0};
  put_output(&graph, "z");
  put_message(out, 7, &graph);
}

static void lying_length(test_bytes *out) {
  relu(out);
  out->data[3] = 0x7f; /* the graph's length */
}

static void resize(test_bytes *out) {
  test_bytes graph = {.size = 0};
  const float scales[] = {1, 2};
  put_node(&graph, "Resize", "resize", "x roi scales", "y");
  put_initializer(&graph, "roi", FLOAT32, (int64_t[]){0}, 1, scales, 0);
  put_initializer(&graph, "scales", FLOAT32, (int64_t[]){2}, 1, scales, sizeof scales);
  put_input(&graph, "x", 2, 3);
  put_output(&graph, "y");
  put_model(out, &graph, 19);
}

static void gather_elements(test_bytes *out) {
  test_bytes graph = {.size = 0};
  put_node(&graph, "GatherElements", "gather", "x index", "y");
  put_initializer(&graph, "index", INT64, (int64_t[]){1, 3}, 2, (int64_t[]){0, -1, 1}, 24);
  put_input(&graph, "x", 2, 3);
  put_output(&graph, "y");
  put_model(out, &graph, 19);
}

static void gather_out_of_bounds(test_bytes *out) {
  test_bytes graph = {.size = 0};
  put_node(&graph, "Gather", "gather", "w index", "y");
  put_initializer(&graph, "w", INT64, (int64_t[]){2}, 1, (int64_t[]){1, 2}, 16);
  put_initializer(&graph, "index", INT64, NULL, 0, (int64_t[]){7}, 8);
  put_input(&graph, "x", 2, 3);
  put_output(&graph, "y");
  put_model(out, &graph, 14);
}

static void wrong_window(test_bytes *out) {
  test_bytes graph = {.size = 0}, node = {.size = 0};
  start_node(&node, "MaxPool", "pool", "x", "y");
  put_list_attribute(&node, "kernel_shape", (int64_t[]){INT64_MAX, 3}, 2);
  put_message(&graph, 1, &node);
  put_value_info(&graph, 11, "x", FLOAT32, (int64_t[]){1, 1, 5, 5}, 4);
  put_output(&graph, "y");
  put_model(out, &graph, 14);
}

const test_model test_models[] = {
    {"relu", NULL, relu},
    {"convolution", NULL, convolution},
    {"shape-chain", NULL, shape_chain},
    {"legacy-broadcast", NULL, legacy_broadcast},
    {"symbolic", NULL, symbolic},
    {"unsorted", NULL, unsorted},
    {"large-weight", NULL, large_weight},
    {"own-fields", "a field number is out of range", own_fields},
    {"raw-data-twice", "may be there once is there twice", raw_data_twice},
    {"external", NULL, external},
    {"external-absolute", "absolute path", external_absolute},
    {"external-parent", "leaves the model's folder", external_parent},
    {"external-missing", "cannot be opened", external_missing},
    {"external-beyond", "past the end of the file", external_beyond},
    {"external-negative", "not a count", external_negative},
    {"external-link", "goes through a link", external_link},
    {"external-folder", "not a regular file", external_folder},
    {"cycle", "the graph has a cycle", cycle},
    {"missing-name", "reads 'nowhere', which nothing produces", missing_name},
    {"missing-output", "output 'z' is produced by no node", missing_output},
    {"duplicate-output", "output 'y' has a name that is taken already", duplicate_output},
    {"duplicate-input", "input 'x' has a name that is taken already", duplicate_input},
    {"negative-extent", "negative extent", negative_extent},
    {"huge-extents", "tensor 'w' is too large", huge_extents},
    {"lying-size", "should hold 4000000000000 bytes and holds 24", lying_size},
    {"short-data", "should hold 24 bytes and holds 23", short_data},
    {"no-data", "should hold 6 numbers and holds 0", no_data},
    {"string-tensor", "not supported: string", string_tensor},
    {"unknown-element", "not supported: unknown (1000)", unknown_element},
    {"wrong-element", "graph.add", wrong_element},
    {"many-extents", "has 1000 dimensions", many_extents},
    {"unknown-operators", "2 operators that cannot be imported, in 3 nodes: Frobnicate, com.example::Gelu",
     unknown_operators},
    {"unknown-attribute", "node 'first' (Relu-14): attribute 'slope' is not known", unknown_attribute},
    {"mistyped-attribute", "node 'join' (Concat-13): attribute 'axis' should be an integer", mistyped_attribute},
    {"no-graph", "holds no graph", no_graph},
    {"no-opset", "does not say which version", no_opset},
    {"no-shape", "input 'x' has no shape", no_shape},
    {"deep-subgraphs", "nested too deeply", deep_subgraphs},
    {"many-nodes", "1 operator that cannot be imported, in 10000 nodes", many_nodes},
    {"graph-twice", "may be there once is there twice", graph_twice},
    {"lying-length", "the model is malformed", lying_length},
    {"gather-out-of-bounds", NULL, gather_out_of_bounds},
    {"resize", NULL, resize},
    {"gather-elements", NULL, gather_elements},
    {"wrong-window", "attribute 'kernel_shape' holds", wrong_window},
};
const size_t test_model_count = sizeof test_models / sizeof *test_models;

const test_model *find_test_model(const char *name) {
  for (size_t i = 0; i < test_model_count; ++i)
    if (strcmp(test_models[i].name, name) == 0) return &test_models[i];
  return NULL;
}
