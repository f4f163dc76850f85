/* Sparse 1x1 convolutions: lr.pointwise_conv.
 *
 * A register block is the filters of a bundle by some rows and columns of vectors; input and output lie in patches
 * (loops_patches.c), so that lanes are pixels and every load is aligned. A bundle walks its steps: in each, every
 * strand has a channel of its own, whose vectors meet the weights of the strand's filters. One loop has one body, and
 * ends once for all filters of the bundle; only how many strands there are is in the code, never what they read. Where
 * strands go in pairs first, a loop of its own does these steps, and loads a pair's vectors once. On processors with
 * short registers a sum has 8 or 4 of a vector's 16 lanes, in turn, and where a multiply-add takes one of a register's
 * lanes, the weights of a step are loaded together.
 *
 * Where there are several groups of channels, all bundles of a block take one group before the next, so that the
 * group's input stays in the first cache; the sums wait in the output. As filters are bundled anew in each group, parts
 * of the bundles that run in parallel wait for each other before the next group. */
#include "dialects/lr/pointwise.h"
#include "lowering/loops_common.h"

enum { SUMS_MAXIMUM = COCO_BUNDLES_MOST_FILTERS, MOST_PHASES = COCO_BUNDLES_MOST_PHASES };
enum { OPERAND_INPUT, OPERAND_ORDER, OPERAND_OFFSET, OPERAND_INDEX, OPERAND_WEIGHTS };

typedef struct pointwise_plan {
  coco_lr_window_info info;
  const coco_type *vector;
  int64_t filters, channels, groups, bundles;
  int64_t strands, share, width;  /* of a bundle: width is strands * share */
  int64_t phases;                 /* of two, strands go in pairs in the first */
  int64_t steps;                  /* in all */
  int64_t patch[2], pitch, plane; /* of the result; of the input, in vectors */
  int64_t parts;                  /* of the bundles, that run in parallel */
  int64_t lanes, together;        /* of a patch's vector in one sum; weights in one load */
} pointwise_plan;

typedef struct pointwise_block {
  const pointwise_plan *plan;
  coco_index image, row, column; /* the first vector, in the patch */
  int64_t rows, columns;
  coco_index group, part;
  int64_t filters;                /* of the bundle at hand */
  coco_index order[SUMS_MAXIMUM]; /* their output channels */
  coco_index lane;                /* the first one of the sums */
  coco_value *input;              /* all of its elements, in one dimension */
  coco_index first;               /* element of INPUT: of channel 0, where the block and the lane begin */
} pointwise_block;

static size_t vectors_of(const pointwise_block *block) { return (size_t)(block->rows * block->columns); }

static size_t sum_count(const pointwise_block *block) { return (size_t)block->filters * vectors_of(block); }

/* ---- Steps ---- */

static void load_weights(coco_loops *loops, const pointwise_block *block, coco_index step, coco_value **weights) {
  const pointwise_plan *plan = block->plan;
  const bool together = plan->together > 1 && plan->width % plan->together == 0;
  coco_value *memory = loops->operands[OPERAND_WEIGHTS].memory, *vector = NULL;
  for (int64_t i = 0; i < block->filters; ++i) {
    const coco_index place[] = {step, coco_index_of(i)};
    if (together && i % plan->together == 0) vector = coco_loops_load(loops, memory, place, 2, (size_t)plan->together);
    coco_value *scalar =
        together ? coco_loops_extract(loops, vector, i % plan->together) : coco_loops_load(loops, memory, place, 2, 0);
    weights[i] = coco_loops_broadcast(loops, scalar, (size_t)plan->lanes);
  }
}

/* The block's vectors of the channel that STRAND, and TOGETHER - 1 behind it, have in STEP, each with the sums of their
 * filters. */
