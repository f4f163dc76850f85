/* The list of this folder's passes, from lowerings.def. */
#include "lowering/lowerings.h"

#define PASS(symbol) &coco_pass_##symbol,
const coco_pass_definition *const coco_lowerings_list[] = {
#include "lowering/lowerings.def"
    NULL};
#undef PASS
