/* Blocks and regions: lists of operations and of blocks, and block arguments.
 *
 * Each operation carries a position number with gaps, so that "is before" is a comparison; inserting
 * uses the gap, and only when a gap is used up is the block numbered anew. */
#include "ir/operation_internal.h"

enum { ORDER_STRIDE = 32 };

/* ---- Operations in blocks ---- */

static void number_operations(coco_block *block) {
  uint32_t order = 0;
  for (coco_operation *operation = block->first; operation; operation = operation->next)
    operation->order = (order += ORDER_STRIDE);
  block->order_valid = true;
}

/* Gives a freshly linked operation a number between its neighbours'. */
static void number_inserted(coco_operation *operation) {
  coco_block *block = operation->block;
  if (!operation->previous && !operation->next) {
    operation->order = ORDER_STRIDE;
    block->order_valid = true;
    return;
  }
  if (!block->order_valid) return;
  uint32_t low = operation->previous ? operation->previous->order : 0;
  if (!operation->next) {
    if (low > UINT32_MAX - ORDER_STRIDE) block->order_valid = false;
    operation->order = low + ORDER_STRIDE;
    return;
  }
  uint32_t gap = operation->next->order - low;
  if (gap < 2) block->order_valid = false;
  operation->order = low + gap / 2;
}

static void link(coco_block *block, coco_operation *operation, coco_operation *before) {
  operation->block = block;
  operation->next = before;
  operation->previous = before ? before->previous : block->last;
  if (operation->previous)
    operation->previous->next = operation;
  else
    block->first = operation;
  if (before)
    before->previous = operation;
  else
    block->last = operation;
  number_inserted(operation);
}

void coco_operation_detach(coco_operation *operation) {
  coco_block *block = operation->block;
  if (!block) return;
  if (operation->previous)
    operation->previous->next = operation->next;
  else
    block->first = operation->next;
  if (operation->next)
    operation->next->previous = operation->previous;
  else
    block->last = operation->previous;
  operation->block = NULL;
  operation->previous = operation->next = NULL;
}

void coco_operation_insert_before(coco_operation *operation, coco_operation *anchor) {
  if (operation == anchor) return;
  coco_operation_detach(operation);
  link(anchor->block, operation, anchor);
}

void coco_operation_insert_after(coco_operation *operation, coco_operation *anchor) {
  if (operation == anchor) return;
  coco_operation_detach(operation);
  link(anchor->block, operation, anchor->next);
}

void coco_block_append(coco_block *block, coco_operation *operation) {
  coco_operation_detach(operation);
  link(block, operation, NULL);
}

void coco_block_prepend(coco_block *block, coco_operation *operation) {
  coco_operation_detach(operation);
  link(block, operation, block->first);
}

bool coco_operation_is_before(coco_operation *a, coco_operation *b) {
  if (!a->block->order_valid) number_operations(a->block);
  return a->order < b->order;
}

coco_operation *coco_block_terminator(const coco_block *block) {
  coco_operation *last = block->last;
  if (!last) return NULL;
  return !last->definition->is_registered || (last->definition->traits & COCO_TERMINATOR) ? last : NULL;
}

void coco_block_splice(coco_block *to, coco_operation *anchor, coco_block *from) {
  if (!from->first || to == from) return;
  for (coco_operation *operation = from->first; operation; operation = operation->next) operation->block = to;
  from->first->previous = anchor ? anchor->previous : to->last;
  from->last->next = anchor;
  if (from->first->previous)
    from->first->previous->next = from->first;
  else
    to->first = from->first;
  if (anchor)
    anchor->previous = from->last;
  else
    to->last = from->last;
  from->first = from->last = NULL;
  to->order_valid = false;
}

void coco_block_move_tail(coco_operation *first, coco_block *to) {
  coco_block *from = first->block;
  coco_operation *last = from->last;
  from->last = first->previous;
  if (from->last)
    from->last->next = NULL;
  else
    from->first = NULL;
  first->previous = to->last;
  if (to->last)
    to->last->next = first;
  else
    to->first = first;
  to->last = last;
  for (coco_operation *operation = first; operation; operation = operation->next) operation->block = to;
  to->order_valid = false;
}