static void add_strands(coco_loops *loops, const pointwise_block *block, coco_index step, int64_t strand,
                        int64_t together, coco_value *const *weights, coco_value **sums) {
  const pointwise_plan *plan = block->plan;
  const coco_window *window = &plan->info.window;
  const int64_t first = strand * plan->share, left = block->filters - first, all = together * plan->share,
                count = left < all ? left : all;
  const int64_t row = window->strides[0] * plan->pitch, column = window->strides[1];
  const int64_t last = (block->rows - 1) * row + (block->columns - 1) * column;
  const coco_index place[] = {step, coco_index_of(strand)};
  coco_index channel = coco_loops_load_number(loops, OPERAND_INDEX, place, 2);
  coco_index begin = coco_index_multiply(loops, channel, plan->plane * COCO_LOOPS_LANES);
  begin = coco_index_fixed(loops, coco_index_add(loops, block->first, begin));
  coco_value *input = coco_loops_part(loops, block->input, begin, last * COCO_LOOPS_LANES + plan->lanes);
  for (int64_t v = 0; v < (int64_t)vectors_of(block); ++v) {
    const int64_t at = v / block->columns * row + v % block->columns * column;
    const coco_index element = coco_index_of(at * COCO_LOOPS_LANES);
    coco_value *vector = coco_loops_load(loops, input, &element, 1, (size_t)plan->lanes);
    for (int64_t f = first; f < first + count; ++f) {
      coco_value **sum = &sums[f * (int64_t)vectors_of(block) + v];
      *sum = coco_loops_fma(loops, vector, weights[f], *sum);
    }
  }
}

/* Steps [FIRST, END) of the bundle, in which strands go TOGETHER. */
static void add_steps(coco_loops *loops, const pointwise_block *block, coco_index first, coco_index end,
                      int64_t together, coco_value **sums) {
  coco_value *weights[SUMS_MAXIMUM];
  const size_t count = sum_count(block);
  if (block->plan->steps == 0 || loops->builder.status != COCO_OK) return;
  coco_loop steps = coco_loop_begin(loops, first, end, 1, sums, count);
  load_weights(loops, block, steps.induction, weights);
  for (int64_t s = 0; s * block->plan->share < block->filters && loops->builder.status == COCO_OK; s += together)
    add_strands(loops, block, steps.induction, s, together, weights, steps.carried);
  coco_loop_end(loops, &steps, steps.carried);
  if (loops->builder.status == COCO_OK) memcpy(sums, steps.carried, count * sizeof *sums);
}

/* ---- Sums ---- */

static coco_point point_of(const void *user, size_t sum) {
  const pointwise_block *block = user;
  const size_t lanes = (size_t)block->plan->lanes, vector = sum % vectors_of(block);
  coco_point point = {.rank = 4, .lanes = lanes, .axis = 1, .valid = lanes, .in_patches = true, .patch = block->lane};
  point.index[0] = block->image;
  point.index[1] = block->order[sum / vectors_of(block)];
  point.index[2] = coco_index_plus(block->row, (int64_t)vector / block->columns);
  point.index[3] = coco_index_plus(block->column, (int64_t)vector % block->columns);
  return point;
}

static coco_patch_sums sums_of(const pointwise_block *block) {
  return (coco_patch_sums){.vector = block->plan->vector,
                           .count = sum_count(block),
                           .group = block->group,
                           .groups = block->plan->groups,
                           .first_extra = COCO_LR_POINTWISE_OPERANDS,
                           .point = point_of,
                           .block = block};
}

/* ---- Blocks ---- */

