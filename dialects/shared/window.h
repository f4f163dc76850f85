/* The arithmetic of sliding windows, shared by graph and lr: convolutions and pools of any spatial rank. */
#ifndef COCO_DIALECTS_SHARED_WINDOW_H
#define COCO_DIALECTS_SHARED_WINDOW_H

#include "ir/definition.h"

enum { COCO_WINDOW_MAX_RANK = 8 };

/* A window over `rank` spatial axes. The arrays are borrowed from attributes and have rank entries, pads 2 * rank:
 * begins, then ends. */
typedef struct coco_window {
  size_t rank;
  const int64_t *kernel, *strides, *pads, *dilations;
  bool ceil_mode;
} coco_window;

/* Positions of the window along AXIS of an input extent: floor or ceil of ((input + pads - (dilation * (kernel - 1) +
 * 1)) / stride) + 1. With ceil_mode a last window that would start in the end padding is left out. COCO_DYNAMIC in,
 * COCO_DYNAMIC out. False: no position fits, or overflow. */
bool coco_window_extent(const coco_window *window, size_t axis, int64_t input, int64_t *out);

/* The input index that kernel position K of output position O reads along AXIS; it may lie outside [0, extent). */
static inline int64_t coco_window_index(const coco_window *window, size_t axis, int64_t output, int64_t kernel) {
  return output * window->strides[axis] - window->pads[axis] + kernel * window->dilations[axis];
}

/* Kernel positions [*begin, *end) of output position OUTPUT that lie inside the input extent. */
void coco_window_range(const coco_window *window, size_t axis, int64_t output, int64_t extent, int64_t *begin,
                       int64_t *end);

/* The other way round: output positions [*begin, *end), of OUTPUTS in all, whose kernel position K reads inside the
 * input extent. */
void coco_window_outputs(const coco_window *window, size_t axis, int64_t kernel, int64_t extent, int64_t outputs,
                         int64_t *begin, int64_t *end);

/* Fills WINDOW, checked, from RANK kernel extents and dense arrays of i64 as the rows of windows have them. NULL when
 * all is well, else what is wrong. */
const char *coco_window_make(coco_window *window, size_t rank, const int64_t *kernel, const coco_attribute *strides,
                             const coco_attribute *pads, const coco_attribute *dilations, bool ceil_mode);

/* Each output reads the input at its own place only: kernel and strides 1, no padding. */
bool coco_window_is_pointwise(const coco_window *window);

/* What is wrong with the numbers of a window ("strides must be positive"), NULL when nothing is. Extents are checked by
 * coco_window_extent. */
const char *coco_window_check(const coco_window *window);

#endif
