/* Dense convolutions with packed weights (storages direct and gemm), by register blocks.
 *
 * A block is `filters` vectors of 16 filters times `columns` output columns of one row, kept in registers over all
 * channels and kernel positions. Each input element is loaded once per kernel row and spread over all lanes; it meets
 * every kernel column that needs it (wide kernels take one column after the other). Each output accumulates over
 * channels, kernel rows, kernel columns, in this order, as the reference does. The input's halo holds what windows read
 * past the image (the verifier sees to it), so that nothing is compared inside.
 *
 * A piece of the work is a band of output rows, or a part of the only one, times `filters` blocks of filters. Where the weights of all channels would
 * not stay in the first cache, the piece takes some channels at a time: all its outputs add those channels, and wait in
 * memory of the piece (on the stack, at most PARTIAL_BYTES) for the next ones. */
#include "lowering/loops_common.h"

enum { UNROLLED_MAXIMUM = 324, DEFAULT_FILTERS = 2, FILTERS_MAXIMUM = 16, PARTIAL_BYTES = 32 << 10 };
/* The weights of a kernel row stay in registers while its columns share input elements: too many for wider kernels. */
enum { SHARED_COLUMNS = 3, LEAST_PIECES = 16 };

typedef struct direct {
  coco_view *input, *weight;
  const coco_type *vector;
  const coco_window *window;
  int64_t channels, filters_total;
  int64_t height, width;      /* of the output */
  int64_t kernel_height, kernel_width;
  int64_t columns, filters;   /* of a full block */
  int64_t channel_step;       /* channels in one step of the loop */
  int64_t chunk;              /* channels that a piece takes at a time */
  int64_t rows;               /* output rows of a piece */
  int64_t span;               /* output columns of a piece, a part of the only row; 0: whole rows */
  bool unroll_rows, unroll_columns;
  size_t extras;
} direct;

/* One register block. */
typedef struct register_block {
  const direct *conv;
  coco_index image, filter, row, column; /* first filter block; output row; first output column */
  coco_index part;      /* of the only row, where pieces are parts of it */
  int64_t filters, columns;
  size_t valid_last; /* lanes of the last filter block */
  coco_index top;       /* physical input row of kernel row 0 */
  coco_index chunk;     /* the first channel to add, or (blocked input) the first block of channels */
  coco_value *partial;  /* [row of the band][column][filter block][16], NULL: all channels at once */
  coco_index band_row;
  enum { BLOCK_WHOLE, BLOCK_ADD, BLOCK_FINISH } stage;
  coco_index *lefts;    /* physical input columns of the block's first output column, on */
} register_block;

/* Where the channel being worked on lies. */
typedef struct conv_channel {
  coco_index number, outer, lane; /* outer and lane: of a blocked input */
} conv_channel;

static coco_value *load_input(coco_loops *loops, const register_block *block, const conv_channel *channel,
                              coco_index row, coco_index column) {
  const coco_view *input = block->conv->input;
  coco_index place[] = {block->image, channel->outer, row, column, channel->lane};
  coco_view_turn(loops, input, place);
  coco_value *scalar = coco_loops_load(loops, input->memory, place, input->layout.block > 1 ? 5 : 4, 0);
  return coco_loops_broadcast(loops, scalar, COCO_LOOPS_LANES);
}

static coco_value *load_weight(coco_loops *loops, const register_block *block, const conv_channel *channel,
                               int64_t filter, coco_index kernel_row, coco_index kernel_column) {
  coco_index place[] = {coco_index_plus(block->filter, filter), channel->number, kernel_row, kernel_column,
                        coco_index_of(0)};
  return coco_loops_load(loops, block->conv->weight->memory, place, 5, COCO_LOOPS_LANES);
}

/* One kernel column for all of the block's columns. */
static void add_kernel_column(coco_loops *loops, const register_block *block, const conv_channel *channel,
                              coco_index kernel_row, coco_index row, coco_index kernel_column, coco_value **sums) {
  const coco_window *window = block->conv->window;
  coco_index shift = coco_index_multiply(loops, kernel_column, window->dilations[1]);
  coco_value *weights[FILTERS_MAXIMUM];
  for (int64_t f = 0; f < block->filters; ++f)
    weights[f] = load_weight(loops, block, channel, f, kernel_row, kernel_column);
  for (int64_t j = 0; j < block->columns; ++j) {
    coco_index column = coco_index_add(loops, block->lefts[j * window->strides[1]], shift);
    coco_value *element = load_input(loops, block, channel, row, column);
    for (int64_t f = 0; f < block->filters; ++f) {
      coco_value **sum = &sums[f * block->columns + j];
      *sum = coco_loops_fma(loops, element, weights[f], *sum);
    }
  }
}

