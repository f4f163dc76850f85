/* The blobs that a module names: what a sidecar holds. Their order depends on the blobs alone, not on where the module
 * names them: larger elements first, so that each begins aligned, then by name. */
#ifndef COCO_IR_TEXT_BLOBS_H
#define COCO_IR_TEXT_BLOBS_H

#include "ir/operation.h"
#include "ir/text/safetensors.h"
#include "ir/text/sidecar.h"

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
/* The hash with which text names a sidecar of MODULE's blobs. */
coco_status coco_blobs_hash(coco_operation *module, char out[COCO_SIDECAR_HASH_SIZE]) COCO_MUST_USE;

#endif
