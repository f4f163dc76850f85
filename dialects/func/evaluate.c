/* Reference meaning of calls. */
#include "ir/evaluate.h"

#include "dialects/func/func.h"
#include "dialects/func/hooks.h"

coco_status coco_func_evaluate_call(coco_evaluation *evaluation, const coco_operation *operation,
                                    const coco_runtime_value *operands, coco_runtime_value *results) {
  return coco_evaluate_call(evaluation, operation, COCO_PROPERTY(operation, func_call, callee), operands,
                            operation->operand_count, results, operation->result_count);
}
