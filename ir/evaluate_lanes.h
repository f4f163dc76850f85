/* Elementwise evaluation: one function of numbers, applied to scalars and lifted to vectors and tensors. */
#ifndef COCO_IR_EVALUATE_LANES_H
#define COCO_IR_EVALUATE_LANES_H

#include "ir/evaluate.h"

typedef union coco_lane {
  int64_t integer; /* index and integers, as in coco_runtime_value */
  double real;     /* floats */
} coco_lane;

/* OUT from IN, one lane each. FROM and TO are scalar types of the first operand and of the result. OUT is
 * rounded or truncated to TO afterwards. Returns NULL, or what went wrong ("division by zero"). */
typedef const char *(*coco_lane_function)(const coco_type *from, const coco_type *to, const coco_lane *in, coco_lane *out);

enum { COCO_LANE_OPERANDS = 3 };

/* All operands but scalars have the shape of the result, which is operation->results[0]'s type. */
coco_status coco_evaluate_lanes(coco_evaluation *evaluation, const coco_operation *operation, const coco_runtime_value *operands,
                                coco_runtime_value *results, coco_lane_function function) COCO_MUST_USE;

coco_lane coco_lane_read(const coco_type *scalar, const void *element);
void coco_lane_write(const coco_type *scalar, void *element, coco_lane lane);
/* The lane that a scalar value is, and back. */
coco_lane coco_lane_of(const coco_runtime_value *value);
coco_runtime_value coco_lane_value(const coco_type *type, coco_lane lane);
/* a * b + c rounded once to TYPE, a float. */
double coco_lane_fma(const coco_type *type, double a, double b, double c);

#endif