/* A kernel row with all its columns at once: each input column is loaded once. */
static void add_kernel_row_unrolled(coco_loops *loops, const register_block *block, const conv_channel *channel,
                                    coco_index kernel_row, coco_index row, coco_value **sums) {
  const direct *conv = block->conv;
  int64_t stride = conv->window->strides[1], dilation = conv->window->dilations[1], kernel = conv->kernel_width;
  coco_value **weights = coco_arena_allocate(loops->scratch, (size_t)(kernel * block->filters) * sizeof *weights);
  if (!weights) {
    coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
    return;
  }
  for (int64_t k = 0; k < kernel; ++k) {
    for (int64_t f = 0; f < block->filters; ++f)
      weights[k * block->filters + f] = load_weight(loops, block, channel, f, kernel_row, coco_index_of(k));
  }
  int64_t span = (block->columns - 1) * stride + (kernel - 1) * dilation;
  for (int64_t q = 0; q <= span; ++q) {
    coco_value *element = NULL;
    for (int64_t k = 0; k < kernel; ++k) {
      int64_t j = (q - k * dilation) / stride;
      if (q < k * dilation || (q - k * dilation) % stride || j >= block->columns) continue;
      if (!element) element = load_input(loops, block, channel, row, block->lefts[q]);
      for (int64_t f = 0; f < block->filters; ++f) {
        coco_value **sum = &sums[f * block->columns + j];
        *sum = coco_loops_fma(loops, element, weights[k * block->filters + f], *sum);
      }
    }
  }
}

static void add_kernel_row(coco_loops *loops, const register_block *block, const conv_channel *channel,
                           coco_index kernel_row, coco_value **sums) {
  const direct *conv = block->conv;
  coco_index shift = coco_index_multiply(loops, kernel_row, conv->window->dilations[0]);
  coco_index row = coco_index_fixed(loops, coco_index_add(loops, block->top, shift));
  if (conv->unroll_columns) {
    add_kernel_row_unrolled(loops, block, channel, kernel_row, row, sums);
    return;
  }
  coco_loop loop = coco_loop_begin(loops, coco_index_of(0), coco_index_of(conv->kernel_width), 1, sums,
                                   (size_t)(block->filters * block->columns));
  add_kernel_column(loops, block, channel, kernel_row, row, loop.induction, loop.carried);
  coco_loop_end(loops, &loop, loop.carried);
  memmove(sums, loop.carried, loop.count * sizeof *sums);
}

static void add_channel(coco_loops *loops, const register_block *block, const conv_channel *channel,
                        coco_value **sums) {
  const direct *conv = block->conv;
  if (conv->unroll_rows) {
    for (int64_t k = 0; k < conv->kernel_height; ++k) add_kernel_row(loops, block, channel, coco_index_of(k), sums);
    return;
  }
  coco_loop loop = coco_loop_begin(loops, coco_index_of(0), coco_index_of(conv->kernel_height), 1, sums,
                                   (size_t)(block->filters * block->columns));
  add_kernel_row(loops, block, channel, loop.induction, loop.carried);
  coco_loop_end(loops, &loop, loop.carried);
  memmove(sums, loop.carried, loop.count * sizeof *sums);
}

/* channel_step channels, the first of which is BASE + induction. */
static void add_channels(coco_loops *loops, const register_block *block, coco_index base, coco_index outer,
                         coco_index induction, coco_value **sums) {
  bool blocked = block->conv->input->layout.block > 1;
  for (int64_t i = 0; i < block->conv->channel_step; ++i) {
    coco_index lane = coco_index_fixed(loops, coco_index_plus(induction, i));
    conv_channel channel = {.number = lane, .outer = lane, .lane = lane};
    if (blocked) {
      channel.number = coco_index_fixed(loops, coco_index_add(loops, base, lane));
      channel.outer = outer;
    }
    add_channel(loops, block, &channel, sums);
  }
}

