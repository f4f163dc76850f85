/* The verifier: structure, rows (operands, types, attributes, regions, successors, traits), inference
 * against declared types, each row's own hook, terminators, dominance, symbols.
 *
 * Reports every error it finds among siblings, not only the first. Cost: linear in the operations. */
#ifndef COCO_IR_VERIFIER_H
#define COCO_IR_VERIFIER_H

#include "ir/definition.h"

coco_status coco_verify(coco_operation *operation) COCO_MUST_USE; /* COCO_OK or COCO_REPORTED (or no memory) */

#endif
