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

static void swap(coco_ranked *a, coco_ranked *b) {
  const coco_ranked kept = *a;
  *a = *b;
  *b = kept;
}

/* The median of the first, the middle and the last item goes to the front. */
static void choose_pivot(coco_ranked *items, size_t count) {
  coco_ranked *first = items, *middle = items + count / 2, *last = items + count - 1;
  if (compare_ranked(middle, last) > 0) swap(middle, last);
  if (compare_ranked(first, middle) > 0) swap(first, middle);
  if (compare_ranked(middle, last) > 0) swap(middle, last);
  swap(first, middle);
}

/* Items before the pivot, it, those behind; where it stands. No two are equal. */
static size_t divide(coco_ranked *items, size_t count) {
  choose_pivot(items, count);
  size_t low = 1, high = count - 1;
  for (;;) {
    while (low <= high && compare_ranked(&items[low], &items[0]) < 0) ++low;
    while (low <= high && compare_ranked(&items[high], &items[0]) > 0) --high;
    if (low >= high) break;
    swap(&items[low++], &items[high--]);
  }
  swap(&items[0], &items[high]);
  return high;
}

void coco_select_ranked(coco_ranked *items, size_t count, size_t first) {
  enum { FEW = 16, MOST_ROUNDS = 64 };
  for (int round = 0; count > FEW && first > 0 && first < count && round < MOST_ROUNDS; ++round) {
    const size_t at = divide(items, count);
    if (first <= at) {
      count = at;
    } else {
      items += at + 1;
      count -= at + 1;
      first -= at + 1;
    }
  }
  if (first > 0 && first < count) coco_sort_ranked(items, count);
}
