/* Register blocks of the dense kernels, from a model of the inner loop. Cost: a few hundred evaluations of the model.
 */
#include "dialects/lr/lr.h"
#include "lowering/lr_schedule.h"
#include "lowering/target.h"

enum { MAX_COLUMNS = 28, MAX_FILTERS = 8, INPUT_REGISTERS = 3 };

/* What is less than any processor has, or more, is as if it were not given. */
static int64_t figure(const coco_operation *module, const char *name, int64_t fallback, int64_t least, int64_t most) {
  const int64_t given = coco_target_figure(module, name, fallback);
  return given < least || given > most ? fallback : given;
}

coco_schedule_figures coco_schedule_figures_of(const coco_operation *module) {
  enum { BITS = 4096, REGISTERS = 64, FEW = 64, RATE = 1 << 12, CYCLES = 1 << 24 };
  const int64_t bytes = (int64_t)1 << 40;
  return (coco_schedule_figures){.vector_bits = figure(module, "vector_bits", 256, 1, BITS),
                                 .vector_registers = figure(module, "vector_registers", 16, 1, REGISTERS),
                                 .fma_per_cycle = figure(module, "fma_per_cycle", 2, 1, FEW),
                                 .fma_latency = figure(module, "fma_latency", 4, 1, FEW),
                                 .loads_per_cycle = figure(module, "loads_per_cycle", 2, 1, FEW),
                                 .l1_bytes = figure(module, "l1_bytes", 32 << 10, 1, bytes),
                                 .l2_bytes = figure(module, "l2_bytes", 512 << 10, 1, bytes),
                                 .l3_bytes = figure(module, "l3_bytes", 8 << 20, 0, bytes),
                                 .l2_rate = figure(module, "l2_rate", 32, 1, RATE),
                                 .l3_rate = figure(module, "l3_rate", 10, 1, RATE),
                                 .memory_rate = figure(module, "memory_rate", 4, 1, RATE),
                                 .shuffles_per_cycle = figure(module, "shuffles_per_cycle", 1, 1, FEW),
                                 .barrier_cycles = figure(module, "barrier_cycles", 4000, 0, CYCLES),
                                 .megahertz = figure(module, "megahertz", 3000, 1, CYCLES)};
}

int64_t coco_schedule_vectors(const coco_schedule_figures *figures) {
  enum { LANE_BITS = COCO_LR_LANES * 32 };
  return figures->vector_bits > 0 ? coco_ceil_divide(LANE_BITS, figures->vector_bits) : 1;
}

static double larger(double a, double b) { return a > b ? a : b; }

/* Input columns that a block of COLUMNS reads for one kernel row. */
static int64_t input_columns(const coco_schedule_work *work, int64_t columns) {
  int64_t span = (columns - 1) * work->stride + work->kernel, all = columns * work->kernel;
  return span < all ? span : all;
}

/* Cycles of one step of a block; 0 for an empty block. Loads do not run beside the multiplications for nothing: each
 * was measured to cost about a quarter of its slot, which is what makes blocks that share more of them faster. */
static double step_cycles(const coco_schedule_figures *figures, const coco_schedule_work *work, int64_t vectors,
                          int64_t columns, int64_t filters) {
  if (columns == 0 || filters == 0) return 0;
  double multiplies = (double)(columns * filters * vectors * work->kernel) / (double)figures->fma_per_cycle;
  double loads =
      (double)(input_columns(work, columns) + filters * vectors * work->kernel) / (double)figures->loads_per_cycle;
  double body = larger(larger(multiplies + loads / 2, loads), (double)(figures->fma_latency * work->kernel));
  return body + 0.25; /* the loop itself */
}

/* Cycles of a step for all columns and groups of filters, the ends included. */
static double total_cycles(const coco_schedule_figures *figures, const coco_schedule_work *work, int64_t vectors,
                           int64_t columns, int64_t filters) {
  double whole = (double)(work->width / columns), sum = 0;
  int64_t groups = coco_ceil_divide(work->outputs, COCO_LR_LANES);
  const int64_t filter_parts[] = {filters, groups % filters};
  const double counts[] = {(double)(groups / filters), 1};
  for (int i = 0; i < 2; ++i) {
    sum += counts[i] * (whole * step_cycles(figures, work, vectors, columns, filter_parts[i]) +
                        step_cycles(figures, work, vectors, work->width % columns, filter_parts[i]));
  }
  return sum;
}

/* Bands of whole images, and channels by whose weights fill half of the first cache, where that was measured to pay:
 * 7x7 images of 512 channels, a tenth. Pixels of pointwise convolutions are joined to long rows instead. */
static void choose_band(const coco_schedule_figures *figures, const coco_schedule_work *work, coco_lr_tuning_info *info) {
  enum { SUMS_MAXIMUM = 16 << 10, WEIGHTS_MINIMUM = 128 << 10, VECTOR_BYTES = COCO_LR_LANES * sizeof(float) };
  int64_t vectors = info->filters * VECTOR_BYTES, weights = vectors * work->positions;
  if (work->positions <= 1 || work->height * work->width * vectors > SUMS_MAXIMUM) return;
  if (weights * work->channels < WEIGHTS_MINIMUM) return;
  int64_t channels = figures->l1_bytes / 2 / weights / COCO_LR_LANES * COCO_LR_LANES;
  info->rows = work->height;
  info->channels = channels > 0 ? channels : COCO_LR_LANES;
}

/* The fastest block, and its cycles for one kernel row of one channel (one column where the kernel is wide). */
static coco_lr_tuning_info fastest_block(const coco_schedule_figures *figures, const coco_schedule_work *work,
                                         double *cycles_of_best) {
  int64_t vectors = coco_schedule_vectors(figures);
  int64_t groups = coco_ceil_divide(work->outputs, COCO_LR_LANES);
  coco_schedule_work row = *work;
  if (row.kernel > COCO_SCHEDULE_SHARED_COLUMNS) row.kernel = 1;
  coco_lr_tuning_info best = {.columns = 1, .filters = 1};
  double least = total_cycles(figures, &row, vectors, 1, 1);
  for (int64_t filters = 1; filters <= MAX_FILTERS && filters <= groups; ++filters) {
    for (int64_t columns = 1; columns <= MAX_COLUMNS && columns <= row.width; ++columns) {
      /* Accumulators, the weights of a kernel row and the input elements on the way must stay in registers: with no
       * room left between them, the compiler spills. */
      if ((columns + row.kernel) * filters * vectors + INPUT_REGISTERS > figures->vector_registers) break;
      double cycles = total_cycles(figures, &row, vectors, columns, filters);
      if (cycles >= least) continue;
      least = cycles;
      best.columns = columns;
      best.filters = filters;
    }
  }
  *cycles_of_best = least;
  return best;
}

coco_lr_tuning_info coco_schedule_register_block(const coco_schedule_figures *figures, const coco_schedule_work *work) {
  double cycles;
  coco_lr_tuning_info best = fastest_block(figures, work, &cycles);
  choose_band(figures, work, &best);
  return best;
}

double coco_schedule_block_cycles(const coco_schedule_figures *figures, const coco_schedule_work *work) {
  double cycles;
  fastest_block(figures, work, &cycles);
  return work->kernel > COCO_SCHEDULE_SHARED_COLUMNS ? cycles * (double)work->kernel : cycles;
}
