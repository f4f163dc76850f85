/* Reshapes as index maps, and the moves that are nothing else. */
#ifndef COCO_DIALECTS_LR_RESHAPE_H
#define COCO_DIALECTS_LR_RESHAPE_H

#include "ir/operation.h"

/* The map from an index of a dense tensor of shape TO to that of the same element in a dense tensor of shape FROM. Axes
 * that correspond are taken group by group, so that a dropped or added axis of extent 1 needs no division. Equal
 * element counts. NULL when memory runs out. */
const coco_affine_map *coco_lr_reshape_map(coco_context *context, const coco_type *from, const coco_type *to);

/* Whether MOVE, an lr.move, only numbers the elements of its one input anew: between dense layouts, input and result
 * are the same bytes. */
bool coco_lr_move_is_view(const coco_operation *move);

#endif
