/* What the target's model foresees for an lr-level module that has no schedule yet: the plan that lr-schedule would
 * make, without making it. */
#ifndef COCO_LOWERING_LR_PREDICT_H
#define COCO_LOWERING_LR_PREDICT_H

#include "ir/operation.h"

typedef struct coco_lr_layer_cycles {
  const coco_operation *operation;
  double cycles;      /* of one core, without changes of layout */
  bool dense;         /* a layer with pruned weights that is to be computed dense */
  coco_string reason; /* of such a layer: why, or why not; else empty. The context's */
} coco_lr_layer_cycles;

typedef struct coco_lr_prediction {
  coco_lr_layer_cycles *layers; /* those of @main that compute something, in order */
  size_t count;
  double cycles; /* of all, changes of layout included */
} coco_lr_prediction;

/* MODULE has its target attached; STRICT is as of lr-schedule. ARENA holds the layers. What all ways of a layer cost
 * alike is left out: ratios mean more than sums. */
coco_status coco_lr_predict(coco_operation *module, bool strict, coco_arena *arena,
                            coco_lr_prediction *out) COCO_MUST_USE;

#endif
