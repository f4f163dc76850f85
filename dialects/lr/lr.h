/* The lr dialect: one op per fused layer, with its device, storage, schedule and epilogue.
 *
 * graph-to-lr makes these ops, lr-schedule chooses their layouts and tuning, lr-to-loops removes them.
 * What the rows cannot say is in lr_ops.def's opening comment. */
#ifndef COCO_DIALECTS_LR_LR_H
#define COCO_DIALECTS_LR_LR_H

#include "ir/evaluate.h"

#define COCO_ROWS "dialects/lr/lr_ops.def"
#include "ir/declare_operations.inc"
#define COCO_ATTRIBUTE_ROWS "dialects/lr/lr_attributes.def"
#include "ir/declare_attributes.inc"

extern const coco_dialect coco_lr_dialect;

/* Outputs per block of packed weights: lanes of a block-16 layout. */
enum { COCO_LR_LANES = 16 };

/* ---- Hooks of the rows ---- */
coco_status coco_lr_conv_infer(const coco_inference *inference);
coco_status coco_lr_matmul_infer(const coco_inference *inference);
coco_status coco_lr_window_infer(const coco_inference *inference);
coco_status coco_lr_map_infer(const coco_inference *inference);
coco_status coco_lr_reduce_infer(const coco_inference *inference);
coco_status coco_lr_move_infer(const coco_inference *inference);
coco_status coco_lr_relayout_infer(const coco_inference *inference);

coco_status coco_lr_conv_verify(coco_operation *operation);
coco_status coco_lr_matmul_verify(coco_operation *operation);
coco_status coco_lr_window_verify(coco_operation *operation);
coco_status coco_lr_map_verify(coco_operation *operation);
coco_status coco_lr_reduce_verify(coco_operation *operation);
coco_status coco_lr_move_verify(coco_operation *operation);
coco_status coco_lr_relayout_verify(coco_operation *operation);
coco_status coco_lr_layout_verify(coco_context *context, const coco_location *location, const coco_attribute *attribute);
coco_status coco_lr_window_attribute_verify(coco_context *context, const coco_location *location, const coco_attribute *attribute);
coco_status coco_lr_tuning_verify(coco_context *context, const coco_location *location, const coco_attribute *attribute);

coco_status coco_lr_relayout_fold(coco_operation *operation, coco_fold *fold);

coco_status coco_lr_conv_evaluate(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results);
coco_status coco_lr_matmul_evaluate(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results);
coco_status coco_lr_window_evaluate(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results);
coco_status coco_lr_map_evaluate(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results);
coco_status coco_lr_reduce_evaluate(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results);
coco_status coco_lr_move_evaluate(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results);
coco_status coco_lr_relayout_evaluate(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands, coco_runtime_value *results);

#endif
