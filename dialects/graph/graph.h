/* The graph dialect: operators of a network on whole tensors, NCHW, with ONNX's meaning.
 *
 * Importers make these operations, the passes graph-* improve them, graph-to-lr removes them. This header
 * has the rows, and what passes and lowerings need to know about them; hooks are in dialects/graph/hooks.h. */
#ifndef COCO_DIALECTS_GRAPH_GRAPH_H
#define COCO_DIALECTS_GRAPH_GRAPH_H

#include "ir/builder.h"
#include "ir/evaluate.h"

#define COCO_ROWS "dialects/graph/graph_ops.def"
#include "ir/declare_operations.inc"

extern const coco_dialect coco_graph_dialect;

/* ---- Elementwise operations: one element of the result from one element of each operand, shapes broadcast ---- */
bool coco_graph_is_elementwise(const coco_operation *operation);
/* Builds the arith and math operations that compute one element of elementwise OPERATION from SCALARS, one of each
 * operand (COUNT of them), of the operands' element types. COCO_REPORTED for element types that arith does not have. */
coco_status coco_graph_emit_scalar(coco_builder *builder, const coco_operation *operation, coco_value *const *scalars,
                                   size_t count, coco_value **out) COCO_MUST_USE;

/* ---- Reading operands and properties ---- */

/* The numbers of a constant of integers: false when VALUE is NULL, not a constant whose bytes are at hand, or has more
 * than CAPACITY elements. */
bool coco_graph_constant_integers(const coco_value *value, int64_t *out, size_t capacity, size_t *out_count);
/* A constant operation before the builder's place. NULL once the builder failed. */
coco_value *coco_graph_build_constant(coco_builder *builder, const coco_attribute *value);
/* A vector of i64, as shapes and bounds are, likewise. */
coco_value *coco_graph_build_integers(coco_builder *builder, const int64_t *numbers, size_t count);

/* The anchor of a group (its one operation that is not elementwise), or NULL: a chain of elementwise ones. */
coco_operation *coco_graph_fused_anchor(const coco_operation *fused);

/* A bound of ONNX's Slice along an axis of EXTENT, made concrete: COUNT elements from START by STEP, all inside. */
typedef struct coco_graph_range {
  int64_t start, step, count;
} coco_graph_range;
/* STEP is not 0. */
coco_graph_range coco_graph_slice_range(int64_t extent, int64_t start, int64_t end, int64_t step);
/* Where position X of an axis of EXTENT (over 0) comes from under graph.pad's MODE; -1: from the padding value. */
int64_t coco_graph_pad_source(coco_string mode, int64_t x, int64_t extent);

#endif
