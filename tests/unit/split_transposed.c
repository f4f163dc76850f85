/* graph-split-transposed: random transposed convolutions, as convolutions over an input with zeros between its
 * elements, give the same numbers phase by phase, to the bit but for the sign of zeros; and within 1e-5 * sum |w x| as
 * patterns. */
#include <criterion/criterion.h>
#include <math.h>

#include "api/registry.h"
#include "dialects/graph/graph.h"
#include "dialects/pattern/pattern.h"
#include "ir/base/buffer.h"
#include "ir/evaluate.h"
#include "ir/parser.h"
#include "ir/pass.h"
#include "ir/verifier.h"
#include "tests/support/random_layers.h"

enum { SEEDS = 100 };

typedef struct transposed_case {
  int64_t images, channels, filters, group; /* channels, filters: of one group */
  int64_t input[2], kernel[2], step[2], pads[4], output[2];
  bool with_bias, with_relu, sparse;
} transposed_case;

/* False: no output is left. */
static bool choose(random_source *chance, transposed_case *made) {
  made->images = between(chance, 1, 2);
  made->group = between(chance, 1, 4) == 1 ? between(chance, 2, 3) : 1;
  made->channels = between(chance, 4, 12), made->filters = between(chance, 1, 5);
  for (size_t i = 0; i < 2; ++i) {
    made->input[i] = between(chance, 1, 6), made->kernel[i] = between(chance, 1, 6),
    made->step[i] = between(chance, 1, 4);
    made->pads[i] = between(chance, 0, made->kernel[i]), made->pads[2 + i] = between(chance, 0, made->kernel[i]);
    made->output[i] = made->input[i] * made->step[i] + made->pads[i] + made->pads[2 + i] - made->kernel[i] + 1;
  }
  made->with_bias = toss(chance), made->with_relu = toss(chance), made->sparse = toss(chance);
  return made->output[0] > 0 && made->output[1] > 0;
}

static void put_weights(random_source *chance, coco_buffer *text, const transposed_case *made) {
  const int64_t kernels = made->group * made->filters * made->channels, positions = made->kernel[0] * made->kernel[1];
  coco_buffer_text(text, "  %w = graph.constant dense<\"0x");
  for (int64_t k = 0; k < kernels; ++k) {
    const bool empty = made->sparse && between(chance, 1, 3) == 1;
    for (int64_t i = 0; i < positions; ++i) {
      const bool zero = empty || (made->sparse && (i + k % 2) % 3 != 0);
      const float weight = zero ? 0 : (float)between(chance, -1000, 1000) / 1024.0f;
      coco_buffer_hex(text, &weight, sizeof weight);
    }
  }
  coco_buffer_text(text, "\"> : ");
}

static void put_type(coco_buffer *text, int64_t a, int64_t b, int64_t c, int64_t d) {
  coco_buffer_format(text, "tensor<%lldx%lldx%lldx%lldxf32>", (long long)a, (long long)b, (long long)c, (long long)d);
}

static void put_constants(random_source *chance, coco_buffer *text, const transposed_case *made) {
  const int64_t channels = made->channels * made->group, filters = made->filters * made->group;
  coco_buffer_format(text, "  %%apart = graph.constant dense<[%lld, %lld, %lld, 1, %lld, 1]> : tensor<6xi64>\n",
                     (long long)made->images, (long long)channels, (long long)made->input[0],
                     (long long)made->input[1]);
  coco_buffer_format(text,
                     "  %%zeros = graph.constant dense<[0, 0, 0, 0, 0, 0, 0, 0, 0, %lld, 0, %lld]> : tensor<12xi64>\n",
                     (long long)made->step[0] - 1, (long long)made->step[1] - 1);
  coco_buffer_format(text, "  %%joined = graph.constant dense<[%lld, %lld, %lld, %lld]> : tensor<4xi64>\n",
                     (long long)made->images, (long long)channels, (long long)(made->input[0] * made->step[0]),
                     (long long)(made->input[1] * made->step[1]));
  put_weights(chance, text, made);
  put_type(text, filters, made->channels, made->kernel[0], made->kernel[1]);
  coco_buffer_text(text, "\n");
  if (made->with_bias)
    coco_buffer_format(text, "  %%b = graph.constant dense<0.375> : tensor<%lldxf32>\n", (long long)filters);
}

