/* Kernels to patterns with a quota for each pattern: the exact optimum. */
#ifndef COCO_PRUNING_ASSIGNMENT_H
#define COCO_PRUNING_ASSIGNMENT_H

#include "ir/base/memory.h"

enum { COCO_UNASSIGNED = -1 };

/* ENERGY[channel * patterns + pattern] >= 0, finite or not. Fills CHOICE with a pattern for each channel, or COCO_UNASSIGNED,
 * so that no pattern is chosen more than its quota and the sum of the energies is the largest; as many channels as
 * possible are assigned. */
coco_status coco_assign_patterns(const double *energy, size_t channels, size_t patterns, const size_t *quotas,
                                 const coco_allocator *allocator, int *choice) COCO_MUST_USE;

#endif
