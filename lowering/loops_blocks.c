/* Layers in blocks of 16 outputs: lr.block_matmul and lr.block_conv.
 *
 * A register block is some blocks of outputs (the lanes of vectors) by several sites: rows of a, or output pixels. It
 * walks the kept inputs of each block; each is a number that says where it lies in the input's memory, counted from the
 * site's own base, one vector of weights that all sites share, and one multiply-add a site. The code does not depend on
 * what is kept. Each output adds its products in the stored order.
 *
 * Memory is read as one row of elements, so that a site is a distance that is known. A vector times a matrix reads
 * several blocks' weights at once, as many as all of them have, then what each has left: one stream alone would not
 * reach the speed of memory. A piece of a convolution is some pixels, whose input stays in the caches, for all blocks
 * or some of them. The pool gives pieces out one by one, so that blocks of unequal length balance. */
#include "dialects/lr/blocks.h"
#include "lowering/loops_common.h"

enum { SUMS_MAXIMUM = 64, DEFAULT_ROWS = 6, DEFAULT_STREAMS = 4, DEFAULT_PIXELS = 6 };
enum { OPERAND_INPUT, OPERAND_OFFSET, OPERAND_INDEX, OPERAND_WEIGHTS };

/* The sites of a register block: site i lies at[i] elements behind BASE, and writes points[i]. */
typedef struct block_sites {
  size_t count;
  coco_index base;
  int64_t at[SUMS_MAXIMUM];
  coco_point points[SUMS_MAXIMUM];
} block_sites;

/* Blocks of outputs taken at once: COUNT from FIRST on, the last of which has VALID outputs. Sum b * sites + i is that
 * of block b and site i. */
typedef struct block_set {
  coco_index first;
  size_t count, valid;
} block_set;

/* Kept input NUMBER of one block for all sites. */
static void add_kept(coco_loops *loops, const block_sites *sites, coco_value *input, coco_index number,
                     coco_value **sums) {
  const coco_index place[] = {number, coco_index_of(0)};
  coco_value *weights = coco_loops_load(loops, loops->operands[OPERAND_WEIGHTS].memory, place, 2, COCO_LOOPS_LANES);
  coco_index at = coco_index_add(loops, sites->base, coco_loops_load_number(loops, OPERAND_INDEX, &number, 1));
  at = coco_index_fixed(loops, at);
  for (size_t i = 0; i < sites->count; ++i) {
    const coco_index element = coco_index_plus(at, sites->at[i]);
    coco_value *scalar = coco_loops_load(loops, input, &element, 1, 0);
    sums[i] = coco_loops_fma(loops, coco_loops_broadcast(loops, scalar, COCO_LOOPS_LANES), weights, sums[i]);
  }
}

/* Kept inputs [FIRST, END) of one block. */
static void add_range(coco_loops *loops, const block_sites *sites, coco_value *input, coco_index first, coco_index end,
                      coco_value **sums) {
  if (loops->builder.status != COCO_OK) return;
  coco_loop kept = coco_loop_begin(loops, first, end, 1, sums, sites->count);
  add_kept(loops, sites, input, kept.induction, kept.carried);
  coco_loop_end(loops, &kept, kept.carried);
  memmove(sums, kept.carried, sites->count * sizeof *sums);
}

/* Of several blocks, as many kept inputs as the shortest has, side by side; then what each has left. */
static void add_streams(coco_loops *loops, const block_sites *sites, coco_value *input, const coco_index *ends,
                        size_t count, coco_value **sums) {
  coco_index lengths[SUMS_MAXIMUM], common = coco_index_of(0);
  for (size_t b = 0; b < count; ++b) {
    lengths[b] = coco_index_fixed(loops, coco_index_subtract(loops, ends[b + 1], ends[b]));
    common = b ? coco_index_minimum(loops, common, lengths[b]) : lengths[b];
  }
  if (loops->builder.status != COCO_OK) return;
  coco_loop kept = coco_loop_begin(loops, coco_index_of(0), common, 1, sums, count * sites->count);
  for (size_t b = 0; b < count; ++b) {
    const coco_index number = coco_index_fixed(loops, coco_index_add(loops, ends[b], kept.induction));
    add_kept(loops, sites, input, number, kept.carried + b * sites->count);
  }
  coco_loop_end(loops, &kept, kept.carried);
  memmove(sums, kept.carried, kept.count * sizeof *sums);
  for (size_t b = 0; b < count; ++b)
    add_range(loops, sites, input, coco_index_add(loops, ends[b], common), ends[b + 1], sums + b * sites->count);
}

