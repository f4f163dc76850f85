/* The evaluation engine from outside: calls, values and attributes, observers, memory, failures. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "api/registry.h"
#include "dialects/func/func.h"
#include "ir/evaluate.h"
#include "ir/parser.h"

typedef struct machine {
  coco_context *context;
  coco_operation *module;
  coco_evaluation *evaluation;
  size_t errors;
  char message[200]; /* of the last one */
} machine;

static void count_error(void *user, coco_context *context, const coco_diagnostic *diagnostic) {
  machine *m = user;
  (void)context;
  ++m->errors;
  snprintf(m->message, sizeof m->message, "%.*s", COCO_PRINT(diagnostic->message));
}

static coco_status open_machine(machine *m, const coco_allocator *allocator, const char *text) {
  *m = (machine){0};
  COCO_TRY(coco_context_create(allocator, &m->context));
  coco_set_diagnostic_handler(m->context, count_error, m, NULL, NULL);
  COCO_TRY(coco_register_all_dialects(m->context));
  COCO_TRY(coco_parse_module(m->context, coco_string_from(text), COCO_STRING("test"), &m->module));
  return coco_evaluation_create(m->context, &m->evaluation);
}

static void close_machine(machine *m) {
  coco_evaluation_destroy(m->evaluation);
  coco_operation_erase(m->module);
  coco_context_destroy(m->context);
}

static coco_status call(machine *m, const char *name, const coco_runtime_value *inputs, size_t input_count,
                        coco_runtime_value *results, size_t result_count) {
  const coco_operation *function = coco_symbol_lookup_in(m->module, coco_string_from(name));
  cr_assert_not_null(function);
  return coco_evaluate_function(m->evaluation, function, inputs, input_count, results, result_count);
}

/* ---- Calls ---- */

Test(evaluate, arguments_and_results) {
  machine m;
  cr_assert_eq(open_machine(&m, NULL, "func.func @f(%a: i32, %x: f32) -> (f32, i32) {\n"
                                      "  %b = arith.addi %a, %a : i32\n  return %x, %b : f32, i32\n}"), COCO_OK);
  coco_runtime_value inputs[2] = {coco_runtime_integer(coco_type_integer(m.context, 32), 21), coco_runtime_real(coco_type_f32(m.context), 0.1)};
  coco_runtime_value results[2];
  cr_assert_eq(call(&m, "f", inputs, 2, results, 2), COCO_OK);
  cr_expect_eq(results[0].real, (double)0.1f);
  cr_expect_eq(results[1].integer, 42);
  /* Wrong counts are errors, not crashes. */
  cr_expect_eq(call(&m, "f", inputs, 1, results, 2), COCO_REPORTED);
  cr_expect_str_eq(m.message, "'func.func' op has a region with 2 arguments where 1 are given");
  cr_expect_eq(call(&m, "f", inputs, 2, results, 1), COCO_REPORTED);
  cr_expect_str_eq(m.message, "'func.return' op has 2 operands where 1 are expected");
  cr_expect_eq(m.errors, 2);
  close_machine(&m);
}

/* One operation alone knows nothing of what its regions read from around it. */
Test(evaluate, an_operation_that_reads_from_around_it_needs_a_function) {
  machine m;
  cr_assert_eq(open_machine(&m, NULL, "func.func @f(%a: i32, %c: i1) -> i32 {\n  %r = scf.if %c -> (i32) {\n    scf.yield %a : i32\n"
                                      "  } else {\n    scf.yield %a : i32\n  }\n  return %r : i32\n}"), COCO_OK);
  const coco_operation *choice = coco_operation_body(coco_symbol_lookup_in(m.module, COCO_STRING("f")), 0)->first;
  coco_runtime_value condition = coco_runtime_integer(coco_type_integer(m.context, 1), 1), result;
  cr_expect_eq(coco_evaluate_operation(m.evaluation, choice, &condition, &result), COCO_REPORTED);
  cr_expect_str_eq(m.message, "'scf.yield' op uses a value from outside of what is evaluated");
  close_machine(&m);
}

