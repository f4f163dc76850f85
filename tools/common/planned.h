/* What lowering will make of an lr-level module: which layers run, and where their values lie. For reports and profiles. */
#ifndef COCO_TOOLS_COMMON_PLANNED_H
#define COCO_TOOLS_COMMON_PLANNED_H

#include "ir/base/buffer.h"
#include "lowering/memory_plan.h"

typedef struct coco_planned {
  coco_operation *module, *entry; /* a clone, and its @main */
  coco_arena scratch;
  coco_entry_plan plan;
} coco_planned;

coco_status coco_planned_make(coco_operation *module, coco_planned *out) COCO_MUST_USE;
void coco_planned_destroy(coco_planned *planned);
/* Whether OPERATION of the entry becomes a call: it computes something that is used. */
bool coco_planned_runs(const coco_planned *planned, const coco_operation *operation);
/* "lr.conv direct": the operation and its storage or kind. Appends to OUT. */
void coco_layer_kind(coco_buffer *out, const coco_operation *layer);
/* Bytes of the memory that VALUE takes; 0 when that is not known. */
int64_t coco_layer_bytes(const coco_value *value);

#endif
