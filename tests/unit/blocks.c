/* Blocks of 16 outputs by one input: the form against dense weights, what layers compute against the dense ones, and
 * the loops against the interpreter, over random shapes. Sums run in the order of the dense layer, so that bits are
 * equal. */
#include "dialects/lr/blocks.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "api/registry.h"
#include "dialects/graph/graph.h"
#include "dialects/lr/layout.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/window.h"
#include "dialects/pattern/pattern.h"
#include "ir/base/buffer.h"
#include "ir/evaluate.h"
#include "ir/parser.h"
#include "ir/pass.h"
#include "ir/printer.h"
#include "ir/verifier.h"
#include "tests/support/random_layers.h"

enum { SEEDS = 200 };

static uint64_t seeds(void) {
  const char *more = getenv("COCO_TEST_SEEDS");
  return more ? strtoull(more, NULL, 10) : SEEDS;
}

/* Weights [outputs][depth] where blocks of 16 by one are kept, percent of them; a block or an input may be empty. */
static float *random_weights(random_source *chance, int64_t outputs, int64_t depth) {
  const int64_t percent = between(chance, 0, 100), dead_block = between(chance, 0, 3),
                dead_input = between(chance, 0, 2 * depth);
  float *weights = calloc((size_t)(outputs * depth), sizeof *weights);
  cr_assert_not_null(weights);
  for (int64_t first = 0; first < outputs; first += 16)
    for (int64_t k = 0; k < depth; ++k) {
      if (between(chance, 1, 100) > percent || first / 16 == dead_block || k == dead_input) continue;
      for (int64_t o = first; o < first + 16 && o < outputs; ++o)
        weights[o * depth + k] = between(chance, 0, 9) ? (float)between(chance, -1000, 1000) / 257.0f : -0.0f;
    }
  return weights;
}

/* ---- The form ---- */

static void convert_one(uint64_t seed) {
  random_source chance = {seed};
  const uint32_t outputs = (uint32_t)between(&chance, 1, 50), depth = (uint32_t)between(&chance, 1, 40);
  float *weights = random_weights(&chance, outputs, depth), *turned = calloc((size_t)outputs * depth, sizeof *turned),
        *back = calloc((size_t)outputs * depth, sizeof *back);
  cr_assert(turned && back);
  for (uint32_t o = 0; o < outputs; ++o)
    for (uint32_t k = 0; k < depth; ++k) turned[k * outputs + o] = weights[o * depth + k];
  const coco_blocks_dense dense = {weights, outputs, depth, depth, 1}, other = {turned, outputs, depth, 1, outputs};
  coco_arena arena = {.allocator = &coco_heap};
  coco_blocks one, two;
  cr_assert_eq(coco_blocks_from_dense(&dense, &arena, &one), COCO_OK);
  cr_assert_eq(coco_blocks_from_dense(&other, &arena, &two), COCO_OK);
  cr_assert_null(coco_blocks_check(&one));
  cr_assert_eq(one.kept, two.kept);
  cr_assert_eq(memcmp(one.index, two.index, one.kept * sizeof *one.index), 0);
  cr_assert_eq(memcmp(one.weights, two.weights, one.kept * 16 * sizeof *one.weights), 0);
  cr_assert_eq(coco_blocks_survey(&dense).kept, one.kept);
  coco_blocks_to_dense(&one, back);
  for (size_t i = 0; i < (size_t)outputs * depth; ++i) {
    const float expected = weights[i];
    if (expected != 0)
      cr_assert_eq(memcmp(&back[i], &expected, sizeof expected), 0, "seed %llu", (unsigned long long)seed);
    cr_assert_eq(back[i], expected, "seed %llu", (unsigned long long)seed);
  }
  coco_arena_destroy(&arena);
  free(weights), free(turned), free(back);
}

Test(blocks, dense_and_back) {
  for (uint64_t seed = 1; seed <= seeds(); ++seed) convert_one(seed);
}

