/* Lane functions of arith that other dialects combine values with. */
#ifndef COCO_DIALECTS_ARITH_LANES_H
#define COCO_DIALECTS_ARITH_LANES_H

#include "ir/evaluate_lanes.h"

/* For a vector's kind of reduction ("add", "maxsi", "maximumf"); NULL: none of this kind. */
coco_lane_function coco_arith_integer_combiner(coco_string kind);
coco_lane_function coco_arith_float_combiner(coco_string kind);

#endif
