/* Which convolutions are computed over planes, and their register blocks. Cost: some hundred evaluations of a model. */
#include "dialects/lr/layout.h"
#include "dialects/lr/lr.h"
#include "lowering/lr_schedule.h"

enum { MAX_ROWS = 8, MAX_VECTORS = 4, MAX_FILTERS = 16, UNROLLED = 324, LARGEST_HALO = 64 };

/* A load that is shifted by some columns crosses cache lines. */
static const double shifted_load = 1.6;
/* The part of the peak that the kernels reach: planes of many channels come from afar in short pieces. */
static const double efficiency = 0.3;

bool coco_schedule_can_be_rows(const coco_operation *conv) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_conv, info));
  const coco_type *input = coco_operation_operand(conv, 0)->type, *output = coco_operation_result(conv, 0)->type;
  if (info.window.rank != 2 || info.window.strides[1] != 1) return false;
  int64_t halo[4];
  coco_lr_halo_needed(&info.window, input, output, halo);
  for (size_t i = 0; i < 4; ++i) {
    if (halo[i] > LARGEST_HALO) return false;
  }
  return true;
}

double coco_schedule_rows_cycles(const coco_schedule_figures *figures, const coco_operation *conv) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_conv, info));
  const coco_type *input = coco_operation_operand(conv, 0)->type, *output = coco_operation_result(conv, 0)->type;
  double positions = (double)(input->shape[1] / info.group * info.window.kernel[0] * info.window.kernel[1]);
  double vectors = (double)(coco_ceil_divide(output->shape[3], COCO_LR_LANES) * output->shape[2]);
  return (double)(output->shape[0] * output->shape[1]) * vectors * positions * (double)coco_schedule_vectors(figures) /
         (double)figures->fma_per_cycle / efficiency;
}

static double larger(double a, double b) { return a > b ? a : b; }

/* Cycles for an output vector in a block of ROWS x VECTORS x FILTERS; 0: it does not stay in registers. PARTS: vectors
 * of the processor for 16 lanes. */
static double block_cycles(const coco_schedule_figures *figures, const coco_window *window, int64_t parts, int64_t rows,
                           int64_t vectors, int64_t filters) {
  int64_t height = window->kernel[0], width = window->kernel[1], sums = rows * vectors * filters;
  int64_t weights = rows > 1 ? filters * height * width : 1;
  if (sums * parts + weights + parts > figures->vector_registers) return 0;
  if (sums * height * width > UNROLLED) return 0;
  int64_t input_rows = (rows - 1) * window->strides[0] + (height - 1) * window->dilations[0] + 1;
  if (input_rows > rows * height) input_rows = rows * height;
  double loads = (double)(input_rows * width * vectors * parts) * shifted_load + (double)(filters * height * width);
  double multiplies = (double)(sums * height * width * parts);
  double chain = (double)(figures->fma_latency * height * width);
  return larger(larger(multiplies / (double)figures->fma_per_cycle, loads / (double)figures->loads_per_cycle), chain) /
         (double)sums;
}

coco_lr_tuning_info coco_schedule_rows_block(const coco_schedule_figures *figures, const coco_operation *conv) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_conv, info));
  const coco_type *output = coco_operation_result(conv, 0)->type;
  int64_t parts = coco_schedule_vectors(figures);
  int64_t group_filters = output->shape[1] / info.group, most = coco_ceil_divide(output->shape[3], COCO_LR_LANES);
  coco_lr_tuning_info best = {.columns = 1, .filters = 1, .rows = 1};
  double least = 0;
  for (int64_t filters = 1; filters <= MAX_FILTERS && filters <= group_filters; ++filters) {
    if (group_filters % filters) continue;
    for (int64_t rows = 1; rows <= MAX_ROWS && rows <= output->shape[2]; ++rows) {
      for (int64_t vectors = 1; vectors <= MAX_VECTORS && vectors <= most; ++vectors) {
        double cycles = block_cycles(figures, &info.window, parts, rows, vectors, filters);
        if (cycles == 0 || (least > 0 && cycles >= least)) continue;
        least = cycles;
        best = (coco_lr_tuning_info){.columns = vectors, .filters = filters, .rows = rows};
      }
    }
  }
  return best;
}
