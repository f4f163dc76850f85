/* Rows and lanes: see arrange.h. A box takes the lane of a value that nobody reads after it, or else the first free
 * one; its lane is its value's until the last reader's row. */
#include "tools/common/arrange.h"

enum { LANE_WIDTH = 14 };

typedef struct lanes {
  size_t *last_reader; /* of each box's value; the box itself when there is none */
  size_t *until;       /* the row up to which each lane is in use; a lane is free when that is not below the row */
  size_t *lane_of;
  size_t count; /* of lanes that were ever used */
} lanes;

static size_t take_lane(lanes *all, size_t row) {
  size_t lane = 0;
  while (lane < all->count && all->until[lane] > row) ++lane;
  if (lane == all->count) ++all->count;
  all->until[lane] = all->last_reader[row];
  all->lane_of[row] = lane;
  return lane;
}

/* Down the lane of where it starts, and over to where it ends in the last row. */
static coco_status draw_arrow(coco_arrangement *graph, coco_arranged_arrow *arrow) {
  const coco_point from = graph->boxes[arrow->from], to = graph->boxes[arrow->to];
  const double turn = to.y - graph->row_height, middle = (turn + to.y) / 2;
  coco_point *curve = coco_arena_allocate(&graph->arena, 7 * sizeof *curve);
  if (!curve) return COCO_OUT_OF_MEMORY;
  const coco_point line[] = {from, from, {from.x, turn}, {from.x, turn}, {from.x, middle}, {to.x, middle}, to};
  memcpy(curve, line, sizeof line);
  arrow->curve = curve;
  arrow->count = 7;
  return COCO_OK;
}

static coco_status arrange_in_rows(coco_arrangement *graph, lanes *all) {
  for (size_t i = 0; i < graph->box_count; ++i) all->last_reader[i] = i;
  for (size_t i = 0; i < graph->arrow_count; ++i) {
    const coco_arranged_arrow *arrow = &graph->arrows[i];
    if (arrow->to > all->last_reader[arrow->from]) all->last_reader[arrow->from] = arrow->to;
  }
  for (size_t i = 0; i < graph->box_count; ++i)
    graph->boxes[i] =
        (coco_point){((double)take_lane(all, i) + 0.5) * LANE_WIDTH, ((double)i + 0.5) * graph->row_height};
  for (size_t i = 0; i < graph->arrow_count; ++i) COCO_TRY(draw_arrow(graph, &graph->arrows[i]));
  graph->width = (double)all->count * LANE_WIDTH;
  graph->height = (double)graph->box_count * graph->row_height;
  graph->in_rows = true;
  return COCO_OK;
}

/* Whether Graphviz will not take long. A box is one rank below the lowest that it has an arrow from. */
static bool is_small(const coco_arrangement *graph, size_t *ranks) {
  size_t passed = graph->box_count;
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t i = 0; i < graph->arrow_count; ++i) {
      const coco_arranged_arrow *arrow = &graph->arrows[i];
      if (ranks[arrow->to] > ranks[arrow->from]) continue;
      ranks[arrow->to] = ranks[arrow->from] + 1;
      changed = true;
    }
  }
  for (size_t i = 0; i < graph->arrow_count && passed <= COCO_ARRANGE_MAXIMUM; ++i)
    passed += ranks[graph->arrows[i].to] - ranks[graph->arrows[i].from];
  return passed <= COCO_ARRANGE_MAXIMUM;
}

coco_status coco_arrange(coco_arrangement *graph, bool in_rows) {
  bool done = false;
  graph->boxes = coco_arena_allocate_zeroed(&graph->arena, graph->box_count + 1, sizeof *graph->boxes);
  if (!graph->boxes) return COCO_OUT_OF_MEMORY;
  size_t *numbers = coco_arena_allocate_zeroed(&graph->arena, 4 * graph->box_count + 1, sizeof *numbers);
  if (!numbers) return COCO_OUT_OF_MEMORY;
  if (!in_rows && is_small(graph, numbers + 3 * graph->box_count)) COCO_TRY(coco_arrange_by_graphviz(graph, &done));
  if (done) return COCO_OK;
  lanes all = {numbers, numbers + graph->box_count, numbers + 2 * graph->box_count, 0};
  return arrange_in_rows(graph, &all);
}

void coco_arrange_free(coco_arrangement *graph) { coco_arena_destroy(&graph->arena); }
