/* Which convolutions around a depthwise one are to be a chain, from a model of the layers' times.
 *
 * A layer takes as long as its multiplications, or as what it reads and writes takes to move, whichever is longer, and
 * half of the other. What lies between two layers of a chain moves at the second cache's rate; alone it comes from and
 * goes to whichever cache holds it, and what is written there is read before. Against a chain count the rows that
 * neighbouring pieces both compute, the ends of rows (alone, pixels are joined across them), and weights, which each
 * strip reads again. Cost: a few evaluations of the model and of the register blocks' for each depthwise convolution.
 */
#include "dialects/lr/lr.h"
#include "lowering/chain_plan.h"
#include "lowering/lr_schedule.h"

enum {
  STRIP_ROWS = 4,
  MOST_PIECES = 16,
  FEWEST_BANDS = 4,
  MOST_GROUP = 8,
  VECTOR_BYTES = COCO_LR_LANES * sizeof(float)
};

/* Measured on a processor of two 512-bit pipes: register blocks take so much longer than their multiplications, and
 * depthwise ones, which load as much as they multiply. */
static const double products_slower = 1.4, depthwise_slower = 2;
/* Rows that two bands both compute are at most this part of a band's. */
static const int64_t overlap_part = 16;
/* The model is not better than that. */
static const double least_gain = 1.04;

/* Multiplying and moving go on at the same time, as far as half of the shorter was measured to. */
static double both_cycles(double a, double b) { return a > b ? a + b / 2 : b + a / 2; }
static int64_t at_least(int64_t value, int64_t least) { return value > least ? value : least; }
static int64_t at_most(int64_t value, int64_t most) { return value < most ? value : most; }

static const coco_type *input_of(const coco_operation *conv) { return coco_operation_operand(conv, 0)->type; }
static const coco_type *result_of(const coco_operation *conv) { return coco_operation_result(conv, 0)->type; }
static coco_window window_of(const coco_operation *conv) {
  return coco_lr_window_of(COCO_PROPERTY(conv, lr_conv, info)).window;
}
static int64_t blocks_of(const coco_type *type) { return coco_ceil_divide(type->shape[1], COCO_LR_LANES); }

/* ---- Bytes ---- */

static double image_bytes(const coco_type *type) {
  return (double)(type->shape[0] * blocks_of(type) * type->shape[2] * type->shape[3]) * VECTOR_BYTES;
}

/* Cycles for reading a tensor of BYTES from where it is kept, or writing it there. */
static double read_cycles(const coco_schedule_figures *figures, double bytes) {
  if (bytes <= (double)figures->l2_bytes / 2) return bytes / (double)figures->l2_rate;
  return bytes / (double)(bytes <= (double)figures->l3_bytes / 2 ? figures->l3_rate : figures->memory_rate);
}
static double write_cycles(const coco_schedule_figures *figures, double bytes) {
  return read_cycles(figures, bytes) * (bytes <= (double)figures->l2_bytes / 2 ? 1 : 2);
}

/* ---- Multiplications ---- */

static coco_lr_tuning_info rows_block(const coco_schedule_figures *figures, const coco_operation *conv,
                                      int64_t blocks) {
  const coco_type *type = result_of(conv);
  coco_window window = window_of(conv);
  coco_schedule_work rows = {.width = type->shape[3],
                             .outputs = blocks ? blocks * COCO_LR_LANES : type->shape[1],
                             .kernel = window.kernel[1],
                             .stride = window.strides[1],
                             .height = type->shape[2],
                             .channels = input_of(conv)->shape[1],
                             .positions = window.kernel[0] * window.kernel[1]};
  coco_lr_tuning_info info = coco_schedule_register_block(figures, &rows);
  info.rows = info.channels = 0;
  return info;
}

/* Cycles of a dense layer's multiplications, a row as blocks of columns; or as joined pixels. */
static double product_cycles(const coco_schedule_figures *figures, const coco_operation *conv, bool joined) {
  const coco_type *type = result_of(conv);
  coco_window window = window_of(conv);
  double columns = (double)type->shape[3];
  if (!joined || !coco_window_is_pointwise(&window)) {
    coco_lr_tuning_info block = rows_block(figures, conv, 0);
    int64_t rest = type->shape[3] % block.columns, busy = figures->fma_latency * figures->fma_per_cycle / block.filters;
    if (rest) columns += (double)(at_least(rest, busy) - rest);
  }
  double vectors =
      (double)(type->shape[0] * blocks_of(type) * type->shape[2] * coco_schedule_vectors(figures)) * columns;
  double each = (double)(input_of(conv)->shape[1] * window.kernel[0] * window.kernel[1]);
  return vectors * each / (double)figures->fma_per_cycle * products_slower;
}

static double depthwise_cycles(const coco_schedule_figures *figures, const coco_operation *conv) {
  coco_window window = window_of(conv);
  double vectors = image_bytes(result_of(conv)) / VECTOR_BYTES * (double)coco_schedule_vectors(figures);
  return vectors * (double)(window.kernel[0] * window.kernel[1]) / (double)figures->fma_per_cycle * depthwise_slower;
}

/* ---- Chains ---- */

