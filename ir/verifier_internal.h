/* The parts of the verifier; see ir/verifier.c for what runs when. Internal to ir/. */
#ifndef COCO_IR_VERIFIER_INTERNAL_H
#define COCO_IR_VERIFIER_INTERNAL_H

#include "ir/definition.h"
#include "ir/dominance.h"

/* Round 1. ROOT is the operation that is being verified: what is outside it is not looked at. */
coco_status coco_verify_structure(coco_operation *operation, void *root) COCO_MUST_USE;
/* Round 2. */
coco_status coco_verify_traits(coco_operation *operation) COCO_MUST_USE;
/* Round 3. */
coco_status coco_verify_dominance(coco_dominance *dominance, coco_operation *operation) COCO_MUST_USE;
coco_status coco_verify_symbol_table(coco_operation *operation) COCO_MUST_USE;

#endif
