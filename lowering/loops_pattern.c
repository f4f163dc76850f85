/* Convolutions of patterns: lr.pattern_conv.
 *
 * A register block is some rows by some columns of vectors of one filter, input and output in patches
 * (loops_patches.c), so that every shifted load is an aligned load of another vector. For each filter and group of
 * channels the block walks the runs of kernels, one loop a mask; where masks that are translations of each other share
 * a loop, each kernel says its shift. Each multiply-add is written with a load of its own, in the order of the input's
 * vectors: redundant-load-elimination leaves one load for all that share it. Only strides and the masks' positions are
 * in the code, never which kernels there are. On processors with few or short registers a sum has 8 or 4 of a vector's
 * 16 lanes, in turn, and the weights of a kernel are loaded together.
 *
 * Where there are several groups of channels, all filters of a block take one group before the next, so that much of
 * the group's input stays in the first cache, while the next group's is read ahead into the second, which does not keep
 * the loads of this one waiting; the sums wait in the output, or on the stack where the output is written past the
 * caches. Each output adds its products in the stored order. */
#include "dialects/arith/arith.h"
#include "dialects/pattern/fkw.h"
#include "lowering/loops_common.h"
#include "lowering/patch_waiting.h"

enum { BLOCK_ROWS = 2, BLOCK_COLUMNS = 3, POSITIONS_MAXIMUM = COCO_FKW_MAX_POSITIONS, VECTORS_MAXIMUM = 64 };
enum { OPERAND_INPUT, OPERAND_OFFSET, OPERAND_REORDER, OPERAND_INDEX, OPERAND_RUNS, OPERAND_WEIGHTS };

/* What runs are of: a mask in its top left corner. Without `shifts` it stands at a place of its own. */
typedef struct pattern_body {
  int64_t entries;
  int64_t rows[POSITIONS_MAXIMUM], columns[POSITIONS_MAXIMUM]; /* of the entries, from the corner */
  int64_t corner[2];
} pattern_body;

typedef struct pattern_plan {
  coco_lr_window_info info;
  const coco_attribute *masks, *shifts; /* SHIFTS may be NULL */
  const coco_type *vector;
  int64_t filters, kernels, indices;
  int64_t channels, group_filters; /* of one convolution group */
  int64_t span, groups;            /* of channels */
  int64_t input_channels;
  int64_t patch[2];
  int64_t pitch, plane;    /* of the input, in vectors */
  int64_t parts;           /* of the filters, that run in parallel */
  int64_t lanes, together; /* of a patch's vector in one sum; weights in one load */
  bool streams;            /* the result goes past the caches */
  bool with_halos;         /* blocks are stored with what neighbours see of them */
} pattern_plan;

typedef struct pattern_block {
  const pattern_plan *plan;
  coco_index image, row, column; /* the first vector, in the patch */
  int64_t rows, columns;
  coco_index group, part;
  coco_index filter, channel; /* the filter's number, and its output channel */
  coco_index turn;            /* the filter's number in its part */
  coco_index kernel, window;  /* the filter's first kernel in the group, and where its window begins */
  coco_index lane;            /* the first one of the sums */
  coco_value *waiting;        /* room for the sums of all filters between groups; NULL: they wait in the output */
  coco_value *input;          /* all of its elements, in one dimension */
  coco_index first;           /* element of INPUT: of the group's first channel, where an unmoved window begins */
  coco_index next;            /* that of the group after */
  coco_index begin;           /* as FIRST, in the filter's convolution group */
} pattern_block;

/* ---- Weights ---- */

/* COUNT weights from number FIRST on, each in all lanes; TOGETHER of them in one load, where a processor multiplies by
 * an element of a vector. */
static void load_weights(coco_loops *loops, const pattern_plan *plan, coco_index first, int64_t count,
                         coco_value **weights) {
  coco_value *memory = loops->operands[OPERAND_WEIGHTS].memory, *vector = NULL;
  const int64_t together = plan->together > 1 && count % plan->together == 0 ? plan->together : 0;
  for (int64_t i = 0; i < count; ++i) {
    coco_index place = coco_index_plus(first, i);
    if (together && i % together == 0) vector = coco_loops_load(loops, memory, &place, 1, (size_t)together);
    coco_value *scalar =
        together ? coco_loops_extract(loops, vector, i % together) : coco_loops_load(loops, memory, &place, 1, 0);
    weights[i] = coco_loops_broadcast(loops, scalar, (size_t)plan->lanes);
  }
}

