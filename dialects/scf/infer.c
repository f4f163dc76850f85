/* Result types of scf operations that follow from operands. */
#include "dialects/scf/scf.h"
#include "dialects/scf/hooks.h"

static coco_status results_like_group(const coco_inference *inference, size_t group) {
  size_t start, count;
  coco_inference_group(inference, group, &start, &count);
  if (count != inference->result_count)
    return coco_inference_error(inference, "has %zu results but %zu initial values", inference->result_count, count);
  for (size_t i = 0; i < count; i++) inference->results[i] = inference->operands[start + i]->type;
  return COCO_OK;
}

coco_status coco_scf_infer_for(const coco_inference *inference) {
  return results_like_group(inference, offsetof(struct coco_scf_for_operands, initArgs));
}

coco_status coco_scf_infer_parallel(const coco_inference *inference) {
  return results_like_group(inference, offsetof(struct coco_scf_parallel_operands, initVals));
}
