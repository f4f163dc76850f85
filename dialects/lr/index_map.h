/* Index maps of lr ops: affine maps from one index to the place of an element in a row-major tensor. */
#ifndef COCO_DIALECTS_LR_INDEX_MAP_H
#define COCO_DIALECTS_LR_INDEX_MAP_H

#include "ir/affine.h"
#include "ir/type.h"

enum { COCO_LR_MAX_RANK = 16 };

/* Bounds of EXPRESSION when dimension i runs over [0, extents[i]); not always tight. False: no bounds (symbols,
 * overflow, bad divisors). */
bool coco_lr_affine_range(const coco_affine_expression *expression, const int64_t *extents, int64_t *low,
                          int64_t *high);
/* Whether MAP certainly takes each index below the RANK extents to an index inside TENSOR. An empty box is always
 * inside. */
bool coco_lr_map_stays_inside(const coco_affine_map *map, const int64_t *extents, size_t rank, const coco_type *tensor);

/* EXPRESSION as base + sum of coefficients[i] * d_i over RANK dimensions; false when it is not of that form. Adds to
 * what is there. */
bool coco_lr_affine_linear(const coco_affine_expression *expression, int64_t scale, int64_t *coefficients, size_t rank,
                           int64_t *base);

/* A map joined with the strides of a dense tensor. */
typedef struct coco_lr_index_map {
  const coco_affine_map *map;
  bool linear; /* position = base + sum of coefficients[i] * index[i] */
  int64_t base;
  int64_t coefficients[COCO_LR_MAX_RANK];
  int64_t strides[COCO_LR_MAX_RANK]; /* of the tensor */
} coco_lr_index_map;

/* RANK: of the indices. The map must stay inside TENSOR. */
void coco_lr_index_map_make(coco_lr_index_map *index_map, const coco_affine_map *map, size_t rank,
                            const coco_type *tensor);
/* Row-major position of the element that INDEX is taken to. */
int64_t coco_lr_index_map_at(const coco_lr_index_map *index_map, const int64_t *index);

#endif
