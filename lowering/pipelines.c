/* Named pipelines that end on another level. */
#include "lowering/lowerings.h"

const coco_pass_definition coco_pass_lower_to_lr = {
    .name = "lower-to-lr",
    .documentation = "From graph to lr, cleaned up; no schedules yet.",
    .anchor = "builtin.module",
    .pipeline = "graph-to-lr,canonicalize,cse",
};
