/* Projections: which weights of a layer stay, so that as much energy (sum of squares) as possible is kept under a
 * constraint.
 *
 * The joint projection is exact: a kernel's worth is the energy under its best pattern, kernels are independent, so the
 * kernels of greatest worth stay, each under its best pattern. The published way in two steps ranks kernels by their whole energy
 * first; the two differ where a kernel's energy lies outside every pattern. */
#ifndef COCO_PRUNING_PROJECTION_H
#define COCO_PRUNING_PROJECTION_H

#include "dialects/prune/prune.h"
#include "pruning/kernels.h"

typedef struct coco_projection {
  const uint64_t *masks; /* 1 to COCO_PATTERN_MAXIMUM_COUNT; one full mask: connectivity alone */
  size_t mask_count;
  double rate; /* of `rate` kernels one stays, at least 1 */
  coco_balance balance;
  size_t span;    /* balanced runs: input channels in a group; 0: all */
  bool two_steps; /* kernels are ranked by their whole energy; not with balanced runs */
} coco_projection;

/* How many of COUNT stay: COUNT / RATE, rounded up. */
size_t coco_kept_count(size_t count, double rate);
/* Run lengths that filters have in a group of CHANNELS: equal, COUNT of them together as near CHANNELS / RATE as whole
 * runs allow. Where not even runs of 1 are so few, the first patterns have one kernel each; where all channels stay, the first
 * patterns have one more. */
void coco_run_lengths(size_t channels, size_t count, double rate, size_t *lengths);

/* KEPT: a mask for each kernel, filters * channels. Kernels whose worth is zero are removed. COCO_INVALID_ARGUMENT: no
 * masks, a rate below 1. Cost: sorting; balanced runs: kept kernels x channels x patterns for each filter. */
coco_status coco_project_patterns(const coco_kernels *kernels, const coco_projection *projection,
                                  const coco_allocator *allocator, uint64_t *kept) COCO_MUST_USE;

/* Block-punched: the kernels of BLOCK_FILTERS filters and BLOCK_CHANNELS channels keep the same positions. Of all (block, position)
 * pairs of the layer, one in RATE stays, those of greatest mean energy. With one position: blocks of a matrix. */
coco_status coco_project_blocks(const coco_kernels *kernels, size_t block_filters, size_t block_channels, double rate,
                                const coco_allocator *allocator, uint64_t *kept) COCO_MUST_USE;

typedef enum coco_violation_kind {
  COCO_VIOLATES_NOTHING,
  COCO_VIOLATES_SET,    /* the kernel of filter and channel fits no pattern */
  COCO_VIOLATES_LAYER,  /* too many kernels in all */
  COCO_VIOLATES_FILTER, /* too many in the filter */
  COCO_VIOLATES_RUNS,   /* of the filter's kernels from the channel on, not all have a place in runs of equal length */
  COCO_VIOLATES_BLOCKS  /* too many positions of blocks in all */
} coco_violation_kind;

/* Where weights break their constraint. */
typedef struct coco_violation {
  coco_violation_kind kind;
  size_t filter, channel;
  size_t found, allowed; /* what is counted */
} coco_violation;
/* Kernels of zeros count as removed. */
coco_status coco_check_patterns(const coco_kernels *kernels, const coco_projection *projection,
                                const coco_allocator *allocator, coco_violation *out) COCO_MUST_USE;
coco_violation coco_check_blocks(const coco_kernels *kernels, size_t block_filters, size_t block_channels, double rate);

#endif
