/* All that this library offers by name: dialects and passes. */
#ifndef COCO_API_REGISTRY_H
#define COCO_API_REGISTRY_H

#include "ir/context.h"
#include "ir/pass.h"

coco_status coco_register_all_dialects(coco_context *context) COCO_MUST_USE;
const coco_pass_registry *coco_all_passes(void);

#endif
