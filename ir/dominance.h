/* Dominance between operations, computed when asked for, per region. */
#ifndef COCO_IR_DOMINANCE_H
#define COCO_IR_DOMINANCE_H

#include "ir/operation.h"

typedef struct coco_dominance coco_dominance; /* valid until blocks or branches change */
coco_status coco_dominance_create(coco_context *context, coco_dominance **out) COCO_MUST_USE;
void coco_dominance_destroy(coco_dominance *dominance);
/* Whether VALUE may be used by USER (regions and graph regions considered). */
bool coco_value_dominates(coco_dominance *dominance, const coco_value *value, coco_operation *user);
bool coco_block_dominates(coco_dominance *dominance, const coco_block *a, const coco_block *b);
bool coco_block_is_reachable(coco_dominance *dominance, const coco_block *block);

#endif
