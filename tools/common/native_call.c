/* See native_call.h. Through libffi, where the build has it. */
#define _DEFAULT_SOURCE /* madvise */
#include "tools/common/native_call.h"

#include <sys/mman.h>

#include "coco/object.h"

const char *coco_native_status_text(int32_t status) {
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

coco_status coco_native_scratch_create(size_t size, size_t alignment, coco_native_scratch *out) {
  enum { LARGE_PAGE = 1 << 21 };
  if (size >= LARGE_PAGE && alignment < LARGE_PAGE) alignment = LARGE_PAGE;
  *out = (coco_native_scratch){coco_allocate_aligned(&coco_heap, size, alignment), size, alignment};
  if (!out->data) return COCO_OUT_OF_MEMORY;
#ifdef MADV_HUGEPAGE
  if (alignment == LARGE_PAGE) madvise(out->data, size, MADV_HUGEPAGE); /* that it fails does not matter */
#endif
  return COCO_OK;
}

void coco_native_scratch_free(coco_native_scratch *scratch) {
  if (scratch->data) coco_free_aligned(&coco_heap, scratch->data, scratch->size, scratch->alignment);
  *scratch = (coco_native_scratch){0};
}

#ifdef COCO_HAS_FFI
#include <ffi.h>

struct coco_native_call {
  void (*function)(void);
  ffi_cif interface;
  ffi_type **types;
  const void **pointers;
  void **values;
  size_t count;
};

static bool allocate(coco_native_call *call) {
  call->types = coco_allocate_zeroed(&coco_heap, call->count + 1, sizeof(ffi_type *));
  call->pointers = coco_allocate_zeroed(&coco_heap, call->count + 1, sizeof(void *));
  call->values = coco_allocate_zeroed(&coco_heap, call->count + 1, sizeof(void *));
  return call->types && call->pointers && call->values;
}

coco_status coco_native_call_create(void (*function)(void), const void *const *pointers, size_t count,
                                    coco_native_call **out) {
  coco_native_call *call = coco_allocate_zeroed(&coco_heap, 1, sizeof *call);
  *out = call;
  if (!call) return COCO_OUT_OF_MEMORY;
  call->function = function;
  call->count = count;
  coco_status status = allocate(call) ? COCO_OK : COCO_OUT_OF_MEMORY;
  for (size_t i = 0; i < count && status == COCO_OK; ++i) {
    call->types[i] = &ffi_type_pointer;
    call->pointers[i] = pointers[i];
    call->values[i] = &call->pointers[i];
  }
  if (status == COCO_OK &&
      ffi_prep_cif(&call->interface, FFI_DEFAULT_ABI, (unsigned)count, &ffi_type_sint32, call->types) != FFI_OK)
    status = COCO_UNSUPPORTED;
  if (status == COCO_OK) return COCO_OK;
  coco_native_call_destroy(call);
  *out = NULL;
  return status;
}

int32_t coco_native_call_run(coco_native_call *call) {
  ffi_arg result = 0;
  ffi_call(&call->interface, call->function, &result, call->values);
  return (int32_t)result;
}

void coco_native_call_destroy(coco_native_call *call) {
  if (!call) return;
  coco_free(&coco_heap, call->types, (call->count + 1) * sizeof(ffi_type *));
  coco_free(&coco_heap, call->pointers, (call->count + 1) * sizeof(void *));
  coco_free(&coco_heap, call->values, (call->count + 1) * sizeof(void *));
  coco_free(&coco_heap, call, sizeof *call);
}

#else

coco_status coco_native_call_create(void (*function)(void), const void *const *pointers, size_t count,
                                    coco_native_call **out) {
  (void)function, (void)pointers, (void)count;
  *out = NULL;
  return COCO_UNSUPPORTED;
}

int32_t coco_native_call_run(coco_native_call *call) {
  (void)call;
  return COCO_OBJECT_OK;
}

void coco_native_call_destroy(coco_native_call *call) { (void)call; }

#endif
