/* Evaluation of graph operations against numbers that another implementation of ONNX computed from the same inputs.
 *
 * Inputs follow one rule, so that they need not be listed: element i is ((i * k) % m - o) / d. */
#include <criterion/criterion.h>
#include <math.h>

#include "api/registry.h"
#include "dialects/builtin/builtin.h"
#include "dialects/graph/graph.h"
#include "ir/builder.h"
#include "ir/verifier.h"

enum { INPUTS = 8, ROOM = 512 };

typedef struct bench {
  coco_context *context;
  coco_operation *module;
  coco_evaluation *evaluation;
  coco_builder builder;
  coco_value *values[INPUTS];
  coco_runtime_value inputs[INPUTS];
  size_t count;
  float room[INPUTS][ROOM];
  coco_runtime_value result;
} bench;

static bench *open_bench(void) {
  static bench storage; /* one at a time: each test runs in a process of its own */
  bench *b = &storage;
  cr_assert_eq(coco_context_create(NULL, &b->context), COCO_OK);
  cr_assert_eq(coco_register_all_dialects(b->context), COCO_OK);
  coco_context_allow_unregistered(b->context, true);
  coco_operation_state state = {.definition = coco_context_operation(b->context, COCO_STRING("test.module")), .region_count = 1};
  cr_assert_eq(coco_operation_create(b->context, &state, &b->module), COCO_OK);
  coco_block *block = coco_region_append_block(b->context, coco_operation_region(b->module, 0));
  b->builder = coco_builder_at_end(b->context, block, coco_location_unknown(b->context));
  cr_assert_eq(coco_evaluation_create(b->context, &b->evaluation), COCO_OK);
  return b;
}

static void close_bench(bench *b) {
  coco_runtime_release(&b->result);
  for (size_t i = 0; i < b->count; ++i) coco_runtime_release(&b->inputs[i]);
  coco_evaluation_destroy(b->evaluation);
  coco_operation_erase(b->module);
  coco_context_destroy(b->context);
}

static const coco_type *tensor(bench *b, const coco_type *element, size_t rank, const int64_t *shape) {
  return coco_type_tensor(b->context, rank, shape, element, NULL);
}

/* An argument with these floats. */
static coco_value *floats(bench *b, size_t rank, const int64_t *shape, const float *values) {
  const coco_type *type = tensor(b, coco_type_f32(b->context), rank, shape);
  const size_t size = (size_t)coco_type_byte_count(type), at = b->count++;
  cr_assert_leq(size, sizeof b->room[at]);
  memcpy(b->room[at], values, size);
  cr_assert(coco_runtime_borrow(type, b->room[at], size, &b->inputs[at]));
  return b->values[at] = coco_block_add_argument(b->context, b->builder.block, type);
}

static coco_value *sequence_of(bench *b, size_t rank, const int64_t *shape, int k, int m, int o, float d) {
  float values[ROOM];
  for (int i = 0; i < ROOM; ++i) values[i] = (float)(i * k % m - o) / d;
  return floats(b, rank, shape, values);
}
static coco_value *sequence(bench *b, size_t rank, const int64_t *shape) { return sequence_of(b, rank, shape, 7, 11, 5, 4); }
static coco_value *weights(bench *b, size_t rank, const int64_t *shape) { return sequence_of(b, rank, shape, 5, 7, 3, 2); }

/* A constant vector of integers. */
static coco_value *integers(bench *b, size_t count, const int64_t *values) {
  const int64_t extent = (int64_t)count;
  const coco_type *type = tensor(b, coco_type_integer(b->context, 64), 1, &extent);
  const coco_attribute *attribute = coco_attribute_dense(b->context, type, values, count * sizeof *values);
  cr_assert_eq(coco_runtime_from_attribute(b->evaluation, attribute, type, &b->inputs[b->count]), COCO_OK);
  return b->values[b->count++] = coco_graph_build_constant(&b->builder, attribute);
}

/* An argument with these numbers as elements of another type. */
static coco_value *numbers(bench *b, const coco_type *element, size_t rank, const int64_t *shape, const double *values) {
  const coco_type *type = tensor(b, element, rank, shape);
  const size_t size = (size_t)coco_type_byte_count(type), at = b->count++, each = coco_type_element_size(element);
  for (size_t i = 0; i * each < size; ++i) {
    char *to = (char *)b->room[at] + i * each;
    if (coco_type_is_float(element))
      coco_element_write_real(element, to, values[i]);
    else
      coco_element_write_integer(element, to, (int64_t)values[i]);
  }
  cr_assert(coco_runtime_borrow(type, b->room[at], size, &b->inputs[at]));
  return b->values[at] = coco_block_add_argument(b->context, b->builder.block, type);
}

