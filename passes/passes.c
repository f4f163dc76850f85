/* The list of this folder's passes, from passes.def. */
#include "passes/passes.h"

#define PASS(symbol) &coco_pass_##symbol,
const coco_pass_definition *const coco_passes_list[] = {
#include "passes/passes.def"
    NULL};
#undef PASS
