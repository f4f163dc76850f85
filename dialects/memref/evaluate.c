/* Reference meaning of memory: allocation, accesses, globals. Every index is checked. */
#include "dialects/memref/access.h"
#include "dialects/memref/hooks.h"
#include "dialects/memref/memref.h"
#include "ir/evaluate_lanes.h"

coco_status coco_memref_locate(coco_evaluation *evaluation, const coco_operation *operation,
                               const coco_runtime_value *memref, const coco_runtime_value *indices, size_t count,
                               uint8_t **out, int64_t *strides) {
  const coco_type *type = memref->type;
  int64_t offset, at = 0;
  if (type->rank > COCO_EVALUATION_RANK || !coco_memref_strides(type, strides, &offset))
    return coco_evaluation_error(evaluation, operation, "accesses a memref whose layout cannot be evaluated");
  if (count != type->rank) return COCO_INVALID_ARGUMENT;
  for (size_t i = 0; i < count; i++) {
    int64_t index = indices[i].integer;
    if (index < 0 || index >= type->shape[i])
      return coco_evaluation_error(evaluation, operation, "index %zu is %lld, outside of 0 to %lld", i,
                                   (long long)index, (long long)type->shape[i] - 1);
    at += index * strides[i];
  }
  *out = (uint8_t *)memref->data + at * (int64_t)coco_type_element_size(type);
  return COCO_OK;
}

coco_status coco_memref_check_writable(coco_evaluation *evaluation, const coco_operation *operation,
                                       const coco_runtime_value *memref) {
  return memref->read_only ? coco_evaluation_error(evaluation, operation, "writes to a constant global") : COCO_OK;
}

coco_status coco_memref_evaluate_nothing(coco_evaluation *evaluation, const coco_operation *operation,
                                         const coco_runtime_value *operands, coco_runtime_value *results) {
  (void)evaluation, (void)operation, (void)operands, (void)results;
  return COCO_OK;
}

coco_status coco_memref_evaluate_load(coco_evaluation *evaluation, const coco_operation *operation,
                                      const coco_runtime_value *operands, coco_runtime_value *results) {
  uint8_t *element;
  int64_t strides[COCO_EVALUATION_RANK];
  COCO_TRY(coco_memref_locate(evaluation, operation, &operands[0], operands + 1, operation->operand_count - 1, &element, strides));
  const coco_type *type = operation->results[0].type;
  results[0] = coco_lane_value(type, coco_lane_read(type, element));
  return COCO_OK;
}

coco_status coco_memref_evaluate_store(coco_evaluation *evaluation, const coco_operation *operation,
                                       const coco_runtime_value *operands, coco_runtime_value *results) {
  (void)results;
  uint8_t *element;
  int64_t strides[COCO_EVALUATION_RANK];
  COCO_TRY(coco_memref_check_writable(evaluation, operation, &operands[1]));
  COCO_TRY(coco_memref_locate(evaluation, operation, &operands[1], operands + 2, operation->operand_count - 2, &element, strides));
  coco_lane_write(operands[1].type->element, element, coco_lane_of(&operands[0]));
  return COCO_OK;
}

coco_status coco_memref_evaluate_alloc(coco_evaluation *evaluation, const coco_operation *operation,
                                       const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_type *type = operation->results[0].type;
  const bool is_static = coco_type_has_static_shape(type);
  int64_t strides[COCO_EVALUATION_RANK], offset;
  bool plain = is_static && !type->encoding; /* of any rank */
  if (!plain && (type->rank > COCO_EVALUATION_RANK ||
                 (type->encoding && (!is_static || !coco_memref_strides(type, strides, &offset)))))
    return coco_evaluation_error(evaluation, operation, "allocates a layout that cannot be evaluated");
  if (!is_static) {
    int64_t shape[COCO_EVALUATION_RANK];
    size_t next = 0;
    for (size_t i = 0; i < type->rank; i++) {
      shape[i] = type->shape[i] == COCO_DYNAMIC ? operands[next++].integer : type->shape[i];
      if (shape[i] < 0) return coco_evaluation_error(evaluation, operation, "allocates a negative size");
    }
    type = coco_type_with_shape(coco_evaluation_context(evaluation), type, type->rank, shape);
    if (!type) return COCO_OUT_OF_MEMORY;
  }
  if (!coco_evaluation_can_allocate(type))
    return coco_evaluation_error(evaluation, operation, "allocates a %s that cannot be evaluated",
                                 type->encoding ? "layout" : "type");
  return coco_evaluation_allocate(evaluation, type, &results[0]);
}

