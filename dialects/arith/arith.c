/* The table of the arith dialect. */
#include "dialects/arith/arith.h"

#include "dialects/arith/hooks.h"
#include "ir/evaluate.h"

#define COCO_ROWS "dialects/arith/arith_ops.def"
#define COCO_ROWS_DIALECT coco_arith_dialect
#define COCO_ROWS_LIST coco_arith_operations
#include "ir/define_operations.inc"

const coco_dialect coco_arith_dialect = {
    .name = "arith",
    .documentation = "Constants, and arithmetic of scalars, lifted to vectors and tensors.",
    .operations = coco_arith_operations,
    .operation_count = sizeof coco_arith_operations / sizeof *coco_arith_operations,
    .materialize_constant = coco_arith_materialize,
    .patterns = coco_arith_patterns,
};
