/* Hooks of the prune rows, shared by the files of this folder. */
#ifndef COCO_DIALECTS_PRUNE_HOOKS_H
#define COCO_DIALECTS_PRUNE_HOOKS_H

#include "ir/definition.h"

coco_status coco_prune_scheme_verify(coco_context *context, const coco_location *location,
                                     const coco_attribute *attribute);

#endif
