/* How a convolution of Winograd's is worked off: groups of tiles, and the workspace for what is transformed.
 *
 * A group's transformed input V is [a * a][tiles][channels], its sums M are [a * a][tiles][filters]; channels and
 * filters in whole blocks of 16. Positions lie apart by an odd number of cache lines, so that the lines of one tile
 * fall on different sets. With pieces, each piece takes a range of the groups and has a slice of the workspace of its
 * own; without, groups follow one another through one slice, and each part of the work on a group is parallel in
 * itself. */
#ifndef COCO_LOWERING_WINOGRAD_PLAN_H
#define COCO_LOWERING_WINOGRAD_PLAN_H

#include "dialects/lr/winograd.h"

typedef struct coco_winograd_plan {
  const coco_winograd *algorithm; /* NULL: no such convolution */
  int64_t positions;              /* a * a */
  int64_t channels, channel_blocks, filters, filter_blocks;
  int64_t rows, columns, tiles; /* tiles down and across an image; of all images */
  int64_t groups,
      largest;    /* groups of tiles; tiles of the largest, which the last one is; others have that or one less */
  int64_t pieces; /* 0: parts in parallel instead */
  int64_t input_row, input_plane, sums_row, sums_plane; /* elements from tile to tile and from position to position */
  int64_t sums;                                         /* where M begins in a slice */
  int64_t slice, size;                                  /* elements of a slice but the last, of the workspace */
} coco_winograd_plan;

coco_winograd_plan coco_winograd_plan_of(const coco_operation *conv);

/* Bytes that an lr operation needs beside its operands and its result while it runs; 0 for most, INT64_MAX for those
 * that no number says. */
int64_t coco_lr_workspace(const coco_operation *operation);
/* The memref of that workspace, which a layer's function takes behind the output; NULL when memory runs out. */
const coco_type *coco_lr_workspace_memref(const coco_operation *operation);

#endif
