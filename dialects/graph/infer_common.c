/* What the inference hooks of graph share. Everything from a file is checked here: ranks, counts, axes, overflow. */
#include "dialects/graph/hooks.h"
#include "ir/printer.h"

coco_status coco_graph_operand_extents(const coco_inference *inference, size_t group, coco_extents *out) {
  const coco_value *value = coco_inference_operand(inference, group);
  if (coco_extents_of(value->type, out)) return COCO_OK;
  return coco_inference_error(inference, "does not support tensors of a rank over %d", COCO_MAXIMUM_RANK);
}

coco_status coco_graph_infer_tensor(const coco_inference *inference, const coco_extents *extents,
                                    const coco_type *element) {
  int64_t count;
  for (size_t i = 0; i < extents->rank; ++i)
    if (extents->at[i] < 0 && extents->at[i] != COCO_DYNAMIC)
      return coco_inference_error(inference, "result extent %zu would be negative", i);
  if (!coco_extents_product(extents->at, extents->rank, &count))
    return coco_inference_error(inference, "result has too many elements");
  inference->results[0] = coco_type_tensor(inference->context, extents->rank, extents->at, element, NULL);
  return inference->results[0] ? COCO_OK : COCO_OUT_OF_MEMORY;
}

coco_status coco_graph_same_elements(const coco_inference *inference, size_t first) {
  const coco_type *element = inference->operands[first]->type->element;
  for (size_t i = first + 1; i < inference->operand_count; ++i) {
    const coco_type *other = inference->operands[i]->type->element;
    if (other == element) continue;
    char one[64], two[64];
    return coco_inference_error(inference, "expects operands of one element type, but got '%s' and '%s'",
                                coco_type_text(element, one, sizeof one), coco_type_text(other, two, sizeof two));
  }
  return COCO_OK;
}

coco_status coco_graph_vector_length(const coco_inference *inference, size_t group, int64_t *out) {
  const coco_type *type = coco_inference_operand(inference, group)->type;
  if (type->rank != 1)
    return coco_inference_error(inference, "expects operand '%s' of rank 1, but it has rank %u",
                                inference->definition->operands[group].name, (unsigned)type->rank);
  *out = type->shape[0];
  return COCO_OK;
}

coco_status coco_graph_axes(const coco_inference *inference, const coco_attribute *property, size_t rank,
                            bool *is_axis) {
  const int64_t *axes = coco_attribute_i64s(property);
  for (size_t i = 0; i < rank; ++i) is_axis[i] = false;
  for (size_t i = 0; i < property->count; ++i) {
    if (axes[i] < 0 || axes[i] >= (int64_t)rank || (i > 0 && axes[i] <= axes[i - 1]))
      return coco_inference_error(inference, "expects axes that ascend and lie in 0 to %lld", (long long)rank - 1);
    is_axis[axes[i]] = true;
  }
  return COCO_OK;
}

coco_status coco_graph_axis(const coco_inference *inference, const coco_attribute *property, size_t limit,
                            size_t *out) {
  const int64_t axis = coco_property_integer(property, -1);
  if (axis < 0 || axis >= (int64_t)limit)
    return coco_inference_error(inference, "expects an axis in 0 to %lld, but it is %lld", (long long)limit - 1,
                                (long long)axis);
  *out = (size_t)axis;
  return COCO_OK;
}

bool coco_graph_constant_integers(const coco_value *value, int64_t *out, size_t capacity, size_t *out_count) {
  const coco_attribute *constant = value ? coco_value_constant(value) : NULL;
  if (!coco_attribute_is_elements(constant)) return false;
  const int64_t count = coco_type_element_count(constant->type);
  if (count < 0 || (uint64_t)count > capacity) return false;
  for (int64_t i = 0; i < count; ++i) {
    const void *element = coco_elements_at(constant, i);
    if (!element) return false;
    out[i] = coco_element_read_integer(constant->type->element, element);
  }
  *out_count = (size_t)count;
  return true;
}
