/* Evaluating epilogues and map bodies element by element.
 *
 * A region of scalar operations is turned once into a list of steps over numbered slots; running it calls the rows' own evaluations,
 * so that there is no second meaning of any operation. Cost per element: one call for each operation that is not constant. */
#ifndef COCO_DIALECTS_LR_BODY_H
#define COCO_DIALECTS_LR_BODY_H

#include "dialects/lr/index_map.h"
#include "ir/evaluate.h"

typedef struct coco_lr_body_step {
  const coco_operation *operation;
  const uint32_t *operands;          /* slots */
  coco_runtime_value *operand_values; /* room for them */
  uint32_t first_result;             /* slot */
} coco_lr_body_step;

/* What stores the elements of an operation's result. */
typedef struct coco_lr_body {
  coco_evaluation *evaluation;
  coco_lr_body_step *steps;
  size_t step_count;
  coco_runtime_value *slots; /* the region's arguments first */
  uint32_t yielded;          /* slot */
  bool has_accumulator;      /* slot 0 is it */
  size_t extra_count;
  const coco_runtime_value *extras;
  coco_lr_index_map *maps; /* of the extras */
  coco_runtime_value result;
} coco_lr_body;

/* Reads region 0 of OPERATION, whose operands from FIRST_EXTRA on are found by MAPS, and allocates *result.
 * The memory lives in the evaluation's scratch. */
coco_status coco_lr_body_make(coco_lr_body *body, coco_evaluation *evaluation, const coco_operation *operation, const coco_attribute *maps,
                              size_t first_extra, bool has_accumulator, const coco_runtime_value *operands, coco_runtime_value *result) COCO_MUST_USE;
/* Stores the element at INDEX, which has the row-major POSITION. ACCUMULATOR is NULL when there is none. */
coco_status coco_lr_body_store(coco_lr_body *body, const coco_runtime_value *accumulator, const int64_t *index, int64_t position) COCO_MUST_USE;

/* One element of a tensor as a scalar. */
coco_runtime_value coco_lr_element(const coco_runtime_value *tensor, int64_t position);

#endif
