/* A network of the zoo as a module of the graph level: layers from the table, weights from a seeded generator.
 *
 * Weights: element i of a parameter is low + (high - low) * (u + 1/2) / 2^24, where u is the upper 24 bits of output i
 * of SplitMix64 started at FNV-1a(name of the parameter) xor seed * 0x9e3779b97f4a7c15. They depend on the seed and the
 * parameter's name only, not on its neighbours. Ranges follow He: uniform with variance 2 / fan-in before a ReLU, 1 /
 * fan-in elsewhere, so that activations keep their scale; the last batch norm of a residual branch is scaled down, so
 * that sums of many blocks stay in range. */
#include "tools/coco-zoo/build.h"

#include <math.h>
#include <stdio.h>

#include "dialects/builtin/builtin.h"
#include "dialects/func/func.h"
#include "dialects/graph/graph.h"
#include "ir/builder.h"

typedef struct zoo_builder {
  coco_context *context;
  coco_builder builder;
  const zoo_options *options;
  coco_value *x;
} zoo_builder;

typedef enum zoo_activation { NO_ACTIVATION, RELU, RELU6 } zoo_activation;

/* ---- Parameters ---- */

static uint64_t next_random(uint64_t *state) {
  uint64_t x = *state += 0x9e3779b97f4a7c15u;
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
  x = (x ^ x >> 27) * 0x94d049bb133111ebu;
  return x ^ x >> 31;
}

static uint64_t start_of(const char *name, uint64_t seed) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (; *name; ++name) hash = (hash ^ (uint8_t)*name) * 0x100000001b3u;
  return hash ^ seed * 0x9e3779b97f4a7c15u;
}

static void name_layer(zoo_builder *zoo, const char *name) {
  const coco_location *location = coco_location_name(zoo->context, coco_string_from(name), NULL);
  if (!location) coco_builder_fail(&zoo->builder, COCO_OUT_OF_MEMORY);
  zoo->builder.location = location;
}

/* A constant "LAYER.NAME" of uniform numbers from LOW to HIGH. */
static coco_value *parameter(zoo_builder *zoo, const char *layer, const char *name, size_t rank, const int64_t *shape,
                             double low, double high) {
  char full[96];
  snprintf(full, sizeof full, "%s.%s", layer, name);
  const coco_type *type = coco_type_tensor(zoo->context, rank, shape, coco_type_f32(zoo->context), NULL);
  if (!type) coco_builder_fail(&zoo->builder, COCO_OUT_OF_MEMORY);
  if (zoo->builder.status != COCO_OK) return NULL;
  int64_t count = coco_type_element_count(type);
  uint8_t *data = NULL;
  coco_resource *resource = NULL;
  coco_status status = count < 0 ? COCO_OUT_OF_MEMORY
                                 : coco_resource_allocate(zoo->context, coco_string_from(full),
                                                          (size_t)count * sizeof(float), &data, &resource);
  if (status != COCO_OK) {
    coco_builder_fail(&zoo->builder, status);
    return NULL;
  }
  uint64_t state = start_of(full, zoo->options->seed);
  const double step = (high - low) / (1 << 24), first = low + step / 2;
  for (int64_t i = 0; i < count; ++i) {
    float value = (float)(first + step * (double)(next_random(&state) >> 40));
    memcpy(data + (size_t)i * sizeof value, &value, sizeof value);
  }
  const coco_attribute *value = coco_attribute_dense_resource(zoo->context, type, resource);
  if (!value) coco_builder_fail(&zoo->builder, COCO_OUT_OF_MEMORY);
  return coco_build_value(&zoo->builder, &(coco_operation_state){.definition = &coco_graph_constant,
                                                                 COCO_WITH_ATTRIBUTES(COCO_NAMED("value", value))});
}

static coco_value *weight(zoo_builder *zoo, const char *layer, size_t rank, const int64_t *shape,
                          zoo_activation activation) {
  int64_t fan_in = 1;
  for (size_t i = 1; i < rank; ++i) fan_in *= shape[i];
  double bound = sqrt((activation == NO_ACTIVATION ? 3.0 : 6.0) / (double)fan_in);
  return parameter(zoo, layer, "weight", rank, shape, -bound, bound);
}

/* ---- Layers: each replaces zoo->x ---- */

/* LAYER.PART, kept in BUFFER. */
static const char *part(char buffer[80], const char *layer, const char *name) {
  snprintf(buffer, 80, "%.59s.%.19s", layer, name);
  return buffer;
}

