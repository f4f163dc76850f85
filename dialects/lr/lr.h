/* The lr dialect: one op per fused layer, with its device, storage, schedule and epilogue.
 *
 * graph-to-lr makes these ops, lr-schedule chooses their layouts and tuning, lr-to-loops removes them.
 * What the rows cannot say is in lr_ops.def's opening comment. */
#ifndef COCO_DIALECTS_LR_LR_H
#define COCO_DIALECTS_LR_LR_H

#include "ir/definition.h"

#define COCO_ROWS "dialects/lr/lr_ops.def"
#include "ir/declare_operations.inc"
#define COCO_ATTRIBUTE_ROWS "dialects/lr/lr_attributes.def"
#include "ir/declare_attributes.inc"

extern const coco_dialect coco_lr_dialect;

/* Outputs per block of packed weights: lanes of a block-16 layout. */
enum { COCO_LR_LANES = 16 };
/* Operands of lr.pattern_conv before its extras: the input and the five tensors of the stored form. */
enum { COCO_LR_PATTERN_OPERANDS = 6 };
/* Those of lr.pointwise_conv: the input, order, offset, index and weights. */
enum { COCO_LR_POINTWISE_OPERANDS = 5 };
/* Those of lr.block_matmul and lr.block_conv: the input, offset, index and weights. */
enum { COCO_LR_BLOCK_OPERANDS = 4 };

#endif
