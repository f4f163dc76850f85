/* Result types of memref operations that follow from operands. */
#include "dialects/memref/memref.h"
#include "dialects/memref/hooks.h"

coco_status coco_memref_infer_load(const coco_inference *inference) {
  inference->results[0] = inference->operands[0]->type->element;
  return COCO_OK;
}

coco_status coco_memref_infer_dim(const coco_inference *inference) {
  inference->results[0] = coco_type_index(inference->context);
  return inference->results[0] ? COCO_OK : COCO_OUT_OF_MEMORY;
}
