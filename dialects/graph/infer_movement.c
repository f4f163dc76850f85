/* Shapes of operations that move elements or speak of shapes. Where a shape depends on the values of an operand, a
 * constant gives a static one, anything else dynamic extents. */
#include "dialects/graph/hooks.h"

static const coco_type *element_of(const coco_inference *inference) { return inference->operands[0]->type->element; }

/* A result of RANK dynamic extents. */
static coco_status infer_dynamic(const coco_inference *inference, int64_t rank, const coco_type *element) {
  if (rank == COCO_DYNAMIC) return coco_inference_error(inference, "needs a shape operand whose length is known");
  if (rank > COCO_MAXIMUM_RANK)
    return coco_inference_error(inference, "does not support tensors of a rank over %d", COCO_MAXIMUM_RANK);
  coco_extents extents = {.rank = (size_t)rank};
  for (size_t i = 0; i < extents.rank; ++i) extents.at[i] = COCO_DYNAMIC;
  return coco_graph_infer_tensor(inference, &extents, element);
}

coco_status coco_graph_shape_infer(const coco_inference *inference) {
  const coco_type *integer = coco_type_integer(inference->context, 64);
  const coco_extents extents = {.rank = 1, .at = {inference->operands[0]->type->rank}};
  return integer ? coco_graph_infer_tensor(inference, &extents, integer) : COCO_OUT_OF_MEMORY;
}

coco_status coco_graph_reshape_infer(const coco_inference *inference) {
  coco_extents input, output;
  int64_t length, wanted[COCO_MAXIMUM_RANK];
  size_t count;
  const char *wrong;
  COCO_TRY(coco_graph_operand_extents(inference, 0, &input));
  COCO_TRY(coco_graph_vector_length(inference, 1, &length));
  const bool allow_zero = coco_property_integer(COCO_INFER_PROPERTY(inference, graph_reshape, allow_zero), 0) != 0;
  if (!coco_graph_constant_integers(inference->operands[1], wanted, COCO_MAXIMUM_RANK, &count))
    return infer_dynamic(inference, length, element_of(inference));
  if (!coco_graph_reshape_extents(&input, wanted, count, allow_zero, &output, &wrong))
    return coco_inference_error(inference, "%s", wrong);
  return coco_graph_infer_tensor(inference, &output, element_of(inference));
}

coco_status coco_graph_squeeze_infer(const coco_inference *inference) {
  coco_extents input, output = {0};
  bool is_axis[COCO_MAXIMUM_RANK];
  COCO_TRY(coco_graph_operand_extents(inference, 0, &input));
  COCO_TRY(coco_graph_axes(inference, COCO_INFER_PROPERTY(inference, graph_squeeze, axes), input.rank, is_axis));
  for (size_t i = 0; i < input.rank; ++i) {
    if (!is_axis[i])
      output.at[output.rank++] = input.at[i];
    else if (input.at[i] != 1 && input.at[i] != COCO_DYNAMIC)
      return coco_inference_error(inference, "cannot drop axis %zu of extent %lld", i, (long long)input.at[i]);
  }
  return coco_graph_infer_tensor(inference, &output, element_of(inference));
}

coco_status coco_graph_unsqueeze_infer(const coco_inference *inference) {
  coco_extents input, output = {0};
  bool is_axis[COCO_MAXIMUM_RANK];
  COCO_TRY(coco_graph_operand_extents(inference, 0, &input));
  const coco_attribute *axes = COCO_INFER_PROPERTY(inference, graph_unsqueeze, axes);
  if (axes->count > COCO_MAXIMUM_RANK - input.rank)
    return coco_inference_error(inference, "does not support tensors of a rank over %d", COCO_MAXIMUM_RANK);
  output.rank = input.rank + axes->count;
  COCO_TRY(coco_graph_axes(inference, axes, output.rank, is_axis));
  for (size_t i = 0, from = 0; i < output.rank; ++i) output.at[i] = is_axis[i] ? 1 : input.at[from++];
  return coco_graph_infer_tensor(inference, &output, element_of(inference));
}

