/* Convolutions of patterns: lr.pattern_conv.
 *
 * A register block is some rows by some columns of vectors of one filter, input and output in patches (loops_patches.c), so
 * that every shifted load is an aligned load of another vector. For each filter and group of channels the block walks the
 * runs of kernels, one loop a mask; masks that are translations of each other share the loop's body, which is given the shift.
 * Each multiply-add is written with a load of its own, in the order of the input's vectors: redundant-load-elimination leaves
 * one load for all that share it. Only strides and the masks' positions are in the code, never which kernels there are.
 *
 * Where there are several groups of channels, all filters of a block take one group before the next, so that the input of the
 * group stays in the first cache; the sums wait in the output. Each output adds its products in the stored order. */
#include "dialects/arith/arith.h"
#include "lowering/loops_common.h"

enum { BLOCK_ROWS = 2, BLOCK_COLUMNS = 3, POSITIONS_MAXIMUM = 63, VECTORS_MAXIMUM = 64 };
enum { OPERAND_INPUT, OPERAND_OFFSET, OPERAND_REORDER, OPERAND_INDEX, OPERAND_RUNS, OPERAND_WEIGHTS };

/* Masks [first, first + count) of the set, which differ by translations alone. */
typedef struct pattern_body {
  int64_t first, count;
  int64_t entries;
  int64_t rows[POSITIONS_MAXIMUM], columns[POSITIONS_MAXIMUM]; /* of the entries, from the first mask's top left corner */
} pattern_body;

typedef struct pattern_plan {
  coco_lr_window_info info;
  const coco_attribute *masks;
  const coco_type *vector;
  int64_t filters, channels, span, groups; /* channels: of one convolution group; groups: of channels */
  int64_t group_filters;                   /* of one convolution group */
  int64_t patch[2];
  int64_t parts; /* of the filters, that run in parallel */
} pattern_plan;

typedef enum pattern_stage { STAGE_WHOLE, STAGE_CLEAR, STAGE_ADD, STAGE_FINISH } pattern_stage;

typedef struct pattern_block {
  const pattern_plan *plan;
  coco_index image, row, column; /* the first vector, in the patch */
  int64_t rows, columns;
  coco_index group, part;
  coco_index filter, channel; /* the filter's number, and its output channel */
  coco_index first_channel;   /* of the input, of the filter's convolution group */
  coco_index *input_rows, *input_columns;
} pattern_block;

/* ---- Numbers of the stored form ---- */

static coco_index load_number(coco_loops *loops, size_t operand, const coco_index *place, size_t count) {
  return coco_loops_to_index(loops, coco_loops_load(loops, loops->operands[operand].memory, place, count, 0));
}

static coco_value *load_weight(coco_loops *loops, coco_index first, int64_t entry) {
  coco_index place = coco_index_plus(first, entry);
  coco_value *scalar = coco_loops_load(loops, loops->operands[OPERAND_WEIGHTS].memory, &place, 1, 0);
  return coco_loops_broadcast(loops, scalar, COCO_LOOPS_LANES);
}

/* ---- Masks ---- */

/* The entries of MASK in order, and the least row and column of them. */
static int64_t entries_of(uint64_t mask, int64_t width, int64_t *rows, int64_t *columns, int64_t corner[2]) {
  int64_t count = 0;
  corner[0] = corner[1] = POSITIONS_MAXIMUM;
  for (int64_t i = 0; i < POSITIONS_MAXIMUM; ++i) {
    if (!(mask >> i & 1)) continue;
    rows[count] = i / width;
    columns[count] = i % width;
    if (rows[count] < corner[0]) corner[0] = rows[count];
    if (columns[count] < corner[1]) corner[1] = columns[count];
    ++count;
  }
  return count;
}

static void corner_of(const pattern_plan *plan, int64_t mask, int64_t corner[2]) {
  int64_t rows[POSITIONS_MAXIMUM], columns[POSITIONS_MAXIMUM];
  entries_of((uint64_t)coco_attribute_i64s(plan->masks)[mask], plan->info.window.kernel[1], rows, columns, corner);
}

