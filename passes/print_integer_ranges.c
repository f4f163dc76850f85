/* Says what is known of integers: for people who look at what int-range-optimizations goes by. */
#include "ir/diagnostic.h"
#include "passes/integer_ranges.h"
#include "passes/passes.h"

static void say(coco_context *context, const coco_location *location, const char *what, size_t number,
                const coco_integer_ranges *ranges, const coco_value *value) {
  coco_integer_range range;
  if (!coco_integer_range_of(ranges, value, &range) || coco_integer_range_is_full(value->type, range)) return;
  coco_remark(context, location, "%s #%zu stays in %lld to %lld", what, number, (long long)range.low,
              (long long)range.high);
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  void *ranges;
  COCO_TRY(coco_pass_analysis(pass, &coco_integer_ranges_analysis, &ranges));
  for (coco_operation *operation = coco_walk_next(root, root); operation; operation = coco_walk_next(operation, root)) {
    if (coco_operation_has_trait(operation, COCO_CONSTANT_LIKE)) continue;
    for (size_t i = 0; i < operation->result_count; ++i)
      say(pass->context, operation->location, "result", i, ranges, &operation->results[i]);
    const coco_block *body = operation->region_count ? coco_operation_body(operation, 0) : NULL;
    for (size_t i = 0; body && i < body->argument_count; ++i)
      say(pass->context, operation->location, "argument", i, ranges, body->arguments[i]);
  }
  return COCO_OK;
}

const coco_pass_definition coco_pass_print_integer_ranges = {
    .name = "print-integer-ranges",
    .documentation = "Say as remarks in which range integers stay, where more is known than their type.",
    .run = run};