coco_status coco_graph_flatten_infer(const coco_inference *inference) {
  coco_extents input, output = {.rank = 2};
  size_t axis;
  COCO_TRY(coco_graph_operand_extents(inference, 0, &input));
  COCO_TRY(coco_graph_axis(inference, COCO_INFER_PROPERTY(inference, graph_flatten, axis), input.rank + 1, &axis));
  if (!coco_extents_product(input.at, axis, &output.at[0]) ||
      !coco_extents_product(input.at + axis, input.rank - axis, &output.at[1]))
    return coco_inference_error(inference, "result has too many elements");
  return coco_graph_infer_tensor(inference, &output, element_of(inference));
}

coco_status coco_graph_transpose_infer(const coco_inference *inference) {
  coco_extents input, output;
  bool seen[COCO_MAXIMUM_RANK] = {false};
  COCO_TRY(coco_graph_operand_extents(inference, 0, &input));
  const coco_attribute *permutation = COCO_INFER_PROPERTY(inference, graph_transpose, permutation);
  const int64_t *from = coco_attribute_i64s(permutation);
  bool right = permutation->count == input.rank;
  output.rank = input.rank;
  for (size_t i = 0; right && i < input.rank; ++i) {
    right = from[i] >= 0 && from[i] < (int64_t)input.rank && !seen[from[i]];
    if (!right) break;
    seen[from[i]] = true;
    output.at[i] = input.at[from[i]];
  }
  if (!right) return coco_inference_error(inference, "expects a permutation of the input's %zu axes", input.rank);
  return coco_graph_infer_tensor(inference, &output, element_of(inference));
}

coco_status coco_graph_concat_infer(const coco_inference *inference) {
  coco_extents output, next;
  size_t axis;
  if (inference->operand_count == 0) return coco_inference_error(inference, "expects at least one operand");
  COCO_TRY(coco_graph_same_elements(inference, 0));
  if (!coco_extents_of(inference->operands[0]->type, &output))
    return coco_inference_error(inference, "does not support tensors of a rank over %d", COCO_MAXIMUM_RANK);
  COCO_TRY(coco_graph_axis(inference, COCO_INFER_PROPERTY(inference, graph_concat, axis), output.rank, &axis));
  for (size_t i = 1; i < inference->operand_count; ++i) {
    if (!coco_extents_of(inference->operands[i]->type, &next) || next.rank != output.rank)
      return coco_inference_error(inference, "expects operands of one rank");
    for (size_t k = 0; k < output.rank; ++k) {
      int64_t *extent = &output.at[k];
      if (k == axis) {
        if (*extent == COCO_DYNAMIC || next.at[k] == COCO_DYNAMIC)
          *extent = COCO_DYNAMIC;
        else if (!coco_extent_add(*extent, next.at[k], extent))
          return coco_inference_error(inference, "result has too many elements");
      } else if (*extent == COCO_DYNAMIC) {
        *extent = next.at[k];
      } else if (next.at[k] != *extent && next.at[k] != COCO_DYNAMIC) {
        return coco_inference_error(
            inference, "expects operands that differ along axis %zu only, but operand #%zu differs along axis %zu",
            axis, i, k);
      }
    }
  }
  return coco_graph_infer_tensor(inference, &output, element_of(inference));
}

/* An optional operand of graph.slice: its constant integers, COUNT of them. *out_known is set false when they are not
 * known. */
static coco_status slice_numbers(const coco_inference *inference, size_t group, int64_t length, int64_t *out,
                                 bool *out_known) {
  int64_t own;
  size_t count;
  COCO_TRY(coco_graph_vector_length(inference, group, &own));
  if (own != length && own != COCO_DYNAMIC && length != COCO_DYNAMIC)
    return coco_inference_error(inference, "expects starts, ends, axes and steps of one length");
  *out_known = coco_graph_constant_integers(coco_inference_operand(inference, group), out, COCO_MAXIMUM_RANK, &count) &&
               (int64_t)count == length;
  return COCO_OK;
}