/* Bundle NUMBER of the block's group, which has FILTERS. */
static void build_bundle(coco_loops *loops, pointwise_block *block, coco_index number, int64_t filters) {
  const pointwise_plan *plan = block->plan;
  coco_value *sums[SUMS_MAXIMUM];
  const coco_index first = block->first, place = coco_index_multiply(loops, number, plan->width);
  const coco_index row =
      coco_index_fixed(loops, coco_index_add(loops, coco_index_multiply(loops, block->group, plan->bundles), number));
  coco_index ends[MOST_PHASES + 1];
  for (int64_t i = 0; i <= plan->phases; ++i) {
    const coco_index at = coco_index_plus(coco_index_multiply(loops, row, plan->phases), i);
    ends[i] = coco_loops_load_number(loops, OPERAND_OFFSET, &at, 1);
  }
  block->filters = filters;
  for (int64_t f = 0; f < filters; ++f) {
    const coco_index at[] = {block->group, coco_index_plus(place, f)};
    block->order[f] = coco_loops_load_number(loops, OPERAND_ORDER, at, 2);
  }
  coco_loop lanes = coco_loop_begin(loops, coco_index_of(0), coco_index_of(COCO_LOOPS_LANES), plan->lanes, NULL, 0);
  block->lane = lanes.induction;
  block->first = coco_index_fixed(loops, coco_index_add(loops, first, block->lane));
  const coco_patch_sums of = sums_of(block);
  coco_patch_sums_begin(loops, &of, sums);
  for (int64_t i = 0; i < plan->phases; ++i) add_steps(loops, block, ends[i], ends[i + 1], plan->phases - i, sums);
  coco_patch_sums_end(loops, &of, sums);
  coco_loop_end(loops, &lanes, NULL);
  block->first = first;
}

/* The full bundles of the block's part. */
static void build_whole_bundles(coco_loops *loops, pointwise_block *block) {
  const pointwise_plan *plan = block->plan;
  const int64_t whole = plan->filters / plan->width, share = coco_ceil_divide(whole, plan->parts);
  if (whole == 0) return;
  coco_index first = coco_index_fixed(loops, coco_index_multiply(loops, block->part, share));
  coco_index end = coco_index_minimum(loops, coco_index_plus(first, share), coco_index_of(whole));
  coco_loop bundles = coco_loop_begin(loops, first, end, 1, NULL, 0);
  build_bundle(loops, block, bundles.induction, plan->width);
  coco_loop_end(loops, &bundles, NULL);
}

/* Each bundle of the block's part; the last part has the one with fewer filters. */
static void build_bundles(coco_loops *loops, pointwise_block *block) {
  const pointwise_plan *plan = block->plan;
  const int64_t whole = plan->filters / plan->width, left = plan->filters % plan->width;
  build_whole_bundles(loops, block);
  if (left == 0) return;
  if (plan->parts == 1) {
    build_bundle(loops, block, coco_index_of(whole), left);
    return;
  }
  coco_value *part = coco_index_value(loops, block->part),
             *last = coco_index_value(loops, coco_index_of(plan->parts - 1));
  if (loops->builder.status != COCO_OK) return;
  coco_loop choice = coco_if_begin(loops, coco_loops_is_equal(loops, part, last), plan->vector, 0);
  build_bundle(loops, block, coco_index_of(whole), left);
  coco_if_else(loops, &choice, NULL);
  coco_if_end(loops, &choice, NULL);
}

/* Where the block begins in channel 0. */
static coco_index first_element(coco_loops *loops, const pointwise_block *block) {
  const pointwise_plan *plan = block->plan;
  const coco_window *window = &plan->info.window;
  const int64_t *halo = loops->operands[OPERAND_INPUT].layout.halo;
  coco_index row = coco_index_plus(coco_index_multiply(loops, block->row, window->strides[0]), halo[COCO_LR_TOP]),
             column =
                 coco_index_plus(coco_index_multiply(loops, block->column, window->strides[1]), halo[COCO_LR_LEFT]);
  coco_index vectors = coco_index_multiply(loops, block->image, plan->channels * plan->plane);
  vectors = coco_index_add(loops, vectors, coco_index_multiply(loops, row, plan->pitch));
  vectors = coco_index_add(loops, vectors, column);
  return coco_index_fixed(loops, coco_index_multiply(loops, vectors, COCO_LOOPS_LANES));
}

static void build_block(coco_loops *loops, pointwise_block *block) {
  block->input = coco_loops_flatten(loops, loops->operands[OPERAND_INPUT].memory);
  block->first = first_element(loops, block);
  if (block->plan->parts > 1) {
    build_bundles(loops, block);
    return;
  }
  coco_loop groups = coco_loop_begin(loops, coco_index_of(0), coco_index_of(block->plan->groups), 1, NULL, 0);
  block->group = groups.induction;
  build_bundles(loops, block);
  coco_loop_end(loops, &groups, NULL);
}