/* Block 0 keeps inputs 1 and 3, block 1 (outputs 16 and 17) input 0. */
Test(blocks, the_arrays_by_hand) {
  float weights[18 * 4] = {0};
  weights[5 * 4 + 1] = 2, weights[7 * 4 + 1] = -0.0f, weights[0 * 4 + 3] = 3, weights[17 * 4 + 0] = 4;
  const coco_blocks_dense dense = {weights, 18, 4, 4, 1};
  coco_arena arena = {.allocator = &coco_heap};
  coco_blocks blocks;
  cr_assert_eq(coco_blocks_from_dense(&dense, &arena, &blocks), COCO_OK);
  cr_assert_eq(blocks.kept, 3);
  const uint32_t offset[] = {0, 2, 3}, index[] = {1, 3, 0};
  cr_assert_eq(memcmp(blocks.offset, offset, sizeof offset), 0);
  cr_assert_eq(memcmp(blocks.index, index, sizeof index), 0);
  cr_assert(blocks.weights[5] == 2 && blocks.weights[16 + 0] == 3 && blocks.weights[32 + 1] == 4);
  cr_assert(memcmp(&blocks.weights[7], &weights[7 * 4 + 1], sizeof(float)) == 0);
  const coco_blocks_count count = coco_blocks_survey(&dense);
  cr_assert(count.kept == 3 && count.nonzero == 3 && count.weights == 34 && count.empty == 15);
  coco_arena_destroy(&arena);
}

Test(blocks, places_and_elements) {
  for (uint64_t seed = 1; seed <= seeds(); ++seed) {
    random_source chance = {seed};
    coco_context *context;
    cr_assert_eq(coco_context_create(NULL, &context), COCO_OK);
    cr_assert_eq(coco_register_all_dialects(context), COCO_OK);
    const int64_t kernel[] = {between(&chance, 1, 3), between(&chance, 1, 3)},
                  dilations[] = {between(&chance, 1, 2), between(&chance, 1, 2)};
    const coco_window window = {.rank = 2, .kernel = kernel, .dilations = dilations};
    const coco_lr_layout_info layout = {.block = 16, .halo = {between(&chance, 0, 2), 1, 0, between(&chance, 0, 2)}};
    const int64_t shape[] = {1, between(&chance, 1, 40), between(&chance, 5, 9), between(&chance, 5, 9)};
    const coco_type *type =
        coco_lr_type_with_layout(context, coco_type_tensor(context, 4, shape, coco_type_f32(context), NULL), &layout);
    const int64_t rows = shape[2] + layout.halo[0] + layout.halo[2],
                  columns = shape[3] + layout.halo[1] + layout.halo[3];
    int64_t found = 0;
    for (int64_t place = 0; place < (shape[1] + 15) / 16 * rows * columns * 16; ++place) {
      const int64_t element = coco_lr_block_element(type, &window, place);
      if (element < 0) continue;
      ++found;
      cr_assert_eq(coco_lr_block_place(type, &window, element), place, "seed %llu", (unsigned long long)seed);
    }
    cr_assert_eq(found, shape[1] * kernel[0] * kernel[1], "seed %llu", (unsigned long long)seed);
    coco_context_destroy(context);
  }
}

/* ---- Layers against dense ones ---- */

static void put_extents(coco_buffer *text, const int64_t *shape, size_t rank) {
  for (size_t i = 0; i < rank; ++i) coco_buffer_format(text, "%lldx", (long long)shape[i]);
}

static void put_type(coco_buffer *text, const int64_t *shape, size_t rank) {
  coco_buffer_text(text, "tensor<");
  put_extents(text, shape, rank);
  coco_buffer_text(text, "f32>");
}

static void put_weights(coco_buffer *text, const float *weights, const int64_t *shape, size_t rank) {
  size_t count = 1;
  for (size_t i = 0; i < rank; ++i) count *= (size_t)shape[i];
  coco_buffer_text(text, "  %w = graph.constant dense<\"0x");
  coco_buffer_hex(text, weights, count * sizeof *weights);
  coco_buffer_text(text, "\"> : ");
  put_type(text, shape, rank);
  coco_buffer_text(text, "\n");
}

typedef struct layer_case {
  int64_t input[5], weight[5], output[5];
  size_t rank, weight_rank;
  const coco_operation_definition *compact;
} layer_case;

