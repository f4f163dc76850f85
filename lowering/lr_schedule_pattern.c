/* Schedules of pattern convolutions: the patches of their images, register blocks, the lanes of a sum and the weights
 * of a load on processors with short registers, how many pieces, and bodies that translated masks share.
 *
 * Cost: a handful of candidates; linear in the kernels. */
#include "dialects/lr/layout.h"
#include "dialects/lr/lr.h"
#include "dialects/lr/pattern.h"
#include "dialects/pattern/pattern.h"
#include "lowering/lr_schedule.h"
#include "lowering/patch_waiting.h"

enum { LEAST_PIECES = 4, MOST_ROWS = 16, MOST_COLUMNS = 16, LANE_BITS = 32 };

/* How both images of a convolution are cut: a patch of the input holds just what the windows of a patch of the result
 * begin with. */
typedef struct image_cut {
  int64_t patches[2], from[2], to[2]; /* extents of patches of the input and of the result */
  int64_t halo[4];                    /* of the input */
} image_cut;

/* Whether both images of CONV can be cut into A x B patches: what windows read beside a patch lies in the neighbours
 * only. Where strides and pads do not divide the images alike, patches are larger than it takes, if not by so much that
 * half of the vectors would be empty. */
static bool can_cut(const coco_operation *conv, const coco_window *window, const int64_t patches[2], image_cut *out) {
  const coco_type *input = coco_operation_operand(conv, 0)->type, *result = coco_operation_result(conv, 0)->type;
  for (size_t i = 0; i < 2; ++i) {
    const int64_t stride = window->strides[i], least = coco_ceil_divide(input->shape[2 + i], patches[i]);
    int64_t from = least, to = coco_ceil_divide(result->shape[2 + i], patches[i]);
    if (patches[i] > 1 && coco_ceil_divide(from, stride) > to) to = coco_ceil_divide(from, stride);
    if (patches[i] > 1) from = coco_multiply_saturated(to, stride);
    if (from > 2 * least) return false;
    int64_t beyond = (to - 1) * stride - window->pads[i] + (window->kernel[i] - 1) * window->dilations[i] - (from - 1);
    out->patches[i] = patches[i];
    out->from[i] = from;
    out->to[i] = to;
    out->halo[i] = window->pads[i];
    out->halo[2 + i] = beyond > 0 ? beyond : 0;
    if (out->halo[i] > from || out->halo[2 + i] > from) return false;
  }
  return true;
}

/* The layout of an image of TYPE in a grid of PATCHES of EXTENTS, without a halo. */
static coco_lr_layout_info layout_of(const coco_type *type, const int64_t patches[2], const int64_t extents[2]) {
  coco_lr_layout_info layout = {.block = 1, .patches = {patches[0], patches[1]}};
  int64_t least[2];
  coco_lr_layout_extents(&layout, type, least);
  if (memcmp(least, extents, sizeof least) != 0) memcpy(layout.extents, extents, sizeof layout.extents);
  return layout;
}

/* What a grid of patches costs, against each other: the vectors of the result, each by the pages on which a window
 * stands and by whether planes of the input begin at few different sets of a cache; and the halo, which is written
 * after each layer. Fitted to 64, 128, 256 and 512 channels of 224, 112, 56 and 28: from 4 x 4 to 2 x 8 patches 224
 * takes 0.91 of the time, from 4 x 4 to 1 x 16 patches 112 takes 0.91. */
static int64_t cost_of_grid(const coco_window *window, const image_cut *cut) {
  enum { VECTOR = 64, PAGE = 6, COLLISION = 16, HALO = 40 };
  enum { SETS = 16, PAGE_VECTORS = 64, BLOCK_SUMS = 21, BLOCK_COLUMNS = 7 };
  int64_t vectors = 1, plane = 1, inner = 1, pitch = 0, rows = cut->to[0], columns = cut->to[1];
  for (size_t i = 0; i < 2; ++i) {
    pitch = cut->from[i] + cut->halo[i] + cut->halo[2 + i];
    inner *= cut->from[i];
    plane *= pitch;
    vectors *= cut->to[i];
  }
  if (columns > BLOCK_COLUMNS) columns = BLOCK_COLUMNS;
  if (columns > 0 && rows > BLOCK_SUMS / columns) rows = BLOCK_SUMS / columns;
  rows = (rows - 1) * window->strides[0] + (window->kernel[0] - 1) * window->dilations[0] + 1;
  const int64_t each = VECTOR + rows * pitch * PAGE / PAGE_VECTORS + (plane % SETS == 0 ? COLLISION : 0);
  return vectors * each + (plane - inner) * HALO;
}

