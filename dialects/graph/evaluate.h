/* What the evaluation hooks of graph share. Private to dialects/graph. */
#ifndef COCO_DIALECTS_GRAPH_EVALUATE_H
#define COCO_DIALECTS_GRAPH_EVALUATE_H

#include "dialects/graph/hooks.h"

/* Allocates the only result: of the declared type when that is static, else of what the row infers from the operands'
 * types at run time. */
coco_status coco_graph_allocate_result(coco_evaluation *evaluation, const coco_operation *operation,
                                       const coco_runtime_value *operands, coco_runtime_value *results) COCO_MUST_USE;
/* Allocates the only result with these extents and the declared element type. */
coco_status coco_graph_allocate_extents(coco_evaluation *evaluation, const coco_operation *operation,
                                        const coco_extents *extents, coco_runtime_value *results) COCO_MUST_USE;
/* The operand of a group, NULL when it is absent. */
const coco_runtime_value *coco_graph_group_operand(const coco_operation *operation, const coco_runtime_value *operands,
                                                   size_t group);
/* The elements of a runtime tensor of integers; false when there are more than CAPACITY. */
bool coco_graph_runtime_integers(const coco_runtime_value *value, int64_t *out, size_t capacity, size_t *out_count);
/* Extents of a runtime tensor whose rank inference has checked. */
coco_extents coco_graph_runtime_extents(const coco_runtime_value *value);

/* Floats for loops over float or, for f64 elements, double: VALUE's own elements where they are that and aligned, else
 * a copy. */
coco_status coco_graph_load_floats(coco_evaluation *evaluation, const coco_runtime_value *value,
                                   const void **out) COCO_MUST_USE;
/* Where such loops may write the elements of RESULT: cleared. */
coco_status coco_graph_float_target(coco_evaluation *evaluation, const coco_runtime_value *result,
                                    void **out) COCO_MUST_USE;
/* Rounds what they wrote into RESULT's elements, where it is not there already. */
void coco_graph_store_floats(const coco_runtime_value *result, const void *computed);
static inline bool coco_graph_is_double(const coco_runtime_value *value) {
  return coco_type_is_float(value->type->element) && value->type->element->format == COCO_F64;
}

#endif