static void expect_number(const bench *b, size_t index, double expected) {
  const coco_type *element = b->result.type->element;
  const void *at = (const char *)b->result.data + index * coco_type_element_size(element);
  cr_expect_eq(coco_type_is_float(element) ? coco_element_read_real(element, at) : (double)coco_element_read_integer(element, at), expected);
}

static const coco_attribute *i64s(bench *b, size_t count, const int64_t *values) { return coco_attribute_i64_array(b->context, values, count); }
static const coco_attribute *flag(bench *b, bool value) { return coco_attribute_bool(b->context, value); }

#define SHAPE(...) sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t), (const int64_t[]){__VA_ARGS__}
#define I64S(...) i64s(b, SHAPE(__VA_ARGS__))

/* Builds an operation on all inputs so far, and evaluates it. */
static coco_operation *run(bench *b, const coco_operation_definition *row, const coco_named_attribute *attributes, size_t attribute_count) {
  coco_runtime_release(&b->result);
  b->result = (coco_runtime_value){0};
  coco_operation *operation = coco_build(&b->builder, &(coco_operation_state){.definition = row,
                                                                              .operands = b->values,
                                                                              .operand_count = b->count,
                                                                              .attributes = attributes,
                                                                              .attribute_count = attribute_count});
  cr_assert_eq(b->builder.status, COCO_OK, "%s", row->name);
  cr_assert_eq(coco_verify(operation), COCO_OK, "%s", row->name);
  cr_assert_eq(coco_evaluate_operation(b->evaluation, operation, b->inputs, &b->result), COCO_OK, "%s", row->name);
  cr_assert_eq(b->result.type, operation->results[0].type, "%s: type at run time", row->name);
  return operation;
}
#define RUN(row, ...)                                              \
  run(b, &coco_graph_##row, (const coco_named_attribute[]){__VA_ARGS__}, \
      sizeof((const coco_named_attribute[]){__VA_ARGS__}) / sizeof(coco_named_attribute))
#define RUN_PLAIN(row) run(b, &coco_graph_##row, NULL, 0)

static void expect_floats(const bench *b, size_t count, const float *expected) {
  cr_assert_eq(coco_type_element_count(b->result.type), (int64_t)count);
  for (size_t i = 0; i < count; ++i) {
    const float found = ((const float *)b->result.data)[i];
    cr_expect(fabsf(found - expected[i]) <= 2e-6f * fmaxf(1, fabsf(expected[i])), "element %zu is %.9g, expected %.9g", i, (double)found,
              (double)expected[i]);
  }
}
#define EXPECT(...) expect_floats(b, sizeof((const float[]){__VA_ARGS__}) / sizeof(float), (const float[]){__VA_ARGS__})

Test(graph_evaluate, conv_with_stride_padding_dilation_and_bias) {
  bench *b = open_bench();
  sequence(b, SHAPE(1, 2, 4, 5));
  weights(b, SHAPE(2, 2, 3, 2));
  floats(b, SHAPE(2), (const float[]){0.5f, -1});
  RUN(conv, COCO_NAMED("strides", I64S(2, 1)), COCO_NAMED("pads", I64S(1, 0, 0, 1)), COCO_NAMED("dilations", I64S(1, 2)),
      COCO_NAMED("group", coco_attribute_i64(b->context, 1)));
  EXPECT(-1.75, 1.25, 0.125, -1.5, 2.375, -5.875, 2.375, 1, 3.125, 0.125, -0.125, -2.125, 0.375, 5, -1.375, 0.625);
  close_bench(b);
}

Test(graph_evaluate, conv_of_one_axis_in_groups) {
  bench *b = open_bench();
  sequence(b, SHAPE(2, 4, 3));
  weights(b, SHAPE(4, 2, 2));
  RUN(conv, COCO_NAMED("strides", I64S(1)), COCO_NAMED("pads", I64S(1, 1)), COCO_NAMED("dilations", I64S(1)),
      COCO_NAMED("group", coco_attribute_i64(b->context, 2)));
  EXPECT(-2.5, 2.125, -0.5, 0.75, -2.5, -2.625, 1.5, -0.375, 1.125, -0.125, -1.625, 0.25, 0.25, -0.875, -0.375, 1.375, 0.25, -0.5, 1, -1.875,
         -0.125, 1.5, -1.25, 1.375, -0.375, -1.625, 1, 0.25, -0.25, -0.375, 1.5, -0.375);
  close_bench(b);
}

