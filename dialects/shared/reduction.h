/* Reference reductions and pools over elements of any number type, for the evaluations of every level.
 *
 * Floats up to 32 bits accumulate in f32, f64 in f64; integers wrap around. Elements are taken in row-major order. */
#ifndef COCO_DIALECTS_SHARED_REDUCTION_H
#define COCO_DIALECTS_SHARED_REDUCTION_H

#include "dialects/shared/shape.h"
#include "dialects/shared/window.h"

typedef enum coco_reduction {
  COCO_REDUCE_SUM,
  COCO_REDUCE_MEAN,
  COCO_REDUCE_MAX, /* NaN when an element is NaN; of nothing: the lowest number */
  COCO_REDUCE_MIN,
  COCO_REDUCE_PRODUCT,
  COCO_REDUCE_SUM_SQUARE, /* fused: fma(x, x, sum) */
  COCO_REDUCE_L1,
  COCO_REDUCE_L2
} coco_reduction;

/* By the name in the rows, "sum_square"; false when there is none. */
bool coco_reduction_named(coco_string name, coco_reduction *out);

/* Reduces the axes marked in IS_AXIS. OUTPUT has the other axes' elements. */
void coco_reduce(coco_reduction kind, const coco_type *element, const coco_extents *input_extents, const bool *is_axis,
                 const void *input, void *output);

/* Stores COUNT elements of UPDATES over those of OUTPUT, or combines them: KIND is sum, product, max or min; NULL
 * stores. */
void coco_combine(const coco_reduction *kind, const coco_type *element, int64_t count, const void *updates,
                  void *output);

/* A pool over PLANES planes of spatial extents INPUT_EXTENTS (OUTPUT_EXTENTS by coco_window_extent). KIND is max or
 * mean. Positions outside the input do not count, but a mean with COUNT_INCLUDE_PAD divides by the positions inside the
 * padded input. */
void coco_pool_planes(coco_reduction kind, bool count_include_pad, const coco_type *element, const coco_window *window,
                      int64_t planes, const int64_t *input_extents, const int64_t *output_extents, const void *input,
                      void *output);

#endif
