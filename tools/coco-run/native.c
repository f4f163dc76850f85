/* See native.h. The number of arguments is known only now, so the call goes through libffi. */
#define _DEFAULT_SOURCE /* madvise */
#include "tools/coco-run/native.h"

#include <ffi.h>
#include <stdio.h>
#include <sys/mman.h>

enum { MAXIMUM_ARGUMENTS = 2 * COCO_MODEL_MAXIMUM_TENSORS + 3 };

coco_status native_start_threads(run_job *job, native_code *code) {
  if (job->options.threads == 1) return COCO_OK;
  if (job->options.threads < 0 || job->options.threads > 1024)
    return coco_tool_error(&job->tool, "--threads=%lld: expected 0 (all processors) to 1024",
                           (long long)job->options.threads);
  int error = coco_thread_pool_create((uint32_t)job->options.threads, &code->pool);
  return error ? coco_tool_error(&job->tool, "no threads: %s", strerror(error)) : COCO_OK;
}

static const char *status_text(int32_t status) {
  switch (status) {
    case COCO_OBJECT_NULL_ARGUMENT:
      return "an argument is NULL";
    case COCO_OBJECT_MISALIGNED:
      return "memory is not aligned";
    case COCO_OBJECT_UNSUPPORTED_PROCESSOR:
      return "this processor lacks instructions that the code needs";
    default:
      return "unknown status";
  }
}

typedef struct native_call {
  ffi_cif interface;
  ffi_type *types[MAXIMUM_ARGUMENTS];
  const void *pointers[MAXIMUM_ARGUMENTS];
  void *values[MAXIMUM_ARGUMENTS];
  unsigned count;
} native_call;

static void add_pointer(native_call *call, const void *pointer) {
  call->types[call->count] = &ffi_type_pointer;
  call->pointers[call->count] = pointer;
  call->values[call->count] = &call->pointers[call->count];
  ++call->count;
}

static coco_status call_repeatedly(run_job *job, const native_code *code, native_call *call, size_t repeat,
                                   double *seconds) {
  if (ffi_prep_cif(&call->interface, FFI_DEFAULT_ABI, call->count, &ffi_type_sint32, call->types) != FFI_OK)
    return coco_tool_error(&job->tool, "the network cannot be called");
  for (size_t run = 0; run < repeat; ++run) {
    ffi_arg result = 0;
    double start = coco_seconds();
    ffi_call(&call->interface, code->run, &result, call->values);
    if (seconds) seconds[run] = coco_seconds() - start;
    if ((int32_t)result != COCO_OBJECT_OK)
      return coco_tool_error(&job->tool, "the network returned %d: %s", (int)(int32_t)result,
                             status_text((int32_t)result));
  }
  return COCO_OK;
}

/* ---- Scratch ---- */

enum { GUARD = 4096 }; /* bytes behind the scratch, none of which may be written */

/* Large scratch asks for large pages: what a layer reads at once lies on more small ones than processors keep at hand.
 * Layers of images of 56 to 224 pixels take 1 to 5 % less time. */
static void *allocate_scratch(const native_code *code, size_t room, size_t *alignment) {
  enum { LARGE_PAGE = 1 << 21 };
  *alignment = room >= LARGE_PAGE && code->scratch_alignment < LARGE_PAGE ? LARGE_PAGE : code->scratch_alignment;
  void *scratch = coco_allocate_aligned(&coco_heap, room, *alignment);
#ifdef MADV_HUGEPAGE
  if (scratch && *alignment == LARGE_PAGE) madvise(scratch, room, MADV_HUGEPAGE); /* that it fails does not matter */
#endif
  return scratch;
}

/* Runs once more on scratch that is filled with PATTERN; marks in TOUCHED what it wrote. */
static coco_status touch(run_job *job, const native_code *code, native_call *call, uint8_t *scratch, int pattern,
                         uint8_t *touched) {
  size_t size = code->scratch_size + GUARD;
  memset(scratch, pattern, size);
  COCO_TRY(call_repeatedly(job, code, call, 1, NULL));
  for (size_t i = 0; i < size; ++i) touched[i] |= scratch[i] != pattern;
  return COCO_OK;
}

/* --measure-scratch: a byte that is written differs from one of two patterns, unless it is both. */
static coco_status measure(run_job *job, const native_code *code, native_call *call, uint8_t *scratch) {
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

coco_status native_execute(run_network *network, const native_code *code, const run_tensors *inputs,
                           run_tensors *outputs, size_t repeat, double *seconds) {
  run_job *job = network->job;
  native_call call = {.count = 0};
  for (size_t i = 0; i < inputs->count; ++i) add_pointer(&call, inputs->items[i].data);
  for (size_t i = 0; i < network->outputs.count; ++i) {
    COCO_TRY(coco_tensor_create(job->tool.context, network->outputs.items[i].type, &outputs->items[i]));
    ++outputs->count;
    add_pointer(&call, outputs->items[i].data);
  }
  if (code->weights) add_pointer(&call, code->weights);
  size_t room = code->scratch_size + GUARD, alignment;
  void *scratch = allocate_scratch(code, room, &alignment);
  if (!scratch) return COCO_OUT_OF_MEMORY;
  add_pointer(&call, code->scratch_size ? scratch : NULL);
  add_pointer(&call, code->pool ? coco_thread_pool_threads(code->pool) : NULL);
  coco_status status = call_repeatedly(job, code, &call, repeat, seconds);
  if (status == COCO_OK && job->options.measure) status = measure(job, code, &call, scratch);
  coco_free_aligned(&coco_heap, scratch, room, alignment);
  return status;
}
