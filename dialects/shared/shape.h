/* Extents of tensors: checked arithmetic, broadcasting, walking over indices. Written once for every dialect with tensors.
 *
 * Extents are not negative, or COCO_DYNAMIC where not known. Nothing here allocates. */
#ifndef COCO_DIALECTS_SHARED_SHAPE_H
#define COCO_DIALECTS_SHARED_SHAPE_H

#include "ir/type.h"

/* Tensors of a higher rank are refused by every operator that looks at extents. */
enum { COCO_MAXIMUM_RANK = 32 };

typedef struct coco_extents {
  size_t rank;
  int64_t at[COCO_MAXIMUM_RANK];
} coco_extents;

/* Sum and product of two extents or counts that are not negative; false when they do not fit. */
static inline bool coco_extent_add(int64_t a, int64_t b, int64_t *out) {
  if (a > INT64_MAX - b) return false;
  *out = a + b;
  return true;
}
static inline bool coco_extent_multiply(int64_t a, int64_t b, int64_t *out) {
  if (b != 0 && a > INT64_MAX / b) return false;
  *out = a * b;
  return true;
}

/* False when TYPE's rank is over the limit. TYPE is ranked. */
bool coco_extents_of(const coco_type *type, coco_extents *out);
/* Product of COUNT extents; COCO_DYNAMIC when one is, and none is 0. False when it does not fit. */
bool coco_extents_product(const int64_t *extents, size_t count, int64_t *out);
/* Row-major strides in elements. The product of the extents must be known to fit. */
void coco_extents_strides(const coco_extents *extents, int64_t *strides);

/* numpy's rule: aligned at the end, 1 stretches. A dynamic extent beside one over 1 becomes that one.
 * False when the shapes do not go together or the rank is over the limit. */
bool coco_broadcast(const coco_extents *a, const coco_extents *b, coco_extents *out);
/* Strides with which a row-major tensor of OPERAND's extents is read by an index of RESULT: 0 where it is stretched. */
void coco_broadcast_strides(const coco_extents *operand, const coco_extents *result, int64_t *strides);
/* Whether OPERAND stretches to exactly RESULT (static shapes). */
bool coco_broadcasts_to(const coco_extents *operand, const coco_extents *result);

/* The next index in row-major order, of the first RANK axes; false after the last one (the index is then all 0). */
bool coco_index_next(const int64_t *extents, size_t rank, int64_t *index);
int64_t coco_index_offset(const int64_t *index, const int64_t *strides, size_t rank);

#endif
