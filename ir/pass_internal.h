/* A parsed pipeline: what ir/pipeline_parser.c makes and ir/pass_manager.c runs. Internal to ir/. */
#ifndef COCO_IR_PASS_INTERNAL_H
#define COCO_IR_PASS_INTERNAL_H

#include "ir/context.h"
#include "ir/pass.h"

enum { COCO_PIPELINE_NESTING = 64 };

typedef struct coco_pipeline coco_pipeline;

/* What a step did so far. */
typedef struct coco_step_record {
  uint64_t runs, nanoseconds;
  uint64_t *statistics; /* by index of the pass's rows; NULL: a nested pipeline */
  coco_pattern_counts patterns;
} coco_step_record;

/* One step: a pass with its options, or a pipeline for the operations directly inside. */
typedef struct coco_pipeline_step {
  const coco_pass_definition *pass; /* NULL: nested */
  coco_pipeline *nested;
  coco_option_value *options;
  coco_step_record record;
  size_t number; /* among all steps of the manager */
  const coco_location *location;
  bool spelled; /* by the user, not by a named pipeline */
  struct coco_pipeline_step *next;
} coco_pipeline_step;

struct coco_pipeline {
  coco_string anchor; /* an operation's name, or "any" */
  coco_pipeline_step *first, *last;
};

struct coco_pass_manager {
  coco_context *context;
  const coco_pass_registry *registry;
  coco_pass_manager_options options;
  coco_arena arena;   /* the pipeline */
  coco_arena scratch; /* of the pass that runs */
  coco_pipeline root;
  size_t step_count;
};

coco_status coco_pipeline_parse(coco_pass_manager *manager, coco_string text) COCO_MUST_USE;

/* The root's pipeline on MODULE. */
coco_status coco_pipeline_run(coco_pass_manager *manager, coco_operation *module) COCO_MUST_USE;
bool coco_pipeline_is_for(const coco_pipeline *pipeline, const coco_operation *operation);

/* Calls FUNCTION on every step, a nested pipeline's after the step that holds it. DEPTH counts from 0. */
typedef void (*coco_pipeline_visitor)(void *user, const coco_pipeline *pipeline, const coco_pipeline_step *step,
                                      size_t depth);
void coco_pipeline_visit(const coco_pipeline *pipeline, size_t depth, coco_pipeline_visitor function, void *user);

#endif
