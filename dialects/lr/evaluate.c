/* Reference evaluation of lr.map, lr.reduce, lr.move and lr.relayout. Layouts and tuning do not count. Cost: linear in the elements. */
#include <math.h>

#include "dialects/lr/body.h"
#include "dialects/lr/hooks.h"
#include "dialects/lr/lr.h"
#include "dialects/shared/shape.h"

coco_status coco_lr_map_evaluate(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands,
                                 coco_runtime_value *results) {
  coco_lr_body body;
  COCO_TRY(coco_lr_body_make(&body, evaluation, operation, COCO_PROPERTY(operation, lr_map, maps), 0, false, operands, results));
  const coco_type *output = results[0].type;
  if (coco_type_element_count(output) == 0) return COCO_OK;
  int64_t index[COCO_LR_MAX_RANK] = {0}, position = 0;
  do {
    COCO_TRY(coco_lr_body_store(&body, NULL, index, position++));
  } while (coco_index_next(output->shape, output->rank, index));
  return COCO_OK;
}

typedef enum reduction { SUM, MEAN, MAXIMUM, MINIMUM, PRODUCT, SUM_SQUARE, L1, L2 } reduction;

static reduction reduction_of(coco_string kind) {
  static const char *const names[] = {"sum", "mean", "max", "min", "product", "sum_square", "l1", "l2"};
  for (int i = 0; i <= L2; ++i) {
    if (coco_string_is(kind, names[i])) return (reduction)i;
  }
  return SUM;
}

/* One step of a reduction of floats; rounding is the caller's. */
static double reduce_real(reduction kind, double sum, double next, bool first) {
  switch (kind) {
    case MAXIMUM: return first || isnan(next) || next > sum ? (isnan(sum) && !first ? sum : next) : sum;
    case MINIMUM: return first || isnan(next) || next < sum ? (isnan(sum) && !first ? sum : next) : sum;
    case PRODUCT: return first ? next : sum * next;
    case SUM_SQUARE:
    case L2: return next * next + sum; /* exact product of two f32 in double: one rounding, as fused */
    case L1: return sum + fabs(next);
    default: return sum + next;
  }
}

/* Two's complement arithmetic. */
static int64_t reduce_integer(reduction kind, int64_t sum, int64_t next, bool first) {
  switch (kind) {
    case MAXIMUM: return first || next > sum ? next : sum;
    case MINIMUM: return first || next < sum ? next : sum;
    case PRODUCT: return first ? next : (int64_t)((uint64_t)sum * (uint64_t)next);
    case SUM_SQUARE: return (int64_t)((uint64_t)next * (uint64_t)next + (uint64_t)sum);
    case L1: return (int64_t)((uint64_t)sum + (next < 0 ? 0 - (uint64_t)next : (uint64_t)next));
    default: return (int64_t)((uint64_t)sum + (uint64_t)next);
  }
}

static coco_runtime_value finish_reduction(reduction kind, coco_runtime_value sum, int64_t count) {
  if (kind != MEAN && kind != L2) return sum;
  if (!coco_type_is_float(sum.type)) return coco_runtime_integer(sum.type, kind == MEAN && count ? sum.integer / count : (int64_t)sqrt((double)sum.integer));
  return coco_runtime_real(sum.type, kind == MEAN ? sum.real / (double)count : sqrt(sum.real));
}

/* Reads the elements that INDEX of the result stands for, in row-major order: those of the box REDUCED (extent 1 where not reduced). */
static coco_runtime_value reduce_box(reduction kind, const coco_runtime_value *input, const int64_t *reduced, const int64_t *strides, int64_t base) {
  const coco_type *element = input->type->element;
  coco_runtime_value sum = coco_type_is_float(element) ? coco_runtime_real(element, kind == PRODUCT) : coco_runtime_integer(element, kind == PRODUCT);
  int64_t index[COCO_LR_MAX_RANK] = {0}, count = 1;
  for (uint32_t i = 0; i < input->type->rank; ++i) count *= reduced[i];
  bool first = true;
  if (count == 0) return sum;
  do {
    coco_runtime_value next = coco_lr_element(input, base + coco_index_offset(index, strides, input->type->rank));
    sum = coco_type_is_float(element) ? coco_runtime_real(element, reduce_real(kind, sum.real, next.real, first))
                                      : coco_runtime_integer(element, reduce_integer(kind, sum.integer, next.integer, first));
    first = false;
  } while (coco_index_next(reduced, input->type->rank, index));
  return finish_reduction(kind, sum, count);
}