/* Adds the channels of the block's chunk. */
static void accumulate(coco_loops *loops, const register_block *block, coco_value **sums) {
  const direct *conv = block->conv;
  size_t count = (size_t)(block->filters * block->columns);
  int64_t lanes = conv->input->layout.block, chunk = conv->chunk;
  coco_index zero = coco_index_of(0);
  if (lanes == 1) {
    coco_loop loop = coco_loop_begin(loops, zero, coco_index_of(conv->channels), conv->channel_step, sums, count);
    add_channels(loops, block, zero, zero, loop.induction, loop.carried);
    coco_loop_end(loops, &loop, loop.carried);
    memmove(sums, loop.carried, count * sizeof *sums);
    return;
  }
  int64_t blocks = coco_ceil_divide(conv->channels, lanes), step = coco_ceil_divide(chunk, lanes);
  coco_index end = coco_index_plus(block->chunk, step < blocks ? step : blocks);
  if (blocks % step) end = coco_index_minimum(loops, end, coco_index_of(blocks));
  coco_loop outer = coco_loop_begin(loops, block->chunk, end, 1, sums, count);
  coco_index base = coco_index_multiply(loops, outer.induction, lanes), upper = coco_index_of(lanes);
  if (conv->channels % lanes)
    upper = coco_index_minimum(loops, upper, coco_index_subtract(loops, coco_index_of(conv->channels), base));
  coco_loop inner = coco_loop_begin(loops, zero, upper, conv->channel_step, outer.carried, count);
  add_channels(loops, block, base, outer.induction, inner.induction, inner.carried);
  coco_loop_end(loops, &inner, inner.carried);
  coco_loop_end(loops, &outer, inner.carried);
  memmove(sums, outer.carried, count * sizeof *sums);
}

/* The sums of a block that wait in memory: read, or written where WRITE. */
static void move_partial(coco_loops *loops, const register_block *block, bool write, coco_value **sums) {
  for (int64_t j = 0; j < block->columns; ++j) {
    for (int64_t f = 0; f < block->filters; ++f) {
      coco_index place[] = {block->band_row, coco_index_plus(block->column, j), coco_index_of(f), coco_index_of(0)};
      coco_value **sum = &sums[f * block->columns + j];
      if (write)
        coco_loops_store(loops, *sum, block->partial, place, 4);
      else
        *sum = coco_loops_load(loops, block->partial, place, 4, COCO_LOOPS_LANES);
    }
  }
}

static void store_block(coco_loops *loops, const register_block *block, coco_value **sums) {
  coco_index filter = coco_index_multiply(loops, block->filter, COCO_LOOPS_LANES);
  for (int64_t f = 0; f < block->filters; ++f) {
    for (int64_t j = 0; j < block->columns; ++j) {
      coco_point point = {.rank = 4,
                          .lanes = COCO_LOOPS_LANES,
                          .axis = 1,
                          .valid = f == block->filters - 1 ? block->valid_last : COCO_LOOPS_LANES};
      point.index[0] = block->image;
      point.index[1] = coco_index_plus(filter, f * COCO_LOOPS_LANES);
      point.index[2] = block->row;
      point.index[3] = coco_index_plus(block->column, j);
      coco_loops_finish(loops, &point, sums[f * block->columns + j], 2);
    }
  }
}

/* Physical input columns of the block, from its first output column on. */
static void find_columns(coco_loops *loops, register_block *block) {
  const direct *conv = block->conv;
  int64_t stride = conv->window->strides[1];
  int64_t span = (block->columns - 1) * stride +
                 (conv->unroll_columns ? (conv->kernel_width - 1) * conv->window->dilations[1] : 0);
  block->lefts = coco_arena_allocate(loops->scratch, (size_t)(span + 1) * sizeof *block->lefts);
  if (!block->lefts) {
    coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
    return;
  }
  coco_index left = coco_index_plus(coco_index_multiply(loops, block->column, stride),
                                    conv->input->layout.halo[COCO_LR_LEFT] - conv->window->pads[1]);
  for (int64_t q = 0; q <= span; ++q) block->lefts[q] = coco_index_fixed(loops, coco_index_plus(left, q));
}

static void build_block(coco_loops *loops, register_block *block) {
  size_t count = (size_t)(block->filters * block->columns);
  coco_value **sums = coco_arena_allocate(loops->scratch, count * sizeof *sums);
  if (!sums) coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
  if (block->stage != BLOCK_FINISH) find_columns(loops, block);
  if (loops->builder.status != COCO_OK) return;
  if (block->stage == BLOCK_WHOLE) {
    coco_value *zero = coco_loops_number(loops, block->conv->vector, 0, 0);
    for (size_t i = 0; i < count; ++i) sums[i] = zero;
  } else {
    move_partial(loops, block, false, sums);
  }
  if (block->stage != BLOCK_FINISH) accumulate(loops, block, sums);
  if (block->stage == BLOCK_ADD)
    move_partial(loops, block, true, sums);
  else
    store_block(loops, block, sums);
}

