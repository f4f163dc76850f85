/* Whether two memrefs may reach the same memory, by where they come from. */
#ifndef COCO_PASSES_ALIAS_H
#define COCO_PASSES_ALIAS_H

#include "ir/operation.h"

/* The memref that VALUE is a view of: an allocation, a global's address, an argument, or what nothing is known of. */
const coco_value *coco_memory_base(const coco_value *value);
/* False: never. Two allocations are two memories, and none of them is an argument's; nor are two globals one. Two
 * arguments may be one memory, unless ARGUMENTS_DIFFER. */
bool coco_memory_may_alias(const coco_value *a, const coco_value *b, bool arguments_differ);

#endif
