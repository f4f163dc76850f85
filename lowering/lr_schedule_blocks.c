/* Schedules of layers in blocks of 16 outputs: register blocks, and where the kept inputs lie.
 *
 * Cost: a handful of candidates; linear in what is kept. */
#include "dialects/lr/blocks.h"
#include "dialects/lr/lr.h"
#include "lowering/lr_schedule.h"

enum { MOST_SUMS = 32, MOST_ROWS_OF_A = 8, MOST_STREAMS = 8, LEAST_PIECES = 8 };

/* How many sums the registers hold beside the weights and, where a multiply-add reads vectors only, one element. */
static int64_t sums_allowed(const coco_schedule_figures *figures) {
  const int64_t vectors = coco_schedule_vectors(figures), sums = (figures->vector_registers - 1) / vectors - 1;
  return sums < 1 ? 1 : sums > MOST_SUMS ? MOST_SUMS : sums;
}

/* One row: eight streams of weights (4096 x 4096 from memory: 0.66 ms, four 0.69, two 0.80, one 0.90). Several rows:
 * they lie far apart, so that many of them share the ways of few sets of the first cache; two blocks of outputs by
 * eight rows (64 rows of 1024: 0.255 ms) did as well as one by twelve (0.284). */
coco_lr_tuning_info coco_schedule_block_matmul(const coco_schedule_figures *figures, const coco_operation *product) {
  const int64_t rows = coco_operation_result(product, 0)->type->shape[0];
  const int64_t sums = sums_allowed(figures);
  if (rows <= 1) return (coco_lr_tuning_info){.columns = 1, .filters = sums < MOST_STREAMS ? sums : MOST_STREAMS};
  if (sums >= 2 * MOST_ROWS_OF_A)
    return (coco_lr_tuning_info){.columns = rows < MOST_ROWS_OF_A ? rows : MOST_ROWS_OF_A, .filters = 2};
  return (coco_lr_tuning_info){.columns = rows < sums ? rows : sums};
}

/* Cycles of one kept input over the image, with register blocks of ROWS x COLUMNS pixels: the multiply-adds, at least
 * their latency; what is done once a kept input; and a part of the lines of the input that the block reads. */
static double cycles(const coco_schedule_figures *figures, const coco_window *window, const coco_type *result,
                     int64_t rows, int64_t columns) {
  const int64_t blocks = coco_ceil_divide(result->shape[2], rows) * coco_ceil_divide(result->shape[3], columns);
  const double sums = (double)(result->shape[2] * result->shape[3]) / (double)blocks;
  const double rate = (double)(figures->fma_per_cycle > 0 ? figures->fma_per_cycle : 1);
  double adding = sums * (double)coco_schedule_vectors(figures) / rate;
  if (adding < (double)figures->fma_latency) adding = (double)figures->fma_latency;
  const double lines = (double)(((rows - 1) * window->strides[0] + window->kernel[0]) *
                                ((columns - 1) * window->strides[1] + window->kernel[1]));
  return (double)blocks * (adding + 1.5 + lines / 16);
}

/* The fastest register block, and what one kept input takes in it. */
static coco_lr_tuning_info fastest_block(const coco_schedule_figures *figures, const coco_operation *conv,
                                         double *kept_cycles) {
  const coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_block_conv, info));
  const coco_type *result = coco_operation_result(conv, 0)->type;
  const int64_t sums = sums_allowed(figures);
  coco_lr_tuning_info best = {.rows = 1, .columns = 1};
  double least = 1e300;
  for (int64_t rows = 1; rows <= result->shape[2] && rows <= sums; ++rows)
    for (int64_t columns = 1; columns <= result->shape[3] && rows * columns <= sums; ++columns) {
      const double cost = cycles(figures, &info.window, result, rows, columns);
      if (cost >= least) continue;
      least = cost;
      best = (coco_lr_tuning_info){.rows = rows, .columns = columns};
    }
  *kept_cycles = least;
  return best;
}

/* Beside the block's cycles each multiply-add loads an element of the input, or a part of one where registers are short
 * and a multiplication can take one of four; and images pass once. */
double coco_schedule_block_conv_cycles(const coco_schedule_figures *figures, const coco_operation *conv) {
  enum { SHORT_BITS = 128, TOGETHER = 4 };
  const coco_type *result = coco_operation_result(conv, 0)->type;
  const double kept = (double)coco_type_element_count(coco_operation_operand(conv, 2)->type),
               pixels = (double)(result->shape[0] * result->shape[2] * result->shape[3]);
  const double loads = kept * pixels / (figures->vector_bits > SHORT_BITS ? 1 : TOGETHER);
  double each;
  fastest_block(figures, conv, &each);
  return kept * each * (double)result->shape[0] + loads / (double)figures->loads_per_cycle +
         coco_schedule_image_cycles(figures, conv);
}

coco_lr_tuning_info coco_schedule_block_conv(const coco_schedule_figures *figures, const coco_operation *conv) {
  const coco_type *result = coco_operation_result(conv, 0)->type;
  double each;
  coco_lr_tuning_info best = fastest_block(figures, conv, &each);
  const int64_t pieces = coco_ceil_divide(result->shape[2], best.rows) *
                         coco_ceil_divide(result->shape[3], best.columns) * result->shape[0];
  if (pieces > 0 && pieces < LEAST_PIECES) best.pieces = coco_ceil_divide(LEAST_PIECES, pieces);
  return best;
}