/* Output columns of a row that the piece takes: full blocks from *FROM to *TO, and from there those that are left, up to
 * *END. The last part of a row ends behind its full blocks. */
static void find_part(coco_loops *loops, const register_block *block, coco_index *from, coco_index *to,
                      coco_index *end) {
  const direct *conv = block->conv;
  int64_t whole = conv->width - conv->width % conv->columns;
  *from = coco_index_of(0);
  *to = coco_index_of(whole);
  *end = coco_index_of(conv->width);
  if (conv->span == 0) return;
  *from = coco_index_multiply(loops, block->part, conv->span);
  coco_index next = coco_index_fixed(loops, coco_index_plus(*from, conv->span));
  *to = coco_index_minimum(loops, next, coco_index_of(whole));
  *end = coco_index_minimum(loops, coco_index_maximum(loops, next, coco_index_of(whole)), coco_index_of(conv->width));
}

/* An output row, or a part of it: full blocks, then one of the columns that are left. */
static void build_row(coco_loops *loops, register_block *block) {
  const direct *conv = block->conv;
  int64_t whole = conv->width - conv->width % conv->columns;
  coco_index from, to, end, row = coco_index_multiply(loops, block->row, conv->window->strides[0]);
  find_part(loops, block, &from, &to, &end);
  block->top = coco_index_plus(row, conv->input->layout.halo[COCO_LR_TOP] - conv->window->pads[0]);
  if (whole > 0) {
    coco_loop loop = coco_loop_begin(loops, from, to, conv->columns, NULL, 0);
    block->column = loop.induction;
    block->columns = conv->columns;
    build_block(loops, block);
    coco_loop_end(loops, &loop, NULL);
  }
  if (whole < conv->width) {
    coco_loop loop = coco_loop_begin(loops, coco_index_of(whole), end, conv->width - whole, NULL, 0);
    block->column = coco_index_of(whole);
    block->columns = conv->width - whole;
    build_block(loops, block);
    coco_loop_end(loops, &loop, NULL);
  }
}

/* The rows of a band, which starts at output row FIRST. */
static void build_rows(coco_loops *loops, register_block *block, coco_index first, coco_index count) {
  coco_loop rows = coco_loop_begin(loops, coco_index_of(0), count, 1, NULL, 0);
  block->band_row = rows.induction;
  block->row = coco_index_fixed(loops, coco_index_add(loops, first, rows.induction));
  build_row(loops, block);
  coco_loop_end(loops, &rows, NULL);
}

/* Memory for the sums of a band, all zero. */
static void allocate_partial(coco_loops *loops, register_block *block, coco_index rows) {
  const direct *conv = block->conv;
  const int64_t shape[] = {conv->rows, conv->width, block->filters, COCO_LOOPS_LANES};
  block->partial = coco_loops_stack(loops, 4, shape);
  coco_value *zero = coco_loops_number(loops, conv->vector, 0, 0);
  coco_loop row = coco_loop_begin(loops, coco_index_of(0), rows, 1, NULL, 0);
  coco_loop column = coco_loop_begin(loops, coco_index_of(0), coco_index_of(conv->width), 1, NULL, 0);
  for (int64_t f = 0; f < block->filters; ++f) {
    coco_index place[] = {row.induction, column.induction, coco_index_of(f), coco_index_of(0)};
    coco_loops_store(loops, zero, block->partial, place, 4);
  }
  coco_loop_end(loops, &column, NULL);
  coco_loop_end(loops, &row, NULL);
}

static void build_band(coco_loops *loops, register_block *block, coco_index band) {
  const direct *conv = block->conv;
  coco_index first = coco_index_fixed(loops, coco_index_multiply(loops, band, conv->rows)),
             rows = coco_index_of(conv->rows);
  if (conv->height % conv->rows)
    rows = coco_index_minimum(loops, rows, coco_index_subtract(loops, coco_index_of(conv->height), first));
  block->stage = BLOCK_WHOLE;
  if (conv->chunk < conv->channels) {
    int64_t lanes = conv->input->layout.block;
    allocate_partial(loops, block, rows);
    coco_loop chunks = coco_loop_begin(loops, coco_index_of(0), coco_index_of(coco_ceil_divide(conv->channels, lanes)),
                                       conv->chunk / lanes, NULL, 0);
    block->stage = BLOCK_ADD;
    block->chunk = chunks.induction;
    build_rows(loops, block, first, rows);
    coco_loop_end(loops, &chunks, NULL);
    block->stage = BLOCK_FINISH;
  }
  build_rows(loops, block, first, rows);
}

