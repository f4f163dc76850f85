/* Arithmetic is of signless integers: unsigned elements are seen as those, and results as what they were. */
#include "dialects/builtin/builtin.h"
#include "lowering/loops_common.h"

const coco_type *coco_loops_signless(coco_loops *loops, const coco_type *element) {
  if (element->signedness != COCO_UNSIGNED) return element;
  const coco_type *same = coco_type_integer(loops->context, element->width);
  if (!same) coco_builder_fail(&loops->builder, COCO_OUT_OF_MEMORY);
  return same ? same : element;
}

coco_value *coco_loops_seen_as(coco_loops *loops, coco_value *value, const coco_type *element) {
  if (!value || coco_type_scalar(value->type) == element) return value;
  size_t lanes = coco_type_is(value->type, COCO_TYPE_VECTOR) ? (size_t)value->type->shape[0] : 0;
  const coco_type *type = coco_loops_vector_type(loops, element, lanes);
  return coco_build_value(&loops->builder, &(coco_operation_state){.definition = &coco_builtin_unrealized_conversion_cast,
                                                                   COCO_WITH_OPERANDS(value),
                                                                   COCO_WITH_RESULTS(type)});
}
