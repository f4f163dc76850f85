/* The table of the builtin dialect. */
#include "dialects/builtin/builtin.h"

#include "dialects/builtin/hooks.h"
#include "ir/evaluate.h"

#define COCO_ROWS "dialects/builtin/builtin_ops.def"
#define COCO_ROWS_DIALECT coco_builtin_dialect
#define COCO_ROWS_LIST coco_builtin_operations
#include "ir/define_operations.inc"

const coco_dialect coco_builtin_dialect = {
    .name = "builtin",
    .documentation = "Modules, and casts between type systems.",
    .operations = coco_builtin_operations,
    .operation_count = sizeof coco_builtin_operations / sizeof *coco_builtin_operations,
};
