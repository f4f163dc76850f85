/* Matrix products.
 *
 * Packed: `filters` vectors of 16 columns times `columns` rows of a in registers, over all of k. With one row (a vector
 * times a matrix) several blocks stream their weights at once. Plain: 16 columns of one row at a time. Each element
 * accumulates over k in order. Integers are plain. */
#include "dialects/arith/arith.h"
#include "lowering/loops_common.h"

enum { DEFAULT_ROWS = 6, DEFAULT_BLOCKS = 2, DEFAULT_BLOCKS_OF_ONE_ROW = 8, MAXIMUM_SUMS = 64 };

typedef struct product_plan {
  const coco_view *a, *b;
  int64_t rows, depth, columns;
  int64_t block_rows, block_filters, unroll;
} product_plan;

/* FILTERS blocks of columns from block FILTER on, ROWS rows from ROW on. */
typedef struct product_tile {
  coco_index filter, row;
  int64_t filters, rows;
  size_t valid_last;
} product_tile;

static void add_step(coco_loops *loops, const product_plan *product, const product_tile *tile, coco_index k,
                     coco_value **sums) {
  coco_value *weights[MAXIMUM_SUMS];
  for (int64_t f = 0; f < tile->filters; ++f) {
    coco_index place[] = {coco_index_plus(tile->filter, f), k, coco_index_of(0)};
    weights[f] = coco_loops_load(loops, product->b->memory, place, 3, COCO_LOOPS_LANES);
  }
  for (int64_t r = 0; r < tile->rows; ++r) {
    coco_index place[] = {coco_index_plus(tile->row, r), k};
    coco_value *element =
        coco_loops_broadcast(loops, coco_loops_load(loops, product->a->memory, place, 2, 0), COCO_LOOPS_LANES);
    for (int64_t f = 0; f < tile->filters; ++f) {
      coco_value **sum = &sums[r * tile->filters + f];
      *sum = coco_loops_fma(loops, element, weights[f], *sum);
    }
  }
}

static void build_tile(coco_loops *loops, const product_plan *product, const product_tile *tile) {
  coco_value *sums[MAXIMUM_SUMS];
  size_t count = (size_t)(tile->filters * tile->rows);
  coco_value *zero =
      coco_loops_number(loops, coco_loops_vector_type(loops, product->a->tensor->element, COCO_LOOPS_LANES), 0, 0);
  for (size_t i = 0; i < count; ++i) sums[i] = zero;
  if (product->depth > 0) {
    coco_loop loop =
        coco_loop_begin(loops, coco_index_of(0), coco_index_of(product->depth), product->unroll, sums, count);
    for (int64_t u = 0; u < product->unroll; ++u) {
      add_step(loops, product, tile, coco_index_fixed(loops, coco_index_plus(loop.induction, u)), loop.carried);
    }
    coco_loop_end(loops, &loop, loop.carried);
    memmove(sums, loop.carried, count * sizeof *sums);
  }
  coco_index first = coco_index_multiply(loops, tile->filter, COCO_LOOPS_LANES);
  for (int64_t r = 0; r < tile->rows; ++r) {
    for (int64_t f = 0; f < tile->filters; ++f) {
      coco_point point = {.rank = 2,
                          .lanes = COCO_LOOPS_LANES,
                          .axis = 1,
                          .valid = f == tile->filters - 1 ? tile->valid_last : COCO_LOOPS_LANES};
      point.index[0] = coco_index_plus(tile->row, r);
      point.index[1] = coco_index_plus(first, f * COCO_LOOPS_LANES);
      coco_loops_finish(loops, &point, sums[r * tile->filters + f], 2);
    }
  }
}

/* GROUPS groups of FILTERS blocks, from block FIRST on, by TILES tiles of ROWS rows, from row FIRST_ROW on. */
static void build_groups(coco_loops *loops, const product_plan *product, int64_t first, int64_t groups, int64_t filters,
                         int64_t first_row, int64_t tiles, int64_t rows, size_t valid_last) {
  if (groups <= 0 || filters <= 0 || tiles <= 0 || rows <= 0) return;
  coco_index indices[2];
  coco_loop parallel = coco_parallel_begin(loops, (const int64_t[]){groups, tiles}, 2, indices);
  product_tile tile = {.filters = filters, .rows = rows, .valid_last = valid_last};
  tile.filter = coco_index_fixed(loops, coco_index_plus(coco_index_multiply(loops, indices[0], filters), first));
  tile.row = coco_index_fixed(loops, coco_index_plus(coco_index_multiply(loops, indices[1], rows), first_row));
  build_tile(loops, product, &tile);
  coco_parallel_end(loops, &parallel);
}