/* What SET keeps. */
static void add_blocks(coco_loops *loops, const block_sites *sites, const block_set *set, coco_value **sums) {
  if (coco_type_element_count(loops->operands[OPERAND_INDEX].tensor) == 0) return;
  coco_value *input = coco_loops_flatten(loops, loops->operands[OPERAND_INPUT].memory);
  coco_index ends[SUMS_MAXIMUM + 1];
  for (size_t b = 0; b <= set->count; ++b) {
    const coco_index place = coco_index_plus(set->first, (int64_t)b);
    ends[b] = coco_loops_load_number(loops, OPERAND_OFFSET, &place, 1);
  }
  if (set->count > 1)
    add_streams(loops, sites, input, ends, set->count, sums);
  else
    add_range(loops, sites, input, ends[0], ends[1], sums);
}

/* The point that sum NUMBER of SET writes. */
static coco_point point_of(coco_loops *loops, const block_sites *sites, const block_set *set, size_t number) {
  const size_t block = number / sites->count;
  coco_point point = sites->points[number % sites->count];
  point.index[1] = coco_index_multiply(loops, coco_index_plus(set->first, (int64_t)block), COCO_LOOPS_LANES);
  point.lanes = COCO_LOOPS_LANES;
  point.axis = 1;
  point.valid = block + 1 == set->count ? set->valid : COCO_LOOPS_LANES;
  return point;
}

/* One register block. */
static void build_block(coco_loops *loops, const block_sites *sites, const block_set *set) {
  coco_value *sums[SUMS_MAXIMUM];
  const size_t count = set->count * sites->count;
  const coco_type *vector =
      coco_loops_vector_type(loops, loops->operands[OPERAND_INPUT].tensor->element, COCO_LOOPS_LANES);
  for (size_t i = 0; i < count; ++i) sums[i] = coco_loops_number(loops, vector, 0, 0);
  add_blocks(loops, sites, set, sums);
  for (size_t i = 0; i < count; ++i) {
    const coco_point point = point_of(loops, sites, set, i);
    coco_loops_finish(loops, &point, sums[i], COCO_LR_BLOCK_OPERANDS);
  }
}

/* ---- Products ---- */

/* GROUPS groups of BLOCKS blocks, from block FIRST on; the last block of each has VALID outputs. */
typedef struct block_range {
  int64_t first, groups, blocks;
  size_t valid;
} block_range;

/* COUNT tiles of ROWS rows, from row FIRST on. */
static void build_tiles(coco_loops *loops, const block_range *range, int64_t first, int64_t count, int64_t rows) {
  const int64_t depth = loops->operands[OPERAND_INPUT].tensor->shape[1];
  coco_index indices[2];
  coco_loop parallel = coco_parallel_begin(loops, (const int64_t[]){range->groups, count}, 2, indices);
  block_sites sites = {.count = (size_t)rows};
  block_set set = {.count = (size_t)range->blocks, .valid = range->valid};
  coco_index row = coco_index_plus(coco_index_multiply(loops, indices[1], rows), first);
  row = coco_index_fixed(loops, row);
  sites.base = coco_index_multiply(loops, row, depth);
  for (int64_t i = 0; i < rows; ++i) {
    sites.at[i] = i * depth;
    sites.points[i] = (coco_point){.rank = 2};
    sites.points[i].index[0] = coco_index_plus(row, i);
  }
  set.first =
      coco_index_fixed(loops, coco_index_plus(coco_index_multiply(loops, indices[0], range->blocks), range->first));
  build_block(loops, &sites, &set);
  coco_parallel_end(loops, &parallel);
}

