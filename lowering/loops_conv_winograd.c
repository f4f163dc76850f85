/* Convolutions of storages winograd2, winograd4 and winograd6: tiles are transformed into the workspace, multiplied
 * position by position with the transformed weights, and transformed back. See winograd_plan.h for groups and pieces.
 *
 * Lanes are 16 channels in the first part, 16 filters in the others. The products run in register blocks of `filters`
 * blocks of filters by `columns` tiles; positions are the outermost loop, so that the weights of one meet all tiles of
 * a group while they are in the cache. The last register block of a group reaches back over tiles that are done, and
 * writes the same again. */
#include "dialects/arith/arith.h"
#include "dialects/memref/memref.h"
#include "lowering/loops_common.h"
#include "lowering/winograd_plan.h"

enum { BLOCKS_MAXIMUM = 64, UNROLLED_CHANNELS = 4, DEFAULT_FILTERS = 2, LANES = COCO_LOOPS_LANES };

typedef struct winograd {
  coco_winograd_plan plan;
  const coco_view *input, *weight;
  coco_value *workspace, *half; /* half: an output tile transformed down its columns, [m][a][16] */
  const coco_type *vector;
  int64_t pads[2];
  int64_t columns, filters; /* of a register block */
  size_t extras;
} winograd;

/* A group of tiles at work. */
typedef struct tile_group {
  winograd *conv;
  coco_index first, count; /* tiles */
  coco_index slice;        /* its elements in the workspace start here */
} tile_group;

/* ---- Transforms ---- */

static coco_value *run_step(coco_loops *loops, const winograd *conv, const coco_winograd_step *step,
                            coco_value *const *slots) {
  coco_value *from = slots[step->from], *with = step->with == COCO_WINOGRAD_NOTHING ? NULL : slots[step->with];
  if (with && step->factor == 1) return coco_build_binary(&loops->builder, &coco_arith_addf, with, from);
  if (with && step->factor == -1) return coco_build_binary(&loops->builder, &coco_arith_subf, with, from);
  coco_value *factor = coco_loops_number(loops, conv->vector, (double)step->factor, 0);
  if (with) return coco_loops_fma(loops, from, factor, with);
  return coco_build_binary(&loops->builder, &coco_arith_mulf, from, factor);
}

/* Elements at IN, IN + STRIDE, ... give those at OUT, OUT + OUT_STRIDE, .... */
static void transform(coco_loops *loops, const winograd *conv, const coco_winograd_transform *by, coco_value **in,
                      size_t stride, coco_value **out, size_t out_stride) {
  coco_value *slots[COCO_WINOGRAD_SLOTS];
  for (size_t i = 0; i < by->inputs; ++i) slots[i] = in[i * stride];
  for (size_t i = 0; i < by->step_count && loops->builder.status == COCO_OK; ++i)
    slots[by->steps[i].to] = run_step(loops, conv, &by->steps[i], slots);
  for (size_t i = 0; i < by->outputs; ++i) out[i * out_stride] = slots[by->results[i]];
}

/* ---- Places ---- */

/* The image, and the first output row and column, of a tile. */
typedef struct tile_place {
  coco_index image, tile_row, tile_column, row, column;
} tile_place;

static tile_place place_of(coco_loops *loops, const winograd *conv, coco_index tile) {
  const coco_winograd_plan *plan = &conv->plan;
  tile_place place = {.image = coco_index_of(0)};
  if (conv->input->tensor->shape[0] > 1) {
    place.image = coco_index_divide(loops, tile, plan->rows * plan->columns);
    tile = coco_index_modulo(loops, tile, plan->rows * plan->columns);
  }
  place.tile_row = plan->rows > 1 ? coco_index_divide(loops, tile, plan->columns) : coco_index_of(0);
  place.tile_column = plan->rows > 1 ? coco_index_modulo(loops, tile, plan->columns) : tile;
  place.row = coco_index_multiply(loops, place.tile_row, plan->algorithm->tile);
  place.column = coco_index_multiply(loops, place.tile_column, plan->algorithm->tile);
  return place;
}

static coco_value *load_workspace(coco_loops *loops, const winograd *conv, coco_index at, size_t lanes) {
  return coco_loops_load(loops, conv->workspace, &at, 1, lanes);
}

/* ---- First part: the input ---- */

