/* ONNX operators that move elements: transpose, concat, slice, split, pad, gather. */
#include "frontends/onnx/importer.h"

static coco_status import_transpose(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  size_t count, rank = node->inputs[0]->type->rank;
  const int64_t *given;
  int64_t reversed[COCO_ONNX_MAXIMUM_RANK], *permutation;
  COCO_TRY(coco_onnx_get_integers(node, "perm", &given, &count));
  if (!given) {
    for (size_t i = 0; i < rank; ++i) reversed[i] = (int64_t)(rank - 1 - i);
    given = reversed;
    count = rank;
  }
  if (count != rank) return coco_onnx_node_error(node, "attribute 'perm' has %zu entries, not %zu", count, rank);
  COCO_TRY(coco_onnx_normalize_axes(node, given, count, rank, false, &permutation));
  return coco_onnx_set(node, 0, coco_onnx_transpose(node, node->inputs[0], permutation, count));
}

static coco_status import_concat(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, node->input_count ? node->input_count : 1, SIZE_MAX));
  int64_t axis;
  if (node->version >= 4 && !coco_onnx_has(node, "axis"))
    return coco_onnx_node_error(node, "attribute 'axis' is missing");
  COCO_TRY(coco_onnx_get_integer(node, "axis", 1, &axis));
  COCO_TRY(coco_onnx_normalize_axis(node, axis, node->inputs[0]->type->rank, &axis));
  return coco_onnx_set(
      node, 0,
      coco_onnx_emit(node, &(coco_operation_state){
                               .definition = &coco_graph_concat,
                               .operands = node->inputs,
                               .operand_count = node->input_count,
                               COCO_WITH_ATTRIBUTES(COCO_NAMED("axis", coco_attribute_i64(node->context, axis)))}));
}

static coco_value *emit_slice(coco_onnx_node *node, coco_value *input, coco_value *starts, coco_value *ends,
                              coco_value *axes, coco_value *steps) {
  return coco_onnx_emit(node, &(coco_operation_state){.definition = &coco_graph_slice,
                                                      COCO_WITH_OPERANDS(input, starts, ends, axes, steps)});
}

/* Bounds are attributes before version 10, then inputs. */
static coco_status import_slice(coco_onnx_node *node) {
  if (node->version >= 10) {
    COCO_TRY(coco_onnx_check_inputs(node, 3, 5));
    return coco_onnx_set(node, 0,
                         emit_slice(node, node->inputs[0], node->inputs[1], node->inputs[2], coco_onnx_input(node, 3),
                                    coco_onnx_input(node, 4)));
  }
  COCO_TRY(coco_onnx_check_inputs(node, 1, 1));
  const int64_t *starts, *ends, *axes;
  size_t start_count, end_count, axis_count;
  COCO_TRY(coco_onnx_get_integers(node, "starts", &starts, &start_count));
  COCO_TRY(coco_onnx_get_integers(node, "ends", &ends, &end_count));
  COCO_TRY(coco_onnx_get_integers(node, "axes", &axes, &axis_count));
  if (!starts || !ends || start_count != end_count || (axes && axis_count != start_count))
    return coco_onnx_node_error(node, "attributes 'starts', 'ends' and 'axes' should have as many entries each");
  coco_value *axis_value = axes ? coco_onnx_integers(node, axes, axis_count) : NULL;
  return coco_onnx_set(node, 0,
                       emit_slice(node, node->inputs[0], coco_onnx_integers(node, starts, start_count),
                                  coco_onnx_integers(node, ends, end_count), axis_value, NULL));
}

/* The sizes of the parts: an attribute (before version 13) or the second input; else equal parts, the last one smaller.
 */
static coco_status split_sizes(coco_onnx_node *node, int64_t extent, int64_t **out) {
  size_t count = node->proto->n_output, given_count;
  const int64_t *given;
  int64_t parts, *constant;
  COCO_TRY(coco_onnx_get_integer(node, "num_outputs", (int64_t)count, &parts));
  COCO_TRY(coco_onnx_get_integers(node, "split", &given, &given_count));
  if (coco_onnx_input(node, 1)) {
    COCO_TRY(coco_onnx_constant_integers(node, 1, &constant, &given_count));
    if (!constant) return coco_onnx_node_error(node, "sizes that are not constant are not supported");
    given = constant;
  }
  if (count == 0 || parts != (int64_t)count || (given && given_count != count))
    return coco_onnx_node_error(node, "the number of parts is not that of the outputs");
  if (!given && extent == COCO_DYNAMIC) return coco_onnx_node_error(node, "the extent along the axis is not known");
  *out = coco_arena_allocate(&node->importer->scratch, count * sizeof **out);
  if (!*out) return COCO_OUT_OF_MEMORY;
  int64_t equal = extent / parts + (extent % parts != 0), total = 0;
  for (size_t i = 0; i < count; ++i) {
    int64_t size = given ? given[i] : equal < extent - total ? equal : extent - total;
    if (size < 0 || size > INT64_MAX - total)
      return coco_onnx_node_error(node, "the size of part %zu is out of range", i);
    total += (*out)[i] = size;
  }
  if (extent != COCO_DYNAMIC && total != extent)
    return coco_onnx_node_error(node, "the parts add up to %lld, not %lld", (long long)total, (long long)extent);
  return COCO_OK;
}