static void put_network(random_source *chance, coco_buffer *text, const transposed_case *made) {
  const int64_t n = made->images, c = made->channels * made->group, f = made->filters * made->group, *in = made->input,
                *by = made->step;
  const int64_t wide[2] = {in[0] * by[0], in[1] * by[1]};
  coco_buffer_text(text, "func.func @main(%x: ");
  put_type(text, n, c, in[0], in[1]);
  coco_buffer_text(text, ") -> ");
  put_type(text, n, f, made->output[0], made->output[1]);
  coco_buffer_text(text, " {\n");
  put_constants(chance, text, made);
  coco_buffer_text(text, "  %0 = graph.reshape %x, %apart {allow_zero = true} : (");
  put_type(text, n, c, in[0], in[1]);
  coco_buffer_format(text, ", tensor<6xi64>) -> tensor<%lldx%lldx%lldx1x%lldx1xf32>\n", (long long)n, (long long)c,
                     (long long)in[0], (long long)in[1]);
  coco_buffer_format(
      text, "  %%1 = graph.pad constant %%0, %%zeros : (tensor<%lldx%lldx%lldx1x%lldx1xf32>, tensor<12xi64>) -> ",
      (long long)n, (long long)c, (long long)in[0], (long long)in[1]);
  coco_buffer_format(text, "tensor<%lldx%lldx%lldx%lldx%lldx%lldxf32>\n", (long long)n, (long long)c, (long long)in[0],
                     (long long)by[0], (long long)in[1], (long long)by[1]);
  coco_buffer_format(text,
                     "  %%2 = graph.reshape %%1, %%joined {allow_zero = true} : "
                     "(tensor<%lldx%lldx%lldx%lldx%lldx%lldxf32>, tensor<4xi64>) -> ",
                     (long long)n, (long long)c, (long long)in[0], (long long)by[0], (long long)in[1],
                     (long long)by[1]);
  put_type(text, n, c, wide[0], wide[1]);
  coco_buffer_format(text,
                     "\n  %%3 = graph.conv %%2, %%w%s {strides = array<i64: 1, 1>, pads = array<i64: %lld, %lld, %lld, "
                     "%lld>, dilations = "
                     "array<i64: 1, 1>, group = %lld : i64} : (",
                     made->with_bias ? ", %b" : "", (long long)made->pads[0], (long long)made->pads[1],
                     (long long)made->pads[2], (long long)made->pads[3], (long long)made->group);
  put_type(text, n, c, wide[0], wide[1]);
  coco_buffer_text(text, ", ");
  put_type(text, f, made->channels, made->kernel[0], made->kernel[1]);
  if (made->with_bias) coco_buffer_format(text, ", tensor<%lldxf32>", (long long)f);
  coco_buffer_text(text, ") -> ");
  put_type(text, n, f, made->output[0], made->output[1]);
  if (made->with_relu) {
    coco_buffer_text(text, "\n  %4 = graph.relu %3 : ");
    put_type(text, n, f, made->output[0], made->output[1]);
  }
  coco_buffer_format(text, "\n  return %%%d : ", made->with_relu ? 4 : 3);
  put_type(text, n, f, made->output[0], made->output[1]);
  coco_buffer_text(text, "\n}\n");
}

static coco_runtime_value evaluate(coco_operation *module, uint64_t seed) {
  coco_runtime_value input, result = {0};
  coco_evaluation *evaluation = NULL;
  random_source chance = {seed};
  coco_operation *function = coco_symbol_lookup_in(module, COCO_STRING("main"));
  cr_assert_eq(coco_verify(module), COCO_OK);
  cr_assert_eq(coco_evaluation_create(module->context, &evaluation), COCO_OK);
  cr_assert_eq(coco_evaluation_allocate(evaluation, coco_operation_body(function, 0)->arguments[0]->type, &input),
               COCO_OK);
  for (int64_t i = 0; i < coco_type_element_count(input.type); ++i)
    ((float *)input.data)[i] = (float)between(&chance, -1000, 1000) / 512.0f;
  cr_assert_eq(coco_evaluate_function(evaluation, function, &input, 1, &result, 1), COCO_OK);
  coco_runtime_release(&input);
  coco_evaluation_destroy(evaluation);
  return result;
}

static size_t count_of(coco_operation *module, const coco_operation_definition *row) {
  size_t count = 0;
  for (coco_operation *operation = module; operation; operation = coco_walk_next(operation, module))
    count += coco_operation_is(operation, row);
  return count;
}

static void compare(const coco_runtime_value *before, const coco_runtime_value *after, double tolerance,
                    const char *text) {
  const float *a = before->data, *b = after->data;
  cr_assert_eq(before->type, after->type);
  for (int64_t i = 0; i < coco_type_element_count(before->type); ++i)
    cr_assert(a[i] == b[i] || fabs((double)a[i] - (double)b[i]) <= tolerance, "element %lld: %.9g is %.9g in\n%s",
              (long long)i, (double)a[i], (double)b[i], text);
}

/* How many convolutions were split. */
static size_t one_case(uint64_t seed) {
  random_source chance = {seed};
  transposed_case made = {0};
  coco_context *context;
  coco_operation *module;
  if (!choose(&chance, &made)) return 0;
  coco_buffer text = COCO_BUFFER(&coco_heap);
  put_network(&chance, &text, &made);
  coco_buffer_byte(&text, 0);
  cr_assert_eq(coco_context_create(NULL, &context), COCO_OK);
  cr_assert_eq(coco_register_all_dialects(context), COCO_OK);
  cr_assert_eq(coco_parse_module(context, coco_string_from(text.data), COCO_STRING("random.mlir"), &module), COCO_OK,
               "%s", text.data);
  coco_runtime_value before = evaluate(module, seed);
  cr_assert_eq(coco_run_pipeline(context, coco_all_passes(), "graph-split-transposed", module), COCO_OK);
  const size_t split = count_of(module, &coco_graph_transpose);
  if (split) cr_assert_eq(count_of(module, &coco_graph_pad), 0, "%s", text.data);
  coco_runtime_value after = evaluate(module, seed);
  compare(&before, &after, 0, text.data);
  cr_assert_eq(coco_run_pipeline(context, coco_all_passes(),
                                 "graph-to-pattern{max-density=100 grouped-max-density=100}", module),
               COCO_OK);
  coco_runtime_value patterns = evaluate(module, seed);
  /* At most 12 channels of 36 positions, |w| < 1, |x| < 2: a tenth of what is allowed. */
  compare(&before, &patterns, 1e-6 * 864, text.data);
  coco_runtime_release(&before), coco_runtime_release(&after), coco_runtime_release(&patterns);
  coco_operation_erase(module);
  coco_context_destroy(context);
  coco_buffer_free(&text);
  return split;
}

Test(split_transposed, random_convolutions_give_the_same_numbers) {
  size_t split = 0;
  for (uint64_t seed = 1; seed <= SEEDS; ++seed) split += one_case(seed);
  cr_assert_geq(split, SEEDS / 3, "only %zu were split", split);
}