coco_status coco_graph_slice_infer(const coco_inference *inference) {
  coco_extents input, output;
  coco_graph_range ranges[COCO_MAXIMUM_RANK];
  int64_t length, starts[COCO_MAXIMUM_RANK], ends[COCO_MAXIMUM_RANK], axes[COCO_MAXIMUM_RANK], steps[COCO_MAXIMUM_RANK];
  bool starts_known = false, ends_known = false, axes_known = true, steps_known = true;
  const char *wrong;
  COCO_TRY(coco_graph_operand_extents(inference, 0, &input));
  COCO_TRY(coco_graph_vector_length(inference, 1, &length));
  if (length != COCO_DYNAMIC && length > (int64_t)input.rank)
    return coco_inference_error(inference, "has more bounds than the input has axes");
  const bool has_axes = coco_inference_operand(inference, 3) != NULL,
             has_steps = coco_inference_operand(inference, 4) != NULL;
  COCO_TRY(slice_numbers(inference, 1, length, starts, &starts_known));
  COCO_TRY(slice_numbers(inference, 2, length, ends, &ends_known));
  if (has_axes) COCO_TRY(slice_numbers(inference, 3, length, axes, &axes_known));
  if (has_steps) COCO_TRY(slice_numbers(inference, 4, length, steps, &steps_known));
  if (length == COCO_DYNAMIC || !axes_known)
    return infer_dynamic(inference, (int64_t)input.rank, element_of(inference));
  const bool known = starts_known && ends_known && steps_known;
  for (size_t i = 0; !known && i < (size_t)length; ++i) starts[i] = ends[i] = 0, steps[i] = 1;
  if (!coco_graph_slice_extents(&input, (size_t)length, starts, ends, has_axes ? axes : NULL, has_steps ? steps : NULL,
                                ranges, &output, &wrong))
    return coco_inference_error(inference, "%s", wrong);
  for (size_t i = 0; !known && i < (size_t)length; ++i) {
    const int64_t axis = has_axes ? axes[i] : (int64_t)i;
    output.at[axis < 0 ? axis + (int64_t)input.rank : axis] = COCO_DYNAMIC;
  }
  return coco_graph_infer_tensor(inference, &output, element_of(inference));
}

coco_status coco_graph_pad_infer(const coco_inference *inference) {
  coco_extents input, output;
  int64_t length, pads[2 * COCO_MAXIMUM_RANK];
  size_t count;
  const char *wrong;
  COCO_TRY(coco_graph_operand_extents(inference, 0, &input));
  COCO_TRY(coco_graph_vector_length(inference, 1, &length));
  if (length != COCO_DYNAMIC && length != 2 * (int64_t)input.rank)
    return coco_inference_error(inference, "expects two pads per axis of the input, %zu, but there are %lld",
                                2 * input.rank, (long long)length);
  const coco_value *value = coco_inference_operand(inference, 2);
  if (value && (value->type->element != element_of(inference) || coco_type_element_count(value->type) != 1))
    return coco_inference_error(inference, "expects a padding value of one element, of the input's element type");
  if (!coco_graph_constant_integers(inference->operands[1], pads, 2 * input.rank, &count) || count != 2 * input.rank)
    return infer_dynamic(inference, (int64_t)input.rank, element_of(inference));
  if (!coco_graph_pad_extents(&input, pads, &output, &wrong)) return coco_inference_error(inference, "%s", wrong);
  return coco_graph_infer_tensor(inference, &output, element_of(inference));
}

