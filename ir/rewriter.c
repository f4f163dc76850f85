/* Changing IR under the driver's eyes: every change puts what it may affect on the worklist. */
#include "ir/rewriter.h"

#include "ir/operation_internal.h"
#include "ir/rewriter_internal.h"

/* ---- Worklist ---- */

coco_status coco_worklist_push(coco_worklist *list, coco_operation *operation) {
  if (coco_pointer_map_contains(&list->positions, operation)) return COCO_OK;
  COCO_TRY(coco_vector_push(list->allocator, &list->stack, operation));
  return coco_pointer_map_set(&list->positions, operation, (void *)(uintptr_t)list->stack.count);
}

coco_operation *coco_worklist_pop(coco_worklist *list) {
  while (list->stack.count) {
    coco_operation *operation = list->stack.items[--list->stack.count];
    if (!operation) continue;
    coco_pointer_map_remove(&list->positions, operation);
    return operation;
  }
  return NULL;
}

void coco_worklist_remove(coco_worklist *list, const coco_operation *operation) {
  uintptr_t position = (uintptr_t)coco_pointer_map_get(&list->positions, operation);
  if (!position) return;
  list->stack.items[position - 1] = NULL;
  coco_pointer_map_remove(&list->positions, operation);
}

void coco_worklist_free(coco_worklist *list) {
  coco_vector_free(list->allocator, &list->stack);
  coco_pointer_map_free(&list->positions);
}

/* ---- Telling the driver ---- */

void coco_rewriter_enqueue(coco_rewriter *rewriter, coco_operation *operation) {
  if (rewriter->one_walk) return;
  coco_status status = coco_worklist_push(&rewriter->worklist, operation);
  if (rewriter->status == COCO_OK) rewriter->status = status;
}

void coco_rewriter_enqueue_users(coco_rewriter *rewriter, const coco_operation *operation) {
  for (size_t i = 0; i < operation->result_count; ++i)
    for (const coco_use *use = operation->results[i].first_use; use; use = use->next)
      coco_rewriter_enqueue(rewriter, use->owner);
}

/* What defines OPERATION's operands may be dead, or have one use, once it is gone. */
static void enqueue_definers(coco_rewriter *rewriter, const coco_operation *operation) {
  for (size_t i = 0; i < operation->operand_count; ++i) {
    coco_value *value = operation->operands[i].value;
    coco_operation *definer = value ? coco_value_operation(value) : NULL;
    if (definer && definer != rewriter->root) coco_rewriter_enqueue(rewriter, definer);
  }
}

static void forget(coco_rewriter *rewriter, coco_operation *operation) {
  coco_constant_pool_forget(&rewriter->constants, operation);
  coco_worklist_remove(&rewriter->worklist, operation);
}

/* ---- For patterns ---- */

coco_builder *coco_rewriter_builder(coco_rewriter *rewriter) { return &rewriter->builder; }
coco_context *coco_rewriter_context(coco_rewriter *rewriter) { return rewriter->context; }

void coco_rewriter_changed(coco_rewriter *rewriter, coco_operation *operation) {
  coco_rewriter_enqueue(rewriter, operation);
  coco_rewriter_enqueue_users(rewriter, operation);
}

void coco_rewriter_erase(coco_rewriter *rewriter, coco_operation *operation) {
  /* The definers enter first: those that stand inside leave again with everything else there. */
  for (coco_operation *each = operation; each; each = coco_walk_next(each, operation)) enqueue_definers(rewriter, each);
  for (coco_operation *inner = coco_walk_deepest_first(operation); inner != operation;
       inner = coco_walk_next_post_order(inner, operation))
    forget(rewriter, inner);
  forget(rewriter, operation);
  if (rewriter->builder.before == operation) rewriter->builder.before = operation->next;
  coco_operation_erase(operation);
}

coco_status coco_rewriter_replace(coco_rewriter *rewriter, coco_operation *operation, coco_value *const *values,
                                  size_t count) {
  if (rewriter->builder.status != COCO_OK) return rewriter->builder.status;
  if (count != operation->result_count) return COCO_INVALID_ARGUMENT;
  for (size_t i = 0; i < count; ++i)
    if (values[i] && values[i]->owner == operation) return COCO_INVALID_ARGUMENT;
  coco_rewriter_enqueue_users(rewriter, operation);
  for (size_t i = 0; i < count; ++i) {
    if (!values[i]) {
      if (operation->results[i].first_use) return COCO_INVALID_ARGUMENT;
      continue;
    }
    coco_value_replace_all_uses(&operation->results[i], values[i]);
    coco_operation *definer = coco_value_operation(values[i]);
    if (definer && definer != rewriter->root) coco_rewriter_enqueue(rewriter, definer);
  }
  coco_rewriter_erase(rewriter, operation);
  return rewriter->status;
}

coco_status coco_rewriter_replace_one(coco_rewriter *rewriter, coco_operation *operation, coco_value *value) {
  return coco_rewriter_replace(rewriter, operation, &value, 1);
}
