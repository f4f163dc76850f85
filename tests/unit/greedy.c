/* Tests of the greedy driver and of folding: constants, traits, patterns, limits. */
#include "ir/rewriter.h"
#include "ir/verifier.h"
#include "tests/unit/support.h"

static void rewrite(fixture *f, const coco_pattern *const *patterns, size_t count, const coco_greedy_options *options,
                    bool *out_changed) {
  cr_assert_eq(coco_rewrite_greedily(f->context, f->function, patterns, count, options, out_changed), COCO_OK, "%s",
               f->seen.text);
  cr_assert_eq(coco_verify(f->module), COCO_OK, "%s", f->seen.text);
}

/* An operation with side effects that keeps VALUE alive. */
static coco_operation *keep(fixture *f, coco_value *value) {
  coco_context_allow_unregistered(f->context, true);
  return make_unregistered(f, "test.keep", &value, 1, NULL, 0, 0);
}

Test(greedy, constant_operations_are_evaluated_and_dead_ones_erased) {
  fixture f;
  set_up(&f, NULL);
  coco_value *sum = coco_build_binary(&f.builder, &coco_arith_addi, make_constant(&f, 2), make_constant(&f, 3));
  coco_value *product = coco_build_binary(&f.builder, &coco_arith_muli, sum, sum);
  coco_operation *user = keep(&f, product);
  make_return(&f);
  bool changed;
  rewrite(&f, NULL, 0, NULL, &changed);
  cr_assert(changed);
  const coco_attribute *value = coco_value_constant(coco_operation_operand(user, 0));
  cr_assert_not_null(value);
  cr_assert_eq(value->integer, 25);
  cr_assert_eq(count_operations(f.body), 3);
  rewrite(&f, NULL, 0, NULL, &changed);
  cr_assert_not(changed);
  tear_down(&f);
}

Test(greedy, equal_constants_are_kept_once_at_the_head) {
  fixture f;
  set_up(&f, NULL);
  coco_operation *first = keep(&f, make_constant(&f, 7)), *second = keep(&f, make_constant(&f, 7));
  make_return(&f);
  bool changed;
  rewrite(&f, NULL, 0, NULL, &changed);
  cr_assert(changed);
  cr_assert_eq(coco_operation_operand(first, 0), coco_operation_operand(second, 0));
  cr_assert_eq(coco_value_operation(coco_operation_operand(first, 0)), f.body->first);
  tear_down(&f);
}

Test(greedy, a_division_by_zero_is_left_alone_in_silence) {
  fixture f;
  set_up(&f, NULL);
  coco_value *quotient = coco_build_binary(&f.builder, &coco_arith_divsi, make_constant(&f, 1), make_constant(&f, 0));
  coco_operation *user = keep(&f, quotient);
  make_return(&f);
  rewrite(&f, NULL, 0, NULL, NULL);
  cr_assert_eq(coco_operation_operand(user, 0), quotient);
  cr_assert_eq(f.seen.count, 0);
  tear_down(&f);
}

Test(greedy, constants_move_to_the_right_of_commutative_operations) {
  fixture f;
  set_up(&f, NULL);
  coco_value *x = coco_block_add_argument(f.context, f.body, coco_type_integer(f.context, 64));
  coco_value *sum = coco_build_binary(&f.builder, &coco_arith_addi, make_constant(&f, 5), x);
  coco_operation *user = keep(&f, sum);
  make_return(&f);
  bool changed;
  cr_assert_eq(coco_rewrite_greedily(f.context, f.function, NULL, 0, NULL, &changed), COCO_OK);
  coco_operation *kept = coco_value_operation(coco_operation_operand(user, 0));
  cr_assert_eq(coco_operation_operand(kept, 0), x);
  cr_assert_not_null(coco_value_constant(coco_operation_operand(kept, 1)));
  tear_down(&f);
}

Test(greedy, a_double_negation_folds_by_its_trait) {
  fixture f;
  set_up(&f, NULL);
  coco_value *x = coco_block_add_argument(f.context, f.body, coco_type_f32(f.context));
  coco_value *twice = coco_build_unary(&f.builder, &coco_arith_negf, coco_build_unary(&f.builder, &coco_arith_negf, x));
  coco_operation *user = keep(&f, twice);
  make_return(&f);
  cr_assert_eq(coco_rewrite_greedily(f.context, f.function, NULL, 0, NULL, NULL), COCO_OK);
  cr_assert_eq(coco_operation_operand(user, 0), x);
  cr_assert_eq(count_operations(f.body), 2);
  tear_down(&f);
}

/* ---- Patterns ---- */

/* subi(x, y) => addi(x, y), to see that a pattern fires. */
static coco_status sub_to_add(coco_rewriter *rewriter, coco_operation *operation, bool *matched) {
  *matched = true;
  coco_value *sum = coco_build_binary(coco_rewriter_builder(rewriter), &coco_arith_addi,
                                      coco_operation_operand(operation, 0), coco_operation_operand(operation, 1));
  return coco_rewriter_replace_one(rewriter, operation, sum);
}

