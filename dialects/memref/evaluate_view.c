/* Reference meaning of views: another shape over the same memory. A view that reaches outside of its memory is an
 * error when it is made, so accesses through it need to check indices only. */
#include "dialects/memref/hooks.h"
#include "dialects/memref/memref.h"
#include "ir/evaluate.h"

/* A number per dimension: from the list of static ones or, where that is dynamic, the next operand. */
static void resolve(const coco_attribute *statics, const coco_runtime_value *operands, int64_t *out) {
  for (size_t i = 0, next = 0; i < statics->count; i++) {
    int64_t value = coco_attribute_i64s(statics)[i];
    out[i] = value == COCO_DYNAMIC ? operands[next++].integer : value;
  }
}

/* The type of a view with these sizes and strides: DECLARED itself when it says them already. */
static coco_status static_type(coco_evaluation *evaluation, const coco_type *declared, const int64_t *sizes,
                               const int64_t *strides, const coco_type **out) {
  int64_t own[COCO_EVALUATION_RANK], offset;
  bool same = coco_memref_strides(declared, own, &offset);
  for (size_t i = 0; same && i < declared->rank; i++) same = declared->shape[i] == sizes[i] && own[i] == strides[i];
  *out = declared;
  if (same) return COCO_OK;
  coco_context *context = coco_evaluation_context(evaluation);
  const coco_attribute *layout = coco_attribute_strided_layout(context, COCO_DYNAMIC, strides, declared->rank);
  *out = layout ? coco_type_memref(context, declared->rank, sizes, declared->element, layout, declared->memory_space)
                : NULL;
  return *out ? COCO_OK : COCO_OUT_OF_MEMORY;
}

/* TYPE over the memory of SOURCE, index zero AT bytes above the memory's base. */
static coco_status make_view(coco_evaluation *evaluation, const coco_operation *operation,
                             const coco_runtime_value *source, const coco_type *type, int64_t at,
                             coco_runtime_value *out) {
  uint8_t *base = (uint8_t *)(uintptr_t)source->limit_low;
  if (!coco_runtime_place(type, base, (size_t)(source->limit_high - source->limit_low), at, out))
    return coco_evaluation_error(evaluation, operation, "reaches outside of the memory of its source");
  coco_runtime_value kept = coco_runtime_retain(source);
  out->storage = kept.storage;
  out->read_only = kept.read_only;
  return COCO_OK;
}

static int64_t bytes_above_base(const coco_runtime_value *value) {
  return (const uint8_t *)value->data - value->limit_low;
}

static coco_status source_strides(coco_evaluation *evaluation, const coco_operation *operation,
                                  const coco_runtime_value *source, int64_t *strides) {
  int64_t offset;
  if (source->type->rank <= COCO_EVALUATION_RANK && operation->results[0].type->rank <= COCO_EVALUATION_RANK &&
      coco_memref_strides(source->type, strides, &offset))
    return COCO_OK;
  return coco_evaluation_error(evaluation, operation, "views a layout that cannot be evaluated");
}

coco_status coco_memref_evaluate_view(coco_evaluation *evaluation, const coco_operation *operation,
                                      const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_type *type = operation->results[0].type;
  int64_t shape[COCO_EVALUATION_RANK], shift = operands[1].integer, size = operands[0].type->shape[0];
  if (type->rank > COCO_EVALUATION_RANK || operands[0].type->encoding)
    return coco_evaluation_error(evaluation, operation, "views a layout that cannot be evaluated");
  for (size_t i = 0, next = 2; i < type->rank; i++) {
    shape[i] = type->shape[i] == COCO_DYNAMIC ? operands[next++].integer : type->shape[i];
    if (shape[i] < 0) return coco_evaluation_error(evaluation, operation, "has a negative size");
  }
  type = coco_type_with_shape(coco_evaluation_context(evaluation), type, type->rank, shape);
  if (!type) return COCO_OUT_OF_MEMORY;
  size_t element = coco_type_element_size(type);
  if (shift < 0 || shift > size || element == 0 || shift % (int64_t)element)
    return coco_evaluation_error(evaluation, operation,
                                 "has a byte shift of %lld, which is outside of the source or not aligned",
                                 (long long)shift);
  coco_runtime_value rest = operands[0];
  rest.limit_low = (const uint8_t *)operands[0].data + shift;
  rest.limit_high = (const uint8_t *)operands[0].data + size;
  return make_view(evaluation, operation, &rest, type, 0, &results[0]);
}

