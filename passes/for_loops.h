/* What the passes on scf.for share. */
#ifndef COCO_PASSES_FOR_LOOPS_H
#define COCO_PASSES_FOR_LOOPS_H

#include "ir/builder.h"

enum { COCO_FOR_BOUNDS = 3 }; /* operands of scf.for before the initial values */

/* How many turns LOOP has, when its bounds and its step are constants. False: not known. */
bool coco_for_turns(const coco_operation *loop, int64_t *out_turns);
/* The value of a constant integer or index. */
bool coco_value_integer(const coco_value *value, int64_t *out);
/* An scf.for that carries INITS; its body has its arguments, and no operations yet. NULL: the
 * builder's status tells. */
coco_operation *coco_build_for(coco_builder *builder, coco_value *lower, coco_value *upper, coco_value *step,
                               coco_value *const *inits, size_t init_count);
/* arith.constant of an integer or index type. */
coco_value *coco_build_integer(coco_builder *builder, const coco_type *type, int64_t value);
/* scf.for inside ROOT, inner ones first; with INNERMOST those alone that hold no other loop. To be freed
 * by the caller. */
typedef COCO_VECTOR_OF(coco_operation *) coco_loops;
coco_status coco_find_for_loops(coco_operation *root, bool innermost, coco_loops *out) COCO_MUST_USE;

#endif
