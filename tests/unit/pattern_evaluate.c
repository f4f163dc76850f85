/* What a convolution with patterns computes: random shapes, windows, groups, sets and densities, against the dense
 * convolution of the same weights. The order of sums differs, so that |a - b| <= 1e-5 * sum |w x| for each output;
 * pattern-to-graph gives the weights back to the bit. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "api/registry.h"
#include "dialects/graph/graph.h"
#include "dialects/pattern/pattern.h"
#include "ir/base/buffer.h"
#include "ir/evaluate.h"
#include "ir/parser.h"
#include "ir/pass.h"
#include "ir/verifier.h"

enum { SEEDS = 200 };

static uint64_t random_state;

static uint32_t random_below(uint32_t limit) {
  random_state = random_state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)((random_state >> 33) % limit);
}
static int64_t random_from(int64_t low, int64_t high) { return low + random_below((uint32_t)(high - low + 1)); }

/* COUNT random extents as "a, b". */
static void write_numbers(coco_buffer *text, const int64_t *values, size_t count) {
  for (size_t i = 0; i < count; ++i) coco_buffer_format(text, "%s%lld", i ? ", " : "", (long long)values[i]);
}
static void write_type(coco_buffer *text, const int64_t *shape, size_t rank) {
  coco_buffer_text(text, "tensor<");
  for (size_t i = 0; i < rank; ++i) coco_buffer_format(text, "%lldx", (long long)shape[i]);
  coco_buffer_text(text, "f32>");
}

typedef struct sample {
  size_t rank; /* spatial */
  int64_t group, kernel[3], strides[3], dilations[3], pads[6];
  int64_t input[5], weight[5], output[5];
  float *weights;
  int64_t weight_count;
} sample;

static void make_shapes(sample *s) {
  s->rank = (size_t)random_from(1, 3);
  s->group = random_from(1, 3);
  const int64_t channels = random_from(1, 9), filters = s->group * random_from(1, 7);
  s->input[0] = random_from(1, 2), s->input[1] = channels * s->group;
  s->weight[0] = filters, s->weight[1] = channels;
  s->output[0] = s->input[0], s->output[1] = filters;
  s->weight_count = filters * channels;
  for (size_t i = 0; i < s->rank; ++i) {
    s->kernel[i] = random_from(1, s->rank == 3 ? 3 : 5);
    s->strides[i] = random_from(1, 3), s->dilations[i] = random_from(1, 2);
    s->pads[i] = random_from(0, 2), s->pads[s->rank + i] = random_from(0, 2);
    const int64_t covered = s->dilations[i] * (s->kernel[i] - 1) + 1;
    s->input[i + 2] = covered + random_from(0, s->rank == 3 ? 3 : 9);
    s->output[i + 2] = (s->input[i + 2] + s->pads[i] + s->pads[s->rank + i] - covered) / s->strides[i] + 1;
    s->weight[i + 2] = s->kernel[i];
    s->weight_count *= s->kernel[i];
  }
}

/* Filter 0 or channel 0 are empty now and then. */
static void make_weights(sample *s) {
  const int64_t positions = s->weight_count / (s->weight[0] * s->weight[1]), entries = random_from(1, positions);
  const uint32_t density = random_below(101), dead = random_below(4);
  uint64_t masks[4];
  s->weights = calloc((size_t)s->weight_count, sizeof *s->weights);
  cr_assert_not_null(s->weights);
  for (size_t i = 0; i < 4; ++i)
    for (masks[i] = 0; __builtin_popcountll(masks[i]) < entries;)
      masks[i] |= UINT64_C(1) << random_below((uint32_t)positions);
  for (int64_t f = 0; f < s->weight[0]; ++f)
    for (int64_t c = 0; c < s->weight[1]; ++c) {
      if ((dead == 1 && f == 0) || (dead == 2 && c == 0) || random_below(100) >= density) continue;
      for (uint64_t mask = masks[random_below(4)]; mask; mask &= mask - 1)
        s->weights[(f * s->weight[1] + c) * positions + __builtin_ctzll(mask)] =
            (float)random_from(-1000, 1000) / 257.0f;
    }
}