Test(evaluate, memrefs_of_the_caller_are_written) {
  machine m;
  cr_assert_eq(open_machine(&m, NULL, "func.func @f(%m: memref<2x2xf32, strided<[3, 1], offset: 1>>) {\n"
                                      "  %c1 = arith.constant 1 : index\n  %x = arith.constant 5.0 : f32\n"
                                      "  memref.store %x, %m[%c1, %c1] : memref<2x2xf32, strided<[3, 1], offset: 1>>\n  return\n}"), COCO_OK);
  float data[6] = {0};
  coco_runtime_value input;
  const coco_operation *function = coco_symbol_lookup_in(m.module, COCO_STRING("f"));
  const coco_type *type = COCO_PROPERTY(function, func_func, function_type)->type->inputs[0];
  cr_expect_not(coco_runtime_borrow(type, data, sizeof data - 1, &input), "the last element does not fit");
  cr_assert(coco_runtime_borrow(type, data, sizeof data, &input));
  cr_assert_eq(call(&m, "f", &input, 1, NULL, 0), COCO_OK);
  cr_expect_eq(data[5], 5.0f);
  close_machine(&m);
}

/* ---- Values and attributes ---- */

Test(evaluate, attributes_become_values_and_come_back) {
  machine m;
  cr_assert_eq(open_machine(&m, NULL, ""), COCO_OK);
  const char *const texts[] = {"-5 : i8", "true", "7 : index", "1.500000e+00 : f16", "dense<[1, 2, 3]> : tensor<3xi64>",
                               "dense<2.500000e+00> : vector<4xf32>", "dense<[true, false]> : tensor<2xi1>"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i) {
    const coco_attribute *attribute, *back;
    coco_runtime_value value;
    cr_assert_eq(coco_parse_attribute_text(m.context, coco_string_from(texts[i]), &attribute), COCO_OK);
    cr_assert_eq(coco_runtime_from_attribute(m.evaluation, attribute, attribute->type, &value), COCO_OK);
    cr_assert_eq(coco_runtime_to_attribute(m.context, &value, COCO_STRING("x"), &back), COCO_OK);
    cr_expect_eq(attribute, back, "%s", texts[i]);
    coco_runtime_release(&value);
  }
  close_machine(&m);
}

Test(evaluate, large_results_become_resources) {
  machine m;
  cr_assert_eq(open_machine(&m, NULL, ""), COCO_OK);
  const coco_type *type = coco_type_tensor(m.context, 1, (const int64_t[]){300}, coco_type_f32(m.context), NULL);
  coco_runtime_value value;
  const coco_attribute *attribute;
  cr_assert_eq(coco_evaluation_allocate(m.evaluation, type, &value), COCO_OK);
  ((float *)value.data)[299] = 3;
  cr_assert_eq(coco_runtime_to_attribute(m.context, &value, COCO_STRING("layer"), &attribute), COCO_OK);
  cr_assert(coco_attribute_is(attribute, COCO_ATTRIBUTE_DENSE_RESOURCE));
  cr_expect(coco_string_is(attribute->resource->name, "layer"));
  float last;
  memcpy(&last, coco_elements_at(attribute, 299), sizeof last);
  cr_expect_eq(last, 3.0f);
  coco_runtime_release(&value);
  close_machine(&m);
}

Test(evaluate, a_resource_of_the_wrong_size_is_refused) {
  machine m;
  cr_assert_eq(open_machine(&m, NULL, ""), COCO_OK);
  const coco_type *type = coco_type_tensor(m.context, 1, (const int64_t[]){4}, coco_type_f32(m.context), NULL);
  for (size_t size = 8; size <= 32; size += 24) {
    coco_resource *resource;
    uint8_t *data;
    cr_assert_eq(coco_resource_allocate(m.context, COCO_STRING("wrong"), size, &data, &resource), COCO_OK);
    memset(data, 0, size);
    coco_runtime_value value;
    const coco_attribute *attribute = coco_attribute_dense_resource(m.context, type, resource);
    cr_expect_eq(coco_runtime_from_attribute(m.evaluation, attribute, type, &value), size < 16 ? COCO_IO_ERROR : COCO_INVALID_ARGUMENT);
  }
  close_machine(&m);
}

Test(evaluate, absurd_sizes_are_out_of_memory) {
  machine m;
  cr_assert_eq(open_machine(&m, NULL, ""), COCO_OK);
  const coco_type *type = coco_type_tensor(m.context, 2, (const int64_t[]){INT64_MAX, 4}, coco_type_f32(m.context), NULL);
  coco_runtime_value value;
  cr_expect_eq(coco_evaluation_allocate(m.evaluation, type, &value), COCO_OUT_OF_MEMORY);
  close_machine(&m);
}

