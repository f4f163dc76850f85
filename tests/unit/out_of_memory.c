/* Memory that runs out at any point while a module is read, verified, transformed and printed: an orderly
 * failure each time, and nothing leaks (which the sanitizers of the dev build see). */
#include "ir/parser.h"
#include "ir/printer.h"
#include "ir/verifier.h"
#include "tests/support/limited_memory.h"
#include "tests/unit/support.h"

static const char program[] =
    "#map = affine_map<(d0) -> (d0 + 1)>\n"
    "module attributes {a.list = [1 : i32, \"text\", @callee]} {\n"
    "  func.func private @callee(%a: i32) -> i32 { return %a : i32 }\n"
    "  func.func private @unused() { return }\n"
    "  func.func @main(%c: i1, %a: i32, %lb: index, %m: memref<4xf32>) -> (i32, i32) {\n"
    "    %0 = arith.constant 3 : i32\n"
    "    %1 = arith.constant 3 : i32\n"
    "    %2 = arith.addi %0, %1 : i32\n"
    "    %3 = arith.muli %2, %a : i32\n"
    "    %4 = arith.muli %a, %2 : i32\n"
    "    %5 = func.call @callee(%3) : (i32) -> i32\n"
    "    scf.for %i = %lb to %lb step %lb {\n"
    "      %x = memref.load %m[%i] : memref<4xf32>\n"
    "      %y = arith.negf %x : f32\n"
    "      %z = arith.negf %y : f32\n"
    "      memref.store %z, %m[%i] : memref<4xf32>\n"
    "    }\n"
    "    cf.cond_br %c, ^left(%5 : i32), ^right\n"
    "  ^left(%6: i32):\n"
    "    return %4, %6 : i32, i32\n"
    "  ^right:\n"
    "    %t = arith.constant dense<[1, 2, 3]> : vector<3xi32>\n"
    "    %u = vector.extract %t[1] : i32 from vector<3xi32>\n"
    "    return %u, %3 : i32, i32\n"
    "  }\n"
    "}\n";

static const char network[] =
    "func.func @main(%x: tensor<1x1x4x4xf32>) -> tensor<?x?xf32> {\n"
    "  %w = graph.constant dense<1.0> : tensor<2x1x3x3xf32>\n"
    "  %p = graph.constant dense<1.0> : tensor<2xf32>\n"
    "  %0 = graph.conv %x, %w {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>,"
    " group = 1 : i64} : (tensor<1x1x4x4xf32>, tensor<2x1x3x3xf32>) -> tensor<1x2x2x2xf32>\n"
    "  %1 = graph.batch_norm %0, %p, %p, %p, %p {epsilon = 0.0 : f32} : (tensor<1x2x2x2xf32>, tensor<2xf32>, "
    "tensor<2xf32>,"
    " tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32>\n"
    "  %2 = graph.relu %1 : tensor<1x2x2x2xf32>\n"
    "  %3 = graph.shape %2 : (tensor<1x2x2x2xf32>) -> tensor<4xi64>\n"
    "  %4 = graph.constant dense<0> : tensor<1xi64>\n"
    "  %5 = graph.gather %3, %4 {axis = 0 : i64} : (tensor<4xi64>, tensor<1xi64>) -> tensor<1xi64>\n"
    "  %6 = graph.constant dense<-1> : tensor<1xi64>\n"
    "  %7 = graph.concat %5, %6 {axis = 0 : i64} : (tensor<1xi64>, tensor<1xi64>) -> tensor<2xi64>\n"
    "  %8 = graph.reshape %2, %7 {allow_zero = false} : (tensor<1x2x2x2xf32>, tensor<2xi64>) -> tensor<?x?xf32>\n"
    "  return %8 : tensor<?x?xf32>\n"
    "}\n";

/* A text and what is done with it. */
typedef struct job {
  coco_string text;
  const char *pipeline;
} job;

static coco_status read_and_transform(coco_context *context, const job *j, coco_operation **module,
                                      coco_buffer *buffer) {
  COCO_TRY(coco_register_all_dialects(context));
  COCO_TRY(coco_parse_module(context, j->text, COCO_STRING("program.mlir"), module));
  COCO_TRY(coco_verify(*module));
  COCO_TRY(coco_run_pipeline(context, coco_all_passes(), j->pipeline, *module));
  COCO_TRY(coco_print_operation(buffer, *module, NULL));
  return buffer->status;
}

static void note_diagnostic(void *user, coco_context *context, const coco_diagnostic *diagnostic) {
  (void)context;
  if (diagnostic->severity == COCO_ERROR) snprintf(user, 256, "%.*s", COCO_PRINT(diagnostic->message));
}

/* Runs with ALLOWED allocations. *out_status; how many it took. */
static size_t attempt(const job *j, size_t allowed, coco_status *out_status, char *message) {
  limited_memory l = {.left = allowed};
  const coco_allocator allocator = {.context = &l, .reallocate = limited_reallocate};
  coco_context *context;
  *out_status = coco_context_create(&allocator, &context);
  if (*out_status != COCO_OK) return l.taken;
  coco_set_diagnostic_handler(context, note_diagnostic, message, NULL, NULL);
  coco_operation *module = NULL;
  coco_buffer buffer = COCO_BUFFER(&allocator);
  *out_status = read_and_transform(context, j, &module, &buffer);
  coco_buffer_free(&buffer);
  coco_operation_erase(module);
  coco_context_destroy(context);
  return l.taken;
}

