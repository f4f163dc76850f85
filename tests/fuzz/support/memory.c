/* The allocator of fuzzers. */
#include "tests/fuzz/support/mutators.h"

enum { LARGEST = 64 << 20 };

static void *reallocate(void *context, void *pointer, size_t old_size, size_t new_size) {
  (void)context;
  return new_size > LARGEST ? NULL : coco_heap.reallocate(coco_heap.context, pointer, old_size, new_size);
}

const coco_allocator fuzz_allocator = {.reallocate = reallocate};