/* Named LAYER.act. */
static void activate(zoo_builder *zoo, const char *layer, zoo_activation activation) {
  coco_context *context = zoo->context;
  char name[80];
  if (activation == NO_ACTIVATION) return;
  name_layer(zoo, part(name, layer, "act"));
  if (activation == RELU) zoo->x = coco_build_unary(&zoo->builder, &coco_graph_relu, zoo->x);
  if (activation == RELU6)
    zoo->x = coco_build_value(
        &zoo->builder,
        &(coco_operation_state){.definition = &coco_graph_clip,
                                COCO_WITH_OPERANDS(zoo->x),
                                COCO_WITH_ATTRIBUTES(COCO_NAMED("minimum", coco_attribute_f32(context, 0)),
                                                     COCO_NAMED("maximum", coco_attribute_f32(context, 6)))});
}

/* The channels of X; 0 once something has failed. */
static int64_t channels_of(const zoo_builder *zoo) {
  return zoo->builder.status == COCO_OK ? zoo->x->type->shape[1] : 0;
}

typedef struct conv_options {
  int64_t filters, kernel, stride, group;
  zoo_activation activation;
  bool bias;
} conv_options;

static void conv(zoo_builder *zoo, const char *layer, const conv_options *options) {
  coco_context *context = zoo->context;
  int64_t stride = options->stride ? options->stride : 1, group = options->group ? options->group : 1,
          pad = options->kernel / 2;
  if (zoo->builder.status != COCO_OK) return;
  name_layer(zoo, layer);
  int64_t shape[] = {options->filters, channels_of(zoo) / group, options->kernel, options->kernel};
  coco_value *filters = weight(zoo, layer, 4, shape, options->activation);
  coco_value *bias = options->bias ? parameter(zoo, layer, "bias", 1, shape, -0.05, 0.05) : NULL;
  zoo->x = coco_build_value(
      &zoo->builder, &(coco_operation_state){
                         .definition = &coco_graph_conv,
                         .operands = (coco_value *const[]){zoo->x, filters, bias},
                         .operand_count = bias ? 3 : 2,
                         COCO_WITH_ATTRIBUTES(
                             COCO_NAMED("strides", coco_attribute_i64_array(context, (int64_t[]){stride, stride}, 2)),
                             COCO_NAMED("pads", coco_attribute_i64_array(context, (int64_t[]){pad, pad, pad, pad}, 4)),
                             COCO_NAMED("dilations", coco_attribute_i64_array(context, (int64_t[]){1, 1}, 2)),
                             COCO_NAMED("group", coco_attribute_i64(context, group)))});
}

static void batch_norm(zoo_builder *zoo, const char *layer, double scale) {
  char name[80];
  if (zoo->builder.status != COCO_OK) return;
  name_layer(zoo, part(name, layer, "norm"));
  int64_t channels = channels_of(zoo);
  coco_value *gamma = parameter(zoo, name, "scale", 1, &channels, 0.9 * scale, 1.1 * scale),
             *beta = parameter(zoo, name, "bias", 1, &channels, -0.1, 0.1);
  coco_value *mean = parameter(zoo, name, "mean", 1, &channels, -0.1, 0.1),
             *variance = parameter(zoo, name, "variance", 1, &channels, 0.8, 1.25);
  zoo->x = coco_build_value(
      &zoo->builder,
      &(coco_operation_state){.definition = &coco_graph_batch_norm,
                              COCO_WITH_OPERANDS(zoo->x, gamma, beta, mean, variance),
                              COCO_WITH_ATTRIBUTES(COCO_NAMED("epsilon", coco_attribute_f32(zoo->context, 1e-5f)))});
}

static void conv_norm(zoo_builder *zoo, const char *layer, const conv_options *options, double scale) {
  conv(zoo, layer, options);
  batch_norm(zoo, layer, scale);
  activate(zoo, layer, options->activation);
}

static void conv_bias(zoo_builder *zoo, const char *layer, conv_options options) {
  options.bias = true;
  conv(zoo, layer, &options);
  activate(zoo, layer, options.activation);
}

