/* The weights of one layer, seen as kernels: the slice of one output (filter) and one input channel.
 *
 * Everything here works on plain arrays of floats. What is to be kept is told by a mask for each
 * kernel: bit i stands for position i, row by row; 0 removes the kernel. So whoever holds the weights, in whatever
 * element type, puts the zeros in himself, and what is kept stays as it is to the bit. */
#ifndef COCO_PRUNING_KERNELS_H
#define COCO_PRUNING_KERNELS_H

#include "ir/base/memory.h"

enum { COCO_KERNEL_MAXIMUM_POSITIONS = 64 };

/* Weight (f, c, i) is weights[f * filter_stride + c * channel_stride + i]. A matrix has kernels of one position. */
typedef struct coco_kernels {
  const float *weights;
  size_t filters, channels, positions; /* positions: 1 to COCO_KERNEL_MAXIMUM_POSITIONS */
  size_t filter_stride, channel_stride;
} coco_kernels;

static inline const float *coco_kernel_at(const coco_kernels *kernels, size_t filter, size_t channel) {
  return kernels->weights + filter * kernels->filter_stride + channel * kernels->channel_stride;
}

/* The mask of all positions. */
static inline uint64_t coco_kernel_full_mask(size_t positions) {
  return positions >= 64 ? UINT64_MAX : ((uint64_t)1 << positions) - 1;
}

static inline size_t coco_mask_entries(uint64_t mask) {
  return (size_t)__builtin_popcountll(mask);
}

/* Sum of the squares at the positions of MASK. What is no number counts as infinite: it is never removed silently. */
double coco_kernel_energy(const float *kernel, size_t positions, uint64_t mask);

/* A number of an ordered list; sorted by falling value, then rising index, so that the order has no ties. */
typedef struct coco_ranked {
  double value;
  size_t index;
} coco_ranked;
void coco_sort_ranked(coco_ranked *items, size_t count);
/* Puts the FIRST items of that order in front, in whatever order. Linear but for the rarest orders. */
void coco_select_ranked(coco_ranked *items, size_t count, size_t first);

#endif
