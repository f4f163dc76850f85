/* Small arithmetic on sizes. */
#ifndef COCO_IR_BASE_ARITHMETIC_H
#define COCO_IR_BASE_ARITHMETIC_H

#include <stdint.h>

/* How many parts of BY hold VALUE. VALUE is not negative, BY positive, their sum no overflow. */
static inline int64_t coco_ceil_divide(int64_t value, int64_t by) { return (value + by - 1) / by; }

#endif
