/* The parts of lr-schedule. Private to lr_schedule*.c. */
#ifndef COCO_LOWERING_LR_SCHEDULE_H
#define COCO_LOWERING_LR_SCHEDULE_H

#include "dialects/lr/window.h"
#include "ir/operation.h"

/* What the schedule needs to know of a processor: see lowering/target.h. */
typedef struct coco_schedule_figures {
  int64_t vector_bits, vector_registers, fma_per_cycle, fma_latency, loads_per_cycle;
} coco_schedule_figures;

coco_schedule_figures coco_schedule_figures_of(const coco_operation *module);

/* The register block for WIDTH columns (or pixels, or rows) and OUTPUTS filters (or columns of b): of those that fit the registers, the
 * one that the model below finds fastest.
 *
 * A step of the inner loop adds one input element to each accumulator. With v vectors of the processor for 16 lanes, a block of c x f
 * needs c * f * v fused multiply-adds and c + f * v loads, and no step is shorter than the latency of an addition. What is left over
 * at the ends of width and filters is a smaller block. */
coco_lr_tuning_info coco_schedule_register_block(const coco_schedule_figures *figures, int64_t width, int64_t outputs);

#endif