/* The body of the masks from FIRST on. */
static pattern_body body_from(const pattern_plan *plan, int64_t first) {
  const int64_t *masks = coco_attribute_i64s(plan->masks);
  pattern_body body = {.first = first, .count = 1};
  int64_t corner[2];
  body.entries = entries_of((uint64_t)masks[first], plan->info.window.kernel[1], body.rows, body.columns, corner);
  for (int64_t e = 0; e < body.entries; ++e) {
    body.rows[e] -= corner[0];
    body.columns[e] -= corner[1];
  }
  for (; first + body.count < (int64_t)plan->masks->count; ++body.count) {
    int64_t rows[POSITIONS_MAXIMUM], columns[POSITIONS_MAXIMUM], other[2];
    int64_t count = entries_of((uint64_t)masks[first + body.count], plan->info.window.kernel[1], rows, columns, other);
    bool same = count == body.entries;
    for (int64_t e = 0; same && e < count; ++e)
      same = rows[e] - other[0] == body.rows[e] && columns[e] - other[1] == body.columns[e];
    if (!same) break;
  }
  return body;
}

/* Element MEMBER of NUMBERS, which all are known: one select for each. */
static coco_index choose(coco_loops *loops, coco_index member, const int64_t *numbers, int64_t count) {
  bool equal = true;
  for (int64_t i = 1; i < count; ++i) equal = equal && numbers[i] == numbers[0];
  if (equal) return coco_index_of(numbers[0]);
  coco_value *chosen = coco_index_value(loops, coco_index_of(numbers[count - 1]));
  for (int64_t i = count - 1; i-- > 0;) {
    coco_value *at = coco_index_value(loops, member), *here = coco_index_value(loops, coco_index_of(i));
    coco_value *value = coco_index_value(loops, coco_index_of(numbers[i]));
    if (loops->builder.status != COCO_OK) return coco_index_of(0);
    coco_value *is = coco_loops_is_equal(loops, at, here);
    chosen = coco_build_value(&loops->builder, &(coco_operation_state){.definition = &coco_arith_select,
                                                                       COCO_WITH_OPERANDS(is, value, chosen)});
  }
  return (coco_index){chosen, 0};
}

/* ---- One kernel ---- */

/* One multiply-add: entry E of the kernel for vector (Y, X) of the block reads the input's vector (ROW, COLUMN). */
typedef struct product {
  int64_t row, column, entry, y, x;
} product;

static bool is_before(const product *a, const product *b) {
  if (a->row != b->row) return a->row < b->row;
  if (a->column != b->column) return a->column < b->column;
  return a->y != b->y ? a->y < b->y : a->x < b->x;
}

/* All products of the block, by input vector; so each output has its entries in order. Insertion sort: a few hundred. */
static size_t list_products(const pattern_block *block, const pattern_body *body, product *list) {
  const coco_window *window = &block->plan->info.window;
  size_t count = 0;
  for (int64_t e = 0; e < body->entries; ++e) {
    for (int64_t y = 0; y < block->rows; ++y) {
      for (int64_t x = 0; x < block->columns; ++x) {
        product made = {.row = y * window->strides[0] + body->rows[e] * window->dilations[0],
                        .column = x * window->strides[1] + body->columns[e] * window->dilations[1],
                        .entry = e,
                        .y = y,
                        .x = x};
        size_t at = count++;
        for (; at > 0 && is_before(&made, &list[at - 1]); --at) list[at] = list[at - 1];
        list[at] = made;
      }
    }
  }
  return count;
}