/* Rows of the layer before that two neighbouring bands compute. */
static int64_t overlap(const coco_operation *depthwise) {
  coco_window window = window_of(depthwise);
  return at_least((window.kernel[0] - 1) * window.dilations[0] + 1 - window.strides[0], 0);
}

/* Blocks of channels that are worked off together: those of the register block of the layer before, if they divide all.
 */
static int64_t choose_group(const coco_schedule_figures *figures, const coco_operation *before, int64_t blocks) {
  int64_t filters = at_most(rows_block(figures, before, 0).filters, MOST_GROUP), group = filters;
  while (blocks % group) --group;
  return 2 * group > filters ? group : filters;
}

/* As many bands as keep the rows that are computed twice few. */
static coco_lr_tuning_info choose_tuning(const coco_schedule_figures *figures, const coco_lr_chain_layers *layers) {
  const coco_type *type = result_of(layers->depthwise);
  int64_t blocks = blocks_of(type), groups = 1, bands = MOST_PIECES;
  coco_lr_tuning_info tuning = {.rows = STRIP_ROWS, .filters = 1};
  if (layers->before) {
    int64_t twice = overlap(layers->depthwise) * overlap_part, rows = input_of(layers->depthwise)->shape[2];
    tuning.filters = choose_group(figures, layers->before, blocks);
    if (!layers->after) groups = coco_ceil_divide(blocks, tuning.filters);
    while (bands > FEWEST_BANDS && rows < twice * bands) bands /= 2;
  }
  tuning.pieces = at_most(groups * type->shape[0] * bands, at_least(MOST_PIECES, groups * type->shape[0]));
  return tuning;
}

static double weight_cycles(const coco_schedule_figures *figures, const coco_operation *conv, double strips) {
  const coco_type *weight = coco_operation_operand(conv, 1)->type;
  return strips * (double)coco_type_element_count(weight) * sizeof(float) / (double)figures->l2_rate;
}

/* Cycles of the three layers, of which PLAN chains some. */
static double total_cycles(const coco_schedule_figures *figures, const coco_lr_chain_layers *all,
                           const coco_chain_plan *plan) {
  bool with_before = plan && plan->layers.before, with_after = plan && plan->layers.after;
  double between[2] = {image_bytes(input_of(all->depthwise)), image_bytes(result_of(all->depthwise))};
  double l2 = (double)figures->l2_rate, sum = 0;
  double strips = plan ? (double)(plan->images * plan->bands * coco_ceil_divide(plan->band_rows, plan->rows)) : 0;
  if (all->before) {
    double again =
        with_before ? (double)((plan->bands - 1) * overlap(all->depthwise)) / (double)input_of(all->depthwise)->shape[2]
                    : 0;
    double products = product_cycles(figures, all->before, !with_before) * (1 + again);
    double moved = read_cycles(figures, image_bytes(input_of(all->before)));
    moved +=
        with_before ? between[0] / l2 + weight_cycles(figures, all->before, strips) : write_cycles(figures, between[0]);
    sum += both_cycles(products, moved);
  }
  double moved = with_before ? between[0] / l2 : read_cycles(figures, between[0]);
  moved += with_after ? between[1] / l2 : write_cycles(figures, between[1]);
  sum += both_cycles(depthwise_cycles(figures, all->depthwise), moved);
  if (all->after) {
    moved =
        with_after ? between[1] / l2 + weight_cycles(figures, all->after, strips) : read_cycles(figures, between[1]);
    moved += write_cycles(figures, image_bytes(result_of(all->after)));
    sum += both_cycles(product_cycles(figures, all->after, !with_after), moved);
  }
  return sum;
}

static bool figures_are_known(const coco_schedule_figures *figures) {
  return figures->fma_per_cycle > 0 && figures->l2_rate > 0 && figures->l3_rate > 0 && figures->memory_rate > 0;
}

bool coco_schedule_chain(const coco_schedule_figures *figures, bool always, coco_lr_chain_layers *layers,
                         coco_lr_tuning_info *tuning) {
  const coco_lr_chain_layers all = *layers;
  if (!figures_are_known(figures)) return false;
  double least = total_cycles(figures, &all, NULL);
  bool found = false;
  for (int with = 3; with > 0; --with) {
    coco_lr_chain_layers some = {with & 1 ? all.before : NULL, all.depthwise, with & 2 ? all.after : NULL};
    if ((with & 1 && !all.before) || (with & 2 && !all.after)) continue;
    coco_lr_tuning_info info = choose_tuning(figures, &some);
    coco_chain_plan plan = coco_chain_plan_make(&some, &info);
    double cycles = total_cycles(figures, &all, &plan);
    if (coco_chain_plan_bytes(&plan) > COCO_CHAIN_STACK) continue;
    if (found ? always || cycles >= least : !always && cycles * least_gain >= least) continue;
    info.rows = plan.rows;
    info.filters = plan.group;
    *layers = some;
    *tuning = info;
    least = cycles;
    found = true;
  }
  return found;
}

coco_lr_tuning_info coco_schedule_chain_rows(const coco_schedule_figures *figures, const coco_operation *conv,
                                             int64_t blocks) {
  return rows_block(figures, conv, blocks);
}
