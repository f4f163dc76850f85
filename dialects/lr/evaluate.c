/* Reference evaluation of lr.map, lr.move, lr.gather, lr.scatter and lr.relayout. Layouts and tuning do not count.
 * Cost: linear in the elements. */
#include "dialects/lr/body.h"
#include "dialects/lr/hooks.h"
#include "dialects/lr/index_map.h"
#include "dialects/lr/lr.h"
#include "dialects/shared/indexed.h"
#include "dialects/shared/shape.h"

coco_status coco_lr_map_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                 const coco_runtime_value *operands, coco_runtime_value *results) {
  return coco_lr_body_evaluate(evaluation, operation, COCO_PROPERTY(operation, lr_map, maps), 0, NULL, operands,
                               results);
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

coco_status coco_lr_move_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                  const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_type *type = coco_operation_result(operation, 0)->type;
  COCO_TRY(coco_evaluation_allocate(evaluation, type, &results[0]));
  const coco_attribute *fill = COCO_PROPERTY(operation, lr_move, fill),
                       *domains = COCO_PROPERTY(operation, lr_move, domains);
  if (fill) fill_result(&results[0], fill);
  size_t size = coco_type_element_size(type->element);
  for (uint32_t i = 0; i < operation->operand_count; ++i) {
    const int64_t *extents = coco_attribute_i64s(domains->elements[i]);
    size_t rank = domains->elements[i]->count;
    coco_lr_index_map source, destination;
    coco_lr_index_map_make(&source, COCO_PROPERTY(operation, lr_move, sources)->elements[i]->map, rank,
                           operands[i].type);
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

coco_status coco_lr_relayout_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                      const coco_runtime_value *operands, coco_runtime_value *results) {
  (void)evaluation;
  results[0] = coco_runtime_retain(&operands[0]);
  results[0].type = coco_operation_result(operation, 0)->type;
  return COCO_OK;
}

coco_status coco_lr_gather_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                    const coco_runtime_value *operands, coco_runtime_value *results) {
  COCO_TRY(coco_evaluation_allocate(evaluation, coco_operation_result(operation, 0)->type, &results[0]));
  coco_indexed indexed = coco_indexed_make(operands[0].type, (size_t)COCO_PROPERTY(operation, lr_gather, axis)->integer,
                                           operands[1].type, operands[1].data);
  coco_gather_slices(&indexed, operands[0].data, results[0].data);
  return COCO_OK;
}

coco_status coco_lr_scatter_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                     const coco_runtime_value *operands, coco_runtime_value *results) {
  const coco_type *type = coco_operation_result(operation, 0)->type;
  COCO_TRY(coco_evaluation_allocate(evaluation, type, &results[0]));
  if (coco_type_element_count(type) == 0) return COCO_OK;
  memcpy(results[0].data, operands[0].data, (size_t)coco_type_byte_count(type));
  coco_indexed indexed = coco_indexed_make(operands[0].type, 0, operands[1].type, operands[1].data);
  coco_reduction kind;
  bool combines = coco_scatter_reduction(COCO_PROPERTY(operation, lr_scatter, reduction)->text, &kind);
  coco_scatter_slices(&indexed, combines ? &kind : NULL, operands[2].data, results[0].data);
  return COCO_OK;
}
