/* Analyses: what is worked out about an operation's regions, and kept between passes for as long as it holds.
 *
 * A pass asks for an analysis of its root; it is made when no earlier pass left one. After a pass that changed
 * something, what the pass did not say to preserve is dropped; a pass that changed nothing preserves all. Analyses live
 * no longer than the pipeline is at their root. */
#ifndef COCO_IR_ANALYSIS_H
#define COCO_IR_ANALYSIS_H

#include "ir/pass.h"

typedef struct coco_analysis_definition {
  const char *name; /* "dominance" */
  coco_status (*create)(coco_operation *root, void **out);
  void (*destroy)(void *analysis);
} coco_analysis_definition;

/* The analysis of the pass's root. It belongs to the pass manager, and is valid until the pass breaks what it says or
 * ends. */
coco_status coco_pass_analysis(coco_pass *pass, const coco_analysis_definition *definition, void **out) COCO_MUST_USE;
/* Said by a pass whose changes leave what DEFINITION says of the root true. */
void coco_pass_preserves(coco_pass *pass, const coco_analysis_definition *definition);

/* A coco_dominance; operations may come and go, blocks not. */
extern const coco_analysis_definition coco_dominance_analysis;
extern const coco_analysis_definition coco_liveness_analysis;  /* a coco_liveness */

#endif