/* Whether bands are to vary slower than groups of filters: where all weights are fewer bytes than the input, they are
 * what is read again and again. */
static bool bands_first(const direct *conv) {
  int64_t weights = coco_type_element_count(conv->weight->tensor),
          input = coco_type_element_count(conv->input->tensor) / conv->input->tensor->shape[0];
  return weights < input;
}

/* A single row of many columns is cut for pieces, as far as the groups of filters are too few. */
static void cut_row(const coco_loops *loops, direct *conv, int64_t groups) {
  int64_t blocks = coco_ceil_divide(conv->width, conv->columns), parts = coco_ceil_divide(LEAST_PIECES, groups);
  conv->span = 0;
  if (loops->is_short || conv->height > 1 || conv->chunk < conv->channels || parts <= 1 || blocks <= 1) return;
  conv->span = coco_ceil_divide(blocks, parts) * conv->columns;
}

/* GROUPS groups of FILTERS blocks of 16, from block FIRST on. */
static void build_groups(coco_loops *loops, direct *conv, int64_t first, int64_t groups, int64_t filters,
                         size_t valid_last) {
  if (groups <= 0 || filters <= 0) return;
  cut_row(loops, conv, groups);
  bool cut = conv->span > 0, slow = bands_first(conv);
  int64_t images = conv->input->tensor->shape[0];
  int64_t bands = cut ? coco_ceil_divide(conv->width, conv->span) : coco_ceil_divide(conv->height, conv->rows);
  coco_index indices[3];
  coco_loop parallel = coco_parallel_begin(
      loops, (const int64_t[]){images, slow ? bands : groups, slow ? groups : bands}, 3, indices);
  register_block block = {.conv = conv, .image = indices[0], .filters = filters, .valid_last = valid_last};
  coco_index group = indices[slow ? 2 : 1], band = indices[slow ? 1 : 2];
  if (cut) block.part = band;
  block.filter = coco_index_fixed(loops, coco_index_plus(coco_index_multiply(loops, group, filters), first));
  build_band(loops, &block, cut ? coco_index_of(0) : band);
  coco_parallel_end(loops, &parallel);
}

/* The schedule's rows and channels, as far as the sums of a band have room. */
static void choose_band(direct *conv, const coco_lr_tuning_info *tuning) {
  int64_t lanes = conv->input->layout.block,
          row_bytes = conv->width * conv->filters * COCO_LOOPS_LANES * (int64_t)sizeof(float);
  conv->rows = tuning->rows > 0 ? tuning->rows : 1;
  if (conv->rows > conv->height) conv->rows = conv->height;
  conv->chunk = tuning->channels - tuning->channels % lanes;
  if (lanes == 1 || conv->chunk <= 0 || conv->chunk >= conv->channels || row_bytes > PARTIAL_BYTES) {
    conv->chunk = conv->channels;
    return;
  }
  if (conv->rows * row_bytes > PARTIAL_BYTES) conv->rows = PARTIAL_BYTES / row_bytes;
}

/* How far the kernel and the channels are unrolled: as far as the schedule says, else as far as the body stays small.
 */
static void choose_unrolling(direct *conv, int64_t unroll) {
  int64_t positions = conv->kernel_height * conv->kernel_width, lanes = conv->input->layout.block;
  int64_t budget = UNROLLED_MAXIMUM / (conv->columns * conv->filters);
  int64_t limit = unroll > 0 && unroll < budget ? unroll : budget;
  conv->unroll_columns = conv->kernel_width <= limit && conv->kernel_width <= SHARED_COLUMNS;
  conv->unroll_rows = conv->unroll_columns && positions <= limit;
  conv->channel_step = 1;
  if (positions > 1) return;
  int64_t wanted = unroll > 0 ? limit : 4;
  for (int64_t step = 1; step <= wanted && step <= limit; ++step) {
    if (conv->channels % step == 0 && (lanes == 1 || lanes % step == 0)) conv->channel_step = step;
  }
}

