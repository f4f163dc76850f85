/* See native.h. The number of arguments is known only now, so the call goes through libffi. */
#include "tools/coco-run/native.h"

#include <ffi.h>

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
    case COCO_OBJECT_NULL_ARGUMENT: return "an argument is NULL";
    case COCO_OBJECT_MISALIGNED: return "memory is not aligned";
    case COCO_OBJECT_UNSUPPORTED_PROCESSOR: return "this processor lacks instructions that the code needs";
    default: return "unknown status";
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
  void *scratch =
      code->scratch_size ? coco_allocate_aligned(&coco_heap, code->scratch_size, code->scratch_alignment) : NULL;
  if (code->scratch_size && !scratch) return COCO_OUT_OF_MEMORY;
  add_pointer(&call, scratch);
  add_pointer(&call, code->pool ? coco_thread_pool_threads(code->pool) : NULL);
  coco_status status = call_repeatedly(job, code, &call, repeat, seconds);
  if (scratch) coco_free_aligned(&coco_heap, scratch, code->scratch_size, code->scratch_alignment);
  return status;
}
