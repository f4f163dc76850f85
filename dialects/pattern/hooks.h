/* Hooks of the pattern rows, shared by the files of this folder. */
#ifndef COCO_DIALECTS_PATTERN_HOOKS_H
#define COCO_DIALECTS_PATTERN_HOOKS_H

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

#endif
