/* Folds that are not evaluation: operations that give back an operand, and shapes that are known without their tensor. */
#include "dialects/graph/hooks.h"

static coco_status give_back(coco_fold *fold, coco_value *value) {
  fold->results[0].value = value;
  fold->folded = true;
  return COCO_OK;
}

/* graph.shape(x : tensor<2x3>) = [2, 3] */
coco_status coco_graph_shape_fold(coco_operation *operation, coco_fold *fold) {
  const coco_type *input = operation->operands[0].value->type, *result = operation->results[0].type;
  if (!coco_type_has_static_shape(input) || !coco_type_has_static_shape(result)) return COCO_OK;
  fold->results[0].attribute = coco_attribute_dense(operation->context, result, input->shape, input->rank * sizeof *input->shape);
  if (!fold->results[0].attribute) return COCO_OUT_OF_MEMORY;
  fold->folded = true;
  return COCO_OK;
}

/* reshape(x : T) : T = x, for a static T */
coco_status coco_graph_reshape_fold(coco_operation *operation, coco_fold *fold) {
  coco_value *input = operation->operands[0].value;
  if (input->type != operation->results[0].type || !coco_type_has_static_shape(input->type)) return COCO_OK;
  return give_back(fold, input);
}

/* transpose(x, [0, 1, 2, ...]) = x */
coco_status coco_graph_transpose_fold(coco_operation *operation, coco_fold *fold) {
  const coco_attribute *permutation = COCO_PROPERTY(operation, graph_transpose, permutation);
  coco_value *input = operation->operands[0].value;
  if (input->type != operation->results[0].type) return COCO_OK;
  for (size_t i = 0; i < permutation->count; ++i)
    if (coco_attribute_i64s(permutation)[i] != (int64_t)i) return COCO_OK;
  return give_back(fold, input);
}

/* concat(x) = x */
coco_status coco_graph_concat_fold(coco_operation *operation, coco_fold *fold) {
  coco_value *input = operation->operands[0].value;
  if (operation->operand_count != 1 || input->type != operation->results[0].type) return COCO_OK;
  return give_back(fold, input);
}
