/* Reference meaning of vectors: memory accesses, masks, fma and reductions. Rearrangements: evaluate_shape.c. */
#include "dialects/arith/lanes.h"
#include "dialects/memref/access.h"
#include "dialects/vector/hooks.h"
#include "dialects/vector/vector.h"

static const char *lane_fma(const coco_type *from, const coco_type *to, const coco_lane *in, coco_lane *out) {
  (void)from;
  out->real = coco_lane_fma(to, in[0].real, in[1].real, in[2].real);
  return NULL;
}

coco_status coco_vector_evaluate_fma(coco_evaluation *evaluation, const coco_operation *operation,
                                     const coco_runtime_value *operands, coco_runtime_value *results) {
  return coco_evaluate_lanes(evaluation, operation, operands, results, lane_fma);
}

/* ---- Memory ---- */

/* A slice of memory of a vector's shape, row by row. */
typedef struct memory_slice {
  uint8_t *start;
  int64_t strides[COCO_EVALUATION_RANK]; /* of the memref, in elements */
  int64_t row, row_count;                /* elements of the innermost dimension, and how many of these */
  size_t element;
} memory_slice;

static coco_status locate_slice(coco_evaluation *evaluation, const coco_operation *operation, const coco_type *vector,
                                const coco_runtime_value *base, const coco_runtime_value *indices, memory_slice *out) {
  const coco_type *type = base->type;
  size_t lead = type->rank - vector->rank;
  COCO_TRY(coco_memref_locate(evaluation, operation, base, indices, type->rank, &out->start, out->strides));
  out->element = coco_type_element_size(type);
  out->row = vector->rank ? vector->shape[vector->rank - 1] : 1;
  out->row_count = out->row ? coco_type_element_count(vector) / out->row : 0;
  for (size_t i = 0; i < vector->rank; i++)
    if (vector->shape[i] > type->shape[lead + i] - indices[lead + i].integer)
      return coco_evaluation_error(evaluation, operation,
                                   "%lld elements from index %lld on reach over the extent %lld of dimension %zu",
                                   (long long)vector->shape[i], (long long)indices[lead + i].integer,
                                   (long long)type->shape[lead + i], lead + i);
  if (vector->rank && out->row > 1 && out->strides[type->rank - 1] != 1)
    return coco_evaluation_error(evaluation, operation,
                                 "needs memory that is contiguous along the innermost dimension");
  return COCO_OK;
}

/* The address of row INDEX of the slice. */
static uint8_t *row_at(const memory_slice *slice, const coco_type *vector, size_t memref_rank, int64_t index) {
  int64_t at = 0;
  for (size_t i = vector->rank ? vector->rank - 1 : 0; i-- > 0;) {
    at += index % vector->shape[i] * slice->strides[memref_rank - vector->rank + i];
    index /= vector->shape[i];
  }
  return slice->start + at * (int64_t)slice->element;
}

coco_status coco_vector_evaluate_load(coco_evaluation *evaluation, const coco_operation *operation,
                                      const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_type *type = operation->results[0].type;
  memory_slice slice;
  COCO_TRY(locate_slice(evaluation, operation, type, &operands[0], operands + 1, &slice));
  COCO_TRY(coco_evaluation_allocate(evaluation, type, &results[0]));
  size_t bytes = (size_t)slice.row * slice.element;
  for (int64_t i = 0; i < slice.row_count; i++)
    memcpy((uint8_t *)results[0].data + (size_t)i * bytes, row_at(&slice, type, operands[0].type->rank, i), bytes);
  return COCO_OK;
}

coco_status coco_vector_evaluate_store(coco_evaluation *evaluation, const coco_operation *operation,
                                       const coco_runtime_value *operands, coco_runtime_value *results) {
  (void)results;
  const coco_type *type = operands[0].type;
  memory_slice slice;
  COCO_TRY(coco_memref_check_writable(evaluation, operation, &operands[1]));
  COCO_TRY(locate_slice(evaluation, operation, type, &operands[1], operands + 2, &slice));
  size_t bytes = (size_t)slice.row * slice.element;
  for (int64_t i = 0; i < slice.row_count; i++)
    memcpy(row_at(&slice, type, operands[1].type->rank, i), (const uint8_t *)operands[0].data + (size_t)i * bytes,
           bytes);
  return COCO_OK;
}

/* Where lane LANE of a masked access is; only lanes that are set are checked. */
static coco_status locate_lane(coco_evaluation *evaluation, const coco_operation *operation,
                               const coco_runtime_value *operands, int64_t lane, uint8_t **out) {
  size_t rank = operands[0].type->rank;
  coco_runtime_value indices[COCO_EVALUATION_RANK];
  int64_t strides[COCO_EVALUATION_RANK];
  if (rank == 0 || rank > COCO_EVALUATION_RANK)
    return coco_evaluation_error(evaluation, operation, "has a memref of rank %zu", rank);
  memcpy(indices, operands + 1, rank * sizeof *indices);
  if (__builtin_add_overflow(indices[rank - 1].integer, lane, &indices[rank - 1].integer))
    return coco_evaluation_error(evaluation, operation, "has an index that is too large");
  return coco_memref_locate(evaluation, operation, &operands[0], indices, rank, out, strides);
}

