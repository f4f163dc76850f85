/* See native.h. */
#include "tools/coco-run/native.h"

#include <stdio.h>

#include "tools/common/native_call.h"

enum { MAXIMUM_ARGUMENTS = 2 * COCO_MODEL_MAXIMUM_TENSORS + 3 };

coco_status native_start_threads(run_job *job, native_code *code) {
  if (job->options.threads == 1) return COCO_OK;
  if (job->options.threads < 0 || job->options.threads > 1024)
    return coco_tool_error(&job->tool, "--threads=%lld: expected 0 (all processors) to 1024",
                           (long long)job->options.threads);
  int error = coco_thread_pool_create((uint32_t)job->options.threads, &code->pool);
  return error ? coco_tool_error(&job->tool, "no threads: %s", strerror(error)) : COCO_OK;
}

/* The arguments of a call, in order. */
typedef struct argument_list {
  const void *pointers[MAXIMUM_ARGUMENTS];
  size_t count;
} argument_list;

static void add_pointer(argument_list *to, const void *pointer) { to->pointers[to->count++] = pointer; }

static coco_status call_repeatedly(run_job *job, coco_native_call *call, size_t repeat, double *seconds) {
  for (size_t run = 0; run < repeat; ++run) {
    const double start = coco_seconds();
    const int32_t result = coco_native_call_run(call);
    if (seconds) seconds[run] = coco_seconds() - start;
    if (result != COCO_OBJECT_OK)
      return coco_tool_error(&job->tool, "the network returned %d: %s", (int)result, coco_native_status_text(result));
  }
  return COCO_OK;
}

/* ---- Scratch ---- */

enum { GUARD = 4096 }; /* bytes behind the scratch, none of which may be written */

/* Runs once more on scratch that is filled with PATTERN; marks in TOUCHED what it wrote. */
static coco_status touch(run_job *job, const native_code *code, coco_native_call *call, uint8_t *scratch, int pattern,
                         uint8_t *touched) {
  size_t size = code->scratch_size + GUARD;
  memset(scratch, pattern, size);
  COCO_TRY(call_repeatedly(job, call, 1, NULL));
  for (size_t i = 0; i < size; ++i) touched[i] |= scratch[i] != pattern;
  return COCO_OK;
}

/* --measure-scratch: a byte that is written differs from one of two patterns, unless it is both. */
static coco_status measure(run_job *job, const native_code *code, coco_native_call *call, uint8_t *scratch) {
  size_t size = code->scratch_size + GUARD, highest = 0, count = 0;
  uint8_t *touched = coco_allocate_zeroed(&coco_heap, size, 1);
  if (!touched) return COCO_OUT_OF_MEMORY;
  coco_status status = touch(job, code, call, scratch, 0xa5, touched);
  if (status == COCO_OK) status = touch(job, code, call, scratch, 0x5a, touched);
  for (size_t i = 0; i < size; ++i) {
    count += touched[i];
    if (touched[i]) highest = i + 1;
  }
  coco_free(&coco_heap, touched, size);
  COCO_TRY(status);
  printf("scratch: predicted %zu bytes, measured %zu bytes, %zu of them written\n", (size_t)code->scratch_size, highest,
         count);
  if (highest > code->scratch_size) return coco_tool_error(&job->tool, "the network wrote behind its scratch");
  return highest == code->scratch_size ? COCO_OK
                                       : coco_tool_error(&job->tool, "the network needs less scratch than was planned");
}

static coco_status execute(run_job *job, const native_code *code, argument_list *arguments, size_t repeat,
                           double *seconds) {
  coco_native_scratch scratch;
  coco_native_call *call = NULL;
  COCO_TRY(coco_native_scratch_create(code->scratch_size + GUARD, code->scratch_alignment, &scratch));
  add_pointer(arguments, code->scratch_size ? scratch.data : NULL);
  add_pointer(arguments, code->pool ? coco_thread_pool_threads(code->pool) : NULL);
  coco_status status = coco_native_call_create(code->run, arguments->pointers, arguments->count, &call);
  if (status == COCO_UNSUPPORTED) status = coco_tool_error(&job->tool, "this build cannot run networks: it is without libffi");
  if (status == COCO_OK) status = call_repeatedly(job, call, repeat, seconds);
  if (status == COCO_OK && job->options.measure) status = measure(job, code, call, scratch.data);
  coco_native_call_destroy(call);
  coco_native_scratch_free(&scratch);
  return status;
}

coco_status native_execute(run_network *network, const native_code *code, const run_tensors *inputs,
                           run_tensors *outputs, size_t repeat, double *seconds) {
  run_job *job = network->job;
  argument_list arguments = {.count = 0};
  for (size_t i = 0; i < inputs->count; ++i) add_pointer(&arguments, inputs->items[i].data);
  for (size_t i = 0; i < network->outputs.count; ++i) {
    COCO_TRY(coco_tensor_create(job->tool.context, network->outputs.items[i].type, &outputs->items[i]));
    ++outputs->count;
    add_pointer(&arguments, outputs->items[i].data);
  }
  if (code->weights) add_pointer(&arguments, code->weights);
  return execute(job, code, &arguments, repeat, seconds);
}