/* Adds kernel NUMBER, whose input channel is CHANNEL. ROWS and COLUMNS: physical places of the input's vectors. */
static void add_kernel(coco_loops *loops, const pattern_block *block, const pattern_body *body, coco_index number,
                       coco_index channel, const coco_index *rows, const coco_index *columns, coco_value **sums) {
  product *list = coco_arena_allocate(loops->scratch, (size_t)(body->entries * block->rows * block->columns) * sizeof *list);
  coco_value *weights[POSITIONS_MAXIMUM];
  coco_index first = coco_index_fixed(loops, coco_index_multiply(loops, number, body->entries));
  for (int64_t e = 0; e < body->entries; ++e) weights[e] = load_weight(loops, first, e);
  if (!list) coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
  if (loops->builder.status != COCO_OK) return;
  size_t count = list_products(block, body, list);
  for (size_t i = 0; i < count; ++i) {
    const product *one = &list[i];
    coco_index place[] = {block->image, channel, rows[one->row], columns[one->column], coco_index_of(0)};
    coco_value *vector = coco_loops_load(loops, loops->operands[OPERAND_INPUT].memory, place, 5, COCO_LOOPS_LANES);
    coco_value **sum = &sums[one->y * block->columns + one->x];
    *sum = coco_loops_fma(loops, vector, weights[one->entry], *sum);
  }
}

/* Physical rows or columns of the input from the block's first one on, moved by SHIFT. */
static coco_index *input_places(coco_loops *loops, const pattern_block *block, size_t axis, coco_index shift) {
  const coco_window *window = &block->plan->info.window;
  int64_t size = axis ? block->columns : block->rows,
          span = (size - 1) * window->strides[axis] + (window->kernel[axis] - 1) * window->dilations[axis];
  coco_index *places = coco_arena_allocate(loops->scratch, (size_t)(span + 1) * sizeof *places);
  if (!places) {
    coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
    return NULL;
  }
  coco_index first = coco_index_multiply(loops, axis ? block->column : block->row, window->strides[axis]);
  first = coco_index_add(loops, first, coco_index_multiply(loops, shift, window->dilations[axis]));
  first = coco_index_plus(first, loops->operands[OPERAND_INPUT].layout.halo[axis] - window->pads[axis]);
  for (int64_t i = 0; i <= span; ++i) places[i] = coco_index_fixed(loops, coco_index_plus(first, i));
  return places;
}

/* The kernels of mask FIRST + MEMBER of the body. FIRST_KERNEL: of the filter in the group. */
static void add_run(coco_loops *loops, const pattern_block *block, const pattern_body *body, coco_index member,
                    coco_index first_kernel, coco_value **sums) {
  const pattern_plan *plan = block->plan;
  int64_t corners[2][VECTORS_MAXIMUM];
  for (int64_t i = 0; i < body->count; ++i) {
    int64_t corner[2];
    corner_of(plan, body->first + i, corner);
    for (size_t axis = 0; axis < 2; ++axis) corners[axis][i] = corner[axis];
  }
  coco_index *places[2];
  for (size_t axis = 0; axis < 2; ++axis)
    places[axis] = input_places(loops, block, axis, choose(loops, member, corners[axis], body->count));
  coco_index mask = coco_index_plus(member, body->first);
  coco_index ends[2];
  for (int64_t i = 0; i < 2; ++i) {
    coco_index place[] = {block->group, block->filter, coco_index_plus(mask, i)};
    ends[i] = load_number(loops, OPERAND_RUNS, place, 3);
  }
  if (loops->builder.status != COCO_OK) return;
  coco_loop run = coco_loop_begin(loops, ends[0], ends[1], 1, sums, (size_t)(block->rows * block->columns));
  coco_index number = coco_index_fixed(loops, coco_index_add(loops, first_kernel, run.induction));
  coco_index channel = load_number(loops, OPERAND_INDEX, &number, 1);
  channel = coco_index_fixed(loops, coco_index_add(loops, block->first_channel, channel));
  add_kernel(loops, block, body, number, channel, places[0], places[1], run.carried);
  coco_loop_end(loops, &run, run.carried);
  memmove(sums, run.carried, run.count * sizeof *sums);
}