static void max_pool(zoo_builder *zoo, int64_t kernel, int64_t stride, int64_t pad) {
  coco_context *context = zoo->context;
  zoo->x = coco_build_value(
      &zoo->builder, &(coco_operation_state){
                         .definition = &coco_graph_max_pool,
                         COCO_WITH_OPERANDS(zoo->x),
                         COCO_WITH_ATTRIBUTES(
                             COCO_NAMED("kernel", coco_attribute_i64_array(context, (int64_t[]){kernel, kernel}, 2)),
                             COCO_NAMED("strides", coco_attribute_i64_array(context, (int64_t[]){stride, stride}, 2)),
                             COCO_NAMED("pads", coco_attribute_i64_array(context, (int64_t[]){pad, pad, pad, pad}, 4)),
                             COCO_NAMED("dilations", coco_attribute_i64_array(context, (int64_t[]){1, 1}, 2)),
                             COCO_NAMED("ceil_mode", coco_attribute_bool(context, false)))});
}

static void global_pool(zoo_builder *zoo) {
  coco_context *context = zoo->context;
  zoo->x = coco_build_value(
      &zoo->builder,
      &(coco_operation_state){
          .definition = &coco_graph_reduce,
          COCO_WITH_OPERANDS(zoo->x),
          COCO_WITH_ATTRIBUTES(COCO_NAMED("kind", coco_attribute_string(context, COCO_STRING("mean"))),
                               COCO_NAMED("axes", coco_attribute_i64_array(context, (int64_t[]){2, 3}, 2)),
                               COCO_NAMED("keep_dimensions", coco_attribute_bool(context, true)))});
}

static void flatten(zoo_builder *zoo) {
  if (zoo->builder.status != COCO_OK || zoo->x->type->rank == 2) return;
  name_layer(zoo, "flatten");
  zoo->x = coco_build_value(
      &zoo->builder,
      &(coco_operation_state){.definition = &coco_graph_flatten,
                              COCO_WITH_OPERANDS(zoo->x),
                              COCO_WITH_ATTRIBUTES(COCO_NAMED("axis", coco_attribute_i64(zoo->context, 1)))});
}

static void linear(zoo_builder *zoo, const char *layer, int64_t units, zoo_activation activation) {
  coco_context *context = zoo->context;
  flatten(zoo);
  name_layer(zoo, layer);
  int64_t shape[] = {units, channels_of(zoo)};
  coco_value *matrix = weight(zoo, layer, 2, shape, activation),
             *bias = parameter(zoo, layer, "bias", 1, shape, -0.05, 0.05);
  zoo->x = coco_build_value(
      &zoo->builder,
      &(coco_operation_state){.definition = &coco_graph_gemm,
                              COCO_WITH_OPERANDS(zoo->x, matrix, bias),
                              COCO_WITH_ATTRIBUTES(COCO_NAMED("alpha", coco_attribute_f32(context, 1)),
                                                   COCO_NAMED("beta", coco_attribute_f32(context, 1)),
                                                   COCO_NAMED("trans_a", coco_attribute_bool(context, false)),
                                                   COCO_NAMED("trans_b", coco_attribute_bool(context, true)))});
  activate(zoo, layer, activation);
}

/* ---- Blocks ---- */

static void fire(zoo_builder *zoo, const char *layer, const zoo_layer *row) {
  char name[80];
  conv_bias(zoo, part(name, layer, "squeeze"),
            (conv_options){.filters = row->filters, .kernel = 1, .activation = RELU});
  coco_value *squeezed = zoo->x;
  conv_bias(zoo, part(name, layer, "expand1x1"), (conv_options){.filters = row->more, .kernel = 1, .activation = RELU});
  coco_value *narrow = zoo->x;
  zoo->x = squeezed;
  conv_bias(zoo, part(name, layer, "expand3x3"), (conv_options){.filters = row->more, .kernel = 3, .activation = RELU});
  name_layer(zoo, part(name, layer, "concat"));
  zoo->x = coco_build_value(
      &zoo->builder,
      &(coco_operation_state){.definition = &coco_graph_concat,
                              COCO_WITH_OPERANDS(narrow, zoo->x),
                              COCO_WITH_ATTRIBUTES(COCO_NAMED("axis", coco_attribute_i64(zoo->context, 1)))});
}

enum { BOTTLENECK_EXPANSION = 4 };