/* ---- Observers and memory ---- */

typedef struct counting {
  size_t live, peak, before, after;
} counting;

static void *counting_reallocate(void *user, void *pointer, size_t old_size, size_t new_size) {
  counting *c = user;
  void *result = coco_heap.reallocate(coco_heap.context, pointer, old_size, new_size);
  if (new_size && !result) return NULL;
  c->live += new_size - old_size;
  if (c->live > c->peak) c->peak = c->live;
  return result;
}

static void observe(void *user, const coco_operation *operation, const coco_runtime_value *results, bool after) {
  counting *c = user;
  ++*(after ? &c->after : &c->before);
  if (after && operation->result_count) cr_expect_not_null(results[0].type);
}

/* A chain of sums of megabytes: each is given back once the next is known. */
static const char chain[] = "func.func @f(%x: tensor<262144xf32>) -> tensor<262144xf32> {\n"
                            "  %0 = arith.addf %x, %x : tensor<262144xf32>\n  %1 = arith.addf %0, %0 : tensor<262144xf32>\n"
                            "  %2 = arith.addf %1, %1 : tensor<262144xf32>\n  %3 = arith.addf %2, %2 : tensor<262144xf32>\n"
                            "  %4 = arith.addf %3, %3 : tensor<262144xf32>\n  %5 = arith.addf %4, %4 : tensor<262144xf32>\n"
                            "  return %5 : tensor<262144xf32>\n}";

Test(evaluate, values_are_released_after_their_last_use) {
  counting c = {0};
  const coco_allocator allocator = {&c, counting_reallocate};
  machine m;
  cr_assert_eq(open_machine(&m, &allocator, chain), COCO_OK);
  const coco_operation *function = coco_symbol_lookup_in(m.module, COCO_STRING("f"));
  const coco_type *type = COCO_PROPERTY(function, func_func, function_type)->type->inputs[0];
  coco_runtime_value input, result;
  cr_assert_eq(coco_evaluation_allocate(m.evaluation, type, &input), COCO_OK);
  const size_t size = (size_t)coco_type_byte_count(type), live = c.live;
  for (int observed = 0; observed < 2; ++observed) {
    if (observed) coco_evaluation_observe(m.evaluation, observe, &c);
    c.peak = 0;
    cr_assert_eq(call(&m, "f", &input, 1, &result, 1), COCO_OK);
    cr_expect_lt(c.peak, live + 3 * size);
    coco_runtime_release(&result);
  }
  cr_expect_eq(c.before, 6);
  cr_expect_eq(c.after, 6);
  coco_runtime_release(&input);
  close_machine(&m);
  cr_expect_eq(c.live, 0, "%zu bytes were not given back", c.live);
}

/* A loop that makes a tensor in every turn does not grow. */
Test(evaluate, loops_do_not_keep_what_turns_made) {
  counting c = {0};
  const coco_allocator allocator = {&c, counting_reallocate};
  machine m;
  cr_assert_eq(open_machine(&m, &allocator,
                            "func.func @f(%n: index, %x: vector<4096xf32>) -> vector<4096xf32> {\n  %c0 = arith.constant 0 : index\n"
                            "  %c1 = arith.constant 1 : index\n"
                            "  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> (vector<4096xf32>) {\n"
                            "    %m = memref.alloc(%n) : memref<?xf32>\n    %s = memref.subview %m[%i] [1] [1] : memref<?xf32> to memref<1xf32, strided<[1], offset: ?>>\n"
                            "    %y = arith.addf %a, %x : vector<4096xf32>\n    scf.yield %y : vector<4096xf32>\n  }\n"
                            "  return %r : vector<4096xf32>\n}"), COCO_OK);
  const coco_operation *function = coco_symbol_lookup_in(m.module, COCO_STRING("f"));
  const coco_type *const *types = COCO_PROPERTY(function, func_func, function_type)->type->inputs;
  coco_runtime_value inputs[2] = {coco_runtime_integer(types[0], 4)}, result;
  cr_assert_eq(coco_evaluation_allocate(m.evaluation, types[1], &inputs[1]), COCO_OK);
  cr_assert_eq(call(&m, "f", inputs, 2, &result, 1), COCO_OK);
  coco_runtime_release(&result);
  const size_t few = c.peak;
  inputs[0].integer = 1000;
  c.peak = 0;
  cr_assert_eq(call(&m, "f", inputs, 2, &result, 1), COCO_OK);
  coco_runtime_release(&result);
  cr_expect_lt(c.peak, few + 65536);
  coco_runtime_release(&inputs[1]);
  close_machine(&m);
  cr_expect_eq(c.live, 0);
}

