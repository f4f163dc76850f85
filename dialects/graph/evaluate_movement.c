/* Evaluation of operations that move elements or speak of shapes. */
#include "dialects/graph/evaluate.h"
#include "dialects/shared/indexed.h"

static size_t element_size(const coco_runtime_value *value) { return coco_type_element_size(value->type->element); }

static void copy_all(const coco_runtime_value *from, const coco_runtime_value *to) {
  const int64_t bytes = coco_type_byte_count(to->type);
  if (bytes > 0) memcpy(to->data, from->data, (size_t)bytes);
}

/* RESULT, in row-major order, from the elements of INPUT at BASE + index * STRIDES (in elements). */
static void read_strided(const coco_runtime_value *input, int64_t base, const int64_t *strides,
                         const coco_runtime_value *result) {
  const size_t size = element_size(result);
  const coco_extents extents = coco_graph_runtime_extents(result);
  int64_t index[COCO_MAXIMUM_RANK] = {0};
  char *out = result->data;
  if (coco_type_element_count(result->type) == 0) return;
  do {
    const int64_t offset = base + coco_index_offset(index, strides, extents.rank);
    memcpy(out, (const char *)input->data + (size_t)offset * size, size);
    out += size;
  } while (coco_index_next(extents.at, extents.rank, index));
}

coco_status coco_graph_shape_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                      const coco_runtime_value *operands, coco_runtime_value *results) {
  COCO_TRY(coco_graph_allocate_result(evaluation, operation, operands, results));
  const coco_type *element = results->type->element;
  for (uint32_t i = 0; i < operands[0].type->rank; ++i)
    coco_element_write_integer(element, (char *)results->data + i * coco_type_element_size(element),
                               operands[0].type->shape[i]);
  return COCO_OK;
}

/* The result of a graph.reshape, of the shape that its operand says. */
static coco_status allocate_reshaped(coco_evaluation *evaluation, const coco_operation *operation,
                                     const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_extents input = coco_graph_runtime_extents(&operands[0]);
  int64_t wanted[COCO_MAXIMUM_RANK];
  size_t count;
  coco_extents extents;
  const char *wrong;
  const bool allow_zero = coco_property_integer(COCO_PROPERTY(operation, graph_reshape, allow_zero), 0) != 0;
  if (!coco_graph_runtime_integers(&operands[1], wanted, COCO_MAXIMUM_RANK, &count)) return COCO_INVALID_ARGUMENT;
  if (!coco_graph_reshape_extents(&input, wanted, count, allow_zero, &extents, &wrong))
    return coco_evaluation_error(evaluation, operation, "%s", wrong);
  return coco_graph_allocate_extents(evaluation, operation, &extents, results);
}

/* Also squeeze, unsqueeze and flatten: the same elements in another shape. */
coco_status coco_graph_reshape_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                        const coco_runtime_value *operands, coco_runtime_value *results) {
  if (operation->definition == &coco_graph_reshape)
    COCO_TRY(allocate_reshaped(evaluation, operation, operands, results));
  else
    COCO_TRY(coco_graph_allocate_result(evaluation, operation, operands, results));
  copy_all(&operands[0], results);
  return COCO_OK;
}

coco_status coco_graph_transpose_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                          const coco_runtime_value *operands, coco_runtime_value *results) {
  COCO_TRY(coco_graph_allocate_result(evaluation, operation, operands, results));
  const int64_t *permutation = coco_attribute_i64s(COCO_PROPERTY(operation, graph_transpose, permutation));
  const coco_extents input = coco_graph_runtime_extents(&operands[0]);
  int64_t strides[COCO_MAXIMUM_RANK], permuted[COCO_MAXIMUM_RANK];
  coco_extents_strides(&input, strides);
  for (size_t i = 0; i < input.rank; ++i) permuted[i] = strides[permutation[i]];
  read_strided(&operands[0], 0, permuted, results);
  return COCO_OK;
}

coco_status coco_graph_concat_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                       const coco_runtime_value *operands, coco_runtime_value *results) {
  COCO_TRY(coco_graph_allocate_result(evaluation, operation, operands, results));
  const size_t axis = (size_t)coco_property_integer(COCO_PROPERTY(operation, graph_concat, axis), 0);
  size_t outer = 1, inner = element_size(results);
  if (coco_type_element_count(results->type) == 0) return COCO_OK;
  for (size_t i = 0; i < axis; ++i) outer *= (size_t)results->type->shape[i];
  for (size_t i = axis + 1; i < results->type->rank; ++i) inner *= (size_t)results->type->shape[i];
  char *out = results->data;
  for (size_t o = 0; o < outer; ++o)
    for (uint32_t k = 0; k < operation->operand_count; ++k) {
      const size_t bytes = (size_t)operands[k].type->shape[axis] * inner;
      if (bytes) memcpy(out, (const char *)operands[k].data + o * bytes, bytes);
      out += bytes;
    }
  return COCO_OK;
}

