/* Padding: a move into the middle of a larger result. Constant padding fills the rest. The other modes repeat elements of the
 * input, one axis after another: an axis falls into runs of positions whose sources go up, go down or stay, each a box. */
#include "dialects/shared/shape.h"
#include "lowering/graph_to_lr.h"

enum { MAXIMUM_RUNS = 64 }; /* boxes of a move */

static coco_value *operand(const coco_layer *layer, size_t group) {
  coco_value *value = coco_operation_group_value(layer->anchor, group);
  return value ? coco_layer_outer(layer, value) : NULL;
}

/* ---- Runs ---- */

/* Positions [begin, begin + count) of the result come from source, source + step, … */
typedef struct pad_run {
  int64_t begin, count, source, step;
} pad_run;

typedef struct padded_axis {
  coco_string mode;
  int64_t begin, extent, result; /* what is added before, of the input, of the result */
} padded_axis;

static int64_t source_of(const padded_axis *axis, int64_t position) {
  return coco_graph_pad_source(axis->mode, position - axis->begin, axis->extent);
}

/* How many runs there are; more than fit RUNS (NULL: only counting) are not looked for. */
static size_t find_runs(const padded_axis *axis, pad_run *runs) {
  size_t count = 0;
  for (int64_t at = 0; at < axis->result && count <= MAXIMUM_RUNS; ++count) {
    pad_run run = {at, 1, source_of(axis, at), 0};
    if (at + 1 < axis->result) run.step = source_of(axis, at + 1) - run.source;
    while (at + run.count < axis->result && source_of(axis, at + run.count) == run.source + run.count * run.step) ++run.count;
    if (runs && count < MAXIMUM_RUNS) runs[count] = run;
    at += run.count;
  }
  return count;
}

static padded_axis axis_of(coco_string mode, const coco_type *input, const int64_t *pads, size_t axis) {
  return (padded_axis){mode, pads[axis], input->shape[axis], input->shape[axis] + pads[axis] + pads[input->rank + axis]};
}

static bool is_constant_mode(const coco_operation *operation) {
  return coco_string_is(COCO_PROPERTY(operation, graph_pad, mode)->text, "constant");
}

const char *coco_supports_pad(const coco_operation *operation) {
  int64_t pads[2 * COCO_MAXIMUM_RANK];
  size_t count;
  const coco_type *input = coco_operation_operand(operation, 0)->type;
  if (!coco_graph_constant_integers(coco_layer_resolve(operation, 1), pads, 2 * COCO_MAXIMUM_RANK, &count))
    return "with pads that are not constants";
  coco_value *value = coco_layer_resolve(operation, 2);
  const coco_attribute *fill = value ? coco_value_constant(value) : NULL;
  if (is_constant_mode(operation))
    return value && (!fill || !coco_attribute_is_elements(fill) || !coco_elements_at(fill, 0)) ? "with a value that is not a constant" : NULL;
  if (coco_type_element_count(input) <= 0) return "of no elements in another mode than constant";
  for (size_t i = 0; i < input->rank && count == 2 * input->rank; ++i) {
    padded_axis axis = axis_of(COCO_PROPERTY(operation, graph_pad, mode)->text, input, pads, i);
    if (find_runs(&axis, NULL) > MAXIMUM_RUNS) return "that repeats its input many times";
  }
  return NULL;
}

/* ---- Lowering ---- */

/* The padding's element as a number. */
static const coco_attribute *padding(coco_layer *layer, const coco_type *element, const coco_value *value) {
  const void *data = value ? coco_elements_at(coco_value_constant(value), 0) : NULL;
  if (coco_type_is_float(element))
    return coco_attribute_float(layer->context, element, data ? coco_element_read_real(element, data) : 0);
  return coco_attribute_integer(layer->context, element, data ? coco_element_read_integer(element, data) : 0);
}

