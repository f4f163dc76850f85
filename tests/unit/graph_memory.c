/* Memory may run out at any allocation of a pipeline over the graph level: it says so, nothing breaks and nothing leaks. */
#include <criterion/criterion.h>

#include "api/registry.h"
#include "ir/parser.h"
#include "ir/pass.h"
#include "tests/support/limited_memory.h"

static const char text[] =
    "func.func @main(%x: tensor<1x1x4x4xf32>, %r: tensor<1x2x2x2xf32>) -> tensor<?x?xf32> {\n"
    "  %w = graph.constant dense<1.0> : tensor<2x1x3x3xf32>\n"
    "  %p = graph.constant dense<[1.0, 2.0]> : tensor<2xf32>\n"
    "  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : "
    "(tensor<1x1x4x4xf32>, tensor<2x1x3x3xf32>) -> tensor<1x2x2x2xf32>\n"
    "  %1 = graph.batch_norm %0, %p, %p, %p, %p {epsilon = 0.5 : f32} : "
    "(tensor<1x2x2x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>\n"
    "  %2 = graph.add %1, %r : (tensor<1x2x2x2xf32>, tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32>\n"
    "  %3 = graph.relu %2 : tensor<1x2x2x2xf32>\n"
    "  %4 = graph.shape %3 : (tensor<1x2x2x2xf32>) -> tensor<4xi64>\n"
    "  %5 = graph.constant dense<0> : tensor<1xi64>\n"
    "  %6 = graph.gather %4, %5 {axis = 0 : i64} : (tensor<4xi64>, tensor<1xi64>) -> tensor<1xi64>\n"
    "  %7 = graph.constant dense<-1> : tensor<1xi64>\n"
    "  %8 = graph.concat %6, %7 {axis = 0 : i64} : (tensor<1xi64>, tensor<1xi64>) -> tensor<2xi64>\n"
    "  %9 = graph.reshape %3, %8 {allow_zero = false} : (tensor<1x2x2x2xf32>, tensor<2xi64>) -> tensor<?x?xf32>\n"
    "  return %9 : tensor<?x?xf32>\n}\n";

static coco_status run(limited_memory *l) {
  const coco_allocator allocator = {l, limited_reallocate};
  coco_context *context;
  coco_operation *module;
  COCO_TRY(coco_context_create(&allocator, &context));
  coco_status status = coco_register_all_dialects(context);
  if (status == COCO_OK) status = coco_parse_module(context, coco_string_from(text), COCO_STRING("test"), &module);
  if (status == COCO_OK) {
    status = coco_run_pipeline(context, coco_all_passes(), "builtin.module(graph-optimize)", module);
    coco_operation_erase(module);
  }
  coco_context_destroy(context);
  return status;
}

Test(graph_memory, running_out_is_a_status) {
  size_t needed = 0;
  for (;; ++needed) {
    limited_memory l = {.left = needed};
    const coco_status status = run(&l);
    if (status == COCO_OK) break;
    cr_assert_eq(status, COCO_OUT_OF_MEMORY, "after %zu allocations: %s", needed, coco_status_name(status));
    cr_assert_lt(needed, 1000000);
  }
  cr_expect_gt(needed, 20);
}