/* The layer, whose WINDOW lives as long; at most BLOCKS blocks of filters in registers. */
static direct prepare(coco_loops *loops, const coco_window *window, int64_t blocks) {
  coco_lr_tuning_info tuning = coco_lr_tuning_of(COCO_PROPERTY(loops->layer, lr_conv, tuning));
  const int64_t *shape = loops->output.tensor->shape;
  direct conv = {.input = &loops->operands[0],
                 .weight = &loops->operands[1],
                 .window = window,
                 .channels = loops->operands[0].tensor->shape[1],
                 .filters_total = shape[1],
                 .height = shape[2],
                 .width = shape[3],
                 .kernel_height = window->kernel[0],
                 .kernel_width = window->kernel[1],
                 .columns = tuning.columns > 0 ? tuning.columns : COCO_LOOPS_COLUMNS,
                 .filters = tuning.filters > 0 ? tuning.filters : DEFAULT_FILTERS,
                 .extras = loops->layer->operand_count - 2};
  if (conv.columns > conv.width) conv.columns = conv.width;
  if (conv.filters > blocks) conv.filters = blocks;
  if (conv.filters > FILTERS_MAXIMUM) conv.filters = FILTERS_MAXIMUM;
  conv.vector = coco_loops_vector_type(loops, loops->output.tensor->element, COCO_LOOPS_LANES);
  choose_unrolling(&conv, tuning.unroll);
  choose_band(&conv, &tuning);
  return conv;
}

/* How many groups of conv->filters of BLOCKS blocks stand together; the others are one group more. The block of filters
 * that is not full stands in that one, where extras could not be read as whole blocks: *VALID lanes of it. Fewer blocks
 * than the layer has are some of a chain, where extras are whole. */
static int64_t whole_groups(const direct *conv, int64_t blocks, size_t *valid) {
  int64_t tail = conv->filters_total % COCO_LOOPS_LANES, groups = blocks / conv->filters;
  bool partial = tail && conv->extras && blocks == coco_ceil_divide(conv->filters_total, COCO_LOOPS_LANES);
  *valid = partial ? (size_t)tail : COCO_LOOPS_LANES;
  return partial && blocks % conv->filters == 0 ? groups - 1 : groups;
}

void coco_loops_conv_direct(coco_loops *loops) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(loops->layer, lr_conv, info));
  if (coco_type_element_count(loops->output.tensor) == 0) return;
  int64_t blocks = coco_ceil_divide(loops->output.tensor->shape[1], COCO_LOOPS_LANES);
  direct conv = prepare(loops, &info.window, blocks);
  size_t valid;
  int64_t groups = whole_groups(&conv, blocks, &valid);
  build_groups(loops, &conv, 0, groups, conv.filters, COCO_LOOPS_LANES);
  build_groups(loops, &conv, groups * conv.filters, 1, blocks - groups * conv.filters, valid);
  coco_view_zero_halo(loops, &loops->output);
}

/* ---- Rows of a chain ---- */

/* Rows [BEGIN, END) of GROUPS groups of FILTERS blocks from block FIRST on. */
static void build_rows_of_groups(coco_loops *loops, register_block *block, coco_index first, int64_t groups,
                                 coco_index begin, coco_index end) {
  if (groups <= 0 || block->filters <= 0) return;
  coco_loop loop = coco_loop_begin(loops, coco_index_of(0), coco_index_of(groups), 1, NULL, 0);
  block->filter = coco_index_fixed(
      loops, coco_index_add(loops, first, coco_index_multiply(loops, loop.induction, block->filters)));
  coco_loop rows = coco_loop_begin(loops, begin, end, 1, NULL, 0);
  block->row = coco_index_fixed(loops, rows.induction);
  build_row(loops, block);
  coco_loop_end(loops, &rows, NULL);
  coco_loop_end(loops, &loop, NULL);
}

void coco_loops_direct_rows(coco_loops *loops, coco_index image, coco_index first, int64_t blocks, coco_index begin,
                            coco_index end) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(loops->layer, lr_conv, info));
  direct conv = prepare(loops, &info.window, blocks);
  conv.chunk = conv.channels;
  size_t valid;
  int64_t groups = whole_groups(&conv, blocks, &valid);
  register_block block = {
      .conv = &conv, .image = image, .filters = conv.filters, .valid_last = COCO_LOOPS_LANES, .stage = BLOCK_WHOLE};
  build_rows_of_groups(loops, &block, first, groups, begin, end);
  block.filters = blocks - groups * conv.filters;
  block.valid_last = valid;
  build_rows_of_groups(loops, &block, coco_index_plus(first, groups * conv.filters), 1, begin, end);
}
