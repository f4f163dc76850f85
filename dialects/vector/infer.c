/* Result types of vector operations that follow from operands and properties. */
#include "dialects/vector/vector.h"
#include "dialects/vector/hooks.h"

enum { MAXIMUM_RANK = 16 };

static coco_status vector_of(const coco_inference *inference, size_t rank, const int64_t *shape,
                             const coco_type *element) {
  inference->results[0] = coco_type_vector(inference->context, rank, shape, NULL, element);
  return inference->results[0] ? COCO_OK : COCO_OUT_OF_MEMORY;
}

coco_status coco_vector_infer_maskedload(const coco_inference *inference) {
  inference->results[0] = COCO_INFER_OPERAND(inference, vector_maskedload, pass_thru)->type;
  return COCO_OK;
}

/* vector.extract: what is left of the shape behind the position; the element when nothing is left. */
coco_status coco_vector_infer_extract(const coco_inference *inference) {
  const coco_type *type = inference->operands[0]->type;
  const coco_attribute *position = COCO_INFER_PROPERTY(inference, vector_extract, static_position);
  size_t depth = position ? position->count : 0;
  if (depth > type->rank)
    return coco_inference_error(inference, "expected position attribute of rank no greater than vector rank");
  if (depth == type->rank) {
    inference->results[0] = type->element;
    return COCO_OK;
  }
  return vector_of(inference, type->rank - depth, type->shape + depth, type->element);
}

/* Insertions: the type of the second operand. */
coco_status coco_vector_infer_insert(const coco_inference *inference) {
  inference->results[0] = inference->operands[1]->type;
  return COCO_OK;
}

coco_status coco_vector_infer_element(const coco_inference *inference) {
  inference->results[0] = inference->operands[0]->type->element;
  return COCO_OK;
}

/* The sizes, followed by the dimensions that were not sliced. */
coco_status coco_vector_infer_extract_strided_slice(const coco_inference *inference) {
  const coco_type *type = inference->operands[0]->type;
  const coco_attribute *lists[3] = {COCO_INFER_PROPERTY(inference, vector_extract_strided_slice, offsets),
                                    COCO_INFER_PROPERTY(inference, vector_extract_strided_slice, sizes),
                                    COCO_INFER_PROPERTY(inference, vector_extract_strided_slice, strides)};
  int64_t shape[MAXIMUM_RANK];
  if (type->rank > MAXIMUM_RANK) return coco_inference_error(inference, "vector rank is over %d", MAXIMUM_RANK);
  for (size_t i = 0; i < 3; i++) {
    if (!lists[i] || lists[i]->count != lists[0]->count)
      return coco_inference_error(inference, "expected offsets, sizes and strides attributes of same size");
    for (size_t j = 0; j < lists[i]->count; j++)
      if (!coco_attribute_is(lists[i]->elements[j], COCO_ATTRIBUTE_INTEGER))
        return coco_inference_error(inference, "expected integers as offsets, sizes and strides");
  }
  if (lists[0]->count > type->rank)
    return coco_inference_error(inference, "expected offsets attribute of rank no greater than vector rank");
  for (size_t i = 0; i < type->rank; i++) {
    shape[i] = type->shape[i];
    if (i >= lists[0]->count) continue;
    int64_t offset = lists[0]->elements[i]->integer, size = lists[1]->elements[i]->integer;
    if (lists[2]->elements[i]->integer != 1)
      return coco_inference_error(inference, "expected strides to be confined to [1, 2)");
    if (offset < 0 || size < 1 || offset > shape[i] || size > shape[i] - offset)
      return coco_inference_error(inference, "expected slice %zu to lie within the vector's extent %lld", i,
                                  (long long)shape[i]);
    shape[i] = size;
  }
  return vector_of(inference, type->rank, shape, type->element);
}

coco_status coco_vector_infer_shuffle(const coco_inference *inference) {
  const coco_type *type = inference->operands[0]->type;
  const coco_attribute *mask = COCO_INFER_PROPERTY(inference, vector_shuffle, mask);
  int64_t shape[MAXIMUM_RANK];
  if (type->rank > MAXIMUM_RANK) return coco_inference_error(inference, "vector rank is over %d", MAXIMUM_RANK);
  if (!mask || mask->count == 0) return coco_inference_error(inference, "invalid mask length");
  for (size_t i = 1; i < type->rank; i++) shape[i] = type->shape[i];
  shape[0] = (int64_t)mask->count;
  return vector_of(inference, type->rank ? type->rank : 1, shape, type->element);
}
