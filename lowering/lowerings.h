/* The passes that lead from one level to the next. */
#ifndef COCO_LOWERING_LOWERINGS_H
#define COCO_LOWERING_LOWERINGS_H

#include "ir/pass.h"

#define PASS(symbol) extern const coco_pass_definition coco_pass_##symbol;
#include "lowering/lowerings.def"
#undef PASS

extern const coco_pass_definition *const coco_lowerings_list[]; /* ends with NULL */

#endif
