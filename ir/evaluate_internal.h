/* Inside the evaluation: plans of regions, frames of calls. Internal to ir/.
 *
 * A plan numbers every value below one root (a function, or one operation with regions): a frame is
 * an array of values by those numbers, so an operand is found without a search. */
#ifndef COCO_IR_EVALUATE_INTERNAL_H
#define COCO_IR_EVALUATE_INTERNAL_H

#include "ir/evaluate.h"

enum { COCO_MAXIMUM_EVALUATION_DEPTH = 1000 }; /* calls and regions inside each other */

typedef struct coco_step {
  const coco_operation *operation;
  const uint32_t *operands; /* slots */
  uint32_t first_result;    /* slots of results are consecutive */
  const uint32_t *dead;     /* slots that this step uses last */
  uint32_t dead_count;
} coco_step;

typedef struct coco_block_plan {
  const coco_block *block;
  uint32_t first_argument;
  coco_step *steps;
  uint32_t step_count;
} coco_block_plan;

typedef struct coco_region_plan {
  coco_block_plan *blocks;
  uint32_t block_count;
  uint32_t first_slot, end_slot; /* of all values inside, nested regions included */
} coco_region_plan;

typedef struct coco_plan {
  coco_arena arena;
  coco_pointer_map regions; /* region to coco_region_plan */
  uint32_t slot_count;
} coco_plan;

typedef struct coco_frame {
  struct coco_frame *caller;
  const coco_plan *plan;
  coco_runtime_value *values;
  coco_arena scratch;
} coco_frame;

struct coco_evaluation {
  coco_context *context;
  const coco_allocator *allocator;
  coco_frame *frame;        /* of the function being run; NULL: none */
  coco_arena scratch;       /* when there is no frame */
  coco_pointer_map plans;   /* root operation to coco_plan */
  coco_pointer_map kept;    /* key to coco_runtime_value */
  coco_pointer_map callees; /* calling operation to function */
  unsigned depth;
  bool quiet;
  coco_evaluation_observer observer;
  void *observer_user;
};

/* Error of a nesting, at run time or not, that is deeper than COCO_MAXIMUM_EVALUATION_DEPTH. */
coco_status coco_evaluation_too_deep(coco_evaluation *evaluation, const coco_operation *operation);

/* Plans the regions of ROOT. COCO_REPORTED: an operand comes from outside, or nesting is too deep. */
coco_status coco_plan_create(coco_evaluation *evaluation, const coco_operation *root, coco_plan **out) COCO_MUST_USE;
void coco_plan_destroy(const coco_allocator *allocator, coco_plan *plan);

#endif
