/* Calling NAME_run in this process, however it came here. */
#ifndef COCO_TOOLS_COCO_RUN_NATIVE_H
#define COCO_TOOLS_COCO_RUN_NATIVE_H

#include "coco/thread_pool.h"
#include "tools/coco-run/run.h"

typedef struct native_code {
  void (*run)(void); /* NAME_run */
  const void *weights; /* NULL: embedded */
  size_t weights_size;
  uint64_t scratch_size, scratch_alignment;
  coco_thread_pool *pool; /* NULL: serial */
} native_code;

/* --threads. */
coco_status native_start_threads(run_job *job, native_code *code) COCO_MUST_USE;
coco_status native_execute(run_network *network, const native_code *code, const run_tensors *inputs,
                           run_tensors *outputs, size_t repeat, double *seconds) COCO_MUST_USE;

#endif