coco_status coco_vector_evaluate_maskedload(coco_evaluation *evaluation, const coco_operation *operation,
                                            const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_runtime_value *mask = &operands[operation->operand_count - 2], *other = mask + 1;
  size_t element = coco_type_element_size(other->type);
  COCO_TRY(coco_evaluation_allocate(evaluation, operation->results[0].type, &results[0]));
  memcpy(results[0].data, other->data, (size_t)coco_type_byte_count(other->type));
  for (int64_t i = 0; i < coco_type_element_count(mask->type); i++) {
    uint8_t *from;
    if (!((const uint8_t *)mask->data)[i]) continue;
    COCO_TRY(locate_lane(evaluation, operation, operands, i, &from));
    memcpy((uint8_t *)results[0].data + (size_t)i * element, from, element);
  }
  return COCO_OK;
}

coco_status coco_vector_evaluate_maskedstore(coco_evaluation *evaluation, const coco_operation *operation,
                                             const coco_runtime_value *operands, coco_runtime_value *results) {
  (void)results;
  const coco_runtime_value *mask = &operands[operation->operand_count - 2], *value = mask + 1;
  size_t element = coco_type_element_size(value->type);
  COCO_TRY(coco_memref_check_writable(evaluation, operation, &operands[0]));
  for (int64_t i = 0; i < coco_type_element_count(mask->type); i++) {
    uint8_t *to;
    if (!((const uint8_t *)mask->data)[i]) continue;
    COCO_TRY(locate_lane(evaluation, operation, operands, i, &to));
    memcpy(to, (const uint8_t *)value->data + (size_t)i * element, element);
  }
  return COCO_OK;
}

/* ---- Masks ---- */

/* Sets the lanes whose every coordinate is below LIMITS. */
static coco_status make_mask(coco_evaluation *evaluation, const coco_type *type, const int64_t *limits,
                             coco_runtime_value *out) {
  COCO_TRY(coco_evaluation_allocate(evaluation, type, out));
  for (int64_t i = 0; i < coco_type_element_count(type); i++) {
    bool set = true;
    int64_t rest = i;
    for (size_t j = type->rank; j-- > 0; rest /= type->shape[j]) set = set && rest % type->shape[j] < limits[j];
    ((uint8_t *)out->data)[i] = set;
  }
  return COCO_OK;
}

coco_status coco_vector_evaluate_create_mask(coco_evaluation *evaluation, const coco_operation *operation,
                                             const coco_runtime_value *operands, coco_runtime_value *results) {
  int64_t limits[COCO_EVALUATION_RANK];
  const coco_type *type = operation->results[0].type;
  if (type->rank > COCO_EVALUATION_RANK) return coco_evaluation_error(evaluation, operation, "has too many dimensions");
  for (size_t i = 0; i < type->rank; i++) limits[i] = operands[i].integer;
  return make_mask(evaluation, type, limits, &results[0]);
}

coco_status coco_vector_evaluate_constant_mask(coco_evaluation *evaluation, const coco_operation *operation,
                                               const coco_runtime_value *operands, coco_runtime_value *results) {
  (void)operands;
  int64_t limits[COCO_EVALUATION_RANK];
  const coco_type *type = operation->results[0].type;
  const coco_attribute *sizes = COCO_PROPERTY(operation, vector_constant_mask, mask_dim_sizes);
  if (type->rank > COCO_EVALUATION_RANK) return coco_evaluation_error(evaluation, operation, "has too many dimensions");
  for (size_t i = 0; i < type->rank; i++) limits[i] = sizes->elements[i]->integer;
  return make_mask(evaluation, type, limits, &results[0]);
}

/* ---- Reduction: from the first lane to the last, rounded after each ---- */

coco_status coco_vector_evaluate_reduction(coco_evaluation *evaluation, const coco_operation *operation,
                                           const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_type *type = operands[0].type->element;
  coco_string kind = coco_vector_reduction_kind(operation);
  coco_lane_function combine =
      coco_type_is_float(type) ? coco_arith_float_combiner(kind) : coco_arith_integer_combiner(kind);
  int64_t count = coco_type_element_count(operands[0].type), first = 0;
  size_t size = coco_type_element_size(type);
  const uint8_t *data = operands[0].data;
  if (!combine || count < 1) return COCO_INVALID_ARGUMENT;
  coco_runtime_value sum =
      operation->operand_count > 1 ? operands[1] : coco_lane_value(type, coco_lane_read(type, data));
  if (operation->operand_count == 1) first = 1;
  for (int64_t i = first; i < count; i++) {
    coco_lane in[2] = {coco_lane_of(&sum), coco_lane_read(type, data + (size_t)i * size)}, out;
    const char *problem = combine(type, type, in, &out);
    if (problem) return coco_evaluation_error(evaluation, operation, "failed: %s", problem);
    sum = coco_lane_value(type, out);
  }
  results[0] = sum;
  return COCO_OK;
}
