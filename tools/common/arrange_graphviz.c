/* Arrangements by Graphviz's `dot`, where the build has it. See arrange.h. Graphviz counts from the bottom. */
#include "tools/common/arrange.h"

#ifdef COCO_HAS_GRAPHVIZ
#include <graphviz/gvc.h>
#include <stdio.h>

typedef struct drawing {
  Agraph_t *graph;
  Agnode_t **boxes;
  Agedge_t **arrows;
} drawing;

static void set(void *object, const char *name, const char *value) {
  agsafeset(object, (char *)(uintptr_t)name, (char *)(uintptr_t)value, (char *)(uintptr_t) "");
}

static void set_inches(void *object, const char *name, double pixels) {
  char text[32];
  snprintf(text, sizeof text, "%.4f", pixels / POINTS_PER_INCH);
  set(object, name, text);
}

/* False: memory runs out. */
static bool describe(const coco_arrangement *from, drawing *to) {
  for (size_t i = 0; i < from->box_count; ++i) {
    char name[32];
    snprintf(name, sizeof name, "%zu", i);
    to->boxes[i] = agnode(to->graph, name, 1);
    if (!to->boxes[i]) return false;
    set(to->boxes[i], "shape", "box");
    set(to->boxes[i], "fixedsize", "true");
    set_inches(to->boxes[i], "width", from->box_width);
    set_inches(to->boxes[i], "height", from->box_height);
  }
  for (size_t i = 0; i < from->arrow_count; ++i) {
    to->arrows[i] = agedge(to->graph, to->boxes[from->arrows[i].from], to->boxes[from->arrows[i].to], NULL, 1);
    if (!to->arrows[i]) return false;
    set(to->arrows[i], "arrowhead", "none");
  }
  return true;
}

static coco_point point_of(const coco_arrangement *graph, pointf from) {
  return (coco_point){from.x, graph->height - from.y};
}

static coco_status read_answer(const drawing *from, coco_arrangement *to) {
  to->width = GD_bb(from->graph).UR.x;
  to->height = GD_bb(from->graph).UR.y;
  for (size_t i = 0; i < to->box_count; ++i) to->boxes[i] = point_of(to, ND_coord(from->boxes[i]));
  for (size_t i = 0; i < to->arrow_count; ++i) {
    const splines *line = ED_spl(from->arrows[i]);
    const int count = line && line->size > 0 ? line->list[0].size : 0;
    coco_point *curve = coco_arena_allocate_zeroed(&to->arena, (size_t)count + 1, sizeof *curve);
    if (!curve) return COCO_OUT_OF_MEMORY;
    for (int k = 0; k < count; ++k) curve[k] = point_of(to, line->list[0].list[k]);
    to->arrows[i].curve = curve;
    to->arrows[i].count = (size_t)count;
  }
  return COCO_OK;
}

static coco_status arrange(GVC_t *graphviz, coco_arrangement *graph, drawing *made, bool *out_done) {
  made->boxes = coco_arena_allocate_zeroed(&graph->arena, graph->box_count + 1, sizeof(Agnode_t *));
  made->arrows = coco_arena_allocate_zeroed(&graph->arena, graph->arrow_count + 1, sizeof(Agedge_t *));
  if (!made->boxes || !made->arrows) return COCO_OUT_OF_MEMORY;
  set(made->graph, "nodesep", "0.2");
  set(made->graph, "ranksep", "0.35");
  if (!describe(graph, made) || gvLayout(graphviz, made->graph, "dot") != 0) return COCO_OK;
  *out_done = true;
  const coco_status status = read_answer(made, graph);
  gvFreeLayout(graphviz, made->graph);
  return status;
}

coco_status coco_arrange_by_graphviz(coco_arrangement *graph, bool *out_done) {
  char name[] = "network";
  GVC_t *graphviz = gvContext();
  drawing made = {.graph = graphviz ? agopen(name, Agdirected, NULL) : NULL};
  coco_status status = made.graph ? arrange(graphviz, graph, &made, out_done) : COCO_OK;
  if (made.graph) agclose(made.graph);
  if (graphviz) gvFreeContext(graphviz);
  return status;
}

#else

coco_status coco_arrange_by_graphviz(coco_arrangement *graph, bool *out_done) {
  (void)graph;
  *out_done = false;
  return COCO_OK;
}

#endif
