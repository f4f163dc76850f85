/* Checks of an operation against its row, shared by creation (before inference may look at anything)
 * and by the verifier. Internal to ir/. */
#ifndef COCO_IR_ROW_CHECK_H
#define COCO_IR_ROW_CHECK_H

#include "ir/definition.h"

/* Operand groups and types, and the properties. Errors as coco_inference_error. */
coco_status coco_check_row(const coco_inference *inference) COCO_MUST_USE;
/* Whether a row's operands or results, which have no segment sizes, can be COUNT values. */
bool coco_row_takes(const coco_operand_row *rows, size_t row_count, size_t count);
/* Counts and types of declared results. */
coco_status coco_check_results(coco_operation *operation) COCO_MUST_USE;

/* Calls FUNCTION with OPERATION as inference sees it. */
coco_status coco_with_inference(coco_operation *operation,
                                coco_status (*function)(const coco_inference *)) COCO_MUST_USE;

/* Start and size of a group of a row without segment sizes: at most one group is variable. */
void coco_row_group(const coco_operand_row *rows, size_t row_count, size_t total, size_t group, size_t *out_start,
                    size_t *out_count);

#endif
