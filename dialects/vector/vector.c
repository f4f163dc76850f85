/* The table of the vector dialect. */
#include "dialects/vector/vector.h"

#include "dialects/vector/hooks.h"
#include "ir/evaluate.h"

#define COCO_ROWS "dialects/vector/vector_ops.def"
#define COCO_ROWS_DIALECT coco_vector_dialect
#define COCO_ROWS_LIST coco_vector_operations
#include "ir/define_operations.inc"

const coco_dialect coco_vector_dialect = {
    .name = "vector",
    .documentation = "Vectors of a fixed number of lanes, as machine registers hold them.",
    .operations = coco_vector_operations,
    .operation_count = sizeof coco_vector_operations / sizeof *coco_vector_operations,
};
