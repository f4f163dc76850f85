/* Loops over all points of a tensor: the outer axes in parallel, vectors along one axis, single elements for what is
 * left.
 *
 * Along channels (axis 1) of a blocked tensor every vector is a whole block; its last one may reach past the last
 * channel, where the storage has room. Along the last axis the rest of a row is done element by element. */
#include "lowering/loops_common.h"

enum { DEFAULT_PIECES = 16 };

typedef struct point_nest {
  const coco_view *view;
  size_t axis;
  size_t prefix; /* how many axes are parallel */
  coco_point_function function;
  void *user;
} point_nest;

static bool all_f32(const coco_loops *loops) {
  for (size_t i = 0; i < loops->layer->operand_count; ++i) {
    const coco_type *scalar = coco_type_scalar(coco_operation_operand(loops->layer, i)->type);
    if (!coco_type_is_float(scalar) || scalar->format != COCO_F32) return false;
  }
  const coco_type *scalar = loops->output.tensor->element;
  return coco_type_is_float(scalar) && scalar->format == COCO_F32;
}

size_t coco_loops_axis(const coco_loops *loops) {
  size_t rank = loops->output.tensor->rank;
  if (rank == 0 || !all_f32(loops)) return COCO_NO_AXIS;
  if (loops->output.layout.block == COCO_LOOPS_LANES) return 1;
  return loops->output.layout.block == 1 ? rank - 1 : COCO_NO_AXIS;
}

/* Turns of the loop over axis I when the vectors of channels are counted in [0, blocks). */
static size_t parallel_axes(const int64_t *turns, size_t rank, size_t inner, int64_t pieces) {
  int64_t total = 1;
  size_t prefix = 0;
  while (prefix < inner && prefix < rank && total < pieces) total *= turns[prefix++];
  return prefix;
}

static void rest(coco_loops *loops, const point_nest *nest, coco_point *point, size_t from, const int64_t *turns);

/* The innermost axis, along which the vectors lie. */
static void row(coco_loops *loops, const point_nest *nest, coco_point *point) {
  size_t axis = nest->axis;
  int64_t extent = nest->view->tensor->shape[axis], whole = extent - extent % COCO_LOOPS_LANES;
  if (whole > 0) {
    coco_loop loop = coco_loop_begin(loops, coco_index_of(0), coco_index_of(whole), COCO_LOOPS_LANES, NULL, 0);
    point->index[axis] = loop.induction;
    point->lanes = point->valid = COCO_LOOPS_LANES;
    nest->function(loops, point, nest->user);
    coco_loop_end(loops, &loop, NULL);
  }
  if (whole < extent) {
    coco_loop loop = coco_loop_begin(loops, coco_index_of(whole), coco_index_of(extent), 1, NULL, 0);
    point->index[axis] = loop.induction;
    point->lanes = point->valid = 0;
    nest->function(loops, point, nest->user);
    coco_loop_end(loops, &loop, NULL);
  }
}

static void rest(coco_loops *loops, const point_nest *nest, coco_point *point, size_t from, const int64_t *turns) {
  size_t rank = point->rank;
  if (from == rank) {
    nest->function(loops, point, nest->user);
    return;
  }
  if (nest->axis == from && from == rank - 1 && nest->view->layout.block == 1) {
    row(loops, nest, point);
    return;
  }
  coco_loop loop = coco_loop_begin(loops, coco_index_of(0), coco_index_of(turns[from]), 1, NULL, 0);
  if (nest->axis == from) {
    point->index[from] =
        coco_index_plus(coco_index_multiply(loops, loop.induction, COCO_LOOPS_LANES), point->index[from].constant);
  } else {
    point->index[from] = loop.induction;
  }
  rest(loops, nest, point, from + 1, turns);
  coco_loop_end(loops, &loop, NULL);
}

/* BLOCKS of vectors along the axis, from element FIRST on, VALID lanes of each inside the tensor (blocked tensors);
 * else all points. */
static void points(coco_loops *loops, const point_nest *nest, int64_t first, int64_t blocks, size_t valid) {
  coco_point point = {.rank = nest->view->tensor->rank, .axis = nest->axis};
  int64_t turns[COCO_LOOPS_RANK];
  for (size_t i = 0; i < point.rank; ++i) turns[i] = nest->view->tensor->shape[i];
  bool blocked = nest->view->layout.block > 1 && nest->axis < point.rank;
  if (blocked) {
    turns[nest->axis] = blocks;
    point.lanes = COCO_LOOPS_LANES;
    point.valid = valid;
  }
  coco_index indices[COCO_LOOPS_RANK];
  coco_loop parallel = coco_parallel_begin(loops, turns, nest->prefix, indices);
  for (size_t i = 0; i < nest->prefix; ++i) {
    point.index[i] = indices[i];
    if (blocked && i == nest->axis)
      point.index[i] = coco_index_plus(coco_index_multiply(loops, indices[i], COCO_LOOPS_LANES), first);
  }
  if (blocked && nest->prefix <= nest->axis) point.index[nest->axis] = coco_index_of(first);
  rest(loops, nest, &point, nest->prefix, turns);
  coco_parallel_end(loops, &parallel);
}

void coco_loops_over_points(coco_loops *loops, const coco_view *view, size_t axis, int64_t pieces,
                            coco_point_function function, void *user) {
  const coco_type *tensor = view->tensor;
  point_nest nest = {.view = view, .axis = axis, .function = function, .user = user};
  int64_t turns[COCO_LOOPS_RANK];
  for (size_t i = 0; i < tensor->rank; ++i) {
    if (tensor->shape[i] == 0) return;
    turns[i] = tensor->shape[i];
  }
  bool blocked = axis < tensor->rank && view->layout.block > 1;
  if (blocked) turns[axis] = coco_ceil_divide(turns[axis], COCO_LOOPS_LANES);
  size_t inner = tensor->rank ? tensor->rank - 1 : 0;
  nest.prefix = parallel_axes(turns, tensor->rank, inner, pieces > 0 ? pieces : DEFAULT_PIECES);
  if (!blocked) {
    points(loops, &nest, 0, 0, 0);
    return;
  }
  int64_t channels = tensor->shape[axis], whole = channels / COCO_LOOPS_LANES, left = channels % COCO_LOOPS_LANES;
  if (whole > 0) points(loops, &nest, 0, whole, COCO_LOOPS_LANES);
  if (left > 0) points(loops, &nest, whole * COCO_LOOPS_LANES, 1, (size_t)left);
}