/* All kernels of the block's filter in its group. */
static void add_kernels(coco_loops *loops, const pattern_block *block, coco_value **sums) {
  const pattern_plan *plan = block->plan;
  coco_index row = coco_index_add(loops, coco_index_multiply(loops, block->group, plan->filters), block->filter);
  coco_index first = load_number(loops, OPERAND_OFFSET, &row, 1);
  for (int64_t at = 0; at < (int64_t)plan->masks->count && loops->builder.status == COCO_OK;) {
    pattern_body body = body_from(plan, at);
    if (body.count > VECTORS_MAXIMUM) body.count = VECTORS_MAXIMUM;
    at += body.count;
    coco_loop members = coco_loop_begin(loops, coco_index_of(0), coco_index_of(body.count), 1, sums,
                                        (size_t)(block->rows * block->columns));
    add_run(loops, block, &body, members.induction, first, members.carried);
    coco_loop_end(loops, &members, members.carried);
    memmove(sums, members.carried, members.count * sizeof *sums);
  }
}

/* ---- Blocks ---- */

static coco_point point_of(const pattern_block *block, int64_t y, int64_t x) {
  coco_point point = {.rank = 4, .lanes = COCO_LOOPS_LANES, .axis = 1, .valid = COCO_LOOPS_LANES, .in_patches = true};
  point.index[0] = block->image;
  point.index[1] = block->channel;
  point.index[2] = coco_index_plus(block->row, y);
  point.index[3] = coco_index_plus(block->column, x);
  return point;
}

static void build_filter(coco_loops *loops, const pattern_block *block, pattern_stage stage) {
  coco_value *sums[VECTORS_MAXIMUM];
  bool reads = stage == STAGE_ADD || stage == STAGE_FINISH;
  for (int64_t i = 0; i < block->rows * block->columns; ++i) {
    coco_point point = point_of(block, i / block->columns, i % block->columns);
    sums[i] = reads ? coco_view_load_mapped(loops, &loops->output, NULL, &point)
                    : coco_loops_number(loops, block->plan->vector, 0, 0);
  }
  if (stage == STAGE_WHOLE || stage == STAGE_ADD) add_kernels(loops, block, sums);
  for (int64_t i = 0; i < block->rows * block->columns; ++i) {
    coco_point point = point_of(block, i / block->columns, i % block->columns);
    if (stage == STAGE_WHOLE || stage == STAGE_FINISH)
      coco_loops_finish(loops, &point, sums[i], COCO_LR_PATTERN_OPERANDS);
    else
      coco_view_store_point(loops, &loops->output, sums[i], &point);
  }
}

/* Each filter of the block's part. */
static void build_filters(coco_loops *loops, pattern_block *block, pattern_stage stage) {
  const pattern_plan *plan = block->plan;
  coco_loop filters = coco_loop_begin(loops, block->part, coco_index_of(plan->filters), plan->parts, NULL, 0);
  block->filter = filters.induction;
  block->channel = load_number(loops, OPERAND_REORDER, &block->filter, 1);
  block->first_channel = coco_index_of(0);
  if (plan->group_filters < plan->filters) {
    coco_index group = coco_index_divide(loops, block->channel, plan->group_filters);
    block->first_channel = coco_index_fixed(loops, coco_index_multiply(loops, group, plan->channels));
  }
  build_filter(loops, block, stage);
  coco_loop_end(loops, &filters, NULL);
}

static void build_block(coco_loops *loops, pattern_block *block) {
  block->group = coco_index_of(0);
  if (block->plan->groups == 1) {
    build_filters(loops, block, STAGE_WHOLE);
    return;
  }
  build_filters(loops, block, STAGE_CLEAR);
  coco_loop groups = coco_loop_begin(loops, coco_index_of(0), coco_index_of(block->plan->groups), 1, NULL, 0);
  block->group = groups.induction;
  build_filters(loops, block, STAGE_ADD);
  coco_loop_end(loops, &groups, NULL);
  build_filters(loops, block, STAGE_FINISH);
}