Test(graph_evaluate, conv_of_three_axes) {
  bench *b = open_bench();
  sequence(b, SHAPE(1, 1, 2, 3, 3));
  weights(b, SHAPE(1, 1, 2, 2, 2));
  RUN(conv, COCO_NAMED("strides", I64S(1, 1, 1)), COCO_NAMED("pads", I64S(0, 0, 0, 0, 0, 0)), COCO_NAMED("dilations", I64S(1, 1, 1)),
      COCO_NAMED("group", coco_attribute_i64(b->context, 1)));
  EXPECT(3.625, -3.125, -0.125, -1.375);
  close_bench(b);
}

Test(graph_evaluate, pointwise_conv_is_a_sum_over_channels) {
  bench *b = open_bench();
  floats(b, SHAPE(1, 2, 1, 3), (const float[]){1, 2, 3, 10, 20, 30});
  floats(b, SHAPE(1, 2, 1, 1), (const float[]){2, 0.5f});
  RUN(conv, COCO_NAMED("strides", I64S(1, 1)), COCO_NAMED("pads", I64S(0, 0, 0, 0)), COCO_NAMED("dilations", I64S(1, 1)),
      COCO_NAMED("group", coco_attribute_i64(b->context, 1)));
  EXPECT(7, 14, 21);
  close_bench(b);
}

Test(graph_evaluate, conv_of_other_floats_rounds_to_them) {
  const coco_float_format formats[] = {COCO_F64, COCO_F16, COCO_BF16};
  /* 3 * (1 + 2^-12): exact in f64, 3 in the others. 2^-12 is a product of two f32, not of two f16 of this size. */
  const double expected[] = {3 + 3 * 0x1p-12, 3, 3};
  for (size_t i = 0; i < 3; ++i) {
    bench *b = open_bench();
    const coco_type *element = coco_type_float(b->context, formats[i]);
    numbers(b, element, SHAPE(1, 1, 3), (const double[]){1 + 0x1p-12, 1 + 0x1p-12, 1 + 0x1p-12});
    numbers(b, element, SHAPE(1, 1, 3), (const double[]){1, 1, 1});
    numbers(b, element, SHAPE(1), (const double[]){0});
    RUN(conv, COCO_NAMED("strides", I64S(1)), COCO_NAMED("pads", I64S(0, 0)), COCO_NAMED("dilations", I64S(1)),
        COCO_NAMED("group", coco_attribute_i64(b->context, 1)));
    expect_number(b, 0, expected[i]);
    close_bench(b);
    memset(b, 0, sizeof *b);
  }
}

Test(graph_evaluate, products_of_integers_are_exact) {
  bench *b = open_bench();
  const coco_type *i64 = coco_type_integer(b->context, 64);
  numbers(b, i64, SHAPE(1, 2), (const double[]){0x1p60, 3});
  numbers(b, i64, SHAPE(2, 1), (const double[]){4, 1});
  RUN_PLAIN(matmul);
  cr_expect_eq(*(int64_t *)b->result.data, (INT64_C(1) << 62) + 3);
  close_bench(b);
}

static void pool(bench *b, const coco_operation_definition *row, int64_t stride, int64_t end, bool ceil_mode, bool count_include_pad) {
  const coco_named_attribute attributes[] = {COCO_NAMED("kernel", I64S(3, 3)),
                                             COCO_NAMED("strides", I64S(stride, stride)),
                                             COCO_NAMED("pads", I64S(1, 1, end, end)),
                                             COCO_NAMED("dilations", I64S(1, 1)),
                                             COCO_NAMED("ceil_mode", flag(b, ceil_mode)),
                                             COCO_NAMED("count_include_pad", flag(b, count_include_pad))};
  run(b, row, attributes, row == &coco_graph_average_pool ? 6 : 5);
}

