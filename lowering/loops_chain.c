/* Chains of convolutions around a depthwise one, worked off row by row: see chain_plan.h.
 *
 * The layers are built by the code that builds them alone, which is told other rows and other memory; each output adds
 * the same products in the same order. Rows of the layer before that a strip needs are new ones (at least as many as
 * the depthwise convolution's stride) behind those that are kept, so that a ring of as many rows as a strip reads
 * suffices: what is written over is above the strip.
 *
 * Cost of running: that of the layers, and (kernel rows - stride) rows of the layer before again for each band. */
#include "lowering/chain_plan.h"
#include "lowering/loops_common.h"

/* A layer as coco_loops knows it. */
typedef struct chain_stage {
  coco_operation *layer; /* NULL: none */
  coco_view *operands, output;
  const coco_affine_map **maps;
} chain_stage;

typedef struct layer_chain {
  coco_chain_plan plan;
  chain_stage before, depthwise, after;
  coco_window window; /* of the depthwise convolution */
} layer_chain;

/* A piece at work. */
typedef struct chain_piece {
  coco_index image, begin, end; /* output rows of the depthwise convolution */
  coco_index first;             /* block of channels */
  int64_t blocks;
} chain_piece;

/* A strip of rows of the depthwise convolution, and the new rows of the layer before. */
typedef struct chain_strip {
  coco_index begin, end, new_begin, new_end;
} chain_strip;

static void work_on(coco_loops *loops, const chain_stage *stage) {
  loops->layer = stage->layer;
  loops->operands = stage->operands;
  loops->maps = stage->maps;
  loops->output = stage->output;
}

/* The stage of LAYER, whose operands are the views of the region's arguments, but for what it reads from a former one.
 */
static chain_stage make_stage(coco_loops *loops, const coco_operation *layer, const coco_view *views) {
  chain_stage made = {.layer = (coco_operation *)layer};
  if (!layer) return made;
  size_t count = layer->operand_count;
  made.operands = coco_arena_allocate_zeroed(loops->scratch, count, sizeof *made.operands);
  made.maps = coco_arena_allocate_zeroed(loops->scratch, count, sizeof *made.maps);
  if (!made.operands || !made.maps) {
    coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
    return made;
  }
  const coco_type *result = coco_operation_result(layer, 0)->type;
  const coco_attribute *maps = COCO_PROPERTY(layer, lr_conv, maps);
  for (size_t i = 0; i < count; ++i) {
    const coco_value *value = coco_operation_operand(layer, i);
    if (!coco_value_operation(value)) made.operands[i] = views[value->index];
    bool in_place =
        i >= 2 && value->type->rank == result->rank && coco_affine_map_is_identity(maps->elements[i - 2]->map);
    if (i >= 2 && !in_place) made.maps[i] = maps->elements[i - 2]->map;
  }
  return made;
}

/* Room on the stack for ROWS rows of BLOCKS blocks of the result of LAYER. */
static coco_view make_ring(coco_loops *loops, const coco_operation *layer, int64_t blocks, int64_t rows,
                           coco_index first) {
  const coco_type *type = coco_operation_result(layer, 0)->type;
  const int64_t shape[] = {1, blocks, rows, type->shape[3], COCO_LOOPS_LANES};
  coco_view view = coco_view_make(coco_loops_stack(loops, 5, shape), type);
  view.ring = rows;
  view.first_block = first;
  return view;
}

/* COUNT groups of GROUP blocks from block FIRST on: what the strip needs of the layer before, and its own rows. */
static void build_groups(coco_loops *loops, const layer_chain *chain, const chain_piece *piece,
                         const chain_strip *strip, coco_index first, int64_t count, int64_t group) {
  if (count <= 0 || group <= 0) return;
  coco_loop loop = coco_loop_begin(loops, coco_index_of(0), coco_index_of(count), 1, NULL, 0);
  coco_index block =
      coco_index_fixed(loops, coco_index_add(loops, first, coco_index_multiply(loops, loop.induction, group)));
  if (chain->before.layer) {
    work_on(loops, &chain->before);
    coco_loops_direct_rows(loops, piece->image, block, group, strip->new_begin, strip->new_end);
  }
  work_on(loops, &chain->depthwise);
  coco_loops_depthwise_rows(loops, piece->image, block, group, strip->begin, strip->end);
  coco_loop_end(loops, &loop, NULL);
}

/* The rows of the layer before that the windows of the strip read and that are not there yet; NEXT is the first such,
 * and becomes that of the next strip. */
static void find_new_rows(coco_loops *loops, const layer_chain *chain, chain_strip *strip, coco_value **next) {
  const coco_window *window = &chain->window;
  int64_t height = coco_operation_result(chain->before.layer, 0)->type->shape[2];
  coco_index top = coco_index_plus(coco_index_multiply(loops, strip->begin, window->strides[0]), -window->pads[0]);
  int64_t reach = (window->kernel[0] - 1) * window->dilations[0] + 1;
  coco_index last = coco_index_multiply(loops, coco_index_plus(strip->end, -1), window->strides[0]);
  coco_index bottom = coco_index_plus(last, reach - window->pads[0]);
  strip->new_begin = coco_index_fixed(loops, coco_index_maximum(loops, top, (coco_index){*next, 0}));
  strip->new_end = coco_index_fixed(loops, coco_index_minimum(loops, bottom, coco_index_of(height)));
  *next = coco_index_value(loops, coco_index_maximum(loops, strip->new_begin, strip->new_end));
}

