/* #lr.window and #lr.tuning as structs. */
#ifndef COCO_DIALECTS_LR_WINDOW_H
#define COCO_DIALECTS_LR_WINDOW_H

#include "dialects/shared/products.h"
#include "dialects/shared/window.h"
#include "ir/operation.h"

typedef struct coco_lr_window_info {
  coco_window window; /* arrays borrowed from the attribute; ceil_mode false: lr.window sets it from its property */
  int64_t group;      /* 1 when absent */
} coco_lr_window_info;

/* INFO must be a verified #lr.window. */
coco_lr_window_info coco_lr_window_of(const coco_attribute *info);
/* GROUP 1 is left out. NULL when memory runs out. */
const coco_attribute *coco_lr_window_attribute(coco_context *context, const coco_window *window, int64_t group);

/* The extents of LAYER, a convolution with #lr.window INFO of an image of type INPUT. */
coco_convolution coco_lr_convolution_of(const coco_operation *layer, const coco_lr_window_info *info,
                                        const coco_type *input);

/* A schedule's numbers; 0 where absent. */
typedef struct coco_lr_tuning_info {
  int64_t columns; /* output columns (pixels; rows of a) in one register block */
  int64_t filters; /* blocks of 16 outputs in one register block */
  int64_t unroll;  /* kernel positions or reduction steps unrolled */
  int64_t pieces;  /* least number of pieces of the parallel loop */
  int64_t rows;     /* output rows of one piece */
  int64_t channels; /* input channels that all outputs of a piece take in one turn */
  int64_t tiles;   /* Winograd: tiles taken at once, at most */
  int64_t lanes;   /* patterns: lanes of a vector of patches in one sum; 0: all */
  int64_t streams; /* patterns: 1: the result is written past the caches */
} coco_lr_tuning_info;

coco_lr_tuning_info coco_lr_tuning_of(const coco_attribute *tuning); /* NULL: all 0 */
/* Zeros are left out. NULL when memory runs out. */
const coco_attribute *coco_lr_tuning_attribute(coco_context *context, const coco_lr_tuning_info *info);

#endif
