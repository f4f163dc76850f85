/* The passes that stay on a level. */
#ifndef COCO_PASSES_PASSES_H
#define COCO_PASSES_PASSES_H

#include "ir/pass.h"

#define PASS(symbol) extern const coco_pass_definition coco_pass_##symbol;
#include "passes/passes.def"
#undef PASS

extern const coco_pass_definition *const coco_passes_list[]; /* ends with NULL */

#endif