/* Tile LOCAL of the group. */
static void transform_input(coco_loops *loops, const tile_group *group, coco_index local) {
  const winograd *conv = group->conv;
  const coco_winograd_plan *plan = &conv->plan;
  size_t reach = (size_t)plan->algorithm->reach;
  tile_place place = place_of(loops, conv, coco_index_fixed(loops, coco_index_add(loops, group->first, local)));
  coco_index to = coco_index_add(loops, group->slice, coco_index_multiply(loops, local, plan->input_row));
  const int64_t *halo = conv->input->layout.halo;
  coco_index top = coco_index_plus(place.row, halo[COCO_LR_TOP] - conv->pads[0]);
  coco_index left = coco_index_plus(place.column, halo[COCO_LR_LEFT] - conv->pads[1]);
  coco_loop blocks = coco_loop_begin(loops, coco_index_of(0), coco_index_of(plan->channel_blocks), 1, NULL, 0);
  coco_value *tile[COCO_WINOGRAD_REACH * COCO_WINOGRAD_REACH] = {0},
                                         *half[COCO_WINOGRAD_REACH * COCO_WINOGRAD_REACH] = {0};
  coco_value *row[COCO_WINOGRAD_REACH] = {0};
  for (size_t j = 0; j < reach; ++j) {
    for (size_t i = 0; i < reach; ++i) {
      coco_index at[] = {place.image, blocks.induction, coco_index_plus(top, (int64_t)i),
                         coco_index_plus(left, (int64_t)j), coco_index_of(0)};
      tile[i * reach + j] = coco_loops_load(loops, conv->input->memory, at, 5, LANES);
    }
    transform(loops, conv, &plan->algorithm->input, tile + j, reach, half + j, reach);
  }
  coco_index base =
      coco_index_fixed(loops, coco_index_add(loops, to, coco_index_multiply(loops, blocks.induction, LANES)));
  for (size_t i = 0; i < reach; ++i) {
    transform(loops, conv, &plan->algorithm->input, half + i * reach, 1, row, 1);
    for (size_t j = 0; j < reach; ++j) {
      coco_index at = coco_index_plus(base, (int64_t)(i * reach + j) * plan->input_plane);
      coco_loops_store(loops, row[j], conv->workspace, &at, 1);
    }
  }
  coco_loop_end(loops, &blocks, NULL);
}

/* ---- Second part: the products ---- */

/* `columns` tiles by FILTERS blocks at one position. */
typedef struct product_block {
  const tile_group *group;
  coco_index position, filter; /* filter: number of the first block */
  coco_index input, sums;      /* elements of the first tile */
  int64_t filters;
} product_block;

static void add_channel(coco_loops *loops, const product_block *block, coco_index channel, coco_value **sums) {
  const winograd *conv = block->group->conv;
  coco_value *weights[COCO_LOOPS_LANES];
  for (int64_t f = 0; f < block->filters; ++f) {
    coco_index at[] = {block->position, coco_index_plus(block->filter, f), channel, coco_index_of(0)};
    weights[f] = coco_loops_load(loops, conv->weight->memory, at, 4, LANES);
  }
  coco_index input = coco_index_add(loops, block->input, channel);
  for (int64_t j = 0; j < conv->columns; ++j) {
    coco_value *scalar = load_workspace(loops, conv, coco_index_plus(input, j * conv->plan.input_row), 0);
    coco_value *element = coco_loops_broadcast(loops, scalar, LANES);
    for (int64_t f = 0; f < block->filters; ++f) {
      coco_value **sum = &sums[f * conv->columns + j];
      *sum = coco_loops_fma(loops, element, weights[f], *sum);
    }
  }
}

static void multiply_block(coco_loops *loops, const product_block *block) {
  const winograd *conv = block->group->conv;
  size_t count = (size_t)(block->filters * conv->columns);
  coco_value *sums[BLOCKS_MAXIMUM], *zero = coco_loops_number(loops, conv->vector, 0, 0);
  for (size_t i = 0; i < count; ++i) sums[i] = zero;
  int64_t step = UNROLLED_CHANNELS;
  while (conv->plan.channels % step) step /= 2;
  coco_loop loop = coco_loop_begin(loops, coco_index_of(0), coco_index_of(conv->plan.channels), step, sums, count);
  for (int64_t i = 0; i < step; ++i) add_channel(loops, block, coco_index_plus(loop.induction, i), loop.carried);
  coco_loop_end(loops, &loop, loop.carried);
  for (int64_t f = 0; f < block->filters; ++f) {
    for (int64_t j = 0; j < conv->columns; ++j) {
      coco_index at = coco_index_plus(block->sums, j * conv->plan.sums_row + f * LANES);
      coco_loops_store(loops, loop.carried[f * conv->columns + j], conv->workspace, &at, 1);
    }
  }
}

