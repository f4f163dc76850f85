/* The table of the memref dialect. */
#include "dialects/memref/memref.h"

#include "dialects/memref/hooks.h"
#include "ir/evaluate.h"

#define COCO_ROWS "dialects/memref/memref_ops.def"
#define COCO_ROWS_DIALECT coco_memref_dialect
#define COCO_ROWS_LIST coco_memref_operations
#include "ir/define_operations.inc"

const coco_dialect coco_memref_dialect = {
    .name = "memref",
    .documentation = "Memory: allocation, views, loads and stores.",
    .operations = coco_memref_operations,
    .operation_count = sizeof coco_memref_operations / sizeof *coco_memref_operations,
};
