/* Pictures of a network: one box per layer, one arrow per tensor, in Graphviz's DOT language, and from there SVG. */
#ifndef COCO_TOOLS_COMMON_DRAW_H
#define COCO_TOOLS_COMMON_DRAW_H

#include "ir/base/buffer.h"
#include "ir/operation.h"

/* Appends the DOT text of @main (or of the only function) of MODULE: its top-level operations, constants left out
 * (their shapes stand in the boxes of the layers that use them); a graph.fused is one box that lists its operations. */
coco_status coco_draw_dot(coco_operation *module, coco_buffer *out) COCO_MUST_USE;
/* Lays DOT out and appends the picture as SVG. COCO_UNSUPPORTED when the build has no Graphviz. */
coco_status coco_draw_svg(coco_string dot, coco_buffer *out) COCO_MUST_USE;

#endif
