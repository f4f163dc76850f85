/* What integer ranges show to be simpler:
 *
 *   x in [c, c]                 x  =>  c
 *   0 <= x < c          x rem c  =>  x
 *
 * Comparisons whose answer does not depend on the numbers are the first case. Expected cost: linear in operations. */
#include "dialects/arith/arith.h"
#include "ir/builder.h"
#include "passes/for_loops.h"
#include "passes/integer_ranges.h"
#include "passes/passes.h"

enum { CONSTANTS, REMAINDERS };
static const char *const statistics[] = {"values replaced by constants", "remainders that are the dividend"};

/* The dividend of a remainder that is the dividend, else NULL. */
static coco_value *plain_remainder(const coco_integer_ranges *ranges, const coco_operation *operation) {
  coco_integer_range dividend, divisor;
  if (!coco_operation_is(operation, &coco_arith_remsi) && !coco_operation_is(operation, &coco_arith_remui)) return NULL;
  coco_value *value = coco_operation_operand(operation, 0);
  if (!coco_integer_range_of(ranges, value, &dividend) ||
      !coco_integer_range_of(ranges, coco_operation_operand(operation, 1), &divisor))
    return NULL;
  return dividend.low >= 0 && dividend.high < divisor.low ? value : NULL;
}

typedef struct state {
  coco_pass *pass;
  const coco_integer_ranges *ranges;
  const coco_allocator *allocator;
  COCO_VECTOR_OF(coco_operation *) replaced; /* to be erased at the end: ranges are known by the values' addresses */
} state;

static coco_status visit(state *s, coco_operation *operation) {
  coco_pass *pass = s->pass;
  const coco_integer_ranges *ranges = s->ranges;
  coco_integer_range range;
  if (operation->result_count != 1 || coco_operation_has_trait(operation, COCO_CONSTANT_LIKE) ||
      !coco_operation_is_pure(operation) || !coco_integer_range_of(ranges, &operation->results[0], &range))
    return COCO_OK;
  coco_value *simpler = plain_remainder(ranges, operation);
  size_t statistic = REMAINDERS;
  if (!simpler) {
    if (range.low != range.high) return COCO_OK;
    coco_builder builder = coco_builder_before(operation);
    simpler = coco_build_integer(&builder, operation->results[0].type, range.low);
    if (!simpler) return builder.status;
    statistic = CONSTANTS;
  }
  ++pass->statistics[statistic];
  pass->changed = true;
  coco_value_replace_all_uses(&operation->results[0], simpler);
  return coco_vector_push(s->allocator, &s->replaced, operation);
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  void *ranges;
  COCO_TRY(coco_pass_analysis(pass, &coco_integer_ranges_analysis, &ranges));
  state s = {.pass = pass, .ranges = ranges, .allocator = coco_context_allocator(pass->context)};
  coco_status status = COCO_OK;
  for (coco_operation *operation = root; operation && status == COCO_OK; operation = coco_walk_next(operation, root))
    if (operation != root && operation->region_count == 0) status = visit(&s, operation);
  for (size_t i = s.replaced.count; i > 0; --i) coco_operation_erase(s.replaced.items[i - 1]);
  coco_vector_free(s.allocator, &s.replaced);
  coco_pass_preserves(pass, &coco_dominance_analysis);
  return status;
}

const coco_pass_definition coco_pass_int_range_optimizations = {
    .name = "int-range-optimizations",
    .documentation = "Simplify integers by the ranges that they stay in.",
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
