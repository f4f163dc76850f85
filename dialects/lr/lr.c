/* The tables of the lr dialect. */
#include "dialects/lr/lr.h"

#include "dialects/arith/arith.h"
#include "dialects/lr/hooks.h"
#include "ir/evaluate.h"

#define COCO_ROWS "dialects/lr/lr_ops.def"
#define COCO_ROWS_DIALECT coco_lr_dialect
#define COCO_ROWS_LIST coco_lr_operations
#include "ir/define_operations.inc"

#define COCO_ATTRIBUTE_ROWS "dialects/lr/lr_attributes.def"
#define COCO_ATTRIBUTE_ROWS_LIST coco_lr_attributes
#include "ir/define_attributes.inc"

/* Constants of this level are arith.constant. */
static coco_status materialize_constant(coco_context *context, const coco_attribute *value, const coco_type *type,
                                        const coco_location *location, coco_operation **out) {
  if (value->type != type) return COCO_OK;
  if (type->kind == COCO_TYPE_INTEGER && type->signedness != COCO_SIGNLESS) return COCO_OK;
  coco_operation_state state = {.definition = &coco_arith_constant,
                                .location = location,
                                COCO_WITH_ATTRIBUTES(COCO_NAMED("value", value)),
                                COCO_WITH_RESULTS(type)};
  return coco_operation_create(context, &state, out);
}

const coco_dialect coco_lr_dialect = {
    .name = "lr",
    .documentation =
        "The layerwise representation: one op per fused layer, with its device, storage, schedule and epilogue.",
    .operations = coco_lr_operations,
    .operation_count = sizeof coco_lr_operations / sizeof *coco_lr_operations,
    .attributes = coco_lr_attributes,
    .attribute_count = sizeof coco_lr_attributes / sizeof *coco_lr_attributes,
    .materialize_constant = materialize_constant,
};
