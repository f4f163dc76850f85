/* The cycles of layers that leave out weights, by a model of one core with the target's figures, in the units of the
 * dense ways (lr_schedule_ways.c).
 *
 * A kernel of a pattern adds its entries to each sum of a register block: multiply-adds; loads of what the block reads
 * and of the weights, which cost half of their slots beside them; input that comes from the second cache; no less than
 * the latency of a sum; and a few cycles for the kernel itself. Each run of kernels of one body ends in a branch that
 * is foretold wrongly. Images pass once between the kernels and the memory that holds them. Fitted to 3x3 layers of
 * ResNet-18 and VGG-16 with 2x2 patterns and with whole kernels. Cost: a handful of evaluations. */
#include "dialects/lr/blocks.h"
#include "dialects/lr/layout.h"
#include "dialects/lr/lr.h"
#include "lowering/lr_schedule.h"

enum { VECTOR_BYTES = COCO_LR_LANES * sizeof(float) };

/* Cycles around a kernel, and at the end of a run. */
static const double kernel_step = 3, run_end = 18;
/* How much of the time in which a kernel's input comes from the second cache shows: a group of channels does not fit
 * the first. */
static const double second_cache = 0.3, strided_second_cache = 0.7;
/* And of that in which images pass from and to the last cache. */
static const double last_cache = 0.5;

static const coco_type *input_of(const coco_operation *layer) { return coco_operation_operand(layer, 0)->type; }
static const coco_type *result_of(const coco_operation *layer) { return coco_operation_result(layer, 0)->type; }

static double larger(double a, double b) { return a > b ? a : b; }

/* ---- Patterns ---- */

/* MASK of a kernel of WIDTH columns, moved to the top left corner. */
static uint64_t to_corner(uint64_t mask, int64_t width) {
  uint64_t column = 0;
  for (int64_t row = 0; width > 0 && row * width < COCO_FKW_MAX_POSITIONS; ++row) column |= UINT64_C(1) << row * width;
  const uint64_t first_row = width < 64 ? (UINT64_C(1) << width) - 1 : UINT64_MAX;
  while (mask && !(mask & first_row)) mask >>= width;
  while (mask && !(mask & column)) mask >>= 1;
  return mask;
}

/* How many masks are no translations of others. */
static int64_t bodies_of(const coco_operation *conv) {
  const coco_attribute *masks = COCO_PROPERTY(conv, lr_pattern_conv, masks);
  const coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_pattern_conv, info));
  const uint64_t *bits = (const uint64_t *)coco_attribute_i64s(masks);
  int64_t count = 0;
  for (size_t i = 0; i < masks->count; ++i) {
    bool known = false;
    for (size_t k = 0; k < i && !known; ++k)
      known = to_corner(bits[k], info.window.kernel[1]) == to_corner(bits[i], info.window.kernel[1]);
    count += !known;
  }
  return count > 0 ? count : 1;
}

/* The runs that KERNELS make, of any of BODIES with the same chance, in LISTS of filters and channel groups. */
static double runs_of(double kernels, double lists, double bodies) {
  double none = 1;
  for (double left = kernels / lists; left > 0; left -= 1) none *= left >= 1 ? 1 - 1 / bodies : 1 - left / bodies;
  return lists * bodies * (1 - none);
}

/* Rows and columns of the kernel that MASK covers. */
static void extents_of(uint64_t mask, int64_t width, double *rows, double *columns) {
  int64_t last = 0, far = 0;
  for (int64_t i = 0; i < COCO_FKW_MAX_POSITIONS && width > 0; ++i) {
    if (!(mask >> i & 1)) continue;
    last = i / width;
    if (i % width > far) far = i % width;
  }
  *rows = (double)(last + 1);
  *columns = (double)(far + 1);
}

/* Input vectors that a kernel reads for ROWS x COLUMNS sums. */
static double vectors_read(const coco_operation *conv, double rows, double columns) {
  const coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_pattern_conv, info));
  const uint64_t mask = (uint64_t)coco_attribute_i64s(COCO_PROPERTY(conv, lr_pattern_conv, masks))[0];
  const double all = rows * columns * (double)coco_schedule_pattern_entries(conv);
  double high, wide;
  extents_of(to_corner(mask, info.window.kernel[1]), info.window.kernel[1], &high, &wide);
  const double box = ((rows - 1) * (double)info.window.strides[0] + high) *
                     ((columns - 1) * (double)info.window.strides[1] + wide);
  return box < all ? box : all;
}

