/* Calling what generated code is called by, NAME_run: its arguments are pointers, and how many is known only now. */
#ifndef COCO_TOOLS_COMMON_NATIVE_CALL_H
#define COCO_TOOLS_COMMON_NATIVE_CALL_H

#include "ir/base/memory.h"

typedef struct coco_native_call coco_native_call;

/* POINTERS are copied; what they point to is the caller's. COCO_UNSUPPORTED: this build, or this machine, cannot. */
coco_status coco_native_call_create(void (*function)(void), const void *const *pointers, size_t count,
                                    coco_native_call **out) COCO_MUST_USE;
/* Returns what the function does. */
int32_t coco_native_call_run(coco_native_call *call);
void coco_native_call_destroy(coco_native_call *call);
/* What an enum coco_object_status means. */
const char *coco_native_status_text(int32_t status);

/* Memory for the values of a run. Large scratch asks for large pages: what a layer reads at once lies on more small
 * ones than processors keep at hand. Layers of images of 56 to 224 pixels take 1 to 5 % less time. */
typedef struct coco_native_scratch {
  void *data;
  size_t size, alignment;
} coco_native_scratch;
coco_status coco_native_scratch_create(size_t size, size_t alignment, coco_native_scratch *out) COCO_MUST_USE;
void coco_native_scratch_free(coco_native_scratch *scratch);

#endif
