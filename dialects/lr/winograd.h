/* Winograd's minimal filtering for 3x3 convolutions: F(2x2), F(4x4) and F(6x6), what they mean.
 *
 * An output tile of m x m elements is made from an input tile of a x a, a = m + 2:
 *   V = B^T d B for each channel, M[i] = sum over channels of U[i] V[i] for each of the a * a positions, Y = A^T M A.
 * U = G g G^T is computed in double when weights are packed. Interpolation points are 0, 1, -1, 2, -2, 1/2, -1/2 and
 * infinity, as many as needed. Transforms are lists of steps that the evaluation and the generated code both follow,
 * first down the columns, then along the rows; channels are summed in their order, one fused multiply-add after the
 * other. So results are the same bits wherever they are computed, but not those of the sum in stored order. */
#ifndef COCO_DIALECTS_LR_WINOGRAD_H
#define COCO_DIALECTS_LR_WINOGRAD_H

#include "dialects/shared/window.h"
#include "ir/operation.h"

enum { COCO_WINOGRAD_REACH = 8, COCO_WINOGRAD_SLOTS = 36, COCO_WINOGRAD_NOTHING = 255 };

/* slot[to] = factor * slot[from] + slot[with], rounded once; without the sum where `with` is COCO_WINOGRAD_NOTHING. */
typedef struct coco_winograd_step {
  uint8_t to, from, with;
  float factor;
} coco_winograd_step;

/* Takes elements in slots [0, inputs), gives those of `results`. */
typedef struct coco_winograd_transform {
  const coco_winograd_step *steps;
  size_t step_count, inputs, outputs;
  uint8_t results[COCO_WINOGRAD_REACH];
} coco_winograd_transform;

typedef struct coco_winograd {
  const char *storage;        /* of lr.conv */
  int64_t tile, reach;        /* m and a */
  const double (*kernel)[3];  /* G: a rows */
  coco_winograd_transform input, output; /* B^T, A^T */
} coco_winograd;

/* The algorithm with output tiles of TILE x TILE; NULL: there is none. */
const coco_winograd *coco_winograd_of_tile(int64_t tile);
/* That of a storage "winograd4"; NULL for other storages. */
const coco_winograd *coco_winograd_of_storage(coco_string storage);

/* Whether WINDOW (of one group) is what the algorithms compute: 3x3, stride 1, dilation 1. */
bool coco_winograd_fits(const coco_window *window);
/* Tiles along a spatial axis of a RESULT. */
int64_t coco_winograd_tiles(const coco_winograd *algorithm, const coco_type *result, size_t axis);
/* The border that INPUT needs so that all tiles can be read: top, left, bottom, right. Where the last tiles reach past
 * the result, more than windows need. */
void coco_winograd_halo_needed(const coco_winograd *algorithm, const coco_window *window, const coco_type *input,
                               const coco_type *result, int64_t halo[4]);

/* OUTPUT (dense) of a convolution of INPUT (dense) with WEIGHT packed as [a * a][ceil(f / 16)][c][16]. */
typedef struct coco_winograd_convolution {
  const coco_winograd *algorithm;
  int64_t batch, channels, filters;
  int64_t pads[2]; /* before */
  int64_t input[2], output[2]; /* spatial extents */
} coco_winograd_convolution;
coco_status coco_winograd_convolve(const coco_allocator *allocator, const coco_winograd_convolution *convolution,
                                   const float *input, const float *weight, float *output) COCO_MUST_USE;

#endif
