/* The table of the scf dialect. */
#include "dialects/scf/scf.h"

#include "dialects/scf/hooks.h"
#include "ir/evaluate.h"

#define COCO_ROWS "dialects/scf/scf_ops.def"
#define COCO_ROWS_DIALECT coco_scf_dialect
#define COCO_ROWS_LIST coco_scf_operations
#include "ir/define_operations.inc"

const coco_dialect coco_scf_dialect = {
    .name = "scf",
    .documentation = "Loops and conditions with regions.",
    .operations = coco_scf_operations,
    .operation_count = sizeof coco_scf_operations / sizeof *coco_scf_operations,
    .patterns = coco_scf_patterns,
};