coco_status coco_memref_evaluate_dim(coco_evaluation *evaluation, const coco_operation *operation,
                                     const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_type *type = operands[0].type;
  int64_t index = operands[1].integer;
  if (index < 0 || index >= type->rank)
    return coco_evaluation_error(evaluation, operation, "asks for dimension %lld of rank %u", (long long)index,
                                 type->rank);
  results[0] = coco_runtime_integer(operation->results[0].type, type->shape[index]);
  return COCO_OK;
}

/* ---- Copies ---- */

static int64_t advance(int64_t *index, const coco_type *type, const int64_t *strides) {
  for (uint32_t i = type->rank; i-- > 0;) {
    if (++index[i] < type->shape[i]) break;
    index[i] = 0;
  }
  int64_t at = 0;
  for (uint32_t i = 0; i < type->rank; i++) at += index[i] * strides[i];
  return at;
}

coco_status coco_memref_evaluate_copy(coco_evaluation *evaluation, const coco_operation *operation,
                                      const coco_runtime_value *operands, coco_runtime_value *results) {
  (void)results;
  const coco_type *from = operands[0].type, *to = operands[1].type;
  int64_t from_strides[COCO_EVALUATION_RANK], to_strides[COCO_EVALUATION_RANK], offset;
  int64_t from_index[COCO_EVALUATION_RANK] = {0}, to_index[COCO_EVALUATION_RANK] = {0}, from_at = 0, to_at = 0;
  COCO_TRY(coco_memref_check_writable(evaluation, operation, &operands[1]));
  if (from->rank != to->rank || memcmp(from->shape, to->shape, from->rank * sizeof *from->shape) != 0)
    return coco_evaluation_error(evaluation, operation, "copies between different shapes");
  if (from->rank > COCO_EVALUATION_RANK || !coco_memref_strides(from, from_strides, &offset) ||
      !coco_memref_strides(to, to_strides, &offset))
    return coco_evaluation_error(evaluation, operation, "copies a layout that cannot be evaluated");
  int64_t count = coco_type_element_count(from), size = (int64_t)coco_type_element_size(from);
  for (int64_t i = 0; i < count; i++) {
    memmove((uint8_t *)operands[1].data + to_at * size, (const uint8_t *)operands[0].data + from_at * size,
            (size_t)size);
    if (i + 1 == count) break;
    from_at = advance(from_index, from, from_strides);
    to_at = advance(to_index, to, to_strides);
  }
  return COCO_OK;
}

/* ---- Globals ---- */

/* Borrowed when constant, else memory of the evaluation's own, set at first use. */
static coco_status make_global(coco_evaluation *evaluation, const coco_operation *operation,
                               const coco_operation *global, coco_runtime_value *out) {
  const coco_type *type = COCO_PROPERTY(global, memref_global, type)->type;
  const coco_attribute *value = COCO_PROPERTY(global, memref_global, initial_value);
  coco_runtime_value initial = {0};
  if (!value) return coco_evaluation_error(evaluation, operation, "refers to a global that is defined elsewhere");
  coco_status status = coco_evaluation_can_allocate(type) ? COCO_OK : COCO_UNSUPPORTED;
  if (status == COCO_OK && value->kind == COCO_ATTRIBUTE_UNIT) return coco_evaluation_allocate(evaluation, type, out);
  if (status == COCO_OK) status = coco_runtime_from_attribute(evaluation, value, type, &initial);
  if (status == COCO_OUT_OF_MEMORY) return status;
  if (status != COCO_OK || type->encoding) {
    coco_runtime_release(&initial);
    return coco_evaluation_error(evaluation, operation, "refers to a global whose value cannot be evaluated");
  }
  *out = initial;
  out->read_only = COCO_PROPERTY(global, memref_global, constant) != NULL;
  if (out->read_only || initial.storage) return COCO_OK;
  status = coco_evaluation_allocate(evaluation, type, out);
  if (status == COCO_OK) memcpy(out->data, initial.data, (size_t)coco_type_byte_count(type));
  return status;
}

coco_status coco_memref_evaluate_get_global(coco_evaluation *evaluation, const coco_operation *operation,
                                            const coco_runtime_value *operands, coco_runtime_value *results) {
  (void)operands;
  coco_runtime_value *known, *value;
  COCO_TRY(coco_evaluation_persistent(evaluation, operation, &known));
  if (!known->type) {
    const coco_operation *global =
        coco_symbol_lookup((coco_operation *)(uintptr_t)operation, COCO_PROPERTY(operation, memref_get_global, name));
    if (!coco_operation_is(global, &coco_memref_global)) return COCO_INVALID_ARGUMENT;
    COCO_TRY(coco_evaluation_persistent(evaluation, global, &value));
    if (!value->type) COCO_TRY(make_global(evaluation, operation, global, value));
    *known = coco_runtime_retain(value);
  }
  results[0] = coco_runtime_retain(known);
  return COCO_OK;
}
