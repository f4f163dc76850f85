/* The memref dialect: memory. Names and meaning are upstream MLIR's. */
#ifndef COCO_DIALECTS_MEMREF_MEMREF_H
#define COCO_DIALECTS_MEMREF_MEMREF_H

#include "ir/definition.h"

#define COCO_ROWS "dialects/memref/memref_ops.def"
#include "ir/declare_operations.inc"

extern const coco_dialect coco_memref_dialect;

#endif
