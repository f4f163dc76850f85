/* Tests of patterns written as equations: what they match, what they make, and what is said of wrong ones. */
#include "ir/equation.h"
#include "ir/rewriter.h"
#include "ir/verifier.h"
#include "tests/unit/support.h"

/* Applies EQUATION to the function of F; how often it matched. */
static uint64_t apply(fixture *f, const char *equation) {
  const coco_pattern pattern = COCO_EQUATION("tested", equation);
  const coco_pattern *patterns[] = {&pattern};
  uint64_t hits = 0;
  const coco_greedy_options options = {.pattern_hits = &hits};
  cr_assert_eq(coco_rewrite_greedily(f->context, f->function, patterns, 1, &options, NULL), COCO_OK, "%s", f->seen.text);
  cr_assert_eq(coco_verify(f->module), COCO_OK, "%s", f->seen.text);
  return hits;
}

/* f(c - (c + d)), which a function keeps alive. */
static coco_operation *make_difference(fixture *f) {
  set_up(f, NULL);
  coco_value *c = make_constant(f, 2), *d = make_constant(f, 3);
  coco_value *sum = coco_build_binary(&f->builder, &coco_arith_addi, c, d);
  coco_value *difference = coco_build_binary(&f->builder, &coco_arith_subi, c, sum);
  coco_context_allow_unregistered(f->context, true);
  coco_operation *user = make_unregistered(f, "test.keep", &difference, 1, NULL, 0, 0);
  make_return(f);
  return user;
}

Test(equation, a_name_stands_for_one_value) {
  fixture f;
  make_difference(&f);
  cr_assert_eq(apply(&f, "arith.subi(x, arith.addi(y, x)) = y"), 0);
  tear_down(&f);
  coco_operation *user = make_difference(&f);
  cr_assert_eq(apply(&f, "arith.subi(x, arith.addi(x, y)) = y"), 1);
  cr_assert_eq(coco_value_constant(coco_operation_operand(user, 0))->integer, 3);
  tear_down(&f);
}

Test(equation, constraints_are_held_to) {
  static const struct {
    const char *constraint;
    uint64_t hits;
  } rows[] = {{"x constant", 1},       {"s constant", 0},      {"s once", 1},        {"x once", 0},
              {"y of result type", 1}, {"y of rank 1", 0},     {"result at s", 1},   {"x constant, s constant", 0}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    fixture f;
    make_difference(&f);
    char text[128];
    snprintf(text, sizeof text, "arith.subi(x, s: arith.addi(x, y)) = arith.xori(x, y) where %s", rows[i].constraint);
    cr_assert_eq(apply(&f, text), rows[i].hits, "%s", text);
    tear_down(&f);
  }
}

Test(equation, attributes_are_matched_and_handed_on) {
  fixture f;
  make_difference(&f);
  cr_assert_eq(apply(&f, "arith.subi(x, arith.addi(x, y) {overflowFlags = f}) = y"), 0); /* there is none */
  cr_assert_eq(apply(&f, "arith.subi(x, arith.addi(x, y) {overflowFlags = any}) = y"), 1);
  tear_down(&f);
}

Test(equation, wrong_ones_are_reported_by_name) {
  static const struct {
    const char *equation, *reason;
  } rows[] = {
      {"arith.addi(x, y", "expected ')'"},
      {"arith.addi x", "expected '('"},
      {"arith.addi(x, y)", "expected '='"},
      {"arith.addi(x, y) = z", "the left side has no such name"},
      {"arith.plus(x, y) = x", "no operation has this name"},
      {"x = x", "the left side must be an operation"},
      {"p: arith.addi(x, y) = x", "only operations inside the left side can be named"},
      {"scf.if(x) = x", "the operation must have one result, and no regions or operand segments"},
      {"arith.addi(x, y) = arith.addi(arith.trunci(x), y)", "the operation's type cannot be inferred"},
      {"arith.addi(a, b, c, d, e) = a", "too many operands"},
      {"test.f(x) = x", "no operation has this name"},
      {"arith.addi(x, y) = x where x heavy", "expected 'constant', 'once' or 'of'"},
      {"arith.addi(x, y) = x where x of gold", "expected 'rank' or 'result type'"},
      {"arith.addi(x, y) = x where x of rank high", "expected a number"},
      {"arith.addi(x, y) = x, y", "expected the end"},
      {"arith.addi(x, y) {width = 3} = x", "the operation has no such attribute"},
      {"arith.addi(x, y) {overflowFlags 3} = x", "expected '='"},
      {"arith.addi(x, y) {overflowFlags = 3} = x", "the attribute is no number"},
      {"arith.addi(x, y) {overflowFlags = } = x", "expected a number, true, false or a name"},
      {"arith.addi(x, y) {overflowFlags = f = x", "expected '}'"},
      {"arith.addi(x, y) {overflowFlags = any, overflowFlags = any, overflowFlags = any, overflowFlags = any,"
       " overflowFlags = any, overflowFlags = any, overflowFlags = any} = x", "too many attributes"},
      {"arith.addi(arith.addi(a, b), arith.addi(arith.addi(c, d), arith.addi(arith.addi(e, f), arith.addi(g, h)))) = i",
       "the left side has no such name"},
      {"arith.select(arith.select(a, b, c), arith.select(d, e, f), arith.select(g, h, i)) = a", "too many names"},
      {"arith.addi(x) = x", "the operation takes another number of operands"},
      {"arith.addi(arith.negf(x, y), z) = x", "the operation takes another number of operands"},
      {"arith.addi(x, y) = arith.addi(x, y, x)", "the operation takes another number of operands"},
      {"graph.gemm(x) = x", "the operation takes another number of operands"},
      {"arith.addi(arith.addi(a, a), arith.addi(arith.addi(a, a), arith.addi(arith.addi(a, a), arith.addi(a,"
       " arith.addi(a, a))))) = a", "too many operations and names"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    fixture f;
    set_up(&f, NULL);
    const coco_pattern pattern = COCO_EQUATION("tested", rows[i].equation);
    coco_arena arena = {.allocator = coco_context_allocator(f.context)};
    const coco_equation *equation;
    cr_assert_eq(coco_equation_read(f.context, &arena, &pattern, &equation), COCO_REPORTED, "%s", rows[i].equation);
    cr_assert(strstr(f.seen.text, "pattern 'tested' is wrong at '"), "%s", f.seen.text);
    cr_assert(strstr(f.seen.text, rows[i].reason), "%s: %s", rows[i].equation, f.seen.text);
    coco_arena_destroy(&arena);
    tear_down(&f);
  }
}

static const coco_pattern wrong_patterns[] = {COCO_EQUATION("wrong-row", "arith.addi(x, y) = z"), {0}};

Test(equation, are_checked_when_their_dialect_is_registered) {
  fixture f;
  set_up(&f, NULL);
  const coco_dialect dialect = {.name = "wrong", .patterns = wrong_patterns};
  cr_assert_eq(coco_context_register_dialect(f.context, &dialect), COCO_REPORTED);
  cr_assert(strstr(f.seen.text, "pattern 'wrong-row' is wrong"), "%s", f.seen.text);
  tear_down(&f);
}
