/* The blobs that a module names, in the order in which a walk meets them: what a sidecar holds. */
#ifndef COCO_IR_TEXT_BLOBS_H
#define COCO_IR_TEXT_BLOBS_H

#include "ir/operation.h"
#include "ir/text/safetensors.h"

typedef struct coco_blobs {
  const coco_allocator *allocator;
  COCO_VECTOR_OF(coco_safetensor_part) parts; /* those whose bytes are at hand */
  coco_pointer_map seen;
  coco_status status;
} coco_blobs;

coco_status coco_blobs_collect(coco_operation *module, coco_blobs *out) COCO_MUST_USE; /* free it in any case */
void coco_blobs_free(coco_blobs *blobs);
/* The sidecar's length and header; its whole size goes to *out_size. */
coco_status coco_blobs_header(const coco_blobs *blobs, coco_buffer *buffer, uint64_t *out_size) COCO_MUST_USE;

#endif
