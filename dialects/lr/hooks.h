/* Hooks of the lr rows, shared by the files of this folder. */
#ifndef COCO_DIALECTS_LR_HOOKS_H
#define COCO_DIALECTS_LR_HOOKS_H

#include "ir/hooks.h"

COCO_INFER_HOOK(coco_lr_conv_infer)
COCO_INFER_HOOK(coco_lr_pattern_conv_infer)
COCO_INFER_HOOK(coco_lr_pointwise_conv_infer)
COCO_INFER_HOOK(coco_lr_block_matmul_infer)
COCO_INFER_HOOK(coco_lr_block_conv_infer)
COCO_INFER_HOOK(coco_lr_matmul_infer)
COCO_INFER_HOOK(coco_lr_window_infer)
COCO_INFER_HOOK(coco_lr_map_infer)
COCO_INFER_HOOK(coco_lr_reduce_infer)
COCO_INFER_HOOK(coco_lr_move_infer)
COCO_INFER_HOOK(coco_lr_gather_infer)
COCO_INFER_HOOK(coco_lr_scatter_infer)
COCO_INFER_HOOK(coco_lr_relayout_infer)
COCO_VERIFY_HOOK(coco_lr_conv_verify)
COCO_VERIFY_HOOK(coco_lr_pattern_conv_verify)
COCO_VERIFY_HOOK(coco_lr_pointwise_conv_verify)
COCO_VERIFY_HOOK(coco_lr_block_matmul_verify)
COCO_VERIFY_HOOK(coco_lr_block_conv_verify)
COCO_VERIFY_HOOK(coco_lr_chain_verify)
COCO_VERIFY_HOOK(coco_lr_matmul_verify)
COCO_VERIFY_HOOK(coco_lr_window_verify)
COCO_VERIFY_HOOK(coco_lr_map_verify)
COCO_VERIFY_HOOK(coco_lr_reduce_verify)
COCO_VERIFY_HOOK(coco_lr_move_verify)
COCO_VERIFY_HOOK(coco_lr_gather_verify)
COCO_VERIFY_HOOK(coco_lr_scatter_verify)
COCO_VERIFY_HOOK(coco_lr_relayout_verify)
COCO_FOLD_HOOK(coco_lr_move_fold)
COCO_FOLD_HOOK(coco_lr_relayout_fold)
COCO_EVALUATE_HOOK(coco_lr_conv_evaluate)
COCO_EVALUATE_HOOK(coco_lr_pattern_conv_evaluate)
COCO_EVALUATE_HOOK(coco_lr_pointwise_conv_evaluate)
COCO_EVALUATE_HOOK(coco_lr_block_matmul_evaluate)
COCO_EVALUATE_HOOK(coco_lr_block_conv_evaluate)
COCO_EVALUATE_HOOK(coco_lr_chain_evaluate)
COCO_EVALUATE_HOOK(coco_lr_matmul_evaluate)
COCO_EVALUATE_HOOK(coco_lr_window_evaluate)
COCO_EVALUATE_HOOK(coco_lr_map_evaluate)
COCO_EVALUATE_HOOK(coco_lr_reduce_evaluate)
COCO_EVALUATE_HOOK(coco_lr_move_evaluate)
COCO_EVALUATE_HOOK(coco_lr_gather_evaluate)
COCO_EVALUATE_HOOK(coco_lr_scatter_evaluate)
COCO_EVALUATE_HOOK(coco_lr_relayout_evaluate)

/* Whether the constants of an lr.pattern_conv are well-formed, as far as they are at hand. */
coco_status coco_lr_pattern_check(const coco_operation *operation);
/* The same of an lr.pointwise_conv. */
coco_status coco_lr_pointwise_check(const coco_operation *operation);
/* The same of an lr.block_matmul or lr.block_conv. */
coco_status coco_lr_blocks_check(const coco_operation *operation);

/* Checks of dialect attributes. */
coco_status coco_lr_layout_verify(coco_context *context, const coco_location *location,
                                  const coco_attribute *attribute);
coco_status coco_lr_window_attribute_verify(coco_context *context, const coco_location *location,
                                            const coco_attribute *attribute);
coco_status coco_lr_tuning_verify(coco_context *context, const coco_location *location,
                                  const coco_attribute *attribute);

#endif
