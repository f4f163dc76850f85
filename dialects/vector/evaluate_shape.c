/* Reference meaning of rearranged vectors: elements are bytes that move. */
#include "dialects/vector/hooks.h"
#include "dialects/vector/vector.h"
#include "ir/evaluate_lanes.h"

/* Elements of TYPE below its first DEPTH dimensions. */
static int64_t part_count(const coco_type *type, size_t depth) {
  int64_t count = 1;
  for (size_t i = depth; i < type->rank; i++) count *= type->shape[i];
  return count;
}

/* ---- broadcast, splat ---- */

coco_status coco_vector_evaluate_broadcast(coco_evaluation *evaluation, const coco_operation *operation,
                                           const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_type *from = operands[0].type, *to = operation->results[0].type;
  COCO_TRY(coco_evaluation_allocate(evaluation, to, &results[0]));
  size_t size = coco_type_element_size(to);
  uint8_t scalar[8] = {0}, *out = results[0].data;
  if (!from->element) coco_lane_write(from, scalar, coco_lane_of(&operands[0]));
  for (int64_t i = 0; i < coco_type_element_count(to); i++) {
    const uint8_t *element = scalar;
    if (from->element) {
      int64_t rest = i, at = 0, step = 1;
      for (size_t j = 0; j < from->rank; j++) {
        int64_t extent = from->shape[from->rank - 1 - j], coordinate = rest % to->shape[to->rank - 1 - j];
        rest /= to->shape[to->rank - 1 - j];
        if (extent != 1) at += coordinate * step;
        step *= extent;
      }
      element = (const uint8_t *)operands[0].data + (size_t)at * size;
    }
    memcpy(out + (size_t)i * size, element, size);
  }
  return COCO_OK;
}

/* ---- extract, insert ---- */

/* The first element of the part at a position, a number or an operand per dimension. */
static coco_status locate_part(coco_evaluation *evaluation, const coco_operation *operation, const coco_type *type,
                               const coco_attribute *position, const coco_runtime_value *dynamic, int64_t *out) {
  *out = 0;
  for (size_t i = 0; i < position->count; i++) {
    int64_t at = coco_attribute_i64s(position)[i];
    if (at == COCO_DYNAMIC) at = (dynamic++)->integer;
    if (at < 0 || at >= type->shape[i])
      return coco_evaluation_error(evaluation, operation, "position %lld is outside of the vector's extent %lld",
                                   (long long)at, (long long)type->shape[i]);
    *out += at * part_count(type, i + 1);
  }
  return COCO_OK;
}

/* COUNT elements from AT on: a value of TYPE, a scalar or a vector. */
static coco_status take_part(coco_evaluation *evaluation, const coco_runtime_value *vector, int64_t at,
                             const coco_type *type, coco_runtime_value *out) {
  size_t size = coco_type_element_size(vector->type);
  const uint8_t *from = (const uint8_t *)vector->data + (size_t)at * size;
  if (!type->element) {
    *out = coco_lane_value(type, coco_lane_read(type, from));
    return COCO_OK;
  }
  COCO_TRY(coco_evaluation_allocate(evaluation, type, out));
  memcpy(out->data, from, (size_t)coco_type_element_count(type) * size);
  return COCO_OK;
}

/* A copy of VECTOR with PART from element AT on. */
static coco_status put_part(coco_evaluation *evaluation, const coco_runtime_value *vector, int64_t at,
                            const coco_runtime_value *part, coco_runtime_value *out) {
  size_t size = coco_type_element_size(vector->type);
  COCO_TRY(coco_evaluation_allocate(evaluation, vector->type, out));
  memcpy(out->data, vector->data, (size_t)coco_type_byte_count(vector->type));
  uint8_t *to = (uint8_t *)out->data + (size_t)at * size;
  if (part->type->element)
    memcpy(to, part->data, (size_t)coco_type_byte_count(part->type));
  else
    coco_lane_write(part->type, to, coco_lane_of(part));
  return COCO_OK;
}

coco_status coco_vector_evaluate_extract(coco_evaluation *evaluation, const coco_operation *operation,
                                         const coco_runtime_value *operands, coco_runtime_value *results) {
  int64_t at;
  COCO_TRY(locate_part(evaluation, operation, operands[0].type, COCO_PROPERTY(operation, vector_extract, static_position),
                       operands + 1, &at));
  return take_part(evaluation, &operands[0], at, operation->results[0].type, &results[0]);
}

coco_status coco_vector_evaluate_insert(coco_evaluation *evaluation, const coco_operation *operation,
                                        const coco_runtime_value *operands, coco_runtime_value *results) {
  int64_t at;
  COCO_TRY(locate_part(evaluation, operation, operands[1].type, COCO_PROPERTY(operation, vector_insert, static_position),
                       operands + 2, &at));
  return put_part(evaluation, &operands[1], at, &operands[0], &results[0]);
}

/* The lane that an operand chooses; the only one of a vector of rank zero when there is no operand. */
static coco_status locate_lane(coco_evaluation *evaluation, const coco_operation *operation, const coco_type *type,
                               const coco_runtime_value *position, int64_t *out) {
  *out = position ? position->integer : 0;
  if (*out >= 0 && *out < coco_type_element_count(type)) return COCO_OK;
  return coco_evaluation_error(evaluation, operation, "position %lld is outside of the vector", (long long)*out);
}