static void write_program(const sample *s, bool with_bias, coco_buffer *text) {
  coco_buffer_text(text, "func.func @main(%x: ");
  write_type(text, s->input, s->rank + 2);
  coco_buffer_format(text, ", %%b: tensor<%lldxf32>) -> ", (long long)s->weight[0]);
  write_type(text, s->output, s->rank + 2);
  coco_buffer_text(text, " {\n  %w = graph.constant dense<\"0x");
  coco_buffer_hex(text, s->weights, (size_t)s->weight_count * sizeof *s->weights);
  coco_buffer_text(text, "\"> : ");
  write_type(text, s->weight, s->rank + 2);
  coco_buffer_format(text, "\n  %%0 = graph.conv %%x, %%w%s {strides = array<i64: ", with_bias ? ", %b" : "");
  write_numbers(text, s->strides, s->rank);
  coco_buffer_text(text, ">, pads = array<i64: ");
  write_numbers(text, s->pads, 2 * s->rank);
  coco_buffer_text(text, ">, dilations = array<i64: ");
  write_numbers(text, s->dilations, s->rank);
  coco_buffer_format(text, ">, group = %lld : i64} : (", (long long)s->group);
  write_type(text, s->input, s->rank + 2);
  coco_buffer_text(text, ", ");
  write_type(text, s->weight, s->rank + 2);
  if (with_bias) coco_buffer_format(text, ", tensor<%lldxf32>", (long long)s->weight[0]);
  coco_buffer_text(text, ") -> ");
  write_type(text, s->output, s->rank + 2);
  coco_buffer_text(text, "\n  return %0 : ");
  write_type(text, s->output, s->rank + 2);
  coco_buffer_text(text, "\n}\n");
}

static coco_runtime_value evaluate(coco_context *context, coco_operation *module, const coco_runtime_value *inputs) {
  coco_runtime_value result = {0};
  coco_evaluation *evaluation = NULL;
  cr_assert_eq(coco_verify(module), COCO_OK);
  cr_assert_eq(coco_evaluation_create(context, &evaluation), COCO_OK);
  cr_assert_eq(
      coco_evaluate_function(evaluation, coco_symbol_lookup_in(module, COCO_STRING("main")), inputs, 2, &result, 1),
      COCO_OK);
  coco_evaluation_destroy(evaluation);
  return result;
}

static coco_operation *first_of(coco_operation *module, const coco_operation_definition *row) {
  for (coco_operation *operation = module; operation; operation = coco_walk_next(operation, module))
    if (coco_operation_is(operation, row)) return operation;
  return NULL;
}

static coco_runtime_value random_input(coco_context *context, const int64_t *shape, size_t rank) {
  coco_runtime_value value;
  const coco_type *type = coco_type_tensor(context, rank, shape, coco_type_f32(context), NULL);
  const size_t count = (size_t)coco_type_element_count(type);
  float *data = calloc(count, sizeof *data);
  cr_assert_not_null(data);
  for (size_t i = 0; i < count; ++i) data[i] = (float)random_from(-1000, 1000) / 129.0f;
  cr_assert(coco_runtime_borrow(type, data, count * sizeof *data, &value));
  return value;
}

static coco_operation *parse(coco_context *context, const sample *s, bool with_bias) {
  coco_operation *module;
  coco_buffer text = COCO_BUFFER(&coco_heap);
  write_program(s, with_bias, &text);
  cr_assert_eq(coco_parse_module(context, coco_buffer_view(&text), COCO_STRING("random.mlir"), &module), COCO_OK);
  coco_buffer_free(&text);
  return module;
}

static void make_absolute(float *values, int64_t count) {
  for (int64_t i = 0; i < count; ++i) values[i] = fabsf(values[i]);
}

/* sum |w x| of each output: the dense convolution of absolute values, which take the place of both. */
static coco_runtime_value bounds(coco_context *context, const sample *s, bool with_bias, coco_runtime_value *inputs) {
  make_absolute(s->weights, s->weight_count);
  for (size_t i = 0; i < 2; ++i) make_absolute(inputs[i].data, coco_type_element_count(inputs[i].type));
  coco_operation *module = parse(context, s, with_bias);
  const coco_runtime_value result = evaluate(context, module, inputs);
  coco_operation_erase(module);
  return result;
}

static void expect_close(const coco_runtime_value *a, const coco_runtime_value *b, const coco_runtime_value *bound,
                         uint64_t seed) {
  cr_assert_eq(a->type, b->type);
  const float *x = a->data, *y = b->data, *z = bound->data;
  for (int64_t i = 0; i < coco_type_element_count(a->type); ++i)
    cr_assert(fabs((double)x[i] - (double)y[i]) <= 1e-5 * (double)z[i], "seed %llu: element %lld is %g, not %g",
              (unsigned long long)seed, (long long)i, (double)x[i], (double)y[i]);
}