/* Keeps of the dimensions of a subview those of the result's type; the others have size one, as verified. */
static void drop_dimensions(const coco_operation *operation, size_t rank, int64_t *sizes, int64_t *strides) {
  const coco_type *type = operation->results[0].type;
  const int64_t *statics = coco_attribute_i64s(COCO_PROPERTY(operation, memref_subview, static_sizes));
  size_t kept = 0;
  for (size_t i = 0; i < rank; i++) {
    if (kept == type->rank || type->shape[kept] != statics[i]) continue;
    sizes[kept] = sizes[i];
    strides[kept++] = strides[i];
  }
}

coco_status coco_memref_evaluate_subview(coco_evaluation *evaluation, const coco_operation *operation,
                                         const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_type *source = operands[0].type, *type;
  int64_t own[COCO_EVALUATION_RANK], lists[3][COCO_EVALUATION_RANK], at = 0;
  const coco_attribute *statics[3] = {COCO_PROPERTY(operation, memref_subview, static_offsets),
                                      COCO_PROPERTY(operation, memref_subview, static_sizes),
                                      COCO_PROPERTY(operation, memref_subview, static_strides)};
  COCO_TRY(source_strides(evaluation, operation, &operands[0], own));
  for (size_t i = 0; i < 3; i++) {
    size_t start, count;
    coco_operation_operand_group(operation, i + 1, &start, &count);
    resolve(statics[i], operands + start, lists[i]);
  }
  for (size_t i = 0; i < source->rank; i++) {
    int64_t offset = lists[0][i], size = lists[1][i], stride = lists[2][i], last;
    bool inside = offset >= 0 && size >= 0 && offset <= source->shape[i] &&
                  (size == 0 || (!__builtin_mul_overflow(size - 1, stride, &last) &&
                                 !__builtin_add_overflow(last, offset, &last) && last >= 0 && last < source->shape[i]));
    if (!inside || __builtin_mul_overflow(own[i], stride, &lists[2][i]))
      return coco_evaluation_error(evaluation, operation, "reaches outside of its source in dimension %zu", i);
    if (coco_type_element_count(source)) at += offset * own[i];
  }
  drop_dimensions(operation, source->rank, lists[1], lists[2]);
  COCO_TRY(static_type(evaluation, operation->results[0].type, lists[1], lists[2], &type));
  at = bytes_above_base(&operands[0]) + at * (int64_t)coco_type_element_size(source);
  return make_view(evaluation, operation, &operands[0], type, coco_type_element_count(type) ? at : 0, &results[0]);
}

coco_status coco_memref_evaluate_reinterpret_cast(coco_evaluation *evaluation, const coco_operation *operation,
                                                  const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_type *type = operation->results[0].type;
  int64_t offset, sizes[COCO_EVALUATION_RANK], strides[COCO_EVALUATION_RANK];
  size_t start, count;
  if (type->rank > COCO_EVALUATION_RANK)
    return coco_evaluation_error(evaluation, operation, "views a layout that cannot be evaluated");
  COCO_OPERAND_GROUP(operation, memref_reinterpret_cast, offsets, &start, &count);
  resolve(COCO_PROPERTY(operation, memref_reinterpret_cast, static_offsets), operands + start, &offset);
  COCO_OPERAND_GROUP(operation, memref_reinterpret_cast, sizes, &start, &count);
  resolve(COCO_PROPERTY(operation, memref_reinterpret_cast, static_sizes), operands + start, sizes);
  COCO_OPERAND_GROUP(operation, memref_reinterpret_cast, strides, &start, &count);
  resolve(COCO_PROPERTY(operation, memref_reinterpret_cast, static_strides), operands + start, strides);
  for (size_t i = 0; i < type->rank; i++)
    if (sizes[i] < 0) return coco_evaluation_error(evaluation, operation, "has a negative size");
  COCO_TRY(static_type(evaluation, type, sizes, strides, &type));
  if (__builtin_mul_overflow(offset, (int64_t)coco_type_element_size(type), &offset))
    return coco_evaluation_error(evaluation, operation, "reaches outside of the memory of its source");
  return make_view(evaluation, operation, &operands[0], type, coco_type_element_count(type) ? offset : 0, &results[0]);
}