/* A gemm (either way round) or a matmul of any rank; its second argument is the bias. */
static layer_case put_product(random_source *chance, coco_buffer *text) {
  layer_case made = {.compact = &coco_pattern_linear, .weight_rank = 2, .rank = (size_t)between(chance, 1, 3)};
  const int64_t outputs = between(chance, 1, 50), depth = between(chance, 1, 40);
  const bool gemm = made.rank == 2, transposed = gemm && toss(chance);
  float *weights = random_weights(chance, outputs, depth), *turned = calloc((size_t)(outputs * depth), sizeof *turned);
  for (int64_t o = 0; o < outputs; ++o)
    for (int64_t k = 0; k < depth; ++k) turned[k * outputs + o] = weights[o * depth + k];
  for (size_t i = 0; i + 1 < made.rank; ++i) made.input[i] = made.output[i] = between(chance, 1, 4);
  made.input[made.rank - 1] = depth, made.output[made.rank - 1] = outputs;
  made.weight[0] = transposed ? outputs : depth, made.weight[1] = transposed ? depth : outputs;
  coco_buffer_text(text, "func.func @main(%x: ");
  put_type(text, made.input, made.rank);
  coco_buffer_format(text, ", %%b: tensor<%lldxf32>) -> ", (long long)outputs);
  put_type(text, made.output, made.rank);
  coco_buffer_text(text, " {\n");
  put_weights(text, transposed ? weights : turned, made.weight, 2);
  coco_buffer_text(
      text, gemm ? "  %0 = graph.gemm %x, %w, %b {alpha = 1.0 : f32, beta = 1.0 : f32, trans_a = false, trans_b = "
                 : "  %1 = graph.matmul %x, %w");
  if (gemm) coco_buffer_format(text, "%s}", transposed ? "true" : "false");
  coco_buffer_text(text, " : (");
  put_type(text, made.input, made.rank);
  coco_buffer_text(text, ", ");
  put_type(text, made.weight, 2);
  if (gemm) coco_buffer_format(text, ", tensor<%lldxf32>", (long long)outputs);
  coco_buffer_text(text, ") -> ");
  put_type(text, made.output, made.rank);
  if (!gemm) {
    coco_buffer_text(text, "\n  %0 = graph.add %1, %b : (");
    put_type(text, made.output, made.rank);
    coco_buffer_format(text, ", tensor<%lldxf32>) -> ", (long long)outputs);
    put_type(text, made.output, made.rank);
  }
  free(weights), free(turned);
  return made;
}

static void put_numbers(coco_buffer *text, const int64_t *values, size_t count) {
  for (size_t i = 0; i < count; ++i) coco_buffer_format(text, "%s%lld", i ? ", " : "", (long long)values[i]);
}

static layer_case put_conv(random_source *chance, coco_buffer *text) {
  const size_t spatial = (size_t)between(chance, 1, 3);
  layer_case made = {.compact = &coco_pattern_block_conv, .rank = spatial + 2, .weight_rank = spatial + 2};
  int64_t strides[3], pads[6], dilations[3], depth = between(chance, 1, 9);
  made.input[0] = made.output[0] = between(chance, 1, 2);
  made.weight[0] = made.output[1] = between(chance, 1, 40);
  made.weight[1] = made.input[1] = depth;
  for (size_t i = 0; i < spatial; ++i) {
    made.weight[i + 2] = between(chance, 1, 3);
    depth *= made.weight[i + 2];
    strides[i] = between(chance, 1, 2), dilations[i] = between(chance, 1, 2);
    pads[i] = between(chance, 0, 2), pads[spatial + i] = between(chance, 0, 2);
    const int64_t covered = dilations[i] * (made.weight[i + 2] - 1) + 1;
    made.input[i + 2] = covered + between(chance, 0, spatial == 3 ? 3 : 7);
    made.output[i + 2] = (made.input[i + 2] + pads[i] + pads[spatial + i] - covered) / strides[i] + 1;
  }
  float *weights = random_weights(chance, made.weight[0], depth);
  coco_buffer_text(text, "func.func @main(%x: ");
  put_type(text, made.input, made.rank);
  coco_buffer_format(text, ", %%b: tensor<%lldxf32>) -> ", (long long)made.weight[0]);
  put_type(text, made.output, made.rank);
  coco_buffer_text(text, " {\n");
  put_weights(text, weights, made.weight, made.rank);
  coco_buffer_text(text, "  %0 = graph.conv %x, %w, %b {strides = array<i64: ");
  put_numbers(text, strides, spatial);
  coco_buffer_text(text, ">, pads = array<i64: ");
  put_numbers(text, pads, 2 * spatial);
  coco_buffer_text(text, ">, dilations = array<i64: ");
  put_numbers(text, dilations, spatial);
  coco_buffer_text(text, ">, group = 1 : i64} : (");
  put_type(text, made.input, made.rank);
  coco_buffer_text(text, ", ");
  put_type(text, made.weight, made.rank);
  coco_buffer_format(text, ", tensor<%lldxf32>) -> ", (long long)made.weight[0]);
  put_type(text, made.output, made.rank);
  free(weights);
  return made;
}