coco_status coco_vector_evaluate_extractelement(coco_evaluation *evaluation, const coco_operation *operation,
                                                const coco_runtime_value *operands, coco_runtime_value *results) {
  int64_t at;
  COCO_TRY(locate_lane(evaluation, operation, operands[0].type, operation->operand_count > 1 ? &operands[1] : NULL, &at));
  return take_part(evaluation, &operands[0], at, operation->results[0].type, &results[0]);
}

coco_status coco_vector_evaluate_insertelement(coco_evaluation *evaluation, const coco_operation *operation,
                                               const coco_runtime_value *operands, coco_runtime_value *results) {
  int64_t at;
  COCO_TRY(locate_lane(evaluation, operation, operands[1].type, operation->operand_count > 2 ? &operands[2] : NULL, &at));
  return put_part(evaluation, &operands[1], at, &operands[0], &results[0]);
}

/* ---- Slices: a small vector as a rectangle of a large one ---- */

/* For element INDEX of SMALL, its place in LARGE, whose last dimensions SMALL covers from OFFSETS on. */
static int64_t place_in(const coco_type *large, const coco_type *small, const coco_attribute *offsets, int64_t index) {
  int64_t at = 0, step = 1;
  size_t lead = large->rank - small->rank;
  for (size_t i = large->rank; i-- > 0; step *= large->shape[i]) {
    int64_t offset = i < offsets->count ? offsets->elements[i]->integer : 0, coordinate = 0;
    if (i >= lead) {
      coordinate = index % small->shape[i - lead];
      index /= small->shape[i - lead];
    }
    at += (offset + coordinate) * step;
  }
  return at;
}

coco_status coco_vector_evaluate_extract_strided_slice(coco_evaluation *evaluation, const coco_operation *operation,
                                                       const coco_runtime_value *operands,
                                                       coco_runtime_value *results) {
  const coco_type *large = operands[0].type, *small = operation->results[0].type;
  const coco_attribute *offsets = COCO_PROPERTY(operation, vector_extract_strided_slice, offsets);
  size_t size = coco_type_element_size(large);
  COCO_TRY(coco_evaluation_allocate(evaluation, small, &results[0]));
  for (int64_t i = 0; i < coco_type_element_count(small); i++)
    memcpy((uint8_t *)results[0].data + (size_t)i * size,
           (const uint8_t *)operands[0].data + (size_t)place_in(large, small, offsets, i) * size, size);
  return COCO_OK;
}

coco_status coco_vector_evaluate_insert_strided_slice(coco_evaluation *evaluation, const coco_operation *operation,
                                                      const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_type *small = operands[0].type, *large = operands[1].type;
  const coco_attribute *offsets = COCO_PROPERTY(operation, vector_insert_strided_slice, offsets);
  size_t size = coco_type_element_size(large);
  COCO_TRY(coco_evaluation_allocate(evaluation, large, &results[0]));
  memcpy(results[0].data, operands[1].data, (size_t)coco_type_byte_count(large));
  for (int64_t i = 0; i < coco_type_element_count(small); i++)
    memcpy((uint8_t *)results[0].data + (size_t)place_in(large, small, offsets, i) * size,
           (const uint8_t *)operands[0].data + (size_t)i * size, size);
  return COCO_OK;
}

/* ---- shuffle, bitcast, shape_cast ---- */

coco_status coco_vector_evaluate_shuffle(coco_evaluation *evaluation, const coco_operation *operation,
                                         const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_attribute *mask = COCO_PROPERTY(operation, vector_shuffle, mask);
  const coco_type *type = operands[0].type;
  int64_t first = type->rank ? type->shape[0] : 1;
  size_t bytes = (size_t)part_count(type, 1) * coco_type_element_size(type);
  COCO_TRY(coco_evaluation_allocate(evaluation, operation->results[0].type, &results[0]));
  for (size_t i = 0; i < mask->count; i++) {
    int64_t lane = mask->elements[i]->integer;
    const coco_runtime_value *source = &operands[lane < first ? 0 : 1];
    size_t at = (size_t)(lane < first ? lane : lane - first);
    memcpy((uint8_t *)results[0].data + i * bytes, (const uint8_t *)source->data + at * bytes, bytes);
  }
  return COCO_OK;
}

/* The same bytes with another type. Bits are stored as bytes, so they cannot become another type this way. */
coco_status coco_vector_evaluate_bytes(coco_evaluation *evaluation, const coco_operation *operation,
                                       const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_type *from = operands[0].type, *to = operation->results[0].type;
  bool whole = from->element == to->element || (from->element->width % 8 == 0 && to->element->width % 8 == 0);
  if (!whole || coco_type_byte_count(from) != coco_type_byte_count(to))
    return coco_evaluation_error(evaluation, operation, "casts bits in a way that cannot be evaluated");
  results[0] = coco_runtime_retain(&operands[0]);
  results[0].type = to;
  return COCO_OK;
}