/* The type at run time is static already; it must agree with what the cast states. */
coco_status coco_memref_evaluate_cast(coco_evaluation *evaluation, const coco_operation *operation,
                                      const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_type *from = operands[0].type, *to = operation->results[0].type;
  int64_t own[COCO_EVALUATION_RANK], stated[COCO_EVALUATION_RANK], offset;
  COCO_TRY(source_strides(evaluation, operation, &operands[0], own));
  bool fits = from->rank == to->rank && coco_memref_strides(to, stated, &offset);
  for (size_t i = 0; fits && i < to->rank; i++)
    fits = (to->shape[i] == COCO_DYNAMIC || to->shape[i] == from->shape[i]) &&
           (stated[i] == COCO_DYNAMIC || stated[i] == own[i] || from->shape[i] <= 1);
  if (!fits)
    return coco_evaluation_error(evaluation, operation, "is of a memref that does not have the type it states");
  results[0] = coco_runtime_retain(&operands[0]);
  return COCO_OK;
}

/* ---- Joining and splitting dimensions ---- */

static coco_status same_memory(coco_evaluation *evaluation, const coco_operation *operation,
                               const coco_runtime_value *source, const int64_t *sizes, const int64_t *strides,
                               coco_runtime_value *out) {
  const coco_type *type;
  COCO_TRY(static_type(evaluation, operation->results[0].type, sizes, strides, &type));
  return make_view(evaluation, operation, source, type, bytes_above_base(source), out);
}

coco_status coco_memref_evaluate_collapse_shape(coco_evaluation *evaluation, const coco_operation *operation,
                                                const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_attribute *groups = COCO_PROPERTY(operation, memref_collapse_shape, reassociation);
  const coco_type *source = operands[0].type;
  int64_t own[COCO_EVALUATION_RANK], sizes[COCO_EVALUATION_RANK], strides[COCO_EVALUATION_RANK];
  COCO_TRY(source_strides(evaluation, operation, &operands[0], own));
  size_t dimension = 0;
  for (size_t i = 0; i < groups->count; i++) {
    sizes[i] = strides[i] = 1;
    bool started = false;
    size_t end = dimension + groups->elements[i]->count;
    for (size_t j = end; j-- > dimension;) { /* from the innermost dimension of the group outwards */
      if (source->shape[j] == 1) continue;
      if (started && own[j] != strides[i] * sizes[i])
        return coco_evaluation_error(evaluation, operation, "joins dimensions that are not contiguous");
      if (!started) strides[i] = own[j];
      started = true;
      sizes[i] *= source->shape[j];
    }
    if (!started && end > dimension) strides[i] = own[end - 1];
    dimension = end;
  }
  return same_memory(evaluation, operation, &operands[0], sizes, strides, &results[0]);
}

coco_status coco_memref_evaluate_expand_shape(coco_evaluation *evaluation, const coco_operation *operation,
                                              const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_attribute *groups = COCO_PROPERTY(operation, memref_expand_shape, reassociation);
  const coco_attribute *statics = COCO_PROPERTY(operation, memref_expand_shape, static_output_shape);
  const coco_type *source = operands[0].type;
  int64_t own[COCO_EVALUATION_RANK], sizes[COCO_EVALUATION_RANK], strides[COCO_EVALUATION_RANK];
  COCO_TRY(source_strides(evaluation, operation, &operands[0], own));
  if (groups->count != source->rank) return COCO_INVALID_ARGUMENT;
  resolve(statics, operands + 1, sizes);
  size_t dimension = 0;
  for (size_t i = 0; i < groups->count; i++) {
    int64_t stride = own[i], total = 1;
    size_t end = dimension + groups->elements[i]->count;
    for (size_t j = end; j-- > dimension;) {
      strides[j] = stride;
      if (sizes[j] < 0 || __builtin_mul_overflow(stride, sizes[j], &stride) ||
          __builtin_mul_overflow(total, sizes[j], &total))
        return coco_evaluation_error(evaluation, operation, "has an output shape that does not fit its source");
    }
    if (total != source->shape[i])
      return coco_evaluation_error(evaluation, operation, "has an output shape that does not fit its source");
    dimension = end;
  }
  for (; dimension < statics->count; dimension++) { /* one element has no groups */
    strides[dimension] = 1;
    if (sizes[dimension] != 1)
      return coco_evaluation_error(evaluation, operation, "has an output shape that does not fit its source");
  }
  return same_memory(evaluation, operation, &operands[0], sizes, strides, &results[0]);
}