static void expect_weights(coco_operation *module, const sample *s) {
  const coco_operation *conv = first_of(module, &coco_graph_conv);
  cr_assert_not_null(conv);
  const coco_attribute *weight = coco_value_constant(conv->operands[1].value);
  for (int64_t i = 0; i < s->weight_count; ++i)
    cr_assert(memcmp(coco_elements_at(weight, i), &s->weights[i], sizeof(float)) == 0);
}

static void try_seed(uint64_t seed) {
  sample s = {0};
  coco_context *context;
  char pipeline[128];
  random_state = seed * 977 + 13;
  make_shapes(&s), make_weights(&s);
  cr_assert_eq(coco_context_create(NULL, &context), COCO_OK);
  cr_assert_eq(coco_register_all_dialects(context), COCO_OK);
  const bool with_bias = random_below(2);
  coco_operation *module = parse(context, &s, with_bias);
  coco_runtime_value inputs[] = {random_input(context, s.input, s.rank + 2), random_input(context, s.weight, 1)};
  coco_runtime_value dense = evaluate(context, module, inputs);
  snprintf(pipeline, sizeof pipeline, "graph-to-pattern{max-density=100 grouped-max-density=100 span=%d reorder=%s}",
           (int)random_from(0, 6), random_below(2) ? "true" : "false");
  cr_assert_eq(coco_run_pipeline(context, coco_all_passes(), pipeline, module), COCO_OK);
  cr_assert_not_null(first_of(module, &coco_pattern_conv), "seed %llu", (unsigned long long)seed);
  coco_runtime_value compact = evaluate(context, module, inputs);
  cr_assert_eq(coco_run_pipeline(context, coco_all_passes(), "pattern-to-graph", module), COCO_OK);
  expect_weights(module, &s);
  coco_runtime_value bound = bounds(context, &s, with_bias, inputs);
  expect_close(&compact, &dense, &bound, seed);
  coco_runtime_release(&dense), coco_runtime_release(&compact), coco_runtime_release(&bound);
  free(inputs[0].data), free(inputs[1].data), free(s.weights);
  coco_operation_erase(module);
  coco_context_destroy(context);
}

/* COCO_TEST_SEEDS asks for more. */
Test(pattern_evaluate, equals_the_dense_convolution) {
  const char *more = getenv("COCO_TEST_SEEDS");
  const uint64_t seeds = more ? strtoull(more, NULL, 10) : SEEDS;
  for (uint64_t seed = 0; seed < seeds; ++seed) try_seed(seed);
}

/* ---- Passes over several layers ---- */

static void write_weights(coco_buffer *text, const char *name, int64_t filters, int64_t channels, int64_t kernel) {
  coco_buffer_format(text, "  %%%s = graph.constant dense<\"0x", name);
  const int64_t dead_filter = random_below((uint32_t)filters), dead_channel = random_below((uint32_t)channels);
  for (int64_t f = 0; f < filters; ++f)
    for (int64_t c = 0; c < channels; ++c) {
      const bool empty = f == dead_filter || (channels > 1 && c == dead_channel) || random_below(3) == 0;
      for (int64_t i = 0; i < kernel * kernel; ++i) {
        const float weight = empty || i % 2 == 0 ? 0 : (float)random_from(-1000, 1000) / 2570.0f;
        coco_buffer_hex(text, &weight, sizeof weight);
      }
    }
  coco_buffer_format(text, "\"> : tensor<%lldx%lldx%lldx%lldxf32>\n", (long long)filters, (long long)channels,
                     (long long)kernel, (long long)kernel);
}

/* Two convolutions with a relu, a scale for each channel, a depthwise convolution, a clip and a pool between them, and
 * a third that reads both. */
