/* Which convolutions are computed by Winograd's algorithm, with which tiles, and how many at once: a model in cycles.
 *
 * The products run near the peak of multiply-adds, as direct convolutions do, and are fewer. Against that stand the
 * transforms, weights that are two to seven times as large and are read once for each group of tiles, and the
 * workspace, which is written and read once, from whichever cache holds a group. Cost: some hundred evaluations for
 * each convolution. */
#include "dialects/lr/layout.h"
#include "dialects/lr/lr.h"
#include "ir/base/arithmetic.h"
#include "lowering/lr_schedule.h"
#include "lowering/target.h"

enum {
  PIECES = 12,           /* shared evenly by 2, 3, 4, 6 and 12 threads */
  GROUPS_A_PIECE = 2,    /* fewer: the parts run in parallel instead */
  BLOCK_CYCLES = 40,     /* around the inner loop of a register block */
  BARRIER_CYCLES = 4000, /* to end a part that ran in parallel and to begin the next */
  MOST_CANDIDATES = 256,
  FEW_TILES = 28,    /* that the last register block reaches back counts only where there are few */
  MANY_TILES = 27720 /* a multiple of all sizes of register blocks */
};
static const double products_slower = 1.15; /* than the peak */
static const double least_gain = 1.05;      /* against direct convolution */
static const double least_gain_of_6 = 1.1;  /* against smaller tiles, which are more accurate */

typedef struct winograd_work {
  const coco_schedule_figures *figures;
  const coco_winograd *algorithm;
  int64_t tiles, channels, channel_blocks, filter_blocks, constant_bytes;
  double vectors; /* of 16 lanes */
  coco_lr_tuning_info block;
} winograd_work;

static winograd_work work_of(const coco_schedule_figures *figures, const coco_winograd *algorithm,
                             const coco_operation *conv, int64_t constant_bytes) {
  const coco_type *input = coco_operation_operand(conv, 0)->type, *result = coco_operation_result(conv, 0)->type;
  winograd_work work = {.figures = figures,
                        .algorithm = algorithm,
                        .channels = input->shape[1],
                        .channel_blocks = coco_ceil_divide(input->shape[1], COCO_LR_LANES),
                        .filter_blocks = coco_ceil_divide(result->shape[1], COCO_LR_LANES),
                        .constant_bytes = constant_bytes,
                        .vectors = (double)coco_schedule_vectors(figures)};
  work.tiles = coco_multiply_saturated(
      coco_multiply_saturated(result->shape[0], coco_winograd_tiles(algorithm, result, 0)),
      coco_winograd_tiles(algorithm, result, 1));
  coco_schedule_work block = {
      .width = work.tiles < FEW_TILES ? work.tiles : MANY_TILES, .outputs = result->shape[1], .kernel = 1, .stride = 1};
  work.block = coco_schedule_register_block(figures, &block);
  return work;
}

/* ---- Cycles ---- */

static double first_rate(const coco_schedule_figures *figures, int64_t constant_bytes) {
  return (double)(constant_bytes > figures->l3_bytes ? figures->memory_rate : figures->l3_rate);
}

static double later_rate(const coco_schedule_figures *figures, double bytes) {
  return (double)(bytes > (double)figures->l3_bytes ? figures->memory_rate : figures->l3_rate);
}

static double product_cycles(const winograd_work *work, double positions, double groups, int64_t largest) {
  double blocks = positions * groups * (double)coco_ceil_divide(largest, work->block.columns);
  double multiplies = blocks * (double)(work->block.columns * work->channels * work->filter_blocks) * work->vectors;
  double turns = blocks * (double)coco_ceil_divide(work->filter_blocks, work->block.filters);
  return multiplies / (double)work->figures->fma_per_cycle * products_slower + turns * BLOCK_CYCLES;
}

