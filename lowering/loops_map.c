/* Elementwise layers. */
#include "lowering/loops_common.h"

static void map_point(coco_loops *loops, const coco_point *point, void *user) {
  (void)user;
  coco_loops_finish(loops, point, NULL, 0);
}

void coco_loops_map(coco_loops *loops) {
  coco_lr_tuning_info tuning = coco_lr_tuning_of(COCO_PROPERTY(loops->layer, lr_map, tuning));
  coco_loops_over_points(loops, &loops->output, coco_loops_axis(loops), tuning.pieces, map_point, NULL);
  coco_view_zero_halo(loops, &loops->output);
}