/* ---- Failures ---- */

Test(evaluate, quiet_errors_say_nothing) {
  machine m;
  cr_assert_eq(open_machine(&m, NULL, "func.func @f(%a: i32) -> i32 {\n  %z = arith.constant 0 : i32\n"
                                      "  %r = arith.divsi %a, %z : i32\n  return %r : i32\n}"), COCO_OK);
  coco_runtime_value input = coco_runtime_integer(coco_type_integer(m.context, 32), 1), result;
  coco_evaluation_set_quiet(m.evaluation, true);
  cr_expect_eq(call(&m, "f", &input, 1, &result, 1), COCO_REPORTED);
  cr_expect_eq(m.errors, 0);
  coco_evaluation_set_quiet(m.evaluation, false);
  cr_expect_eq(call(&m, "f", &input, 1, &result, 1), COCO_REPORTED);
  cr_expect_eq(m.errors, 1);
  close_machine(&m);
}

typedef struct failing {
  size_t allowed, live;
} failing;

static void *failing_reallocate(void *user, void *pointer, size_t old_size, size_t new_size) {
  failing *f = user;
  if (new_size > old_size && f->allowed-- == 0) {
    f->allowed = 0;
    return NULL;
  }
  void *result = coco_heap.reallocate(coco_heap.context, pointer, old_size, new_size);
  if (!new_size || result) f->live += new_size - old_size;
  return result;
}

static const char everything[] =
    "memref.global @g : memref<4xf32> = dense<[1.0, 2.0, 3.0, 4.0]>\n"
    "func.func @g4(%x: vector<4xf32>) -> vector<4xf32> {\n  return %x : vector<4xf32>\n}\n"
    "func.func @main() -> (vector<4xf32>, f32) {\n"
    "  %c0 = arith.constant 0 : index\n  %c1 = arith.constant 1 : index\n  %c2 = arith.constant 2 : index\n  %z = arith.constant 0.0 : f32\n"
    "  %g = memref.get_global @g : memref<4xf32>\n  %v = vector.load %g[%c0] : memref<4xf32>, vector<4xf32>\n"
    "  %w = vector.fma %v, %v, %v : vector<4xf32>\n  %s = memref.subview %g[%c1] [%c2] [1] : memref<4xf32> to memref<?xf32, strided<[1], offset: ?>>\n"
    "  %r = scf.parallel (%i) = (%c0) to (%c2) step (%c1) init (%z) -> f32 {\n"
    "    %e = memref.load %s[%i] : memref<?xf32, strided<[1], offset: ?>>\n    scf.reduce(%e : f32) {\n    ^bb0(%a: f32, %b: f32):\n"
    "      %t = arith.addf %a, %b : f32\n      scf.reduce.return %t : f32\n    }\n  }\n"
    "  %q = func.call @g4(%w) : (vector<4xf32>) -> vector<4xf32>\n  cf.br ^end(%q : vector<4xf32>)\n^end(%k: vector<4xf32>):\n  return %k, %r : vector<4xf32>, f32\n}";

/* Every allocation fails once: the status says so, nothing leaks, nothing is touched after it is gone. */
Test(evaluate, every_allocation_may_fail) {
  size_t most = 0;
  for (bool done = false; !done; ++most) {
    failing f = {.allowed = most};
    const coco_allocator allocator = {&f, failing_reallocate};
    machine m;
    coco_status status = open_machine(&m, &allocator, everything);
    coco_runtime_value results[2] = {{0}};
    if (status == COCO_OK) status = call(&m, "main", NULL, 0, results, 2);
    done = status == COCO_OK;
    cr_assert(done || status == COCO_OUT_OF_MEMORY, "status %d after %zu allocations", status, most);
    if (done) cr_expect_eq(results[1].real, 5.0);
    for (size_t i = 0; i < 2; ++i) coco_runtime_release(&results[i]);
    close_machine(&m);
    cr_assert_eq(f.live, 0, "%zu bytes kept after %zu allocations", f.live, most);
    if (most > 20000) cr_assert_fail("it never succeeds");
  }
}
