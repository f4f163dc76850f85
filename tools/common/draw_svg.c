/* SVG from DOT text, through Graphviz where the build has it. See draw.h. */
#include "tools/common/draw.h"

#ifdef COCO_HAS_GRAPHVIZ
#include <graphviz/gvc.h>

static coco_status render(GVC_t *graphviz, Agraph_t *graph, coco_buffer *out) {
  char *data = NULL;
  unsigned size = 0;
  if (gvLayout(graphviz, graph, "dot") != 0) return COCO_UNSUPPORTED;
  coco_status status = gvRenderData(graphviz, graph, "svg", &data, &size) == 0 ? COCO_OK : COCO_UNSUPPORTED;
  if (status == COCO_OK) coco_buffer_append(out, data, size);
  gvFreeRenderData(data);
  gvFreeLayout(graphviz, graph);
  return status == COCO_OK ? out->status : status;
}

coco_status coco_draw_svg(coco_string dot, coco_buffer *out) {
  coco_buffer terminated = COCO_BUFFER(out->allocator);
  coco_buffer_string(&terminated, dot);
  coco_buffer_byte(&terminated, 0);
  coco_status status = terminated.status;
  GVC_t *graphviz = status == COCO_OK ? gvContext() : NULL;
  Agraph_t *graph = graphviz ? agmemread(terminated.data) : NULL;
  if (status == COCO_OK) status = graph ? render(graphviz, graph, out) : COCO_UNSUPPORTED;
  if (graph) agclose(graph);
  if (graphviz) gvFreeContext(graphviz);
  coco_buffer_free(&terminated);
  return status;
}

#else

coco_status coco_draw_svg(coco_string dot, coco_buffer *out) {
  (void)dot, (void)out;
  return COCO_UNSUPPORTED;
}

#endif
