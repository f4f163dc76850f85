/* Convolutions of storage rows: few filters over planes, lanes are neighbouring output columns.
 *
 * The register block is some output rows by some vectors of 16 columns by some filters of one group. Within a channel a
 * vector of input, shifted by a kernel column, is loaded once and meets all output rows and filters that need it;
 * weights are broadcast. Each output accumulates over channels, kernel rows, kernel columns, in this order, as the
 * reference does. The input's halo holds what windows read past the image (the verifier sees to it). What is left of a
 * row is a vector of fewer lanes.
 *
 * Cost of running: for kernels of stride 1, (rows + kh - 1) * kw loads of input and kh * kw broadcasts a filter for
 * rows * kh * kw multiply-adds a filter. */
#include "lowering/loops_common.h"

enum { UNROLLED_MAXIMUM = 324, DEFAULT_ROWS = 2, SUMS_MAXIMUM = 64 };

typedef struct rows_conv {
  const coco_window *window;
  int64_t channels, group_filters; /* of a group */
  int64_t rows, vectors, filters;  /* of a full block */
  const coco_type *scalar;
  bool unroll; /* kernel rows */
} rows_conv;

typedef struct rows_block {
  const rows_conv *conv;
  coco_index image, filter, first_channel; /* first filter; first channel of its group */
  coco_index row, column;
  int64_t rows, vectors;
  size_t lanes;
} rows_block;

static size_t sum_count(const rows_block *block) {
  return (size_t)(block->rows * block->vectors * block->conv->filters);
}

static coco_value *load_weight(coco_loops *loops, const rows_block *block, int64_t filter, coco_index channel,
                               coco_index kernel_row, int64_t kernel_column) {
  coco_index place[] = {coco_index_plus(block->filter, filter), channel, kernel_row, coco_index_of(kernel_column)};
  return coco_loops_broadcast(loops, coco_view_load(loops, &loops->operands[1], place), block->lanes);
}

/* Vector NUMBER of input row ROW, as kernel column KERNEL_COLUMN sees it. */
static coco_value *load_input(coco_loops *loops, const rows_block *block, coco_index channel, coco_index row,
                              int64_t kernel_column, int64_t number) {
  const coco_window *window = block->conv->window;
  int64_t steps[COCO_LOOPS_RANK] = {[3] = window->strides[1]};
  coco_index column =
      coco_index_multiply(loops, coco_index_plus(block->column, number * COCO_LOOPS_LANES), window->strides[1]);
  coco_index place[] = {block->image, coco_index_add(loops, block->first_channel, channel), row,
                        coco_index_plus(column, kernel_column * window->dilations[1] - window->pads[1])};
  return coco_view_load_lanes(loops, &loops->operands[0], place, steps, block->lanes, block->lanes);
}

/* Adds a vector of input, the kernel's row KERNEL_ROW for output row R, to all filters. WEIGHTS: of one kernel row and
 * column, by filter. */
static void add_vector(coco_loops *loops, const rows_block *block, coco_value *element, coco_value **weights, int64_t r,
                       int64_t number, coco_value **sums) {
  for (int64_t f = 0; f < block->conv->filters; ++f) {
    coco_value **sum = &sums[(f * block->rows + r) * block->vectors + number];
    *sum = coco_loops_fma(loops, element, weights[f], *sum);
  }
}

/* All kernel rows of a channel: input rows are loaded once for all output rows. */
static void add_channel_unrolled(coco_loops *loops, const rows_block *block, coco_index channel, coco_index top,
                                 coco_value **sums) {
  const rows_conv *conv = block->conv;
  const coco_window *window = conv->window;
  int64_t height = window->kernel[0], width = window->kernel[1], stride = window->strides[0],
          dilation = window->dilations[0];
  size_t count = (size_t)(height * width * conv->filters);
  coco_value **weights = coco_arena_allocate_zeroed(loops->scratch, count, sizeof *weights);
  if (!weights) {
    coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
    return;
  }
  for (int64_t i = 0; i <= (block->rows - 1) * stride + (height - 1) * dilation; ++i) {
    for (int64_t kernel_column = 0; kernel_column < width; ++kernel_column) {
      for (int64_t number = 0; number < block->vectors; ++number) {
        coco_value *element = NULL;
        for (int64_t r = 0; r < block->rows && r * stride <= i; ++r) {
          int64_t kernel_row = (i - r * stride) / dilation;
          if ((i - r * stride) % dilation || kernel_row >= height) continue;
          if (!element) element = load_input(loops, block, channel, coco_index_plus(top, i), kernel_column, number);
          coco_value **own = &weights[(kernel_row * width + kernel_column) * conv->filters];
          for (int64_t f = 0; f < conv->filters && !own[f]; ++f)
            own[f] = load_weight(loops, block, f, channel, coco_index_of(kernel_row), kernel_column);
          add_vector(loops, block, element, own, r, number, sums);
        }
      }
    }
  }
}