/* Blocks of all columns. */
static void build_columns(coco_loops *loops, pointwise_block *block, int64_t largest) {
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

/* GROUP: the only one, where parts wait for each other. */
static void build_rows(coco_loops *loops, const pointwise_plan *plan, coco_index group, int64_t rows, int64_t columns) {
  int64_t sizes[2], counts[2], done = 0, images = loops->output.tensor->shape[0];
  coco_loops_split(plan->patch[0], rows, sizes, counts);
  for (size_t i = 0; i < 2; ++i) {
    if (counts[i] == 0) continue;
    coco_index indices[3];
    coco_loop parallel = coco_parallel_begin(loops, (const int64_t[]){images, counts[i], plan->parts}, 3, indices);
    pointwise_block block = {.plan = plan, .image = indices[0], .group = group, .part = indices[2], .rows = sizes[i]};
    block.row = coco_index_fixed(loops, coco_index_plus(coco_index_multiply(loops, indices[1], sizes[i]), done));
    build_columns(loops, &block, columns);
    coco_parallel_end(loops, &parallel);
    done += counts[i] * sizes[i];
  }
}

void coco_loops_pointwise_conv(coco_loops *loops) {
  const coco_operation *layer = loops->layer;
  const coco_lr_tuning_info tuning = coco_lr_tuning_of(COCO_PROPERTY(layer, lr_pointwise_conv, tuning));
  const int64_t *index = loops->operands[OPERAND_INDEX].tensor->shape, /* steps, strands */
      *memory = loops->operands[OPERAND_INPUT].memory->type->shape;    /* image, channel, row, column, lane */
  if (!coco_lr_layout_has_patches(&loops->output.layout)) {
    coco_builder_fail(&loops->builder, coco_operation_error(layer, "has a lowering to loops only in patches"));
    return;
  }
  pointwise_plan plan = {.info = coco_lr_window_of(COCO_PROPERTY(layer, lr_pointwise_conv, info)),
                         .filters = loops->output.tensor->shape[1],
                         .channels = loops->operands[OPERAND_INPUT].tensor->shape[1],
                         .groups = loops->operands[OPERAND_ORDER].tensor->shape[0],
                         .strands = index[1],
                         .share = COCO_PROPERTY(layer, lr_pointwise_conv, share)->integer,
                         .steps = index[0],
                         .pitch = memory[3],
                         .plane = memory[2] * memory[3],
                         .lanes = tuning.lanes == 4 || tuning.lanes == 8 ? tuning.lanes : COCO_LOOPS_LANES,
                         .together = tuning.unroll};
  plan.width = plan.strands * plan.share;
  plan.bundles = coco_ceil_divide(plan.filters, plan.width);
  plan.phases = (loops->operands[OPERAND_OFFSET].tensor->shape[0] - 1) / (plan.groups * plan.bundles);
  plan.vector = coco_loops_vector_type(loops, loops->output.tensor->element, (size_t)plan.lanes);
  plan.parts = tuning.pieces > 0 ? tuning.pieces : 1;
  if (plan.parts > plan.bundles) plan.parts = plan.bundles;
  coco_lr_patch_extents(loops->output.tensor, plan.patch);
  const int64_t width = plan.width < plan.filters ? plan.width : plan.filters;
  int64_t rows = tuning.rows > 0 ? tuning.rows : 1, columns = tuning.columns > 0 ? tuning.columns : 1;
  while (rows > 1 && rows * columns * width > SUMS_MAXIMUM) --rows;
  while (columns > 1 && columns * width > SUMS_MAXIMUM) --columns;
  coco_loop groups =
      coco_loop_begin(loops, coco_index_of(0), coco_index_of(plan.parts > 1 ? plan.groups : 1), 1, NULL, 0);
  build_rows(loops, &plan, groups.induction, rows, columns);
  coco_loop_end(loops, &groups, NULL);
  coco_patches_finish(loops, &loops->output, false);
}