coco_status coco_graph_slice_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                      const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_extents input = coco_graph_runtime_extents(&operands[0]);
  int64_t numbers[4][COCO_MAXIMUM_RANK]; /* starts, ends, axes, steps */
  size_t counts[4] = {0};
  bool present[4] = {false};
  for (size_t i = 0; i < 4; ++i) {
    const coco_runtime_value *value = coco_graph_group_operand(operation, operands, i + 1);
    present[i] = value != NULL;
    if (value &&
        (!coco_graph_runtime_integers(value, numbers[i], COCO_MAXIMUM_RANK, &counts[i]) || counts[i] != counts[0]))
      return coco_evaluation_error(evaluation, operation, "expects starts, ends, axes and steps of one length");
  }
  coco_graph_range ranges[COCO_MAXIMUM_RANK];
  coco_extents extents;
  const char *wrong;
  if (!coco_graph_slice_extents(&input, counts[0], numbers[0], numbers[1], present[2] ? numbers[2] : NULL,
                                present[3] ? numbers[3] : NULL, ranges, &extents, &wrong))
    return coco_evaluation_error(evaluation, operation, "%s", wrong);
  COCO_TRY(coco_graph_allocate_extents(evaluation, operation, &extents, results));
  int64_t strides[COCO_MAXIMUM_RANK], base = 0;
  coco_extents_strides(&input, strides);
  for (size_t i = 0; i < input.rank; ++i) {
    base += ranges[i].start * strides[i];
    /* The step over a single element is never taken, and may be too large to multiply. */
    strides[i] = ranges[i].count > 1 ? strides[i] * ranges[i].step : 0;
  }
  read_strided(&operands[0], base, strides, results);
  return COCO_OK;
}

/* ---- graph.pad ---- */

int64_t coco_graph_pad_source(coco_string mode, int64_t x, int64_t extent) {
  if (x >= 0 && x < extent) return x;
  const int64_t period = coco_string_is(mode, "reflect") ? 2 * (extent - 1) : extent;
  if (coco_string_is(mode, "constant")) return -1;
  if (coco_string_is(mode, "edge") || period == 0) return x < 0 ? 0 : extent - 1;
  int64_t folded = x % period;
  if (folded < 0) folded += period;
  return folded < extent ? folded : period - folded;
}

static void fill_padded(coco_string mode, const coco_runtime_value *input, const int64_t *pads, const void *value,
                        const coco_runtime_value *result) {
  const coco_extents in = coco_graph_runtime_extents(input), out = coco_graph_runtime_extents(result);
  const size_t size = element_size(result);
  int64_t strides[COCO_MAXIMUM_RANK], index[COCO_MAXIMUM_RANK] = {0};
  coco_extents_strides(&in, strides);
  char *at = result->data;
  do {
    int64_t offset = 0;
    for (size_t i = 0; i < in.rank && offset >= 0; ++i) {
      const int64_t source = coco_graph_pad_source(mode, index[i] - pads[i], in.at[i]);
      offset = source < 0 ? -1 : offset + source * strides[i];
    }
    if (offset >= 0)
      memcpy(at, (const char *)input->data + (size_t)offset * size, size);
    else if (value)
      memcpy(at, value, size);
    at += size;
  } while (coco_index_next(out.at, out.rank, index));
}

coco_status coco_graph_pad_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                    const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_extents input = coco_graph_runtime_extents(&operands[0]);
  int64_t pads[2 * COCO_MAXIMUM_RANK];
  size_t count;
  coco_extents extents;
  const char *wrong = "expects two pads per axis of the input";
  if (!coco_graph_runtime_integers(&operands[1], pads, 2 * COCO_MAXIMUM_RANK, &count) || count != 2 * input.rank ||
      !coco_graph_pad_extents(&input, pads, &extents, &wrong))
    return coco_evaluation_error(evaluation, operation, "%s", wrong);
  COCO_TRY(coco_graph_allocate_extents(evaluation, operation, &extents, results));
  if (coco_type_element_count(results->type) == 0) return COCO_OK;
  const coco_string mode = COCO_PROPERTY(operation, graph_pad, mode)->text;
  if (!coco_string_is(mode, "constant") && coco_type_element_count(operands[0].type) == 0)
    return coco_evaluation_error(evaluation, operation, "cannot repeat elements of an empty input");
  fill_padded(mode, &operands[0], pads, operation->operand_count > 2 ? operands[2].data : NULL, results);
  return COCO_OK;
}

