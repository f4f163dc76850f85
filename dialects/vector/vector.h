/* The vector dialect: registers of many lanes. Names and meaning are upstream MLIR's. */
#ifndef COCO_DIALECTS_VECTOR_VECTOR_H
#define COCO_DIALECTS_VECTOR_VECTOR_H

#include "ir/definition.h"

#define COCO_ROWS "dialects/vector/vector_ops.def"
#include "ir/declare_operations.inc"

extern const coco_dialect coco_vector_dialect;

#endif
