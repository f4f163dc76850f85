/* The table of the math dialect. */
#include "dialects/math/math.h"

#include "dialects/arith/hooks.h"
#include "dialects/math/hooks.h"
#include "ir/evaluate.h"

#define COCO_ROWS "dialects/math/math_ops.def"
#define COCO_ROWS_DIALECT coco_math_dialect
#define COCO_ROWS_LIST coco_math_operations
#include "ir/define_operations.inc"

const coco_dialect coco_math_dialect = {
    .name = "math",
    .documentation = "Functions of floats, lifted to vectors and tensors.",
    .operations = coco_math_operations,
    .operation_count = sizeof coco_math_operations / sizeof *coco_math_operations,
};