coco_status coco_lr_reduce_evaluate(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands,
                                    coco_runtime_value *results) {
  const coco_type *input = operands[0].type;
  const coco_attribute *axes = COCO_PROPERTY(operation, lr_reduce, axes);
  bool keep = COCO_PROPERTY(operation, lr_reduce, keep_dimensions)->integer != 0;
  reduction kind = reduction_of(COCO_PROPERTY(operation, lr_reduce, kind)->text);
  coco_lr_body body;
  COCO_TRY(coco_lr_body_make(&body, evaluation, operation, COCO_PROPERTY(operation, lr_reduce, maps), 1, true, operands, results));
  coco_extents extents;
  int64_t strides[COCO_MAXIMUM_RANK], reduced[COCO_LR_MAX_RANK], steps[COCO_LR_MAX_RANK] = {0}, index[COCO_LR_MAX_RANK] = {0};
  if (!coco_extents_of(input, &extents)) return COCO_INVALID_ARGUMENT;
  coco_extents_strides(&extents, strides);
  size_t next = 0, rank = 0;
  for (uint32_t i = 0; i < input->rank; ++i) {
    bool is_axis = next < axes->count && coco_attribute_i64s(axes)[next] == (int64_t)i;
    next += is_axis;
    reduced[i] = is_axis ? input->shape[i] : 1;
    if (!is_axis || keep) steps[rank++] = is_axis ? 0 : strides[i];
  }
  const coco_type *output = results[0].type;
  if (coco_type_element_count(output) == 0) return COCO_OK;
  int64_t position = 0;
  do {
    coco_runtime_value sum = reduce_box(kind, &operands[0], reduced, strides, coco_index_offset(index, steps, rank));
    COCO_TRY(coco_lr_body_store(&body, &sum, index, position++));
  } while (coco_index_next(output->shape, output->rank, index));
  return COCO_OK;
}

static void fill_result(const coco_runtime_value *result, const coco_attribute *fill) {
  const coco_type *element = result->type->element;
  size_t size = coco_type_element_size(element);
  int64_t count = coco_type_element_count(result->type);
  uint8_t bytes[16] = {0};
  if (coco_type_is_float(element)) {
    coco_element_write_real(element, bytes, fill->real);
  } else {
    coco_element_write_integer(element, bytes, fill->integer);
  }
  for (int64_t i = 0; i < count; ++i) memcpy((uint8_t *)result->data + (size_t)i * size, bytes, size);
}

coco_status coco_lr_move_evaluate(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands,
                                  coco_runtime_value *results) {
  const coco_type *type = coco_operation_result(operation, 0)->type;
  COCO_TRY(coco_evaluation_allocate(evaluation, type, &results[0]));
  const coco_attribute *fill = COCO_PROPERTY(operation, lr_move, fill), *domains = COCO_PROPERTY(operation, lr_move, domains);
  if (fill) fill_result(&results[0], fill);
  size_t size = coco_type_element_size(type->element);
  for (uint32_t i = 0; i < operation->operand_count; ++i) {
    const int64_t *extents = coco_attribute_i64s(domains->elements[i]);
    size_t rank = domains->elements[i]->count;
    coco_lr_index_map source, destination;
    coco_lr_index_map_make(&source, COCO_PROPERTY(operation, lr_move, sources)->elements[i]->map, rank, operands[i].type);
    coco_lr_index_map_make(&destination, COCO_PROPERTY(operation, lr_move, destinations)->elements[i]->map, rank, type);
    int64_t index[COCO_LR_MAX_RANK] = {0}, count = 1;
    for (size_t j = 0; j < rank; ++j) count *= extents[j];
    if (count == 0) continue;
    do {
      const uint8_t *from = (const uint8_t *)operands[i].data + (size_t)coco_lr_index_map_at(&source, index) * size;
      memcpy((uint8_t *)results[0].data + (size_t)coco_lr_index_map_at(&destination, index) * size, from, size);
    } while (coco_index_next(extents, rank, index));
  }
  return COCO_OK;
}

coco_status coco_lr_relayout_evaluate(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands,
                                      coco_runtime_value *results) {
  (void)evaluation;
  results[0] = coco_runtime_retain(&operands[0]);
  results[0].type = coco_operation_result(operation, 0)->type;
  return COCO_OK;
}