/* EXTENT as blocks of at most LARGEST, of two sizes that differ by one: COUNTS[0] of SIZES[0], then COUNTS[1] of SIZES[1]. */
static void split(int64_t extent, int64_t largest, int64_t sizes[2], int64_t counts[2]) {
  int64_t blocks = (extent + largest - 1) / largest;
  sizes[1] = extent / blocks;
  sizes[0] = sizes[1] + 1;
  counts[0] = extent % blocks;
  counts[1] = blocks - counts[0];
}

/* Blocks of all columns, ROWS rows high. */
static void build_columns(coco_loops *loops, pattern_block *block, int64_t largest) {
  int64_t sizes[2], counts[2], done = 0;
  split(block->plan->patch[1], largest, sizes, counts);
  for (size_t i = 0; i < 2; ++i) {
    if (counts[i] == 0) continue;
    coco_loop columns = coco_loop_begin(loops, coco_index_of(0), coco_index_of(counts[i]), 1, NULL, 0);
    block->columns = sizes[i];
    block->column =
        coco_index_fixed(loops, coco_index_plus(coco_index_multiply(loops, columns.induction, sizes[i]), done));
    build_block(loops, block);
    coco_loop_end(loops, &columns, NULL);
    done += counts[i] * sizes[i];
  }
}

static void build_rows(coco_loops *loops, const pattern_plan *plan, int64_t rows, int64_t columns) {
  int64_t sizes[2], counts[2], done = 0, images = loops->output.tensor->shape[0];
  split(plan->patch[0], rows, sizes, counts);
  for (size_t i = 0; i < 2; ++i) {
    if (counts[i] == 0) continue;
    coco_index indices[3];
    coco_loop parallel = coco_parallel_begin(loops, (const int64_t[]){images, counts[i], plan->parts}, 3, indices);
    pattern_block block = {.plan = plan, .image = indices[0], .part = indices[2], .rows = sizes[i]};
    block.row = coco_index_fixed(loops, coco_index_plus(coco_index_multiply(loops, indices[1], sizes[i]), done));
    build_columns(loops, &block, columns);
    coco_parallel_end(loops, &parallel);
    done += counts[i] * sizes[i];
  }
}

void coco_loops_pattern_conv(coco_loops *loops) {
  const coco_operation *layer = loops->layer;
  coco_lr_tuning_info tuning = coco_lr_tuning_of(COCO_PROPERTY(layer, lr_pattern_conv, tuning));
  pattern_plan plan = {.info = coco_lr_window_of(COCO_PROPERTY(layer, lr_pattern_conv, info)),
                       .masks = COCO_PROPERTY(layer, lr_pattern_conv, masks),
                       .filters = loops->output.tensor->shape[1],
                       .channels = loops->operands[OPERAND_INPUT].tensor->shape[1],
                       .span = COCO_PROPERTY(layer, lr_pattern_conv, span)->integer};
  if (!coco_lr_layout_has_patches(&loops->output.layout)) {
    coco_builder_fail(&loops->builder, coco_operation_error(layer, "has a lowering to loops only in patches"));
    return;
  }
  plan.vector = coco_loops_vector_type(loops, loops->output.tensor->element, COCO_LOOPS_LANES);
  plan.channels /= plan.info.group;
  plan.group_filters = plan.filters / plan.info.group;
  plan.groups = (plan.channels + plan.span - 1) / plan.span;
  coco_lr_patch_extents(loops->output.tensor, plan.patch);
  plan.parts = tuning.pieces > 0 ? tuning.pieces : 1;
  if (plan.parts > plan.filters) plan.parts = plan.filters;
  int64_t rows = tuning.rows > 0 ? tuning.rows : BLOCK_ROWS, columns = tuning.columns > 0 ? tuning.columns : BLOCK_COLUMNS;
  while (rows > 1 && rows * columns > VECTORS_MAXIMUM) --rows;
  build_rows(loops, &plan, rows, columns);
  coco_patches_finish(loops, &loops->output);
}
