/* The memref dialect: memory. Names and meaning are upstream MLIR's. */
#ifndef COCO_DIALECTS_MEMREF_MEMREF_H
#define COCO_DIALECTS_MEMREF_MEMREF_H

#include "ir/definition.h"

#define COCO_ROWS "dialects/memref/memref_ops.def"
#include "ir/declare_operations.inc"

/* The type of a subview, without dropped dimensions; COCO_DYNAMIC entries are operands. NULL: SOURCE is not strided,
 * or memory runs out. */
const coco_type *coco_memref_subview_type(coco_context *context, const coco_type *source, const int64_t *offsets,
                                          const int64_t *sizes, const int64_t *strides);

extern const coco_dialect coco_memref_dialect;

#endif
