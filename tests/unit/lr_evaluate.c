/* What a layer computes must not depend on the level: random small networks are evaluated as graph, as lr, and as
 * scheduled lr. Sums have one documented order at every level, so that results are equal bit for bit. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "api/registry.h"
#include "dialects/lr/lr.h"
#include "ir/base/buffer.h"
#include "ir/evaluate.h"
#include "ir/parser.h"
#include "ir/verifier.h"

static coco_context *context;
static uint64_t random_state;

static void print_error(void *user, coco_context *in, const coco_diagnostic *diagnostic) {
  (void)user;
  coco_buffer text = COCO_BUFFER(&coco_heap);
  coco_diagnostic_render(in, diagnostic, &text);
  fprintf(stderr, "%.*s\n", COCO_PRINT(coco_buffer_view(&text)));
  coco_buffer_free(&text);
}

static void start(void) {
  cr_assert_eq(coco_context_create(NULL, &context), COCO_OK);
  coco_set_diagnostic_handler(context, print_error, NULL, NULL, NULL);
  cr_assert_eq(coco_register_all_dialects(context), COCO_OK);
}
static void stop(void) { coco_context_destroy(context); }
TestSuite(lr_evaluate, .init = start, .fini = stop);

static int64_t random_below(int64_t limit) {
  random_state = random_state * 6364136223846793005u + 1442695040888963407u;
  return (int64_t)((random_state >> 33) % (uint64_t)limit);
}
static int64_t random_from(int64_t low, int64_t high) { return low + random_below(high - low + 1); }
static float random_float(void) { return (float)random_from(-1000, 1000) / 257.0f; }

/* dense<"0x…"> with COUNT random numbers. */
static void write_numbers(coco_buffer *text, int64_t count) {
  coco_buffer_text(text, "dense<\"0x");
  for (int64_t i = 0; i < count; ++i) {
    float value = random_float();
    coco_buffer_hex(text, &value, sizeof value);
  }
  coco_buffer_text(text, "\">");
}

static void write_constant(coco_buffer *text, const char *name, const int64_t *shape, size_t rank) {
  int64_t count = 1;
  for (size_t i = 0; i < rank; ++i) count *= shape[i];
  coco_buffer_format(text, "  %%%s = graph.constant ", name);
  write_numbers(text, count);
  coco_buffer_text(text, " : tensor<");
  for (size_t i = 0; i < rank; ++i) coco_buffer_format(text, "%lldx", (long long)shape[i]);
  coco_buffer_text(text, "f32>\n");
}

static void fill(coco_runtime_value *value) {
  float *elements = value->data;
  for (int64_t i = 0; i < coco_type_element_count(value->type); ++i) elements[i] = random_float();
}

/* An evaluation plans functions once: each level has its own. */
static coco_runtime_value evaluate(coco_operation *module, const coco_runtime_value *inputs, size_t count) {
  coco_runtime_value result = {0};
  coco_evaluation *evaluation = NULL;
  cr_assert_eq(coco_evaluation_create(context, &evaluation), COCO_OK);
  coco_operation *function = coco_symbol_lookup_in(module, COCO_STRING("main"));
  cr_assert_not_null(function);
  cr_assert_eq(coco_verify(module), COCO_OK);
  cr_assert_eq(coco_evaluate_function(evaluation, function, inputs, count, &result, 1), COCO_OK);
  coco_evaluation_destroy(evaluation);
  return result;
}

static void expect_equal(const coco_runtime_value *a, const coco_runtime_value *b, const char *level,
                         const char *text) {
  cr_assert_eq(coco_type_byte_count(a->type), coco_type_byte_count(b->type));
  if (memcmp(a->data, b->data, (size_t)coco_type_byte_count(a->type)) == 0) return;
  const float *x = a->data, *y = b->data;
  for (int64_t i = 0; i < coco_type_element_count(a->type); ++i) {
    if (x[i] != y[i]) {
      cr_assert_fail("%s differs at %lld: %.9g, but %.9g in graph\n%.1500s", level, (long long)i, (double)y[i],
                     (double)x[i], text);
    }
  }
}

