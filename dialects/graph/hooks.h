/* The hooks that the rows of graph name, and what they share. Private to dialects/graph. */
#ifndef COCO_DIALECTS_GRAPH_HOOKS_H
#define COCO_DIALECTS_GRAPH_HOOKS_H

#include "dialects/graph/graph.h"
#include "dialects/shared/shape.h"
#include "dialects/shared/window.h"
#include "ir/hooks.h"
#include "ir/rewriter.h"

COCO_INFER_HOOK(coco_graph_fused_infer)
COCO_INFER_HOOK(coco_graph_conv_infer)
COCO_INFER_HOOK(coco_graph_gemm_infer)
COCO_INFER_HOOK(coco_graph_matmul_infer)
COCO_INFER_HOOK(coco_graph_batch_norm_infer)
COCO_INFER_HOOK(coco_graph_pool_infer)
COCO_INFER_HOOK(coco_graph_reduce_infer)
COCO_INFER_HOOK(coco_graph_cast_infer)
COCO_INFER_HOOK(coco_graph_broadcast_infer)
COCO_INFER_HOOK(coco_graph_compare_infer)
COCO_INFER_HOOK(coco_graph_where_infer)
COCO_INFER_HOOK(coco_graph_shape_infer)
COCO_INFER_HOOK(coco_graph_reshape_infer)
COCO_INFER_HOOK(coco_graph_squeeze_infer)
COCO_INFER_HOOK(coco_graph_unsqueeze_infer)
COCO_INFER_HOOK(coco_graph_flatten_infer)
COCO_INFER_HOOK(coco_graph_transpose_infer)
COCO_INFER_HOOK(coco_graph_concat_infer)
COCO_INFER_HOOK(coco_graph_slice_infer)
COCO_INFER_HOOK(coco_graph_pad_infer)
COCO_INFER_HOOK(coco_graph_gather_infer)
COCO_INFER_HOOK(coco_graph_scatter_infer)
COCO_INFER_HOOK(coco_graph_expand_infer)
COCO_INFER_HOOK(coco_graph_constant_of_shape_infer)

COCO_VERIFY_HOOK(coco_graph_fused_verify)
COCO_VERIFY_HOOK(coco_graph_softmax_verify)
COCO_VERIFY_HOOK(coco_graph_clip_verify)

COCO_FOLD_HOOK(coco_graph_shape_fold)
COCO_FOLD_HOOK(coco_graph_reshape_fold)
COCO_FOLD_HOOK(coco_graph_transpose_fold)
COCO_FOLD_HOOK(coco_graph_concat_fold)
COCO_FOLD_HOOK(coco_graph_same_type_fold)
COCO_FOLD_HOOK(coco_graph_pad_fold)

COCO_EVALUATE_HOOK(coco_graph_constant_evaluate)
COCO_EVALUATE_HOOK(coco_graph_fused_evaluate)
COCO_EVALUATE_HOOK(coco_graph_conv_evaluate)
COCO_EVALUATE_HOOK(coco_graph_gemm_evaluate)
COCO_EVALUATE_HOOK(coco_graph_matmul_evaluate)
COCO_EVALUATE_HOOK(coco_graph_batch_norm_evaluate)
COCO_EVALUATE_HOOK(coco_graph_max_pool_evaluate)
COCO_EVALUATE_HOOK(coco_graph_average_pool_evaluate)
COCO_EVALUATE_HOOK(coco_graph_reduce_evaluate)
COCO_EVALUATE_HOOK(coco_graph_softmax_evaluate)
COCO_EVALUATE_HOOK(coco_graph_elementwise_evaluate)
COCO_EVALUATE_HOOK(coco_graph_shape_evaluate)
COCO_EVALUATE_HOOK(coco_graph_reshape_evaluate)
COCO_EVALUATE_HOOK(coco_graph_transpose_evaluate)
COCO_EVALUATE_HOOK(coco_graph_concat_evaluate)
COCO_EVALUATE_HOOK(coco_graph_slice_evaluate)
COCO_EVALUATE_HOOK(coco_graph_pad_evaluate)
COCO_EVALUATE_HOOK(coco_graph_gather_evaluate)
COCO_EVALUATE_HOOK(coco_graph_scatter_evaluate)
COCO_EVALUATE_HOOK(coco_graph_expand_evaluate)
COCO_EVALUATE_HOOK(coco_graph_constant_of_shape_evaluate)

COCO_NAME_HOOK(coco_graph_constant_name)

/* ---- Inference (infer_common.c). Rows are checked before: operands are tensors, properties are of their kinds. ----
 */

/* Extents of operand group GROUP; an error when its rank is over the limit. The group is present. */
coco_status coco_graph_operand_extents(const coco_inference *inference, size_t group, coco_extents *out);
/* Sets the only result: a tensor of these extents. An error when an extent is negative or their product does not fit.
 */
coco_status coco_graph_infer_tensor(const coco_inference *inference, const coco_extents *extents,
                                    const coco_type *element);
/* The element type that all operands from FIRST on have; an error when they differ. */
coco_status coco_graph_same_elements(const coco_inference *inference, size_t first);
/* The number of elements of operand GROUP, which must be a vector. COCO_DYNAMIC: not known. */
coco_status coco_graph_vector_length(const coco_inference *inference, size_t group, int64_t *out);
/* A property that lists axes: ascending, each in 0..RANK - 1. */
coco_status coco_graph_axes(const coco_inference *inference, const coco_attribute *property, size_t rank,
                            bool *is_axis);
/* A property that is one axis in 0..LIMIT - 1. */
coco_status coco_graph_axis(const coco_inference *inference, const coco_attribute *property, size_t limit, size_t *out);

/* ---- Shape rules that inference and evaluation share (shape_rules.c). False: *out_problem says what is wrong, and the
 * operation is wrong. ---- */

/* COUNT entries of WANTED, at most COCO_MAXIMUM_RANK. */
bool coco_graph_reshape_extents(const coco_extents *input, const int64_t *wanted, size_t count, bool allow_zero,
                                coco_extents *out, const char **out_problem);
/* Bounds per axis of the input; COUNT entries of starts and ends; AXES and STEPS may be NULL. Extents of OUT are
 * dynamic where the input's are. */
bool coco_graph_slice_extents(const coco_extents *input, size_t count, const int64_t *starts, const int64_t *ends,
                              const int64_t *axes, const int64_t *steps, coco_graph_range *ranges, coco_extents *out,
                              const char **out_problem);
bool coco_graph_pad_extents(const coco_extents *input, const int64_t *pads, coco_extents *out,
                            const char **out_problem);
/* Extents from the elements of a shape operand, at most COCO_MAXIMUM_RANK: none is negative. */
bool coco_graph_extents_from(const int64_t *values, size_t count, coco_extents *out, const char **out_problem);

extern const coco_pattern coco_graph_patterns[];

#endif
