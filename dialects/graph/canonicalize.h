/* The canonicalization patterns of the graph dialect; see canonicalize.c. */
#ifndef COCO_DIALECTS_GRAPH_CANONICALIZE_H
#define COCO_DIALECTS_GRAPH_CANONICALIZE_H

#include "ir/rewriter.h"

enum { COCO_GRAPH_PATTERN_COUNT = 9 };
extern const coco_pattern coco_graph_patterns[COCO_GRAPH_PATTERN_COUNT];

#endif