/* A kernel of one position is cut as a 3x3 beside it would be, as far as that can be, so that nothing lies between. */
static coco_window as_neighbours_are(const coco_window *window) {
  static const int64_t kernel[] = {3, 3}, pads[] = {1, 1, 1, 1};
  coco_window seen = *window;
  bool one = window->kernel[0] * window->kernel[1] == 1;
  for (size_t i = 0; i < 4; ++i) one = one && window->pads[i] == 0;
  if (one) seen.kernel = kernel, seen.pads = pads;
  return seen;
}

/* The grid that costs least; of equal ones, that of the lowest patches. */
bool coco_schedule_patches(const coco_operation *conv, coco_lr_layout_info *input, coco_lr_layout_info *result) {
  enum { APART = 1 << 30 };
  static const int64_t grids[][2] = {{16, 1}, {8, 2}, {4, 4}, {2, 8}, {1, 16}};
  const coco_window window = coco_lr_patched_window(conv), seen = as_neighbours_are(&window);
  int64_t least = INT64_MAX;
  bool found = false;
  for (size_t i = 0; i < sizeof grids / sizeof *grids; ++i) {
    image_cut own, beside;
    if (!can_cut(conv, &window, grids[i], &own)) continue;
    int64_t cost = can_cut(conv, &seen, grids[i], &beside) ? cost_of_grid(&seen, &beside)
                                                           : cost_of_grid(&window, &own) + APART;
    if (cost >= least) continue;
    least = cost;
    found = true;
    *input = layout_of(coco_operation_operand(conv, 0)->type, own.patches, own.from);
    *result = layout_of(coco_operation_result(conv, 0)->type, own.patches, own.to);
    memcpy(input->halo, own.halo, sizeof own.halo);
  }
  return found;
}

/* Lanes of one sum: those of two registers of four lanes, whose loads are pairs, or of one. */
int64_t coco_schedule_patch_lanes(const coco_schedule_figures *figures) {
  enum { PAIR = 8 };
  const int64_t own = figures->vector_bits / LANE_BITS;
  return own < PAIR ? PAIR : own < COCO_LR_LANES ? own : COCO_LR_LANES;
}

int64_t coco_schedule_sum_registers(const coco_schedule_figures *figures) {
  const int64_t registers = coco_schedule_patch_lanes(figures) * LANE_BITS / figures->vector_bits;
  return registers > 1 ? registers : 1;
}

/* Weights that are loaded together: where registers have four lanes, a multiplication can take one of them. */
static int64_t weights_together(const coco_schedule_figures *figures, int64_t entries) {
  enum { TOGETHER = 4, TOGETHER_BITS = 128 };
  return figures->vector_bits == TOGETHER_BITS && entries % TOGETHER == 0 ? TOGETHER : 0;
}

/* How many sums the registers hold beside the weights of a kernel (of up to eight entries; more are loaded again) and a
 * few input vectors. */
static int64_t sums_allowed(const coco_schedule_figures *figures, int64_t entries) {
  enum { FEW_REGISTERS = 16, MORE_OF_FEW = 3, MORE_REGISTERS = 4, WEIGHTS = 8 };
  const int64_t together = weights_together(figures, entries);
  const int64_t more = figures->vector_registers > FEW_REGISTERS ? MORE_REGISTERS : MORE_OF_FEW;
  int64_t weights = together ? entries / together : entries;
  if (weights > WEIGHTS) weights = WEIGHTS;
  const int64_t sums = (figures->vector_registers - weights - more) / coco_schedule_sum_registers(figures);
  return sums > 1 ? sums : 1;
}

