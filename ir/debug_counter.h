/* Debug counters: of the steps of one kind, the first SKIP and all behind the next COUNT are left out, so that the one
 * step that breaks a program can be searched for.
 *
 *   pattern   a pattern tried on an operation
 *   fold      an operation tried to be folded or found dead
 *   pass      a pass run on an operation
 *
 * With counters one thread runs all passes, so that numbers mean the same step each time. */
#ifndef COCO_IR_DEBUG_COUNTER_H
#define COCO_IR_DEBUG_COUNTER_H

#include "ir/base/text.h"
#include "ir/forward.h"

typedef enum coco_counted {
  COCO_COUNTED_PATTERN,
  COCO_COUNTED_FOLD,
  COCO_COUNTED_PASS,
  COCO_COUNTED_KINDS
} coco_counted;

typedef struct coco_debug_counters {
  struct {
    int64_t skip, count; /* count < 0: no limit */
    int64_t seen;
  } of[COCO_COUNTED_KINDS];
} coco_debug_counters;

#define COCO_DEBUG_COUNTERS_INIT {{{0, -1, 0}, {0, -1, 0}, {0, -1, 0}}}

const char *coco_counted_name(coco_counted kind); /* "pattern" */
/* Adds what TEXT says, "pattern-skip=3,pattern-count=1". The reason, a static text, when it says something else. */
const char *coco_debug_counters_read(coco_debug_counters *counters, coco_string text);

/* The context's counters from now on; borrowed. NULL: none. */
void coco_context_set_debug_counters(coco_context *context, coco_debug_counters *counters);
/* Counts a step, and whether it is to be done. */
bool coco_context_permits(coco_context *context, coco_counted kind);

#endif
