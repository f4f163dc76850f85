/* Named pipelines that end on another level. */
#include "lowering/lowerings.h"

const coco_pass_definition coco_pass_lower_to_lr = {
    .name = "lower-to-lr",
    .documentation = "From graph to lr, cleaned up; no schedules yet.",
    .anchor = "builtin.module",
    .pipeline = "graph-to-lr,canonicalize,cse",
};

const coco_pass_definition coco_pass_lower_to_loops = {
    .name = "lower-to-loops",
    .documentation = "From lr to loops: one function for each kind of layer, a memory plan, and an entry that calls.",
    .anchor = "builtin.module",
    .pipeline = "lr-to-loops,expand-math,canonicalize,cse,redundant-load-elimination,symbol-dce",
};