/* What is left of the input, in its place; the value elsewhere. */
static coco_value *pad_with_value(coco_layer *layer, coco_value *input, const coco_type *type, const int64_t *pads) {
  int64_t from[COCO_MAXIMUM_RANK], to[COCO_MAXIMUM_RANK], ones[COCO_MAXIMUM_RANK];
  size_t rank = type->rank;
  coco_move_box box = {.input = input, .rank = rank};
  for (size_t i = 0; i < rank; ++i) {
    int64_t begin = pads[i], end = pads[rank + i];
    ones[i] = 1;
    from[i] = begin < 0 ? -begin : 0;
    to[i] = begin > 0 ? begin : 0;
    box.extents[i] = input->type->shape[i] + (begin < 0 ? begin : 0) + (end < 0 ? end : 0);
    if (box.extents[i] < 0) box.extents[i] = 0;
  }
  box.source = coco_layer_strided_map(layer, rank, from, ones);
  box.destination = coco_layer_strided_map(layer, rank, to, ones);
  const coco_attribute *fill = padding(layer, type->element, operand(layer, 2));
  return fill ? coco_layer_build_move(layer, type, &box, 1, fill) : coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
}

/* INPUT with axis AXIS padded: a box for each run. */
static coco_value *repeat_axis(coco_layer *layer, coco_value *input, const padded_axis *padded, size_t axis) {
  pad_run runs[MAXIMUM_RUNS];
  const size_t count = find_runs(padded, runs), rank = input->type->rank;
  int64_t shape[COCO_MAXIMUM_RANK], from[COCO_MAXIMUM_RANK] = {0}, to[COCO_MAXIMUM_RANK] = {0}, steps[COCO_MAXIMUM_RANK], ones[COCO_MAXIMUM_RANK];
  coco_move_box *boxes = coco_arena_allocate_zeroed(layer->scratch, count + 1, sizeof *boxes);
  if (!boxes) return coco_layer_fail(layer, COCO_OUT_OF_MEMORY);
  memcpy(shape, input->type->shape, rank * sizeof *shape);
  shape[axis] = padded->result;
  const coco_type *type = coco_layer_shaped(layer, input, rank, shape);
  if (!type) return NULL;
  for (size_t i = 0; i < rank; ++i) steps[i] = ones[i] = 1;
  for (size_t i = 0; i < count; ++i) {
    from[axis] = runs[i].source;
    to[axis] = runs[i].begin;
    steps[axis] = runs[i].step;
    boxes[i] = (coco_move_box){.input = input, .rank = rank};
    memcpy(boxes[i].extents, shape, rank * sizeof *shape);
    boxes[i].extents[axis] = runs[i].count;
    boxes[i].source = coco_layer_strided_map(layer, rank, from, steps);
    boxes[i].destination = coco_layer_strided_map(layer, rank, to, ones);
  }
  return coco_layer_build_move(layer, type, boxes, count, NULL);
}

coco_value *coco_lower_pad(coco_layer *layer) {
  coco_value *value = operand(layer, 0);
  const coco_type *type = coco_operation_result(layer->anchor, 0)->type;
  int64_t pads[2 * COCO_MAXIMUM_RANK];
  size_t count, rank = type->rank;
  if (!coco_graph_constant_integers(operand(layer, 1), pads, 2 * COCO_MAXIMUM_RANK, &count) || count != 2 * rank)
    return coco_layer_fail(layer, COCO_INVALID_ARGUMENT);
  if (!coco_layer_shaped(layer, value, rank, type->shape)) return NULL;
  if (is_constant_mode(layer->anchor)) return pad_with_value(layer, value, type, pads);
  const coco_type *input = value->type;
  for (size_t i = 0; i < rank && value; ++i) {
    padded_axis axis = axis_of(COCO_PROPERTY(layer->anchor, graph_pad, mode)->text, input, pads, i);
    if (pads[i] || pads[rank + i]) value = repeat_axis(layer, value, &axis, i);
  }
  return value;
}
