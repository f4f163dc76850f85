/* Folding of lr ops. */
#include "dialects/lr/hooks.h"
#include "dialects/lr/lr.h"

/* relayout(x) => x, when the types are equal.
 * relayout(relayout(x)) => relayout(x), through whatever layout it went. */
coco_status coco_lr_relayout_fold(coco_operation *operation, coco_fold *fold) {
  coco_value *input = coco_operation_operand(operation, 0);
  if (input->type == coco_operation_result(operation, 0)->type) {
    fold->results[0].value = input;
    fold->folded = true;
    return COCO_OK;
  }
  coco_operation *inner = coco_value_defined_by(input, &coco_lr_relayout);
  if (!inner) return COCO_OK;
  coco_operation_set_operand(operation, 0, coco_operation_operand(inner, 0));
  fold->changed = true;
  return COCO_OK;
}