Test(graph_evaluate, pools) {
  bench *b = open_bench();
  sequence(b, SHAPE(1, 1, 5, 5));
  pool(b, &coco_graph_max_pool, 2, 0, true, false);
  EXPECT(1, 1.25, 1.25, 1, 1, 1.25, 0.75, 1, 0.5);
  pool(b, &coco_graph_average_pool, 2, 1, false, false);
  EXPECT(-0.125f, 0.208333328f, 0.3125f, -0.291666657f, -0.111111112f, -0.0833333358f, 0, -0.125f, -0.25f);
  pool(b, &coco_graph_average_pool, 2, 1, false, true);
  EXPECT(-0.055555556f, 0.138888896f, 0.138888896f, -0.194444448f, -0.111111112f, -0.055555556f, 0, -0.0833333358f, -0.111111112f);
  pool(b, &coco_graph_average_pool, 3, 0, true, true);
  EXPECT(-0.055555556f, 0.0833333358f, -0.166666672f, 0);
  close_bench(b);
}

Test(graph_evaluate, gemm_transposes_scales_and_adds) {
  bench *b = open_bench();
  sequence(b, SHAPE(3, 2));
  weights(b, SHAPE(4, 3));
  sequence_of(b, SHAPE(4), 3, 5, 2, 1);
  RUN(gemm, COCO_NAMED("alpha", coco_attribute_f32(b->context, 0.5f)), COCO_NAMED("beta", coco_attribute_f32(b->context, 2)),
      COCO_NAMED("trans_a", flag(b, true)), COCO_NAMED("trans_b", flag(b, true)));
  EXPECT(-3.3125, 2.3125, -1.1875, 4.4375, -3.75, 2.5, -3.4375, 2.8125);
  close_bench(b);
}

Test(graph_evaluate, matmul_broadcasts_batches) {
  bench *b = open_bench();
  sequence(b, SHAPE(2, 1, 2, 3));
  weights(b, SHAPE(3, 3, 2));
  RUN_PLAIN(matmul);
  EXPECT(1.125, -2, -3, 0.625, 1.625, 1.125, 0.375, -3, -1.375, 1.625, 0.25, 0.375, -3, 0.5, -3, 0.375, 0.5, -3, 0.625, -3, 0.5, 0.5, 0.75, 0.625);
  close_bench(b);
}

Test(graph_evaluate, batch_norm) {
  bench *b = open_bench();
  sequence(b, SHAPE(1, 2, 2, 2));
  floats(b, SHAPE(2), (const float[]){2, 0.5f});
  floats(b, SHAPE(2), (const float[]){1, -1});
  floats(b, SHAPE(2), (const float[]){0.25f, 0.5f});
  floats(b, SHAPE(2), (const float[]){0.75f, 3});
  RUN(batch_norm, COCO_NAMED("epsilon", coco_attribute_f32(b->context, 0.25f)));
  EXPECT(-2, 1.5f, -0.5f, 3, -1.06933761f, -1.34668767f, -0.861325026f, -1.13867509f);
  close_bench(b);
}

Test(graph_evaluate, softmax_over_the_middle_axis) {
  bench *b = open_bench();
  sequence(b, SHAPE(2, 3, 2));
  RUN(softmax, COCO_NAMED("axis", coco_attribute_i64(b->context, 1)));
  EXPECT(0.131601647f, 0.293814778f, 0.278600693f, 0.62200588f, 0.589797676f, 0.0841793418f, 0.703313947f, 0.293814778f, 0.0951831937f,
         0.62200588f, 0.20150283f, 0.0841793418f);
  close_bench(b);
}

static void reduce(bench *b, const char *kind) {
  RUN(reduce, COCO_NAMED("kind", coco_attribute_string(b->context, coco_string_from(kind))), COCO_NAMED("axes", I64S(0, 2)),
      COCO_NAMED("keep_dimensions", flag(b, false)));
}

Test(graph_evaluate, every_reduction) {
  bench *b = open_bench();
  sequence(b, SHAPE(2, 3, 2));
  reduce(b, "sum"), EXPECT(0.25, 0.5, -2);
  reduce(b, "mean"), EXPECT(0.0625, 0.125, -0.5);
  reduce(b, "max"), EXPECT(1, 1.25, 0.25);
  reduce(b, "min"), EXPECT(-1.25, -1, -1.25);
  reduce(b, "product"), EXPECT(0, 0.46875, -0.05859375);
  reduce(b, "sum_square"), EXPECT(2.8125, 3.375, 2.25);
  reduce(b, "l1"), EXPECT(2.75, 3.5, 2.5);
  reduce(b, "l2"), EXPECT(1.67705095f, 1.83711731f, 1.5f);
  close_bench(b);
}

