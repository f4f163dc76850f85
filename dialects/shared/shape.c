/* Extents of tensors; see shape.h. Cost: linear in the rank. */
#include "dialects/shared/shape.h"

bool coco_extents_of(const coco_type *type, coco_extents *out) {
  if (type->rank > COCO_MAXIMUM_RANK) return false;
  out->rank = type->rank;
  for (size_t i = 0; i < out->rank; ++i) out->at[i] = type->shape[i];
  return true;
}

bool coco_extents_product(const int64_t *extents, size_t count, int64_t *out) {
  bool dynamic = false;
  for (size_t i = 0; i < count; ++i) {
    if (extents[i] == 0) {
      *out = 0;
      return true;
    }
    if (extents[i] == COCO_DYNAMIC) dynamic = true;
  }
  int64_t product = 1;
  for (size_t i = 0; i < count; ++i)
    if (extents[i] != COCO_DYNAMIC && !coco_extent_multiply(product, extents[i], &product)) return false;
  *out = dynamic ? COCO_DYNAMIC : product;
  return true;
}

void coco_extents_strides(const coco_extents *extents, int64_t *strides) {
  int64_t stride = 1;
  for (size_t i = extents->rank; i-- > 0;) {
    strides[i] = stride;
    /* An extent of 0 leaves nothing to address, so any stride will do. */
    if (extents->at[i] > 0) stride *= extents->at[i];
  }
}

bool coco_broadcast(const coco_extents *a, const coco_extents *b, coco_extents *out) {
  const size_t rank = a->rank > b->rank ? a->rank : b->rank;
  coco_extents result = {.rank = rank};
  for (size_t i = 0; i < rank; ++i) {
    const int64_t left = i + a->rank < rank ? 1 : a->at[i + a->rank - rank];
    const int64_t right = i + b->rank < rank ? 1 : b->at[i + b->rank - rank];
    if (left == right || right == 1) {
      result.at[i] = left;
    } else if (left == 1 || left == COCO_DYNAMIC) {
      result.at[i] = right;
    } else if (right == COCO_DYNAMIC) {
      result.at[i] = left;
    } else {
      return false;
    }
  }
  *out = result;
  return true;
}

void coco_broadcast_strides(const coco_extents *operand, const coco_extents *result, int64_t *strides) {
  int64_t own[COCO_MAXIMUM_RANK];
  coco_extents_strides(operand, own);
  const size_t missing = result->rank - operand->rank;
  for (size_t i = 0; i < result->rank; ++i)
    strides[i] = i < missing || operand->at[i - missing] == 1 ? 0 : own[i - missing];
}

bool coco_broadcasts_to(const coco_extents *operand, const coco_extents *result) {
  if (operand->rank > result->rank) return false;
  const size_t missing = result->rank - operand->rank;
  for (size_t i = 0; i < operand->rank; ++i) {
    if (operand->at[i] == COCO_DYNAMIC || result->at[i + missing] == COCO_DYNAMIC) return false;
    if (operand->at[i] != 1 && operand->at[i] != result->at[i + missing]) return false;
  }
  return true;
}

bool coco_index_next(const int64_t *extents, size_t rank, int64_t *index) {
  for (size_t i = rank; i-- > 0;) {
    if (++index[i] < extents[i]) return true;
    index[i] = 0;
  }
  return false;
}

int64_t coco_index_offset(const int64_t *index, const int64_t *strides, size_t rank) {
  int64_t offset = 0;
  for (size_t i = 0; i < rank; ++i) offset += index[i] * strides[i];
  return offset;
}