/* Cycles of one kernel in a register block of ROWS x COLUMNS on the average. */
static double kernel_cycles(const coco_schedule_figures *figures, const coco_operation *conv, double rows,
                            double columns, double vectors) {
  const coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_pattern_conv, info));
  const bool strided = info.window.strides[0] > 1 || info.window.strides[1] > 1;
  const double entries = (double)coco_schedule_pattern_entries(conv), sums = rows * columns,
               read = vectors_read(conv, rows, columns);
  const double adding = sums * entries * vectors / (double)figures->fma_per_cycle,
               loading = ((strided ? sums * entries : read) * vectors + entries) / (double)figures->loads_per_cycle / 2,
               coming = read * vectors * (double)figures->vector_bits / 8 / (double)figures->l2_rate;
  return larger(adding + loading + coming * (strided ? strided_second_cache : second_cache),
                entries * (double)figures->fma_latency) +
         kernel_step;
}

double coco_schedule_image_cycles(const coco_schedule_figures *figures, const coco_operation *layer) {
  const double bytes = (double)coco_type_byte_count(input_of(layer)) + (double)coco_type_byte_count(result_of(layer));
  if (bytes <= (double)figures->l2_bytes) return bytes / (double)figures->l2_rate;
  if (bytes <= (double)figures->l3_bytes / 2) return bytes / (double)figures->l3_rate * last_cache;
  return bytes / (double)figures->memory_rate;
}

double coco_schedule_pattern_cycles(const coco_schedule_figures *figures, const coco_operation *conv) {
  coco_lr_layout_info input, result;
  if (!coco_schedule_patches(conv, &input, &result)) return 0;
  const coco_type *type = result_of(conv);
  const coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_pattern_conv, info));
  const int64_t span = COCO_PROPERTY(conv, lr_pattern_conv, span)->integer, channels = input_of(conv)->shape[1];
  int64_t patch[2];
  coco_lr_layout_extents(&result, type, patch);
  const coco_lr_tuning_info block = coco_schedule_pattern_block(figures, conv, patch);
  const double lanes = (double)(block.lanes > 0 ? block.lanes : COCO_LR_LANES);
  const double kernels =
      (double)coco_type_element_count(coco_operation_operand(conv, COCO_LR_PATTERN_OPERANDS - 1)->type) /
      (double)coco_schedule_pattern_entries(conv);
  const double lists = (double)type->shape[1] * (double)coco_ceil_divide(channels / info.group, span > 0 ? span : 1);
  const double high = (double)coco_ceil_divide(patch[0], block.rows),
               wide = (double)coco_ceil_divide(patch[1], block.columns);
  const double blocks = (double)type->shape[0] * COCO_LR_LANES / lanes * high * wide;
  const double each = kernel_cycles(figures, conv, (double)patch[0] / high, (double)patch[1] / wide,
                                    (double)coco_schedule_sum_registers(figures));
  return blocks * (kernels * each + runs_of(kernels, lists, (double)bodies_of(conv)) * run_end) +
         coco_schedule_image_cycles(figures, conv);
}

/* ---- Products ---- */

/* Vectors of weights by the rows, or as they come from memory. */
static double streamed_cycles(const coco_schedule_freedom *freedom, double vectors, double rows) {
  const coco_schedule_figures *figures = &freedom->figures;
  const double added = vectors * rows * (double)coco_schedule_vectors(figures) / (double)figures->fma_per_cycle;
  const bool far = freedom->constant_bytes > figures->l3_bytes || vectors * VECTOR_BYTES > (double)figures->l3_bytes;
  return larger(added, vectors * VECTOR_BYTES / (double)(far ? figures->memory_rate : figures->l3_rate));
}

double coco_schedule_product_cycles(const coco_schedule_freedom *freedom, const coco_operation *product) {
  const coco_type *left = input_of(product), *result = result_of(product);
  const double rows = (double)left->shape[0];
  if (coco_operation_is(product, &coco_lr_block_matmul))
    return streamed_cycles(freedom, (double)coco_type_element_count(coco_operation_operand(product, 2)->type), rows);
  return streamed_cycles(
      freedom, (double)coco_ceil_divide(result->shape[1], COCO_LR_LANES) * (double)left->shape[1], rows);
}
