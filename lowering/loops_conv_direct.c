/* Dense convolutions with packed weights (storages direct and gemm), by register blocks.
 *
 * A block is `filters` vectors of 16 filters times `columns` output columns of one row, kept in registers over all
 * channels and kernel positions. Each input element is loaded once per kernel row and spread over all lanes; it meets
 * every kernel column that needs it (wide kernels take one column after the other). Each output accumulates over
 * channels, kernel rows, kernel columns, in this order, as the reference does. The input's halo holds what windows read
 * past the image (the verifier sees to it), so that nothing is compared inside. */
#include "lowering/loops_common.h"

enum { UNROLLED_MAXIMUM = 324, DEFAULT_FILTERS = 2, FILTERS_MAXIMUM = 16 };
/* The weights of a kernel row stay in registers while its columns share input elements: too many for wider kernels. */
enum { SHARED_COLUMNS = 3 };

typedef struct direct {
  coco_view *input, *weight;
  const coco_type *vector;
  const coco_window *window;
  int64_t channels, filters_total;
  int64_t height, width;      /* of the output */
  int64_t kernel_height, kernel_width;
  int64_t columns, filters;   /* of a full block */
  int64_t channel_step;       /* channels in one turn */
  bool unroll_rows, unroll_columns;
  size_t extras;
} direct;

