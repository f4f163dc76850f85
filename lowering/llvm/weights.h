/* The constants of loop-level modules as one blob, which does not pass through LLVM.
 *
 * Each distinct content is stored once, 64-byte aligned, whichever variant or layer names it. The
 * blob is a list of borrowed parts: writing it copies nothing. Cost: one hash of every byte. */
#ifndef COCO_LOWERING_LLVM_WEIGHTS_H
#define COCO_LOWERING_LLVM_WEIGHTS_H

#include "ir/base/hash.h"
#include "ir/operation.h"

enum { COCO_WEIGHTS_ALIGNMENT = 64 };

typedef struct coco_weights_entry {
  uint64_t hash, offset;
  coco_string bytes;
} coco_weights_entry;

typedef struct coco_weights {
  const coco_allocator *allocator;
  coco_arena arena;          /* expanded splats */
  coco_pointer_map offsets;  /* memref.global -> index of its entry, plus 1 */
  COCO_VECTOR_OF(coco_weights_entry) entries;
  coco_string_map by_hash;   /* the hash's bytes -> index of the first such entry, plus 1 */
  uint64_t size;             /* bytes of the blob */
} coco_weights;

coco_status coco_weights_create(coco_context *context, coco_weights *out) COCO_MUST_USE;
/* Adds every initialised memref.global of MODULE. */
coco_status coco_weights_add(coco_weights *weights, coco_operation *module) COCO_MUST_USE;
/* Where the bytes of a global begin; false when it was not added. */
bool coco_weights_offset(const coco_weights *weights, const coco_operation *global, uint64_t *out);
/* Writes the blob to PATH, after the bytes of PREFIX: beside it, then renamed. */
coco_status coco_weights_write_after(const coco_weights *weights, coco_string prefix, const char *path,
                                     int *out_error) COCO_MUST_USE;
static inline coco_status coco_weights_write(const coco_weights *weights, const char *path, int *out_error) {
  return coco_weights_write_after(weights, (coco_string){NULL, 0}, path, out_error);
}
/* Copies the blob to MEMORY, of weights->size bytes. */
void coco_weights_copy(const coco_weights *weights, uint8_t *memory);
void coco_weights_destroy(coco_weights *weights);

#endif