static double transform_cycles(const winograd_work *work, double positions) {
  const coco_winograd *by = work->algorithm;
  double in = (double)(2 * by->reach) * (double)by->input.step_count * (double)work->channel_blocks;
  double out = (double)(by->reach + by->tile) * (double)by->output.step_count * (double)work->filter_blocks;
  double moved = positions * (double)(work->channel_blocks + work->filter_blocks);
  return (double)work->tiles * work->vectors * ((in + out) / (double)work->figures->fma_per_cycle + moved);
}

/* With GROUPS groups of tiles; *pieces: whether as pieces with slices of their own. */
static double cycles_of(const winograd_work *work, int64_t groups, bool *pieces) {
  const coco_schedule_figures *figures = work->figures;
  double positions = (double)(work->algorithm->reach * work->algorithm->reach), count = (double)groups;
  int64_t largest = coco_ceil_divide(work->tiles, groups);
  double vector = COCO_LR_LANES * sizeof(float);
  double weights = positions * (double)(work->channels * work->filter_blocks) * vector;
  double slice = positions * (double)(largest * (work->channel_blocks + work->filter_blocks)) * vector;
  bool all_fits = weights + slice <= (double)figures->l2_bytes,
       slice_fits = weights / positions + slice <= (double)figures->l2_bytes;
  double weight_rate = all_fits ? (double)figures->l2_rate : later_rate(figures, weights);
  double slice_rate = slice_fits ? (double)figures->l2_rate : later_rate(figures, slice);
  *pieces = groups >= PIECES * GROUPS_A_PIECE;
  double sum = product_cycles(work, positions, count, largest) + transform_cycles(work, positions);
  sum += weights / first_rate(figures, work->constant_bytes) + (count - 1) * weights / weight_rate;
  sum += 2 * count * slice / slice_rate;
  if (*pieces) return sum + PIECES * slice / (double)figures->l3_rate + BARRIER_CYCLES;
  return sum + 3 * count * BARRIER_CYCLES;
}

/* The fewest cycles; *groups and *pieces: how. Groups are whole register blocks, and take no more than a quarter of the
 * last cache. */
static double best_cycles(const winograd_work *work, int64_t *groups, bool *pieces) {
  double best = 0, room = (double)work->figures->l3_bytes / 4;
  double tile_bytes = (double)(work->algorithm->reach * work->algorithm->reach * COCO_LR_LANES) * sizeof(float) *
                      (double)(work->channel_blocks + work->filter_blocks);
  int64_t former = 0;
  for (int64_t blocks = 1; blocks <= MOST_CANDIDATES; ++blocks) {
    int64_t tiles = blocks * work->block.columns, count = coco_ceil_divide(work->tiles, tiles);
    bool as_pieces;
    if (count == former) continue;
    if (blocks > 1 && (double)coco_ceil_divide(work->tiles, count) * tile_bytes > room) break;
    double cycles = cycles_of(work, count, &as_pieces);
    if (former == 0 || cycles < best) {
      best = cycles;
      *groups = count;
      *pieces = as_pieces;
    }
    former = count;
    if (count == 1) break;
  }
  return best;
}

/* ---- Choices ---- */

static int64_t constant_bytes_of(const coco_operation *module) {
  int64_t sum = 0;
  for (const coco_block *body = coco_operation_body(module, 0); body; body = body->next) {
    for (const coco_operation *function = body->first; function; function = function->next) {
      const coco_block *block = function->region_count ? coco_operation_body(function, 0) : NULL;
      for (const coco_operation *operation = block ? block->first : NULL; operation; operation = operation->next) {
        if (!coco_operation_has_trait(operation, COCO_CONSTANT_LIKE) || operation->result_count != 1) continue;
        int64_t bytes = coco_type_byte_count(coco_operation_result(operation, 0)->type);
        if (bytes > 0 && sum < INT64_MAX / 2 - bytes) sum += bytes;
      }
    }
  }
  return sum;
}