/* Whole groups of STREAMS blocks; then the blocks that are left, the last of them maybe with fewer outputs. */
static size_t ranges_of(int64_t outputs, int64_t streams, block_range ranges[2]) {
  const int64_t whole = outputs / COCO_LOOPS_LANES, groups = whole / streams, tail = outputs % COCO_LOOPS_LANES;
  const int64_t left = whole - groups * streams + (tail > 0);
  size_t count = 0;
  if (groups) ranges[count++] = (block_range){0, groups, streams, COCO_LOOPS_LANES};
  if (left) ranges[count++] = (block_range){groups * streams, 1, left, tail ? (size_t)tail : COCO_LOOPS_LANES};
  return count;
}

void coco_loops_block_matmul(coco_loops *loops) {
  const coco_lr_tuning_info tuning = coco_lr_tuning_of(COCO_PROPERTY(loops->layer, lr_block_matmul, tuning));
  const int64_t rows = loops->output.tensor->shape[0], largest = tuning.columns > 0 ? tuning.columns : DEFAULT_ROWS;
  int64_t sizes[2], counts[2], streams = tuning.filters > 0 ? tuning.filters : rows == 1 ? DEFAULT_STREAMS : 1;
  block_range ranges[2];
  if (rows == 0) return;
  coco_loops_split(rows, largest, sizes, counts);
  while (streams > 1 && (streams + 1) * (counts[0] ? sizes[0] : sizes[1]) > SUMS_MAXIMUM) --streams;
  const size_t count = ranges_of(loops->output.tensor->shape[1], streams, ranges);
  for (size_t i = 0; i < count; ++i)
    for (size_t k = 0; k < 2; ++k)
      if (counts[k]) build_tiles(loops, &ranges[i], k ? counts[0] * sizes[0] : 0, counts[k], sizes[k]);
}

/* ---- Convolutions ---- */

typedef struct conv_plan {
  coco_lr_window_info info;
  int64_t first, end; /* blocks */
  size_t valid;       /* outputs of the last one */
  int64_t parts;      /* of the blocks, that run in parallel */
} conv_plan;

/* A piece of ROWS x COLUMNS pixels, the first at (ROW, COLUMN) of the output, for each PARTS-th block from PART on. */
typedef struct conv_piece {
  const conv_plan *plan;
  coco_index image, row, column, part;
  int64_t rows, columns;
} conv_piece;

static block_sites sites_of(coco_loops *loops, const conv_piece *piece) {
  const coco_view *input = &loops->operands[OPERAND_INPUT];
  const coco_window *window = &piece->plan->info.window;
  const int64_t *physical = input->memory->type->shape; /* [n][blocks][rows][columns][16] */
  const int64_t column = COCO_LOOPS_LANES, row = physical[3] * column, image = physical[1] * physical[2] * row;
  block_sites sites = {.count = (size_t)(piece->rows * piece->columns)};
  const coco_index first_row = coco_index_plus(coco_index_multiply(loops, piece->row, window->strides[0]),
                                               input->layout.halo[COCO_LR_TOP] - window->pads[0]),
                   first_column = coco_index_plus(coco_index_multiply(loops, piece->column, window->strides[1]),
                                                  input->layout.halo[COCO_LR_LEFT] - window->pads[1]);
  sites.base = coco_index_add(loops, coco_index_multiply(loops, piece->image, image),
                              coco_index_multiply(loops, first_row, row));
  sites.base = coco_index_add(loops, sites.base, coco_index_multiply(loops, first_column, column));
  sites.base = coco_index_fixed(loops, sites.base);
  for (int64_t y = 0; y < piece->rows; ++y)
    for (int64_t x = 0; x < piece->columns; ++x) {
      const size_t site = (size_t)(y * piece->columns + x);
      sites.at[site] = y * window->strides[0] * row + x * window->strides[1] * column;
      sites.points[site] = (coco_point){.rank = 4};
      sites.points[site].index[0] = piece->image;
      sites.points[site].index[2] = coco_index_plus(piece->row, y);
      sites.points[site].index[3] = coco_index_plus(piece->column, x);
    }
  return sites;
}

