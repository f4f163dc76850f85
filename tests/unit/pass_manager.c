/* Tests of pipelines as text, of what runs where, and of what the pass manager tells. */
#include "tests/unit/support.h"

/* ---- Passes made for the tests ---- */

static coco_status count_run(coco_pass *pass, coco_operation *root) {
  ++pass->statistics[0];
  return coco_operation_set(root, COCO_STRING("visits"), coco_attribute_i64(pass->context, pass->options[0].integer));
}
static coco_status fail_run(coco_pass *pass, coco_operation *root) {
  return coco_error(pass->context, root->location, "this pass always fails");
}
static coco_status spoil_run(coco_pass *pass, coco_operation *root) {
  pass->changed = true;
  coco_operation *last = coco_operation_body(root, 0)->last;
  coco_operation_erase(last);
  return COCO_OK;
}

static const coco_option_row count_options[] = {{"value", COCO_OPTION_INTEGER, "5", "A number."},
                                                {"flag", COCO_OPTION_BOOL, NULL, "A flag."},
                                                {"sizes", COCO_OPTION_INTEGERS, "1,2", "A list."},
                                                {"name", COCO_OPTION_STRING, NULL, "A text."}};
static const char *const count_statistics[] = {"runs"};
static const coco_pass_definition pass_count = {.name = "count",
                                                .documentation = "Counts.",
                                                .options = count_options,
                                                .option_count = 4,
                                                .statistics = count_statistics,
                                                .statistic_count = 1,
                                                .run = count_run};
static const coco_pass_definition pass_function = {.name = "only-functions",
                                                   .documentation = "Runs on functions.",
                                                   .anchor = "func.func",
                                                   .options = count_options,
                                                   .option_count = 4,
                                                   .statistics = count_statistics,
                                                   .statistic_count = 1,
                                                   .run = count_run};
static const coco_pass_definition pass_fail = {.name = "fail", .documentation = "Fails.", .run = fail_run};
static const coco_pass_definition pass_spoil = {
    .name = "spoil", .documentation = "Spoils.", .anchor = "func.func", .run = spoil_run};
static const coco_pass_definition pipeline_both = {
    .name = "both", .documentation = "Both.", .pipeline = "count{value=8}, only-functions{value=9}"};
static const coco_pass_definition pipeline_endless = {
    .name = "endless", .documentation = "Names itself.", .pipeline = "endless"};
static const coco_pass_definition *const test_passes[] = {&pass_count,    &pass_function,    &pass_fail, &pass_spoil,
                                                          &pipeline_both, &pipeline_endless, NULL};
static const coco_pass_definition *const *const test_lists[] = {test_passes, NULL};
static const coco_pass_registry test_registry = {test_lists};

static coco_pass_manager *parse(fixture *f, const char *text) {
  coco_pass_manager *manager;
  coco_status status = coco_pass_manager_create(f->context, &test_registry, coco_string_from(text), NULL, &manager);
  cr_assert_eq(status == COCO_OK, manager != NULL);
  return manager;
}

static void expect_pipeline(const char *text, const char *printed) {
  fixture f;
  set_up(&f, NULL);
  coco_pass_manager *manager = parse(&f, text);
  cr_assert_not_null(manager, "%s", f.seen.text);
  coco_buffer buffer = COCO_BUFFER(&coco_heap);
  coco_pass_manager_print_pipeline(manager, &buffer);
  cr_assert(coco_string_is(coco_buffer_view(&buffer), printed), "got %.*s", COCO_PRINT(coco_buffer_view(&buffer)));
  coco_buffer_free(&buffer);
  coco_pass_manager_destroy(manager);
  tear_down(&f);
}

static void expect_mistake(const char *text, const char *message) {
  fixture f;
  set_up(&f, NULL);
  cr_assert_null(parse(&f, text));
  cr_assert(strstr(f.seen.text, message), "%s gave: %s", text, f.seen.text);
  cr_assert_eq(f.seen.count, 1);
  tear_down(&f);
}

#define COUNT(value) "count{value=" value " flag=false sizes=1,2 name=\"\"}"

Test(pipeline, text_is_parsed_and_printed_with_all_options) {
  expect_pipeline("count", "builtin.module(" COUNT("5") ")");
  expect_pipeline("builtin.module(count{value=-3},fail)", "builtin.module(" COUNT("-3") ",fail)");
  expect_pipeline("any(fail)", "any(fail)");
  expect_pipeline("", "builtin.module()");
  expect_pipeline("builtin.module()", "builtin.module()");
}