static void build_packed(coco_loops *loops, const product_plan *product) {
  int64_t blocks = coco_ceil_divide(product->columns, COCO_LOOPS_LANES),
          tail = product->columns % COCO_LOOPS_LANES;
  int64_t whole = product->columns / COCO_LOOPS_LANES, groups = whole / product->block_filters;
  int64_t tiles = product->rows / product->block_rows, left = product->rows % product->block_rows;
  int64_t done = groups * product->block_filters;
  for (int i = 0; i < 2; ++i) {
    int64_t first_row = i ? tiles * product->block_rows : 0, count = i ? left > 0 : tiles,
            rows = i ? left : product->block_rows;
    build_groups(loops, product, 0, groups, product->block_filters, first_row, count, rows, COCO_LOOPS_LANES);
    build_groups(loops, product, done, 1, blocks - done, first_row, count, rows,
                 tail ? (size_t)tail : COCO_LOOPS_LANES);
  }
}

/* ---- Plain ---- */

/* sum + a * b; integers wrap around. */
static coco_value *add_product(coco_loops *loops, const coco_type *scalar, coco_value *a, coco_value *b, coco_value *sum) {
  if (coco_type_is_float(scalar)) return coco_loops_fma(loops, a, b, sum);
  coco_value *product = coco_build_binary(&loops->builder, &coco_arith_muli, coco_loops_seen_as(loops, a, scalar),
                                          coco_loops_seen_as(loops, b, scalar));
  return coco_build_binary(&loops->builder, &coco_arith_addi, sum, product);
}

static void plain_point(coco_loops *loops, const coco_point *point, void *user) {
  const product_plan *product = user;
  size_t rank = point->rank;
  const coco_type *element_type = product->a->tensor->element, *scalar = coco_loops_signless(loops, element_type);
  coco_value *sum = coco_loops_number(loops, coco_loops_vector_type(loops, scalar, point->lanes), 0, 0);
  if (product->depth > 0) {
    coco_loop loop = coco_loop_begin(loops, coco_index_of(0), coco_index_of(product->depth), 1, &sum, 1);
    coco_index left[COCO_LOOPS_RANK], right[COCO_LOOPS_RANK];
    size_t a_rank = product->a->tensor->rank, b_rank = product->b->tensor->rank;
    left[0] = right[0] = point->index[0];
    left[a_rank - 2] = point->index[rank - 2];
    left[a_rank - 1] = right[b_rank - 2] = loop.induction;
    right[b_rank - 1] = point->index[rank - 1];
    int64_t steps[COCO_LOOPS_RANK] = {0};
    coco_value *element = coco_view_load_lanes(loops, product->a, left, steps, point->lanes, point->valid);
    steps[b_rank - 1] = 1;
    coco_value *weight = coco_view_load_lanes(loops, product->b, right, steps, point->lanes, point->valid);
    coco_value *next = add_product(loops, scalar, element, weight, loop.carried[0]);
    coco_loop_end(loops, &loop, &next);
    sum = loop.carried[0];
  }
  coco_loops_finish(loops, point, coco_loops_seen_as(loops, sum, element_type), 2);
}

void coco_loops_matmul(coco_loops *loops) {
  coco_lr_tuning_info tuning = coco_lr_tuning_of(COCO_PROPERTY(loops->layer, lr_matmul, tuning));
  const coco_type *a = loops->operands[0].tensor, *output = loops->output.tensor;
  product_plan product = {.a = &loops->operands[0],
                          .b = &loops->operands[1],
                          .rows = output->shape[output->rank - 2],
                          .depth = a->shape[a->rank - 1],
                          .columns = output->shape[output->rank - 1]};
  if (coco_string_is(COCO_PROPERTY(loops->layer, lr_matmul, storage)->text, "plain")) {
    coco_loops_over_points(loops, &loops->output, coco_loops_axis(loops), tuning.pieces, plain_point, &product);
    return;
  }
  if (product.rows == 0 || product.columns == 0) return;
  int64_t blocks = coco_ceil_divide(product.columns, COCO_LOOPS_LANES);
  product.block_rows = tuning.columns > 0 ? tuning.columns : DEFAULT_ROWS;
  product.block_filters = tuning.filters > 0  ? tuning.filters
                          : product.rows == 1 ? DEFAULT_BLOCKS_OF_ONE_ROW
                                              : DEFAULT_BLOCKS;
  if (product.block_rows > product.rows) product.block_rows = product.rows;
  if (product.block_filters > blocks) product.block_filters = blocks;
  product.unroll = 1;
  int64_t sums = product.block_rows * product.block_filters, wanted = tuning.unroll > 0 ? tuning.unroll : 4;
  for (int64_t step = 1; step <= wanted && step * sums <= 4 * MAXIMUM_SUMS; ++step) {
    if (product.depth % step == 0) product.unroll = step;
  }
  build_packed(loops, &product);
}
