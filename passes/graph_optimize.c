/* graph-optimize: the passes that make a graph smaller and faster, before it is lowered, in their order.
 *
 * Blocks are looked for before empty channels go, with the pass's own limits, and once more after that, with wide ones, as
 * graph-to-pattern has: whether a layer stays sparse is decided by its times, in lr-schedule. */
#include "passes/passes.h"

const coco_pass_definition coco_pass_graph_optimize = {
    .name = "graph-optimize",
    .documentation = "Everything that makes a graph smaller and faster, in order.",
    .anchor = "builtin.module",
    .pipeline =
        "canonicalize,graph-infer-shapes,graph-fold-constants,graph-fold-batch-norm,canonicalize,graph-split-"
        "transposed,cse,graph-to-blocks,remove-empty-channels,graph-to-blocks{max-linear=90 max-conv=90 "
        "max-winograd=90 max-small-winograd=90},graph-sort-channels,graph-to-pattern{max-density=90 "
        "grouped-least-saved=48 few-channels=15},pattern-fold-permutation{patterns-only=true},graph-fuse,symbol-dce"};
