/* Small arithmetic on sizes. */
#ifndef COCO_IR_BASE_ARITHMETIC_H
#define COCO_IR_BASE_ARITHMETIC_H

#include <stdint.h>

/* How many parts of BY hold VALUE. VALUE is not negative, BY positive. */
static inline int64_t coco_ceil_divide(int64_t value, int64_t by) { return value / by + (value % by != 0); }

/* Sums and products of numbers that are not negative; the largest number where they would be larger. */
static inline int64_t coco_add_saturated(int64_t a, int64_t b) {
  int64_t sum;
  return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}
static inline int64_t coco_multiply_saturated(int64_t a, int64_t b) {
  int64_t product;
  return __builtin_mul_overflow(a, b, &product) ? INT64_MAX : product;
}

#endif
