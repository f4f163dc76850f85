/* What was chosen for a layer with pruned weights, sparse or dense, and why: discardable attributes of lr operations.
 *
 *   coco.measured = {dense_ms, sparse_ms}                         before lr-schedule, by who measured
 * (targets/measure.h) coco.choice = {taken, dense_ms, sparse_ms, measured, reason}  by lr-schedule, for reports
 *
 * Milliseconds are of one thread, without changes of layout; those of the model are its cycles at the target's
 * `megahertz`, and leave out what all ways of a layer cost alike. 0 where there was no choice, for want of code. */
#ifndef COCO_LOWERING_LAYER_CHOICE_H
#define COCO_LOWERING_LAYER_CHOICE_H

#include "ir/operation.h"

typedef struct coco_layer_times {
  double dense_ms, sparse_ms;
} coco_layer_times;

typedef struct coco_layer_choice {
  bool sparse;         /* what was taken */
  bool measured;       /* the times are of this machine, else of the model */
  coco_layer_times times;
  coco_string reason;  /* "patterns and connectivity 8.1x: 3.2 times as fast as dense winograd4"; the context's */
} coco_layer_choice;

/* Whether there was code for both, with times of both. */
static inline bool coco_layer_had_choice(const coco_layer_choice *choice) {
  return choice->times.dense_ms > 0 || choice->times.sparse_ms > 0;
}
/* False: LAYER has none, or a wrong one. */
bool coco_layer_choice_of(const coco_operation *layer, coco_layer_choice *out);
coco_status coco_layer_set_choice(coco_operation *layer, const coco_layer_choice *choice) COCO_MUST_USE;
/* Whether LAYER has code for its zeros and a dense form beside it; the model's times of both, with the figures of the
 * target that its module is for, and the module's amount of weights. */
coco_status coco_layer_predict(coco_operation *layer, coco_layer_times *out, bool *out_has) COCO_MUST_USE;
bool coco_layer_measured(const coco_operation *layer, coco_layer_times *out);
coco_status coco_layer_set_measured(coco_operation *layer, const coco_layer_times *times) COCO_MUST_USE;

#endif
