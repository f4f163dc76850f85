/* Result types of arith operations. Casts have none: their result type is stated. */
#include "dialects/arith/arith.h"
#include "dialects/arith/hooks.h"

coco_status coco_arith_infer_compare(const coco_inference *inference) {
  const coco_type *bit = coco_type_integer(inference->context, 1);
  if (!bit) return COCO_OUT_OF_MEMORY;
  inference->results[0] = coco_type_with_element(inference->context, inference->operands[0]->type, bit);
  return inference->results[0] ? COCO_OK : COCO_OUT_OF_MEMORY;
}

coco_status coco_arith_infer_select(const coco_inference *inference) {
  inference->results[0] = inference->operands[1]->type;
  return COCO_OK;
}
