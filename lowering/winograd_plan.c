/* See winograd_plan.h. Cost: O(1). Sizes that overflow are INT64_MAX: such a workspace is too large for any memory. */
#include "lowering/winograd_plan.h"

#include "dialects/lr/lr.h"
#include "dialects/lr/window.h"
#include "ir/base/arithmetic.h"

enum { DEFAULT_TILES = 32, LINE = 16 /* elements of a cache line */ };

/* Whole lines, of an odd number. */
static int64_t apart(int64_t elements) {
  int64_t lines = coco_ceil_divide(elements, LINE);
  return coco_multiply_saturated(lines % 2 ? lines : lines + 1, LINE);
}

static void plan_workspace(coco_winograd_plan *plan) {
  plan->input_row = plan->channel_blocks * COCO_LR_LANES;
  plan->sums_row = plan->filter_blocks * COCO_LR_LANES;
  int64_t sums = coco_multiply_saturated(plan->largest, plan->sums_row);
  plan->input_plane = apart(coco_multiply_saturated(plan->largest, plan->input_row));
  plan->sums_plane = apart(sums);
  plan->sums = coco_multiply_saturated(plan->positions, plan->input_plane);
  plan->slice = coco_add_saturated(plan->sums, coco_multiply_saturated(plan->positions, plan->sums_plane));
  plan->size = coco_multiply_saturated(plan->pieces ? plan->pieces : 1, plan->slice);
  /* What lies behind the last sum is left out, so that the arena's peak is written to. */
  if (plan->size < INT64_MAX) plan->size -= plan->sums_plane - sums;
}

coco_winograd_plan coco_winograd_plan_of(const coco_operation *conv) {
  const coco_winograd *algorithm = coco_winograd_of_storage(COCO_PROPERTY(conv, lr_conv, storage)->text);
  const coco_type *result = coco_operation_result(conv, 0)->type, *input = coco_operation_operand(conv, 0)->type;
  coco_winograd_plan plan = {.algorithm = algorithm};
  if (!algorithm || coco_type_element_count(result) == 0) return plan;
  coco_lr_tuning_info tuning = coco_lr_tuning_of(COCO_PROPERTY(conv, lr_conv, tuning));
  plan.positions = algorithm->reach * algorithm->reach;
  plan.channels = input->shape[1];
  plan.channel_blocks = coco_ceil_divide(plan.channels, COCO_LR_LANES);
  plan.filters = result->shape[1];
  plan.filter_blocks = coco_ceil_divide(plan.filters, COCO_LR_LANES);
  plan.rows = coco_winograd_tiles(algorithm, result, 0);
  plan.columns = coco_winograd_tiles(algorithm, result, 1);
  plan.tiles = coco_multiply_saturated(coco_multiply_saturated(result->shape[0], plan.rows), plan.columns);
  plan.groups = coco_ceil_divide(plan.tiles, tuning.tiles > 0 ? tuning.tiles : DEFAULT_TILES);
  plan.largest = coco_ceil_divide(plan.tiles, plan.groups);
  plan.pieces = tuning.pieces < plan.groups ? tuning.pieces : plan.groups;
  plan_workspace(&plan);
  return plan;
}

int64_t coco_lr_workspace(const coco_operation *operation) {
  if (!coco_operation_is(operation, &coco_lr_conv)) return 0;
  return coco_multiply_saturated(coco_winograd_plan_of(operation).size, sizeof(float));
}

const coco_type *coco_lr_workspace_memref(const coco_operation *operation) {
  const coco_type *f32 = coco_type_f32(operation->context);
  int64_t size = coco_lr_workspace(operation) / (int64_t)sizeof(float);
  return f32 ? coco_type_memref(operation->context, 1, &size, f32, NULL, NULL) : NULL;
}