coco_status coco_graph_gather_infer(const coco_inference *inference) {
  coco_extents input, indices, output = {0};
  size_t axis;
  COCO_TRY(coco_graph_operand_extents(inference, 0, &input));
  COCO_TRY(coco_graph_operand_extents(inference, 1, &indices));
  COCO_TRY(coco_graph_axis(inference, COCO_INFER_PROPERTY(inference, graph_gather, axis), input.rank, &axis));
  if (input.rank - 1 + indices.rank > COCO_MAXIMUM_RANK)
    return coco_inference_error(inference, "does not support tensors of a rank over %d", COCO_MAXIMUM_RANK);
  for (size_t i = 0; i < axis; ++i) output.at[output.rank++] = input.at[i];
  for (size_t i = 0; i < indices.rank; ++i) output.at[output.rank++] = indices.at[i];
  for (size_t i = axis + 1; i < input.rank; ++i) output.at[output.rank++] = input.at[i];
  return coco_graph_infer_tensor(inference, &output, element_of(inference));
}

coco_status coco_graph_scatter_infer(const coco_inference *inference) {
  coco_extents input, updates;
  int64_t count;
  COCO_TRY(coco_graph_operand_extents(inference, 0, &input));
  COCO_TRY(coco_graph_operand_extents(inference, 2, &updates));
  COCO_TRY(coco_graph_vector_length(inference, 1, &count));
  if (inference->operands[2]->type->element != element_of(inference))
    return coco_inference_error(inference, "expects updates of the input's element type");
  bool fits = input.rank >= 1 && updates.rank == input.rank;
  for (size_t i = 0; fits && i < input.rank; ++i) {
    const int64_t wanted = i ? input.at[i] : count;
    fits = updates.at[i] == wanted || updates.at[i] == COCO_DYNAMIC || wanted == COCO_DYNAMIC;
  }
  if (!fits) return coco_inference_error(inference, "expects updates that are slices of the input, one for each index");
  return coco_graph_infer_tensor(inference, &input, element_of(inference));
}

coco_status coco_graph_expand_infer(const coco_inference *inference) {
  coco_extents input, shape, output;
  int64_t length, values[COCO_MAXIMUM_RANK];
  size_t count;
  const char *wrong;
  COCO_TRY(coco_graph_operand_extents(inference, 0, &input));
  COCO_TRY(coco_graph_vector_length(inference, 1, &length));
  if (!coco_graph_constant_integers(inference->operands[1], values, COCO_MAXIMUM_RANK, &count))
    return infer_dynamic(inference,
                         length == COCO_DYNAMIC || length > (int64_t)input.rank ? length : (int64_t)input.rank,
                         element_of(inference));
  if (!coco_graph_extents_from(values, count, &shape, &wrong)) return coco_inference_error(inference, "%s", wrong);
  if (!coco_broadcast(&input, &shape, &output))
    return coco_inference_error(inference, "expects an input that broadcasts against the shape");
  return coco_graph_infer_tensor(inference, &output, element_of(inference));
}

coco_status coco_graph_constant_of_shape_infer(const coco_inference *inference) {
  coco_extents output;
  int64_t length, values[COCO_MAXIMUM_RANK];
  size_t count;
  const char *wrong;
  const coco_attribute *value = COCO_INFER_PROPERTY(inference, graph_constant_of_shape, value);
  if (!coco_attribute_is(value, COCO_ATTRIBUTE_INTEGER) && !coco_attribute_is(value, COCO_ATTRIBUTE_FLOAT))
    return coco_inference_error(inference, "expects attribute 'value' to be a number");
  COCO_TRY(coco_graph_vector_length(inference, 0, &length));
  if (!coco_graph_constant_integers(inference->operands[0], values, COCO_MAXIMUM_RANK, &count))
    return infer_dynamic(inference, length, value->type);
  if (!coco_graph_extents_from(values, count, &output, &wrong)) return coco_inference_error(inference, "%s", wrong);
  return coco_graph_infer_tensor(inference, &output, value->type);
}
