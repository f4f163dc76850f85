/* coco-prune: the parts of the tool. */
#ifndef COCO_TOOLS_COCO_PRUNE_PRUNE_H
#define COCO_TOOLS_COCO_PRUNE_PRUNE_H

#include <stdio.h>

#include "pruning/plan.h"
#include "tools/common/model.h"
#include "tools/common/tensor_file.h"

typedef struct prune_options {
  const char *input, *output, *weights, *overrides;
  const char *connectivity, *pointwise, *matrix, *masks, *method, *scheme, *balance, *block;
  int64_t patterns, entries, span, share, seed, filters; /* filters: a percentage */
  bool first, two_steps, fold, list;
  coco_tool_texts data, shapes;
} prune_options;

enum { PRUNE_NOT_GIVEN = INT32_MIN }; /* of numbers whose options were not given */

typedef struct prune_job {
  coco_tool tool;
  prune_options options;
  coco_prune_options choice;
  coco_operation *module;
  coco_arena arena; /* what lasts as long as the job */
  coco_prune_plan plan;
  FILE *report; /* standard output, or standard error when that is the network's */
} prune_job;

/* ---- The command line (choice.c) ---- */
/* Fills job->choice from the options; mistakes are told. */
coco_status prune_read_choice(prune_job *job) COCO_MUST_USE;

/* ---- Reports (report.c) ---- */
/* The pattern sets that the plan uses. */
void prune_print_sets(const prune_job *job);
/* A line for each layer, and the sums; PRUNED: weights have their zeros. */
coco_status prune_print_layers(const prune_job *job, bool pruned) COCO_MUST_USE;

/* ---- How far outputs move (compare.c) ---- */
typedef struct prune_tensors {
  coco_tensor items[COCO_MODEL_MAXIMUM_TENSORS];
  size_t count;
} prune_tensors;
typedef struct prune_comparison {
  bool wanted;       /* false: the network cannot be run as it is, and nobody asked for it */
  bool random;       /* inputs were made up */
  prune_tensors inputs, before, after;
  coco_model_tensors outputs;
} prune_comparison;

/* Reads or makes up the inputs, and runs the network as it is. */
coco_status prune_run_before(prune_job *job, prune_comparison *out) COCO_MUST_USE;
/* Runs it again and prints what changed. */
coco_status prune_run_after(prune_job *job, prune_comparison *comparison) COCO_MUST_USE;
void prune_comparison_free(prune_job *job, prune_comparison *comparison);

#endif
