/* Layers against the interpreter: evaluated as lr operations, and as the loops that they become; and without memory. */
#include "tests/support/random_layers.h"

#include <criterion/criterion.h>
#include <stdio.h>

#include "api/registry.h"
#include "ir/base/buffer.h"
#include "ir/context.h"
#include "ir/evaluate.h"
#include "ir/parser.h"
#include "ir/pass.h"
#include "ir/printer.h"
#include "ir/verifier.h"
#include "tests/support/limited_memory.h"

typedef struct kept_message {
  char text[2000];
} kept_message;

static void keep_message(void *user, coco_context *context, const coco_diagnostic *diagnostic) {
  kept_message *message = user;
  coco_buffer buffer = COCO_BUFFER(&coco_heap);
  coco_diagnostic_render(context, diagnostic, &buffer);
  snprintf(message->text, sizeof message->text, "%.*s", COCO_PRINT(coco_buffer_view(&buffer)));
  coco_buffer_free(&buffer);
}

static coco_operation *find_main(coco_operation *module) {
  coco_operation *function = coco_symbol_lookup_in(module, COCO_STRING("main"));
  cr_assert_not_null(function);
  return function;
}

enum { MAXIMUM_VALUES = 8 };

static void fill(random_source *chance, coco_runtime_value *value) {
  const coco_type *element = value->type->element;
  size_t size = coco_type_element_size(element);
  for (int64_t i = 0; i < coco_type_element_count(value->type); ++i) {
    uint8_t *at = (uint8_t *)value->data + (size_t)i * size;
    if (coco_type_is_float(element)) {
      coco_element_write_real(element, at, (double)between(chance, -2000, 2000) / 1024.0);
    } else {
      coco_element_write_integer(element, at, coco_type_is_integer(element, 1) ? between(chance, 0, 1) : between(chance, -50, 50));
    }
  }
}

static void same_bits(const coco_runtime_value *expected, const coco_runtime_value *found, const char *text) {
  const coco_type *element = expected->type->element;
  size_t size = coco_type_element_size(element);
  for (int64_t i = 0; i < coco_type_element_count(expected->type); ++i) {
    const uint8_t *a = (const uint8_t *)expected->data + (size_t)i * size, *b = (const uint8_t *)found->data + (size_t)i * size;
    if (memcmp(a, b, size) == 0) continue;
    double left = coco_element_read_real(element, a), right = coco_element_read_real(element, b);
    cr_assert(left == right || (left != left && right != right), "element %lld is %.9g, not %.9g, in\n%s", (long long)i, right, left, text);
  }
}

/* Arguments of the loop-level function: the inputs' bytes, then room for the results, then the arena. */
static void run_loops(coco_context *context, coco_operation *function, const coco_runtime_value *inputs, size_t input_count,
                      const coco_runtime_value *expected, size_t output_count, const char *text) {
  coco_evaluation *evaluation;
  cr_assert_eq(coco_evaluation_create(context, &evaluation), COCO_OK);
  coco_block *block = coco_operation_body(function, 0);
  coco_runtime_value arguments[2 * MAXIMUM_VALUES + 1];
  cr_assert_eq(block->argument_count, input_count + output_count + 1);
  for (size_t i = 0; i < block->argument_count; ++i) {
    cr_assert_eq(coco_evaluation_allocate(evaluation, block->arguments[i]->type, &arguments[i]), COCO_OK);
    size_t bytes = (size_t)coco_type_byte_count(block->arguments[i]->type);
    if (i < input_count) {
      memcpy(arguments[i].data, inputs[i].data, bytes);
    } else {
      memset(arguments[i].data, 0xff, bytes);
    }
  }
  coco_status status = coco_evaluate_function(evaluation, function, arguments, block->argument_count, NULL, 0);
  cr_assert_eq(status, COCO_OK, "the loops do not run: %s", text);
  for (size_t i = 0; i < output_count; ++i) same_bits(&expected[i], &arguments[input_count + i], text);
  for (size_t i = 0; i < block->argument_count; ++i) coco_runtime_release(&arguments[i]);
  coco_evaluation_destroy(evaluation);
}

