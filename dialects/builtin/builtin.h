/* The builtin dialect: module and casts. Names and meaning are upstream MLIR's. */
#ifndef COCO_DIALECTS_BUILTIN_BUILTIN_H
#define COCO_DIALECTS_BUILTIN_BUILTIN_H

#include "ir/definition.h"

#define COCO_ROWS "dialects/builtin/builtin_ops.def"
#include "ir/declare_operations.inc"

extern const coco_dialect coco_builtin_dialect;

#endif