static coco_runtime_value evaluate(coco_context *context, coco_operation *module, const coco_runtime_value *inputs) {
  coco_runtime_value result = {0};
  coco_evaluation *evaluation = NULL;
  cr_assert_eq(coco_verify(module), COCO_OK);
  cr_assert_eq(coco_evaluation_create(context, &evaluation), COCO_OK);
  coco_operation *function = coco_symbol_lookup_in(module, COCO_STRING("main"));
  cr_assert_eq(coco_evaluate_function(evaluation, function, inputs, 2, &result, 1), COCO_OK);
  coco_evaluation_destroy(evaluation);
  return result;
}

static coco_runtime_value random_input(random_source *chance, coco_context *context, const int64_t *shape,
                                       size_t rank) {
  coco_runtime_value value;
  const coco_type *type = coco_type_tensor(context, rank, shape, coco_type_f32(context), NULL);
  const size_t count = (size_t)coco_type_element_count(type);
  float *data = calloc(count, sizeof *data);
  cr_assert_not_null(data);
  for (size_t i = 0; i < count; ++i) data[i] = (float)between(chance, -1000, 1000) / 129.0f;
  cr_assert(coco_runtime_borrow(type, data, count * sizeof *data, &value));
  return value;
}

static bool has(coco_operation *module, const coco_operation_definition *row) {
  for (coco_operation *operation = module; operation; operation = coco_walk_next(operation, module))
    if (coco_operation_is(operation, row)) return true;
  return false;
}

/* The same numbers: a zero may have another sign, where a sum had a step with a zero weight. */
static void expect_same(const coco_runtime_value *a, const coco_runtime_value *b, uint64_t seed) {
  cr_assert_eq(a->type, b->type);
  const float *x = a->data, *y = b->data;
  for (int64_t i = 0; i < coco_type_element_count(a->type); ++i)
    cr_assert_eq(x[i], y[i], "seed %llu: element %lld is %a, not %a", (unsigned long long)seed, (long long)i,
                 (double)x[i], (double)y[i]);
}

/* Blocks get random register blocks. */
static void choose_tuning(random_source *chance, coco_operation *module) {
  for (coco_operation *operation = module; operation; operation = coco_walk_next(operation, module)) {
    if (!coco_lr_is_blocks(operation) || toss(chance)) continue;
    const bool is_product = coco_operation_is(operation, &coco_lr_block_matmul);
    coco_lr_tuning_info info = {.columns = between(chance, 1, 5)};
    if (is_product) info.filters = between(chance, 1, 4);
    if (!is_product) info.rows = between(chance, 1, 3), info.pieces = between(chance, 1, 3);
    const coco_attribute *tuning = coco_lr_tuning_attribute(operation->context, &info);
    cr_assert_not_null(tuning);
    coco_operation_set_property(
        operation,
        is_product ? COCO_PROPERTY_INDEX(lr_block_matmul, tuning) : COCO_PROPERTY_INDEX(lr_block_conv, tuning), tuning);
  }
}

static void run_as_loops(random_source *chance, coco_operation *module) {
  coco_buffer text = COCO_BUFFER(&coco_heap);
  choose_tuning(chance, module);
  cr_assert_eq(coco_print_operation(&text, module, &(coco_print_options){.inline_resources_up_to = 1 << 30}), COCO_OK);
  coco_buffer_byte(&text, 0);
  cr_assert_eq(text.status, COCO_OK);
  test_layers_agree(chance, text.data);
  coco_buffer_free(&text);
}

