/* Copies of boxes: transpose, concat, slice, pad, reshape, expand.
 *
 * The result is filled first where the boxes may leave gaps. Each box is copied by vectors along its last dimension
 * where both sides run along a row; blocked tensors are copied by whole blocks of channels, save the last one when more
 * channels follow it. */
#include "lowering/loops_common.h"

enum { PIECES = 16 };

typedef struct move_box {
  const coco_view *input;
  const coco_affine_map *source, *destination;
  const int64_t *extents;
  size_t rank;
} move_box;

static void fill_point(coco_loops *loops, const coco_point *point, void *user) {
  const coco_attribute *fill = user;
  const coco_type *type = coco_loops_vector_type(loops, loops->output.tensor->element, point->lanes);
  bool real = coco_type_is_float(loops->output.tensor->element);
  coco_view_store_point(loops, &loops->output,
                        coco_loops_number(loops, type, real ? fill->real : 0, real ? 0 : fill->integer), point);
}

static void expand(coco_loops *loops, const coco_affine_map *map, const coco_index *place, coco_index *out) {
  for (size_t i = 0; i < map->result_count; ++i) out[i] = coco_index_expand(loops, map->results[i], place);
}

static void copy_element(coco_loops *loops, const move_box *box, const coco_index *place) {
  coco_index from[COCO_LOOPS_RANK], to[COCO_LOOPS_RANK];
  int64_t none[COCO_LOOPS_RANK] = {0};
  expand(loops, box->source, place, from);
  expand(loops, box->destination, place, to);
  coco_view_store_lanes(loops, &loops->output, coco_view_load(loops, box->input, from), to, none, 0, 0);
}

static void copy_vector(coco_loops *loops, const move_box *box, const coco_index *place, size_t from_axis,
                        size_t to_axis) {
  coco_index from[COCO_LOOPS_RANK], to[COCO_LOOPS_RANK];
  int64_t from_steps[COCO_LOOPS_RANK] = {0}, to_steps[COCO_LOOPS_RANK] = {0};
  from_steps[from_axis] = to_steps[to_axis] = 1;
  expand(loops, box->source, place, from);
  expand(loops, box->destination, place, to);
  coco_value *vector = coco_view_load_lanes(loops, box->input, from, from_steps, COCO_LOOPS_LANES, COCO_LOOPS_LANES);
  coco_view_store_lanes(loops, &loops->output, vector, to, to_steps, COCO_LOOPS_LANES, COCO_LOOPS_LANES);
}

/* Whether dimension DIMENSION moves only the last index of TENSOR, by one each. */
static bool runs_along_row(const coco_affine_map *map, const coco_type *tensor, size_t rank, size_t dimension) {
  if (tensor->rank == 0 || map->result_count != tensor->rank) return false;
  for (size_t i = 0; i < tensor->rank; ++i) {
    int64_t coefficients[COCO_LR_MAX_RANK] = {0}, base = 0;
    if (!coco_lr_affine_linear(map->results[i], 1, coefficients, rank, &base)) return false;
    if (coefficients[dimension] != (i == tensor->rank - 1)) return false;
  }
  return true;
}

static bool has_vectors(const coco_type *element) {
  return (coco_type_is_float(element) && element->width >= 8) ||
         (element->kind == COCO_TYPE_INTEGER && element->width >= 8 && element->width <= 64);
}

static size_t parallel_prefix(const int64_t *turns, size_t limit) {
  int64_t total = 1;
  size_t prefix = 0;
  while (prefix < limit && total < PIECES) total *= turns[prefix++];
  return prefix;
}

/* ---- Dense ---- */

static void copy_row(coco_loops *loops, const move_box *box, coco_index *place) {
  size_t last = box->rank - 1;
  int64_t extent = box->extents[last], whole = 0;
  const coco_type *input = box->input->tensor, *output = loops->output.tensor;
  bool rows = has_vectors(output->element) && runs_along_row(box->source, input, box->rank, last) &&
              runs_along_row(box->destination, output, box->rank, last);
  if (rows) whole = extent - extent % COCO_LOOPS_LANES;
  if (whole > 0) {
    coco_loop loop = coco_loop_begin(loops, coco_index_of(0), coco_index_of(whole), COCO_LOOPS_LANES, NULL, 0);
    place[last] = loop.induction;
    copy_vector(loops, box, place, input->rank - 1, output->rank - 1);
    coco_loop_end(loops, &loop, NULL);
  }
  if (whole == extent) return;
  coco_loop loop = coco_loop_begin(loops, coco_index_of(whole), coco_index_of(extent), 1, NULL, 0);
  place[last] = loop.induction;
  copy_element(loops, box, place);
  coco_loop_end(loops, &loop, NULL);
}