/* The loads of one kernel of 2x2 neighbours, and of its weights, for a block of ROWS x COLUMNS, per sum. Blocks that
 * split patches of WIDTH columns read pieces of rows: on 256 channels of 56x56, 3x7 took 0.8 of the time of 6x4. */
static double loads_per_sum(int64_t rows, int64_t columns, int64_t width) {
  enum { WEIGHTS = 4, NARROW = 8 };
  double split = columns < width && width <= NARROW ? 0.3 : 0;
  return (double)((rows + 1) * (columns + 1) + WEIGHTS) / (double)(rows * columns) + split;
}

/* Whether the last cache would not hold the result until it is read, so that it need not be read into the cache before
 * it is written: 64 channels of 224x224 take 0.91 of the time, and 0.84 where memory is slower. Sums that wait in the
 * output are to stay near. */
static bool fills_the_caches(const coco_schedule_figures *figures, const coco_operation *conv,
                             const coco_lr_tuning_info *block) {
  const coco_type *input = coco_operation_operand(conv, 0)->type, *result = coco_operation_result(conv, 0)->type;
  const int64_t span = COCO_PROPERTY(conv, lr_pattern_conv, span)->integer;
  const coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_pattern_conv, info));
  const bool waits_in_output =
      span < input->shape[1] / info.group && !coco_patch_waiting_room(result->shape[1], block->rows * block->columns);
  return !waits_in_output &&
         coco_type_byte_count(input) + coco_type_byte_count(result) > figures->l3_bytes / 2;
}

int64_t coco_schedule_pattern_entries(const coco_operation *conv) {
  const coco_attribute *masks = COCO_PROPERTY(conv, lr_pattern_conv, masks);
  return __builtin_popcountll((uint64_t)coco_attribute_i64s(masks)[0]);
}

coco_lr_tuning_info coco_schedule_pattern_block(const coco_schedule_figures *figures, const coco_operation *conv,
                                                const int64_t patch[2]) {
  const int64_t entries = coco_schedule_pattern_entries(conv), sums = sums_allowed(figures, entries);
  coco_lr_tuning_info best = {.rows = 1, .columns = 1};
  double least = 1e30;
  for (int64_t rows = 1; rows <= patch[0] && rows <= MOST_ROWS; ++rows) {
    for (int64_t columns = 1; columns <= patch[1] && columns <= MOST_COLUMNS && rows * columns <= sums; ++columns) {
      int64_t high = coco_ceil_divide(patch[0], coco_ceil_divide(patch[0], rows)),
              wide = coco_ceil_divide(patch[1], coco_ceil_divide(patch[1], columns));
      double loads = loads_per_sum(high, wide, patch[1]);
      if (loads >= least) continue;
      least = loads;
      best = (coco_lr_tuning_info){.rows = high, .columns = wide};
    }
  }
  best.lanes = coco_schedule_patch_lanes(figures) < COCO_LR_LANES ? coco_schedule_patch_lanes(figures) : 0;
  best.unroll = weights_together(figures, entries);
  return best;
}

coco_lr_tuning_info coco_schedule_pattern_tuning(const coco_schedule_figures *figures, const coco_operation *conv) {
  const coco_type *type = coco_operation_result(conv, 0)->type;
  int64_t patch[2];
  coco_lr_patch_extents(type, patch);
  coco_lr_tuning_info best = coco_schedule_pattern_block(figures, conv, patch);
  best.streams = fills_the_caches(figures, conv, &best) && !best.lanes;
  int64_t pieces = coco_ceil_divide(patch[0], best.rows) * type->shape[0];
  if (pieces > 0 && pieces < LEAST_PIECES) best.pieces = coco_ceil_divide(LEAST_PIECES, pieces);
  return best;
}

static const coco_attribute *shifts_attribute(coco_context *context, const coco_fkw_shifts *shifts) {
  int64_t pairs[2 * COCO_FKW_MAX_SHIFTS];
  for (uint32_t i = 0; i < shifts->count; ++i) {
    pairs[2 * i] = shifts->rows[i];
    pairs[2 * i + 1] = shifts->columns[i];
  }
  return coco_attribute_i64_array(context, pairs, 2 * (size_t)shifts->count);
}