/* x' = relu(branch(x) + shortcut(x)); the shortcut is a projection where the shape changes. */
static void residual(zoo_builder *zoo, const char *layer, const zoo_layer *row, int64_t stride) {
  char name[80];
  bool deep = row->kind == ZOO_BOTTLENECK;
  int64_t filters = row->filters, outputs = deep ? filters * BOTTLENECK_EXPANSION : filters;
  coco_value *input = zoo->x;
  bool project = stride != 1 || channels_of(zoo) != outputs;
  if (deep) {
    conv_norm(zoo, part(name, layer, "conv1"), &(conv_options){.filters = filters, .kernel = 1, .activation = RELU}, 1);
    conv_norm(zoo, part(name, layer, "conv2"),
              &(conv_options){.filters = filters, .kernel = 3, .stride = stride, .activation = RELU}, 1);
    conv_norm(zoo, part(name, layer, "conv3"), &(conv_options){.filters = outputs, .kernel = 1}, 0.3);
  } else {
    conv_norm(zoo, part(name, layer, "conv1"),
              &(conv_options){.filters = filters, .kernel = 3, .stride = stride, .activation = RELU}, 1);
    conv_norm(zoo, part(name, layer, "conv2"), &(conv_options){.filters = outputs, .kernel = 3}, 0.3);
  }
  coco_value *branch = zoo->x;
  zoo->x = input;
  if (project)
    conv_norm(zoo, part(name, layer, "shortcut"), &(conv_options){.filters = outputs, .kernel = 1, .stride = stride},
              1);
  name_layer(zoo, part(name, layer, "add"));
  zoo->x = coco_build_binary(&zoo->builder, &coco_graph_add, branch, zoo->x);
  activate(zoo, layer, RELU);
}

static void inverted_residual(zoo_builder *zoo, const char *layer, const zoo_layer *row, int64_t stride) {
  char name[80];
  coco_value *input = zoo->x;
  int64_t channels = channels_of(zoo), hidden = channels * row->more;
  bool add = stride == 1 && channels == row->filters;
  if (row->more != 1)
    conv_norm(zoo, part(name, layer, "expand"), &(conv_options){.filters = hidden, .kernel = 1, .activation = RELU6},
              1);
  conv_norm(zoo, part(name, layer, "depthwise"),
            &(conv_options){.filters = hidden, .kernel = 3, .stride = stride, .group = hidden, .activation = RELU6}, 1);
  conv_norm(zoo, part(name, layer, "project"), &(conv_options){.filters = row->filters, .kernel = 1}, add ? 0.3 : 1);
  if (!add) return;
  name_layer(zoo, part(name, layer, "add"));
  zoo->x = coco_build_binary(&zoo->builder, &coco_graph_add, input, zoo->x);
}

static void build_layer(zoo_builder *zoo, const zoo_layer *row, const char *layer, int64_t stride) {
  conv_options options = {.filters = row->filters,
                          .kernel = row->kernel,
                          .stride = stride,
                          .activation = row->kind == ZOO_CONV_NORM6 ? RELU6 : RELU};
  name_layer(zoo, layer);
  switch (row->kind) {
    case ZOO_CONV:
      conv_bias(zoo, layer, options);
      break;
    case ZOO_CONV_NORM:
    case ZOO_CONV_NORM6:
      conv_norm(zoo, layer, &options, 1);
      break;
    case ZOO_MAX_POOL:
      max_pool(zoo, row->kernel, stride, 0);
      break;
    case ZOO_PADDED_POOL:
      max_pool(zoo, row->kernel, stride, row->kernel / 2);
      break;
    case ZOO_FIRE:
      fire(zoo, layer, row);
      break;
    case ZOO_BASIC:
    case ZOO_BOTTLENECK:
      residual(zoo, layer, row, stride);
      break;
    case ZOO_INVERTED:
      inverted_residual(zoo, layer, row, stride);
      break;
    case ZOO_GLOBAL_POOL:
      global_pool(zoo);
      break;
    case ZOO_LINEAR:
      linear(zoo, layer, row->filters, RELU);
      break;
    case ZOO_CLASSIFIER:
      linear(zoo, layer, zoo->options->classes, NO_ACTIVATION);
      break;
    case ZOO_CLASS_CONV:
      conv_bias(zoo, layer, (conv_options){.filters = zoo->options->classes, .kernel = 1, .activation = RELU});
      break;
  }
}

