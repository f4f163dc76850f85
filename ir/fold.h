/* Folding of one operation, and constants shared within a scope: what drivers and analyses are made of. */
#ifndef COCO_IR_FOLD_H
#define COCO_IR_FOLD_H

#include "ir/evaluate.h"

/* Results larger than this are not computed here; a pass that means to may. */
enum { COCO_FOLD_LIMIT = 1 << 20 };

/* What folding needs besides the operation. Zero-initialise, set `context`. */
typedef struct coco_folder {
  coco_context *context;
  coco_evaluation *evaluation; /* made when first needed */
} coco_folder;
void coco_folder_destroy(coco_folder *folder);

/* Tries, in order: constants to the right of a commutative operation, idempotence and involution, the
 * row's fold, evaluation on constant operands. RESULTS: result_count zeroed entries, filled when *out_folded. */
coco_status coco_fold_attempt(coco_folder *folder, coco_operation *operation, coco_fold_result *results,
                              bool *out_folded, bool *out_changed) COCO_MUST_USE;
/* The same as if the operands were CONSTANTS (NULL where they are none), by the row's fold and evaluation alone. OPERATION
 * stays as it is. Values in RESULTS are operands or what the row found around the operation. */
coco_status coco_fold_given(coco_folder *folder, coco_operation *operation, const coco_attribute *const *constants,
                            coco_fold_result *results, bool *out_folded) COCO_MUST_USE;
/* A detached constant operation, of LIKE's dialect if that can, else of any that can; NULL: none can. */
coco_status coco_materialize(const coco_operation *like, const coco_attribute *value, const coco_type *type,
                             coco_operation **out) COCO_MUST_USE;

/* ---- Constants at the head of the nearest isolated region, each value once ---- */
typedef struct coco_constant_pool {
  const coco_allocator *allocator;
  coco_pointer_map scopes; /* region to coco_constant_scope */
  coco_arena arena;
} coco_constant_pool;

coco_constant_pool coco_constant_pool_create(coco_context *context);
void coco_constant_pool_destroy(coco_constant_pool *pool);
/* CONSTANT stands in the IR: keeps it (moved to the head of its scope: *out_moved) or names the one that says the same
 * in *out_same. */
coco_status coco_constant_pool_add(coco_constant_pool *pool, coco_operation *constant, coco_operation **out_same,
                                   bool *out_moved) COCO_MUST_USE;
/* A constant operation of the scope of USER that has VALUE and TYPE; *out_new tells whether it was made now. NULL: no
 * dialect can. */
coco_status coco_constant_pool_get(coco_constant_pool *pool, coco_operation *user, const coco_attribute *value,
                                   const coco_type *type, coco_operation **out, bool *out_new) COCO_MUST_USE;
/* To be called before OPERATION is erased, and for each operation inside it before. */
void coco_constant_pool_forget(coco_constant_pool *pool, coco_operation *operation);

#endif
