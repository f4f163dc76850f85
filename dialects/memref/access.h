/* Finding elements of memrefs at run time, shared by memref and vector. */
#ifndef COCO_DIALECTS_MEMREF_ACCESS_H
#define COCO_DIALECTS_MEMREF_ACCESS_H

#include "ir/evaluate.h"

/* The address of the element at INDICES (COUNT values, checked against the extents); strides in elements to STRIDES,
 * which holds COCO_EVALUATION_RANK. */
coco_status coco_memref_locate(coco_evaluation *evaluation, const coco_operation *operation,
                               const coco_runtime_value *memref, const coco_runtime_value *indices, size_t count,
                               uint8_t **out, int64_t *strides) COCO_MUST_USE;
coco_status coco_memref_check_writable(coco_evaluation *evaluation, const coco_operation *operation,
                                       const coco_runtime_value *memref) COCO_MUST_USE;

#endif
