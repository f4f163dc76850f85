/* Passes on independent functions by several threads: the result, what is told and what is counted are those of one
 * thread. A program of its own, as Criterion does not run under ThreadSanitizer (preset thread), which looks for what
 * threads share unguarded. Prints what does not hold, and exits with 1 then. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "api/registry.h"
#include "ir/context.h"
#include "ir/operation.h"
#include "ir/parser.h"
#include "ir/printer.h"

static void check(bool holds, int line, const char *what) {
  if (holds) return;
  fprintf(stderr, "tests/threads/passes.c:%d: does not hold: %s\n", line, what);
  exit(1);
}
#define CHECK(condition) check((condition), __LINE__, #condition)

enum { FUNCTIONS = 60, STATEMENTS = 12 };

/* Functions with equal and different constants, types and names, with something to fold in each. */
static void write_module(coco_buffer *text) {
  for (int i = 0; i < FUNCTIONS; ++i) {
    coco_buffer_format(text, "func.func @f%d(%%x: i32, %%m: memref<%dxi32>) -> i32 {\n", i, i % 7 + 1);
    coco_buffer_text(text, "  %v0 = arith.addi %x, %x : i32\n");
    for (int k = 0; k < STATEMENTS; ++k) {
      coco_buffer_format(text, "  %%a%d = arith.constant %d : i32\n  %%b%d = arith.constant %d : i32\n", k, i * k, k,
                         k);
      coco_buffer_format(text, "  %%c%d = arith.muli %%a%d, %%b%d : i32\n", k, k, k);
      coco_buffer_format(text, "  %%v%d = arith.addi %%v%d, %%c%d : i32\n", k + 1, k, k);
    }
    coco_buffer_format(text, "  %%r = func.call @f%d(%%v%d, %%m) : (i32, memref<%dxi32>) -> i32\n", i, STATEMENTS,
                       i % 7 + 1);
    coco_buffer_text(text, "  return %r : i32\n}\n");
  }
  CHECK(text->status == COCO_OK);
}

/* ---- A pass that tells and counts, and fails on functions whose number is a multiple of its option ---- */

static coco_status tell_run(coco_pass *pass, coco_operation *root) {
  const coco_string name = coco_symbol_name(root);
  coco_remark(pass->context, root->location, "saw %.*s", COCO_PRINT(name));
  if (pass->print) pass->print(pass->print_user, name);
  ++pass->statistics[0];
  coco_status status =
      coco_operation_set(root, COCO_STRING("seen"), coco_attribute_string(pass->context, name));
  if (status != COCO_OK) return status;
  const int64_t every = pass->options[0].integer;
  const int64_t number = strtol(name.data + 1, NULL, 10);
  if (every && number % every == every - 1) return coco_operation_error(root, "is refused");
  return COCO_OK;
}
static const coco_option_row tell_options[] = {{"every", COCO_OPTION_INTEGER, "0", "Fail on each such function."}};
static const char *const tell_statistics[] = {"functions seen"};
static const coco_pass_definition pass_tell = {.name = "tell",
                                               .documentation = "Tells.",
                                               .anchor = "func.func",
                                               .options = tell_options,
                                               .option_count = 1,
                                               .statistics = tell_statistics,
                                               .statistic_count = 1,
                                               .run = tell_run};
static const coco_pass_definition *const own_passes[] = {&pass_tell, NULL};

/* ---- Runs ---- */

typedef struct outcome {
  coco_status status;
  coco_buffer printed, told; /* the module; diagnostics, texts and counts */
} outcome;

static void keep_told(void *user, coco_context *context, const coco_diagnostic *diagnostic) {
  coco_diagnostic_render(context, diagnostic, user);
}
static void keep_text(void *user, coco_string text) {
  coco_buffer_string(user, text);
  coco_buffer_byte(user, '\n');
}
static void keep_report(void *user, const coco_pass_report *report) {
  coco_buffer_format(user, "%s ran %llu times", report->pass ? report->pass->name : "pipeline",
                     (unsigned long long)report->runs);
  for (size_t i = 0; report->pass && i < report->pass->statistic_count; ++i)
    coco_buffer_format(user, ", %s: %llu", report->pass->statistics[i], (unsigned long long)report->statistics[i]);
  coco_buffer_byte(user, '\n');
}