/* ---- Masks ---- */

static pattern_body body_of(const pattern_plan *plan, size_t number) {
  const uint64_t mask = (uint64_t)coco_attribute_i64s(plan->masks)[number];
  const int64_t width = plan->info.window.kernel[1];
  pattern_body body = {.corner = {POSITIONS_MAXIMUM, POSITIONS_MAXIMUM}};
  for (int64_t i = 0; i < POSITIONS_MAXIMUM; ++i) {
    if (!(mask >> i & 1)) continue;
    body.rows[body.entries] = i / width;
    body.columns[body.entries] = i % width;
    if (body.corner[0] > i / width) body.corner[0] = i / width;
    if (body.corner[1] > i % width) body.corner[1] = i % width;
    ++body.entries;
  }
  for (int64_t e = 0; e < body.entries; ++e) {
    body.rows[e] -= body.corner[0];
    body.columns[e] -= body.corner[1];
  }
  return body;
}

static coco_index combine(coco_loops *loops, const coco_operation_definition *definition, coco_index a, coco_index b) {
  coco_value *left = coco_index_value(loops, a), *right = coco_index_value(loops, b);
  if (loops->builder.status != COCO_OK) return coco_index_of(0);
  return (coco_index){coco_build_binary(&loops->builder, definition, left, right), 0};
}

/* A where VALUE is NUMBER, else B. */
static coco_index select_where(coco_loops *loops, coco_index value, int64_t number, coco_index a, coco_index b) {
  coco_value *at = coco_index_value(loops, value), *wanted = coco_index_value(loops, coco_index_of(number));
  coco_value *there = coco_index_value(loops, a), *elsewhere = coco_index_value(loops, b);
  if (loops->builder.status != COCO_OK) return coco_index_of(0);
  coco_value *is = coco_loops_is_equal(loops, at, wanted);
  const coco_operation_state state = {.definition = &coco_arith_select, COCO_WITH_OPERANDS(is, there, elsewhere)};
  return (coco_index){coco_build_value(&loops->builder, &state), 0};
}

static coco_index choose(coco_loops *loops, coco_index member, const int64_t *numbers, size_t count) {
  coco_index chosen = coco_index_of(numbers[count - 1]);
  for (size_t i = count - 1; i-- > 0;)
    chosen = select_where(loops, member, (int64_t)i, coco_index_of(numbers[i]), chosen);
  return chosen;
}

/* NUMBERS[member], all known and not negative: bits of one constant where they fit into it, else a select for each. */
static coco_index pick(coco_loops *loops, coco_index member, const int64_t *numbers, size_t count) {
  enum { CONSTANT_BITS = 63 };
  int64_t all = 0, packed = 0, width = 1;
  for (size_t i = 0; i < count; ++i) all |= numbers[i];
  if (count == 1) return coco_index_of(numbers[0]);
  while (all >> width) ++width;
  if (width * (int64_t)count > CONSTANT_BITS) return choose(loops, member, numbers, count);
  for (size_t i = 0; i < count; ++i) packed |= numbers[i] << (width * (int64_t)i);
  coco_index distance = coco_index_multiply(loops, member, width);
  coco_index moved = combine(loops, &coco_arith_shrui, coco_index_of(packed), distance);
  return combine(loops, &coco_arith_andi, moved, coco_index_of((INT64_C(1) << width) - 1));
}

/* Vectors of the input between the places (0, 0) and (ROW, COLUMN) of a kernel. */
static int64_t vectors_between(const pattern_plan *plan, int64_t row, int64_t column) {
  const coco_window *window = &plan->info.window;
  return row * window->dilations[0] * plan->pitch + column * window->dilations[1];
}

/* The element at which the window of kernel NUMBER begins, as far as the kernel itself says. Past the
 * last kernel: any. */
