/* Shapes of elementwise operations: numpy's broadcasting. */
#include "dialects/graph/hooks.h"

static coco_status broadcast_all(const coco_inference *inference, coco_extents *out) {
  COCO_TRY(coco_graph_operand_extents(inference, 0, out));
  for (size_t i = 1; i < inference->operand_count; ++i) {
    coco_extents next;
    COCO_TRY(coco_graph_operand_extents(inference, i, &next));
    if (!coco_broadcast(out, &next, out))
      return coco_inference_error(inference, "expects operands whose shapes broadcast against each other");
  }
  return COCO_OK;
}

coco_status coco_graph_broadcast_infer(const coco_inference *inference) {
  coco_extents extents;
  COCO_TRY(coco_graph_same_elements(inference, 0));
  COCO_TRY(broadcast_all(inference, &extents));
  return coco_graph_infer_tensor(inference, &extents, inference->operands[0]->type->element);
}

coco_status coco_graph_compare_infer(const coco_inference *inference) {
  coco_extents extents;
  COCO_TRY(coco_graph_same_elements(inference, 0));
  const bool logical = inference->definition == &coco_graph_and || inference->definition == &coco_graph_or;
  if (logical && !coco_type_is_integer(inference->operands[0]->type->element, 1))
    return coco_inference_error(inference, "expects operands with elements of type 'i1'");
  COCO_TRY(broadcast_all(inference, &extents));
  const coco_type *element = coco_type_integer(inference->context, 1);
  return element ? coco_graph_infer_tensor(inference, &extents, element) : COCO_OUT_OF_MEMORY;
}

coco_status coco_graph_where_infer(const coco_inference *inference) {
  coco_extents extents;
  COCO_TRY(coco_graph_same_elements(inference, 1));
  COCO_TRY(broadcast_all(inference, &extents));
  return coco_graph_infer_tensor(inference, &extents, inference->operands[1]->type->element);
}

coco_status coco_graph_cast_infer(const coco_inference *inference) {
  const coco_type *to = COCO_INFER_PROPERTY(inference, graph_cast, to)->type;
  if (!coco_type_is(to, COCO_TYPE_INTEGER) && !coco_type_is_float(to) && !coco_type_is(to, COCO_TYPE_INDEX))
    return coco_inference_error(inference, "expects attribute 'to' to be a type of numbers");
  if (to->width > 64) return coco_inference_error(inference, "does not support elements of more than 64 bits");
  inference->results[0] = coco_type_with_element(inference->context, inference->operands[0]->type, to);
  return inference->results[0] ? COCO_OK : COCO_OUT_OF_MEMORY;
}
