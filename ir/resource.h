/* Resources: named blobs of bytes, for weights. Owned by the context, never hashed, never printed among the ops.
 *
 * In text a blob is named by dense_resource<NAME> and lives either in the module's
 * dialect_resources (small, as hex) or in a safetensors file beside it (external_resources). */
#ifndef COCO_IR_RESOURCE_H
#define COCO_IR_RESOURCE_H

#include "ir/forward.h"

struct coco_resource {
  coco_string name;    /* unique in the context */
  const uint8_t *data; /* NULL: declared, but its bytes are not at hand */
  size_t size;         /* bytes */
  size_t alignment;
  void (*release)(void *owner, const uint8_t *data, size_t size); /* NULL: borrowed for the context's life */
  void *owner;
  coco_resource *next; /* all resources of the context, in order of creation */
};

/* A new resource. Characters of NAME that MLIR text would have to quote become '_'; when it is taken, "_1", "_2", … is appended. On failure the bytes stay the caller's. */
coco_status coco_resource_create(coco_context *context, coco_string name, const uint8_t *data, size_t size, size_t alignment,
                                 void (*release)(void *owner, const uint8_t *data, size_t size), void *owner,
                                 coco_resource **out) COCO_MUST_USE;
/* A new resource with room for SIZE bytes of its own (64-byte aligned, not cleared), for the caller to fill through *out_data. */
coco_status coco_resource_allocate(coco_context *context, coco_string name, size_t size, uint8_t **out_data,
                                   coco_resource **out) COCO_MUST_USE;
coco_resource *coco_resource_find(const coco_context *context, coco_string name); /* NULL: none */
coco_resource *coco_resource_first(const coco_context *context);

#endif
