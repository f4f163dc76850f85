/* The stored form of lr.pattern_conv, for those who look into it or change it. */
#ifndef COCO_DIALECTS_LR_PATTERN_H
#define COCO_DIALECTS_LR_PATTERN_H

#include "dialects/pattern/fkw.h"
#include "ir/operation.h"

/* The plain form of CONV, without shifts, checked, in ARENA. *out_wrong says what is wrong, NULL when nothing is;
 * *out_known is false, and OUT untouched, when its arrays are no constants at hand. */
coco_status coco_lr_pattern_read(const coco_operation *conv, coco_arena *arena, coco_fkw *out, bool *out_known,
                                 const char **out_wrong) COCO_MUST_USE;

#endif
