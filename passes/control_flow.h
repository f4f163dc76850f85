/* What branches and structured control flow hand on: the part of their meaning that passes share. */
#ifndef COCO_PASSES_CONTROL_FLOW_H
#define COCO_PASSES_CONTROL_FLOW_H

#include "ir/operation.h"

/* Which operands go to the arguments of successor INDEX, in order. False: nobody knows. */
bool coco_branch_operands(const coco_operation *branch, size_t index, size_t *out_start, size_t *out_count);

/* Whether OPERATION, with its regions, may run where it would not have run: it does nothing but compute, cannot fail
 * for any operands that it may have, and ends. */
bool coco_operation_is_speculatable(coco_operation *operation);
/* No effect on memory, regions included. */
bool coco_operation_has_no_effect(coco_operation *operation);
/* VALUE is defined outside of the regions of OPERATION. */
bool coco_value_is_outside(const coco_value *value, const coco_operation *operation);

#endif
