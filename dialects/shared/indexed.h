/* Reference gathering and scattering of slices by index, for the evaluations of every level. Nothing here allocates. */
#ifndef COCO_DIALECTS_SHARED_INDEXED_H
#define COCO_DIALECTS_SHARED_INDEXED_H

#include "dialects/shared/reduction.h"

/* A tensor [outer, extent, inner] of ELEMENTs, and COUNT indices along its middle axis. */
typedef struct coco_indexed {
  const coco_type *element, *index; /* element types */
  int64_t outer, extent, inner, count;
  const void *indices;
} coco_indexed;

/* INDICES (their type, their data) along AXIS of a tensor of type INPUT. */
coco_indexed coco_indexed_make(const coco_type *input, size_t axis, const coco_type *indices, const void *data);
/* False when an index is outside -extent..extent - 1: *out is the first such one. */
bool coco_indexed_check(const coco_indexed *indexed, int64_t *out);
/* OUTPUT [outer, count, inner] from INPUT. Indices count modulo the extent, which is not 0 when there are any. */
void coco_gather_slices(const coco_indexed *indexed, const void *input, void *output);
/* UPDATES [outer, count, inner] into OUTPUT [outer, extent, inner], in order; KIND as in coco_combine. */
void coco_scatter_slices(const coco_indexed *indexed, const coco_reduction *kind, const void *updates, void *output);

/* What a scatter's property says: false: nothing is combined ("none"). */
bool coco_scatter_reduction(coco_string name, coco_reduction *out);

#endif
