/* Liveness: which values are still to be used where blocks begin and end.
 *
 * A value is live into a block that it is not defined in when the block, or one that can come after it, uses it; a use
 * inside an operation's regions is one of the operation too, and of the blocks around the use. */
#ifndef COCO_IR_LIVENESS_H
#define COCO_IR_LIVENESS_H

#include "ir/operation.h"

typedef struct coco_liveness coco_liveness; /* valid until operations, uses or blocks change */
/* For all blocks inside ROOT. Cost: uses times the blocks between each and its definition. */
coco_status coco_liveness_create(coco_operation *root, coco_liveness **out) COCO_MUST_USE;
void coco_liveness_destroy(coco_liveness *liveness);

/* Values live into and out of BLOCK: arguments and results in the order in which a walk meets them. */
coco_value *const *coco_liveness_in(const coco_liveness *liveness, const coco_block *block, size_t *out_count);
coco_value *const *coco_liveness_out(const coco_liveness *liveness, const coco_block *block, size_t *out_count);
/* Whether nothing uses VALUE behind OPERATION. False, too, inside the regions of others that VALUE comes from outside
 * of: they may run again. */
bool coco_value_is_dead_after(const coco_liveness *liveness, const coco_value *value, coco_operation *operation);

#endif
