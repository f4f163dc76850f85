/* The func dialect: functions. Names and meaning are upstream MLIR's. */
#ifndef COCO_DIALECTS_FUNC_FUNC_H
#define COCO_DIALECTS_FUNC_FUNC_H

#include "ir/definition.h"

#define COCO_ROWS "dialects/func/func_ops.def"
#include "ir/declare_operations.inc"

extern const coco_dialect coco_func_dialect;

#endif
