/* The table of the func dialect. */
#include "dialects/func/func.h"

#include "dialects/func/hooks.h"
#include "ir/evaluate.h"

#define COCO_ROWS "dialects/func/func_ops.def"
#define COCO_ROWS_DIALECT coco_func_dialect
#define COCO_ROWS_LIST coco_func_operations
#include "ir/define_operations.inc"

const coco_dialect coco_func_dialect = {
    .name = "func",
    .documentation = "Functions, calls and returns.",
    .operations = coco_func_operations,
    .operation_count = sizeof coco_func_operations / sizeof *coco_func_operations,
};