/* TEXT has a function @main of f32 tensors. */
static void compare_levels(const coco_buffer *text) {
  coco_operation *module = NULL;
  cr_assert_eq(coco_parse_module(context, coco_buffer_view(text), COCO_STRING("test.mlir"), &module), COCO_OK, "%.*s",
               COCO_PRINT(coco_buffer_view(text)));
  coco_evaluation *evaluation = NULL;
  cr_assert_eq(coco_evaluation_create(context, &evaluation), COCO_OK);
  const coco_block *entry = coco_operation_body(coco_symbol_lookup_in(module, COCO_STRING("main")), 0);
  coco_runtime_value inputs[4] = {{0}};
  size_t count = entry->argument_count;
  for (size_t i = 0; i < count; ++i) {
    cr_assert_eq(coco_evaluation_allocate(evaluation, entry->arguments[i]->type, &inputs[i]), COCO_OK);
    fill(&inputs[i]);
  }
  coco_runtime_value expected = evaluate(module, inputs, count);
  static const char *const pipelines[] = {"graph-fuse", "graph-to-lr", "canonicalize,cse", "lr-schedule{fp=strict}"};
  for (size_t i = 0; i < sizeof pipelines / sizeof *pipelines; ++i) {
    cr_assert_eq(coco_run_pipeline(context, coco_all_passes(), pipelines[i], module), COCO_OK);
    coco_runtime_value result = evaluate(module, inputs, count);
    expect_equal(&expected, &result, pipelines[i], text->data);
    coco_runtime_release(&result);
  }
  coco_runtime_release(&expected);
  for (size_t i = 0; i < count; ++i) coco_runtime_release(&inputs[i]);
  coco_evaluation_destroy(evaluation);
  coco_operation_erase(module);
}

/* A random convolution; epilogues: none, relu, residual and relu, a gate per channel. */
static void random_convolution(uint64_t seed) {
  random_state = seed * 977 + 5;
  int64_t group = random_below(4) ? 1 : random_from(2, 3), n = random_from(1, 2);
  int64_t channels = group * random_from(1, 18 / group), filters = group * random_from(1, 36 / group);
  int64_t kernel[2] = {random_from(1, 3), random_from(1, 3)}, strides[2] = {random_from(1, 2), random_from(1, 3)};
  int64_t dilations[2] = {random_from(1, 2), 1}, pads[4], in[2], out[2];
  for (int i = 0; i < 2; ++i) {
    pads[i] = random_below(kernel[i] + 1);
    pads[2 + i] = random_below(kernel[i] + 1);
    int64_t covered = dilations[i] * (kernel[i] - 1) + 1;
    in[i] = random_from(covered, covered + 7);
    out[i] = (in[i] + pads[i] + pads[2 + i] - covered) / strides[i] + 1;
  }
  int64_t epilogue = random_below(4), has_bias = random_below(2);
  char output[96], input[96], weights[96];
  snprintf(input, sizeof input, "tensor<%dx%dx%dx%dxf32>", (int)n, (int)channels, (int)in[0], (int)in[1]);
  snprintf(output, sizeof output, "tensor<%dx%dx%dx%dxf32>", (int)n, (int)filters, (int)out[0], (int)out[1]);
  snprintf(weights, sizeof weights, "tensor<%dx%dx%dx%dxf32>", (int)filters, (int)(channels / group), (int)kernel[0],
           (int)kernel[1]);
  coco_buffer text = COCO_BUFFER(&coco_heap);
  coco_buffer_format(&text, "func.func @main(%%x: %s, %%r: %s) -> %s {\n", input, output, output);
  write_constant(&text, "w", (int64_t[]){filters, channels / group, kernel[0], kernel[1]}, 4);
  write_constant(&text, "b", &filters, 1);
  write_constant(&text, "g", (int64_t[]){filters, 1, 1}, 3);
  coco_buffer_format(&text,
                     "  %%c = graph.conv %%x, %%w%s {strides = array<i64: %d, %d>, pads = array<i64: %d, %d, %d, %d>, "
                     "dilations = array<i64: %d, %d>, "
                     "group = %d : i64} : (%s, %s",
                     has_bias ? ", %b" : "", (int)strides[0], (int)strides[1], (int)pads[0], (int)pads[1], (int)pads[2],
                     (int)pads[3], (int)dilations[0], (int)dilations[1], (int)group, input, weights);
  if (has_bias) coco_buffer_format(&text, ", tensor<%dxf32>", (int)filters);
  coco_buffer_format(&text, ") -> %s\n", output);
  const char *last = "c";
  if (epilogue == 2) {
    coco_buffer_format(&text, "  %%s = graph.add %%c, %%r : (%s, %s) -> %s\n", output, output, output);
    last = "s";
  }
  if (epilogue == 3) {
    coco_buffer_format(&text, "  %%s = graph.mul %%c, %%g : (%s, tensor<%dx1x1xf32>) -> %s\n", output, (int)filters,
                       output);
    last = "s";
  }
  if (epilogue >= 1) coco_buffer_format(&text, "  %%y = graph.relu %%%s : %s\n", last, output);
  coco_buffer_format(&text, "  func.return %%%s : %s\n}\n", epilogue >= 1 ? "y" : last, output);
  cr_assert_eq(text.status, COCO_OK);
  coco_buffer_byte(&text, '\0');
  --text.size;
  compare_levels(&text);
  coco_buffer_free(&text);
}