/* ---- The others ---- */

static coco_status check_indices(coco_evaluation *evaluation, const coco_operation *operation,
                                 const coco_indexed *indexed) {
  int64_t wrong;
  if (coco_indexed_check(indexed, &wrong)) return COCO_OK;
  return coco_evaluation_error(evaluation, operation, "index %lld is out of range", (long long)wrong);
}

coco_status coco_graph_gather_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                       const coco_runtime_value *operands, coco_runtime_value *results) {
  COCO_TRY(coco_graph_allocate_result(evaluation, operation, operands, results));
  const size_t axis = (size_t)coco_property_integer(COCO_PROPERTY(operation, graph_gather, axis), 0);
  const coco_indexed indexed = coco_indexed_make(operands[0].type, axis, operands[1].type, operands[1].data);
  if (coco_type_element_count(results->type) == 0) return COCO_OK;
  COCO_TRY(check_indices(evaluation, operation, &indexed));
  coco_gather_slices(&indexed, operands[0].data, results->data);
  return COCO_OK;
}

coco_status coco_graph_scatter_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                        const coco_runtime_value *operands, coco_runtime_value *results) {
  COCO_TRY(coco_graph_allocate_result(evaluation, operation, operands, results));
  copy_all(&operands[0], results);
  const coco_indexed indexed = coco_indexed_make(operands[0].type, 0, operands[1].type, operands[1].data);
  coco_reduction kind;
  const bool combines = coco_scatter_reduction(COCO_PROPERTY(operation, graph_scatter, reduction)->text, &kind);
  COCO_TRY(check_indices(evaluation, operation, &indexed));
  coco_scatter_slices(&indexed, combines ? &kind : NULL, operands[2].data, results->data);
  return COCO_OK;
}

coco_status coco_graph_expand_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                       const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_extents input = coco_graph_runtime_extents(&operands[0]);
  int64_t values[COCO_MAXIMUM_RANK], strides[COCO_MAXIMUM_RANK];
  size_t count;
  coco_extents shape, extents;
  const char *wrong;
  if (!coco_graph_runtime_integers(&operands[1], values, COCO_MAXIMUM_RANK, &count)) return COCO_INVALID_ARGUMENT;
  if (!coco_graph_extents_from(values, count, &shape, &wrong))
    return coco_evaluation_error(evaluation, operation, "%s", wrong);
  if (!coco_broadcast(&input, &shape, &extents))
    return coco_evaluation_error(evaluation, operation, "expects an input that broadcasts against the shape");
  COCO_TRY(coco_graph_allocate_extents(evaluation, operation, &extents, results));
  coco_broadcast_strides(&input, &extents, strides);
  read_strided(&operands[0], 0, strides, results);
  return COCO_OK;
}

coco_status coco_graph_constant_of_shape_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                                  const coco_runtime_value *operands, coco_runtime_value *results) {
  int64_t values[COCO_MAXIMUM_RANK];
  size_t count;
  coco_extents extents;
  const char *wrong;
  if (!coco_graph_runtime_integers(&operands[0], values, COCO_MAXIMUM_RANK, &count)) return COCO_INVALID_ARGUMENT;
  if (!coco_graph_extents_from(values, count, &extents, &wrong))
    return coco_evaluation_error(evaluation, operation, "%s", wrong);
  COCO_TRY(coco_graph_allocate_extents(evaluation, operation, &extents, results));
  const coco_attribute *value = COCO_PROPERTY(operation, graph_constant_of_shape, value);
  const size_t size = element_size(results);
  for (int64_t i = 0, all = coco_type_element_count(results->type); i < all; ++i) {
    void *element = (char *)results->data + (size_t)i * size;
    if (coco_attribute_is(value, COCO_ATTRIBUTE_FLOAT))
      coco_element_write_real(value->type, element, value->real);
    else
      coco_element_write_integer(value->type, element, value->integer);
  }
  return COCO_OK;
}