/* One kernel row of a channel, for large kernels. */
static void add_kernel_row(coco_loops *loops, const rows_block *block, coco_index channel, coco_index kernel_row,
                           coco_index top, coco_value **sums) {
  const rows_conv *conv = block->conv;
  coco_value **weights = coco_arena_allocate(loops->scratch, (size_t)conv->filters * sizeof *weights);
  if (!weights) {
    coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
    return;
  }
  coco_index first = coco_index_add(loops, top, coco_index_multiply(loops, kernel_row, conv->window->dilations[0]));
  for (int64_t kernel_column = 0; kernel_column < conv->window->kernel[1]; ++kernel_column) {
    for (int64_t f = 0; f < conv->filters; ++f)
      weights[f] = load_weight(loops, block, f, channel, kernel_row, kernel_column);
    for (int64_t r = 0; r < block->rows; ++r) {
      coco_index row = coco_index_plus(first, r * conv->window->strides[0]);
      for (int64_t number = 0; number < block->vectors; ++number)
        add_vector(loops, block, load_input(loops, block, channel, row, kernel_column, number), weights, r, number,
                   sums);
    }
  }
}

static void add_channel(coco_loops *loops, const rows_block *block, coco_index channel, coco_value **sums) {
  const coco_window *window = block->conv->window;
  coco_index top = coco_index_plus(coco_index_multiply(loops, block->row, window->strides[0]), -window->pads[0]);
  if (block->conv->unroll) {
    add_channel_unrolled(loops, block, channel, top, sums);
    return;
  }
  coco_loop loop =
      coco_loop_begin(loops, coco_index_of(0), coco_index_of(window->kernel[0]), 1, sums, sum_count(block));
  add_kernel_row(loops, block, channel, loop.induction, top, loop.carried);
  coco_loop_end(loops, &loop, loop.carried);
  memcpy(sums, loop.carried, loop.count * sizeof *sums);
}

static void store_block(coco_loops *loops, const rows_block *block, coco_value **sums) {
  coco_point point = {.rank = 4, .lanes = block->lanes, .axis = 3, .valid = block->lanes};
  point.index[0] = block->image;
  for (int64_t f = 0; f < block->conv->filters; ++f) {
    for (int64_t r = 0; r < block->rows; ++r) {
      for (int64_t number = 0; number < block->vectors; ++number) {
        point.index[1] = coco_index_plus(block->filter, f);
        point.index[2] = coco_index_plus(block->row, r);
        point.index[3] = coco_index_plus(block->column, number * COCO_LOOPS_LANES);
        coco_loops_finish(loops, &point, sums[(f * block->rows + r) * block->vectors + number], 2);
      }
    }
  }
}

/* VECTORS vectors of LANES columns from COLUMN on. */
static void build_block(coco_loops *loops, rows_block *block, coco_index column, int64_t vectors, size_t lanes) {
  const rows_conv *conv = block->conv;
  block->column = column;
  block->vectors = vectors;
  block->lanes = lanes;
  size_t count = sum_count(block);
  coco_value **sums = coco_arena_allocate(loops->scratch, count * sizeof *sums);
  if (!sums) {
    coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
    return;
  }
  coco_value *zero = coco_loops_number(loops, coco_loops_vector_type(loops, conv->scalar, lanes), 0, 0);
  for (size_t i = 0; i < count; ++i) sums[i] = zero;
  if (conv->channels > 0) {
    coco_loop loop = coco_loop_begin(loops, coco_index_of(0), coco_index_of(conv->channels), 1, sums, count);
    add_channel(loops, block, loop.induction, loop.carried);
    coco_loop_end(loops, &loop, loop.carried);
    memcpy(sums, loop.carried, count * sizeof *sums);
  }
  store_block(loops, block, sums);
}