/* One more allocation each time, until none is refused. How many that takes may differ by a few from run to run: tables
 * of pointers grow by where the pointers fall. */
static void fail_at_every_allocation(const job *j) {
  coco_status status = COCO_OUT_OF_MEMORY;
  size_t allowed = 0;
  for (; status == COCO_OUT_OF_MEMORY; ++allowed) {
    char message[256] = "";
    bool refused = attempt(j, allowed, &status, message) > allowed;
    cr_assert_eq(status, refused ? COCO_OUT_OF_MEMORY : COCO_OK, "%d with %zu allocations: %s", (int)status, allowed,
                 message);
  }
  cr_assert_gt(allowed, 20);
}

/* Layers with pruned weights, of which measured times say that they are to be dense. */
static const char pruned[] =
    "func.func @main(%x: tensor<1x2x4x4xf32>, %y: tensor<2x4xf32>) -> (tensor<1x1x4x4xf32>, tensor<2x16xf32>) {\n"
    "  %o = arith.constant dense<[0, 1]> : tensor<2xui8>\n"
    "  %p = arith.constant dense<0> : tensor<1xui8>\n"
    "  %i = arith.constant dense<1> : tensor<1xui8>\n"
    "  %s = arith.constant dense<[[[0, 1]]]> : tensor<1x1x2xui8>\n"
    "  %v = arith.constant dense<0.5> : tensor<4xf32>\n"
    "  %w = arith.constant dense<0.5> : tensor<1x16xf32>\n"
    "  %0 = \"lr.pattern_conv\"(%x, %o, %p, %i, %s, %v) <{device = \"cpu\", info = #lr.window<kernel = [3, 3], "
    "strides = [1, 1], pads = [1, 1, 1, 1], dilations = [1, 1]>, masks = array<i64: 27>, filters = 1 : i64, "
    "span = 2 : i64, maps = []}> ({\n"
    "  ^bb0(%acc: f32):\n"
    "    lr.yield %acc : f32\n"
    "  }) {coco.measured = {dense_ms = 1.0 : f64, sparse_ms = 2.0 : f64}} : (tensor<1x2x4x4xf32>, tensor<2xui8>, "
    "tensor<1xui8>, tensor<1xui8>, tensor<1x1x2xui8>, tensor<4xf32>) -> tensor<1x1x4x4xf32>\n"
    "  %1 = \"lr.block_matmul\"(%y, %o, %i, %w) <{device = \"cpu\", columns = 16 : i64, maps = []}> ({\n"
    "  ^bb0(%acc: f32):\n"
    "    lr.yield %acc : f32\n"
    "  }) {coco.measured = {dense_ms = 1.0 : f64, sparse_ms = 2.0 : f64}} : (tensor<2x4xf32>, tensor<2xui8>, "
    "tensor<1xui8>, tensor<1x16xf32>) -> tensor<2x16xf32>\n"
    "  return %0, %1 : tensor<1x1x4x4xf32>, tensor<2x16xf32>\n"
    "}\n";

Test(out_of_memory, anywhere_in_making_pruned_layers_dense) {
  fail_at_every_allocation(&(const job){COCO_STRING(pruned), "lr-schedule"});
}

Test(out_of_memory, anywhere_in_simplifying_a_program) {
  fail_at_every_allocation(&(const job){
      COCO_STRING(program), "builtin.module(func.func(cse,canonicalize{max-iterations=5}),symbol-dce,cse)"});
}

Test(out_of_memory, anywhere_in_lowering_a_network_to_loops) {
  fail_at_every_allocation(&(const job){COCO_STRING(network), "graph-optimize,lower-to-lr,lr-schedule,lower-to-loops"});
}

/* Every kind of structured control flow; what was done before memory ran out is undone. */
static const char structured[] =
    "func.func @main(%n: index, %x: f32, %c: i1) -> f32 {\n"
    "  %zero = arith.constant 0 : index\n"
    "  %one = arith.constant 1 : index\n"
    "  %0 = scf.for %i = %zero to %n step %one iter_args(%a = %x) -> (f32) {\n"
    "    %1 = scf.parallel (%j, %k) = (%zero, %zero) to (%n, %i) step (%one, %one) init (%a) -> f32 {\n"
    "      scf.reduce(%x : f32) {\n"
    "      ^bb0(%p: f32, %q: f32):\n"
    "        %s = arith.addf %p, %q : f32\n"
    "        scf.reduce.return %s : f32\n"
    "      }\n"
    "    }\n"
    "    scf.yield %1 : f32\n"
    "  }\n"
    "  %2 = scf.while (%a = %0) : (f32) -> f32 {\n"
    "    scf.condition(%c) %a : f32\n"
    "  } do {\n"
    "  ^bb0(%a: f32):\n"
    "    %3 = scf.execute_region -> f32 {\n"
    "      scf.yield %a : f32\n"
    "    }\n"
    "    %4 = scf.if %c -> (f32) {\n"
    "      scf.yield %3 : f32\n"
    "    } else {\n"
    "      scf.yield %x : f32\n"
    "    }\n"
    "    scf.yield %4 : f32\n"
    "  }\n"
    "  return %2 : f32\n"
    "}\n";

Test(out_of_memory, anywhere_in_turning_structured_control_flow_into_branches) {
  fail_at_every_allocation(&(const job){COCO_STRING(structured), "convert-scf-to-cf"});
}
