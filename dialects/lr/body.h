/* Evaluating epilogues and map bodies element by element.
 *
 * A region of scalar operations is turned once into a list of steps over numbered slots; running it calls the rows' own
 * evaluations, so that there is no second meaning of any operation. Cost per element: one call for each operation that
 * is not constant. */
#ifndef COCO_DIALECTS_LR_BODY_H
#define COCO_DIALECTS_LR_BODY_H

#include "ir/evaluate.h"

/* Allocates the result of OPERATION and computes each of its elements by region 0, whose arguments are the element of
 * ACCUMULATORS there (a tensor of the result's shape; NULL: none) and the elements of the operands from FIRST_EXTRA on
 * that MAPS lead to. A region that yields its accumulator costs nothing: *result is ACCUMULATORS, with another owner.
 */
coco_status coco_lr_body_evaluate(coco_evaluation *evaluation, const coco_operation *operation,
                                  const coco_attribute *maps, size_t first_extra,
                                  const coco_runtime_value *accumulators, const coco_runtime_value *operands,
                                  coco_runtime_value *result) COCO_MUST_USE;

#endif
