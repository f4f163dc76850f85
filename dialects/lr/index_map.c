/* Ranges, linear forms and evaluation of index maps. Cost: linear in the expressions; recursion is bounded by their
 * depth, which the affine constructors' callers bound. */
#include "dialects/lr/index_map.h"

#include "ir/affine.h"

/* Bound on every intermediate value, so that sums and products of indices stay in 64 bits. */
#define LARGEST ((int64_t)1 << 48)

static int64_t magnitude(int64_t value) { return value < 0 ? -value : value; }

static bool multiply(int64_t a, int64_t b, int64_t *out) {
  if (a != 0 && magnitude(b) > LARGEST / magnitude(a)) return false;
  *out = a * b;
  return true;
}

static bool product_range(const int64_t left[2], const int64_t right[2], int64_t *low, int64_t *high) {
  for (int i = 0; i < 4; ++i) {
    int64_t value;
    if (!multiply(left[i & 1], right[i >> 1], &value)) return false;
    if (i == 0 || value < *low) *low = value;
    if (i == 0 || value > *high) *high = value;
  }
  return true;
}

bool coco_lr_affine_range(const coco_affine_expression *expression, const int64_t *extents, int64_t *low,
                          int64_t *high) {
  if (expression->kind == COCO_AFFINE_CONSTANT) {
    *low = *high = expression->value;
    return magnitude(expression->value) <= LARGEST;
  }
  if (expression->kind == COCO_AFFINE_DIMENSION) {
    *low = 0;
    *high = extents[expression->value] - 1;
    return *high <= LARGEST;
  }
  if (expression->kind == COCO_AFFINE_SYMBOL) return false;
  int64_t left[2], right[2];
  if (!coco_lr_affine_range(expression->left, extents, &left[0], &left[1])) return false;
  if (!coco_lr_affine_range(expression->right, extents, &right[0], &right[1])) return false;
  if (expression->kind == COCO_AFFINE_MULTIPLY) return product_range(left, right, low, high);
  if (expression->kind == COCO_AFFINE_ADD) {
    *low = left[0] + right[0];
    *high = left[1] + right[1];
    return magnitude(*low) <= LARGEST && magnitude(*high) <= LARGEST;
  }
  if (right[0] != right[1] || right[0] < 1) return false;
  int64_t divisor = right[0];
  if (expression->kind == COCO_AFFINE_MODULO) {
    bool within = coco_floor_divide(left[0], divisor) == coco_floor_divide(left[1], divisor);
    *low = within ? left[0] - coco_floor_divide(left[0], divisor) * divisor : 0;
    *high = within ? left[1] - coco_floor_divide(left[1], divisor) * divisor : divisor - 1;
    return true;
  }
  bool up = expression->kind == COCO_AFFINE_CEIL_DIVIDE;
  *low = up ? -coco_floor_divide(-left[0], divisor) : coco_floor_divide(left[0], divisor);
  *high = up ? -coco_floor_divide(-left[1], divisor) : coco_floor_divide(left[1], divisor);
  return true;
}

bool coco_lr_map_stays_inside(const coco_affine_map *map, const int64_t *extents, size_t rank,
                              const coco_type *tensor) {
  if (map->dimension_count != rank || map->symbol_count != 0 || map->result_count != tensor->rank) return false;
  for (size_t i = 0; i < rank; ++i) {
    if (extents[i] == 0) return true;
  }
  for (uint32_t i = 0; i < tensor->rank; ++i) {
    int64_t low, high;
    if (!coco_lr_affine_range(map->results[i], extents, &low, &high)) return false;
    if (low < 0 || high >= tensor->shape[i]) return false;
  }
  return true;
}

bool coco_lr_affine_linear(const coco_affine_expression *expression, int64_t scale, int64_t *coefficients, size_t rank,
                           int64_t *base) {
  switch (expression->kind) {
    case COCO_AFFINE_CONSTANT:
      *base += scale * expression->value;
      return true;
    case COCO_AFFINE_DIMENSION:
      if ((size_t)expression->value >= rank) return false;
      coefficients[expression->value] += scale;
      return true;
    case COCO_AFFINE_ADD:
      return coco_lr_affine_linear(expression->left, scale, coefficients, rank, base) &&
             coco_lr_affine_linear(expression->right, scale, coefficients, rank, base);
    case COCO_AFFINE_MULTIPLY:
      if (expression->right->kind == COCO_AFFINE_CONSTANT) {
        return coco_lr_affine_linear(expression->left, scale * expression->right->value, coefficients, rank, base);
      }
      if (expression->left->kind == COCO_AFFINE_CONSTANT) {
        return coco_lr_affine_linear(expression->right, scale * expression->left->value, coefficients, rank, base);
      }
      return false;
    default:
      return false;
  }
}

void coco_lr_index_map_make(coco_lr_index_map *index_map, const coco_affine_map *map, size_t rank,
                            const coco_type *tensor) {
  *index_map = (coco_lr_index_map){.map = map, .linear = true};
  int64_t stride = 1;
  for (size_t i = tensor->rank; i-- > 0;) {
    index_map->strides[i] = stride;
    stride *= tensor->shape[i];
  }
  for (uint32_t i = 0; i < map->result_count && index_map->linear; ++i) {
    index_map->linear =
        coco_lr_affine_linear(map->results[i], index_map->strides[i], index_map->coefficients, rank, &index_map->base);
  }
  if (!index_map->linear) return;
  for (size_t i = rank; i < COCO_LR_MAX_RANK; ++i) index_map->coefficients[i] = 0;
}

int64_t coco_lr_index_map_at(const coco_lr_index_map *index_map, const int64_t *index) {
  const coco_affine_map *map = index_map->map;
  int64_t position = index_map->linear ? index_map->base : 0;
  if (index_map->linear) {
    for (uint32_t i = 0; i < map->dimension_count; ++i) position += index_map->coefficients[i] * index[i];
    return position;
  }
  for (uint32_t i = 0; i < map->result_count; ++i) {
    int64_t value = 0;
    if (coco_affine_evaluate(map->results[i], index, NULL, &value)) position += value * index_map->strides[i];
  }
  return position;
}
