/* The scf dialect: loops and conditions. Names and meaning are upstream MLIR's. */
#ifndef COCO_DIALECTS_SCF_SCF_H
#define COCO_DIALECTS_SCF_SCF_H

#include "ir/definition.h"

#define COCO_ROWS "dialects/scf/scf_ops.def"
#include "ir/declare_operations.inc"

extern const coco_dialect coco_scf_dialect;

#endif
