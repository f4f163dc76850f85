/* The cf dialect: branches between blocks. Names and meaning are upstream MLIR's. */
#ifndef COCO_DIALECTS_CF_CF_H
#define COCO_DIALECTS_CF_CF_H

#include "ir/definition.h"

#define COCO_ROWS "dialects/cf/cf_ops.def"
#include "ir/declare_operations.inc"

extern const coco_dialect coco_cf_dialect;

#endif