/* Full blocks along a row, then whole vectors that are left, then the columns that are. */
static void build_row(coco_loops *loops, rows_block *block, int64_t width) {
  int64_t step = block->conv->vectors * COCO_LOOPS_LANES, full = width - width % step,
          vectors = (width - full) / COCO_LOOPS_LANES, whole = full + vectors * COCO_LOOPS_LANES;
  if (full > 0) {
    coco_loop loop = coco_loop_begin(loops, coco_index_of(0), coco_index_of(full), step, NULL, 0);
    build_block(loops, block, loop.induction, block->conv->vectors, COCO_LOOPS_LANES);
    coco_loop_end(loops, &loop, NULL);
  }
  if (vectors > 0) build_block(loops, block, coco_index_of(full), vectors, COCO_LOOPS_LANES);
  if (whole < width) build_block(loops, block, coco_index_of(whole), 1, (size_t)(width - whole));
}

/* COUNT times ROWS rows from row FIRST on. */
static void build_rows(coco_loops *loops, const rows_conv *conv, int64_t first, int64_t count, int64_t rows) {
  const int64_t *shape = loops->output.tensor->shape;
  if (count <= 0 || rows <= 0) return;
  coco_index indices[3];
  const int64_t extents[] = {shape[0], shape[1] / conv->filters, count};
  coco_loop parallel = coco_parallel_begin(loops, extents, 3, indices);
  rows_block block = {.conv = conv, .image = indices[0], .rows = rows};
  coco_index group = coco_index_divide(loops, indices[1], conv->group_filters / conv->filters);
  block.first_channel =
      conv->group_filters == shape[1] ? coco_index_of(0) : coco_index_multiply(loops, group, conv->channels);
  block.filter = coco_index_multiply(loops, indices[1], conv->filters);
  block.row = coco_index_plus(coco_index_multiply(loops, indices[2], rows), first);
  build_row(loops, &block, shape[3]);
  coco_parallel_end(loops, &parallel);
}

void coco_loops_conv_rows(coco_loops *loops) {
  coco_lr_window_info info = coco_lr_window_of(COCO_PROPERTY(loops->layer, lr_conv, info));
  coco_lr_tuning_info tuning = coco_lr_tuning_of(COCO_PROPERTY(loops->layer, lr_conv, tuning));
  const int64_t *shape = loops->output.tensor->shape, *kernel = info.window.kernel;
  if (coco_type_element_count(loops->output.tensor) == 0) return;
  rows_conv conv = {.window = &info.window,
                    .channels = loops->operands[0].tensor->shape[1] / info.group,
                    .group_filters = shape[1] / info.group,
                    .rows = tuning.rows > 0 ? tuning.rows : DEFAULT_ROWS,
                    .vectors = tuning.columns > 0 ? tuning.columns : 1,
                    .filters = tuning.filters > 0 ? tuning.filters : 1,
                    .scalar = loops->operands[0].tensor->element};
  if (conv.filters > conv.group_filters) conv.filters = conv.group_filters;
  while (conv.group_filters % conv.filters) --conv.filters;
  if (conv.rows > shape[2]) conv.rows = shape[2];
  int64_t vectors = coco_ceil_divide(shape[3], COCO_LOOPS_LANES);
  if (conv.vectors > vectors) conv.vectors = vectors;
  /* A tuning bounds the block for columns and filters alone: rows are as many as keep the code small. */
  if (conv.rows * conv.vectors * conv.filters > SUMS_MAXIMUM) conv.rows = SUMS_MAXIMUM / (conv.vectors * conv.filters);
  if (conv.rows < 1) conv.rows = 1;
  conv.unroll = conv.rows * conv.vectors * conv.filters * kernel[0] * kernel[1] <= UNROLLED_MAXIMUM;
  int64_t whole = shape[2] / conv.rows;
  build_rows(loops, &conv, 0, whole, conv.rows);
  build_rows(loops, &conv, whole * conv.rows, 1, shape[2] - whole * conv.rows);
  coco_view_zero_halo(loops, &loops->output);
}
