/* Affine expressions and maps: (d0, d1)[s0] -> (d0 + s0, d1 floordiv 2). Uniqued in the context, simplified on construction. */
#ifndef COCO_IR_AFFINE_H
#define COCO_IR_AFFINE_H

#include "ir/forward.h"

typedef enum coco_affine_kind {
  COCO_AFFINE_CONSTANT, /* value */
  COCO_AFFINE_DIMENSION, /* value is the position */
  COCO_AFFINE_SYMBOL,    /* value is the position */
  COCO_AFFINE_ADD, COCO_AFFINE_MULTIPLY, COCO_AFFINE_MODULO, COCO_AFFINE_FLOOR_DIVIDE, COCO_AFFINE_CEIL_DIVIDE
} coco_affine_kind;

struct coco_affine_expression {
  coco_affine_kind kind;
  int64_t value;
  const coco_affine_expression *left, *right;
};

struct coco_affine_map {
  uint32_t dimension_count, symbol_count, result_count;
  const coco_affine_expression *const *results;
};

/* NULL when memory runs out. Modulo and divisions by a constant that is not positive stay unsimplified. */
const coco_affine_expression *coco_affine_constant(coco_context *context, int64_t value);
const coco_affine_expression *coco_affine_dimension(coco_context *context, uint32_t position);
const coco_affine_expression *coco_affine_symbol(coco_context *context, uint32_t position);
const coco_affine_expression *coco_affine_binary(coco_context *context, coco_affine_kind kind,
                                                 const coco_affine_expression *left,
                                                 const coco_affine_expression *right);
const coco_affine_map *coco_affine_map_create(coco_context *context, uint32_t dimension_count, uint32_t symbol_count,
                                           const coco_affine_expression *const *results, uint32_t result_count);
const coco_affine_map *coco_affine_map_identity(coco_context *context, uint32_t rank);
bool coco_affine_map_is_identity(const coco_affine_map *map);

/* The quotient towards minus infinity. B is not 0, nor -1 beside the least A. */
static inline int64_t coco_floor_divide(int64_t a, int64_t b) {
  return a / b - (a % b != 0 && (a % b < 0) != (b < 0));
}

/* Evaluates; false on division by a value that is not positive, or overflow. */
bool coco_affine_evaluate(const coco_affine_expression *expression, const int64_t *dimensions,
                          const int64_t *symbols, int64_t *out);
bool coco_affine_map_evaluate(const coco_affine_map *map, const int64_t *dimensions, const int64_t *symbols, int64_t *out);
/* The map that applies INNER first: outer(inner(x)). */
const coco_affine_map *coco_affine_map_compose(coco_context *context, const coco_affine_map *outer, const coco_affine_map *inner);

#endif
