/* Integer ranges: between which numbers a value stays, whatever the program is given. */
#ifndef COCO_PASSES_INTEGER_RANGES_H
#define COCO_PASSES_INTEGER_RANGES_H

#include "ir/analysis.h"
#include "ir/operation.h"

/* From LOW to HIGH, both included, of an integer of up to 64 bits or an index as a signed number; of an i1: 0 to 1. */
typedef struct coco_integer_range {
  int64_t low, high;
} coco_integer_range;

typedef struct coco_integer_ranges coco_integer_ranges; /* valid until operations or their operands change */
extern const coco_analysis_definition coco_integer_ranges_analysis;

/* False: VALUE is none of these. What nothing is known of has the range of its type. */
bool coco_integer_range_of(const coco_integer_ranges *ranges, const coco_value *value, coco_integer_range *out);
bool coco_integer_range_is_full(const coco_type *type, coco_integer_range range);

#endif
