/* Register blocks of the dense kernels, from a model of the inner loop. Cost: a few hundred evaluations of the model.
 */
#include "dialects/lr/lr.h"
#include "lowering/lr_schedule.h"
#include "lowering/target.h"

enum { MAX_COLUMNS = 28, MAX_FILTERS = 8 };

coco_schedule_figures coco_schedule_figures_of(const coco_operation *module) {
  return (coco_schedule_figures){.vector_bits = coco_target_figure(module, "vector_bits", 256),
                                 .vector_registers = coco_target_figure(module, "vector_registers", 16),
                                 .fma_per_cycle = coco_target_figure(module, "fma_per_cycle", 2),
                                 .fma_latency = coco_target_figure(module, "fma_latency", 4),
                                 .loads_per_cycle = coco_target_figure(module, "loads_per_cycle", 2)};
}

static double larger(double a, double b) { return a > b ? a : b; }

/* Input columns that a block of COLUMNS reads for one kernel row. */
static int64_t input_columns(const coco_schedule_work *work, int64_t columns) {
  int64_t span = (columns - 1) * work->stride + work->kernel, all = columns * work->kernel;
  return span < all ? span : all;
}

/* Cycles of one step of a block; 0 for an empty block. */
static double step_cycles(const coco_schedule_figures *figures, const coco_schedule_work *work, int64_t vectors,
                          int64_t columns, int64_t filters) {
  if (columns == 0 || filters == 0) return 0;
  double multiplies = (double)(columns * filters * vectors * work->kernel) / (double)figures->fma_per_cycle;
  double loads =
      (double)(input_columns(work, columns) + filters * vectors * work->kernel) / (double)figures->loads_per_cycle;
  return larger(larger(multiplies, loads), (double)(figures->fma_latency * work->kernel)) + 0.25; /* the loop itself */
}

/* Cycles of a step for all columns and groups of filters, the ends included. */
static double total_cycles(const coco_schedule_figures *figures, const coco_schedule_work *work, int64_t vectors,
                           int64_t columns, int64_t filters) {
  double whole = (double)(work->width / columns), sum = 0;
  int64_t groups = (work->outputs + COCO_LR_LANES - 1) / COCO_LR_LANES;
  const int64_t filter_parts[] = {filters, groups % filters};
  const double counts[] = {(double)(groups / filters), 1};
  for (int i = 0; i < 2; ++i) {
    sum += counts[i] * (whole * step_cycles(figures, work, vectors, columns, filter_parts[i]) +
                        step_cycles(figures, work, vectors, work->width % columns, filter_parts[i]));
  }
  return sum;
}

coco_lr_tuning_info coco_schedule_register_block(const coco_schedule_figures *figures, const coco_schedule_work *work) {
  int64_t vectors =
      figures->vector_bits > 0 ? (COCO_LR_LANES * 32 + figures->vector_bits - 1) / figures->vector_bits : 1;
  int64_t groups = (work->outputs + COCO_LR_LANES - 1) / COCO_LR_LANES;
  coco_schedule_work row = *work;
  if (row.kernel > COCO_SCHEDULE_SHARED_COLUMNS) row.kernel = 1;
  coco_lr_tuning_info best = {.columns = 1, .filters = 1};
  double least = total_cycles(figures, &row, vectors, 1, 1);
  for (int64_t filters = 1; filters <= MAX_FILTERS && filters <= groups; ++filters) {
    for (int64_t columns = 1; columns <= MAX_COLUMNS && columns <= row.width; ++columns) {
      /* Accumulators, the weights of a kernel row, and one input element must stay in registers. */
      if ((columns + row.kernel) * filters * vectors + 1 > figures->vector_registers) break;
      double cycles = total_cycles(figures, &row, vectors, columns, filters);
      if (cycles >= least) continue;
      least = cycles;
      best.columns = columns;
      best.filters = filters;
    }
  }
  return best;
}
