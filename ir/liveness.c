/* Liveness: from each use back to the definition, value by value, so that a block is entered once for each value. */
#include "ir/liveness.h"

#include "ir/operation_internal.h"

typedef struct block_state {
  COCO_VECTOR_OF(coco_value *) in, out;
  COCO_VECTOR_OF(coco_block *) predecessors;
} block_state;

struct coco_liveness {
  const coco_allocator *allocator;
  coco_pointer_map blocks; /* to block_state */
  coco_arena arena;
  COCO_VECTOR_OF(coco_block *) work;
};

static block_state *state_of(const coco_liveness *liveness, const coco_block *block) {
  return coco_pointer_map_get(&liveness->blocks, block);
}

static coco_status add_blocks(coco_liveness *liveness, coco_operation *root) {
  for (coco_operation *operation = root; operation; operation = coco_walk_next(operation, root))
    for (size_t i = 0; i < operation->region_count; ++i)
      for (coco_block *block = coco_operation_region(operation, i)->first; block; block = block->next) {
        block_state *state = coco_arena_allocate_zeroed(&liveness->arena, 1, sizeof *state);
        if (!state) return COCO_OUT_OF_MEMORY;
        COCO_TRY(coco_pointer_map_set(&liveness->blocks, block, state));
      }
  for (coco_operation *operation = root; operation; operation = coco_walk_next(operation, root))
    for (size_t i = 0; operation != root && i < operation->successor_count; ++i) {
      block_state *target = state_of(liveness, coco_operation_successor(operation, i));
      if (target) COCO_TRY(coco_vector_push(liveness->allocator, &target->predecessors, operation->block));
    }
  return COCO_OK;
}

/* VALUE is used in BLOCK or behind it: it is live into it, unless it is defined there. */
static coco_status enter(coco_liveness *liveness, coco_value *value, coco_block *block) {
  block_state *state = state_of(liveness, block);
  if (!state || coco_value_block(value) == block) return COCO_OK;
  if (state->in.count && state->in.items[state->in.count - 1] == value) return COCO_OK;
  COCO_TRY(coco_vector_push(liveness->allocator, &state->in, value));
  return coco_vector_push(liveness->allocator, &liveness->work, block);
}

static coco_status follow(coco_liveness *liveness, coco_value *value, coco_block *block) {
  COCO_TRY(enter(liveness, value, block));
  while (liveness->work.count) {
    coco_block *at = liveness->work.items[--liveness->work.count];
    const block_state *state = state_of(liveness, at);
    for (size_t i = 0; i < state->predecessors.count; ++i) {
      block_state *before = state_of(liveness, state->predecessors.items[i]);
      if (!before->out.count || before->out.items[before->out.count - 1] != value)
        COCO_TRY(coco_vector_push(liveness->allocator, &before->out, value));
      COCO_TRY(enter(liveness, value, state->predecessors.items[i]));
    }
    /* From within a region, the operation around it uses the value. */
    coco_operation *around = at->region->owner;
    if (coco_value_block(value)->region != at->region && around->block) COCO_TRY(enter(liveness, value, around->block));
  }
  return COCO_OK;
}

static coco_status add_value(coco_liveness *liveness, coco_value *value) {
  for (coco_use *use = value->first_use; use; use = use->next)
    if (use->owner->block) COCO_TRY(follow(liveness, value, use->owner->block));
  return COCO_OK;
}

static coco_status add_values(coco_liveness *liveness, coco_operation *root) {
  for (coco_operation *operation = root; operation; operation = coco_walk_next(operation, root)) {
    for (size_t i = 0; operation != root && i < operation->result_count; ++i)
      COCO_TRY(add_value(liveness, &operation->results[i]));
    for (size_t i = 0; i < operation->region_count; ++i)
      for (coco_block *block = coco_operation_region(operation, i)->first; block; block = block->next)
        for (size_t k = 0; k < block->argument_count; ++k) COCO_TRY(add_value(liveness, block->arguments[k]));
  }
  return COCO_OK;
}

coco_status coco_liveness_create(coco_operation *root, coco_liveness **out) {
  const coco_allocator *allocator = coco_context_allocator(root->context);
  coco_liveness *liveness = coco_allocate_zeroed(allocator, 1, sizeof *liveness);
  *out = liveness;
  if (!liveness) return COCO_OUT_OF_MEMORY;
  liveness->allocator = liveness->blocks.allocator = liveness->arena.allocator = allocator;
  coco_status status = add_blocks(liveness, root);
  if (status == COCO_OK) status = add_values(liveness, root);
  if (status == COCO_OK) return COCO_OK;
  coco_liveness_destroy(liveness);
  *out = NULL;
  return status;
}

void coco_liveness_destroy(coco_liveness *liveness) {
  if (!liveness) return;
  const coco_allocator *allocator = liveness->allocator;
  for (size_t i = 0; i < liveness->blocks.capacity; ++i) {
    block_state *state = liveness->blocks.keys[i] ? liveness->blocks.values[i] : NULL;
    if (!state) continue;
    coco_vector_free(allocator, &state->in);
    coco_vector_free(allocator, &state->out);
    coco_vector_free(allocator, &state->predecessors);
  }
  coco_vector_free(allocator, &liveness->work);
  coco_pointer_map_free(&liveness->blocks);
  coco_arena_destroy(&liveness->arena);
  coco_free(allocator, liveness, sizeof *liveness);
}

coco_value *const *coco_liveness_in(const coco_liveness *liveness, const coco_block *block, size_t *out_count) {
  const block_state *state = state_of(liveness, block);
  *out_count = state ? state->in.count : 0;
  return state ? state->in.items : NULL;
}

coco_value *const *coco_liveness_out(const coco_liveness *liveness, const coco_block *block, size_t *out_count) {
  const block_state *state = state_of(liveness, block);
  *out_count = state ? state->out.count : 0;
  return state ? state->out.items : NULL;
}

bool coco_value_is_dead_after(const coco_liveness *liveness, const coco_value *value, coco_operation *operation) {
  if (coco_value_block(value)->region != operation->block->region) return false;
  size_t count;
  coco_value *const *out = coco_liveness_out(liveness, operation->block, &count);
  for (size_t i = 0; i < count; ++i)
    if (out[i] == value) return false;
  for (const coco_use *use = value->first_use; use; use = use->next) {
    coco_operation *user = use->owner;
    while (user && user->block != operation->block) user = coco_operation_parent(user);
    if (user && user != operation && coco_operation_is_before(operation, user)) return false;
  }
  return true;
}