static outcome run_text(const char *pipeline, uint32_t threads) {
  outcome out = {.printed = COCO_BUFFER(&coco_heap), .told = COCO_BUFFER(&coco_heap)};
  const coco_pass_definition *const *lists[] = {own_passes, coco_all_passes()->lists[0], NULL};
  const coco_pass_registry registry = {lists};
  coco_context *context;
  coco_operation *module;
  coco_pass_manager *manager;
  coco_buffer text = COCO_BUFFER(&coco_heap);
  write_module(&text);
  CHECK(coco_context_create(NULL, &context) == COCO_OK);
  CHECK(coco_register_all_dialects(context) == COCO_OK);
  coco_set_diagnostic_handler(context, keep_told, &out.told, NULL, NULL);
  CHECK(coco_parse_module(context, coco_buffer_view(&text), COCO_STRING("many.mlir"), &module) == COCO_OK);
  const coco_pass_manager_options options = {
      .verify_each = true, .threads = threads, .print = keep_text, .print_user = &out.told};
  CHECK(coco_pass_manager_create(context, &registry, coco_string_from(pipeline), &options, &manager) == COCO_OK);
  out.status = coco_pass_manager_run(manager, module);
  coco_pass_manager_report(manager, keep_report, &out.told);
  CHECK(coco_print_operation(&out.printed, module, &(coco_print_options){0}) == COCO_OK);
  coco_pass_manager_destroy(manager);
  coco_operation_erase(module);
  coco_context_destroy(context);
  coco_buffer_free(&text);
  coco_buffer_byte(&out.told, '\0'); /* it is searched as a C string */
  return out;
}

static void free_outcome(outcome *out) {
  coco_buffer_free(&out->printed);
  coco_buffer_free(&out->told);
}

static void expect_equal(const coco_buffer *a, const coco_buffer *b) {
  CHECK(a->status == COCO_OK);
  CHECK(coco_string_equal(coco_buffer_view(a), coco_buffer_view(b)));
}

static void as_with_one_thread(void) {
  const char *pipeline =
      "func.func(tell,canonicalize,cse,print-op-stats,strip-debuginfo),symbol-dce,func.func(sccp,tell)";
  outcome one = run_text(pipeline, 1), many = run_text(pipeline, 4);
  CHECK(one.status == COCO_OK);
  CHECK(many.status == COCO_OK);
  expect_equal(&many.printed, &one.printed);
  expect_equal(&many.told, &one.told);
  CHECK(strstr(one.told.data, "tell ran 60 times, functions seen: 60"));
  free_outcome(&one);
  free_outcome(&many);
}

/* Counts differ: with several threads functions behind the first that failed were seen too, but nothing is told of
 * them. */
static void the_first_failure_is_the_one_of_one_thread(void) {
  outcome one = run_text("func.func(tell{every=23})", 1), many = run_text("func.func(tell{every=23})", 4);
  CHECK(one.status == COCO_REPORTED);
  CHECK(many.status == COCO_REPORTED);
  *strstr(one.told.data, "pipeline ran") = *strstr(many.told.data, "pipeline ran") = '\0';
  CHECK(strcmp(many.told.data, one.told.data) == 0);
  CHECK(strstr(one.told.data, "saw f22\n"));
  CHECK(strstr(one.told.data, "'func.func' op is refused"));
  CHECK(!strstr(many.told.data, "saw f23\n"));
  free_outcome(&one);
  free_outcome(&many);
}

static void *run_alone(void *user) {
  *(outcome *)user = run_text("func.func(canonicalize,cse),symbol-dce", 1);
  return NULL;
}

static void contexts_share_nothing(void) {
  outcome outcomes[2];
  pthread_t thread;
  CHECK(pthread_create(&thread, NULL, run_alone, &outcomes[0]) == 0);
  run_alone(&outcomes[1]);
  CHECK(pthread_join(thread, NULL) == 0);
  expect_equal(&outcomes[0].printed, &outcomes[1].printed);
  free_outcome(&outcomes[0]);
  free_outcome(&outcomes[1]);
}

int main(void) {
  as_with_one_thread();
  the_first_failure_is_the_one_of_one_thread();
  contexts_share_nothing();
  puts("3 checks of threads passed");
  return 0;
}
