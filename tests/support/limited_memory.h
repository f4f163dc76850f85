/* An allocator that runs out after a number of allocations: each test that memory may run out counts that number up. */
#ifndef COCO_TESTS_SUPPORT_LIMITED_MEMORY_H
#define COCO_TESTS_SUPPORT_LIMITED_MEMORY_H

#include "ir/base/memory.h"

typedef struct limited_memory {
  size_t left;  /* allocations that still succeed; SIZE_MAX: all of them */
  size_t taken; /* asked for, the failed ones included */
} limited_memory;

static inline void *limited_reallocate(void *context, void *pointer, size_t old_size, size_t new_size) {
  limited_memory *limited = context;
  if (new_size) {
    ++limited->taken;
    if (limited->left == 0) return NULL;
    --limited->left;
  }
  return coco_heap.reallocate(coco_heap.context, pointer, old_size, new_size);
}

#endif
