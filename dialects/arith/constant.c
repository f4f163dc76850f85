/* Constants: their names as upstream prints them (%c0, %c1_i32, %true, %cst), and how folding makes them. */
#include <inttypes.h>
#include <stdio.h>

#include "dialects/arith/arith.h"
#include "dialects/arith/hooks.h"

void coco_arith_name_constant(const coco_operation *operation, char *buffer, size_t size) {
  const coco_attribute *value = COCO_PROPERTY(operation, arith_constant, value);
  if (!coco_attribute_is(value, COCO_ATTRIBUTE_INTEGER) || value->words) {
    snprintf(buffer, size, "cst");
  } else if (coco_type_is_integer(value->type, 1)) {
    snprintf(buffer, size, "%s", value->integer ? "true" : "false");
  } else {
    const char *sign = value->integer < 0 ? "-" : "";
    uint64_t magnitude = value->integer < 0 ? UINT64_C(0) - (uint64_t)value->integer : (uint64_t)value->integer;
    if (value->type->kind == COCO_TYPE_INDEX)
      snprintf(buffer, size, "c%s%" PRIu64, sign, magnitude);
    else
      snprintf(buffer, size, "c%s%" PRIu64 "_i%u", sign, magnitude, value->type->width);
  }
}

coco_status coco_arith_materialize(coco_context *context, const coco_attribute *value, const coco_type *type,
                                   const coco_location *location, coco_operation **out) {
  bool is_number =
      value->kind == COCO_ATTRIBUTE_INTEGER || value->kind == COCO_ATTRIBUTE_FLOAT || coco_attribute_is_elements(value);
  *out = NULL;
  if (!is_number || value->type != type) return COCO_OK;
  if (type->kind == COCO_TYPE_INTEGER && type->signedness != COCO_SIGNLESS) return COCO_OK;
  coco_operation_state state = {.definition = &coco_arith_constant, .location = location,
                                COCO_WITH_ATTRIBUTES(COCO_NAMED("value", value))};
  return coco_operation_create(context, &state, out);
}
