/* Tensors in memory: where a logical element lies, reading and writing elements and vectors of neighbours, borders of
 * zeros.
 *
 * A vector of lanes is one load when the lanes lie side by side, one scalar spread over all lanes when none of the
 * indices follows the lane, and is gathered element by element otherwise. */
#include "lowering/loops_common.h"
#include "lowering/lr_schedule.h"

coco_view coco_view_make(coco_value *memory, const coco_type *tensor) {
  coco_view view = {.memory = memory, .tensor = tensor, .layout = coco_lr_layout_of(tensor)};
  if (tensor->rank != 4) view.layout = (coco_lr_layout_info){.block = 1};
  return view;
}

/* Pixel p is row p % rows of patch p / rows, and so are columns. */
static size_t patch_physical(coco_loops *loops, const coco_view *view, const coco_index *logical, coco_index *out) {
  int64_t patch[2];
  coco_index number[2];
  coco_lr_patch_extents(view->tensor, patch);
  for (size_t i = 0; i < 2; ++i) {
    number[i] = coco_index_divide(loops, logical[2 + i], patch[i]);
    out[2 + i] = coco_index_plus(coco_index_modulo(loops, logical[2 + i], patch[i]), view->layout.halo[i]);
  }
  out[4] = coco_index_add(loops, coco_index_multiply(loops, number[0], view->layout.patches[1]), number[1]);
  return 5;
}

/* The vector of patches at POINT. */
static size_t patches_at(const coco_view *view, const coco_point *point, coco_index *out) {
  memcpy(out, point->index, 2 * sizeof *out);
  out[2] = coco_index_plus(point->index[2], view->layout.halo[COCO_LR_TOP]);
  out[3] = coco_index_plus(point->index[3], view->layout.halo[COCO_LR_LEFT]);
  out[4] = point->patch;
  return 5;
}

void coco_view_turn(coco_loops *loops, const coco_view *view, coco_index place[3]) {
  if (!view->ring) return;
  place[0] = coco_index_of(0);
  if (view->first_block.value || view->first_block.constant)
    place[1] = coco_index_subtract(loops, place[1], view->first_block);
  place[2] = coco_index_modulo(loops, place[2], view->ring);
}

size_t coco_view_physical(coco_loops *loops, const coco_view *view, const coco_index *logical, coco_index *out) {
  size_t rank = view->tensor->rank;
  memcpy(out, logical, rank * sizeof *out);
  if (rank != 4) return rank;
  const coco_lr_layout_info *layout = &view->layout;
  if (coco_lr_layout_has_patches(layout)) return patch_physical(loops, view, logical, out);
  out[2] = coco_index_plus(logical[2], layout->halo[COCO_LR_TOP]);
  out[3] = coco_index_plus(logical[3], layout->halo[COCO_LR_LEFT]);
  if (layout->block == 1) return 4;
  out[1] = coco_index_divide(loops, logical[1], layout->block);
  out[4] = coco_index_modulo(loops, logical[1], layout->block);
  coco_view_turn(loops, view, out);
  return 5;
}

coco_value *coco_view_load(coco_loops *loops, const coco_view *view, const coco_index *logical) {
  coco_index physical[COCO_LOOPS_PHYSICAL_RANK];
  size_t count = coco_view_physical(loops, view, logical, physical);
  return coco_loops_load(loops, view->memory, physical, count, 0);
}

typedef enum lane_access { LANES_SAME, LANES_TOGETHER, LANES_APART } lane_access;

static lane_access classify(const coco_loops *loops, const coco_view *view, const coco_index *logical,
                            const int64_t *steps, size_t lanes, size_t valid) {
  size_t rank = view->tensor->rank, moving = rank;
  for (size_t i = 0; i < rank; ++i) {
    if (steps[i] == 0) continue;
    if (moving != rank || steps[i] != 1) return LANES_APART;
    moving = i;
  }
  if (moving == rank) return LANES_SAME;
  if (view->layout.block > 1) {
    bool whole = view->layout.block == (int64_t)lanes && moving == 1 &&
                 coco_index_is_multiple(loops, logical[1], view->layout.block);
    return whole ? LANES_TOGETHER : LANES_APART;
  }
  return moving == rank - 1 && valid == lanes ? LANES_TOGETHER : LANES_APART;
}