/* Orders that suit the first cache, where there is a choice. Halves are made of quarters, so that the variants of a
 * target, whose pieces may be two or four, have the same form. */
static coco_status localize(const coco_fkw *fkw, bool shared, int64_t pieces, coco_arena *scratch, coco_fkw *out) {
  enum { QUARTERS = 4 };
  const coco_fkw_shape *shape = &fkw->shape;
  *out = *fkw;
  if (shape->group > 1 || fkw->own_orders || fkw->kernels == 0) return COCO_OK;
  if (pieces > 1 && QUARTERS % pieces == 0 && shape->filters % QUARTERS == 0) pieces = QUARTERS;
  if (pieces > shape->filters) pieces = shape->filters;
  return coco_fkw_localize(fkw, shared, pieces > 1 ? (uint32_t)pieces : 1, scratch, out);
}

/* What of FORM differs from PLAIN. */
static coco_status write_form(const coco_operation *conv, const coco_fkw *plain, const coco_fkw *form,
                              const coco_fkw_shifts *shifts, coco_schedule_kernels *out) {
  enum { OFFSET, REORDER, INDEX, RUNS, WEIGHTS };
  const coco_fkw_shape *shape = &form->shape;
  const coco_string layer = coco_location_layer(conv->location);
  coco_context *context = conv->context;
  const int64_t groups = coco_fkw_channel_groups(shape), offsets = groups * shape->filters + 1,
                indices = (int64_t)form->kernels + (shifts->count > 0), orders[] = {groups, shape->filters},
                runs[] = {groups, shape->filters, shape->set.count + 1};
  if (form->index != plain->index) {
    COCO_TRY(coco_pattern_integers(context, layer, "index", form->index, 1, &indices, &out->arrays[INDEX]));
    COCO_TRY(coco_pattern_integers(context, layer, "runs", form->runs, 3, runs, &out->arrays[RUNS]));
  }
  if (form->weights != plain->weights) {
    const coco_type *weights = coco_operation_operand(conv, 1 + WEIGHTS)->type;
    COCO_TRY(coco_pattern_integers(context, layer, "offset", form->offset, 1, &offsets, &out->arrays[OFFSET]));
    COCO_TRY(coco_pattern_integers(context, layer, "reorder", form->reorder, 2, orders, &out->arrays[REORDER]));
    COCO_TRY(coco_pattern_floats(context, layer, "weights", weights, form->weights, &out->arrays[WEIGHTS]));
  }
  if (shifts->count == 0) return COCO_OK;
  out->shifts = shifts_attribute(context, shifts);
  out->masks = coco_attribute_i64_array(context, (const int64_t *)shape->set.masks, shape->set.count);
  return out->shifts && out->masks ? COCO_OK : COCO_OUT_OF_MEMORY;
}

coco_status coco_schedule_pattern_form(const coco_operation *conv, const coco_lr_tuning_info *tuning,
                                       coco_arena *scratch, coco_schedule_kernels *out) {
  const coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(conv, lr_pattern_conv, info));
  coco_fkw plain, shared, local;
  coco_fkw_shifts shifts = {0};
  const char *wrong;
  bool known, fits;
  *out = (coco_schedule_kernels){0};
  if (COCO_PROPERTY(conv, lr_pattern_conv, shifts)) return COCO_OK;
  COCO_TRY(coco_lr_pattern_read(conv, scratch, &plain, &known, &wrong));
  if (!known || wrong) return COCO_OK;
  COCO_TRY(coco_fkw_share(&plain, (uint32_t)info.window.kernel[1], scratch, &shared, &shifts, &fits));
  if (!fits) shared = plain;
  if (!fits) shifts = (coco_fkw_shifts){0};
  COCO_TRY(localize(&shared, fits, tuning->pieces, scratch, &local));
  return write_form(conv, &plain, &local, &shifts, out);
}