Test(lr_evaluate, random_convolutions_agree_on_every_level) {
  for (uint64_t seed = 0; seed < 60; ++seed) random_convolution(seed);
}

/* The body of a function of %x. */
static void compare_text(const char *text) {
  coco_buffer copy = COCO_BUFFER(&coco_heap);
  random_state = 42;
  coco_buffer_text(&copy, text);
  coco_buffer_byte(&copy, '\0');
  --copy.size;
  compare_levels(&copy);
  coco_buffer_free(&copy);
}

Test(lr_evaluate, pools_agree_on_every_level) {
  compare_text(
      "func.func @main(%x: tensor<2x20x9x7xf32>) -> tensor<2x20x5x4xf32> {\n"
      "  %a = graph.max_pool %x {kernel = array<i64: 3, 2>, strides = array<i64: 2, 2>, pads = array<i64: 1, 1, 1, 0>, "
      "dilations = array<i64: 1, 1>, "
      "ceil_mode = false} : (tensor<2x20x9x7xf32>) -> tensor<2x20x5x4xf32>\n"
      "  func.return %a : tensor<2x20x5x4xf32>\n}\n");
  compare_text(
      "func.func @main(%x: tensor<1x17x6x6xf32>) -> tensor<1x17x3x3xf32> {\n"
      "  %a = graph.average_pool %x {kernel = array<i64: 3, 3>, strides = array<i64: 2, 2>, pads = array<i64: 1, 1, 0, "
      "0>, dilations = array<i64: 1, 1>, "
      "ceil_mode = false, count_include_pad = true} : (tensor<1x17x6x6xf32>) -> tensor<1x17x3x3xf32>\n"
      "  %b = graph.neg %a : tensor<1x17x3x3xf32>\n"
      "  func.return %b : tensor<1x17x3x3xf32>\n}\n");
  compare_text(
      "func.func @main(%x: tensor<1x3x7x7xf32>) -> tensor<1x3x4x4xf32> {\n"
      "  %a = graph.average_pool %x {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, "
      "0>, dilations = array<i64: 1, 1>, "
      "ceil_mode = true, count_include_pad = false} : (tensor<1x3x7x7xf32>) -> tensor<1x3x4x4xf32>\n"
      "  func.return %a : tensor<1x3x4x4xf32>\n}\n");
}