static void lane_index(const coco_index *logical, const int64_t *steps, size_t rank, int64_t lane, coco_index *out) {
  for (size_t i = 0; i < rank; ++i) out[i] = coco_index_plus(logical[i], steps[i] * lane);
}

coco_value *coco_view_load_lanes(coco_loops *loops, const coco_view *view, const coco_index *logical,
                                 const int64_t *steps, size_t lanes, size_t valid) {
  if (lanes == 0) return coco_view_load(loops, view, logical);
  lane_access access = classify(loops, view, logical, steps, lanes, valid);
  if (access == LANES_SAME) return coco_loops_broadcast(loops, coco_view_load(loops, view, logical), lanes);
  coco_index physical[COCO_LOOPS_PHYSICAL_RANK];
  if (access == LANES_TOGETHER) {
    size_t count = coco_view_physical(loops, view, logical, physical);
    return coco_loops_load(loops, view->memory, physical, count, lanes);
  }
  coco_value *gathered = coco_loops_number(loops, coco_loops_vector_type(loops, view->tensor->element, lanes), 0, 0);
  for (size_t lane = 0; lane < valid; ++lane) {
    coco_index element[COCO_LOOPS_RANK];
    lane_index(logical, steps, view->tensor->rank, (int64_t)lane, element);
    gathered = coco_loops_insert(loops, coco_view_load(loops, view, element), gathered, (int64_t)lane);
  }
  return gathered;
}

void coco_view_store_lanes(coco_loops *loops, const coco_view *view, coco_value *value, const coco_index *logical,
                           const int64_t *steps, size_t lanes, size_t valid) {
  coco_index physical[COCO_LOOPS_PHYSICAL_RANK];
  if (lanes == 0 || classify(loops, view, logical, steps, lanes, valid) == LANES_TOGETHER) {
    size_t count = coco_view_physical(loops, view, logical, physical);
    coco_loops_store(loops, value, view->memory, physical, count);
    return;
  }
  for (size_t lane = 0; lane < valid; ++lane) {
    coco_index element[COCO_LOOPS_RANK];
    lane_index(logical, steps, view->tensor->rank, (int64_t)lane, element);
    size_t count = coco_view_physical(loops, view, element, physical);
    coco_loops_store(loops, coco_loops_extract(loops, value, (int64_t)lane), view->memory, physical, count);
  }
}

/* How much EXPRESSION grows per lane when dimension AXIS does; false when that is not constant. */
static bool lane_step(const coco_affine_expression *expression, size_t axis, int64_t *out) {
  int64_t left, right;
  *out = 0;
  switch (expression->kind) {
    case COCO_AFFINE_CONSTANT:
    case COCO_AFFINE_SYMBOL: return true;
    case COCO_AFFINE_DIMENSION: *out = expression->value == (int64_t)axis; return true;
    default: break;
  }
  if (!lane_step(expression->left, axis, &left) || !lane_step(expression->right, axis, &right)) return false;
  if (left == 0 && right == 0) return true;
  if (expression->kind == COCO_AFFINE_ADD) {
    *out = left + right;
    return true;
  }
  if (expression->kind != COCO_AFFINE_MULTIPLY) return false;
  if (expression->right->kind == COCO_AFFINE_CONSTANT) {
    *out = left * expression->right->value;
    return true;
  }
  if (expression->left->kind != COCO_AFFINE_CONSTANT) return false;
  *out = right * expression->left->value;
  return true;
}

static coco_value *gather_mapped(coco_loops *loops, const coco_view *view, const coco_affine_map *map,
                                 const coco_point *point) {
  coco_value *gathered =
      coco_loops_number(loops, coco_loops_vector_type(loops, view->tensor->element, point->lanes), 0, 0);
  for (size_t lane = 0; lane < point->valid; ++lane) {
    coco_index place[COCO_LOOPS_RANK], element[COCO_LOOPS_RANK];
    memcpy(place, point->index, sizeof place);
    place[point->axis] = coco_index_plus(place[point->axis], (int64_t)lane);
    for (size_t i = 0; i < map->result_count; ++i) element[i] = coco_index_expand(loops, map->results[i], place);
    gathered = coco_loops_insert(loops, coco_view_load(loops, view, element), gathered, (int64_t)lane);
  }
  return gathered;
}

