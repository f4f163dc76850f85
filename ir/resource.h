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
  size_t alignment;    /* that text asks for; the bytes of a file may stand at any place */
  bool mapped;         /* the bytes are a file's, and may be let go */
  void (*release)(void *owner, const uint8_t *data, size_t size); /* NULL: borrowed for the context's life */
  void *owner;
  struct coco_resource_derived *derived; /* what was made of it */
  coco_resource *next; /* all resources of the context, in order of creation */
};

/* A new resource. Characters of NAME that MLIR text would have to quote become '_'; when it is taken, "_1", "_2", … is appended. On failure the bytes stay the caller's. */
coco_status coco_resource_create(coco_context *context, coco_string name, const uint8_t *data, size_t size, size_t alignment,
                                 void (*release)(void *owner, const uint8_t *data, size_t size), void *owner,
                                 coco_resource **out) COCO_MUST_USE;
/* A new resource with room for SIZE bytes of its own (64-byte aligned, not cleared), for the caller to fill through *out_data. */
coco_status coco_resource_allocate(coco_context *context, coco_string name, size_t size, uint8_t **out_data,
                                   coco_resource **out) COCO_MUST_USE;
/* The same in two steps, for bytes that name the resource: a block (NULL: no memory), and the resource that takes it, on
 * failure too. */
uint8_t *coco_resource_allocate_block(coco_context *context, size_t size);
void coco_resource_free_block(coco_context *context, uint8_t *block, size_t size);
coco_status coco_resource_take_block(coco_context *context, coco_string name, uint8_t *block, size_t size,
                                     coco_resource **out) COCO_MUST_USE;
/* What was made of ORIGIN by RECIPE (any bytes), so that it need not be made again; NULL: nothing yet. */
coco_resource *coco_resource_made_of(const coco_resource *origin, coco_string recipe);
coco_status coco_resource_remember_made(coco_context *context, coco_resource *origin, coco_string recipe, coco_resource *made) COCO_MUST_USE;
/* A file that resources borrow from: closed when the last of them, and the one that coco_resource_file_create gives, is gone. */
struct coco_file;
typedef struct coco_resource_file coco_resource_file;
/* Takes FILE, which is left empty; on failure it stays the caller's. */
coco_status coco_resource_file_create(const coco_allocator *allocator, struct coco_file *file, coco_resource_file **out) COCO_MUST_USE;
void coco_resource_file_drop(coco_resource_file *file); /* NULL is fine */
/* A new resource of SIZE bytes at DATA, which are FILE's. */
coco_status coco_resource_borrow(coco_context *context, coco_string name, coco_resource_file *file, const uint8_t *data,
                                 size_t size, coco_resource **out) COCO_MUST_USE;
/* What was read need not stay in memory. Does nothing to bytes that are not a file's. */
void coco_resource_let_go(const coco_resource *resource);
coco_resource *coco_resource_find(const coco_context *context, coco_string name); /* NULL: none */
coco_resource *coco_resource_first(const coco_context *context);

#endif
