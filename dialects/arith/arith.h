/* The arith dialect: arithmetic. Names and meaning are upstream MLIR's. */
#ifndef COCO_DIALECTS_ARITH_ARITH_H
#define COCO_DIALECTS_ARITH_ARITH_H

#include "ir/definition.h"

#define COCO_ROWS "dialects/arith/arith_ops.def"
#include "ir/declare_operations.inc"

extern const coco_dialect coco_arith_dialect;

#endif