static bool compare_one(uint64_t seed) {
  const char *lowered = seed % 4 == 0 ? "graph-fuse,graph-to-lr,canonicalize,lr-schedule{fp=strict sparse=none}"
                                      : "graph-fuse,graph-to-lr,canonicalize,lr-schedule{fp=strict sparse=all}";
  random_source chance = {seed * 31 + 7};
  coco_context *context;
  coco_operation *module;
  coco_buffer text = COCO_BUFFER(&coco_heap);
  const layer_case made = toss(&chance) ? put_product(&chance, &text) : put_conv(&chance, &text);
  coco_buffer_text(&text, "\n  return %0 : ");
  put_type(&text, made.output, made.rank);
  coco_buffer_text(&text, "\n}\n");
  cr_assert_eq(coco_context_create(NULL, &context), COCO_OK);
  cr_assert_eq(coco_register_all_dialects(context), COCO_OK);
  cr_assert_eq(coco_parse_module(context, coco_buffer_view(&text), COCO_STRING("random.mlir"), &module), COCO_OK);
  const int64_t outputs = made.compact == &coco_pattern_linear ? made.output[made.rank - 1] : made.output[1];
  coco_runtime_value inputs[] = {random_input(&chance, context, made.input, made.rank),
                                 random_input(&chance, context, &outputs, 1)};
  coco_runtime_value dense = evaluate(context, module, inputs);
  const char *all = "graph-to-blocks{max-linear=100 max-conv=100 max-winograd=100 min-fill=0}";
  cr_assert_eq(coco_run_pipeline(context, coco_all_passes(), all, module), COCO_OK);
  const bool converted = has(module, made.compact);
  coco_runtime_value compact = evaluate(context, module, inputs);
  expect_same(&dense, &compact, seed);
  cr_assert_eq(coco_run_pipeline(context, coco_all_passes(), "pattern-to-graph", module), COCO_OK);
  cr_assert(!has(module, made.compact));
  coco_runtime_value back = evaluate(context, module, inputs);
  expect_same(&dense, &back, seed);
  cr_assert_eq(coco_run_pipeline(context, coco_all_passes(), all, module), COCO_OK);
  cr_assert_eq(coco_run_pipeline(context, coco_all_passes(), lowered, module), COCO_OK);
  coco_runtime_value low = evaluate(context, module, inputs);
  expect_same(&dense, &low, seed);
  run_as_loops(&chance, module);
  coco_runtime_release(&dense), coco_runtime_release(&compact), coco_runtime_release(&back), coco_runtime_release(&low);
  free(inputs[0].data), free(inputs[1].data);
  coco_operation_erase(module);
  coco_context_destroy(context);
  coco_buffer_free(&text);
  return converted;
}

Test(blocks, layers_equal_dense_ones) {
  uint64_t converted = 0;
  for (uint64_t seed = 1; seed <= seeds(); ++seed) converted += compare_one(seed);
  cr_assert(converted * 2 > seeds(), "only %llu layers became blocks", (unsigned long long)converted);
}

/* ---- Empty inputs and outputs go through products ---- */

/* Weights [outputs][depth] of which some rows and columns are zero. */
static void put_layer(random_source *chance, coco_buffer *text, const char *name, int64_t outputs, int64_t depth,
                      const char *extents) {
  float *weights = random_weights(chance, outputs, depth), bias[64];
  for (int64_t o = 0; o < outputs; ++o) {
    const bool empty = between(chance, 0, 3) == 0;
    for (int64_t k = 0; k < depth && empty; ++k) weights[o * depth + k] = 0;
    bias[o] = between(chance, 0, 1) ? 0 : (float)between(chance, -300, 100) / 129.0f;
  }
  for (int64_t k = 0; k < depth; ++k) {
    const bool empty = between(chance, 0, 3) == 0;
    for (int64_t o = 0; o < outputs && empty; ++o) weights[o * depth + k] = 0;
  }
  coco_buffer_format(text, "  %%%s = graph.constant dense<\"0x", name);
  coco_buffer_hex(text, weights, (size_t)(outputs * depth) * sizeof *weights);
  coco_buffer_format(text, "\"> : tensor<%s>\n  %%%sb = graph.constant dense<\"0x", extents, name);
  coco_buffer_hex(text, bias, (size_t)outputs * sizeof *bias);
  coco_buffer_format(text, "\"> : tensor<%lldxf32>\n", (long long)outputs);
  free(weights);
}