static void lower(coco_context *context, coco_operation *module, const char *pipeline, const kept_message *message, const char *text) {
  coco_status status = coco_run_pipeline(context, coco_all_passes(), pipeline, module);
  cr_assert_eq(status, COCO_OK, "%s fails: %s\n%s", pipeline, message->text, text);
  cr_assert_eq(coco_verify(module), COCO_OK, "%s\n%s", message->text, text);
}

void test_layers_agree(random_source *chance, const char *text) {
  coco_context *context;
  kept_message message = {""};
  cr_assert_eq(coco_context_create(NULL, &context), COCO_OK);
  cr_assert_eq(coco_register_all_dialects(context), COCO_OK);
  coco_set_diagnostic_handler(context, keep_message, &message, NULL, NULL);
  coco_operation *module;
  cr_assert_eq(coco_parse_module(context, coco_string_from(text), COCO_STRING("test"), &module), COCO_OK, "%s\n%s", message.text, text);
  cr_assert_eq(coco_verify(module), COCO_OK, "%s\n%s", message.text, text);
  coco_operation *function = find_main(module);
  coco_block *block = coco_operation_body(function, 0);
  size_t inputs = block->argument_count, outputs = coco_block_terminator(block)->operand_count;
  cr_assert(inputs <= MAXIMUM_VALUES && outputs <= MAXIMUM_VALUES);
  coco_evaluation *evaluation;
  cr_assert_eq(coco_evaluation_create(context, &evaluation), COCO_OK);
  coco_runtime_value arguments[MAXIMUM_VALUES], results[MAXIMUM_VALUES] = {{0}};
  for (size_t i = 0; i < inputs; ++i) {
    cr_assert_eq(coco_evaluation_allocate(evaluation, block->arguments[i]->type, &arguments[i]), COCO_OK);
    fill(chance, &arguments[i]);
  }
  coco_status status = coco_evaluate_function(evaluation, function, arguments, inputs, results, outputs);
  cr_assert_eq(status, COCO_OK, "%s\n%s", message.text, text);
  lower(context, module, "builtin.module(lr-to-loops)", &message, text);
  run_loops(context, find_main(module), arguments, inputs, results, outputs, text);
  lower(context, module, "builtin.module(canonicalize,cse,symbol-dce)", &message, text);
  run_loops(context, find_main(module), arguments, inputs, results, outputs, text);
  for (size_t i = 0; i < inputs; ++i) coco_runtime_release(&arguments[i]);
  for (size_t i = 0; i < outputs; ++i) coco_runtime_release(&results[i]);
  coco_evaluation_destroy(evaluation);
  coco_operation_erase(module);
  coco_context_destroy(context);
}

/* Allocations that PIPELINE asked for, of which ALLOWED succeeded. */
static size_t run_with_memory(const char *text, const char *pipeline, size_t allowed, coco_status *out_status) {
  limited_memory limited = {.left = SIZE_MAX};
  const coco_allocator allocator = {.context = &limited, .reallocate = limited_reallocate};
  coco_context *context;
  coco_operation *module;
  cr_assert_eq(coco_context_create(&allocator, &context), COCO_OK);
  cr_assert_eq(coco_register_all_dialects(context), COCO_OK);
  cr_assert_eq(coco_parse_module(context, coco_string_from(text), COCO_STRING("test"), &module), COCO_OK);
  limited = (limited_memory){.left = allowed};
  *out_status = coco_run_pipeline(context, coco_all_passes(), pipeline, module);
  size_t taken = limited.taken;
  limited.left = SIZE_MAX;
  coco_operation_erase(module);
  coco_context_destroy(context);
  return taken;
}

void test_memory_runs_out(const char *text, const char *pipeline) {
  coco_status status;
  size_t needed = run_with_memory(text, pipeline, SIZE_MAX, &status);
  cr_assert_eq(status, COCO_OK);
  cr_assert_gt(needed, 20);
  for (size_t allowed = 0; allowed < needed; ++allowed) {
    run_with_memory(text, pipeline, allowed, &status);
    cr_assert_eq(status, COCO_OUT_OF_MEMORY, "%d with %zu of %zu allocations", (int)status, allowed, needed);
  }
}