/* GROUPS groups of FILTERS blocks from block FIRST on, at one position. */
static void multiply_filters(coco_loops *loops, const tile_group *group, coco_index position, int64_t first,
                             int64_t groups, int64_t filters) {
  if (groups <= 0 || filters <= 0) return;
  const winograd *conv = group->conv;
  const coco_winograd_plan *plan = &conv->plan;
  coco_loop blocks = coco_loop_begin(loops, coco_index_of(0), coco_index_of(groups), 1, NULL, 0);
  product_block block = {.group = group, .position = position, .filters = filters};
  block.filter = coco_index_fixed(loops, coco_index_plus(coco_index_multiply(loops, blocks.induction, filters), first));
  coco_index input = coco_index_add(loops, group->slice, coco_index_multiply(loops, position, plan->input_plane));
  coco_index sums = coco_index_add(loops, group->slice, coco_index_multiply(loops, position, plan->sums_plane));
  sums = coco_index_add(loops, sums, coco_index_multiply(loops, block.filter, LANES));
  coco_loop tiles = coco_loop_begin(loops, coco_index_of(0), group->count, conv->columns, NULL, 0);
  coco_index last = coco_index_plus(group->count, -conv->columns);
  coco_index tile = tiles.operation ? coco_index_minimum(loops, tiles.induction, last) : tiles.induction;
  block.input =
      coco_index_fixed(loops, coco_index_add(loops, input, coco_index_multiply(loops, tile, plan->input_row)));
  block.sums = coco_index_fixed(
      loops,
      coco_index_plus(coco_index_add(loops, sums, coco_index_multiply(loops, tile, plan->sums_row)), plan->sums));
  multiply_block(loops, &block);
  coco_loop_end(loops, &tiles, NULL);
  coco_loop_end(loops, &blocks, NULL);
}

static void multiply_position(coco_loops *loops, const tile_group *group, coco_index position) {
  const winograd *conv = group->conv;
  int64_t blocks = conv->plan.filter_blocks, groups = blocks / conv->filters;
  multiply_filters(loops, group, position, 0, groups, conv->filters);
  multiply_filters(loops, group, position, groups * conv->filters, 1, blocks - groups * conv->filters);
}

/* ---- Third part: the output ---- */

/* Columns [FROM, TO) of an output row, whose values are in ROW. */
static void store_columns(coco_loops *loops, const coco_point *point, coco_value *const *row, int64_t from,
                          int64_t to) {
  for (int64_t j = from; j < to; ++j) {
    coco_point at = *point;
    at.index[3] = coco_index_plus(point->index[3], j);
    coco_loops_finish(loops, &at, row[j], 2);
  }
}

/* A row of a tile: where tiles reach past the result, those columns are left out in the last tile of a row. */
static void store_row(coco_loops *loops, const winograd *conv, const tile_place *place, const coco_point *point,
                      coco_value *const *row) {
  int64_t size = conv->plan.algorithm->tile, columns = conv->plan.columns, rest = loops->output.tensor->shape[3] % size;
  if (rest == 0) {
    store_columns(loops, point, row, 0, size);
    return;
  }
  store_columns(loops, point, row, 0, rest);
  if (columns == 1) return;
  coco_loop inner = coco_loop_begin(loops, place->tile_column, coco_index_of(columns - 1), columns, NULL, 0);
  store_columns(loops, point, row, rest, size);
  coco_loop_end(loops, &inner, NULL);
}