/* addi(x, y) => subi(x, y), which undoes it. */
static coco_status add_to_sub(coco_rewriter *rewriter, coco_operation *operation, bool *matched) {
  *matched = true;
  coco_value *difference =
      coco_build_binary(coco_rewriter_builder(rewriter), &coco_arith_subi, coco_operation_operand(operation, 0),
                        coco_operation_operand(operation, 1));
  return coco_rewriter_replace_one(rewriter, operation, difference);
}

static coco_status never(coco_rewriter *rewriter, coco_operation *operation, bool *matched) {
  (void)rewriter, (void)operation;
  *matched = false;
  return COCO_OK;
}

static const coco_pattern to_add = {
    .name = "sub-to-add", .root = &coco_arith_subi, .benefit = 1, .rewrite = sub_to_add};
static const coco_pattern to_sub = {
    .name = "add-to-sub", .root = &coco_arith_addi, .benefit = 1, .rewrite = add_to_sub};
static const coco_pattern anything = {.name = "never", .root = NULL, .benefit = 9, .rewrite = never};

static coco_operation *make_subtraction(fixture *f) {
  coco_value *x = coco_block_add_argument(f->context, f->body, coco_type_integer(f->context, 64));
  coco_value *y = coco_block_add_argument(f->context, f->body, coco_type_integer(f->context, 64));
  coco_operation *user = keep(f, coco_build_binary(&f->builder, &coco_arith_subi, x, y));
  make_return(f);
  return user;
}

Test(greedy, patterns_are_applied_and_counted) {
  fixture f;
  set_up(&f, NULL);
  coco_operation *user = make_subtraction(&f);
  const coco_pattern *const patterns[] = {&anything, &to_add};
  uint64_t hits[2] = {0};
  const coco_greedy_options options = {.fold = true, .pattern_hits = hits};
  bool changed;
  cr_assert_eq(coco_rewrite_greedily(f.context, f.function, patterns, 2, &options, &changed), COCO_OK);
  cr_assert(changed);
  cr_assert(coco_value_defined_by(coco_operation_operand(user, 0), &coco_arith_addi));
  cr_assert_eq(hits[0], 0);
  cr_assert_eq(hits[1], 1);
  tear_down(&f);
}

Test(greedy, patterns_that_undo_each_other_end_with_a_warning) {
  fixture f;
  set_up(&f, NULL);
  make_subtraction(&f);
  const coco_pattern *const patterns[] = {&to_add, &to_sub};
  cr_assert_eq(coco_rewrite_greedily(f.context, f.function, patterns, 2, NULL, NULL), COCO_OK);
  cr_assert(strstr(f.seen.text, "rewriting of 'func.func' was given up after "), "%s", f.seen.text);
  cr_assert(strstr(f.seen.text, " changes: some patterns undo each other"), "%s", f.seen.text);
  tear_down(&f);
}

Test(greedy, max_rewrites_stops_after_so_many) {
  fixture f;
  set_up(&f, NULL);
  coco_operation *user = make_subtraction(&f);
  const coco_pattern *const patterns[] = {&to_add, &to_sub};
  const coco_greedy_options options = {.max_rewrites = 3};
  cr_assert_eq(coco_rewrite_greedily(f.context, f.function, patterns, 2, &options, NULL), COCO_OK);
  cr_assert(coco_value_defined_by(coco_operation_operand(user, 0), &coco_arith_addi));
  tear_down(&f);
}

/* ---- One operation ---- */

Test(fold, one_operation_gets_its_constant_before_it) {
  fixture f;
  set_up(&f, NULL);
  coco_value *sum = coco_build_binary(&f.builder, &coco_arith_addi, make_constant(&f, 2), make_constant(&f, 3));
  coco_operation *operation = coco_value_operation(sum);
  coco_value *values[1];
  bool folded, changed;
  cr_assert_eq(coco_fold_operation(&f.builder, operation, values, &folded, &changed), COCO_OK);
  cr_assert(folded);
  cr_assert_eq(coco_value_operation(values[0]), operation->previous);
  cr_assert_eq(coco_value_constant(values[0])->integer, 5);
  tear_down(&f);
}

/* What a pattern makes is not looked at again: patterns that undo each other end. */
Test(greedy, one_walk_visits_each_operation_once) {
  fixture f;
  set_up(&f, NULL);
  coco_operation *user = make_subtraction(&f);
  const coco_pattern *const patterns[] = {&to_add, &to_sub};
  uint64_t hits[2] = {0};
  const coco_greedy_options options = {.pattern_hits = hits};
  bool changed;
  cr_assert_eq(coco_rewrite_in_one_walk(f.context, f.function, patterns, 2, &options, &changed), COCO_OK);
  cr_assert(changed);
  cr_assert(coco_value_defined_by(coco_operation_operand(user, 0), &coco_arith_addi));
  cr_assert_eq(hits[0], 1);
  cr_assert_eq(hits[1], 0);
  cr_assert_eq(f.seen.count, 0);
  cr_assert_eq(coco_rewrite_in_one_walk(f.context, f.function, &patterns[0], 1, NULL, &changed), COCO_OK);
  cr_assert_not(changed);
  tear_down(&f);
}