static void put_network(random_source *chance, coco_buffer *text) {
  coco_buffer_text(text, "func.func @main(%x: tensor<2x3x2x2xf32>, %b: tensor<5xf32>) -> tensor<2x5xf32> {\n");
  put_layer(chance, text, "w", 9, 3, "9x3x1x1xf32");
  put_layer(chance, text, "u", 33, 36, "33x36xf32");
  put_layer(chance, text, "v", 18, 33, "18x33xf32");
  put_layer(chance, text, "t", 5, 18, "5x18xf32");
  coco_buffer_text(text,
                   "  %0 = graph.conv %x, %w, %wb {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, "
                   "dilations = array<i64: 1, 1>, group = 1 : i64} "
                   ": (tensor<2x3x2x2xf32>, tensor<9x3x1x1xf32>, tensor<9xf32>) -> tensor<2x9x2x2xf32>\n"
                   "  %1 = graph.relu %0 : tensor<2x9x2x2xf32>\n"
                   "  %2 = graph.flatten %1 {axis = 1 : i64} : (tensor<2x9x2x2xf32>) -> tensor<2x36xf32>\n"
                   "  %3 = graph.gemm %2, %u, %ub {alpha = 1.0 : f32, beta = 1.0 : f32, trans_a = false, trans_b = "
                   "true} : (tensor<2x36xf32>, tensor<33x36xf32>, tensor<33xf32>) -> tensor<2x33xf32>\n"
                   "  %4 = graph.relu %3 : tensor<2x33xf32>\n"
                   "  %5 = graph.gemm %4, %v, %vb {alpha = 1.0 : f32, beta = 1.0 : f32, trans_a = false, trans_b = "
                   "true} : (tensor<2x33xf32>, tensor<18x33xf32>, tensor<18xf32>) -> tensor<2x18xf32>\n"
                   "  %6 = graph.relu %5 : tensor<2x18xf32>\n"
                   "  %7 = graph.gemm %6, %t, %b {alpha = 1.0 : f32, beta = 1.0 : f32, trans_a = false, trans_b = "
                   "true} : (tensor<2x18xf32>, tensor<5x18xf32>, tensor<5xf32>) -> tensor<2x5xf32>\n"
                   "  return %7 : tensor<2x5xf32>\n}\n");
}

static void shrink_one(uint64_t seed) {
  random_source chance = {seed * 17 + 3};
  coco_context *context;
  coco_operation *module;
  coco_buffer text = COCO_BUFFER(&coco_heap);
  put_network(&chance, &text);
  cr_assert_eq(coco_context_create(NULL, &context), COCO_OK);
  cr_assert_eq(coco_register_all_dialects(context), COCO_OK);
  cr_assert_eq(coco_parse_module(context, coco_buffer_view(&text), COCO_STRING("random.mlir"), &module), COCO_OK);
  coco_runtime_value inputs[] = {random_input(&chance, context, (const int64_t[]){2, 3, 2, 2}, 4),
                                 random_input(&chance, context, (const int64_t[]){5}, 1)};
  coco_runtime_value whole = evaluate(context, module, inputs);
  const char *pipeline = toss(&chance)
                             ? "graph-to-blocks{max-linear=100},remove-empty-channels,graph-to-blocks{max-linear=100}"
                             : "remove-empty-channels,graph-to-blocks{max-linear=100}";
  cr_assert_eq(coco_run_pipeline(context, coco_all_passes(), pipeline, module), COCO_OK);
  coco_runtime_value small = evaluate(context, module, inputs);
  expect_same(&whole, &small, seed);
  coco_runtime_release(&whole), coco_runtime_release(&small);
  free(inputs[0].data), free(inputs[1].data);
  coco_operation_erase(module);
  coco_context_destroy(context);
  coco_buffer_free(&text);
}

Test(blocks, empty_channels_go_through_products) {
  for (uint64_t seed = 1; seed <= seeds(); ++seed) shrink_one(seed);
}
