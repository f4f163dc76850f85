/* See kernels.h. */
#include "pruning/kernels.h"

#include <math.h>
#include <stdlib.h>

double coco_kernel_energy(const float *kernel, size_t positions, uint64_t mask) {
  double sum = 0;
  for (size_t i = 0; i < positions; ++i)
    if (mask >> i & 1) sum += (double)kernel[i] * (double)kernel[i];
  return isnan(sum) ? (double)INFINITY : sum;
}

static int compare_ranked(const void *left, const void *right) {
  const coco_ranked *a = left, *b = right;
  if (a->value != b->value) return a->value > b->value ? -1 : 1;
  return a->index < b->index ? -1 : a->index > b->index;
}

void coco_sort_ranked(coco_ranked *items, size_t count) {
  if (count > 1) qsort(items, count, sizeof *items, compare_ranked);
}
