/* Reference meaning of casts between type systems: values of equal types pass, others have none. */
#include "ir/evaluate.h"

#include "dialects/builtin/builtin.h"
#include "dialects/builtin/hooks.h"

coco_status coco_builtin_evaluate_cast(coco_evaluation *evaluation, const coco_operation *operation,
                                       const coco_runtime_value *operands, coco_runtime_value *results) {
  if (operation->operand_count != operation->result_count)
    return coco_evaluation_error(evaluation, operation, "has no meaning between these types");
  for (size_t i = 0; i < operation->result_count; i++) {
    const coco_type *from = coco_operation_operand(operation, i)->type, *to = operation->results[i].type;
    if (!coco_type_compatible(from, to)) return coco_evaluation_error(evaluation, operation, "has no meaning between these types");
  }
  for (size_t i = 0; i < operation->result_count; i++) results[i] = coco_runtime_retain(&operands[i]);
  return COCO_OK;
}
