/* Reproducers: see reproducer.c. */
#ifndef COCO_TOOLS_COCO_OPT_REPRODUCER_H
#define COCO_TOOLS_COCO_OPT_REPRODUCER_H

#include "tools/coco-opt/opt.h"

/* MODULE and the PIPELINE to run on it, in place of what OUT holds. */
coco_status opt_reproducer_text(const opt_options *options, coco_operation *module, coco_string pipeline,
                                coco_buffer *out) COCO_MUST_USE;

/* A run that leaves a reproducer when it fails or crashes. One at a time in a process: signals are its process's. */
typedef struct opt_reproducer {
  const opt_options *options;
  coco_operation *module;
  coco_buffer text;
  coco_status status; /* of what observers could not return */
} opt_reproducer;

coco_status opt_reproducer_begin(opt_reproducer *reproducer, coco_operation *module,
                                 coco_string pipeline) COCO_MUST_USE;
void opt_reproducer_before_pass(opt_reproducer *reproducer, const coco_pass *pass, const coco_operation *root);
/* Writes the file when the run FAILED. Must be called once after a begin, also one that failed. */
coco_status opt_reproducer_end(opt_reproducer *reproducer, const coco_tool *tool, bool failed) COCO_MUST_USE;

/* What a text's reproducer says, read by opt_reproducer_read as the parser's `external`. */
typedef struct opt_recorded {
  coco_buffer pipeline;
  bool found, verify_each;
} opt_recorded;
void opt_reproducer_read(void *user, coco_string owner, coco_string key, coco_string value);

#endif