static void write_network(coco_buffer *text) {
  coco_buffer_text(text, "func.func @main(%x: tensor<1x4x8x8xf32>, %y: tensor<1xf32>) -> tensor<1x5x8x8xf32> {\n");
  write_weights(text, "a", 6, 4, 3), write_weights(text, "b", 7, 6, 3), write_weights(text, "c", 5, 7, 3),
      write_weights(text, "d", 5, 6, 3), write_weights(text, "e", 7, 1, 3);
  coco_buffer_text(
      text,
      "  %p = graph.constant dense<[-1.0, 0.0, -2.0, 0.0, -3.0, -0.5]> : tensor<6xf32>\n"
      "  %q = graph.constant dense<[[[1.0]], [[2.0]], [[3.0]], [[4.0]], [[5.0]], [[6.0]], [[7.0]]]> : "
      "tensor<7x1x1xf32>\n"
      "  %r = graph.constant dense<[0.0, -1.0, 0.5, 0.0, 0.0, -2.0, 0.0]> : tensor<7xf32>\n"
      "  %0 = graph.conv %x, %a, %p {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: "
      "1, 1>, group = 1 : i64} : (tensor<1x4x8x8xf32>, tensor<6x4x3x3xf32>, tensor<6xf32>) -> tensor<1x6x8x8xf32>\n"
      "  %1 = graph.relu %0 : tensor<1x6x8x8xf32>\n"
      "  %2 = graph.conv %1, %b {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, "
      "1>, group = 1 : i64} : (tensor<1x6x8x8xf32>, tensor<7x6x3x3xf32>) -> tensor<1x7x8x8xf32>\n"
      "  %3 = graph.mul %2, %q : (tensor<1x7x8x8xf32>, tensor<7x1x1xf32>) -> tensor<1x7x8x8xf32>\n"
      "  %8 = graph.conv %3, %e, %r {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: "
      "1, "
      "1>, group = 7 : i64} : (tensor<1x7x8x8xf32>, tensor<7x1x3x3xf32>, tensor<7xf32>) -> tensor<1x7x8x8xf32>\n"
      "  %9 = graph.clip %8 {minimum = 0.0 : f32, maximum = 6.0 : f32} : tensor<1x7x8x8xf32>\n"
      "  %4 = graph.max_pool %9 {kernel = array<i64: 3, 3>, strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, "
      "dilations = array<i64: 1, 1>, ceil_mode = false} : (tensor<1x7x8x8xf32>) -> tensor<1x7x8x8xf32>\n"
      "  %5 = graph.conv %4, %c {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, "
      "1>, group = 1 : i64} : (tensor<1x7x8x8xf32>, tensor<5x7x3x3xf32>) -> tensor<1x5x8x8xf32>\n"
      "  %6 = graph.conv %1, %d {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, "
      "1>, group = 1 : i64} : (tensor<1x6x8x8xf32>, tensor<5x6x3x3xf32>) -> tensor<1x5x8x8xf32>\n"
      "  %7 = graph.add %5, %6 : (tensor<1x5x8x8xf32>, tensor<1x5x8x8xf32>) -> tensor<1x5x8x8xf32>\n"
      "  return %7 : tensor<1x5x8x8xf32>\n}\n");
}

static void try_pipeline(const char *pipeline, uint64_t seed, double tolerance) {
  coco_context *context;
  coco_operation *module;
  coco_buffer text = COCO_BUFFER(&coco_heap);
  random_state = seed * 31 + 7;
  cr_assert_eq(coco_context_create(NULL, &context), COCO_OK);
  cr_assert_eq(coco_register_all_dialects(context), COCO_OK);
  write_network(&text);
  cr_assert_eq(coco_parse_module(context, coco_buffer_view(&text), COCO_STRING("network.mlir"), &module), COCO_OK);
  coco_runtime_value inputs[] = {random_input(context, (const int64_t[]){1, 4, 8, 8}, 4),
                                 random_input(context, (const int64_t[]){1}, 1)};
  coco_runtime_value before = evaluate(context, module, inputs);
  cr_assert_eq(coco_run_pipeline(context, coco_all_passes(), pipeline, module), COCO_OK);
  coco_runtime_value after = evaluate(context, module, inputs);
  cr_assert_eq(before.type, after.type);
  const float *a = before.data, *b = after.data;
  double largest = 0;
  for (int64_t i = 0; i < coco_type_element_count(before.type); ++i) largest = fmax(largest, fabs((double)a[i]));
  for (int64_t i = 0; i < coco_type_element_count(before.type); ++i)
    cr_assert(fabs((double)a[i] - (double)b[i]) <= tolerance * largest, "%s, seed %llu: %g is %g", pipeline,
              (unsigned long long)seed, (double)a[i], (double)b[i]);
  coco_runtime_release(&before), coco_runtime_release(&after);
  free(inputs[0].data), free(inputs[1].data);
  coco_buffer_free(&text);
  coco_operation_erase(module);
  coco_context_destroy(context);
}

Test(pattern_evaluate, networks_compute_the_same) {
  for (uint64_t seed = 0; seed < 50; ++seed) {
    try_pipeline("remove-empty-channels", seed, 0);
    try_pipeline("graph-to-pattern{max-density=100 grouped-max-density=100},pattern-fold-permutation", seed, 1e-5);
    try_pipeline(
        "remove-empty-channels,graph-to-pattern{max-density=100 grouped-max-density=100 "
        "span=3},pattern-fold-permutation,pattern-to-graph",
        seed, 1e-5);
  }
}
