/* Which convolutions are depthwise, and their register blocks. Cost: O(output columns of a block). */
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
  int64_t blocks = (width + most - 1) / most;
  return (coco_lr_tuning_info){.columns = (width + blocks - 1) / blocks};
}