/* One block of filters of a tile, whose sums start at FROM. */
static void transform_output(coco_loops *loops, const winograd *conv, const tile_place *place, coco_index from,
                             coco_point *point) {
  const coco_winograd_plan *plan = &conv->plan;
  const coco_winograd *algorithm = plan->algorithm;
  size_t reach = (size_t)algorithm->reach, size = (size_t)algorithm->tile;
  coco_value *values[COCO_WINOGRAD_REACH] = {0}, *results[COCO_WINOGRAD_REACH] = {0};
  for (size_t j = 0; j < reach; ++j) {
    for (size_t i = 0; i < reach; ++i)
      values[i] =
          load_workspace(loops, conv, coco_index_plus(from, (int64_t)(i * reach + j) * plan->sums_plane), LANES);
    transform(loops, conv, &algorithm->output, values, 1, results, 1);
    for (size_t i = 0; i < size; ++i) {
      coco_index at[] = {coco_index_of((int64_t)i), coco_index_of((int64_t)j), coco_index_of(0)};
      coco_loops_store(loops, results[i], conv->half, at, 3);
    }
  }
  coco_index rows = coco_index_of(algorithm->tile);
  int64_t height = loops->output.tensor->shape[2];
  if (height % algorithm->tile)
    rows = coco_index_minimum(loops, rows, coco_index_subtract(loops, coco_index_of(height), place->row));
  coco_loop loop = coco_loop_begin(loops, coco_index_of(0), rows, 1, NULL, 0);
  for (size_t j = 0; j < reach; ++j) {
    coco_index at[] = {loop.induction, coco_index_of((int64_t)j), coco_index_of(0)};
    values[j] = coco_loops_load(loops, conv->half, at, 3, LANES);
  }
  transform(loops, conv, &algorithm->output, values, 1, results, 1);
  point->index[2] = coco_index_fixed(loops, coco_index_add(loops, place->row, loop.induction));
  store_row(loops, conv, place, point, results);
  coco_loop_end(loops, &loop, NULL);
}

/* BLOCKS blocks of filters from FIRST on, VALID lanes of each, of tile LOCAL. */
static void transform_blocks(coco_loops *loops, const tile_group *group, coco_index local, const tile_place *place,
                             int64_t first, int64_t blocks, size_t valid) {
  if (blocks <= 0) return;
  const winograd *conv = group->conv;
  coco_index from = coco_index_add(loops, group->slice, coco_index_multiply(loops, local, conv->plan.sums_row));
  coco_loop loop = coco_loop_begin(loops, coco_index_of(first), coco_index_of(first + blocks), 1, NULL, 0);
  coco_index filter = coco_index_multiply(loops, loop.induction, LANES);
  coco_point point = {.rank = 4, .lanes = LANES, .axis = 1, .valid = valid};
  point.index[0] = place->image;
  point.index[1] = filter;
  point.index[3] = place->column;
  from = coco_index_fixed(loops, coco_index_plus(coco_index_add(loops, from, filter), conv->plan.sums));
  transform_output(loops, conv, place, from, &point);
  coco_loop_end(loops, &loop, NULL);
}

/* The block of filters that is not full is done apart where extras could not be read as whole blocks. */
static void finish_tile(coco_loops *loops, const tile_group *group, coco_index local) {
  const winograd *conv = group->conv;
  tile_place place = place_of(loops, conv, coco_index_fixed(loops, coco_index_add(loops, group->first, local)));
  int64_t blocks = conv->plan.filter_blocks, tail = conv->plan.filters % LANES, partial = tail && conv->extras;
  transform_blocks(loops, group, local, &place, 0, blocks - partial, LANES);
  if (partial) transform_blocks(loops, group, local, &place, blocks - 1, 1, (size_t)tail);
}

/* ---- Groups ---- */

/* Room for a transformed tile, of the piece at work. */
static void allocate_half(coco_loops *loops, winograd *conv) {
  const coco_winograd *algorithm = conv->plan.algorithm;
  const int64_t shape[] = {algorithm->tile, algorithm->reach, LANES};
  const coco_type *type = coco_type_memref(loops->context, 3, shape, loops->output.tensor->element, NULL, NULL);
  if (!type) coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
  static const int32_t none[] = {0, 0};
  conv->half = coco_build_value(
      &loops->builder,
      &(coco_operation_state){.definition = &coco_memref_alloca, .segment_sizes = none, COCO_WITH_RESULTS(type)});
}

typedef void (*part_function)(coco_loops *loops, const tile_group *group, coco_index index);

static void run_part(coco_loops *loops, const tile_group *group, coco_index count, part_function part) {
  coco_loop loop = coco_loop_begin(loops, coco_index_of(0), count, 1, NULL, 0);
  part(loops, group, loop.induction);
  coco_loop_end(loops, &loop, NULL);
}

/* The same in parallel: TURNS turns, of which those past COUNT do nothing. */
static void run_part_in_parallel(coco_loops *loops, const tile_group *group, int64_t turns, coco_index count,
                                 part_function part) {
  coco_index index;
  coco_loop parallel = coco_parallel_begin(loops, &turns, 1, &index);
  if (part == finish_tile) allocate_half(loops, group->conv);
  coco_index end =
      count.value ? coco_index_minimum(loops, coco_index_plus(index, 1), count) : coco_index_plus(index, 1);
  coco_loop loop = coco_loop_begin(loops, index, end, 1, NULL, 0);
  part(loops, group, loop.induction);
  coco_loop_end(loops, &loop, NULL);
  coco_parallel_end(loops, &parallel);
}

