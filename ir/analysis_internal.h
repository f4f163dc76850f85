/* The analyses that a pass manager keeps. Internal to ir/. */
#ifndef COCO_IR_ANALYSIS_INTERNAL_H
#define COCO_IR_ANALYSIS_INTERNAL_H

#include "ir/analysis.h"

typedef struct coco_kept_analysis {
  const coco_analysis_definition *definition;
  const coco_operation *root; /* compared only: it may be gone */
  void *analysis;
  bool preserved; /* by the pass that runs */
} coco_kept_analysis;

/* Of one thread. A pass's `analyses`. */
typedef struct coco_analysis_cache {
  const coco_allocator *allocator;
  coco_operation *root; /* of the pass that runs */
  COCO_VECTOR_OF(coco_kept_analysis) kept;
} coco_analysis_cache;

/* Drops what does not hold after a pass on ROOT. Analyses of other roots may be of what the pass has erased. */
void coco_analysis_cache_after(coco_analysis_cache *cache, const coco_operation *root, bool changed);
void coco_analysis_cache_leave(coco_analysis_cache *cache, const coco_operation *root); /* drops those of ROOT */
void coco_analysis_cache_free(coco_analysis_cache *cache);

#endif