Test(pipeline, white_space_is_free) {
  expect_pipeline(" builtin.module (\n  func.func( fail ,\n fail ),\tcount{ value = 7 \n flag }\n) ",
                  "builtin.module(func.func(fail,fail),count{value=7 flag=true sizes=1,2 name=\"\"})");
}

Test(pipeline, values_may_be_quoted_or_bracketed) {
  expect_pipeline("count{name=\"a b}\" sizes=[3, 4]}",
                  "builtin.module(count{value=5 flag=false sizes=3,4 name=\"a b}\"})");
  expect_pipeline("count{sizes=}", "builtin.module(count{value=5 flag=false sizes=[] name=\"\"})");
}

Test(pipeline, a_list_without_an_anchor_nests_passes_where_they_run) {
  expect_pipeline("fail,spoil,spoil,fail", "builtin.module(fail,func.func(spoil,spoil),fail)");
}

Test(pipeline, named_pipelines_are_expanded) {
  expect_pipeline("both",
                  "builtin.module(" COUNT("8") ",func.func(only-functions{value=9 flag=false sizes=1,2 name=\"\"}))");
}

Test(pipeline, mistakes_are_named_with_suggestions) {
  expect_mistake("coutn", "'coutn' does not refer to a registered pass or pass pipeline; did you mean 'count'?");
  expect_mistake("count{valeu=1}", "'valeu' is no option of this pass; did you mean 'value'?");
  expect_mistake("count{value=x}", "option 'value' takes an integer, not 'x'");
  expect_mistake("count{value}", "expected '=' and a value");
  expect_mistake("count{value=1", "this '{' is never closed");
  expect_mistake("fail{a=1}", "this pass has no options");
  expect_mistake("builtin.module(fail", "this '(' is never closed");
  expect_mistake("fail,,fail", "expected the name of a pass, a pipeline or an operation");
  expect_mistake("fail)", "expected ',' or the end of the pipeline");
  expect_mistake("builtin.module(spoil)",
                 "pass 'spoil' runs on 'func.func', not on 'builtin.module'; did you mean 'func.func(spoil)'?");
  expect_mistake("both{x=1}", "a named pipeline takes no options");
  expect_mistake("endless", "nested too deeply");
}

Test(pipeline, deep_nesting_is_refused) {
  char text[4096] = "builtin.module(";
  for (size_t i = 0; i < 500; ++i) strcat(text, "any(");
  expect_mistake(text, "nested too deeply");
}

static coco_file_place last_place;
static void keep_location(void *user, coco_context *context, const coco_diagnostic *diagnostic) {
  (void)user;
  cr_assert(coco_location_find_file(context, diagnostic->location, &last_place));
}

Test(pipeline, mistakes_have_a_line_and_a_column) {
  fixture f;
  set_up(&f, NULL);
  coco_set_diagnostic_handler(f.context, keep_location, NULL, NULL, NULL);
  cr_assert_null(parse(&f, "builtin.module(count,\n  fail, nothing)"));
  cr_assert(coco_string_is(last_place.file, "<pass-pipeline>"));
  cr_assert_eq(last_place.line, 2);
  cr_assert_eq(last_place.column, 9);
  tear_down(&f);
}

/* ---- Running ---- */

static int64_t visits(const coco_operation *operation) {
  const coco_attribute *attribute = coco_operation_get(operation, COCO_STRING("visits"));
  return attribute ? attribute->integer : -1;
}

Test(pass_manager, a_pipeline_runs_on_what_it_is_for) {
  fixture f;
  set_up(&f, NULL);
  make_return(&f);
  coco_pass_manager *manager = parse(&f, "builtin.module(count)");
  cr_assert_eq(coco_pass_manager_run(manager, f.function), COCO_REPORTED);
  cr_assert_str_eq(f.seen.text, "cannot run a pipeline for 'builtin.module' on 'func.func'\n");
  coco_pass_manager_destroy(manager);
  tear_down(&f);
}

typedef struct events {
  char text[512];
} events;

static void note_report(void *user, const coco_pass_report *report) {
  events *e = user;
  size_t used = strlen(e->text);
  used += (size_t)snprintf(e->text + used, sizeof e->text - used, "%zu:%s:%.*s:%llu", report->depth,
                           report->pass ? report->pass->name : "", COCO_PRINT(report->anchor),
                           (unsigned long long)report->runs);
  if (report->pass)
    used += (size_t)snprintf(e->text + used, sizeof e->text - used, ":%llu", (unsigned long long)report->statistics[0]);
  snprintf(e->text + used, sizeof e->text - used, " ");
}