static coco_index window_of(coco_loops *loops, const pattern_block *block, coco_index number) {
  const pattern_plan *plan = block->plan;
  coco_index place = number;
  if (plan->kernels == plan->indices) place = coco_index_minimum(loops, number, coco_index_of(plan->kernels - 1));
  coco_index channel = coco_loops_load_number(loops, OPERAND_INDEX, &place, 1), moved = coco_index_of(0);
  if (plan->shifts) {
    int64_t distances[COCO_FKW_MAX_SHIFTS];
    const int64_t *pairs = coco_attribute_i64s(plan->shifts);
    const size_t count = plan->shifts->count / 2;
    for (size_t i = 0; i < count; ++i) distances[i] = vectors_between(plan, pairs[2 * i], pairs[2 * i + 1]);
    const int64_t stride = coco_fkw_shift_stride((uint32_t)plan->span);
    moved = pick(loops, coco_index_divide(loops, channel, stride), distances, count);
    channel = coco_index_modulo(loops, channel, stride);
  }
  coco_index vectors = coco_index_add(loops, coco_index_multiply(loops, channel, plan->plane), moved);
  return coco_index_fixed(loops,
                          coco_index_add(loops, coco_index_multiply(loops, vectors, COCO_LOOPS_LANES), block->begin));
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

/* All products of the block, by input vector; so each output has its entries in order. Insertion sort:
 * a few hundred. */
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

/* Adds kernel NUMBER, whose window begins at WINDOW. Loads of one vector have one place, so that they
 * can become one. */
static void add_kernel(coco_loops *loops, const pattern_block *block, const pattern_body *body, coco_index number,
                       coco_index window, coco_value **sums) {
  product *list =
      coco_arena_allocate(loops->scratch, (size_t)(body->entries * block->rows * block->columns) * sizeof *list);
  coco_value *weights[POSITIONS_MAXIMUM];
  const int64_t corner = vectors_between(block->plan, body->corner[0], body->corner[1]);
  coco_index first = coco_index_fixed(loops, coco_index_multiply(loops, number, body->entries));
  load_weights(loops, block->plan, first, body->entries, weights);
  if (!list) coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
  if (loops->builder.status != COCO_OK) return;
  size_t count = list_products(block, body, list);
  const product *last = &list[count - 1];
  const int64_t vectors = corner + last->row * block->plan->pitch + last->column;
  coco_value *input = coco_loops_part(loops, block->input, window, vectors * COCO_LOOPS_LANES + block->plan->lanes);
  for (size_t i = 0; i < count; ++i) {
    const product *one = &list[i];
    coco_index place = coco_index_of((corner + one->row * block->plan->pitch + one->column) * COCO_LOOPS_LANES);
    coco_value *vector = coco_loops_load(loops, input, &place, 1, (size_t)block->plan->lanes);
    coco_value **sum = &sums[one->y * block->columns + one->x];
    *sum = coco_loops_fma(loops, vector, weights[one->entry], *sum);
  }
}

/* The kernels of mask NUMBER. CARRIED: the sums, and behind them where the next
 * kernel's window begins: known a kernel ahead, so that a run which ends unforeseen does not wait for it. */
static void add_run(coco_loops *loops, const pattern_block *block, size_t number, coco_value **carried) {
  const size_t sums = (size_t)(block->rows * block->columns);
  pattern_body body = body_of(block->plan, number);
  coco_index ends[2];
  for (size_t i = 0; i < 2; ++i) {
    coco_index place[] = {block->group, block->filter, coco_index_of((int64_t)(number + i))};
    ends[i] = coco_loops_load_number(loops, OPERAND_RUNS, place, 3);
  }
  if (loops->builder.status != COCO_OK) return;
  coco_loop run = coco_loop_begin(loops, ends[0], ends[1], 1, carried, sums + 1);
  coco_index kernel = coco_index_fixed(loops, coco_index_add(loops, block->kernel, run.induction));
  coco_index window = {run.carried[sums], 0};
  run.carried[sums] = coco_index_value(loops, window_of(loops, block, coco_index_plus(kernel, 1)));
  add_kernel(loops, block, &body, kernel, window, run.carried);
  coco_loop_end(loops, &run, run.carried);
  memmove(carried, run.carried, run.count * sizeof *carried);
}

/* The weights a few filters on: as many lines as a filter has on average. They come in their order, once for each
 * block. */
static void read_weights_ahead(coco_loops *loops, const pattern_block *block, coco_index first) {
  enum { AHEAD = 3 };
  const pattern_plan *plan = block->plan;
  const int64_t rows = plan->groups * plan->filters, entries = body_of(plan, 0).entries;
  const int64_t weights = plan->kernels * entries, each = weights / rows + 1;
  if (weights < AHEAD * each + COCO_LOOPS_LANES) return;
  coco_index at = coco_index_plus(coco_index_multiply(loops, first, entries), AHEAD * each);
  at = coco_index_fixed(loops, coco_index_minimum(loops, at, coco_index_of(weights - each - COCO_LOOPS_LANES)));
  for (int64_t i = 0; i < each + COCO_LOOPS_LANES; i += COCO_LOOPS_LANES)
    coco_loops_prefetch(loops, loops->operands[OPERAND_WEIGHTS].memory, coco_index_plus(at, i), COCO_LOOPS_FIRST_CACHE);
}

/* Filters of one convolution group walk over the same channels; others are too few to matter. */
static bool reads_ahead(const pattern_plan *plan) { return plan->group_filters == plan->filters; }

/* Reads ahead LINES vectors from the one that is VECTORS from the next group's first on. */
static void read_vectors_ahead(coco_loops *loops, const pattern_block *block, coco_index vectors, int64_t lines) {
  coco_index first = coco_index_add(loops, block->next, coco_index_multiply(loops, vectors, COCO_LOOPS_LANES));
  first = coco_index_fixed(loops, first);
  for (int64_t i = 0; i < lines; ++i)
    coco_loops_prefetch(loops, block->input, coco_index_plus(first, i * COCO_LOOPS_LANES), COCO_LOOPS_SECOND_CACHE);
}

/* The share of a filter in reading the next group's input ahead, before its run number STEP: the shares of all filters
 * are the windows of all channels. A block as wide as its patch reads whole rows, which stand side by side: each filter
 * takes some of a channel's vectors, at once. Else each takes whole rows, some before each run, so that they do not
 * wait for each other. */
static void read_input_ahead(coco_loops *loops, const pattern_block *block, int64_t step) {
  const pattern_plan *plan = block->plan;
  const coco_window *window = &plan->info.window;
  const int64_t turns = plan->filters / plan->parts, steps = (int64_t)plan->masks->count,
                sizes[] = {block->rows, block->columns};
  const coco_index turn = block->turn;
  int64_t extents[2];
  for (size_t axis = 0; axis < 2; ++axis)
    extents[axis] =
        (sizes[axis] - 1) * window->strides[axis] + (window->kernel[axis] - 1) * window->dilations[axis] + 1;
  if (block->columns == plan->patch[1] && turns >= plan->span) {
    const int64_t times = turns / plan->span, lines = coco_ceil_divide(extents[0] * plan->pitch, times);
    if (step > 0) return;
    coco_index channel =
        coco_index_minimum(loops, coco_index_divide(loops, turn, times), coco_index_of(plan->span - 1));
    coco_index vectors = coco_index_multiply(loops, coco_index_modulo(loops, turn, times), lines);
    read_vectors_ahead(loops, block, coco_index_add(loops, coco_index_multiply(loops, channel, plan->plane), vectors),
                       lines);
    return;
  }
  const int64_t rows = plan->span * extents[0], share = coco_ceil_divide(rows, turns);
  for (int64_t i = step; i < share; i += steps) {
    coco_index number =
        coco_index_minimum(loops, coco_index_plus(coco_index_multiply(loops, turn, share), i), coco_index_of(rows - 1));
    coco_index channel = coco_index_divide(loops, number, extents[0]),
               row = coco_index_modulo(loops, number, extents[0]);
    coco_index vectors = coco_index_multiply(loops, channel, plan->plane);
    read_vectors_ahead(loops, block, coco_index_add(loops, vectors, coco_index_multiply(loops, row, plan->pitch)),
                       extents[1]);
  }
}

/* All kernels of the block's filter in its group. */
static void add_kernels(coco_loops *loops, const pattern_block *block, coco_value **sums) {
  const pattern_plan *plan = block->plan;
  const size_t count = (size_t)(block->rows * block->columns);
  coco_value *carried[VECTORS_MAXIMUM + 1];
  if (plan->kernels == 0) return;
  memcpy(carried, sums, count * sizeof *sums);
  carried[count] = coco_index_value(loops, coco_index_add(loops, block->window, block->lane));
  for (size_t i = 0; i < plan->masks->count && loops->builder.status == COCO_OK; ++i) {
    if (reads_ahead(plan) && plan->lanes == COCO_LOOPS_LANES) read_input_ahead(loops, block, (int64_t)i);
    add_run(loops, block, i, carried);
  }
  memcpy(sums, carried, count * sizeof *sums);
}

/* ---- Blocks ---- */

static coco_point point_of(const void *user, size_t sum) {
  const pattern_block *block = user;
  const size_t lanes = (size_t)block->plan->lanes;
  coco_point point = {.rank = 4, .lanes = lanes, .axis = 1, .valid = lanes, .in_patches = true, .patch = block->lane};
  point.index[0] = block->image;
  point.index[1] = block->channel;
  point.index[2] = coco_index_plus(block->row, (int64_t)sum / block->columns);
  point.index[3] = coco_index_plus(block->column, (int64_t)sum % block->columns);
  return point;
}

/* Element of the waiting sums of the block's filter, and of its lane. */
static coco_index waiting_place(coco_loops *loops, const pattern_block *block) {
  const int64_t sums = block->rows * block->columns;
  if (!block->waiting) return coco_index_of(0);
  coco_index filter = coco_index_multiply(loops, block->channel, sums * COCO_LOOPS_LANES),
             lane = coco_index_multiply(loops, block->lane, sums);
  return coco_index_fixed(loops, coco_index_add(loops, filter, lane));
}

static coco_patch_sums sums_of(coco_loops *loops, const pattern_block *block, const coco_patch_block *whole) {
  const pattern_plan *plan = block->plan;
  return (coco_patch_sums){.vector = plan->vector,
                           .count = (size_t)(block->rows * block->columns),
                           .group = block->group,
                           .groups = plan->groups,
                           .first_extra = COCO_LR_PATTERN_OPERANDS,
                           .streams = plan->streams,
                           .point = point_of,
                           .block = block,
                           .waiting = block->waiting,
                           .place = waiting_place(loops, block),
                           .whole = plan->with_halos ? whole : NULL};
}

/* What all lanes of the block's filter share. */
static void begin_filter(coco_loops *loops, pattern_block *block) {
  const pattern_plan *plan = block->plan;
  if (plan->kernels == 0) return;
  coco_index row = coco_index_add(loops, coco_index_multiply(loops, block->group, plan->filters), block->filter);
  block->kernel = coco_loops_load_number(loops, OPERAND_OFFSET, &row, 1);
  block->window = window_of(loops, block, block->kernel);
  read_weights_ahead(loops, block, block->kernel);
}

/* Each filter of the block's part. */
static void build_filters(coco_loops *loops, pattern_block *block) {
  const pattern_plan *plan = block->plan;
  coco_value *sums[VECTORS_MAXIMUM];
  const int64_t share = coco_ceil_divide(plan->filters, plan->parts);
  coco_index first = coco_index_fixed(loops, coco_index_multiply(loops, block->part, share));
  coco_index end = coco_index_minimum(loops, coco_index_plus(first, share), coco_index_of(plan->filters));
  coco_loop filters = coco_loop_begin(loops, first, end, 1, NULL, 0);
  block->filter = filters.induction;
  block->turn = coco_index_subtract(loops, block->filter, first);
  const bool own_order = loops->operands[OPERAND_REORDER].tensor->rank == 2;
  coco_index place[] = {block->group, block->filter};
  block->channel =
      coco_loops_load_number(loops, OPERAND_REORDER, own_order ? place : &block->filter, own_order ? 2 : 1);
  block->begin = block->first;
  if (plan->group_filters < plan->filters) {
    coco_index group = coco_index_divide(loops, block->channel, plan->group_filters);
    coco_index elements = coco_index_multiply(loops, group, plan->channels * plan->plane * COCO_LOOPS_LANES);
    block->begin = coco_index_fixed(loops, coco_index_add(loops, block->first, elements));
  }
  const coco_index begin = block->begin;
  begin_filter(loops, block);
  for (size_t i = 0; i < plan->masks->count && reads_ahead(plan) && plan->lanes < COCO_LOOPS_LANES; ++i)
    read_input_ahead(loops, block, (int64_t)i);
  coco_loop lanes = coco_loop_begin(loops, coco_index_of(0), coco_index_of(COCO_LOOPS_LANES), plan->lanes, NULL, 0);
  block->lane = lanes.induction;
  block->begin = coco_index_fixed(loops, coco_index_add(loops, begin, block->lane));
  const coco_patch_block whole = {.plane = {block->image, block->channel},
                                  .first = {block->row, block->column},
                                  .sizes = {block->rows, block->columns}};
  const coco_patch_sums of = sums_of(loops, block, &whole);
  coco_patch_sums_begin(loops, &of, sums);
  add_kernels(loops, block, sums);
  coco_patch_sums_end(loops, &of, sums);
  coco_loop_end(loops, &lanes, NULL);
  coco_loop_end(loops, &filters, NULL);
}

/* Where an unmoved window of channel 0 of GROUP begins for a block at ROW and COLUMN. Indices of a stored form without
 * shifts count all channels. */
static coco_index first_element(coco_loops *loops, const pattern_block *block, coco_index group, coco_index block_row,
                                coco_index block_column) {
  const pattern_plan *plan = block->plan;
  const coco_window *window = &plan->info.window;
  const int64_t *halo = loops->operands[OPERAND_INPUT].layout.halo;
  coco_index channel = coco_index_multiply(loops, block->image, plan->input_channels);
  if (plan->shifts) channel = coco_index_add(loops, channel, coco_index_multiply(loops, group, plan->span));
  coco_index row =
      coco_index_plus(coco_index_multiply(loops, block_row, window->strides[0]), halo[0] - window->pads[0]);
  coco_index column =
      coco_index_plus(coco_index_multiply(loops, block_column, window->strides[1]), halo[1] - window->pads[1]);
  coco_index vectors = coco_index_add(loops, coco_index_multiply(loops, channel, plan->plane),
                                      coco_index_multiply(loops, row, plan->pitch));
  return coco_index_fixed(loops, coco_index_multiply(loops, coco_index_add(loops, vectors, column), COCO_LOOPS_LANES));
}

/* The same for the group after the block's; after the last one, for the first group of the block to the right, or of
 * the first one below. */
static coco_index next_element(coco_loops *loops, const pattern_block *block) {
  const pattern_plan *plan = block->plan;
  const coco_index group = coco_index_plus(block->group, 1), right = coco_index_plus(block->column, block->columns);
  const coco_index last_row = coco_index_of(plan->patch[0] - block->rows),
                   last_column = coco_index_of(plan->patch[1] - block->columns);
  coco_index below = coco_index_minimum(loops, coco_index_plus(block->row, block->rows), last_row);
  coco_index row = select_where(loops, right, plan->patch[1], below, block->row);
  coco_index column =
      select_where(loops, right, plan->patch[1], coco_index_of(0), coco_index_minimum(loops, right, last_column));
  coco_index there = first_element(loops, block, coco_index_of(0), row, column);
  if (plan->groups == 1) return there;
  return select_where(loops, group, plan->groups, there, first_element(loops, block, group, block->row, block->column));
}

static void build_block(coco_loops *loops, pattern_block *block) {
  const pattern_plan *plan = block->plan;
  block->input = coco_loops_flatten(loops, loops->operands[OPERAND_INPUT].memory);
  coco_loop groups = coco_loop_begin(loops, coco_index_of(0), coco_index_of(plan->groups), 1, NULL, 0);
  block->group = groups.induction;
  block->first = first_element(loops, block, block->group, block->row, block->column);
  if (reads_ahead(plan)) block->next = next_element(loops, block);
  build_filters(loops, block);
  coco_loop_end(loops, &groups, NULL);
}

/* Blocks of all columns, ROWS rows high. */
static void build_columns(coco_loops *loops, pattern_block *block, int64_t largest) {
  int64_t sizes[2], counts[2], done = 0;
  coco_loops_split(block->plan->patch[1], largest, sizes, counts);
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

/* For all filters of a block of VECTORS vectors at most; NULL: sums wait in the output, or not at all. */
static coco_value *waiting_room(coco_loops *loops, const pattern_plan *plan, int64_t vectors) {
  const int64_t room = coco_patch_waiting_room(plan->filters, vectors);
  return plan->streams && plan->groups > 1 && room ? coco_loops_stack(loops, 1, &room) : NULL;
}

static void build_rows(coco_loops *loops, const pattern_plan *plan, int64_t rows, int64_t columns) {
  int64_t sizes[2], counts[2], done = 0, images = loops->output.tensor->shape[0];
  coco_loops_split(plan->patch[0], rows, sizes, counts);
  for (size_t i = 0; i < 2; ++i) {
    if (counts[i] == 0) continue;
    coco_index indices[3];
    coco_loop parallel = coco_parallel_begin(loops, (const int64_t[]){images, counts[i], plan->parts}, 3, indices);
    pattern_block block = {.plan = plan, .image = indices[0], .part = indices[2], .rows = sizes[i]};
    block.row = coco_index_fixed(loops, coco_index_plus(coco_index_multiply(loops, indices[1], sizes[i]), done));
    block.waiting = waiting_room(loops, plan, sizes[i] * columns);
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
                       .shifts = COCO_PROPERTY(layer, lr_pattern_conv, shifts),
                       .filters = loops->output.tensor->shape[1],
                       .channels = loops->operands[OPERAND_INPUT].tensor->shape[1],
                       .indices = loops->operands[OPERAND_INDEX].tensor->shape[0],
                       .span = COCO_PROPERTY(layer, lr_pattern_conv, span)->integer};
  if (!coco_lr_layout_has_patches(&loops->output.layout)) {
    coco_builder_fail(&loops->builder, coco_operation_error(layer, "has a lowering to loops only in patches"));
    return;
  }
  plan.lanes = tuning.lanes == 4 || tuning.lanes == 8 ? tuning.lanes : COCO_LOOPS_LANES;
  plan.together = tuning.unroll;
  plan.streams = tuning.streams > 0;
  plan.kernels = loops->operands[OPERAND_WEIGHTS].tensor->shape[0] / body_of(&plan, 0).entries;
  plan.vector = coco_loops_vector_type(loops, loops->output.tensor->element, (size_t)plan.lanes);
  plan.input_channels = plan.channels;
  plan.channels /= plan.info.group;
  plan.group_filters = plan.filters / plan.info.group;
  const int64_t *memory = loops->operands[OPERAND_INPUT].memory->type->shape; /* image, channel, row, column, lane */
  plan.pitch = memory[3];
  plan.plane = memory[2] * memory[3];
  plan.groups = coco_ceil_divide(plan.channels, plan.span);
  coco_lr_patch_extents(loops->output.tensor, plan.patch);
  plan.parts = tuning.pieces > 0 ? tuning.pieces : 1;
  if (plan.parts > plan.filters) plan.parts = plan.filters;
  int64_t rows = tuning.rows > 0 ? tuning.rows : BLOCK_ROWS,
          columns = tuning.columns > 0 ? tuning.columns : BLOCK_COLUMNS;
  while (rows > 1 && rows * columns > VECTORS_MAXIMUM) --rows;
  if (columns > plan.patch[1]) columns = plan.patch[1];
  plan.with_halos = plan.lanes == COCO_LOOPS_LANES && coco_patches_take_blocks(&loops->output, rows, columns);
  build_rows(loops, &plan, rows, columns);
  if (!plan.with_halos) coco_patches_finish(loops, &loops->output, plan.streams);
}
