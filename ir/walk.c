/* Walking an operation and everything inside it, without recursion: parents and list links say where to go on. */
#include "ir/operation_internal.h"

static coco_operation *first_from_block(const coco_block *block) {
  while (block && !block->first) block = block->next;
  return block ? block->first : NULL;
}

static coco_operation *first_from_region(const coco_operation *operation, size_t region) {
  for (; region < operation->region_count; ++region) {
    coco_operation *first = first_from_block(coco_operation_region(operation, region)->first);
    if (first) return first;
  }
  return NULL;
}

coco_operation *coco_walk_first_inside(const coco_operation *operation) { return first_from_region(operation, 0); }

coco_operation *coco_walk_deepest_first(coco_operation *operation) {
  for (coco_operation *inner; (inner = coco_walk_first_inside(operation)) != NULL;) operation = inner;
  return operation;
}

/* The next operation inside the same parent, in its block, a later block or a later region. */
static coco_operation *next_in_parent(const coco_operation *operation) {
  if (operation->next) return operation->next;
  const coco_block *block = operation->block;
  coco_operation *next = first_from_block(block->next);
  if (next) return next;
  const coco_operation *parent = block->region->owner;
  return first_from_region(parent, (size_t)(block->region - coco_operation_regions(parent)) + 1);
}

coco_operation *coco_walk_next_outside(const coco_operation *operation, const coco_operation *limit) {
  for (; operation != limit; operation = coco_operation_parent(operation)) {
    coco_operation *next = next_in_parent(operation);
    if (next) return next;
  }
  return NULL;
}

coco_operation *coco_walk_next(const coco_operation *operation, const coco_operation *root) {
  if (!operation->region_count && operation->next && operation != root) return operation->next; /* nearly always */
  coco_operation *inner = coco_walk_first_inside(operation);
  return inner ? inner : coco_walk_next_outside(operation, root);
}

coco_operation *coco_walk_next_post_order(const coco_operation *operation, const coco_operation *limit) {
  if (operation == limit) return NULL;
  coco_operation *next = operation->next;
  if (next && !next->region_count) return next;
  next = next_in_parent(operation);
  return next ? coco_walk_deepest_first(next) : coco_operation_parent(operation);
}

static bool walk_pre_order(coco_operation *root, coco_walk_function function, void *user) {
  for (coco_operation *operation = root; operation;) {
    coco_walk_result result = function(operation, user);
    if (result == COCO_WALK_STOP) return false;
    operation = result == COCO_WALK_SKIP ? coco_walk_next_outside(operation, root) : coco_walk_next(operation, root);
  }
  return true;
}

bool coco_operation_walk(coco_operation *operation, coco_walk_order order, coco_walk_function function, void *user) {
  if (order == COCO_PRE_ORDER) return walk_pre_order(operation, function, user);
  for (coco_operation *inner = coco_walk_deepest_first(operation); inner;) {
    coco_operation *next = coco_walk_next_post_order(inner, operation);
    if (function(inner, user) == COCO_WALK_STOP) return false;
    inner = next;
  }
  return true;
}
