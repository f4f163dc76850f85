/* Hooks of the pattern rows, shared by the files of this folder. */
#ifndef COCO_DIALECTS_PATTERN_HOOKS_H
#define COCO_DIALECTS_PATTERN_HOOKS_H

#include "dialects/shared/shape.h"
#include "dialects/shared/window.h"
#include "ir/hooks.h"

COCO_VERIFY_HOOK(coco_pattern_set_verify)
COCO_INFER_HOOK(coco_pattern_conv_infer)
COCO_VERIFY_HOOK(coco_pattern_conv_verify)
COCO_EVALUATE_HOOK(coco_pattern_conv_evaluate)
COCO_INFER_HOOK(coco_pattern_linear_infer)
COCO_EVALUATE_HOOK(coco_pattern_linear_evaluate)
COCO_INFER_HOOK(coco_pattern_block_conv_infer)
COCO_EVALUATE_HOOK(coco_pattern_block_conv_evaluate)
COCO_VERIFY_HOOK(coco_pattern_blocks_verify)

/* The window of a convolution of operand 0 with a kernel of KERNEL's extents. */
coco_status coco_pattern_window(const coco_inference *inference, const coco_attribute *kernel,
                                const coco_attribute *strides, const coco_attribute *pads,
                                const coco_attribute *dilations, coco_window *out) COCO_MUST_USE;
/* The spatial extents of its result. */
coco_status coco_pattern_slide(const coco_inference *inference, const coco_window *window,
                               coco_extents *output) COCO_MUST_USE;

#endif
