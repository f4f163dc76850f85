/* Depthwise convolutions (storage depthwise): a filter of its own for each channel, lanes are channels.
 *
 * The register block is some columns of one output row and 16 channels. An input vector is loaded once for a kernel row
 * and meets every kernel column that needs it; each output accumulates over kernel rows, then kernel columns, as the
 * reference does. No halo is needed: positions outside of the input's storage are left out. Columns are known while
 * building, save inside, where none lies outside; rows near the top and the bottom walk a clamped range of kernel rows.
 * What halo the input has is read as if it belonged to it.
 *
 * Where a layer has masks, each run of blocks with one mask has code of its own, without the positions that the mask
 * leaves out.
 *
 * Cost of running: kh * kw multiply-adds and (columns + kw - 1) / columns * kh loads for 16 outputs. */
#include "lowering/loops_common.h"

enum { UNROLLED_MAXIMUM = 324, DEFAULT_PIECES = 16 };

typedef struct depthwise {
  const coco_view *input, *weight;
  coco_window window; /* over the input's storage: its pads are less by the halo */
  int64_t pads[4];
  const coco_type *vector;
  int64_t storage_height, storage_width; /* of the input, halo included */
  int64_t height, width;                 /* of the output */
  int64_t columns;                       /* of a full register block */
  int64_t bands, band_rows;
  const coco_attribute *masks; /* the positions that each block of channels uses; NULL: all use all */
} depthwise;

/* COLUMNS columns of an output row for 16 channels, of which the first VALID lie inside the tensor. */
typedef struct depthwise_block {
  const depthwise *conv;
  coco_index image, channel;         /* channel: block of 16 */
  coco_index row, column, top, left; /* top, left: storage row and column of the first window's first position */
  int64_t columns;
  size_t valid;
  bool masked; /* only the positions of `mask` are computed: rows whose windows lie inside, of layers with masks */
  uint64_t mask;
} depthwise_block;

static bool column_is_inside(const depthwise *conv, coco_index column) {
  return column.value || (column.constant >= 0 && column.constant < conv->storage_width);
}

/* Whether the kernel's position is to be computed. The rows of masked blocks are known. */
static bool is_used(const depthwise_block *block, coco_index kernel_row, int64_t kernel_column) {
  return !block->masked || block->mask >> (kernel_row.constant * block->conv->window.kernel[1] + kernel_column) & 1;
}

/* One kernel row; ROW is the storage's. */
static void add_kernel_row(coco_loops *loops, const depthwise_block *block, coco_index kernel_row, coco_index row,
                           coco_value **sums) {
  const depthwise *conv = block->conv;
  int64_t stride = conv->window.strides[1], dilation = conv->window.dilations[1], kernel = conv->window.kernel[1];
  coco_value **weights = coco_arena_allocate(loops->scratch, (size_t)kernel * sizeof *weights);
  if (!weights) {
    coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
    return;
  }
  for (int64_t k = 0; k < kernel; ++k) {
    if (!is_used(block, kernel_row, k)) continue;
    coco_index place[] = {block->channel, coco_index_of(0), kernel_row, coco_index_of(k), coco_index_of(0)};
    weights[k] = coco_loops_load(loops, conv->weight->memory, place, 5, COCO_LOOPS_LANES);
  }
  coco_index from[] = {block->image, block->channel, row};
  coco_view_turn(loops, conv->input, from);
  int64_t span = (block->columns - 1) * stride + (kernel - 1) * dilation;
  for (int64_t q = 0; q <= span; ++q) {
    coco_index column = coco_index_plus(block->left, q);
    coco_value *element = NULL;
    if (!column_is_inside(conv, column)) continue;
    for (int64_t k = 0; k < kernel && k * dilation <= q; ++k) {
      int64_t j = (q - k * dilation) / stride;
      if ((q - k * dilation) % stride || j >= block->columns || !is_used(block, kernel_row, k)) continue;
      coco_index place[] = {from[0], from[1], from[2], column, coco_index_of(0)};
      if (!element) element = coco_loops_load(loops, conv->input->memory, place, 5, COCO_LOOPS_LANES);
      sums[j] = coco_loops_fma(loops, element, weights[k], sums[j]);
    }
  }
}

