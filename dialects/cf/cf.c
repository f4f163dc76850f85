/* The table of the cf dialect. */
#include "dialects/cf/cf.h"

#include "dialects/cf/hooks.h"
#include "ir/evaluate.h"

#define COCO_ROWS "dialects/cf/cf_ops.def"
#define COCO_ROWS_DIALECT coco_cf_dialect
#define COCO_ROWS_LIST coco_cf_operations
#include "ir/define_operations.inc"

const coco_dialect coco_cf_dialect = {
    .name = "cf",
    .documentation = "Branches between the blocks of a region.",
    .operations = coco_cf_operations,
    .operation_count = sizeof coco_cf_operations / sizeof *coco_cf_operations,
};
