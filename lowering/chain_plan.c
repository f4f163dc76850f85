/* See chain_plan.h. */
#include "lowering/chain_plan.h"

#include "dialects/lr/layout.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/window.h"

enum { DEFAULT_PIECES = 16 };

static int64_t clamp(int64_t value, int64_t low, int64_t high) {
  return value < low ? low : value > high ? high : value;
}

static int64_t elements_of_rows(const coco_type *type, int64_t blocks, int64_t rows) {
  return blocks * rows * type->shape[3] * COCO_LR_LANES;
}

/* What the plan keeps on the stack for strips of its rows. */
static void plan_memory(coco_chain_plan *plan) {
  const coco_operation *conv = plan->layers.depthwise;
  const coco_type *input = coco_operation_operand(conv, 0)->type, *output = coco_operation_result(conv, 0)->type;
  coco_window window = coco_lr_window_of(COCO_PROPERTY(conv, lr_conv, info)).window;
  int64_t reach = (window.kernel[0] - 1) * window.dilations[0] + 1,
          needed = (plan->rows - 1) * window.strides[0] + reach;
  plan->kept_blocks = plan->layers.after ? plan->blocks : plan->group;
  plan->ring = plan->layers.before ? clamp(needed, 1, input->shape[2]) : 0;
  plan->ring_elements = elements_of_rows(input, plan->kept_blocks, plan->ring);
  plan->strip_elements = plan->layers.after ? elements_of_rows(output, plan->blocks, plan->rows) : 0;
}

int64_t coco_chain_plan_bytes(const coco_chain_plan *plan) {
  return (plan->ring_elements + plan->strip_elements) * (int64_t)sizeof(float);
}

coco_chain_plan coco_chain_plan_of(const coco_operation *chain) {
  coco_lr_chain_layers layers = coco_lr_chain_of(chain);
  coco_lr_tuning_info tuning = coco_lr_tuning_of(COCO_PROPERTY(chain, lr_chain, tuning));
  return coco_chain_plan_make(&layers, &tuning);
}

coco_chain_plan coco_chain_plan_make(const coco_lr_chain_layers *layers, const coco_lr_tuning_info *tuning) {
  coco_chain_plan plan = {.layers = *layers};
  const coco_type *output = coco_operation_result(plan.layers.depthwise, 0)->type;
  plan.images = output->shape[0];
  plan.height = output->shape[2];
  plan.blocks = coco_ceil_divide(output->shape[1], COCO_LR_LANES);
  plan.group = clamp(tuning->filters, 1, plan.blocks);
  int64_t others = plan.images * (plan.layers.after ? 1 : coco_ceil_divide(plan.blocks, plan.group));
  int64_t pieces = tuning->pieces > 0 ? tuning->pieces : DEFAULT_PIECES;
  plan.bands = clamp(coco_ceil_divide(pieces, others), 1, plan.height);
  plan.band_rows = coco_ceil_divide(plan.height, plan.bands);
  plan.bands = coco_ceil_divide(plan.height, plan.band_rows);
  plan.rows = clamp(tuning->rows, 1, plan.band_rows);
  for (plan_memory(&plan); coco_chain_plan_bytes(&plan) > COCO_CHAIN_STACK && plan.rows > 1; plan_memory(&plan))
    --plan.rows;
  for (; coco_chain_plan_bytes(&plan) > COCO_CHAIN_STACK && plan.group > 1; plan_memory(&plan)) --plan.group;
  return plan;
}
