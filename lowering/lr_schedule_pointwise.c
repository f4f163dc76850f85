/* Schedules of sparse 1x1 convolutions: register blocks, and the cycles that they take.
 *
 * Cost: a handful of candidates. */
#include "dialects/lr/lr.h"
#include "dialects/lr/pointwise.h"
#include "lowering/lr_schedule.h"

enum { LEAST_PIECES = 4, MOST_ROWS = 16, MOST_COLUMNS = 16, INDEX = 3, WEIGHTS = 4 };

/* Vectors of the block that the registers hold for each filter of a bundle, beside weights and input. */
static int64_t vectors_allowed(const coco_schedule_figures *figures, int64_t filters) {
  enum { OTHERS = 4 };
  const int64_t vectors = (figures->vector_registers - OTHERS) / (coco_schedule_sum_registers(figures) * filters);
  return vectors > 1 ? vectors : 1;
}

/* The shape that makes the fewest blocks: each loads its indices and weights anew. Of equal ones the widest, whose
 * vectors lie side by side. */
static coco_lr_tuning_info register_block(const coco_schedule_figures *figures, int64_t filters,
                                          const int64_t patch[2]) {
  const int64_t vectors = vectors_allowed(figures, filters);
  coco_lr_tuning_info best = {.rows = 1, .columns = 1};
  int64_t least = INT64_MAX;
  for (int64_t columns = 1; columns <= patch[1] && columns <= MOST_COLUMNS && columns <= vectors; ++columns)
    for (int64_t rows = 1; rows <= patch[0] && rows <= MOST_ROWS && rows * columns <= vectors; ++rows) {
      const int64_t blocks = coco_ceil_divide(patch[0], rows) * coco_ceil_divide(patch[1], columns);
      if (blocks > least) continue;
      least = blocks;
      best = (coco_lr_tuning_info){.rows = coco_ceil_divide(patch[0], coco_ceil_divide(patch[0], rows)),
                                   .columns = coco_ceil_divide(patch[1], coco_ceil_divide(patch[1], columns))};
    }
  return best;
}

static int64_t filters_of(const coco_operation *conv) {
  const coco_type *weights = coco_operation_operand(conv, WEIGHTS)->type,
                  *result = coco_operation_result(conv, 0)->type;
  return weights->shape[1] < result->shape[1] ? weights->shape[1] : result->shape[1];
}

coco_lr_tuning_info coco_schedule_pointwise_tuning(const coco_schedule_figures *figures, const coco_operation *conv) {
  enum { TOGETHER = 4, TOGETHER_BITS = 128 };
  const coco_type *type = coco_operation_result(conv, 0)->type;
  const int64_t lanes = coco_schedule_patch_lanes(figures),
                width = coco_operation_operand(conv, WEIGHTS)->type->shape[1];
  int64_t patch[2];
  coco_lr_patch_extents(type, patch);
  coco_lr_tuning_info best = register_block(figures, filters_of(conv), patch);
  best.lanes = lanes < COCO_LR_LANES ? lanes : 0;
  best.unroll = figures->vector_bits == TOGETHER_BITS && width % TOGETHER == 0 ? TOGETHER : 0;
  const int64_t pieces = coco_ceil_divide(patch[0], best.rows) * type->shape[0];
  if (pieces > 0 && pieces < LEAST_PIECES) best.pieces = coco_ceil_divide(LEAST_PIECES, pieces);
  return best;
}

/* For each block of vectors and each step: the multiply-adds; loads of vectors, indices and weights, once for strands
 * in a pair, of which a processor reaches four in five, and two thirds of which show; with a stride also input from the
 * second cache, of which lines are read that nobody needs; and the sums that wait between groups of channels. Fitted to
 * the 1x1 layers of ResNet-50. */
double coco_schedule_pointwise_cycles(const coco_schedule_figures *figures, const coco_operation *conv) {
  static const double loads_reached = 0.8, loads_seen = 0.67, strided_second_cache = 0.2, bundle_begins = 20;
  const coco_type *index = coco_operation_operand(conv, INDEX)->type, *result = coco_operation_result(conv, 0)->type,
                  *order = coco_operation_operand(conv, 1)->type;
  coco_lr_layout_info input, made;
  if (!coco_schedule_patches(conv, &input, &made)) return 0;
  int64_t patch[2];
  coco_lr_layout_extents(&made, result, patch);
  const int64_t filters = filters_of(conv), lanes = coco_schedule_patch_lanes(figures);
  const coco_lr_tuning_info block = register_block(figures, filters, patch);
  const double blocks = (double)(coco_ceil_divide(patch[0], block.rows) * coco_ceil_divide(patch[1], block.columns)) *
                        (double)(COCO_LR_LANES / lanes) * (double)result->shape[0];
  const double vectors = (double)(patch[0] * patch[1]) * (double)(COCO_LR_LANES / lanes) * (double)result->shape[0] *
                         (double)coco_schedule_sum_registers(figures) / blocks;
  const double steps = (double)index->shape[0], paired = (double)coco_lr_pointwise_paired_steps(conv);
  const double strands = (double)index->shape[1] * (1 - (steps > 0 ? paired / steps / 2 : 0)),
               rate = (double)figures->loads_per_cycle * loads_reached;
  const double adding = vectors * (double)filters / (double)figures->fma_per_cycle,
               loading = (strands * (vectors + 1) + (double)filters) / rate * loads_seen,
               coming = strands * vectors * (double)figures->vector_bits / 8 / (double)figures->l2_rate;
  const double waiting = 2 * vectors * (double)filters / rate + bundle_begins;
  const double bundles = (double)order->shape[0] * (double)coco_ceil_divide(result->shape[1], filters);
  const coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_pointwise_conv, info));
  const bool strided = info.window.strides[0] > 1 || info.window.strides[1] > 1;
  const double step = adding + loading + (strided ? coming * strided_second_cache : 0);
  return blocks * (steps * step + bundles * waiting) + coco_schedule_image_cycles(figures, conv);
}
