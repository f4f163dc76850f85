/* Which convolutions are depthwise, their register blocks, and what of their kernels is zero. Cost: linear in the
 * weights, and the square of the blocks of channels. */
#include "dialects/lr/layout.h"
#include "dialects/lr/lr.h"
#include "lowering/lr_schedule.h"

enum { LEAST_CHANNELS = 4, MAX_COLUMNS = 16, LARGEST_KERNEL = 11, LARGEST_PAD = 16 };

bool coco_schedule_is_depthwise(const coco_operation *conv) {
  if (coco_string_is(COCO_PROPERTY(conv, lr_conv, storage)->text, "depthwise")) return true;
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_conv, info));
  const coco_type *input = coco_operation_operand(conv, 0)->type, *output = coco_operation_result(conv, 0)->type;
  if (info.window.rank != 2 || input->shape[1] < LEAST_CHANNELS) return false;
  /* Columns beside the input are left out while building, so that wide borders are much code. */
  for (size_t i = 0; i < 2; ++i) {
    if (info.window.kernel[i] > LARGEST_KERNEL || info.window.pads[i] > LARGEST_PAD ||
        info.window.pads[2 + i] > LARGEST_PAD)
      return false;
  }
  return info.group == input->shape[1] && info.group == output->shape[1];
}

/* The most columns whose sums, with the weights of a kernel row and an input vector, stay in registers; of those, the
 * count that leaves the fewest blocks, and the smallest such. */
coco_lr_tuning_info coco_schedule_depthwise_block(const coco_schedule_figures *figures, int64_t width, int64_t kernel) {
  int64_t most = figures->vector_registers / coco_schedule_vectors(figures) - kernel - 1;
  if (most > MAX_COLUMNS) most = MAX_COLUMNS;
  if (most > width) most = width;
  if (most < 2) most = width < 2 ? 1 : 2;
  int64_t blocks = coco_ceil_divide(width, most);
  return (coco_lr_tuning_info){.columns = coco_ceil_divide(width, blocks)};
}

/* ---- Masks ---- */

enum { MOST_RUNS = 8, MOST_POSITIONS = 63 };

/* Blocks [first, end) that use MASK. */
typedef struct run {
  int64_t end;
  uint64_t mask;
} run;

static uint64_t used_positions(const float *block, int64_t positions) {
  uint64_t mask = 0;
  for (int64_t i = 0; i < positions * COCO_LR_LANES; ++i)
    if (block[i] != 0) mask |= UINT64_C(1) << i / COCO_LR_LANES;
  return mask;
}

static int64_t multiplications(const run *runs, size_t at) {
  return (runs[at].end - (at ? runs[at - 1].end : 0)) * __builtin_popcountll(runs[at].mask);
}

/* What it costs to give run AT and the next one mask. */
static int64_t cost_of_joining(const run *runs, size_t at) {
  const run both[] = {{at ? runs[at - 1].end : 0, 0}, {runs[at + 1].end, runs[at].mask | runs[at + 1].mask}};
  return multiplications(both, 1) - multiplications(runs, at) - multiplications(runs, at + 1);
}

/* Joins neighbours, those first that cost least, until there are at most MOST_RUNS, and those that cost nothing. */
static size_t join_runs(run *runs, size_t count) {
  while (count > 1) {
    size_t best = 0;
    for (size_t i = 1; i + 1 < count; ++i)
      if (cost_of_joining(runs, i) < cost_of_joining(runs, best)) best = i;
    if (count <= MOST_RUNS && cost_of_joining(runs, best) > 0) return count;
    runs[best] = (run){runs[best + 1].end, runs[best].mask | runs[best + 1].mask};
    for (size_t i = best + 1; i + 1 < count; ++i) runs[i] = runs[i + 1];
    --count;
  }
  return count;
}

coco_status coco_schedule_depthwise_masks(const coco_operation *conv, const coco_allocator *allocator,
                                          const coco_attribute **out) {
  const coco_attribute *weight = coco_value_constant(coco_operation_operand(conv, 1));
  const coco_type *type = weight->type;
  const int64_t blocks = type->shape[0], positions = type->shape[2] * type->shape[3];
  bool splat;
  const float *data = coco_elements_data(weight, &splat);
  *out = NULL;
  if (!data || splat || positions > MOST_POSITIONS || positions < 2) return COCO_OK;
  run *runs = coco_allocate(allocator, (size_t)blocks * sizeof *runs);
  int64_t *masks = coco_allocate(allocator, (size_t)blocks * sizeof *masks), left = 0;
  for (int64_t b = 0; runs && b < blocks; ++b)
    runs[b] = (run){b + 1, used_positions(data + b * positions * COCO_LR_LANES, positions)};
  const size_t count = runs ? join_runs(runs, (size_t)blocks) : 0;
  for (size_t i = 0; i < count; ++i) left += multiplications(runs, i);
  for (size_t i = 0; masks && i < count; ++i)
    for (int64_t b = i ? runs[i - 1].end : 0; b < runs[i].end; ++b) masks[b] = (int64_t)runs[i].mask;
  const bool worth = masks && runs && left * 4 <= blocks * positions * 3;
  if (worth) *out = coco_attribute_i64_array(conv->context, masks, (size_t)blocks);
  const coco_status status = !runs || !masks || (worth && !*out) ? COCO_OUT_OF_MEMORY : COCO_OK;
  if (runs) coco_free(allocator, runs, (size_t)blocks * sizeof *runs);
  if (masks) coco_free(allocator, masks, (size_t)blocks * sizeof *masks);
  return status;
}
