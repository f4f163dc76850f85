/* Slices by index: gathering and scattering.
 *
 * An index is brought into the axis by a floored remainder, so that no index that data holds leads outside. Gathered
 * points are independent and run in parallel, as vectors where the result's last axis is one of the input's; what is
 * scattered is stored in order. */
#include "dialects/arith/arith.h"
#include "lowering/loops_common.h"

/* Element NUMBER (an index of the indices' rank) of operand 1, as a place on an axis of EXTENT. */
static coco_index load_index(coco_loops *loops, const coco_index *number, int64_t extent) {
  coco_index index = coco_loops_to_index(loops, coco_view_load(loops, &loops->operands[1], number));
  coco_index whole = coco_index_multiply(loops, coco_index_floor_divide(loops, index, extent), extent);
  return coco_index_subtract(loops, index, whole);
}

static bool is_f32(const coco_type *element) { return coco_type_is_float(element) && element->format == COCO_F32; }

static void gather_point(coco_loops *loops, const coco_point *point, void *user) {
  const size_t axis = *(const size_t *)user;
  const coco_view *input = &loops->operands[0];
  size_t looked_up = loops->operands[1].tensor->rank, next = axis + looked_up;
  coco_index place[COCO_LOOPS_RANK];
  int64_t steps[COCO_LOOPS_RANK] = {0};
  for (size_t i = 0; i < axis; ++i) place[i] = point->index[i];
  place[axis] = load_index(loops, point->index + axis, input->tensor->shape[axis]);
  for (size_t i = axis + 1; i < input->tensor->rank; ++i) place[i] = point->index[next++];
  if (point->lanes) steps[input->tensor->rank - 1] = 1;
  coco_view_store_point(loops, &loops->output,
                        coco_view_load_lanes(loops, input, place, steps, point->lanes, point->valid), point);
}

void coco_loops_gather(coco_loops *loops) {
  size_t axis = (size_t)COCO_PROPERTY(loops->layer, lr_gather, axis)->integer, rank = loops->output.tensor->rank;
  bool vectors = axis + 1 < loops->operands[0].tensor->rank && is_f32(loops->output.tensor->element);
  coco_loops_over_points(loops, &loops->output, vectors ? rank - 1 : COCO_NO_AXIS, 0, gather_point, &axis);
}

static void copy_point(coco_loops *loops, const coco_point *point, void *user) {
  (void)user;
  coco_view_store_point(loops, &loops->output, coco_view_load_mapped(loops, &loops->operands[0], NULL, point), point);
}

/* What is stored where OLD is, for update NEXT. */
static coco_value *combine(coco_loops *loops, coco_string reduction, coco_value *old, coco_value *next) {
  if (loops->builder.status != COCO_OK || coco_string_is(reduction, "none")) return next;
  bool real = coco_type_is_float(next->type), natural = next->type->signedness == COCO_UNSIGNED;
  const coco_operation_definition *definition;
  if (coco_string_is(reduction, "add"))
    definition = real ? &coco_arith_addf : &coco_arith_addi;
  else if (coco_string_is(reduction, "mul"))
    definition = real ? &coco_arith_mulf : &coco_arith_muli;
  else if (coco_string_is(reduction, "max"))
    definition = real ? &coco_arith_maximumf : natural ? &coco_arith_maxui : &coco_arith_maxsi;
  else
    definition = real ? &coco_arith_minimumf : natural ? &coco_arith_minui : &coco_arith_minsi;
  return coco_build_binary(&loops->builder, definition, old, next);
}

/* The axes of a slice from FROM on: places of the update and of the result differ in axis 0 only. */
static void scatter_slice(coco_loops *loops, coco_string reduction, coco_index *update, coco_index *place,
                          size_t from) {
  const coco_type *type = loops->output.tensor;
  if (from == type->rank) {
    coco_value *next = coco_view_load(loops, &loops->operands[2], update);
    coco_value *old = coco_string_is(reduction, "none") ? NULL : coco_view_load(loops, &loops->output, place);
    int64_t none[COCO_LOOPS_RANK] = {0};
    coco_view_store_lanes(loops, &loops->output, combine(loops, reduction, old, next), place, none, 0, 0);
    return;
  }
  coco_loop loop = coco_loop_begin(loops, coco_index_of(0), coco_index_of(type->shape[from]), 1, NULL, 0);
  update[from] = place[from] = loop.induction;
  scatter_slice(loops, reduction, update, place, from + 1);
  coco_loop_end(loops, &loop, NULL);
}

void coco_loops_scatter(coco_loops *loops) {
  const coco_type *type = loops->output.tensor;
  int64_t count = loops->operands[1].tensor->shape[0];
  coco_loops_over_points(loops, &loops->output, is_f32(type->element) ? type->rank - 1 : COCO_NO_AXIS, 0, copy_point,
                         NULL);
  if (count == 0 || coco_type_element_count(type) == 0) return;
  coco_index update[COCO_LOOPS_RANK], place[COCO_LOOPS_RANK];
  coco_loop loop = coco_loop_begin(loops, coco_index_of(0), coco_index_of(count), 1, NULL, 0);
  update[0] = loop.induction;
  place[0] = load_index(loops, update, type->shape[0]);
  scatter_slice(loops, COCO_PROPERTY(loops->layer, lr_scatter, reduction)->text, update, place, 1);
  coco_loop_end(loops, &loop, NULL);
}
