/* Folds that are not evaluation: operations that give back an operand, shapes that are known without their tensor, and
 * constants that change their shape without a copy. */
#include "dialects/graph/hooks.h"

static bool same_static_type(const coco_operation *operation) {
  const coco_type *type = operation->operands[0].value->type;
  return type == operation->results[0].type && coco_type_has_static_shape(type);
}

/* graph.shape(x : tensor<2x3>) = [2, 3] */
coco_status coco_graph_shape_fold(coco_operation *operation, coco_fold *fold) {
  const coco_type *input = operation->operands[0].value->type, *result = operation->results[0].type;
  if (!coco_type_has_static_shape(input) || !coco_type_has_static_shape(result)) return COCO_OK;
  return coco_fold_to_attribute(fold, coco_attribute_dense(operation->context, result, input->shape, input->rank * sizeof *input->shape));
}

/* reshape(x : T) : T = x; reshape(constant) = the same elements with another type. Also of squeeze, unsqueeze and flatten. */
coco_status coco_graph_reshape_fold(coco_operation *operation, coco_fold *fold) {
  const coco_type *result = operation->results[0].type;
  const coco_attribute *constant = fold->operands[0];
  if (same_static_type(operation)) return coco_fold_to_value(fold, operation->operands[0].value);
  if (!coco_type_has_static_shape(result)) return COCO_OK;
  if (coco_attribute_is(constant, COCO_ATTRIBUTE_DENSE_RESOURCE))
    return coco_fold_to_attribute(fold, coco_attribute_dense_resource(operation->context, result, constant->resource));
  if (coco_attribute_is(constant, COCO_ATTRIBUTE_DENSE))
    return coco_fold_to_attribute(fold, coco_attribute_dense(operation->context, result, constant->data, constant->data_size));
  return COCO_OK;
}

/* transpose(x, [0, 1, 2, ...]) = x */
coco_status coco_graph_transpose_fold(coco_operation *operation, coco_fold *fold) {
  const coco_attribute *permutation = COCO_PROPERTY(operation, graph_transpose, permutation);
  coco_value *input = operation->operands[0].value;
  if (input->type != operation->results[0].type) return COCO_OK;
  for (size_t i = 0; i < permutation->count; ++i)
    if (coco_attribute_i64s(permutation)[i] != (int64_t)i) return COCO_OK;
  return coco_fold_to_value(fold, input);
}

/* concat(x) = x */
coco_status coco_graph_concat_fold(coco_operation *operation, coco_fold *fold) {
  coco_value *input = operation->operands[0].value;
  if (operation->operand_count != 1 || input->type != operation->results[0].type) return COCO_OK;
  return coco_fold_to_value(fold, input);
}

/* cast(x : T) : T = x; expand(x : T) : T = x for a static T */
coco_status coco_graph_same_type_fold(coco_operation *operation, coco_fold *fold) {
  const bool same = coco_operation_is(operation, &coco_graph_cast) ? operation->operands[0].value->type == operation->results[0].type
                                                                    : same_static_type(operation);
  return same ? coco_fold_to_value(fold, operation->operands[0].value) : COCO_OK;
}

/* pad(x, zeros) = x */
coco_status coco_graph_pad_fold(coco_operation *operation, coco_fold *fold) {
  int64_t pads[2 * COCO_MAXIMUM_RANK];
  size_t count;
  if (!same_static_type(operation) || !coco_graph_constant_integers(operation->operands[1].value, pads, 2 * COCO_MAXIMUM_RANK, &count)) return COCO_OK;
  for (size_t i = 0; i < count; ++i)
    if (pads[i] != 0) return COCO_OK;
  return coco_fold_to_value(fold, operation->operands[0].value);
}