/* Layers are named by their kind and their number among the layers of that kind: "conv3", "block2". */
static void build_layers(zoo_builder *zoo, const zoo_network *network) {
  static const char *const names[] = {[ZOO_CONV] = "conv",
                                      [ZOO_CONV_NORM] = "conv",
                                      [ZOO_CONV_NORM6] = "conv",
                                      [ZOO_MAX_POOL] = "pool",
                                      [ZOO_PADDED_POOL] = "pool",
                                      [ZOO_FIRE] = "fire",
                                      [ZOO_BASIC] = "block",
                                      [ZOO_BOTTLENECK] = "block",
                                      [ZOO_INVERTED] = "block",
                                      [ZOO_GLOBAL_POOL] = "global_pool",
                                      [ZOO_LINEAR] = "linear",
                                      [ZOO_CLASSIFIER] = "classifier",
                                      [ZOO_CLASS_CONV] = "classifier"};
  int numbers[sizeof names / sizeof *names] = {0};
  for (size_t i = 0; i < network->layer_count; ++i) {
    const zoo_layer *row = &network->layers[i];
    if (row->only && row->only != zoo->options->size) continue;
    for (int j = 0; j < (row->repeat ? row->repeat : 1); ++j) {
      char layer[32];
      bool alone = row->kind == ZOO_GLOBAL_POOL || row->kind == ZOO_CLASSIFIER || row->kind == ZOO_CLASS_CONV;
      snprintf(layer, sizeof layer, alone ? "%s" : "%s%d", names[row->kind], ++numbers[row->kind]);
      build_layer(zoo, row, layer, j == 0 && row->stride ? row->stride : 1);
    }
  }
  flatten(zoo);
}

/* ---- The module ---- */

static coco_status set_name_list(coco_operation *function, const char *attribute, const char *name) {
  const coco_attribute *text = coco_attribute_string(function->context, coco_string_from(name));
  const coco_attribute *list = text ? coco_attribute_array(function->context, &text, 1) : NULL;
  return list ? coco_operation_set(function, coco_string_from(attribute), list) : COCO_OUT_OF_MEMORY;
}

static coco_status set_function_type(coco_operation *function, const coco_type *input, const coco_type *output) {
  const coco_type *type = coco_type_function(function->context, &input, 1, &output, 1);
  const coco_attribute *attribute = type ? coco_attribute_type(function->context, type) : NULL;
  return attribute ? coco_operation_set(function, COCO_STRING("function_type"), attribute) : COCO_OUT_OF_MEMORY;
}

static coco_status fill_module(zoo_builder *zoo, const zoo_network *network, coco_operation *module) {
  const zoo_options *options = zoo->options;
  coco_context *context = zoo->context;
  coco_block *body = coco_region_append_block(context, coco_operation_region(module, 0));
  const coco_type *input = coco_type_tensor(context, 4, (int64_t[]){options->batch, 3, options->size, options->size},
                                            coco_type_f32(context), NULL);
  if (!body || !input) return COCO_OUT_OF_MEMORY;
  const coco_type *function_type = coco_type_function(context, &input, 1, NULL, 0);
  zoo->builder = coco_builder_at_end(context, body, module->location);
  coco_operation *function =
      coco_build(&zoo->builder,
                 &(coco_operation_state){
                     .definition = &coco_func_func,
                     COCO_WITH_ATTRIBUTES(COCO_NAMED("sym_name", coco_attribute_string(context, COCO_STRING("main"))),
                                          COCO_NAMED("function_type", coco_attribute_type(context, function_type)))});
  coco_block *entry = function ? coco_build_block(&zoo->builder, function, 0, &input, 1) : NULL;
  if (!entry) return zoo->builder.status;
  coco_builder_to_end(&zoo->builder, entry);
  zoo->x = entry->arguments[0];
  build_layers(zoo, network);
  zoo->builder.location = module->location;
  coco_build(&zoo->builder, &(coco_operation_state){.definition = &coco_func_return, COCO_WITH_OPERANDS(zoo->x)});
  COCO_TRY(zoo->builder.status);
  COCO_TRY(set_function_type(function, input, zoo->x->type));
  COCO_TRY(set_name_list(function, "coco.inputs", "input"));
  return set_name_list(function, "coco.outputs", "logits");
}

coco_status zoo_build(coco_context *context, const zoo_network *network, const zoo_options *options,
                      coco_operation **out_module) {
  zoo_builder zoo = {.context = context, .options = options};
  coco_operation *module = NULL;
  const coco_location *location = coco_location_name(context, coco_string_from(network->name), NULL);
  *out_module = NULL;
  if (!location) return COCO_OUT_OF_MEMORY;
  COCO_TRY(coco_operation_create(
      context, &(coco_operation_state){.definition = &coco_builtin_module, .location = location}, &module));
  coco_status status = fill_module(&zoo, network, module);
  if (status != COCO_OK)
    coco_operation_erase(module);
  else
    *out_module = module;
  return status;
}
