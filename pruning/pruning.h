/* The passes that prune: they read and write the weights of graph-level networks. */
#ifndef COCO_PRUNING_PRUNING_H
#define COCO_PRUNING_PRUNING_H

#include "ir/pass.h"

#define PASS(symbol) extern const coco_pass_definition coco_pass_##symbol;
#include "pruning/pruning.def"
#undef PASS

extern const coco_pass_definition *const coco_pruning_list[]; /* ends with NULL */

#endif