/* The kernel rows with positions that the block uses. */
static void accumulate_masked(coco_loops *loops, const depthwise_block *block, coco_value **sums) {
  const coco_window *window = &block->conv->window;
  const uint64_t whole_row = (UINT64_C(1) << window->kernel[1]) - 1;
  for (int64_t k = 0; k < window->kernel[0]; ++k) {
    if (!(block->mask >> k * window->kernel[1] & whole_row)) continue;
    coco_index row = coco_index_fixed(loops, coco_index_plus(block->top, k * window->dilations[0]));
    add_kernel_row(loops, block, coco_index_of(k), row, sums);
  }
}

/* Kernel rows [low, high): all of them at once where that is little code. */
static void accumulate(coco_loops *loops, const depthwise_block *block, coco_index low, coco_index high,
                       coco_value **sums) {
  const depthwise *conv = block->conv;
  int64_t dilation = conv->window.dilations[0];
  if (!low.value && !high.value && low.constant >= high.constant) return;
  if (block->masked) {
    accumulate_masked(loops, block, sums);
    return;
  }
  bool unroll = !low.value && !high.value &&
                (high.constant - low.constant) * conv->window.kernel[1] * conv->columns <= UNROLLED_MAXIMUM;
  for (int64_t k = low.constant; unroll && k < high.constant; ++k) {
    coco_index row = coco_index_fixed(loops, coco_index_plus(block->top, k * dilation));
    add_kernel_row(loops, block, coco_index_of(k), row, sums);
  }
  if (unroll) return;
  coco_loop loop = coco_loop_begin(loops, low, high, 1, sums, (size_t)block->columns);
  coco_index row = coco_index_add(loops, block->top, coco_index_multiply(loops, loop.induction, dilation));
  add_kernel_row(loops, block, loop.induction, coco_index_fixed(loops, row), loop.carried);
  coco_loop_end(loops, &loop, loop.carried);
  memcpy(sums, loop.carried, loop.count * sizeof *sums);
}

/* The block at COLUMN. */
static void build_block(coco_loops *loops, depthwise_block *block, coco_index column, int64_t columns, coco_index low,
                        coco_index high) {
  const depthwise *conv = block->conv;
  block->column = column;
  block->columns = columns;
  block->left = coco_index_plus(coco_index_multiply(loops, column, conv->window.strides[1]), -conv->window.pads[1]);
  coco_value **sums = coco_arena_allocate(loops->scratch, (size_t)columns * sizeof *sums);
  if (!sums) {
    coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
    return;
  }
  coco_value *zero = coco_loops_number(loops, conv->vector, 0, 0);
  for (int64_t j = 0; j < columns; ++j) sums[j] = zero;
  accumulate(loops, block, low, high, sums);
  coco_point point = {.rank = 4, .lanes = COCO_LOOPS_LANES, .axis = 1, .valid = block->valid};
  point.index[0] = block->image;
  point.index[1] = coco_index_multiply(loops, block->channel, COCO_LOOPS_LANES);
  point.index[2] = block->row;
  for (int64_t j = 0; j < columns; ++j) {
    point.index[3] = coco_index_plus(column, j);
    coco_loops_finish(loops, &point, sums[j], 2);
  }
}

static int64_t at_most(int64_t value, int64_t limit) { return value < limit ? value : limit; }

/* Outputs [*begin, *end) along AXIS whose windows lie inside the storage of EXTENT; *begin is at most OUTPUTS. */
static void inner_outputs(const coco_window *window, size_t axis, int64_t outputs, int64_t extent, int64_t *begin,
                          int64_t *end) {
  int64_t pad = window->pads[axis], stride = window->strides[axis];
  *begin = pad > 0 ? at_most(coco_ceil_divide(pad, stride), outputs) : 0;
  *end = *begin;
  while (*end < outputs && coco_window_index(window, axis, *end, window->kernel[axis] - 1) < extent) ++*end;
}

/* An output row: blocks at fixed places while columns at the left are not inside, a loop over those that are, and
 * blocks at fixed places for the rest. */
