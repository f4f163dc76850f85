/* The math dialect: functions of floats. Names and meaning are upstream MLIR's. */
#ifndef COCO_DIALECTS_MATH_MATH_H
#define COCO_DIALECTS_MATH_MATH_H

#include "ir/definition.h"

#define COCO_ROWS "dialects/math/math_ops.def"
#include "ir/declare_operations.inc"

extern const coco_dialect coco_math_dialect;

#endif