/* ---- Blocks in regions ---- */

coco_block *coco_block_create(coco_context *context) {
  coco_block *block = coco_pool_allocate(coco_context_pool(context), sizeof *block);
  if (block) *block = (coco_block){.order_valid = true};
  return block;
}

void coco_region_insert_block(coco_region *region, coco_block *block, coco_block *before) {
  block->region = region;
  block->next = before;
  block->previous = before ? before->previous : region->last;
  if (block->previous)
    block->previous->next = block;
  else
    region->first = block;
  if (before)
    before->previous = block;
  else
    region->last = block;
}

coco_block *coco_region_append_block(coco_context *context, coco_region *region) {
  coco_block *block = coco_block_create(context);
  if (block) coco_region_insert_block(region, block, NULL);
  return block;
}

void coco_block_detach(coco_block *block) {
  coco_region *region = block->region;
  if (!region) return;
  if (block->previous)
    block->previous->next = block->next;
  else
    region->first = block->next;
  if (block->next)
    block->next->previous = block->previous;
  else
    region->last = block->previous;
  block->region = NULL;
  block->previous = block->next = NULL;
}

void coco_block_erase(coco_context *context, coco_block *block) {
  coco_block_detach(block);
  /* Backwards, so that most uses are gone before what they use. */
  while (block->last) coco_operation_erase(block->last);
  while (block->argument_count) coco_block_remove_argument(context, block, block->argument_count - 1);
  coco_pool *pool = coco_context_pool(context);
  coco_pool_release(pool, block->arguments, block->argument_capacity * sizeof(coco_value *));
  coco_pool_release(pool, block, sizeof *block);
}

void coco_region_take(coco_region *to, coco_region *from) {
  if (!from->first || to == from) return;
  for (coco_block *block = from->first; block; block = block->next) block->region = to;
  from->first->previous = to->last;
  if (to->last)
    to->last->next = from->first;
  else
    to->first = from->first;
  to->last = from->last;
  from->first = from->last = NULL;
}

/* ---- Arguments ---- */

static coco_status reserve_argument(coco_pool *pool, coco_block *block) {
  if (block->argument_count < block->argument_capacity) return COCO_OK;
  if (block->argument_capacity > UINT32_MAX / 2) return COCO_OUT_OF_MEMORY;
  uint32_t capacity = block->argument_capacity ? block->argument_capacity * 2 : 2;
  coco_value **arguments = coco_pool_allocate(pool, capacity * sizeof *arguments);
  if (!arguments) return COCO_OUT_OF_MEMORY;
  if (block->argument_count) memcpy(arguments, block->arguments, block->argument_count * sizeof *arguments);
  coco_pool_release(pool, block->arguments, block->argument_capacity * sizeof *arguments);
  block->arguments = arguments;
  block->argument_capacity = capacity;
  return COCO_OK;
}

coco_value *coco_block_add_argument(coco_context *context, coco_block *block, const coco_type *type) {
  coco_pool *pool = coco_context_pool(context);
  if (reserve_argument(pool, block) != COCO_OK) return NULL;
  coco_argument *argument = coco_pool_allocate(pool, sizeof *argument);
  const coco_location *unknown = coco_location_unknown(context);
  if (!argument || !unknown) {
    coco_pool_release(pool, argument, sizeof *argument);
    return NULL;
  }
  *argument =
      (coco_argument){{.type = type, .owner = block, .index = block->argument_count, .is_argument = true}, unknown};
  block->arguments[block->argument_count++] = &argument->value;
  return &argument->value;
}

void coco_block_remove_argument(coco_context *context, coco_block *block, size_t index) {
  coco_value *argument = block->arguments[index];
  while (argument->first_use) coco_use_unlink(argument->first_use);
  coco_pool_release(coco_context_pool(context), argument, sizeof(coco_argument));
  --block->argument_count;
  for (size_t i = index; i < block->argument_count; ++i) {
    block->arguments[i] = block->arguments[i + 1];
    block->arguments[i]->index = (uint32_t)i;
  }
}
