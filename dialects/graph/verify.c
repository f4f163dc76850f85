/* What rows and inference of graph cannot say. */
#include "dialects/graph/hooks.h"
#include "dialects/pattern/pattern.h"

coco_status coco_graph_softmax_verify(coco_operation *operation) {
  const int64_t rank = operation->operands[0].value->type->rank;
  const int64_t axis = coco_property_integer(COCO_PROPERTY(operation, graph_softmax, axis), -1);
  if (axis >= 0 && axis < rank) return COCO_OK;
  return coco_operation_error(operation, "expects an axis in 0 to %lld, but it is %lld", (long long)rank - 1,
                              (long long)axis);
}

coco_status coco_graph_clip_verify(coco_operation *operation) {
  const coco_type *element = operation->operands[0].value->type->element;
  for (size_t i = 0; i < operation->definition->attribute_count; ++i) {
    const coco_attribute *bound = operation->properties[i];
    if (!bound) continue;
    if (!coco_attribute_is(bound, COCO_ATTRIBUTE_INTEGER) && !coco_attribute_is(bound, COCO_ATTRIBUTE_FLOAT))
      return coco_operation_error(operation, "expects attribute '%s' to be a number",
                                  operation->definition->attributes[i].name);
    if (bound->type != element)
      return coco_operation_error(operation, "expects attribute '%s' to have the element's type",
                                  operation->definition->attributes[i].name);
  }
  return COCO_OK;
}

/* ---- graph.fused ---- */

coco_operation *coco_graph_fused_anchor(const coco_operation *fused) {
  const coco_block *body = coco_operation_body(fused, 0);
  for (coco_operation *inner = body ? body->first : NULL; inner; inner = inner->next)
    if (!coco_graph_is_elementwise(inner) && !coco_operation_is(inner, &coco_graph_yield)) return inner;
  return NULL;
}

/* The type of the group is that of what its body yields; a group about to be made must be told. */
coco_status coco_graph_fused_infer(const coco_inference *inference) {
  const coco_block *body = inference->regions ? inference->regions[0].first : NULL;
  const coco_operation *yield = body ? body->last : NULL;
  if (!coco_operation_is(yield, &coco_graph_yield) || yield->operand_count != 1)
    return coco_inference_error(inference, "expects a body that ends in 'graph.yield'");
  inference->results[0] = yield->operands[0].value->type;
  return COCO_OK;
}

static coco_status verify_arguments(coco_operation *operation, const coco_block *body) {
  if (body->argument_count != operation->operand_count)
    return coco_operation_error(operation, "expects one argument of its body per operand, but there are %u for %u",
                                (unsigned)body->argument_count, (unsigned)operation->operand_count);
  for (uint32_t i = 0; i < body->argument_count; ++i)
    if (!coco_type_compatible(body->arguments[i]->type, operation->operands[i].value->type))
      return coco_operation_error(operation, "expects argument #%u of its body to have the operand's type",
                                  (unsigned)i);
  return COCO_OK;
}

/* A pure operation with one result, of this dialect or of one whose operations stand among graph's. */
static bool can_stand_in_a_group(const coco_operation *inner) {
  const coco_operation_definition *row = inner->definition;
  if (row->dialect != &coco_graph_dialect && row != &coco_pattern_conv && row != &coco_pattern_linear &&
      row != &coco_pattern_block_conv) return false;
  return row->traits & COCO_PURE && inner->region_count == 0 && inner->result_count == 1 && row != &coco_graph_constant;
}

coco_status coco_graph_fused_verify(coco_operation *operation) {
  coco_block *body = coco_operation_body(operation, 0);
  if (!body) return coco_operation_error(operation, "expects a body");
  COCO_TRY(verify_arguments(operation, body));
  const coco_operation *anchor = NULL;
  const coco_type *result = operation->results[0].type;
  for (coco_operation *inner = body->first; inner && inner != body->last; inner = inner->next) {
    if (!can_stand_in_a_group(inner))
      return coco_operation_error(inner, "cannot stand in a group");
    const bool elementwise = coco_graph_is_elementwise(inner);
    if (!elementwise && anchor)
      return coco_operation_error(inner, "is a second operator of its group that is not elementwise");
    if (!elementwise) anchor = inner;
    const coco_type *type = inner->results[0].type;
    const coco_type *same = coco_type_with_element(operation->context, type, result->element);
    if (!same) return COCO_OUT_OF_MEMORY;
    if (!coco_type_compatible(same, result))
      return coco_operation_error(inner, "has another shape than the result of its group");
  }
  return COCO_OK;
}