Test(lr_evaluate, products_and_softmax_agree_on_every_level) {
  random_state = 7;
  coco_buffer text = COCO_BUFFER(&coco_heap);
  coco_buffer_text(&text,
                   "func.func @main(%x: tensor<3x5xf32>, %m: tensor<2x1x5x4xf32>, %n: tensor<3x4x5xf32>) -> "
                   "tensor<2x3x5x5xf32> {\n");
  write_constant(&text, "w", (int64_t[]){19, 5}, 2);
  write_constant(&text, "b", (int64_t[]){19}, 1);
  write_constant(&text, "v", (int64_t[]){19, 3}, 2);
  coco_buffer_text(
      &text,
      "  %g = graph.gemm %x, %w, %b {alpha = 0.5 : f32, beta = 3.0 : f32, trans_a = false, trans_b = true} : "
      "(tensor<3x5xf32>, tensor<19x5xf32>, "
      "tensor<19xf32>) -> tensor<3x19xf32>\n"
      "  %h = graph.gemm %g, %x {alpha = 1.0 : f32, beta = 1.0 : f32, trans_a = true, trans_b = false} : "
      "(tensor<3x19xf32>, tensor<3x5xf32>) -> "
      "tensor<19x5xf32>\n"
      "  %s = graph.softmax %h {axis = 0 : i64} : tensor<19x5xf32>\n"
      "  %t = graph.transpose %s {permutation = array<i64: 1, 0>} : (tensor<19x5xf32>) -> tensor<5x19xf32>\n"
      "  %p = graph.matmul %t, %v : (tensor<5x19xf32>, tensor<19x3xf32>) -> tensor<5x3xf32>\n"
      "  %q = graph.matmul %m, %n : (tensor<2x1x5x4xf32>, tensor<3x4x5xf32>) -> tensor<2x3x5x5xf32>\n"
      "  %l = graph.reduce l2 %p {axes = array<i64: 1>, keep_dimensions = false} : (tensor<5x3xf32>) -> tensor<5xf32>\n"
      "  %y = graph.sub %q, %l : (tensor<2x3x5x5xf32>, tensor<5xf32>) -> tensor<2x3x5x5xf32>\n"
      "  func.return %y : tensor<2x3x5x5xf32>\n}\n");
  coco_buffer_byte(&text, '\0');
  --text.size;
  compare_levels(&text);
  coco_buffer_free(&text);
}

