/* Where the sums of a register block in patches wait while other groups of input channels are taken: in the output, or,
 * where that is written past the caches, on the stack of the piece, if there is room for all filters. */
#ifndef COCO_LOWERING_PATCH_WAITING_H
#define COCO_LOWERING_PATCH_WAITING_H

#include "dialects/lr/lr.h"

enum { COCO_PATCH_STACK = 256 << 10 }; /* bytes */

/* Elements for FILTERS filters and a block of VECTORS vectors; 0: there is no room. */
static inline int64_t coco_patch_waiting_room(int64_t filters, int64_t vectors) {
  const int64_t most = COCO_PATCH_STACK / (int64_t)sizeof(float) / COCO_LR_LANES;
  return vectors > 0 && filters <= most / vectors ? filters * vectors * COCO_LR_LANES : 0;
}

#endif
