/* Orders the operations of blocks whose order means nothing (those of graph regions) so that values are defined before
 * they are used, where no cycle is in the way; operations that are in order keep their order.
 *
 * A block is gone through again and again: an operation is taken when everything that it and its regions use from this
 * block is taken; a round in which none could be takes the first that is left. As mlir-opt orders them. A round may go
 * through all that is left: quadratic in the worst case, linear when a block is in order. */
#include "passes/passes.h"

enum { MOVED };
static const char *const statistics[] = {"operations moved"};

/* What OPERATION or its regions use from BLOCK, itself left aside, is all taken. */
static bool is_ready(coco_operation *operation, const coco_block *block, const coco_pointer_map *left) {
  for (coco_operation *inner = operation; inner; inner = coco_walk_next(inner, operation))
    for (size_t i = 0; i < inner->operand_count; ++i) {
      const coco_operation *used = coco_value_operation(coco_operation_operand(inner, i));
      while (used && used->block && used->block != block) used = coco_operation_parent(used);
      if (used && used != operation && coco_pointer_map_contains(left, used)) return false;
    }
  return true;
}

static void take(coco_pass *pass, coco_operation *operation, coco_operation **front, coco_pointer_map *left) {
  coco_pointer_map_remove(left, operation);
  if (operation == *front) {
    *front = operation->next;
    return;
  }
  coco_operation_detach(operation);
  coco_operation_insert_before(operation, *front);
  ++pass->statistics[MOVED];
  pass->changed = true;
}

static void sort(coco_pass *pass, coco_block *block, const coco_operation *end, coco_pointer_map *left) {
  coco_operation *front = block->first; /* what is before it is taken */
  while (front && front != end) {
    bool any = false;
    for (coco_operation *operation = front, *next; operation && operation != end; operation = next) {
      next = operation->next;
      if (!is_ready(operation, block, left)) continue;
      take(pass, operation, &front, left);
      any = true;
    }
    if (!any) take(pass, front, &front, left);
  }
}

static coco_status sort_block(coco_pass *pass, coco_block *block) {
  /* Of an unregistered operation nobody knows whether it must come last; here it need not. */
  const coco_operation *end = block->last;
  if (!end || !coco_operation_has_trait(end, COCO_TERMINATOR) || !end->definition->is_registered) end = NULL;
  coco_pointer_map left = {.allocator = coco_context_allocator(pass->context)};
  coco_status status = COCO_OK;
  for (coco_operation *o = block->first; o && o != end && status == COCO_OK; o = o->next)
    status = coco_pointer_map_set(&left, o, o);
  if (status == COCO_OK) sort(pass, block, end, &left);
  coco_pointer_map_free(&left);
  return status;
}

static coco_status run(coco_pass *pass, coco_operation *root) {
  for (coco_operation *operation = root; operation; operation = coco_walk_next(operation, root)) {
    if (!coco_operation_has_trait(operation, COCO_GRAPH_REGION)) continue;
    for (size_t r = 0; r < operation->region_count; ++r)
      for (coco_block *block = coco_operation_region(operation, r)->first; block; block = block->next)
        COCO_TRY(sort_block(pass, block));
  }
  return COCO_OK;
}

const coco_pass_definition coco_pass_topological_sort = {
    .name = "topological-sort",
    .documentation = "Order the operations of graph regions so that values are defined before they are used.",
    .statistics = statistics,
    .statistic_count = sizeof statistics / sizeof *statistics,
    .run = run};