/* Group NUMBER: tiles from NUMBER * tiles / groups on, so that sizes differ by one at most. */
static tile_group group_of(coco_loops *loops, winograd *conv, coco_index number, coco_index slice) {
  const coco_winograd_plan *plan = &conv->plan;
  tile_group group = {.conv = conv, .slice = slice};
  if (plan->tiles % plan->groups == 0) {
    group.first = coco_index_multiply(loops, number, plan->largest);
    group.count = coco_index_of(plan->largest);
    return group;
  }
  coco_index scaled = coco_index_multiply(loops, number, plan->tiles);
  group.first = coco_index_fixed(loops, coco_index_divide(loops, scaled, plan->groups));
  coco_index end = coco_index_divide(loops, coco_index_plus(scaled, plan->tiles), plan->groups);
  group.count = coco_index_fixed(loops, coco_index_subtract(loops, end, group.first));
  return group;
}

/* Groups one after the other, each part of the work in parallel. */
static void build_parts(coco_loops *loops, winograd *conv) {
  const coco_winograd_plan *plan = &conv->plan;
  coco_loop groups = coco_loop_begin(loops, coco_index_of(0), coco_index_of(plan->groups), 1, NULL, 0);
  tile_group group = group_of(loops, conv, groups.induction, coco_index_of(0));
  run_part_in_parallel(loops, &group, plan->largest, group.count, transform_input);
  run_part_in_parallel(loops, &group, plan->positions, coco_index_of(plan->positions), multiply_position);
  run_part_in_parallel(loops, &group, plan->largest, group.count, finish_tile);
  coco_loop_end(loops, &groups, NULL);
}

/* Pieces with ranges of groups. */
static void build_pieces(coco_loops *loops, winograd *conv) {
  const coco_winograd_plan *plan = &conv->plan;
  coco_index piece;
  coco_loop parallel = coco_parallel_begin(loops, &plan->pieces, 1, &piece);
  allocate_half(loops, conv);
  coco_index slice = coco_index_fixed(loops, coco_index_multiply(loops, piece, plan->slice));
  coco_index scaled = coco_index_multiply(loops, piece, plan->groups);
  coco_index first = coco_index_divide(loops, scaled, plan->pieces);
  coco_index end = coco_index_divide(loops, coco_index_plus(scaled, plan->groups), plan->pieces);
  coco_loop groups = coco_loop_begin(loops, first, end, 1, NULL, 0);
  tile_group group = group_of(loops, conv, groups.induction, slice);
  run_part(loops, &group, group.count, transform_input);
  run_part(loops, &group, coco_index_of(plan->positions), multiply_position);
  run_part(loops, &group, group.count, finish_tile);
  coco_loop_end(loops, &groups, NULL);
  coco_parallel_end(loops, &parallel);
}

void coco_loops_conv_winograd(coco_loops *loops) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(loops->layer, lr_conv, info));
  coco_lr_tuning_info tuning = coco_lr_tuning_of(COCO_PROPERTY(loops->layer, lr_conv, tuning));
  winograd conv = {.plan = coco_winograd_plan_of(loops->layer),
                   .input = &loops->operands[0],
                   .weight = &loops->operands[1],
                   .workspace = loops->workspace,
                   .pads = {info.window.pads[0], info.window.pads[1]},
                   .columns = tuning.columns > 0 ? tuning.columns : COCO_LOOPS_COLUMNS,
                   .filters = tuning.filters > 0 ? tuning.filters : DEFAULT_FILTERS,
                   .extras = loops->layer->operand_count - 2};
  if (conv.plan.size == 0) return;
  int64_t smallest = conv.plan.tiles / conv.plan.groups;
  if (conv.columns > smallest) conv.columns = smallest;
  if (conv.filters > conv.plan.filter_blocks) conv.filters = conv.plan.filter_blocks;
  conv.vector = coco_loops_vector_type(loops, loops->output.tensor->element, LANES);
  if (conv.plan.pieces)
    build_pieces(loops, &conv);
  else
    build_parts(loops, &conv);
  coco_view_zero_halo(loops, &loops->output);
}