static void build_strip(coco_loops *loops, const layer_chain *chain, const chain_piece *piece, coco_index begin,
                        coco_value **next) {
  const coco_chain_plan *plan = &chain->plan;
  chain_strip strip = {.begin = begin, .end = coco_index_plus(begin, plan->rows)};
  bool whole = plan->band_rows % plan->rows == 0 && plan->height % plan->band_rows == 0;
  if (plan->rows > 1 && !whole) strip.end = coco_index_minimum(loops, strip.end, piece->end);
  if (chain->before.layer) find_new_rows(loops, chain, &strip, next);
  int64_t groups = piece->blocks / plan->group, done = groups * plan->group;
  build_groups(loops, chain, piece, &strip, piece->first, groups, plan->group);
  build_groups(loops, chain, piece, &strip, coco_index_plus(piece->first, done), 1, piece->blocks - done);
  if (!chain->after.layer) return;
  work_on(loops, &chain->after);
  int64_t filters = loops->output.tensor->shape[1];
  coco_loops_direct_rows(loops, piece->image, coco_index_of(0), coco_ceil_divide(filters, COCO_LOOPS_LANES),
                         strip.begin, strip.end);
}

/* The memory of the piece, and its strips. */
static void build_piece(coco_loops *loops, layer_chain *chain, const chain_piece *piece) {
  const coco_chain_plan *plan = &chain->plan;
  if (chain->before.layer) {
    int64_t kept = plan->kept_blocks < piece->blocks ? plan->kept_blocks : piece->blocks;
    chain->before.output = make_ring(loops, chain->before.layer, kept, plan->ring, piece->first);
    chain->depthwise.operands[0] = chain->before.output;
  }
  if (chain->after.layer) {
    chain->depthwise.output = make_ring(loops, chain->depthwise.layer, piece->blocks, plan->rows, coco_index_of(0));
    chain->after.operands[0] = chain->depthwise.output;
  }
  coco_value *next = coco_index_value(loops, coco_index_of(0));
  coco_loop strips = coco_loop_begin(loops, piece->begin, piece->end, plan->rows, &next, 1);
  build_strip(loops, chain, piece, strips.induction, strips.carried);
  coco_loop_end(loops, &strips, strips.carried);
}

/* GROUPS groups of BLOCKS blocks of channels from block FIRST on, each by bands of rows. */
static void build_pieces(coco_loops *loops, layer_chain *chain, int64_t first, int64_t groups, int64_t blocks) {
  const coco_chain_plan *plan = &chain->plan;
  if (groups <= 0 || blocks <= 0) return;
  coco_index indices[3];
  const int64_t extents[] = {plan->images, groups, plan->bands};
  coco_loop parallel = coco_parallel_begin(loops, extents, 3, indices);
  chain_piece piece = {.image = indices[0], .blocks = blocks};
  piece.first = coco_index_fixed(loops, coco_index_plus(coco_index_multiply(loops, indices[1], blocks), first));
  piece.begin = coco_index_fixed(loops, coco_index_multiply(loops, indices[2], plan->band_rows));
  piece.end = coco_index_plus(piece.begin, plan->band_rows);
  if (plan->height % plan->band_rows) piece.end = coco_index_minimum(loops, piece.end, coco_index_of(plan->height));
  build_piece(loops, chain, &piece);
  coco_parallel_end(loops, &parallel);
}

void coco_loops_chain(coco_loops *loops) {
  const coco_view *views = loops->operands;
  coco_operation *layer = loops->layer;
  coco_view output = loops->output;
  layer_chain chain = {.plan = coco_chain_plan_of(layer)};
  const coco_chain_plan *plan = &chain.plan;
  chain.before = make_stage(loops, plan->layers.before, views);
  chain.depthwise = make_stage(loops, plan->layers.depthwise, views);
  chain.after = make_stage(loops, plan->layers.after, views);
  if (loops->builder.status != COCO_OK) return;
  if (coco_chain_plan_bytes(plan) > COCO_CHAIN_STACK) {
    coco_builder_fail(&loops->builder,
                      coco_operation_error(layer, "needs more memory between its layers than a stack has"));
    return;
  }
  chain.window = coco_lr_window_of(COCO_PROPERTY(chain.depthwise.layer, lr_conv, info)).window;
  if (chain.after.layer) {
    chain.after.output = output;
    build_pieces(loops, &chain, 0, 1, plan->blocks);
  } else {
    chain.depthwise.output = output;
    int64_t groups = plan->blocks / plan->group;
    build_pieces(loops, &chain, 0, groups, plan->group);
    build_pieces(loops, &chain, groups * plan->group, 1, plan->blocks - groups * plan->group);
  }
  coco_view_zero_halo(loops, &output);
  loops->layer = layer;
}