Test(lr_evaluate, moves_agree_on_every_level) {
  compare_text(
      "func.func @main(%x: tensor<2x6x4x5xf32>) -> tensor<3x2x24x5xf32> {\n"
      "  %i0 = graph.constant dense<[5, -1]> : tensor<2xi64>\n"
      "  %i1 = graph.constant dense<[-20, -5]> : tensor<2xi64>\n"
      "  %i2 = graph.constant dense<[1, -1]> : tensor<2xi64>\n"
      "  %i3 = graph.constant dense<[-1, -2]> : tensor<2xi64>\n"
      "  %s = \"graph.slice\"(%x, %i0, %i1, %i2, %i3) <{operandSegmentSizes = array<i32: 1, 1, 1, 1, 1>}> : "
      "(tensor<2x6x4x5xf32>, tensor<2xi64>, "
      "tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<2x6x4x2xf32>\n"
      "  %p0 = graph.constant dense<[0, -2, 0, 1, 0, 0, 0, 2]> : tensor<8xi64>\n"
      "  %p1 = graph.constant dense<1.5> : tensor<f32>\n"
      "  %p = graph.pad constant %s, %p0, %p1 : (tensor<2x6x4x2xf32>, tensor<8xi64>, tensor<f32>) -> "
      "tensor<2x4x4x5xf32>\n"
      "  %g0 = graph.constant dense<[[2, -1], [0, 1]]> : tensor<2x2xi64>\n"
      "  %g = graph.gather %p, %g0 {axis = 1 : i64} : (tensor<2x4x4x5xf32>, tensor<2x2xi64>) -> tensor<2x2x2x4x5xf32>\n"
      "  %r0 = graph.constant dense<[2, 16, -1]> : tensor<3xi64>\n"
      "  %r = graph.reshape %g, %r0 {allow_zero = false} : (tensor<2x2x2x4x5xf32>, tensor<3xi64>) -> "
      "tensor<2x16x5xf32>\n"
      "  %f = graph.flatten %x {axis = 2 : i64} : (tensor<2x6x4x5xf32>) -> tensor<12x20xf32>\n"
      "  %f0 = graph.constant dense<[2, 12, 10]> : tensor<3xi64>\n"
      "  %h = graph.reshape %f, %f0 {allow_zero = false} : (tensor<12x20xf32>, tensor<3xi64>) -> tensor<2x12x10xf32>\n"
      "  %t = graph.transpose %h {permutation = array<i64: 0, 2, 1>} : (tensor<2x12x10xf32>) -> tensor<2x10x12xf32>\n"
      "  %u0 = graph.constant dense<[2, 24, 5]> : tensor<3xi64>\n"
      "  %u = graph.reshape %t, %u0 {allow_zero = false} : (tensor<2x10x12xf32>, tensor<3xi64>) -> tensor<2x24x5xf32>\n"
      "  %c = graph.concat %r, %u {axis = 1 : i64} : (tensor<2x16x5xf32>, tensor<2x24x5xf32>) -> tensor<2x40x5xf32>\n"
      "  %v0 = graph.constant dense<[0, 16]> : tensor<2xi64>\n"
      "  %v1 = graph.constant dense<[2, 40]> : tensor<2xi64>\n"
      "  %v = \"graph.slice\"(%c, %v0, %v1) <{operandSegmentSizes = array<i32: 1, 1, 1, 0, 0>}> : (tensor<2x40x5xf32>, "
      "tensor<2xi64>, tensor<2xi64>) -> "
      "tensor<2x24x5xf32>\n"
      "  %w = graph.unsqueeze %v {axes = array<i64: 0>} : (tensor<2x24x5xf32>) -> tensor<1x2x24x5xf32>\n"
      "  %e0 = graph.constant dense<[3, 1, 1, 1]> : tensor<4xi64>\n"
      "  %e = graph.expand %w, %e0 : (tensor<1x2x24x5xf32>, tensor<4xi64>) -> tensor<3x2x24x5xf32>\n"
      "  func.return %e : tensor<3x2x24x5xf32>\n}\n");
}

Test(lr_evaluate, gathering_and_scattering_agree_on_every_level) {
  compare_text(
      "func.func @main(%x: tensor<3x6x20xf32>) -> tensor<5x7x20xf32> {\n"
      "  %i = graph.constant dense<[5, -1, 0, 3, 3, 1, -6, 2, 2, 4, 5, 0, 1, 2, 3, 0, 5, -2, 1, 1]> : tensor<20xi64>\n"
      "  %g = graph.gather %x, %i {axis = 1 : i64} : (tensor<3x6x20xf32>, tensor<20xi64>) -> tensor<3x20x20xf32>\n"
      "  %h = graph.gather %g, %i {axis = 2 : i64} : (tensor<3x20x20xf32>, tensor<20xi64>) -> tensor<3x20x20xf32>\n"
      "  %r = graph.constant dense<[60, 20]> : tensor<2xi64>\n"
      "  %f = graph.reshape %h, %r {allow_zero = false} : (tensor<3x20x20xf32>, tensor<2xi64>) -> tensor<60x20xf32>\n"
      "  %j = graph.constant dense<[7, 34, -1]> : tensor<3xi64>\n"
      "  %u = graph.gather %f, %j {axis = 0 : i64} : (tensor<60x20xf32>, tensor<3xi64>) -> tensor<3x20xf32>\n"
      "  %b = graph.constant dense<0.25> : tensor<35x20xf32>\n"
      "  %k = graph.constant dense<[4, -1, 4]> : tensor<3xi64>\n"
      "  %s = graph.scatter none %b, %k, %u : (tensor<35x20xf32>, tensor<3xi64>, tensor<3x20xf32>) -> tensor<35x20xf32>\n"
      "  %t = graph.scatter add %s, %k, %u : (tensor<35x20xf32>, tensor<3xi64>, tensor<3x20xf32>) -> tensor<35x20xf32>\n"
      "  %v = graph.scatter mul %t, %k, %u : (tensor<35x20xf32>, tensor<3xi64>, tensor<3x20xf32>) -> tensor<35x20xf32>\n"
      "  %w = graph.scatter max %v, %k, %u : (tensor<35x20xf32>, tensor<3xi64>, tensor<3x20xf32>) -> tensor<35x20xf32>\n"
      "  %y = graph.scatter min %w, %k, %u : (tensor<35x20xf32>, tensor<3xi64>, tensor<3x20xf32>) -> tensor<35x20xf32>\n"
      "  %z = graph.constant dense<[5, 7, 20]> : tensor<3xi64>\n"
      "  %o = graph.reshape %y, %z {allow_zero = false} : (tensor<35x20xf32>, tensor<3xi64>) -> tensor<5x7x20xf32>\n"
      "  func.return %o : tensor<5x7x20xf32>\n}\n");
}

