/* What the files of node-suite share: its options, and the run of one case. */
#ifndef COCO_TESTS_CONFORMANCE_NODE_SUITE_H
#define COCO_TESTS_CONFORMANCE_NODE_SUITE_H

#include "tools/coco-run/run.h"

typedef struct suite_options {
  coco_tool_texts inputs;
  const char *folder, *target, *variant, *only, *json;
  int64_t jobs;
  bool verbose;
} suite_options;

typedef enum suite_outcome { SUITE_PASSED, SUITE_FAILED, SUITE_UNSUPPORTED } suite_outcome;

typedef struct suite_result {
  suite_outcome outcome;
  double ulp;          /* the largest error of a float, in units in the last place of the expected one */
  bool frozen;         /* inputs became constants */
  char operators[256]; /* of the model, each once, with spaces between */
  char message[512];   /* the first thing that was said, or what differs */
} suite_result;

void suite_run_case(const suite_options *options, const char *name, suite_result *out);

/* ---- node_freeze.c ---- */
/* Appends to OUT the model of BYTES with the values of test set SET as constants for the inputs that extents depend on.
 * frozen[i] says whether input i is one; *out_count how many are. */
coco_status suite_freeze(coco_context *context, coco_string bytes, const char *set, bool *frozen, size_t *out_count, coco_buffer *out) COCO_MUST_USE;
/* The operators of a model, constants aside. */
void suite_list_operators(coco_context *context, coco_string bytes, char *out, size_t size);

#endif
