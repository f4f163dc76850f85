/* Tests of analyses that are kept between passes, and of liveness. */
#include "dialects/cf/cf.h"
#include "ir/analysis.h"
#include "ir/liveness.h"
#include "tests/unit/support.h"

/* ---- An analysis that counts how often it is made ---- */

typedef struct tally {
  int made, alive;
} tally;
static coco_status make_tally(coco_operation *root, void **out) {
  const coco_attribute *address = coco_operation_get(root, COCO_STRING("tally"));
  tally *t = (tally *)(uintptr_t)address->integer;
  ++t->made;
  ++t->alive;
  *out = t;
  return COCO_OK;
}
static void drop_tally(void *analysis) { --((tally *)analysis)->alive; }
static const coco_analysis_definition tally_analysis = {"tally", make_tally, drop_tally};

static coco_status ask_run(coco_pass *pass, coco_operation *root) {
  void *analysis;
  (void)root;
  return coco_pass_analysis(pass, &tally_analysis, &analysis);
}
static coco_status change_run(coco_pass *pass, coco_operation *root) {
  (void)root;
  pass->changed = true;
  return COCO_OK;
}
static coco_status preserve_run(coco_pass *pass, coco_operation *root) {
  (void)root;
  pass->changed = true;
  coco_pass_preserves(pass, &tally_analysis);
  return COCO_OK;
}
static const coco_pass_definition pass_ask = {.name = "ask", .documentation = "Asks.", .run = ask_run};
static const coco_pass_definition pass_change = {.name = "change", .documentation = "Changes.", .run = change_run};
static const coco_pass_definition pass_preserve = {
    .name = "preserve", .documentation = "Preserves.", .run = preserve_run};
static const coco_pass_definition *const passes[] = {&pass_ask, &pass_change, &pass_preserve, NULL};
static const coco_pass_definition *const *const lists[] = {passes, NULL};
static const coco_pass_registry registry = {lists};

static void expect_made(const char *pipeline, int count) {
  fixture f;
  tally t = {0};
  set_up(&f, NULL);
  const coco_attribute *address = coco_attribute_i64(f.context, (int64_t)(uintptr_t)&t);
  cr_assert_eq(coco_operation_set(f.module, COCO_STRING("tally"), address), COCO_OK);
  cr_assert_eq(coco_operation_set(f.function, COCO_STRING("tally"), address), COCO_OK);
  coco_pass_manager *manager;
  const coco_pass_manager_options options = {.verify_each = false}; /* the function has no end */
  cr_assert_eq(coco_pass_manager_create(f.context, &registry, coco_string_from(pipeline), &options, &manager), COCO_OK);
  cr_assert_eq(coco_pass_manager_run(manager, f.module), COCO_OK);
  cr_assert_eq(t.made, count, "%s made %d", pipeline, t.made);
  cr_assert_eq(t.alive, 0);
  coco_pass_manager_destroy(manager);
  tear_down(&f);
}

Test(analysis, kept_while_nothing_changes) { expect_made("ask,ask,ask", 1); }
Test(analysis, dropped_by_a_change) { expect_made("ask,change,ask", 2); }
Test(analysis, kept_by_a_pass_that_preserves_it) { expect_made("ask,preserve,ask,ask", 1); }
Test(analysis, said_for_one_pass_only) { expect_made("ask,preserve,change,ask", 2); }
Test(analysis, of_each_root) { expect_made("ask,func.func(ask,ask),ask", 2); }
Test(analysis, a_change_inside_drops_what_is_around) { expect_made("ask,func.func(change),ask", 2); }

/* ---- Liveness ---- */

static bool has(coco_value *const *values, size_t count, const coco_value *value) {
  for (size_t i = 0; i < count; ++i)
    if (values[i] == value) return true;
  return false;
}

/* ^entry: v; br ^head. ^head: br ^body. ^body: use v; br ^head: v lives all around the loop. */
Test(liveness, around_a_loop) {
  fixture f;
  set_up(&f, NULL);
  coco_region *region = f.body->region;
  coco_block *head = coco_region_append_block(f.context, region), *body = coco_region_append_block(f.context, region);
  coco_value *v = coco_build_value(
      &f.builder, &(coco_operation_state){.definition = &coco_arith_constant,
                                          COCO_WITH_ATTRIBUTES(COCO_NAMED("value", coco_attribute_i64(f.context, 1)))});
  coco_block *to_head[] = {head}, *to_body[] = {body};
  coco_build(&f.builder,
             &(coco_operation_state){.definition = &coco_cf_br, .successors = to_head, .successor_count = 1});
  coco_builder_to_end(&f.builder, head);
  coco_operation *at_head = coco_build(
      &f.builder, &(coco_operation_state){.definition = &coco_cf_br, .successors = to_body, .successor_count = 1});
  coco_builder_to_end(&f.builder, body);
  coco_value *operands[] = {v, v};
  coco_value *sum = coco_build_value(
      &f.builder, &(coco_operation_state){.definition = &coco_arith_addi, .operands = operands, .operand_count = 2});
  cr_assert_not_null(sum);
  coco_build(&f.builder,
             &(coco_operation_state){.definition = &coco_cf_br, .successors = to_head, .successor_count = 1});
  cr_assert_eq(f.builder.status, COCO_OK);
  coco_liveness *liveness;
  cr_assert_eq(coco_liveness_create(f.function, &liveness), COCO_OK);
  size_t count;
  coco_block *around[] = {head, body};
  for (size_t i = 0; i < 2; ++i) {
    coco_value *const *values = coco_liveness_in(liveness, around[i], &count);
    cr_assert(has(values, count, v));
    cr_assert_eq(count, 1);
    values = coco_liveness_out(liveness, around[i], &count);
    cr_assert(has(values, count, v));
  }
  coco_liveness_in(liveness, f.body, &count);
  cr_assert_eq(count, 0);
  cr_assert_not(coco_value_is_dead_after(liveness, v, coco_value_operation(sum)));
  cr_assert_not(coco_value_is_dead_after(liveness, v, at_head));
  cr_assert(coco_value_is_dead_after(liveness, sum, coco_value_operation(sum)));
  coco_liveness_destroy(liveness);
  tear_down(&f);
}
