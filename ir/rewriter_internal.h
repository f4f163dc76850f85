/* The rewriter's state: what ir/rewriter.c and ir/greedy.c share. Internal to ir/. */
#ifndef COCO_IR_REWRITER_INTERNAL_H
#define COCO_IR_REWRITER_INTERNAL_H

#include "ir/fold.h"
#include "ir/rewriter.h"

/* Operations still to be looked at: the latest first, each at most once. */
typedef struct coco_worklist {
  const coco_allocator *allocator;
  COCO_VECTOR_OF(coco_operation *) stack; /* NULL: removed since */
  coco_pointer_map positions;             /* to position + 1 */
} coco_worklist;
coco_status coco_worklist_push(coco_worklist *list, coco_operation *operation) COCO_MUST_USE;
coco_operation *coco_worklist_pop(coco_worklist *list); /* NULL: empty */
void coco_worklist_remove(coco_worklist *list, const coco_operation *operation);
void coco_worklist_free(coco_worklist *list);

struct coco_rewriter {
  coco_context *context;
  coco_operation *root;
  coco_builder builder;
  coco_worklist worklist;
  coco_constant_pool constants;
  coco_folder folder;
  bool one_walk;      /* nothing comes onto the worklist */
  coco_status status; /* the first failure of bookkeeping that could not be returned */
};

void coco_rewriter_enqueue(coco_rewriter *rewriter, coco_operation *operation);
void coco_rewriter_enqueue_users(coco_rewriter *rewriter, const coco_operation *operation);

#endif
