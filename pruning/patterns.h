/* Choosing a set of kernel patterns from the weights of a network.
 *
 * The natural pattern of a kernel is the forced positions (the centre, where the kernel has one) and its largest weights.
 * By frequency: the natural patterns that most kernels have. By coverage: patterns taken one by one, each the one that adds most to
 * the energy that all kernels keep with the best pattern of the set, then moved towards the kernels that chose them as
 * long as the kept energy grows. The first is the published way for 3x3; larger kernels hardly share natural patterns,
 * so they need the second. Both depend on the weights alone. */
#ifndef COCO_PRUNING_PATTERNS_H
#define COCO_PRUNING_PATTERNS_H

#include "pruning/kernels.h"

typedef enum coco_pattern_method { COCO_PATTERNS_BY_FREQUENCY, COCO_PATTERNS_BY_COVERAGE } coco_pattern_method;

/* "frequency" or "coverage". */
bool coco_pattern_method_from(coco_string name, coco_pattern_method *out);

enum { COCO_PATTERN_MAXIMUM_COUNT = 256 };

typedef struct coco_pattern_choice {
  size_t count;    /* patterns wanted, 1 to COCO_PATTERN_MAXIMUM_COUNT */
  size_t entries;  /* positions of each, at most those of a kernel */
  uint64_t forced; /* positions that each has; at most `entries` of them */
  coco_pattern_method method;
  double rate; /* only the strongest of each layer's kernels, one in `rate`, have a say; 1: all */
} coco_pattern_choice;

/* The centre of an odd kernel as a mask; 0 for an even one, and for one without room beside it. */
uint64_t coco_kernel_centre(size_t height, size_t width);
/* FORCED and the largest weights; of equal ones the first. */
uint64_t coco_natural_pattern(const float *kernel, size_t positions, size_t entries, uint64_t forced);

/* Fills MASKS (room for choice->count) and *out_count, most frequent (or most useful) first. Fewer than wanted come out when the
 * kernels have no more natural patterns among them. LAYERS have kernels of one number of positions. Kernels of zeros have no say.
 * Cost: sorting the kernels; by coverage, a table of at most 16384 of them by 256 candidates. */
coco_status coco_choose_patterns(const coco_kernels *layers, size_t layer_count, const coco_pattern_choice *choice,
                                 const coco_allocator *allocator, uint64_t *masks, size_t *out_count) COCO_MUST_USE;

#endif
