/* What the files that implement ir/operation.h share, and nobody else includes. */
#ifndef COCO_IR_OPERATION_INTERNAL_H
#define COCO_IR_OPERATION_INTERNAL_H

#include "ir/definition.h"

enum {
  COCO_MAXIMUM_GROUPS = 64,       /* operand or result groups of one row */
  COCO_MOST_OPERANDS = INT32_MAX /* what their capacity can count */
};

typedef struct coco_operation_counts {
  size_t operands, results, regions, successors;
} coco_operation_counts;

/* An operation with room for COUNTS, everything in it zero but the links back to it. Its operands hold no values yet.
 */
coco_status coco_operation_allocate(coco_context *context, const coco_operation_definition *definition,
                                    const coco_location *location, const coco_operation_counts *counts,
                                    coco_operation **out) COCO_MUST_USE;

void coco_use_link(coco_use *use, coco_value *value); /* the use must not be linked */
void coco_use_unlink(coco_use *use);                  /* harmless when it is not linked */

/* The operations that a traversal meets, without recursion; LIMIT is the operation whose inside is traversed. */
coco_operation *coco_walk_first_inside(const coco_operation *operation); /* NULL: nothing inside */
coco_operation *coco_walk_deepest_first(coco_operation *operation);
coco_operation *coco_walk_next_post_order(const coco_operation *operation, const coco_operation *limit);

/* What the context remembers of OPERATION as a symbol or a table of symbols; it is about to be released. */
void coco_symbol_forget(coco_operation *operation);
void coco_symbol_forget_all(coco_context *context);

#endif