static void build_row(coco_loops *loops, depthwise_block *block, coco_index row, coco_index low, coco_index high) {
  const depthwise *conv = block->conv;
  int64_t begin, end, column = 0;
  inner_outputs(&conv->window, 1, conv->width, conv->storage_width, &begin, &end);
  block->row = row;
  block->top = coco_index_plus(coco_index_multiply(loops, row, conv->window.strides[0]), -conv->window.pads[0]);
  for (; column < begin; column += conv->columns)
    build_block(loops, block, coco_index_of(column), at_most(conv->columns, conv->width - column), low, high);
  if (end - column >= conv->columns) {
    int64_t last = end - (end - column) % conv->columns;
    coco_loop loop = coco_loop_begin(loops, coco_index_of(column), coco_index_of(last), conv->columns, NULL, 0);
    build_block(loops, block, loop.induction, conv->columns, low, high);
    coco_loop_end(loops, &loop, NULL);
    column = last;
  }
  for (; column < conv->width; column += conv->columns)
    build_block(loops, block, coco_index_of(column), at_most(conv->columns, conv->width - column), low, high);
}

/* Rows [from, to) of those in [begin, end); CLAMPED: their kernel rows are to be looked at one by one. */
static void build_rows(coco_loops *loops, depthwise_block *block, coco_index begin, coco_index end, int64_t from,
                       int64_t to, bool clamped) {
  const depthwise *conv = block->conv;
  coco_index low = coco_index_of(0), high = coco_index_of(conv->window.kernel[0]);
  coco_index first = coco_index_maximum(loops, begin, coco_index_of(from));
  coco_index last = coco_index_minimum(loops, end, coco_index_of(to));
  if (from >= to) return;
  coco_loop loop = coco_loop_begin(loops, first, last, 1, NULL, 0);
  if (clamped)
    coco_loops_window_range(loops, &conv->window, 0, loop.induction, conv->height, conv->storage_height, &low, &high);
  build_row(loops, block, loop.induction, low, high);
  coco_loop_end(loops, &loop, NULL);
}

/* Rows [BEGIN, END). */
static void build_whole(coco_loops *loops, depthwise_block *block, coco_index begin, coco_index end) {
  const depthwise *conv = block->conv;
  int64_t top, bottom;
  inner_outputs(&conv->window, 0, conv->height, conv->storage_height, &top, &bottom);
  build_rows(loops, block, begin, end, 0, top, true);
  build_rows(loops, block, begin, end, top, bottom, false);
  build_rows(loops, block, begin, end, bottom, conv->height, true);
}

/* The same by runs of blocks with one mask among COUNT from FIRST on: a loop for each, of which one has a turn. Rows at
 * the top and the bottom are the same code for all, with all positions: code of their own took 1 to 4 % less time and
 * twice as long to compile. */
static void build_runs(coco_loops *loops, depthwise_block *block, int64_t first, int64_t count, coco_index begin,
                       coco_index end) {
  const depthwise *conv = block->conv;
  const int64_t *masks = coco_attribute_i64s(conv->masks);
  const coco_index channel = block->channel;
  int64_t top, bottom;
  inner_outputs(&conv->window, 0, conv->height, conv->storage_height, &top, &bottom);
  build_rows(loops, block, begin, end, 0, top, true);
  build_rows(loops, block, begin, end, bottom, conv->height, true);
  block->masked = true;
  for (int64_t at = first, next; at < first + count; at = next) {
    for (next = at + 1; next < first + count && masks[next] == masks[at];) ++next;
    coco_index from = at == first ? channel : coco_index_maximum(loops, channel, coco_index_of(at));
    coco_index to = coco_index_plus(channel, 1);
    if (next < first + count) to = coco_index_minimum(loops, to, coco_index_of(next));
    coco_loop run = coco_loop_begin(loops, from, to, 1, NULL, 0);
    block->channel = run.induction;
    block->mask = (uint64_t)masks[at];
    build_rows(loops, block, begin, end, top, bottom, false);
    coco_loop_end(loops, &run, NULL);
  }
}

/* Rows [BEGIN, END) of the block, which is one of COUNT from FIRST on. */
static void build_range(coco_loops *loops, depthwise_block *block, int64_t first, int64_t count, coco_index begin,
                        coco_index end) {
  if (block->conv->masks)
    build_runs(loops, block, first, count, begin, end);
  else
    build_whole(loops, block, begin, end);
}