static void copy_dense(coco_loops *loops, const move_box *box, coco_index *place, size_t from) {
  if (box->rank == 0) {
    copy_element(loops, box, place);
    return;
  }
  if (from == box->rank - 1) {
    copy_row(loops, box, place);
    return;
  }
  coco_loop loop = coco_loop_begin(loops, coco_index_of(0), coco_index_of(box->extents[from]), 1, NULL, 0);
  place[from] = loop.induction;
  copy_dense(loops, box, place, from + 1);
  coco_loop_end(loops, &loop, NULL);
}

/* ---- Blocked ---- */

/* COUNT channels from channel FIRST of the box on: whole blocks, or (SINGLE) one by one. */
static void copy_channels(coco_loops *loops, const move_box *box, int64_t first, int64_t count, bool single) {
  int64_t block = loops->output.layout.block;
  const int64_t turns[] = {box->extents[0], single ? count : coco_ceil_divide(count, block), box->extents[2],
                           box->extents[3]};
  coco_index place[COCO_LOOPS_RANK];
  size_t prefix = parallel_prefix(turns, 3);
  coco_loop parallel = coco_parallel_begin(loops, turns, prefix, place);
  coco_loop inner[4];
  for (size_t i = 0; i < 4; ++i) {
    if (i >= prefix) {
      inner[i] = coco_loop_begin(loops, coco_index_of(0), coco_index_of(turns[i]), 1, NULL, 0);
      place[i] = inner[i].induction;
    }
    if (i == 1) place[i] = coco_index_plus(single ? place[i] : coco_index_multiply(loops, place[i], block), first);
  }
  if (single) {
    copy_element(loops, box, place);
  } else {
    copy_vector(loops, box, place, 1, 1);
  }
  for (size_t i = 4; i-- > prefix;) coco_loop_end(loops, &inner[i], NULL);
  coco_parallel_end(loops, &parallel);
}

static void copy_blocked(coco_loops *loops, const move_box *box) {
  int64_t block = loops->output.layout.block, channels = box->extents[1], whole = channels - channels % block;
  int64_t coefficients[4] = {0}, shift = 0;
  bool linear = coco_lr_affine_linear(box->destination->results[1], 1, coefficients, 4, &shift);
  /* Lanes past the result's last channel may hold anything. */
  if (block == COCO_LOOPS_LANES && linear && shift + channels == loops->output.tensor->shape[1]) whole = channels;
  if (block != COCO_LOOPS_LANES) whole = 0;
  if (whole > 0) copy_channels(loops, box, 0, whole, false);
  if (whole < channels) copy_channels(loops, box, whole, channels - whole, true);
}

static void copy_box(coco_loops *loops, const move_box *box) {
  for (size_t i = 0; i < box->rank; ++i) {
    if (box->extents[i] == 0) return;
  }
  if (box->input->layout.block > 1) {
    copy_blocked(loops, box);
    return;
  }
  coco_index place[COCO_LOOPS_RANK];
  size_t prefix = parallel_prefix(box->extents, box->rank ? box->rank - 1 : 0);
  coco_loop parallel = coco_parallel_begin(loops, box->extents, prefix, place);
  copy_dense(loops, box, place, prefix);
  coco_parallel_end(loops, &parallel);
}

void coco_loops_move(coco_loops *loops) {
  const coco_operation *move = loops->layer;
  const coco_attribute *fill = COCO_PROPERTY(move, lr_move, fill), *domains = COCO_PROPERTY(move, lr_move, domains);
  if (fill) {
    size_t axis = coco_loops_axis(loops);
    coco_attribute copy = *fill;
    coco_loops_over_points(loops, &loops->output, axis, 0, fill_point, &copy);
  }
  for (size_t i = 0; i < move->operand_count; ++i) {
    move_box box = {.input = &loops->operands[i], .source = COCO_PROPERTY(move, lr_move, sources)->elements[i]->map,
               .destination = COCO_PROPERTY(move, lr_move, destinations)->elements[i]->map,
               .extents = coco_attribute_i64s(domains->elements[i]), .rank = domains->elements[i]->count};
    copy_box(loops, &box);
  }
  coco_view_zero_halo(loops, &loops->output);
}
