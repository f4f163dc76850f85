/* Reference meaning of casts between type systems: values of equal types pass, integers of one width keep their bits,
 * others have none. */
#include "ir/evaluate.h"

#include "dialects/builtin/builtin.h"
#include "dialects/builtin/hooks.h"
#include "ir/evaluate_lanes.h"

static const char *same_bits(const coco_type *from, const coco_type *to, const coco_lane *in, coco_lane *out) {
  (void)from, (void)to;
  out->integer = in->integer;
  return NULL;
}

/* Whether both hold integers that differ in signedness alone. */
static bool is_signedness(const coco_type *from, const coco_type *to) {
  const coco_type *a = coco_type_scalar(from), *b = coco_type_scalar(to);
  return coco_type_is(a, COCO_TYPE_INTEGER) && coco_type_is(b, COCO_TYPE_INTEGER) && a->width == b->width &&
         a->width <= 64 && from->kind == to->kind &&
         (from == a || (from->rank == to->rank && coco_type_element_count(from) == coco_type_element_count(to)));
}

coco_status coco_builtin_evaluate_cast(coco_evaluation *evaluation, const coco_operation *operation,
                                       const coco_runtime_value *operands, coco_runtime_value *results) {
  if (operation->operand_count != operation->result_count)
    return coco_evaluation_error(evaluation, operation, "has no meaning between these types");
  if (operation->operand_count == 1 &&
      is_signedness(coco_operation_operand(operation, 0)->type, operation->results[0].type) &&
      coco_operation_operand(operation, 0)->type != operation->results[0].type)
    return coco_evaluate_lanes(evaluation, operation, operands, results, same_bits);
  for (size_t i = 0; i < operation->result_count; i++) {
    const coco_type *from = coco_operation_operand(operation, i)->type, *to = operation->results[i].type;
    if (!coco_type_compatible(from, to))
      return coco_evaluation_error(evaluation, operation, "has no meaning between these types");
  }
  for (size_t i = 0; i < operation->result_count; i++) results[i] = coco_runtime_retain(&operands[i]);
  return COCO_OK;
}
