/* Whether two memrefs may reach the same memory, by where they come from. */
#ifndef COCO_PASSES_ALIAS_H
#define COCO_PASSES_ALIAS_H

#include "ir/operation.h"

enum { COCO_ACCESS_TERMS = 8 };

/* What a load or a store reaches: SIZE bytes from BASE's first byte + OFFSET + the terms' values times their
 * strides. */
typedef struct coco_memory_access {
  const coco_value *base; /* see coco_memory_base */
  bool is_known;          /* false: anywhere in BASE's memory */
  int64_t offset, size;
  size_t term_count;
  struct {
    const coco_value *value; /* of type index, no constant */
    int64_t stride;          /* in bytes */
  } terms[COCO_ACCESS_TERMS];
} coco_memory_access;

/* The memref that VALUE is a view of: an allocation, a global's address, an argument, or what nothing is known of. */
const coco_value *coco_memory_base(const coco_value *value);
/* False: never. Two allocations are two memories, and none of them is an argument's; nor are two globals one. Two
 * arguments may be one memory, unless ARGUMENTS_DIFFER. */
bool coco_memory_may_alias(const coco_value *a, const coco_value *b, bool arguments_differ);

/* Of memref.load, memref.store, vector.load and vector.store; false: OPERATION is none of these. */
bool coco_memory_access_of(const coco_operation *operation, coco_memory_access *out);
/* False: never, where both are made with the same values of their terms. Accesses to one base are told apart by
 * constant offsets, when what is not constant in their indices is the same. */
bool coco_accesses_may_overlap(const coco_memory_access *a, const coco_memory_access *b, bool arguments_differ);

#endif