void coco_schedule_freedom_of(const coco_operation *module, coco_schedule_freedom *freedom) {
  const coco_attribute *target = coco_operation_get(module, COCO_STRING("coco.target"));
  const coco_attribute *name =
      coco_attribute_is(target, COCO_ATTRIBUTE_DICTIONARY) ? coco_dictionary_get(target, COCO_STRING("name")) : NULL;
  const coco_target_description *known =
      coco_attribute_is(name, COCO_ATTRIBUTE_STRING) ? coco_target_find(name->text) : NULL;
  freedom->figures = coco_schedule_figures_of(module);
  freedom->constant_bytes = constant_bytes_of(module);
  if (!known || known->variant_count == 0) return;
  const coco_target_variant *first = &known->variants[0];
  freedom->figures = (coco_schedule_figures){.vector_bits = first->vector_bits,
                                             .vector_registers = first->vector_registers,
                                             .fma_per_cycle = first->fma_per_cycle,
                                             .fma_latency = first->fma_latency,
                                             .loads_per_cycle = first->loads_per_cycle,
                                             .l1_bytes = first->l1_bytes,
                                             .l2_bytes = first->l2_bytes,
                                             .l3_bytes = first->l3_bytes,
                                             .l2_rate = first->l2_rate,
                                             .l3_rate = first->l3_rate,
                                             .memory_rate = first->memory_rate,
                                             .shuffles_per_cycle = first->shuffles_per_cycle,
                                             .barrier_cycles = first->barrier_cycles,
                                             .megahertz = first->megahertz};
}

static double cycles_with(const coco_winograd *algorithm, const coco_operation *conv,
                          const coco_schedule_freedom *freedom) {
  winograd_work work = work_of(&freedom->figures, algorithm, conv, freedom->constant_bytes);
  int64_t groups = 1;
  bool pieces;
  return best_cycles(&work, &groups, &pieces) * least_gain;
}

static const coco_winograd *fastest(const coco_operation *conv, const coco_schedule_freedom *freedom, double *cycles) {
  const coco_schedule_figures *figures = &freedom->figures;
  const coco_winograd *best = NULL;
  if (figures->fma_per_cycle < 1 || figures->l2_rate < 1 || figures->l3_rate < 1 || figures->memory_rate < 1)
    return NULL;
  for (int64_t tile = 2; tile <= 6; tile += 2) {
    const coco_winograd *algorithm = coco_winograd_of_tile(tile);
    double own = cycles_with(algorithm, conv, freedom);
    if (best && own * (tile == 6 ? least_gain_of_6 : 1) >= *cycles) continue;
    *cycles = own;
    best = algorithm;
  }
  return best;
}

const coco_winograd *coco_schedule_winograd(const coco_operation *conv, const coco_schedule_freedom *freedom,
                                            double *cycles) {
  coco_string storage = COCO_PROPERTY(conv, lr_conv, storage)->text;
  const coco_winograd *given = coco_winograd_of_storage(storage);
  if (!coco_string_is(storage, "plain")) {
    if (given) *cycles = cycles_with(given, conv, freedom);
    return given;
  }
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_conv, info));
  if (freedom->strict || info.group != 1 || !coco_winograd_fits(&info.window)) return NULL;
  if (coco_operation_operand(conv, 0)->type->shape[1] < COCO_LR_LANES) return NULL;
  if (!freedom->forced.size) return fastest(conv, freedom, cycles);
  const coco_winograd *forced = coco_winograd_of_storage(freedom->forced);
  if (forced) *cycles = cycles_with(forced, conv, freedom);
  return forced;
}

coco_lr_tuning_info coco_schedule_winograd_tuning(const coco_schedule_figures *figures,
                                                  const coco_schedule_freedom *freedom, const coco_winograd *algorithm,
                                                  const coco_operation *conv) {
  winograd_work work = work_of(&freedom->figures, algorithm, conv, freedom->constant_bytes);
  int64_t groups = 1;
  bool pieces = false;
  best_cycles(&work, &groups, &pieces);
  coco_lr_tuning_info tuning = work_of(figures, algorithm, conv, 0).block;
  tuning.tiles = coco_ceil_divide(work.tiles, groups);
  tuning.pieces = pieces ? PIECES : 0;
  if (tuning.columns > tuning.tiles) tuning.columns = tuning.tiles;
  return tuning;
}
