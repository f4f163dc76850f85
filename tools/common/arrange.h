/* Where the boxes and arrows of a picture of a graph stand. Coordinates are pixels from the top left corner.
 *
 * Graphviz's `dot` arranges graphs where the build has it and that does not take long: its time is that of the boxes
 * and of the ranks that arrows pass, of which there may be COCO_ARRANGE_MAXIMUM (about a second). Else boxes stand in
 * rows, one below the other in the given order, and arrows run through lanes beside them as
 * in the history of a version control system: linear in the graph but for the lanes that are in use at once. */
#ifndef COCO_TOOLS_COMMON_ARRANGE_H
#define COCO_TOOLS_COMMON_ARRANGE_H

#include "ir/base/memory.h"

enum { COCO_ARRANGE_MAXIMUM = 3000 };

typedef struct coco_point {
  double x, y;
} coco_point;

typedef struct coco_arranged_arrow {
  size_t from, to;         /* boxes, FROM before TO */
  const coco_point *curve; /* a start and three points for each cubic piece; the answer */
  size_t count;
} coco_arranged_arrow;

typedef struct coco_arrangement {
  coco_arena arena; /* of the answer */
  size_t box_count, arrow_count;
  double box_width, box_height; /* of all boxes */
  double row_height;            /* where boxes stand in rows, and are dots in their lane */
  coco_arranged_arrow *arrows;  /* the caller's */
  coco_point *boxes;            /* the answer: their centres */
  double width, height;
  bool in_rows; /* the answer is rows: what is written beside the dots begins at WIDTH */
} coco_arrangement;

/* Fills in the answer. IN_ROWS: without Graphviz in any case. */
coco_status coco_arrange(coco_arrangement *graph, bool in_rows) COCO_MUST_USE;
void coco_arrange_free(coco_arrangement *graph);

/* Graphviz's part. *out_done is false where the build has none, or it fails: nothing is changed then. */
coco_status coco_arrange_by_graphviz(coco_arrangement *graph, bool *out_done) COCO_MUST_USE;

#endif