Test(graph_evaluate, functions_of_one_element) {
  bench *b = open_bench();
  floats(b, SHAPE(5), (const float[]){-2, -0.5f, 0, 0.5f, 3});
  RUN_PLAIN(relu), EXPECT(0, 0, 0, 0.5f, 3);
  RUN_PLAIN(sigmoid), EXPECT(0.119202912f, 0.377540708f, 0.5f, 0.622459292f, 0.952574134f);
  RUN_PLAIN(tanh), EXPECT(-0.964027584f, -0.462117165f, 0, 0.462117165f, 0.995054722f);
  RUN_PLAIN(exp), EXPECT(0.135335281f, 0.606530666f, 1, 1.64872122f, 20.085537f);
  RUN_PLAIN(erf), EXPECT(-0.995322287f, -0.520499885f, 0, 0.520499885f, 0.999977887f);
  RUN_PLAIN(floor), EXPECT(-2, -1, 0, 0, 3);
  RUN_PLAIN(ceil), EXPECT(-2, 0, 0, 1, 3);
  RUN(leaky_relu, COCO_NAMED("alpha", coco_attribute_f32(b->context, 0.25f))), EXPECT(-0.5f, -0.125f, 0, 0.5f, 3);
  RUN(clip, COCO_NAMED("minimum", coco_attribute_f32(b->context, -1))), EXPECT(-1, -0.5f, 0, 0.5f, 3);
  RUN(clip, COCO_NAMED("maximum", coco_attribute_f32(b->context, 1))), EXPECT(-2, -0.5f, 0, 0.5f, 1);
  close_bench(b);
}

Test(graph_evaluate, relu_and_maximum_keep_not_a_number) {
  bench *b = open_bench();
  floats(b, SHAPE(1), (const float[]){NAN});
  RUN_PLAIN(relu);
  cr_expect(isnan(*(float *)b->result.data));
  floats(b, SHAPE(1), (const float[]){1});
  RUN_PLAIN(maximum);
  cr_expect(isnan(*(float *)b->result.data));
  RUN_PLAIN(minimum);
  cr_expect(isnan(*(float *)b->result.data));
  close_bench(b);
}

Test(graph_evaluate, binary_operations_broadcast) {
  bench *b = open_bench();
  floats(b, SHAPE(2, 1), (const float[]){1, 2});
  floats(b, SHAPE(3), (const float[]){10, 20, 4});
  RUN_PLAIN(add), EXPECT(11, 21, 5, 12, 22, 6);
  RUN_PLAIN(sub), EXPECT(-9, -19, -3, -8, -18, -2);
  RUN_PLAIN(mul), EXPECT(10, 20, 4, 20, 40, 8);
  RUN_PLAIN(div), EXPECT(0.1f, 0.05f, 0.25f, 0.2f, 0.1f, 0.5f);
  RUN_PLAIN(pow), EXPECT(1, 1, 1, 1024, 1048576, 16);
  close_bench(b);
}

Test(graph_evaluate, slice_backwards_from_the_end) {
  bench *b = open_bench();
  sequence(b, SHAPE(3, 4));
  integers(b, SHAPE(3, -1));
  integers(b, SHAPE(-100, 0));
  integers(b, SHAPE(0, 1));
  integers(b, SHAPE(-2, -2));
  RUN_PLAIN(slice);
  EXPECT(-1.25, 0.75, 1.25, 0.5);
  close_bench(b);
}

static void pad(bench *b, const char *mode) { RUN(pad, COCO_NAMED("mode", coco_attribute_string(b->context, coco_string_from(mode)))); }