/* COUNT blocks of channels from block FIRST on, VALID lanes of each inside the tensor. */
static void build_channels(coco_loops *loops, const depthwise *conv, int64_t first, int64_t count, size_t valid) {
  if (count <= 0) return;
  coco_index indices[3];
  const int64_t extents[] = {conv->input->tensor->shape[0], count, conv->bands};
  coco_loop parallel = coco_parallel_begin(loops, extents, 3, indices);
  depthwise_block block = {.conv = conv, .image = indices[0], .valid = valid};
  block.channel = coco_index_fixed(loops, coco_index_plus(indices[1], first));
  coco_index begin = coco_index_multiply(loops, indices[2], conv->band_rows);
  coco_index end = coco_index_plus(begin, conv->band_rows);
  if (conv->bands == 1 || conv->height % conv->band_rows)
    end = coco_index_minimum(loops, end, coco_index_of(conv->height));
  build_range(loops, &block, first, count, begin, end);
  coco_parallel_end(loops, &parallel);
}

/* Bands of rows are what runs in parallel beside the channels, where there are few of those. */
static void choose_bands(depthwise *conv, int64_t blocks, int64_t pieces) {
  int64_t others = conv->input->tensor->shape[0] * blocks;
  if (pieces <= 0) pieces = DEFAULT_PIECES;
  conv->bands = at_most(coco_ceil_divide(pieces, others), conv->height);
  conv->band_rows = coco_ceil_divide(conv->height, conv->bands);
  conv->bands = coco_ceil_divide(conv->height, conv->band_rows);
}

/* The layer, whose window borrows the arrays of its attribute, but for its pads. */
static depthwise prepare(coco_loops *loops) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(loops->layer, lr_conv, info));
  coco_lr_tuning_info tuning = coco_lr_tuning_of(COCO_PROPERTY(loops->layer, lr_conv, tuning));
  const coco_view *input = &loops->operands[0];
  const int64_t *shape = loops->output.tensor->shape, *halo = input->layout.halo;
  depthwise conv = {.input = input,
                    .weight = &loops->operands[1],
                    .window = info.window,
                    .storage_height = input->tensor->shape[2] + halo[COCO_LR_TOP] + halo[COCO_LR_BOTTOM],
                    .storage_width = input->tensor->shape[3] + halo[COCO_LR_LEFT] + halo[COCO_LR_RIGHT],
                    .height = shape[2],
                    .width = shape[3],
                    .masks = COCO_PROPERTY(loops->layer, lr_conv, masks),
                    .columns = tuning.columns > 0 ? tuning.columns : COCO_LOOPS_COLUMNS};
  for (size_t i = 0; i < 4; ++i) conv.pads[i] = info.window.pads[i] - halo[i];
  if (conv.columns > conv.width) conv.columns = conv.width;
  conv.vector = coco_loops_vector_type(loops, loops->output.tensor->element, COCO_LOOPS_LANES);
  return conv;
}

void coco_loops_conv_depthwise(coco_loops *loops) {
  coco_lr_tuning_info tuning = coco_lr_tuning_of(COCO_PROPERTY(loops->layer, lr_conv, tuning));
  const int64_t *shape = loops->output.tensor->shape;
  if (coco_type_element_count(loops->output.tensor) == 0) return;
  depthwise conv = prepare(loops);
  conv.window.pads = conv.pads;
  /* The block of channels that is not full stands apart, since its extras may not be loaded whole. */
  int64_t blocks = coco_ceil_divide(shape[1], COCO_LOOPS_LANES), tail = shape[1] % COCO_LOOPS_LANES;
  bool partial = tail && loops->layer->operand_count > 2;
  choose_bands(&conv, blocks, tuning.pieces);
  build_channels(loops, &conv, 0, partial ? blocks - 1 : blocks, COCO_LOOPS_LANES);
  if (partial) build_channels(loops, &conv, blocks - 1, 1, (size_t)tail);
  coco_view_zero_halo(loops, &loops->output);
}

void coco_loops_depthwise_rows(coco_loops *loops, coco_index image, coco_index first, int64_t blocks, coco_index begin,
                               coco_index end) {
  depthwise conv = prepare(loops);
  conv.window.pads = conv.pads;
  coco_loop loop = coco_loop_begin(loops, coco_index_of(0), coco_index_of(blocks), 1, NULL, 0);
  depthwise_block block = {.conv = &conv, .image = image, .valid = COCO_LOOPS_LANES};
  block.channel = coco_index_fixed(loops, coco_index_add(loops, first, loop.induction));
  build_range(loops, &block, 0, conv.masks ? (int64_t)conv.masks->count : 0, begin, end);
  coco_loop_end(loops, &loop, NULL);
}