/* One register block. */
typedef struct register_block {
  const direct *conv;
  coco_index image, filter, row, column; /* first filter block; output row; first output column */
  int64_t filters, columns;
  size_t valid_last; /* lanes of the last filter block */
  coco_index top;       /* physical input row of kernel row 0 */
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

static void accumulate(coco_loops *loops, const register_block *block, coco_value **sums) {
  const direct *conv = block->conv;
  size_t count = (size_t)(block->filters * block->columns);
  int64_t lanes = conv->input->layout.block;
  coco_index zero = coco_index_of(0);
  if (lanes == 1) {
    coco_loop loop = coco_loop_begin(loops, zero, coco_index_of(conv->channels), conv->channel_step, sums, count);
    add_channels(loops, block, zero, zero, loop.induction, loop.carried);
    coco_loop_end(loops, &loop, loop.carried);
    memmove(sums, loop.carried, count * sizeof *sums);
    return;
  }
  coco_loop outer = coco_loop_begin(loops, zero, coco_index_of((conv->channels + lanes - 1) / lanes), 1, sums, count);
  coco_index base = coco_index_multiply(loops, outer.induction, lanes), upper = coco_index_of(lanes);
  if (conv->channels % lanes)
    upper = coco_index_minimum(loops, upper, coco_index_subtract(loops, coco_index_of(conv->channels), base));
  coco_loop inner = coco_loop_begin(loops, zero, upper, conv->channel_step, outer.carried, count);
  add_channels(loops, block, base, outer.induction, inner.induction, inner.carried);
  coco_loop_end(loops, &inner, inner.carried);
  coco_loop_end(loops, &outer, inner.carried);
  memmove(sums, outer.carried, count * sizeof *sums);
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

static void build_block(coco_loops *loops, register_block *block) {
  const direct *conv = block->conv;
  size_t count = (size_t)(block->filters * block->columns);
  int64_t stride = conv->window->strides[1];
  int64_t span = (block->columns - 1) * stride +
                 (conv->unroll_columns ? (conv->kernel_width - 1) * conv->window->dilations[1] : 0);
  block->lefts = coco_arena_allocate(loops->scratch, (size_t)(span + 1) * sizeof *block->lefts);
  coco_value **sums = coco_arena_allocate(loops->scratch, count * sizeof *sums);
  if (!block->lefts || !sums) {
    coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
    return;
  }
  coco_index left = coco_index_plus(coco_index_multiply(loops, block->column, stride),
                                    conv->input->layout.halo[COCO_LR_LEFT] - conv->window->pads[1]);
  for (int64_t q = 0; q <= span; ++q) block->lefts[q] = coco_index_fixed(loops, coco_index_plus(left, q));
  coco_value *zero = coco_loops_number(loops, conv->vector, 0, 0);
  for (size_t i = 0; i < count; ++i) sums[i] = zero;
  accumulate(loops, block, sums);
  store_block(loops, block, sums);
}

/* An output row: full blocks, then one of the columns that are left. */
static void build_row(coco_loops *loops, register_block *block) {
  const direct *conv = block->conv;
  int64_t whole = conv->width - conv->width % conv->columns;
  coco_index row = coco_index_multiply(loops, block->row, conv->window->strides[0]);
  block->top = coco_index_plus(row, conv->input->layout.halo[COCO_LR_TOP] - conv->window->pads[0]);
  if (whole > 0) {
    coco_loop loop = coco_loop_begin(loops, coco_index_of(0), coco_index_of(whole), conv->columns, NULL, 0);
    block->column = loop.induction;
    block->columns = conv->columns;
    build_block(loops, block);
    coco_loop_end(loops, &loop, NULL);
  }
  if (whole < conv->width) {
    block->column = coco_index_of(whole);
    block->columns = conv->width - whole;
    build_block(loops, block);
  }
}

/* GROUPS groups of FILTERS blocks of 16, from block FIRST on. */
static void build_groups(coco_loops *loops, const direct *conv, int64_t first, int64_t groups, int64_t filters,
                         size_t valid_last) {
  if (groups <= 0 || filters <= 0) return;
  coco_index indices[3];
  coco_loop parallel =
      coco_parallel_begin(loops, (const int64_t[]){conv->input->tensor->shape[0], groups, conv->height}, 3, indices);
  register_block block = {
      .conv = conv, .image = indices[0], .row = indices[2], .filters = filters, .valid_last = valid_last};
  block.filter = coco_index_fixed(loops, coco_index_plus(coco_index_multiply(loops, indices[1], filters), first));
  build_row(loops, &block);
  coco_parallel_end(loops, &parallel);
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

void coco_loops_conv_direct(coco_loops *loops) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(loops->layer, lr_conv, info));
  coco_lr_tuning_info tuning = coco_lr_tuning_of(COCO_PROPERTY(loops->layer, lr_conv, tuning));
  const int64_t *shape = loops->output.tensor->shape;
  direct conv = {.input = &loops->operands[0],
                 .weight = &loops->operands[1],
                 .window = &info.window,
                 .channels = loops->operands[0].tensor->shape[1],
                 .filters_total = shape[1],
                 .height = shape[2],
                 .width = shape[3],
                 .kernel_height = info.window.kernel[0],
                 .kernel_width = info.window.kernel[1],
                 .columns = tuning.columns > 0 ? tuning.columns : COCO_LOOPS_COLUMNS,
                 .filters = tuning.filters > 0 ? tuning.filters : DEFAULT_FILTERS,
                 .extras = loops->layer->operand_count - 2};
  if (shape[0] == 0 || conv.filters_total == 0 || conv.height == 0 || conv.width == 0) return;
  int64_t blocks = (conv.filters_total + COCO_LOOPS_LANES - 1) / COCO_LOOPS_LANES,
          tail = conv.filters_total % COCO_LOOPS_LANES;
  if (conv.columns > conv.width) conv.columns = conv.width;
  if (conv.filters > blocks) conv.filters = blocks;
  if (conv.filters > FILTERS_MAXIMUM) conv.filters = FILTERS_MAXIMUM;
  conv.vector = coco_loops_vector_type(loops, loops->output.tensor->element, COCO_LOOPS_LANES);
  choose_unrolling(&conv, tuning.unroll);
  /* The block of filters that is not full stands in the last group, apart from the others. */
  bool partial = tail && conv.extras;
  int64_t groups = blocks / conv.filters;
  if (partial && blocks % conv.filters == 0) --groups;
  build_groups(loops, &conv, 0, groups, conv.filters, COCO_LOOPS_LANES);
  build_groups(loops, &conv, groups * conv.filters, 1, blocks - groups * conv.filters,
               partial ? (size_t)tail : COCO_LOOPS_LANES);
  coco_view_zero_halo(loops, &loops->output);
}