/* ---- Memory that runs out ---- */

static int64_t allocations_left;

static void *failing_reallocate(void *user, void *pointer, size_t old_size, size_t new_size) {
  (void)user;
  if (new_size > 0 && allocations_left-- <= 0) return NULL;
  return coco_heap.reallocate(coco_heap.context, pointer, old_size, new_size);
}

/* Lowers and schedules a small network with room for a number of allocations. */
static coco_status lower_with(int64_t allocations) {
  static const char text[] =
      "func.func @main(%x: tensor<1x3x6x6xf32>, %r: tensor<1x20x6x6xf32>) -> tensor<1x20xf32> {\n"
      "  %w = graph.constant dense<0.5> : tensor<20x3x3x3xf32>\n"
      "  %b = graph.constant dense<0.25> : tensor<20xf32>\n"
      "  %c = graph.conv %x, %w, %b {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: "
      "1, 1>, group = 1 : i64} : (tensor<1x3x6x6xf32>, tensor<20x3x3x3xf32>, tensor<20xf32>) -> tensor<1x20x6x6xf32>\n"
      "  %a = graph.add %c, %r : (tensor<1x20x6x6xf32>, tensor<1x20x6x6xf32>) -> tensor<1x20x6x6xf32>\n"
      "  %p = graph.reduce mean %a {axes = array<i64: 2, 3>, keep_dimensions = true} : (tensor<1x20x6x6xf32>) -> "
      "tensor<1x20x1x1xf32>\n"
      "  %f = graph.flatten %p {axis = 1 : i64} : (tensor<1x20x1x1xf32>) -> tensor<1x20xf32>\n"
      "  %s = graph.softmax %f {axis = 1 : i64} : tensor<1x20xf32>\n"
      "  func.return %s : tensor<1x20xf32>\n}\n";
  const coco_allocator allocator = {NULL, failing_reallocate};
  coco_context *small = NULL;
  coco_operation *module = NULL;
  allocations_left = allocations;
  coco_status status = coco_context_create(&allocator, &small);
  if (status != COCO_OK) return status;
  status = coco_register_all_dialects(small);
  if (status == COCO_OK) {
    status = coco_parse_module(small, (coco_string){text, sizeof text - 1}, COCO_STRING("t.mlir"), &module);
  }
  if (status == COCO_OK) {
    status = coco_run_pipeline(small, coco_all_passes(), "graph-fuse,lower-to-lr,lr-schedule,canonicalize", module);
  }
  if (module) coco_operation_erase(module);
  coco_context_destroy(small);
  return status;
}

Test(lr_evaluate, memory_that_runs_out_while_lowering_is_reported) {
  int64_t allocations = 0;
  coco_status status;
  while ((status = lower_with(allocations)) != COCO_OK) {
    cr_assert_eq(status, COCO_OUT_OF_MEMORY, "%s after %lld allocations", coco_status_name(status),
                 (long long)allocations);
    ++allocations;
    cr_assert_lt(allocations, 100000);
  }
  cr_assert_gt(allocations, 10);
}