coco_value *coco_view_load_mapped(coco_loops *loops, const coco_view *view, const coco_affine_map *map,
                                  const coco_point *point) {
  int64_t steps[COCO_LOOPS_RANK] = {0};
  if (!map && point->in_patches) {
    coco_index place[COCO_LOOPS_PHYSICAL_RANK];
    return coco_loops_load(loops, view->memory, place, patches_at(view, point, place), point->lanes);
  }
  if (!map) {
    if (point->lanes) steps[point->axis] = 1;
    return coco_view_load_lanes(loops, view, point->index, steps, point->lanes, point->valid);
  }
  for (size_t i = 0; point->lanes && !point->in_patches && i < map->result_count; ++i) {
    if (!lane_step(map->results[i], point->axis, &steps[i])) return gather_mapped(loops, view, map, point);
  }
  coco_index logical[COCO_LOOPS_RANK];
  for (size_t i = 0; i < map->result_count; ++i) logical[i] = coco_index_expand(loops, map->results[i], point->index);
  return coco_view_load_lanes(loops, view, logical, steps, point->lanes, point->valid);
}

void coco_view_store_point(coco_loops *loops, const coco_view *view, coco_value *value, const coco_point *point) {
  int64_t steps[COCO_LOOPS_RANK] = {0};
  if (point->in_patches) {
    coco_index place[COCO_LOOPS_PHYSICAL_RANK];
    coco_loops_store_past(loops, value, view->memory, place, patches_at(view, point, place), point->streams);
    return;
  }
  if (point->lanes) steps[point->axis] = 1;
  coco_view_store_lanes(loops, view, value, point->index, steps, point->lanes, point->valid);
}

/* Zeros rows [top, bottom) and columns [left, right) of a plane, in physical coordinates. */
static void zero_box(coco_loops *loops, const coco_view *view, coco_index *place, int64_t top, int64_t bottom,
                     int64_t left, int64_t right) {
  if (top >= bottom || left >= right) return;
  size_t lanes = view->layout.block > 1 ? (size_t)view->layout.block : 0;
  coco_value *zero = coco_loops_number(loops, coco_loops_vector_type(loops, view->tensor->element, lanes), 0, 0);
  coco_loop rows = coco_loop_begin(loops, coco_index_of(top), coco_index_of(bottom), 1, NULL, 0);
  place[2] = rows.induction;
  coco_loop columns = coco_loop_begin(loops, coco_index_of(left), coco_index_of(right), 1, NULL, 0);
  place[3] = columns.induction;
  place[4] = coco_index_of(0);
  coco_loops_store(loops, zero, view->memory, place, lanes ? 5 : 4);
  coco_loop_end(loops, &columns, NULL);
  coco_loop_end(loops, &rows, NULL);
}

void coco_view_zero_halo(coco_loops *loops, const coco_view *view) {
  const int64_t *halo = view->layout.halo, *shape = view->tensor->shape;
  if (!halo[0] && !halo[1] && !halo[2] && !halo[3]) return;
  int64_t block = view->layout.block, bottom = halo[COCO_LR_TOP] + shape[2], right = halo[COCO_LR_LEFT] + shape[3];
  int64_t height = bottom + halo[COCO_LR_BOTTOM], width = right + halo[COCO_LR_RIGHT];
  const int64_t turns[] = {shape[0], coco_ceil_divide(shape[1], block)};
  double stores = (double)(turns[0] * turns[1]) * (double)(height * width - shape[2] * shape[3]);
  bool was_short = loops->is_short;
  loops->is_short = was_short || coco_schedule_are_few(loops->figures, stores);
  coco_index place[COCO_LOOPS_PHYSICAL_RANK];
  coco_loop planes = coco_parallel_begin(loops, turns, 2, place);
  zero_box(loops, view, place, 0, halo[COCO_LR_TOP], 0, width);
  zero_box(loops, view, place, bottom, height, 0, width);
  zero_box(loops, view, place, halo[COCO_LR_TOP], bottom, 0, halo[COCO_LR_LEFT]);
  zero_box(loops, view, place, halo[COCO_LR_TOP], bottom, right, width);
  coco_parallel_end(loops, &planes);
  loops->is_short = was_short;
}
