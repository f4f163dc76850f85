/* How long layers take on this machine, dense and sparse: what a choice between the two is corrected by.
 *
 * Networks of one layer are compiled for this processor, loaded into this process, and run in turn on one thread; the
 * least processor time of a run counts. Inputs and results have the layouts that the layers like best, and changes of
 * layout are left out. Before each run memory is read so that weights come from the last cache and images, as far as
 * they fit, from the second, as in a network. Only where this process can run the target's code
 * (coco_target_runs_here).
 *
 * Cost: compiling, some 0.1 to 0.2 seconds for each contestant, and `seconds` for each contest. */
#ifndef COCO_TARGETS_MEASURE_H
#define COCO_TARGETS_MEASURE_H

#include "ir/pass.h"
#include "lowering/layer_choice.h"
#include "targets/target.h"

typedef struct coco_measure_options {
  const coco_target *target;
  const char *variant;              /* of the target; NULL: the first that this processor can run */
  bool strict;                      /* see coco_compile_options */
  const coco_pass_registry *passes; /* coco_all_passes() */
  double seconds;                   /* of running, for one contest; 0: 0.1 */
  double limit;                     /* seconds for the layers of a module, compiling included; 0: as many as it takes */
} coco_measure_options;

/* ---- Contests ---- */

/* A network at the graph level or at the lr level without a schedule, of one layer or a few. SPARSE: "all", "none" or
 * "auto", see lr-schedule. It stays as it is. */
typedef struct coco_measure_contestant {
  coco_operation *module;
  const char *sparse;
  double seconds; /* out: a run */
} coco_measure_contestant;

/* COCO_UNSUPPORTED: this processor runs none of the target's variants. */
coco_status coco_measure(coco_context *context, const coco_measure_options *options,
                         coco_measure_contestant *contestants, size_t count) COCO_MUST_USE;

/* ---- Layers ---- */

/* Which layers: none; those of which the model is not sure, because dense and sparse take less than 1.6 times as long
 * as the other; all. */
typedef enum coco_measure_which { COCO_MEASURE_NONE, COCO_MEASURE_AUTO, COCO_MEASURE_ALL } coco_measure_which;

/* Layers that were measured, so that those alike are not measured again. */
typedef struct coco_measured_layers coco_measured_layers;
coco_status coco_measured_layers_create(coco_context *context, coco_measured_layers **out) COCO_MUST_USE;
void coco_measured_layers_destroy(coco_measured_layers *layers);

typedef struct coco_measure_counts {
  size_t layers, measured; /* with pruned weights; of them measured, each kind once */
  double seconds;          /* that it took, compiling included */
} coco_measure_counts;

/* Measures the layers of MODULE, at the lr level without a schedule, that have pruned weights (their sparse code and
 * their dense form), and writes the times on them (coco_layer_set_measured). COUNTS is added to; NULL: not wanted. */
coco_status coco_measure_layers(coco_operation *module, const coco_measure_options *options, coco_measure_which which,
                                coco_measured_layers *known, coco_measure_counts *counts) COCO_MUST_USE;

#endif
