/* prune-pattern: the passes of pruning one after the other: the plan, the zeros, and the check that they obey it. */
#include "pruning/pruning.h"

const coco_pass_definition coco_pass_prune_pattern = {
    .name = "prune-pattern",
    .documentation = "Choose pattern sets, project the weights in one shot, and verify the result.",
    .anchor = "builtin.module",
    .pipeline = "prune-plan,prune-project,prune-check"};
