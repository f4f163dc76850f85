/* A shape given to an input reaches the network's result. */
#include <criterion/criterion.h>

#include "api/registry.h"
#include "dialects/func/func.h"
#include "ir/parser.h"
#include "ir/pass.h"
#include "ir/verifier.h"
#include "passes/graph_shapes.h"

static const char text[] =
    "func.func @helper(%a: tensor<?xf32>) -> tensor<?xf32> {\n  return %a : tensor<?xf32>\n}\n"
    "func.func @main(%x: tensor<?x3x?x8xf32>, %y: tensor<4xf32>) -> tensor<?x?x?x?xf32> attributes {coco.inputs = [\"image\", \"other\"]} {\n"
    "  %0 = graph.max_pool %x {kernel = array<i64: 2, 2>, strides = array<i64: 2, 2>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, "
    "ceil_mode = false} : (tensor<?x3x?x8xf32>) -> tensor<?x?x?x?xf32>\n"
    "  return %0 : tensor<?x?x?x?xf32>\n}\n";

static coco_context *context;
static coco_operation *module;
static char message[256];

static void keep_message(void *user, coco_context *where, const coco_diagnostic *diagnostic) {
  (void)user, (void)where;
  const size_t size = diagnostic->message.size < sizeof message - 1 ? diagnostic->message.size : sizeof message - 1;
  memcpy(message, diagnostic->message.data, size);
  message[size] = 0;
}

static void start(void) {
  cr_assert_eq(coco_context_create(NULL, &context), COCO_OK);
  cr_assert_eq(coco_register_all_dialects(context), COCO_OK);
  coco_set_diagnostic_handler(context, keep_message, NULL, NULL, NULL);
  cr_assert_eq(coco_parse_module(context, coco_string_from(text), COCO_STRING("test"), &module), COCO_OK);
  cr_assert_eq(coco_verify(module), COCO_OK);
}
static void stop(void) {
  coco_operation_erase(module);
  coco_context_destroy(context);
}
TestSuite(graph_shapes, .init = start, .fini = stop);

static const coco_type *result_type(void) {
  coco_operation *function = coco_symbol_lookup_in(module, COCO_STRING("main"));
  return COCO_PROPERTY(function, func_func, function_type)->type->results[0];
}

Test(graph_shapes, a_given_shape_reaches_the_result) {
  const int64_t given[] = {2, 3, 6, 8}, expected[] = {2, 3, 3, 4};
  cr_assert_eq(coco_graph_set_input_shape(module, COCO_STRING("image"), given, 4), COCO_OK);
  cr_assert_eq(coco_verify(module), COCO_OK);
  cr_assert_eq(coco_run_pipeline(context, coco_all_passes(), "builtin.module(graph-infer-shapes)", module), COCO_OK);
  cr_assert_eq(result_type(), coco_type_tensor(context, 4, expected, coco_type_f32(context), NULL));
}

static void expect_error(const char *name, const int64_t *shape, size_t rank, const char *expected) {
  cr_expect_eq(coco_graph_set_input_shape(module, coco_string_from(name), shape, rank), COCO_REPORTED);
  cr_expect(strstr(message, expected), "'%s' has no '%s'", message, expected);
}

Test(graph_shapes, wrong_shapes_are_errors) {
  const int64_t wrong_channels[] = {2, 4, 6, 8}, negative[] = {2, 3, -6, 8}, huge[] = {INT64_MAX, 3, INT64_MAX, 8};
  expect_error("image", wrong_channels, 4, "dimension 1 is 3 in the network, but 4 was given");
  expect_error("image", negative, 4, "dimension 2 is negative");
  expect_error("image", negative, 3, "has 4 dimensions, but the given shape has 3");
  expect_error("image", huge, 4, "input 'image' would have too many elements");
  expect_error("picture", wrong_channels, 4, "the network has no input 'picture'; its inputs are: image, other");
  expect_error("", wrong_channels, 4, "has no input ''");
  coco_operation_erase(coco_symbol_lookup_in(module, COCO_STRING("main")));
  coco_operation_erase(coco_symbol_lookup_in(module, COCO_STRING("helper")));
  expect_error("image", wrong_channels, 4, "there is no function whose input could get a shape");
}