/* Part i is a slice. */
static coco_status import_split(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 1, 2));
  int64_t axis, *sizes = NULL, start = 0;
  const coco_type *type = node->inputs[0]->type;
  COCO_TRY(coco_onnx_get_integer(node, "axis", 0, &axis));
  COCO_TRY(coco_onnx_normalize_axis(node, axis, type->rank, &axis));
  COCO_TRY(split_sizes(node, type->shape[axis], &sizes));
  for (size_t i = 0; i < node->proto->n_output; ++i) {
    int64_t end = start + sizes[i];
    COCO_TRY(coco_onnx_set(node, i,
                           emit_slice(node, node->inputs[0], coco_onnx_integers(node, &start, 1),
                                      coco_onnx_integers(node, &end, 1), coco_onnx_integers(node, &axis, 1), NULL)));
    start = end;
  }
  return COCO_OK;
}

/* ---- Pad ---- */

/* From version 18 on pads may be for some axes only: begins and ends are spread over all. */
static coco_status spread_pads(coco_onnx_node *node, coco_value **pads) {
  int64_t *given, *named, *axes, all[2 * COCO_ONNX_MAXIMUM_RANK] = {0};
  size_t given_count, count, rank = node->inputs[0]->type->rank;
  COCO_TRY(coco_onnx_constant_integers(node, 3, &named, &count));
  COCO_TRY(coco_onnx_constant_integers(node, 1, &given, &given_count));
  if (!named || !given)
    return coco_onnx_node_error(node, "pads and axes that are not constant are not supported together");
  if (given_count != 2 * count || rank > COCO_ONNX_MAXIMUM_RANK)
    return coco_onnx_node_error(node, "there should be two pads for each axis");
  COCO_TRY(coco_onnx_normalize_axes(node, named, count, rank, false, &axes));
  for (size_t i = 0; i < count; ++i) all[axes[i]] = given[i], all[rank + (size_t)axes[i]] = given[count + i];
  *pads = coco_onnx_integers(node, all, 2 * rank);
  return COCO_OK;
}

/* Pads and value are attributes before version 11, then inputs. */
static coco_status import_pad(coco_onnx_node *node) {
  bool attributes = node->version < 11;
  COCO_TRY(coco_onnx_check_inputs(node, attributes ? 1 : 2, attributes ? 1 : 4));
  coco_string mode;
  COCO_TRY(coco_onnx_get_string(node, "mode", "constant", &mode));
  coco_value *pads = coco_onnx_input(node, 1), *value = coco_onnx_input(node, 2);
  if (attributes) {
    const int64_t *given;
    size_t count;
    double number;
    COCO_TRY(coco_onnx_get_integers(node, node->version < 2 ? "paddings" : "pads", &given, &count));
    COCO_TRY(coco_onnx_get_float(node, "value", 0, &number));
    if (!given) return coco_onnx_node_error(node, "the pads are missing");
    pads = coco_onnx_integers(node, given, count);
    if (number != 0) value = coco_onnx_scalar(node, coco_type_scalar(node->inputs[0]->type), number);
  } else if (coco_onnx_input(node, 3)) {
    COCO_TRY(spread_pads(node, &pads));
  }
  if (value && value->type->rank == 1) /* allowed: one element in a vector */
    value = coco_onnx_reshape(node, value, coco_onnx_integers(node, NULL, 0), false);
  return coco_onnx_set(
      node, 0,
      coco_onnx_emit(node, &(coco_operation_state){
                               .definition = &coco_graph_pad,
                               .operands = (coco_value *const[]){node->inputs[0], pads, value},
                               .operand_count = value ? 3 : 2,
                               COCO_WITH_ATTRIBUTES(COCO_NAMED("mode", coco_attribute_string(node->context, mode)))}));
}

static coco_status import_gather(coco_onnx_node *node) {
  COCO_TRY(coco_onnx_check_inputs(node, 2, 2));
  int64_t axis;
  COCO_TRY(coco_onnx_get_integer(node, "axis", 0, &axis));
  COCO_TRY(coco_onnx_normalize_axis(node, axis, node->inputs[0]->type->rank, &axis));
  return coco_onnx_set(node, 0, coco_onnx_gather(node, node->inputs[0], node->inputs[1], axis));
}

const coco_onnx_operator coco_onnx_move_operators[] = {
    {"Transpose", {1, 13, 21, 23, 24, 25}, import_transpose, NULL, NULL},
    {"Concat", {1, 4, 11, 13}, import_concat, NULL, NULL},
    {"Slice", {1, 10, 11, 13}, import_slice, NULL, NULL},
    {"Split", {2, 11, 13, 18}, import_split, NULL, NULL},
    {"Pad", {1, 2, 11, 13, 18, 19, 21, 23, 24, 25}, import_pad, NULL, NULL},
    {"Gather", {1, 11, 13}, import_gather, NULL, NULL},
    {0},
};