Test(pass_manager, passes_run_on_what_they_are_nested_for) {
  fixture f;
  set_up(&f, NULL);
  make_return(&f);
  coco_pass_manager *manager = parse(&f, "builtin.module(count{value=1},func.func(count{value=2}))");
  cr_assert_eq(coco_pass_manager_run(manager, f.module), COCO_OK);
  cr_assert_eq(visits(f.module), 1);
  cr_assert_eq(visits(f.function), 2);
  cr_assert_eq(f.seen.count, 0);
  events e = {0};
  coco_pass_manager_report(manager, note_report, &e);
  cr_assert_str_eq(e.text, "0:count:builtin.module:1:1 0::func.func:1 1:count:func.func:1:1 ");
  coco_pass_manager_destroy(manager);
  tear_down(&f);
}

Test(pass_manager, a_pass_that_ran_nowhere_is_a_warning) {
  fixture f;
  set_up(&f, NULL);
  make_return(&f);
  coco_pass_manager *manager = parse(&f, "builtin.module(func.fnuc(count))");
  cr_assert_eq(coco_pass_manager_run(manager, f.module), COCO_OK);
  cr_assert(strstr(f.seen.text, "pass 'count' ran on no operation: no 'func.fnuc'"));
  coco_pass_manager_destroy(manager);
  tear_down(&f);
}

Test(pass_manager, passes_run_on_isolated_operations_only) {
  fixture f;
  set_up(&f, NULL);
  make_constant(&f, 1);
  make_return(&f);
  coco_pass_manager *manager = parse(&f, "builtin.module(any(count),func.func(arith.constant(count)))");
  cr_assert_eq(coco_pass_manager_run(manager, f.module), COCO_REPORTED);
  cr_assert_eq(visits(f.function), 5);
  cr_assert(strstr(f.seen.text, "'arith.constant' op is not isolated from above"));
  coco_pass_manager_destroy(manager);
  tear_down(&f);
}

static void note_event(void *user, coco_pass_event event, const coco_pass *pass, coco_operation *root) {
  events *e = user;
  size_t used = strlen(e->text);
  snprintf(e->text + used, sizeof e->text - used, "%d:%s:%s:%d ", (int)event, pass->definition->name,
           root->definition->name, pass->changed);
}

Test(pass_manager, a_failing_pass_ends_the_run_and_is_observed) {
  fixture f;
  set_up(&f, NULL);
  make_return(&f);
  events e = {0};
  const coco_pass_manager_options options = {.observer = note_event, .observer_user = &e};
  coco_pass_manager *manager;
  cr_assert_eq(coco_pass_manager_create(f.context, &test_registry, COCO_STRING("count,fail,count"), &options, &manager),
               COCO_OK);
  cr_assert_eq(coco_pass_manager_run(manager, f.module), COCO_REPORTED);
  cr_assert_str_eq(
      e.text, "0:count:builtin.module:0 1:count:builtin.module:0 0:fail:builtin.module:0 2:fail:builtin.module:0 ");
  coco_pass_manager_destroy(manager);
  tear_down(&f);
}

Test(pass_manager, verify_each_finds_the_pass_that_spoils) {
  fixture f;
  set_up(&f, NULL);
  make_return(&f);
  cr_assert_eq(coco_run_pipeline(f.context, &test_registry, "spoil", f.module), COCO_REPORTED);
  cr_assert(strstr(f.seen.text, "pass 'spoil' left invalid IR behind"));
  tear_down(&f);
}

Test(pass_manager, every_registered_pass_and_pipeline_parses_by_its_name) {
  fixture f;
  set_up(&f, NULL);
  for (const coco_pass_definition *const *const *list = coco_all_passes()->lists; *list; ++list)
    for (const coco_pass_definition *const *pass = *list; *pass; ++pass) {
      coco_pass_manager *manager;
      coco_string text = coco_string_from((*pass)->name);
      cr_assert_eq(coco_pass_manager_create(f.context, coco_all_passes(), text, NULL, &manager), COCO_OK, "%s: %s",
                   (*pass)->name, f.seen.text);
      cr_assert((*pass)->documentation && (*pass)->documentation[0], "%s has no documentation", (*pass)->name);
      coco_pass_manager_destroy(manager);
    }
  tear_down(&f);
}
