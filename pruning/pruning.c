/* The list of this folder's passes, from pruning.def. */
#include "pruning/pruning.h"

#define PASS(symbol) &coco_pass_##symbol,
const coco_pass_definition *const coco_pruning_list[] = {
#include "pruning/pruning.def"
    NULL};
#undef PASS