Test(graph_evaluate, pad_in_every_mode) {
  bench *b = open_bench();
  sequence(b, SHAPE(2, 3));
  integers(b, SHAPE(1, 2, 0, 1));
  pad(b, "edge");
  EXPECT(-1.25, -1.25, -1.25, 0.5, -0.5, -0.5, -1.25, -1.25, -1.25, 0.5, -0.5, -0.5, 1.25, 1.25, 1.25, 0.25, -0.75, -0.75);
  pad(b, "reflect");
  EXPECT(-0.75, 0.25, 1.25, 0.25, -0.75, 0.25, -0.5, 0.5, -1.25, 0.5, -0.5, 0.5, -0.75, 0.25, 1.25, 0.25, -0.75, 0.25);
  pad(b, "wrap");
  EXPECT(0.25, -0.75, 1.25, 0.25, -0.75, 1.25, 0.5, -0.5, -1.25, 0.5, -0.5, -1.25, 0.25, -0.75, 1.25, 0.25, -0.75, 1.25);
  floats(b, 0, NULL, (const float[]){9});
  pad(b, "constant");
  EXPECT(9, 9, 9, 9, 9, 9, 9, 9, -1.25, 0.5, -0.5, 9, 9, 9, 1.25, 0.25, -0.75, 9);
  close_bench(b);
}

Test(graph_evaluate, negative_pads_crop) {
  bench *b = open_bench();
  sequence(b, SHAPE(2, 3));
  integers(b, SHAPE(0, -1, -1, 1));
  pad(b, "constant");
  EXPECT(0.5, -0.5, 0);
  close_bench(b);
}

Test(graph_evaluate, transpose_concat_and_gather) {
  bench *b = open_bench();
  floats(b, SHAPE(2, 3), (const float[]){1, 2, 3, 4, 5, 6});
  RUN(transpose, COCO_NAMED("permutation", I64S(1, 0))), EXPECT(1, 4, 2, 5, 3, 6);
  floats(b, SHAPE(2, 1), (const float[]){7, 8});
  RUN(concat, COCO_NAMED("axis", coco_attribute_i64(b->context, 1))), EXPECT(1, 2, 3, 7, 4, 5, 6, 8);
  b->count = 1;
  integers(b, SHAPE(-1, 0));
  RUN(gather, COCO_NAMED("axis", coco_attribute_i64(b->context, 1))), EXPECT(3, 1, 6, 4);
  close_bench(b);
}

Test(graph_evaluate, gather_out_of_range_is_an_error) {
  bench *b = open_bench();
  coco_evaluation_set_quiet(b->evaluation, true);
  floats(b, SHAPE(2), (const float[]){1, 2});
  integers(b, SHAPE(2));
  coco_operation *gather = coco_build(
      &b->builder, &(coco_operation_state){.definition = &coco_graph_gather,
                                           .operands = b->values,
                                           .operand_count = 2,
                                           COCO_WITH_ATTRIBUTES(COCO_NAMED("axis", coco_attribute_i64(b->context, 0)))});
  cr_assert_not_null(gather);
  cr_expect_eq(coco_evaluate_operation(b->evaluation, gather, b->inputs, &b->result), COCO_REPORTED);
  close_bench(b);
}

Test(graph_evaluate, integers_wrap_around_and_divide_towards_zero) {
  bench *b = open_bench();
  integers(b, SHAPE(INT64_MAX, -7, INT64_MIN));
  integers(b, SHAPE(1, 2, -1));
  RUN_PLAIN(add);
  cr_expect_eq(((int64_t *)b->result.data)[0], INT64_MIN);
  RUN_PLAIN(div);
  cr_expect_eq(((int64_t *)b->result.data)[1], -3);
  cr_expect_eq(((int64_t *)b->result.data)[2], INT64_MIN);
  close_bench(b);
}

Test(graph_evaluate, cast_truncates_and_saturates) {
  bench *b = open_bench();
  floats(b, SHAPE(4), (const float[]){-1.75f, 2.75f, 1e30f, NAN});
  RUN(cast, COCO_NAMED("to", coco_attribute_type(b->context, coco_type_integer(b->context, 32))));
  const int32_t *found = b->result.data;
  cr_expect_eq(found[0], -1);
  cr_expect_eq(found[1], 2);
  cr_expect_eq(found[2], INT32_MAX);
  cr_expect_eq(found[3], 0);
  close_bench(b);
}

Test(graph_evaluate, division_of_integers_by_zero_is_an_error) {
  bench *b = open_bench();
  coco_evaluation_set_quiet(b->evaluation, true);
  integers(b, SHAPE(1));
  integers(b, SHAPE(0));
  coco_operation *div = coco_build(&b->builder, &(coco_operation_state){.definition = &coco_graph_div, .operands = b->values, .operand_count = 2});
  cr_assert_not_null(div);
  cr_expect_eq(coco_evaluate_operation(b->evaluation, div, b->inputs, &b->result), COCO_REPORTED);
  close_bench(b);
}