static void build_piece(coco_loops *loops, const conv_piece *piece) {
  const conv_plan *plan = piece->plan;
  const block_sites sites = sites_of(loops, piece);
  coco_loop blocks =
      coco_loop_begin(loops, coco_index_plus(piece->part, plan->first), coco_index_of(plan->end), plan->parts, NULL, 0);
  const block_set set = {.first = blocks.induction, .count = 1, .valid = plan->valid};
  build_block(loops, &sites, &set);
  coco_loop_end(loops, &blocks, NULL);
}

/* ROWS x COLUMNS pixels at most in a piece; image extents that do not divide give pieces of two sizes. */
static void build_pieces(coco_loops *loops, const conv_plan *plan, int64_t rows, int64_t columns) {
  const int64_t *shape = loops->output.tensor->shape;
  int64_t heights[2], widths[2], down[2], across[2];
  coco_loops_split(shape[2], rows, heights, down);
  coco_loops_split(shape[3], columns, widths, across);
  for (size_t i = 0; i < 4; ++i) {
    const size_t y = i / 2, x = i % 2;
    if (!down[y] || !across[x]) continue;
    coco_index indices[4];
    coco_loop parallel =
        coco_parallel_begin(loops, (const int64_t[]){shape[0], down[y], across[x], plan->parts}, 4, indices);
    conv_piece piece = {
        .plan = plan, .image = indices[0], .part = indices[3], .rows = heights[y], .columns = widths[x]};
    piece.row = coco_index_plus(coco_index_multiply(loops, indices[1], heights[y]), y ? down[0] * heights[0] : 0);
    piece.column = coco_index_plus(coco_index_multiply(loops, indices[2], widths[x]), x ? across[0] * widths[0] : 0);
    piece.row = coco_index_fixed(loops, piece.row);
    piece.column = coco_index_fixed(loops, piece.column);
    build_piece(loops, &piece);
    coco_parallel_end(loops, &parallel);
  }
}

void coco_loops_block_conv(coco_loops *loops) {
  const coco_operation *layer = loops->layer;
  const coco_lr_tuning_info tuning = coco_lr_tuning_of(COCO_PROPERTY(layer, lr_block_conv, tuning));
  int64_t columns = tuning.columns > 0 ? tuning.columns : DEFAULT_PIXELS, rows = tuning.rows > 0 ? tuning.rows : 1;
  if (!coco_string_is(COCO_PROPERTY(layer, lr_block_conv, storage)->text, "placed")) {
    coco_builder_fail(&loops->builder, coco_operation_error(layer, "has a lowering to loops only with storage placed"));
    return;
  }
  if (coco_type_element_count(loops->output.tensor) == 0) return;
  while (rows > 1 && rows * columns > SUMS_MAXIMUM) --rows;
  const int64_t outputs = loops->output.tensor->shape[1], tail = outputs % COCO_LOOPS_LANES;
  /* Lanes past the last output may hold anything; but extras have none to read there. */
  const bool apart = tail && layer->operand_count > COCO_LR_BLOCK_OPERANDS;
  const int64_t blocks = coco_blocks_rows((uint32_t)outputs), whole = blocks - apart;
  conv_plan plan = {.info = coco_lr_window_of(COCO_PROPERTY(layer, lr_block_conv, info)),
                    .end = whole,
                    .valid = COCO_LOOPS_LANES,
                    .parts = tuning.pieces > 0 && tuning.pieces < whole ? tuning.pieces : 1};
  if (whole > 0) build_pieces(loops, &plan, rows, columns);
  plan.first = whole, plan.end = blocks, plan.parts = 1, plan.valid = (size_t)tail;
  if (apart) build_pieces(loops, &plan, rows, columns);
  coco_view_zero_halo(loops, &loops->output);
}
